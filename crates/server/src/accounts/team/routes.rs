//! Inviting, joining, removing and handing over. None of it is kept by an Idempotency-Key: a secret is told once, and the
//! rest only sets a state.

use super::SeatId;
use crate::Server;
use crate::accounts::routes::Body;
use crate::accounts::session::Proof;
use crate::accounts::sign_up::asked;
use crate::accounts::{SessionId, device};
use crate::keys::only_businesses;
use api::Caller;
use api::problem::Problem;
use api::wire::{Ceremony, FinishCeremony, Invite, Invited, InvitedTo, NewInvitation, RenameSeat, Team, TeamDeed};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use http::HeaderMap;

/// The routes, below `/v1`.
pub(in crate::accounts) fn router() -> Router<Server> {
    Router::new()
        .route("/team", get(team))
        .route("/team/log", get(log))
        .route("/team/name", post(rename))
        .route("/team/invitations", post(invite))
        .route("/team/invitations/{id}/revoke", post(revoke))
        .route("/team/seats/{id}/remove", post(remove))
        .route("/team/seats/{id}/hand-over", post(hand_over))
        .route("/join/look", post(look))
        .route("/join/begin", post(begin_join))
        .route("/join/finish", post(finish_join))
}

async fn team(
    State(server): State<Server>,
    _caller: Caller,
    Extension(seat): Extension<SeatId>,
) -> Result<Json<Team>, Problem> {
    server.team(&seat).await
}

async fn log(
    State(server): State<Server>,
    _caller: Caller,
    Extension(seat): Extension<SeatId>,
) -> Result<Json<Vec<TeamDeed>>, Problem> {
    server.accounts.team_log(&seat).await.map(Json)
}

async fn rename(
    State(server): State<Server>,
    _caller: Caller,
    Extension(seat): Extension<SeatId>,
    Body(RenameSeat { name }): Body<RenameSeat>,
) -> Result<Json<Team>, Problem> {
    only_businesses(&server.app, seat.account()).await?;
    server.accounts.rename_seat(&seat, &name).await?;
    server.team(&seat).await
}

async fn invite(
    State(server): State<Server>,
    Caller(me): Caller,
    Extension(seat): Extension<SeatId>,
    Extension(session): Extension<SessionId>,
    Body(Invite { name }): Body<Invite>,
) -> Result<Json<NewInvitation>, Problem> {
    only_businesses(&server.app, &me).await?;
    // Whoever is invited outlasts the session that invited them.
    server.accounts.stepped_up(&me, &session).await?;
    server.accounts.invite(&seat, name).await.map(Json)
}

async fn revoke(
    State(server): State<Server>,
    _caller: Caller,
    Extension(seat): Extension<SeatId>,
    Path(id): Path<String>,
) -> Result<Json<Team>, Problem> {
    server.accounts.revoke_invitation(&seat, &id).await?;
    server.team(&seat).await
}

async fn remove(
    State(server): State<Server>,
    _caller: Caller,
    Extension(seat): Extension<SeatId>,
    Path(id): Path<String>,
) -> Result<Json<Team>, Problem> {
    // Signed out first: whatever ends in between, nobody is in who is not of the team any more.
    if let Ok(leaving) = SeatId::try_from(id.clone())
        && leaving.account() == seat.account()
        && leaving != seat
        && server.accounts.is_owner(&seat).await?
    {
        for session in server.accounts.listed(&leaving).await? {
            server.end(&leaving, &session).await?;
        }
    }
    server.accounts.remove_seat(&seat, &id).await?;
    server.team(&seat).await
}

async fn hand_over(
    State(server): State<Server>,
    Caller(me): Caller,
    Extension(seat): Extension<SeatId>,
    Extension(session): Extension<SessionId>,
    Path(id): Path<String>,
) -> Result<Json<Team>, Problem> {
    server.accounts.stepped_up(&me, &session).await?;
    server.accounts.hand_over(&seat, &id).await?;
    server.team(&seat).await
}

async fn look(
    State(server): State<Server>,
    Body(Invited { secret }): Body<Invited>,
) -> Result<Json<InvitedTo>, Problem> {
    server.accounts.invited_to(secret.as_str()).await.map(Json)
}

async fn begin_join(
    State(server): State<Server>,
    Body(Invited { secret }): Body<Invited>,
) -> Result<Json<Ceremony>, Problem> {
    Ok(asked(server.accounts.ask_invited(secret.as_str()).await?))
}

async fn finish_join(
    State(server): State<Server>,
    headers: HeaderMap,
    Body(FinishCeremony { id, credential }): Body<FinishCeremony>,
) -> Result<Response, Problem> {
    let seat = server.accounts.join(&id, credential, device::in_headers(&headers)).await?;
    server.signed_in(&seat, Proof::Given, &headers).await
}

impl Server {
    /// The team, after those have gone who were removed.
    async fn team(&self, seat: &SeatId) -> Result<Json<Team>, Problem> {
        for session in self.accounts.see_off(seat.account()).await? {
            self.hub.close_session(&session.0);
        }
        self.accounts.team(seat).await.map(Json)
    }
}
