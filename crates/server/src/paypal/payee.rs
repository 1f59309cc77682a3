//! Where a business is paid: chosen by its owner, who has just shown a passkey. Without a choice it is the account of our
//! keys.

use crate::Server;
use crate::accounts::{Body, SeatId, SessionId};
use crate::keys::only_businesses;
use ::paypal::{Email, MerchantId};
use api::Caller;
use api::app::kinds;
use api::problem::Problem;
use api::wire::{PaidTo, Payee, SetPayee, TeamAct};
use axum::extract::State;
use axum::routing::get;
use axum::{Extension, Json, Router};

/// The routes of it, below `/v1`.
pub fn router() -> Router<Server> {
    Router::new().route("/payee", get(chosen).post(choose))
}

/// What PayPal calls whom to pay; `None` for what it could never mean.
pub(super) fn said(to: &PaidTo) -> Option<::paypal::Payee> {
    match to {
        PaidTo::Merchant(id) => MerchantId::parse(id).ok().map(::paypal::Payee::Merchant),
        PaidTo::Email(text) => Email::parse(text).ok().map(::paypal::Payee::Email),
    }
}

async fn chosen(State(server): State<Server>, Caller(account): Caller) -> Result<Json<Payee>, Problem> {
    let chosen = api::store::document(server.app.store.as_ref(), kinds::PAYEE, account.as_str()).await?;
    Ok(Json(Payee { chosen: chosen.flatten(), is_offered: server.paypal.is_some() }))
}

async fn choose(
    State(server): State<Server>,
    Caller(account): Caller,
    Extension(seat): Extension<SeatId>,
    Extension(session): Extension<SessionId>,
    Body(SetPayee { to }): Body<SetPayee>,
) -> Result<Json<Payee>, Problem> {
    only_businesses(&server.app, &account).await?;
    // All money of the business goes there from now on.
    server.accounts.stepped_up(&account, &session).await?;
    if server.paypal.is_none() {
        return Err(Problem::new(409, "payee_simulated", "Payments are simulated here: nobody is paid."));
    }
    if to.as_ref().is_some_and(|to| said(to).is_none()) {
        let what = "This is no account of PayPal: its e-mail, or its 13 letters and digits.";
        return Err(Problem::new(422, "payee_unknown", what).at("to"));
    }
    let keep = |_: Option<Option<PaidTo>>| to.clone();
    let chosen = api::store::change(server.app.store.as_ref(), kinds::PAYEE, account.as_str(), keep).await?;
    server.accounts.note(&seat, TeamAct::PayeeChosen).await?;
    Ok(Json(Payee { chosen, is_offered: true }))
}
