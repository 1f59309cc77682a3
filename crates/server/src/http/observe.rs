//! What is known of a request afterwards: a name, a line in the log, a place in the figures. Never what it was about.

use crate::Server;
use api::Caller;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use domain::ids::AccountId;
use sha2::{Digest, Sha256};
use std::time::Instant;

/// A name for each request, of our making.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Who called, as a hash, in the extensions of the answer.
#[derive(Clone)]
struct Known(String);

/// The outermost layer.
pub async fn watch(State(server): State<Server>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = format!("{:032x}", (server.app.entropy)());
    let method = method_of(request.method());
    let route = route_of(&request);
    let mut response = next.run(request).await;
    let took = began.elapsed();
    let (status, micros) = (response.status(), u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    let account = response.extensions().get().map_or("", |Known(hash)| hash.as_str());
    if status.is_server_error() {
        tracing::error!(request = id, method, route, status = status.as_u16(), micros, account, "failed");
    } else {
        tracing::info!(request = id, method, route, status = status.as_u16(), micros, account, "answered");
    }
    let labels = [("method", method.to_owned()), ("route", route.clone()), ("status", status.as_str().to_owned())];
    metrics::counter!("bottega_http_requests_total", &labels).increment(1);
    metrics::histogram!("bottega_http_request_seconds", "route" => route).record(took);
    response.headers_mut().insert(REQUEST_ID, HeaderValue::from_str(&id).expect("hexadecimal digits"));
    response
}

/// The layer behind `identify`: remembers who called, for the log.
pub async fn remember_caller(request: Request, next: Next) -> Response {
    let known = request.extensions().get().map(|Caller(account)| Known(hash(account)));
    let mut response = next.run(request).await;
    if let Some(known) = known {
        response.extensions_mut().insert(known);
    }
    response
}

/// Enough to find the lines of one account, for whoever knows which.
fn hash(account: &AccountId) -> String {
    domain::text::hex(&Sha256::digest(account.as_str())[..6])
}

/// The template of the route: never what a person put in its place.
fn route_of(request: &Request) -> String {
    match request.extensions().get::<MatchedPath>() {
        Some(route) => route.as_str().to_owned(),
        None if request.uri().path().starts_with("/v1") => "unknown".to_owned(),
        None => "app".to_owned(),
    }
}

/// One of few: whoever invents methods must not fill the figures.
fn method_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}
