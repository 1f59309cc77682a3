//! Asking for a payment, answering, paying.

use crate::answered::Answered;
use crate::app::App;
use crate::confirmation::Context;
use crate::extract::{Caller, Once, Unproved, id};
use crate::problem::Problem;
use crate::routes::wallet::Agreed;
use crate::wire::{Approval, Committed, MakeCounter, Pay, ReviseRequest, SendRequest};
use axum::extract::{Path, State};
use axum::{Extension, Json};
use domain::address::Destination;
use domain::command::Command;
use domain::ids::{PaymentId, PaymentRequestId};
use domain::terms::Delivery;
use domain::thread::{Role, Thread};
use domain::time::Span;

fn span(seconds: Option<u32>) -> Option<Span> {
    seconds.map(|seconds| Span::seconds(i64::from(seconds)))
}

pub(super) async fn send(
    State(app): State<App>,
    Path(thread): Path<String>,
    Once { call, body }: Once<SendRequest>,
) -> Result<Answered<Committed>, Problem> {
    app.own_uploads(&call.account, body.terms.photo()).await?;
    let send = Command::SendRequest { terms: body.terms, expires_in: span(body.expires_in_seconds) };
    app.commit(&id(&thread)?, &call, send).await
}

pub(super) async fn revise(
    State(app): State<App>,
    Path(request): Path<String>,
    Once { call, body }: Once<ReviseRequest>,
) -> Result<Answered<Committed>, Problem> {
    let thread = app.owner(&request).await?;
    app.own_uploads(&call.account, body.terms.photo()).await?;
    let (request, expires_in) = (id(&request)?, span(body.expires_in_seconds));
    let revise = Command::Revise { request, revision: body.revision, terms: body.terms, expires_in };
    app.commit(&thread, &call, revise).await
}

pub(super) async fn counter(
    State(app): State<App>,
    Path(request): Path<String>,
    Once { call, body }: Once<MakeCounter>,
) -> Result<Answered<Committed>, Problem> {
    let thread = app.owner(&request).await?;
    let counter = Command::Counter { request: id(&request)?, revision: body.revision, proposal: body.proposal };
    app.commit(&thread, &call, counter).await
}

pub(super) async fn pay(
    State(app): State<App>,
    Path(request): Path<String>,
    unproved: Option<Extension<Unproved>>,
    Once { call, body }: Once<Pay>,
) -> Result<Answered<Committed>, Problem> {
    let thread = app.owner(&request).await?;
    let (state, role) = app.part_of(&thread, &call.account).await?;
    // Before the wallet is asked: a repeated call is answered whatever has become of the method since.
    if let Some(told_before) = app.replay(&call, role).await? {
        return Ok(told_before);
    }
    let request: PaymentRequestId = id(&request)?;
    let context = Context::next(&state, &request, body.revision, body.total);
    let agreed = app.checked_wallet(&call.account, context, &body, unproved.is_some()).await?;
    let Agreed { method, address, confirmed_by } = agreed;
    let destination = match address {
        Some(address) => Destination::Address { address: Box::new(address) },
        None => without_address(&state, &request, body.delivery),
    };
    let Pay { revision, delivery, total, .. } = body;
    let pay = Command::Pay { request, revision, delivery, total, method, destination, confirmed_by };
    app.commit(&thread, &call, pay).await
}

/// Where something goes that needs no address, as far as it is known what it is; what does need one is refused.
fn without_address(state: &Thread, request: &PaymentRequestId, delivery: usize) -> Destination {
    let way = state.requests.get(request).and_then(|request| request.current().terms.delivery().get(delivery));
    way.and_then(Delivery::without_address).unwrap_or(Destination::Digital)
}

pub(super) async fn act(
    State(app): State<App>,
    Path((request, act)): Path<(String, String)>,
    Once { call, body: () }: Once<()>,
) -> Result<Answered<Committed>, Problem> {
    let thread = app.owner(&request).await?;
    let request: PaymentRequestId = id(&request)?;
    let command = match act.as_str() {
        "view" => Command::View { request },
        "withdraw" => Command::Withdraw { request },
        "decline" => Command::Decline { request },
        "send-again" => Command::SendAgain { request },
        "accept-counter" => Command::AcceptCounter { request },
        "decline-counter" => Command::DeclineCounter { request },
        "withdraw-counter" => Command::WithdrawCounter { request },
        _unknown => return Err(Problem::not_found()),
    };
    app.commit(&thread, &call, command).await
}

/// Where the buyer approves; the processor says, each time.
pub(super) async fn approval(
    State(app): State<App>,
    Caller(me): Caller,
    Path(payment): Path<String>,
) -> Result<Json<Approval>, Problem> {
    let thread = app.owner(&payment).await?;
    let (state, role) = app.part_of(&thread, &me).await?;
    let payment: PaymentId = id(&payment)?;
    let waits = state.payments.get(&payment).is_some_and(|known| known.wants_the_buyer());
    if role != Role::Buyer || !waits {
        return Err(Problem::not_found());
    }
    let silent = |_| Problem::new(503, "processor_silent", "The payment service does not answer. Try again.");
    let url = app.provider.approval(&payment).await.map_err(silent)?;
    Ok(Json(Approval { url: url.ok_or_else(Problem::not_found)? }))
}

pub(super) async fn act_on_payment(
    State(app): State<App>,
    Path((payment, act)): Path<(String, String)>,
    Once { call, body: () }: Once<()>,
) -> Result<Answered<Committed>, Problem> {
    let thread = app.owner(&payment).await?;
    let payment: PaymentId = id(&payment)?;
    let command = match act.as_str() {
        "resume" => Command::Resume { payment },
        "cancel" => Command::CancelAttempt { payment },
        "undo" => Command::Undo { payment },
        _unknown => return Err(Problem::not_found()),
    };
    app.commit(&thread, &call, command).await
}
