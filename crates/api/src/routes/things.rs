//! What one owns: shown, passed on, lent, redeemed; and the proof of it, for anybody.

use crate::answered::Answered;
use crate::app::{App, kinds};
use crate::commit::Call;
use crate::extract::{Caller, Once, id};
use crate::problem::Problem;
use crate::store::{AppendError, OutboxEntry, Task};
use crate::things::{Kept, Passing};
use crate::wire::{PassOn, Proof, ThingsPage};
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::ids::{AccountId, ThingId};
use domain::rejection::Rejection;
use domain::thing::ThingState;
use domain::time::{Span, Timestamp};
use serde::Deserialize;

/// Things of one page.
const PAGE: usize = 40;
/// After how long a worker looks whether a passing was told: whoever passes it on tells it at once.
const TOLD_BY: Span = Span::minutes(1);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct After {
    after: Option<u32>,
}

pub(super) async fn mine(
    State(app): State<App>,
    Caller(me): Caller,
    Query(After { after }): Query<After>,
) -> Result<Json<ThingsPage>, Problem> {
    let now = app.now().await?;
    let list: Vec<ThingId> = app.document(kinds::THINGS, me.as_str()).await?.unwrap_or_default();
    let begin = after.and_then(|after| usize::try_from(after).ok()).unwrap_or(list.len());
    let mut left = begin.min(list.len());
    let mut things = Vec::new();
    while left > 0 && things.len() < PAGE {
        left -= 1;
        let Some(kept) = app.document::<Kept>(kinds::THING, list[left].as_str()).await? else { continue };
        things.extend(app.owned_by(kept, &me, now).await?);
    }
    let next = if left == 0 { None } else { u32::try_from(left).ok() };
    Ok(Json(ThingsPage { things, next }))
}

pub(super) async fn pass_on(
    State(app): State<App>,
    Path(thing): Path<String>,
    Once { call, body }: Once<PassOn>,
) -> Result<Answered<()>, Problem> {
    let thing: ThingId = id(&thing)?;
    let (thread, role) = app.part_of(&body.thread, &call.account).await?;
    if !thread.accepted {
        return Err(Rejection::ThreadNotAccepted.into());
    }
    let to = thread.account(role.other());
    let now = app.now().await?;
    let code = app.draw_code();
    let passed = |was: &Kept| passed(was, &call.account, to, &body, &code, now);
    // Before anything is written: what is refused leaves nothing behind.
    if app.made_before(&call).await?.is_none() {
        let kept = app.thing(&thing).await?;
        let number = passed(&kept)?.passed;
        // Nobody is given what is about to be taken back.
        if app.goes_back(&kept).await? {
            return Err(refunding());
        }
        app.lead_to(&code, to, &thing).await?;
        let (at, task) = (now.plus(TOLD_BY), Task::TellPassed { thing: thing.clone(), passing: number });
        let tell =
            OutboxEntry { id: format!("{thing}-passed-{number}"), at, thread: body.thread.clone(), task, attempts: 0 };
        app.store.reschedule(None, Some(tell)).await?;
    }
    let kept = app.change_thing(&call, &thing, passed).await?;
    // A call that is repeated tells what the first one may not have told.
    for passing in kept.body.passings.iter().filter(|passing| passing.thread == body.thread) {
        app.tell_passing(&thing, passing.number).await?;
    }
    Ok(kept.map(drop))
}

/// A thing after it was given or lent.
fn passed(
    was: &Kept,
    by: &AccountId,
    to: &AccountId,
    body: &PassOn,
    code: &str,
    now: Timestamp,
) -> Result<Kept, Problem> {
    is_held(was, by)?;
    let passing = Passing { number: was.passed + 1, thread: body.thread.clone(), by: by.clone(), until: body.until };
    let kept = match body.until {
        None => Kept { thing: was.thing.pass_on(by, to, now)?, code: code.to_owned(), lent_code: None, ..was.clone() },
        Some(until) => {
            Kept { thing: was.thing.lend(by, to, until, now)?, lent_code: Some(code.to_owned()), ..was.clone() }
        }
    };
    Ok(kept.remembering(passing))
}

/// To whoever does not hold it there is no such thing.
fn is_held(kept: &Kept, by: &AccountId) -> Result<(), Problem> {
    if kept.thing.holder == *by { Ok(()) } else { Err(Problem::not_found()) }
}

pub(super) async fn end_loan(
    State(app): State<App>,
    Path(thing): Path<String>,
    Once { call, body: () }: Once<()>,
) -> Result<Answered<()>, Problem> {
    let now = app.now().await?;
    let ended = |was: &Kept| {
        is_held(was, &call.account)?;
        Ok(Kept { thing: was.thing.end_loan(&call.account, now)?, lent_code: None, ..was.clone() })
    };
    Ok(app.change_thing(&call, &id(&thing)?, ended).await?.map(drop))
}

pub(super) async fn proof(State(app): State<App>, Path(code): Path<String>) -> Result<Json<Proof>, Problem> {
    let kept = app.thing_by(&code).await?;
    Ok(Json(app.prove(&kept, &code).await?))
}

pub(super) async fn redeem(
    State(app): State<App>,
    Path(code): Path<String>,
    Once { call, body: () }: Once<()>,
) -> Result<Answered<Proof>, Problem> {
    let now = app.now().await?;
    let kept = app.thing_by(&code).await?;
    let goes_back = app.goes_back(&kept).await?;
    let redeemed = |was: &Kept| {
        if !was.is_shown_by(&code, now) {
            return Err(Problem::new(409, "thing_passed_on", "This was passed on: its new owner has another code."));
        }
        let thing = was.thing.redeem(&call.account, now)?;
        if goes_back {
            return Err(refunding());
        }
        // The code of a loan that is over shows nothing any more.
        let lent_code = was.lent_code.clone().filter(|_| was.thing.borrower(now).is_some());
        Ok(Kept { thing, lent_code, ..was.clone() })
    };
    let kept = app.change_thing(&call, &kept.thing.id, redeemed).await?;
    let proof = app.prove(&kept.body, &code).await?;
    Ok(kept.map(|_| proof))
}

fn refunding() -> Problem {
    Problem::new(409, "thing_refunding", "The money is on its way back: this is good no more.")
}

impl App {
    /// Whether what was paid for a thing has gone back, or is about to: with all of the order's, or as one of so many pieces
    /// of its line that none of those still good is left over.
    async fn goes_back(&self, kept: &Kept) -> Result<bool, Problem> {
        let thread = self.owner(kept.thing.order.as_str()).await?;
        let thread = self.store.thread(&thread).await?.ok_or_else(Problem::not_found)?;
        let Some(order) = thread.orders.get(&kept.thing.order) else { return Ok(false) };
        let Some(payment) = thread.payments.get(&order.payment) else { return Ok(false) };
        if payment.goes_back_whole() {
            return Ok(true);
        }
        let Some(line) = kept.thing.id.line() else { return Ok(false) };
        let going = payment.pieces_going(line);
        if going == 0 {
            return Ok(false);
        }
        let (mut good, mut revoked) = (0, 0);
        for piece in 0..order.terms.items().get(line).map_or(0, |item| item.quantity) {
            let Some(id) = ThingId::of_piece(&order.id, line, piece) else { continue };
            match self.document::<Kept>(kinds::THING, id.as_str()).await?.map(|kept| kept.thing.state) {
                Some(ThingState::Held | ThingState::Lent { .. }) => good += 1,
                Some(ThingState::Revoked { .. }) => revoked += 1,
                Some(ThingState::Redeemed { .. }) | None => {}
            }
        }
        Ok(good <= going.saturating_sub(revoked))
    }

    /// Changes a thing, from what it is, once for a call: made before, it is answered with the thing as it is now.
    async fn change_thing(
        &self,
        call: &Call,
        id: &ThingId,
        change: impl Fn(&Kept) -> Result<Kept, Problem>,
    ) -> Result<Answered<Kept>, Problem> {
        loop {
            if self.made_before(call).await?.is_some() {
                return Ok(Answered { body: self.thing(id).await?, replayed: true });
            }
            let text = self.store.document(kinds::THING, id.as_str()).await?.ok_or_else(Problem::not_found)?;
            let body = match change(&crate::store::decode(id.as_str(), &text)?) {
                Ok(changed) => changed,
                // The same call may have been made in this very moment: then that is the answer.
                Err(problem) if self.made_before(call).await?.is_none() => return Err(problem),
                Err(_) => continue,
            };
            let written = crate::store::encode(&body);
            match self.store.put_document(kinds::THING, id.as_str(), Some(text), written, call.record(None)).await {
                Ok(()) => return Ok(Answered { body, replayed: false }),
                Err(AppendError::Conflict) => {}
                Err(AppendError::Store(error)) => return Err(error.into()),
            }
        }
    }
}
