//! What those who run a server learn from it, and what nobody learns.

use crate::site::{AS, Site, over};
use api::store::{Answering, Batch, Kv, KvStore, MemoryKv, StoreError, WriteError};
use http::StatusCode;
use server::config::Config;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

#[tokio::test]
async fn a_server_that_lives_says_so() {
    let site = Site::start().await;
    assert_eq!(site.send(site.get("/healthz"), "").await.body, "alive\n");
    assert_eq!(site.send(site.get("/readyz"), "").await.body, "ready\n");
}

/// Memory that can go away.
struct Failing {
    memory: MemoryKv,
    away: Arc<AtomicBool>,
}

impl Failing {
    fn check(&self) -> Result<(), StoreError> {
        if self.away.load(Ordering::Relaxed) { Err(StoreError::Unavailable("away".to_owned())) } else { Ok(()) }
    }
}

impl Kv for Failing {
    fn get<'a>(&'a self, key: &'a str) -> Answering<'a, Result<Option<String>, StoreError>> {
        Box::pin(async move {
            self.check()?;
            self.memory.get(key).await
        })
    }

    fn range(
        &self,
        from: String,
        to: String,
        limit: usize,
        newest_first: bool,
    ) -> Answering<'_, Result<Vec<(String, String)>, StoreError>> {
        Box::pin(async move {
            self.check()?;
            self.memory.range(from, to, limit, newest_first).await
        })
    }

    fn write(&self, batch: Batch) -> Answering<'_, Result<(), WriteError>> {
        self.memory.write(batch)
    }

    fn clear(&self) -> Answering<'_, Result<(), StoreError>> {
        self.memory.clear()
    }
}

#[tokio::test]
async fn a_server_without_its_store_lives_and_is_not_ready() {
    let away = Arc::new(AtomicBool::new(false));
    let kv = Failing { memory: MemoryKv::default(), away: away.clone() };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = Config::local(listener.local_addr().unwrap());
    let site = Site::on(listener, over(Arc::new(KvStore::open(kv).await.unwrap()), config).await);
    away.store(true, Ordering::Relaxed);
    assert_eq!(site.send(site.get("/healthz"), "").await.status, StatusCode::OK);
    let problem = site.send(site.get("/readyz"), "").await.problem();
    assert_eq!((problem.status, problem.code.as_str()), (503, "storage_unavailable"));
    away.store(false, Ordering::Relaxed);
    assert_eq!(site.send(site.get("/readyz"), "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn figures_are_of_routes_and_never_of_people() {
    let site = Site::start().await;
    let thread = site.thread().await;
    site.send(site.get(&format!("/v1/threads/{thread}")).header(AS, "maya.torres"), "").await;
    site.send(site.get("/v1/invented/secret"), "").await;
    site.send(http::Request::builder().method("INVENTED").uri("/v1/me").header("host", "a"), "").await;
    let stream = site.open(site.get("/v1/stream").header(AS, "maya.torres"), "").await;
    let figures = site.send(site.get("/metrics"), "").await;
    assert_eq!(figures.status, StatusCode::OK);
    for line in [
        r#"bottega_http_requests_total{method="GET",route="/v1/threads/{id}",status="200"}"#,
        r#"bottega_http_requests_total{method="GET",route="unknown",status="404"}"#,
        r#"bottega_http_requests_total{method="other",route="/v1/me",status="403"}"#,
        r#"bottega_http_request_seconds_bucket{route="/v1/threads/{id}",le="0.1"}"#,
        "bottega_streams_open ",
        "bottega_dead_letters ",
    ] {
        assert!(figures.body.contains(line), "{line} is missing in {}", figures.body);
    }
    for secret in [thread.as_str(), "secret", "INVENTED", "maya"] {
        assert!(!figures.body.contains(secret), "{secret}");
    }
    drop(stream);
}

#[tokio::test]
async fn figures_are_for_this_machine_or_whoever_has_the_token() {
    let site = Site::start().await;
    // Through a proxy on this machine: somebody from elsewhere.
    let through = site.get("/metrics").header("x-forwarded-for", "127.0.0.1");
    assert_eq!(site.send(through, "").await.problem().code, "not_found");
    let site = Site::with(|config| config.metrics_token = Some("open sesame".to_owned())).await;
    assert_eq!(site.send(site.get("/metrics"), "").await.problem().code, "not_found");
    let wrong = site.get("/metrics").header("authorization", "Bearer open");
    assert_eq!(site.send(wrong, "").await.problem().code, "not_found");
    let right = site.get("/metrics").header("authorization", "Bearer open sesame").header("x-forwarded-for", "9.9.9.9");
    assert_eq!(site.send(right, "").await.status, StatusCode::OK);
}

/// What all servers of this process have logged.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Written;

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_names_the_request_and_tells_nothing_of_what_it_was_about() {
    // For all threads: one of its own would miss what another thread's test has logged first.
    let log = tracing_subscriber::fmt().json().with_max_level(tracing::Level::DEBUG).with_writer(|| Written);
    tracing::subscriber::set_global_default(log.finish()).unwrap();
    let site = Site::start().await;
    let thread = site.thread().await;
    let body = r#"{"id":"msg_secretid","content":{"type":"text","text":"secret words"}}"#;
    let request = site.post(&format!("/v1/threads/{thread}/messages?query=secretquery"), "secretkey");
    let request = request.header(AS, "maya.torres").header("cookie", "a=secretcookie").header("x-request-id", "mine");
    let answer = site.send(request, body).await;
    assert_eq!(answer.status, StatusCode::OK);
    let log = String::from_utf8(LOG.lock().unwrap().clone()).unwrap();
    let id = answer.headers["x-request-id"].to_str().unwrap();
    let line = log.lines().find(|line| line.contains(id)).unwrap_or_else(|| panic!("no line for the request in {log}"));
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["fields"]["route"], "/v1/threads/{id}/messages");
    assert_eq!((&line["fields"]["method"], &line["fields"]["status"]), (&"POST".into(), &200.into()));
    assert!(line["fields"]["micros"].is_u64());
    assert_eq!(line["fields"]["account"].as_str().map(str::len), Some(12));
    let maya = site.account("maya.torres").await;
    for secret in ["secret", "maya", maya.as_str(), thread.as_str(), "mine"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
