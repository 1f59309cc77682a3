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

/// The routes of Web Push, below `/v1`. Each sets a state: saying it twice is saying it once.
pub fn router() -> Router<Server> {
    Router::new().route("/push", get(key).post(tell)).route("/push/stop", post(stop))
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
    server.allowed_webhooks().target(&to.endpoint).map_err(|bad| Problem::from(bad).at("endpoint"))?;
    Pushes::of(&server.app).add(&me, &session, to).await.map(Json)
}

async fn stop(
    State(server): State<Server>,
    Caller(me): Caller,
    Body(PushNoMore { endpoint }): Body<PushNoMore>,
) -> Result<Json<()>, Problem> {
    Ok(Json(Pushes::of(&server.app).remove(&me, &name_of(&endpoint)).await?))
}
