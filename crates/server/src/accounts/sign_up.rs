//! Making an account, and the passkeys and recovery codes of one.

use super::ceremony::{Ceremony, over};
use super::routes::Body;
use super::session::Proof;
use super::{SeatId, SessionId, device};
use crate::Server;
use api::Caller;
use api::problem::Problem;
use api::wire::{
    Account, Business, Ceremony as Asked, FinishCeremony, Proofs, RecoveryCodes, RenamePasskey, SignInRecovery, SignUp,
    TeamAct,
};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use domain::address::UsState;
use domain::ids::AccountId;
use domain::market::Country;
use domain::profile::Handle;
use http::HeaderMap;
use serde_json::Value;

/// Handles that would speak for the house.
const OURS: [&str; 6] = ["admin", "bottega", "help", "security", "staff", "support"];

/// The routes, below `/v1`.
pub(super) fn router() -> Router<Server> {
    Router::new()
        .route("/sign-up/begin", post(begin_sign_up))
        .route("/sign-up/finish", post(finish_sign_up))
        .route("/sign-in/passkey/begin", post(begin_sign_in))
        .route("/sign-in/passkey/finish", post(finish_sign_in))
        .route("/sign-in/recovery", post(recover))
        .route("/passkeys", get(proofs))
        .route("/passkeys/begin", post(begin_add))
        .route("/passkeys/finish", post(finish_add))
        .route("/passkeys/{id}/rename", post(rename))
        .route("/passkeys/{id}/remove", post(remove))
        .route("/recovery-codes", post(new_codes))
        .route("/step-up/begin", post(begin_step_up))
        .route("/step-up/finish", post(finish_step_up))
}

pub(super) fn asked((id, options): (String, Value)) -> Json<Asked> {
    Json(Asked { id, options })
}

async fn begin_sign_up(State(server): State<Server>, Body(wish): Body<SignUp>) -> Result<Json<Asked>, Problem> {
    if OURS.contains(&wish.handle.as_str()) {
        return Err(taken());
    }
    server.ensure_free(wish.handle.as_str()).await?;
    let account = server.account(wish).await?;
    Ok(asked(server.accounts.ask_first(account).await?))
}

async fn finish_sign_up(
    State(server): State<Server>,
    headers: HeaderMap,
    Body(FinishCeremony { id, credential }): Body<FinishCeremony>,
) -> Result<Response, Problem> {
    let Ceremony::SignUp { account, user, state } = server.accounts.take(&id).await? else { return Err(over()) };
    server.ensure_free(account.handle.as_str()).await?;
    let seat = SeatId::first(&account.id);
    server.accounts.keep(&seat, user, &state, credential, device::in_headers(&headers)).await?;
    // Last: an account that has no passkey would be nobody's.
    if !server.app.found_account(&account).await? {
        return Err(taken());
    }
    server.signed_in(&seat, Proof::Given, &headers).await
}

async fn begin_sign_in(State(server): State<Server>, Body(()): Body<()>) -> Result<Json<Asked>, Problem> {
    Ok(asked(server.accounts.ask_anybodys().await?))
}

async fn finish_sign_in(
    State(server): State<Server>,
    headers: HeaderMap,
    Body(FinishCeremony { id, credential }): Body<FinishCeremony>,
) -> Result<Response, Problem> {
    let seat = server.accounts.recognise(&id, credential).await?;
    server.signed_in(&seat, Proof::Given, &headers).await
}

async fn recover(
    State(server): State<Server>,
    headers: HeaderMap,
    Body(SignInRecovery { handle, code }): Body<SignInRecovery>,
) -> Result<Response, Problem> {
    let seat = server.accounts.use_recovery_code(handle.as_str(), code.as_str()).await?;
    // Whoever has to recover an account has lost what it was opened with: somebody else may have that now. Keys of programs
    // stay: making one takes a passkey, and a shop's till must not stop because its owner has lost a phone. They are shown
    // to the owner, who ends what is not theirs; and everybody's recovery is in the log.
    for session in server.accounts.listed(&seat).await? {
        server.end(&seat, &session).await?;
    }
    server.accounts.note(&seat, TeamAct::Recovered).await?;
    server.signed_in(&seat, Proof::Given, &headers).await
}

async fn proofs(
    State(server): State<Server>,
    _caller: Caller,
    Extension(seat): Extension<SeatId>,
) -> Result<Json<Proofs>, Problem> {
    server.proofs(&seat).await
}

async fn begin_add(
    State(server): State<Server>,
    Caller(me): Caller,
    Extension(seat): Extension<SeatId>,
    Extension(session): Extension<SessionId>,
    Body(()): Body<()>,
) -> Result<Json<Asked>, Problem> {
    server.accounts.stepped_up(&me, &session).await?;
    let account = server.app.account(&me).await?.ok_or_else(Problem::not_found)?;
    Ok(asked(server.accounts.ask_another(&seat, &account).await?))
}

async fn finish_add(
    State(server): State<Server>,
    _caller: Caller,
    Extension(me): Extension<SeatId>,
    headers: HeaderMap,
    Body(FinishCeremony { id, credential }): Body<FinishCeremony>,
) -> Result<Json<Proofs>, Problem> {
    let Ceremony::Add { seat, user, state } = server.accounts.take(&id).await? else { return Err(over()) };
    if seat != me {
        return Err(over());
    }
    server.accounts.keep(&me, user, &state, credential, device::in_headers(&headers)).await?;
    server.proofs(&me).await
}

async fn rename(
    State(server): State<Server>,
    _caller: Caller,
    Extension(me): Extension<SeatId>,
    Path(id): Path<String>,
    Body(RenamePasskey { name }): Body<RenamePasskey>,
) -> Result<Json<Proofs>, Problem> {
    server.accounts.rename(&me, &id, &name).await?;
    server.proofs(&me).await
}

async fn remove(
    State(server): State<Server>,
    Caller(account): Caller,
    Extension(me): Extension<SeatId>,
    Extension(session): Extension<SessionId>,
    Path(id): Path<String>,
) -> Result<Json<Proofs>, Problem> {
    server.accounts.stepped_up(&account, &session).await?;
    server.accounts.remove(&me, &id).await?;
    server.proofs(&me).await
}

async fn new_codes(
    State(server): State<Server>,
    Caller(account): Caller,
    Extension(me): Extension<SeatId>,
    Extension(session): Extension<SessionId>,
) -> Result<Json<RecoveryCodes>, Problem> {
    server.accounts.stepped_up(&account, &session).await?;
    Ok(Json(RecoveryCodes { codes: server.accounts.new_recovery_codes(&me).await? }))
}

async fn begin_step_up(
    State(server): State<Server>,
    _caller: Caller,
    Extension(me): Extension<SeatId>,
) -> Result<Json<Asked>, Problem> {
    Ok(asked(server.accounts.ask_own(&me).await?))
}

async fn finish_step_up(
    State(server): State<Server>,
    _caller: Caller,
    Extension(me): Extension<SeatId>,
    Extension(session): Extension<SessionId>,
    Body(FinishCeremony { id, credential }): Body<FinishCeremony>,
) -> Result<Json<()>, Problem> {
    server.accounts.prove(&me, &id, credential).await?;
    server.accounts.step_up(&session).await?;
    Ok(Json(()))
}

fn taken() -> Problem {
    Problem::new(409, "handle_taken", "Somebody else has this handle.").at("handle")
}

impl Server {
    async fn ensure_free(&self, handle: &str) -> Result<(), Problem> {
        if self.app.account_by_handle(handle).await?.is_some() { Err(taken()) } else { Ok(()) }
    }

    /// The account that somebody wishes for; it is not kept yet.
    async fn account(&self, wish: SignUp) -> Result<Account, Problem> {
        let SignUp { handle, name, city, state, order_prefix } = wish;
        let unknown = |_| Problem::new(422, "invalid_state", "This is no state of the United States.").at("state");
        let state: UsState = state.as_str().parse().map_err(unknown)?;
        let broken = |what: String| Problem::new(500, "internal", what);
        let id: AccountId =
            format!("acc_{:032x}", (self.app.entropy)()).parse().map_err(|error| broken(format!("{error}")))?;
        let face = if order_prefix.is_some() { "/art/new-shop.svg" } else { "/art/new-face.svg" };
        Ok(Account {
            id,
            handle: Handle::into(handle),
            name,
            avatar: face.parse().map_err(|error| broken(format!("{error}")))?,
            city,
            state: state.code().parse().map_err(|error| broken(format!("{error}")))?,
            country: Country::US,
            bio: None,
            business: order_prefix.map(|prefix| Business { order_prefix: prefix.into() }),
            reviewer: false,
            joined_at: self.app.now().await?,
        })
    }

    async fn proofs(&self, seat: &SeatId) -> Result<Json<Proofs>, Problem> {
        Ok(Json(Proofs {
            passkeys: self.accounts.known_passkeys(seat).await?,
            recovery_codes: self.accounts.recovery_codes_left(seat).await?,
        }))
    }
}
