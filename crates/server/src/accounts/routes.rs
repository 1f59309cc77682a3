//! Signing in and out, and where one is signed in. None of it is kept by an Idempotency-Key: signing in twice is two
//! sessions of which the first ends, and the rest only sets a state.

use super::session::Proof;
use super::{SeatId, SessionId, cookie, device, sign_up, team};
use crate::Server;
use api::Caller;
use api::problem::Problem;
use api::wire::{Account, SignInDemo, SignInWays, SignedInDevice};
use axum::body::to_bytes;
use axum::extract::{FromRequest, Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use http::HeaderMap;
use http::header::SET_COOKIE;
use serde::de::DeserializeOwned;
use std::sync::LazyLock;

/// Largest body, in bytes.
const MAX_BODY: usize = 16 * 1024;

/// Whom anybody can be in a demo; those who have made an account there are not among them.
static DEMO_PEOPLE: LazyLock<Vec<String>> = LazyLock::new(api::demo::people);

/// The routes of signing in and out, below `/v1`.
pub fn router() -> Router<Server> {
    Router::new()
        .route("/sign-in", get(ways))
        .route("/sign-in/demo", post(sign_in_demo))
        .route("/sign-out", post(sign_out))
        .route("/sessions", get(sessions))
        .route("/sessions/{id}/revoke", post(revoke))
        .merge(sign_up::router())
        .merge(team::router())
}

/// A body that is understood, or said not to be.
pub(crate) struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let too_large = |_| Problem::new(413, "too_large", "This is too large.");
        let bytes = to_bytes(request.into_body(), MAX_BODY).await.map_err(too_large)?;
        let unreadable =
            |error: serde_json::Error| Problem::new(422, "invalid_body", format!("This cannot be read: {error}."));
        serde_json::from_slice(&bytes).map(Self).map_err(unreadable)
    }
}

async fn ways(State(server): State<Server>) -> Result<Json<SignInWays>, Problem> {
    let mut demo = if server.config.demo { Some(server.app.accounts().await?) } else { None };
    if let Some(people) = &mut demo {
        people.retain(is_of_the_demo);
    }
    Ok(Json(SignInWays { passkeys: server.accounts.party.is_some(), demo }))
}

async fn sign_in_demo(
    State(server): State<Server>,
    headers: HeaderMap,
    Body(SignInDemo { handle }): Body<SignInDemo>,
) -> Result<Response, Problem> {
    if !server.config.demo {
        return Err(Problem::new(404, "not_a_demo", "This only exists in the demo."));
    }
    let account = server.app.account_by_handle(handle.as_str()).await?;
    let account = account.filter(is_of_the_demo).ok_or_else(|| Problem::not_found().at("handle"))?;
    server.signed_in(&SeatId::first(&account.id), Proof::Demo, &headers).await
}

fn is_of_the_demo(account: &Account) -> bool {
    DEMO_PEOPLE.iter().any(|handle| handle == account.handle.as_str())
}

async fn sign_out(
    State(server): State<Server>,
    _caller: Caller,
    Extension(seat): Extension<SeatId>,
    Extension(current): Extension<SessionId>,
) -> Result<Response, Problem> {
    server.end(&seat, &current).await?;
    Ok(([(SET_COOKIE, cookie::forget())], Json(())).into_response())
}

async fn sessions(
    State(server): State<Server>,
    _caller: Caller,
    Extension(seat): Extension<SeatId>,
    Extension(current): Extension<SessionId>,
) -> Result<Json<Vec<SignedInDevice>>, Problem> {
    Ok(Json(server.accounts.devices(&seat, &current).await?))
}

async fn revoke(
    State(server): State<Server>,
    _caller: Caller,
    Extension(seat): Extension<SeatId>,
    Path(id): Path<String>,
) -> Result<Json<()>, Problem> {
    let id = SessionId(id);
    server.accounts.revoke(&seat, &id).await?;
    server.hub.close_session(&id.0);
    Ok(Json(()))
}

impl Server {
    /// However somebody has proved who they are: a session of this device's own, in place of the one it had.
    pub(super) async fn signed_in(
        &self,
        seat: &SeatId,
        proof: Proof,
        headers: &HeaderMap,
    ) -> Result<Response, Problem> {
        let account = self.app.account(seat.account()).await?.ok_or_else(Problem::not_found)?;
        if let Some(token) = cookie::token(headers)
            && let Some((before, id)) = self.accounts.find(&token).await?
        {
            self.end(&before, &id).await?;
        }
        let (token, gone) = self.accounts.open(seat, device::in_headers(headers), proof).await?;
        gone.iter().for_each(|id| self.hub.close_session(&id.0));
        Ok(([(SET_COOKIE, cookie::keep(&token))], Json(account)).into_response())
    }

    /// Ends a session, and its streams.
    pub(super) async fn end(&self, seat: &SeatId, id: &SessionId) -> Result<(), Problem> {
        self.accounts.end(seat, id).await?;
        self.hub.close_session(&id.0);
        Ok(())
    }
}
