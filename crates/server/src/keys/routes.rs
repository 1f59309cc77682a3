//! Making keys and ending them. None of it is kept by an Idempotency-Key: a secret that is told twice is told once too
//! often. Whoever did not hear the answer revokes the key that is listed, and makes another.

use super::{Keys, only_businesses};
use crate::Server;
use crate::accounts::{Body, SeatId, SessionId};
use api::Caller;
use api::problem::Problem;
use api::wire::{ApiKey, MakeKey, NewKey, TeamAct};
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
    Extension(seat): Extension<SeatId>,
    Extension(session): Extension<SessionId>,
    Body(MakeKey { name }): Body<MakeKey>,
) -> Result<Json<NewKey>, Problem> {
    only_businesses(&server.app, &account).await?;
    // A key outlives the session it was made in.
    server.accounts.stepped_up(&account, &session).await?;
    let made = Keys::of(&server.app).make(&seat, name.clone()).await?;
    // What a server that ends now has not written down, nobody was told the secret of.
    server.accounts.note(&seat, TeamAct::KeyMade { name }).await?;
    Ok(Json(made))
}

async fn revoke(
    State(server): State<Server>,
    Caller(account): Caller,
    Extension(seat): Extension<SeatId>,
    Path(id): Path<String>,
) -> Result<Json<()>, Problem> {
    let name = Keys::of(&server.app).revoke(&account, &id).await?;
    server.hub.close_session(&id);
    if let Some(name) = name {
        server.accounts.note(&seat, TeamAct::KeyRevoked { name }).await?;
    }
    Ok(Json(()))
}
