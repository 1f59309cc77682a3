//! What every answer carries, and in which form it comes.

use crate::site::{AS, Answer, Site};
use api::openapi::ROUTES;
use http::StatusCode;
use std::collections::BTreeMap;
use std::path::PathBuf;

const PAGE: &str = r#"<meta name="api" content="embedded" /><script>go()</script>"#;

/// The headers of an answer that are the same for all of their kind.
fn fixed(answer: &Answer) -> BTreeMap<String, String> {
    let changing = [
        "allow",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "etag",
        "idempotency-replayed",
        "last-modified",
        "accept-ranges",
        "vary",
        "x-request-id",
    ];
    let headers = answer.headers.iter().filter(|(name, _)| !changing.contains(&name.as_str()));
    headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
}

fn with(more: &[(&str, &str)]) -> BTreeMap<String, String> {
    let always = [
        ("cross-origin-opener-policy", "same-origin-allow-popups"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=(), payment=(self), publickey-credentials-get=(self)",
        ),
    ];
    always.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn of_the_api() -> BTreeMap<String, String> {
    with(&[("content-security-policy", "default-src 'none'; frame-ancestors 'none'"), ("cache-control", "no-store")])
}

fn is_named(answer: &Answer) -> bool {
    let id = answer.headers["x-request-id"].to_str().unwrap();
    id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A small build, in a folder of its own.
struct Dist(PathBuf);

impl Dist {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("bottega-answers-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("index.html"), format!("{PAGE}<p>{}</p>", "long ".repeat(1_000))).unwrap();
        std::fs::write(folder.join("app-0123456789abcdef.js"), "plain").unwrap();
        std::fs::write(folder.join("app-0123456789abcdef.js.br"), "br").unwrap();
        std::fs::write(folder.join("app-0123456789abcdef.js.gz"), "gz").unwrap();
        Self(folder)
    }
}

impl Drop for Dist {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

#[tokio::test]
async fn every_route_answers_with_the_same_headers_to_everybody() {
    let site = Site::start().await;
    let mut seen = 0;
    for route in ROUTES {
        let path = format!("/v1{}", route.path.replace(['{', '}'], ""));
        for who in [None, Some("maya.torres")] {
            // Nothing that could be done is done: the body makes no sense anywhere.
            let (request, body) = match route.method {
                "GET" => (site.get(&path), ""),
                _ => (site.post(&path, "key"), "{\"nothing"),
            };
            let request = who.into_iter().fold(request, |request, who| request.header(AS, who));
            let answer = site.send(request, body).await;
            assert_eq!(fixed(&answer), of_the_api(), "{} {path}", route.method);
            assert!(is_named(&answer));
            if !answer.status.is_success() {
                answer.problem();
            }
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[tokio::test]
async fn what_nobody_has_thought_of_is_a_problem_with_the_same_headers() {
    let site = Site::start().await;
    let asked = [
        (site.get("/v1/nothing"), 404, "not_found"),
        (site.get("/nothing"), 404, "not_found"),
        (site.get("/v1/events?after=x").header(AS, "maya.torres"), 400, "bad_request"),
        (site.get("/v1/stream?after=x").header(AS, "maya.torres"), 400, "bad_request"),
        (site.post("/v1/me", "key"), 405, "wrong_method"),
        (site.get("/v1/photos"), 405, "wrong_method"),
        (site.get("/v1/threads/%ff%fe").header(AS, "maya.torres"), 400, "bad_request"),
    ];
    for (request, status, code) in asked {
        let answer = site.send(request, "").await;
        let problem = answer.problem();
        assert_eq!((problem.status, problem.code.as_str()), (status, code));
        assert_eq!(fixed(&answer), of_the_api());
        assert!(is_named(&answer));
    }
}

#[tokio::test]
async fn pages_and_files_carry_the_policy_of_the_app() {
    let dist = Dist::new("policy");
    let site = Site::with(|config| config.app = Some(dist.0.clone())).await;
    for (path, caching) in [
        ("/", "no-cache"),
        ("/shop/kai.shapes", "no-cache"),
        ("/nothing.js", "no-cache"),
        ("/app-0123456789abcdef.js", "public, max-age=31536000, immutable"),
    ] {
        let answer = site.send(site.get(path), "").await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("script-src 'self' 'sha256-") && policy.contains("'wasm-unsafe-eval'"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert_eq!(fixed(&answer), with(&[("content-security-policy", policy.as_str()), ("cache-control", caching)]));
        assert!(is_named(&answer));
    }
    assert_eq!(site.send(site.get("/nothing.js"), "").await.problem().code, "not_found");
    assert_eq!(fixed(&site.send(site.get("/v1/nothing"), "").await), of_the_api());
}

#[tokio::test]
async fn a_page_from_a_server_asks_that_server() {
    let dist = Dist::new("asks");
    let site = Site::with(|config| config.app = Some(dist.0.clone())).await;
    let answer = site.send(site.get("/"), "").await;
    assert!(answer.body.contains(r#"<meta name="api" content="fetch" />"#), "{}", answer.body);
}

#[tokio::test]
async fn only_an_encrypted_server_forbids_other_ways() {
    let site = Site::with(|config| config.origin = "https://bottega.example".to_owned()).await;
    for path in ["/v1/me", "/healthz", "/nothing"] {
        let answer = site.send(site.get(path), "").await;
        assert!(answer.headers["strict-transport-security"].to_str().unwrap().contains("max-age=31536000"));
    }
    let site = Site::start().await;
    assert!(!site.send(site.get("/v1/me"), "").await.headers.contains_key("strict-transport-security"));
}

#[tokio::test]
async fn answers_are_as_small_as_is_asked_for_and_streams_never() {
    let dist = Dist::new("small");
    let site = Site::with(|config| config.app = Some(dist.0.clone())).await;
    let encoding =
        |answer: &Answer| answer.headers.get("content-encoding").map(|value| value.to_str().unwrap().to_owned());
    let file = "/app-0123456789abcdef.js";
    for (path, accepted, expected) in [
        (file, "br, gzip", Some("br")),
        (file, "gzip", Some("gzip")),
        (file, "identity", None),
        ("/", "br, gzip", Some("gzip")),
        ("/v1/threads?folder=primary", "br, gzip", Some("gzip")),
        ("/v1/threads?folder=primary", "identity", None),
        ("/v1/queue/sums", "gzip", None),
    ] {
        let request = site.get(path).header(AS, "kai.shapes").header("accept-encoding", accepted);
        let answer = site.send(request, "").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(encoding(&answer).as_deref(), expected, "{path} {accepted}");
    }
    let stream = site.get("/v1/stream").header(AS, "kai.shapes").header("accept-encoding", "gzip");
    let stream = site.open(stream, "").await;
    assert!(!stream.headers().contains_key("content-encoding"));
    assert_eq!(stream.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn a_kept_page_is_confirmed_and_not_sent_again() {
    let dist = Dist::new("kept");
    let site = Site::with(|config| config.app = Some(dist.0.clone())).await;
    let first = site.send(site.get("/").header("accept-encoding", "gzip"), "").await;
    let again = site.get("/inbox").header("if-none-match", first.headers["etag"].clone());
    let again = site.send(again, "").await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
}
