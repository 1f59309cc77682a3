//! What every answer carries, whoever made it.

use crate::config::Config;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

const ALWAYS: [(HeaderName, &str); 5] = [
    // Not `same-origin`: with it `popup.closed` reads true while PayPal's window is open.
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin-allow-popups"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(self), publickey-credentials-get=(self)",
    ),
];

/// What an answer carries that is not a page of the app: nothing in it runs or is framed, and nobody keeps it.
const UNLESS_SAID: [(HeaderName, &str); 2] = [
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (header::CACHE_CONTROL, "no-store"),
];

/// A year, as browsers want it before they trust it.
const ENCRYPTED_ONLY: &str = "max-age=31536000; includeSubDomains";

/// Puts on what an answer does not say itself.
pub fn complete(response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in UNLESS_SAID {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// The layer of a server of files alone.
pub async fn on_files(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    complete(&mut response);
    response
}

/// The layer of the whole server, which also says that there is no unencrypted way to it, where that is so.
pub async fn on_all(State(config): State<Arc<Config>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    complete(&mut response);
    if config.is_https() {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ENCRYPTED_ONLY));
    }
    response
}
