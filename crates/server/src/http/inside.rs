//! For those who run the server: whether it lives, whether it can work, and its figures.

use super::client;
use crate::{Server, dead_letters};
use api::problem::Problem;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;
use std::time::Duration;

/// Upper ends of the classes in which answers are counted, in seconds.
const CLASSES: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0];
/// How often figures that nobody has asked for are summed up.
const UPKEEP: Duration = Duration::from_secs(10);

/// The figures of this process.
fn figures() -> &'static PrometheusHandle {
    static FIGURES: OnceLock<PrometheusHandle> = OnceLock::new();
    FIGURES.get_or_init(|| {
        let seconds = Matcher::Full("bottega_http_request_seconds".to_owned());
        let builder = PrometheusBuilder::new().set_buckets_for_metric(seconds, &CLASSES).expect("some classes");
        let figures = builder.install_recorder().expect("nobody else in this process records figures");
        metrics::describe_counter!("bottega_http_requests_total", "Answered requests");
        metrics::describe_histogram!("bottega_http_request_seconds", "Time until the head of an answer");
        metrics::describe_gauge!("bottega_streams_open", "Open live streams");
        metrics::describe_gauge!("bottega_dead_letters", "Work and webhooks that have failed for good");
        metrics::describe_counter!("bottega_streams_cut_total", "Streams cut because nobody read them");
        metrics::describe_counter!("bottega_signals_published_total", "Signals published on this machine");
        metrics::gauge!("bottega_streams_open").set(0.0);
        figures
    })
}

/// Sums up what was recorded, for ever.
pub async fn keep_up() {
    let mut times = tokio::time::interval(UPKEEP);
    loop {
        times.tick().await;
        figures().run_upkeep();
    }
}

/// `/healthz`, `/readyz` and `/metrics`.
pub fn router(server: Server) -> Router {
    // From now on: what is recorded before there is a recorder is lost.
    figures();
    Router::new()
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(tell))
        .with_state(server)
}

/// Whether the store answers.
async fn ready(State(server): State<Server>) -> Result<&'static str, Problem> {
    server.app.store.document("ready", "ready").await?;
    Ok("ready\n")
}

async fn tell(State(server): State<Server>, request: Request) -> Response {
    let config = &server.config;
    let is_here = client::is_this_machine(request.extensions(), request.headers(), &config.trusted_proxies);
    let said = request.headers().get(header::AUTHORIZATION).and_then(|said| said.to_str().ok());
    let token = said.and_then(|said| said.strip_prefix("Bearer "));
    // By their hashes: how long comparing takes tells nothing.
    let matches = |ours: &String, theirs: &str| Sha256::digest(ours) == Sha256::digest(theirs);
    let is_allowed = match &config.metrics_token {
        Some(ours) => token.is_some_and(|theirs| matches(ours, theirs)),
        None => is_here,
    };
    if !is_allowed {
        // As if there were none: who may not read them need not know of them.
        return Problem::not_found().into_response();
    }
    // Counted where it is kept: it is the same at every server, and outlasts each.
    match dead_letters::all(server.app.store.as_ref()).await {
        Ok(letters) => metrics::gauge!("bottega_dead_letters").set(letters.len() as f64),
        Err(error) => tracing::warn!(%error, "dead letters cannot be counted"),
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], figures().render()).into_response()
}
