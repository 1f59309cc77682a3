//! Shipping, more time, refunds, help and receipts.

use crate::answered::Answered;
use crate::app::App;
use crate::extract::{Caller, Once, id};
use crate::problem::Problem;
use crate::wire::{AnswerDispute, AnswerExtension, AskExtension, Committed, MakeRefund, Receipt, Ship};
use axum::Json;
use axum::extract::{Path, State};
use domain::command::{Command, RefundAmount};
use domain::ids::OrderId;
use domain::text::hex;
use sha2::{Digest, Sha256};

pub(super) async fn act(
    State(app): State<App>,
    Path((order, act)): Path<(String, String)>,
    Once { call, body: () }: Once<()>,
) -> Result<Answered<Committed>, Problem> {
    let thread = app.owner(&order).await?;
    let order: OrderId = id(&order)?;
    let command = match act.as_str() {
        "prepare" => Command::Prepare { order },
        "ready" => Command::Ready { order },
        "confirm-receipt" => Command::Confirm { order },
        "cancel" => Command::CancelOrder { order },
        _unknown => return Err(Problem::not_found()),
    };
    app.commit(&thread, &call, command).await
}

pub(super) async fn ship(
    State(app): State<App>,
    Path(order): Path<String>,
    Once { call, body }: Once<Ship>,
) -> Result<Answered<Committed>, Problem> {
    let thread = app.owner(&order).await?;
    let Ship { contents, carrier, tracking } = body;
    app.commit(&thread, &call, Command::Ship { order: id(&order)?, contents, carrier, tracking }).await
}

pub(super) async fn ask_extension(
    State(app): State<App>,
    Path(order): Path<String>,
    Once { call, body }: Once<AskExtension>,
) -> Result<Answered<Committed>, Problem> {
    let thread = app.owner(&order).await?;
    app.commit(&thread, &call, Command::AskExtension { order: id(&order)?, days: body.days }).await
}

pub(super) async fn answer_extension(
    State(app): State<App>,
    Path(order): Path<String>,
    Once { call, body }: Once<AnswerExtension>,
) -> Result<Answered<Committed>, Problem> {
    let thread = app.owner(&order).await?;
    let answer = Command::AnswerExtension { order: id(&order)?, accept: body.accept };
    app.commit(&thread, &call, answer).await
}

pub(super) async fn refund(
    State(app): State<App>,
    Path(order): Path<String>,
    Once { call, body }: Once<MakeRefund>,
) -> Result<Answered<Committed>, Problem> {
    let thread = app.owner(&order).await?;
    let amount = match (body.amount, body.items.is_empty()) {
        (Some(amount), true) => RefundAmount::Amount(amount),
        (None, false) => RefundAmount::Items(body.items),
        (None, true) => RefundAmount::Rest,
        (Some(_), false) => {
            return Err(Problem::new(422, "amount_or_items", "Refund an amount or items, not both.").at("amount"));
        }
    };
    app.commit(&thread, &call, Command::Refund { order: id(&order)?, amount }).await
}

pub(super) async fn answer_dispute(
    State(app): State<App>,
    Path((order, dispute)): Path<(String, String)>,
    Once { call, body }: Once<AnswerDispute>,
) -> Result<Answered<Committed>, Problem> {
    let thread = app.owner(&order).await?;
    let (order, dispute) = (id(&order)?, id(&dispute)?);
    app.commit(&thread, &call, Command::AnswerDispute { order, dispute, answer: body.answer }).await
}

pub(super) async fn receipt(
    State(app): State<App>,
    Caller(me): Caller,
    Path(order): Path<String>,
) -> Result<Json<Receipt>, Problem> {
    let thread = app.owner(&order).await?;
    let (state, _) = app.part_of(&thread, &me).await?;
    let order: OrderId = id(&order)?;
    let agreement = domain::receipt::agreement(&state, &order).ok_or_else(Problem::not_found)?;
    let sha256 = hex(&Sha256::digest(domain::receipt::canonical(&agreement)));
    Ok(Json(Receipt { agreement, sha256 }))
}
