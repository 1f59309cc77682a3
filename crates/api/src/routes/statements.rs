//! A seller's books, from the postings of all conversations in which one sells.

use crate::app::{App, kinds};
use crate::extract::{Caller, id};
use crate::problem::Problem;
use crate::wire::{Differences, Folder, MonthOfBooks};
use axum::Json;
use axum::extract::{Path, State};
use domain::calendar::Zone;
use domain::ids::AccountId;
use domain::market::Market;
use domain::statement::{Month, Posting, Statement, months, postings};

/// Whose midnight ends a month. One market so far.
const ZONE: Zone = Market::US.zone;

pub(super) async fn month(
    State(app): State<App>,
    Caller(me): Caller,
    Path(month): Path<String>,
) -> Result<Json<MonthOfBooks>, Problem> {
    let month: Month = id(&month)?;
    let (postings, unreadable) = app.books(&me).await?;
    let statements = Statement::of(month, ZONE, &postings);
    Ok(Json(MonthOfBooks { statements, months: months(ZONE, &postings), unreadable }))
}

pub(super) async fn postings_of(
    State(app): State<App>,
    Caller(me): Caller,
    Path(month): Path<String>,
) -> Result<Json<Vec<Posting>>, Problem> {
    let month: Month = id(&month)?;
    let (mut postings, _) = app.books(&me).await?;
    postings.retain(|posting| Month::of(posting.at, ZONE) == month);
    Ok(Json(postings))
}

pub(super) async fn differences(State(app): State<App>, Caller(me): Caller) -> Result<Json<Differences>, Problem> {
    Ok(Json(app.document(kinds::DIFFERENCES, me.as_str()).await?.unwrap_or_default()))
}

impl App {
    /// Every movement of what somebody sold, oldest first, and how many conversations could not be read.
    async fn books(&self, seller: &AccountId) -> Result<(Vec<Posting>, u32), Problem> {
        let (mut all, mut unreadable) = (Vec::new(), 0);
        for folder in [Folder::Primary, Folder::Requests] {
            for (_, id) in self.store.inbox(seller, folder, None, usize::MAX).await? {
                let Some(thread) = self.readable(&id).await? else {
                    unreadable += 1;
                    continue;
                };
                // Most conversations are talk: their events are not read.
                if thread.seller != *seller || thread.ledger.transfers().is_empty() {
                    continue;
                }
                let events = self.store.events_of(&id, 0, usize::MAX).await?;
                match postings(&events) {
                    Ok(found) => all.extend(found),
                    Err(_gap) => unreadable += 1,
                }
            }
        }
        all.sort_by(|a, b| (a.at, &a.order).cmp(&(b.at, &b.order)));
        Ok((all, unreadable))
    }
}
