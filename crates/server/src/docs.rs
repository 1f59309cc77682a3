//! The API's description: for programs as OpenAPI, for people as a page without scripts, both from one document.

mod example;
mod guide;
mod page;

use crate::Server;
use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use serde_json::Value;
use std::sync::LazyLock;

/// The committed document; a test of `api` compares it with the routes.
const DOCUMENT: &str = include_str!("../../../docs/api/openapi.json");
/// The app's own colours and type, then what a page of words needs.
const STYLE: &str = concat!(include_str!("../../../style/tokens.css"), include_str!("docs/style.css"));
/// Nothing runs on the page, and nothing is asked for but its sheet.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Five minutes: a new server tells soon what it can.
const KEPT: &str = "public, max-age=300";

static PARSED: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(DOCUMENT).expect("our own document is JSON"));
static PAGE: LazyLock<String> = LazyLock::new(|| page::of(&PARSED));

/// `/docs`, for people.
pub fn router() -> Router {
    Router::new()
        .route("/docs", get(async || ([(CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, KEPT)], Html(&**PAGE))))
        .route("/docs/style.css", get(async || ([(CONTENT_TYPE, "text/css"), (CACHE_CONTROL, KEPT)], STYLE)))
}

/// `/openapi.json`, below `/v1`.
pub fn document() -> Router<Server> {
    let told = async || ([(CONTENT_TYPE, "application/json")], DOCUMENT).into_response();
    Router::new().route("/openapi.json", get(told))
}
