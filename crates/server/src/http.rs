//! Everything between the socket and the router: who calls, what is let in, what every answer carries.

mod content_policy;
pub mod files;
mod headers;
mod socket;

pub use socket::{Peer, serve};

use crate::{Server, accounts, live};
use api::problem::Problem;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use files::Answers;
use std::path::Path;

/// Everything a server answers. The routes of `accounts` and `live` are below `/v1`, and are declared without it.
///
/// # Errors
/// When the app to serve cannot be read.
pub fn router(server: &Server) -> anyhow::Result<Router> {
    let ours = Router::new().nest("/v1", accounts::router().merge(live::router())).with_state(server.clone());
    let api = api::router(server.app.clone())
        .merge(ours)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(server.clone(), accounts::identify));
    let all = match &server.config.app {
        Some(folder) => api.fallback_service(files::router(folder, Answers::ThisServer)?),
        None => api,
    };
    Ok(all.layer(from_fn_with_state(server.config.clone(), headers::on_all)))
}

/// Only the files of a build.
///
/// # Errors
/// When the app to serve cannot be read.
pub fn files_only(folder: &Path) -> anyhow::Result<Router> {
    Ok(files::router(folder, Answers::AsBuilt)?.layer(from_fn(headers::on_files)))
}

async fn wrong_method() -> Problem {
    Problem::new(405, "wrong_method", "This address is called in another way.")
}
