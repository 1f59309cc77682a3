//! What a business writes often. Who only buys has none of it, and is told that there is nothing.

use crate::answered::Answered;
use crate::app::{App, kinds};
use crate::extract::{Caller, Once};
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use domain::ids::AccountId;
use domain::replies::SavedReplies;

pub(super) async fn mine(State(app): State<App>, Caller(me): Caller) -> Result<Json<SavedReplies>, Problem> {
    app.keeps_replies(&me).await?;
    Ok(Json(app.document(kinds::REPLIES, me.as_str()).await?.unwrap_or_default()))
}

pub(super) async fn save(
    State(app): State<App>,
    Once { call, body }: Once<SavedReplies>,
) -> Result<Answered<SavedReplies>, Problem> {
    app.keeps_replies(&call.account).await?;
    // What people write is kept, a card number never.
    let replies = body.without_cards();
    app.change_once(&call, kinds::REPLIES, call.account.as_str(), |_: Option<SavedReplies>| replies.clone()).await
}

impl App {
    async fn keeps_replies(&self, account: &AccountId) -> Result<(), Problem> {
        let business = self.account(account).await?.is_some_and(|account| account.business.is_some());
        if business { Ok(()) } else { Err(Problem::not_found()) }
    }
}
