//! Making keys and ending them. None of it is kept by an Idempotency-Key: a secret that is told twice is told once too
//! often. Whoever did not hear the answer revokes the key that is listed, and makes another.

use super::{Keys, only_businesses};
use crate::Server;
use crate::accounts::{Body, SessionId};
use api::Caller;
use api::problem::Problem;
use api::wire::{ApiKey, MakeKey, NewKey};
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};

/// The routes of keys, below `/v1`.
pub fn router() -> Router<Server> {
    Router::new().route("/keys", get(all).post(make)).route("/keys/{id}/revoke", post(revoke))
}

async fn all(State(server): State<Server>, Caller(account): Caller) -> Result<Json<Vec<ApiKey>>, Problem> {
    Ok(Json(Keys::of(&server.app).all(&account).await?))
}

async fn make(
    State(server): State<Server>,
    Caller(account): Caller,
    Extension(session): Extension<SessionId>,
    Body(MakeKey { name }): Body<MakeKey>,
) -> Result<Json<NewKey>, Problem> {
    only_businesses(&server.app, &account).await?;
    // A key outlives the session it was made in.
    server.accounts.stepped_up(&account, &session).await?;
    Keys::of(&server.app).make(&account, name).await.map(Json)
}

async fn revoke(
    State(server): State<Server>,
    Caller(account): Caller,
    Path(id): Path<String>,
) -> Result<Json<()>, Problem> {
    Keys::of(&server.app).revoke(&account, &id).await?;
    server.hub.close_session(&id);
    Ok(Json(()))
}
