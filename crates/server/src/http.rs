//! Everything between the socket and the router: who calls, what is let in, what every answer carries.

mod body;
mod client;
mod content_policy;
mod cross_site;
pub mod files;
mod headers;
mod inside;
mod limits;
mod observe;
mod refused;
mod socket;

pub use inside::keep_up;
pub use observe::REQUEST_ID;
pub use refused::log_panics;
pub use socket::{Peer, serve};

use crate::{Server, accounts, docs, easypost, keys, live, paypal, photos, push, webhooks};
use axum::Router;
use axum::http::{Extensions, HeaderMap, StatusCode, Version, header};
use axum::middleware::{from_fn, from_fn_with_state};
use files::Answers;
use limits::Limits;
use std::path::Path;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

/// Shorter than a packet: pressing it would gain nothing.
const WORTH_PRESSING: u64 = 1_024;

/// Everything a server answers. The routes of `accounts` and `live` are below `/v1`, and are declared without it.
///
/// # Errors
/// When the app to serve cannot be read.
pub fn router(server: &Server) -> anyhow::Result<Router> {
    let ours = Router::new()
        .nest(
            "/v1",
            accounts::router()
                .merge(docs::document())
                .merge(keys::router())
                .merge(paypal::payee())
                .merge(live::router())
                .merge(photos::router())
                .merge(push::router())
                .merge(webhooks::router()),
        )
        .with_state(server.clone());
    let config = &server.config;
    // The last layer is the first that a request meets.
    let api = api::router(server.app.clone())
        .merge(ours)
        .method_not_allowed_fallback(async || refused::wrong_method())
        .layer(from_fn(refused::in_time))
        .layer(from_fn_with_state(body::Intake::new(server.accounts.clone()), body::take_in))
        .layer(from_fn_with_state(Arc::new(Limits::new(config)), limits::hold_back))
        .layer(from_fn(observe::remember_caller))
        .layer(from_fn_with_state(server.clone(), accounts::identify))
        .layer(from_fn_with_state(config.clone(), cross_site::keep_out));
    let all = match &config.app {
        Some(folder) => {
            let answers = Answers::ThisServer { wallet_label: config.wallet_label.clone() };
            api.fallback_service(files::router(folder, answers)?)
        }
        None => api,
    };
    let pressing = CompressionLayer::new().compress_when(SizeAbove::new(WORTH_PRESSING).and(is_text));
    let paypal = server.paypal.iter().map(|paypal| paypal::routes(server.app.clone(), paypal.clone()));
    let easypost = server.easypost.iter().map(|easypost| easypost::routes(server.app.clone(), easypost.clone()));
    let hooks = paypal.chain(easypost).fold(Router::new(), Router::merge);
    Ok(all
        .merge(hooks.layer(from_fn(refused::in_time)))
        .merge(inside::router(server.clone()).merge(docs::router()).layer(from_fn(refused::in_time)))
        .layer(CatchPanicLayer::custom(refused::of_panic))
        .layer(from_fn(refused::as_problem))
        .layer(pressing)
        .layer(from_fn_with_state(config.clone(), headers::on_all))
        .layer(from_fn_with_state(server.clone(), observe::watch)))
}

/// Only the files of a build.
///
/// # Errors
/// When the app to serve cannot be read.
pub fn files_only(folder: &Path) -> anyhow::Result<Router> {
    let files = files::router(folder, Answers::AsBuilt)?;
    Ok(files.layer(from_fn(refused::as_problem)).layer(from_fn(headers::on_files)))
}

/// What is pressed on its way: JSON and the page. Never a stream, whose every event has to go at once.
fn is_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    ["application/json", "application/problem+json", "text/html"].iter().any(|text| kind.starts_with(text))
}
