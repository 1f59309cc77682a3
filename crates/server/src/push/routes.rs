//! Telling this server which browsers are to be told.

use super::{Pushes, name_of};
use crate::Server;
use crate::accounts::{Body, SessionId};
use api::Caller;
use api::problem::Problem;
use api::wire::{PushKey, PushNoMore, PushTo};
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use url::Url;

/// The routes of Web Push, below `/v1`. Each sets a state: saying it twice is saying it once.
pub fn router() -> Router<Server> {
    Router::new().route("/push", get(key).post(tell)).route("/push/stop", post(stop))
}

/// Those of Chrome and what is built on it, Firefox, Edge and Safari: nobody else is to be sent anything by anybody who
/// makes an account. What begins with a full stop is all hosts below it.
const SERVICES: [&str; 4] =
    ["fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com"];

fn is_push_service(url: &Url, server: &Server) -> bool {
    let Some(host) = url.host_str() else { return false };
    let is_it = |known: &str| host == known || (known.starts_with('.') && host.ends_with(known));
    // In a demo this machine is one: the stories' own.
    let is_ours = server.config.demo && url.scheme() == "http";
    is_ours || SERVICES.into_iter().any(is_it) || server.config.push_hosts.iter().any(|known| is_it(known))
}

async fn key(State(server): State<Server>, Caller(_): Caller) -> Result<Json<PushKey>, Problem> {
    Ok(Json(PushKey { key: Pushes::of(&server.app).keys().await?.public() }))
}

async fn tell(
    State(server): State<Server>,
    Caller(me): Caller,
    Extension(session): Extension<SessionId>,
    Body(to): Body<PushTo>,
) -> Result<Json<()>, Problem> {
    // As with a webhook: a browser may bring any address, and this server must not ask its neighbours.
    let url = server.allowed_webhooks().target(&to.endpoint).map_err(|bad| Problem::from(bad).at("endpoint"))?;
    if !is_push_service(&url, &server) {
        let detail = "This is no push service that is known here.";
        return Err(Problem::new(422, "unknown_push_service", detail).at("endpoint"));
    }
    Pushes::of(&server.app).add(&me, &session, to).await.map(Json)
}

async fn stop(
    State(server): State<Server>,
    Caller(me): Caller,
    Body(PushNoMore { endpoint }): Body<PushNoMore>,
) -> Result<Json<()>, Problem> {
    Ok(Json(Pushes::of(&server.app).remove(&me, &name_of(&endpoint)).await?))
}
