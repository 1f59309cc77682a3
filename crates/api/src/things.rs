//! What people own, kept beside the threads: granted and taken back by the worker, shown with proofs.
//!
//! A thing is one document, changed only from what it was: of two who pass it on or redeem it at once, one does. A code
//! shows a thing while it is in one's hand; whoever gets it has a new one, so that an old picture of it opens no door.

mod signing;

use crate::app::{App, kinds};
use crate::commit::Call;
use crate::problem::Problem;
use crate::store::StoreError;
use crate::wire::{Issuer, OwnedState, OwnedThing, Proof, ProofRecord, ProofState};
use domain::command::Command;
use domain::ids::{AccountId, ThingId, ThreadId};
use domain::order::Order;
use domain::payment::Payment;
use domain::rejection::Rejection;
use domain::thing::{Thing, ThingRefusal, ThingState, granted};
use domain::thread::Thread;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Passings that are remembered, so that each is told: far more than go through within a minute.
const REMEMBERED: usize = 20;
/// Digits of a code: 256 bits.
const CODE_DIGITS: usize = 64;

/// A thing as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The thing.
    pub thing: Thing,
    /// What shows it in its holder's hand.
    pub code: String,
    /// What shows it in the hand of whom it is lent to.
    pub lent_code: Option<String>,
    /// How often it was given or lent.
    pub passed: u32,
    /// The last times that it was.
    pub passings: Vec<Passing>,
}

/// That it was given or lent, in which thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Passing {
    /// Which one, counted from 1.
    pub number: u32,
    /// In which thread.
    pub thread: ThreadId,
    /// By whom.
    pub by: AccountId,
    /// Until when, of a loan.
    pub until: Option<Timestamp>,
}

impl Kept {
    fn new(thing: Thing, code: String) -> Self {
        Self { thing, code, lent_code: None, passed: 0, passings: Vec::new() }
    }

    /// The code that is good now.
    pub fn code_at(&self, now: Timestamp) -> &str {
        match (&self.lent_code, self.thing.borrower(now)) {
            (Some(code), Some(_)) => code,
            (Some(_), None) | (None, _) => &self.code,
        }
    }

    /// Whether a code shows it: the one that is good now. Of what is good no more it is the last one, of a loan too, so
    /// that whoever was let in with it reads what became of it.
    pub fn is_shown_by(&self, code: &str, now: Timestamp) -> bool {
        match self.thing.state {
            ThingState::Held | ThingState::Lent { .. } => self.code_at(now) == code,
            ThingState::Redeemed { .. } | ThingState::Revoked { .. } => {
                self.code == code || self.lent_code.as_deref() == Some(code)
            }
        }
    }

    /// The same, with one more passing in its memory.
    #[must_use]
    pub fn remembering(mut self, passing: Passing) -> Self {
        self.passed = passing.number;
        self.passings.push(passing);
        let old = self.passings.len().saturating_sub(REMEMBERED);
        self.passings.drain(..old);
        self
    }
}

/// What goes with the money that has gone back: everything, or so many of a line as were paid back; of those first what
/// nobody has used and the buyer still has.
fn to_revoke(order: &Order, payment: &Payment, kept: Vec<Kept>) -> Vec<Kept> {
    if payment.is_given_back() {
        return kept;
    }
    let mut revoked = Vec::new();
    for line in 0..order.terms.items().len() {
        let of_line = |kept: &&Kept| kept.thing.id.line() == Some(line);
        let (gone, mut left): (Vec<&Kept>, Vec<&Kept>) =
            kept.iter().filter(of_line).partition(|kept| matches!(kept.thing.state, ThingState::Revoked { .. }));
        left.sort_by_key(|kept| kept.passed > 0);
        left.sort_by_key(|kept| matches!(kept.thing.state, ThingState::Redeemed { .. }));
        let back = usize::try_from(payment.pieces_back(line)).unwrap_or(usize::MAX);
        revoked.extend(left.into_iter().take(back.saturating_sub(gone.len())).cloned());
    }
    revoked
}

impl From<ThingRefusal> for Problem {
    fn from(refusal: ThingRefusal) -> Self {
        let (status, code, detail) = match refusal {
            ThingRefusal::NotYours => return Rejection::NotYours.into(),
            ThingRefusal::Lent => (409, "thing_lent", "This is lent. Take it back first."),
            ThingRefusal::NotLent => (409, "thing_not_lent", "This is not lent any more."),
            ThingRefusal::Redeemed => (409, "thing_redeemed", "This was redeemed already."),
            ThingRefusal::Revoked => (409, "thing_revoked", "This was revoked: the money went back."),
            ThingRefusal::BadEnd => return Self::new(422, "bad_loan_end", "A loan ends within a year.").at("until"),
        };
        Self::new(status, code, detail)
    }
}

impl App {
    /// Brings what the buyer of an order owns by it up to what was paid: there, or taken back with the money. Doing it
    /// again changes nothing.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn see_to_things(
        &self,
        thread: &Thread,
        order: Option<&Order>,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let Some(order) = order else { return Ok(()) };
        let Some(payment) = thread.payments.get(&order.payment) else { return Ok(()) };
        let mut kept = Vec::new();
        for thing in granted(order, &thread.buyer, &thread.seller) {
            kept.push(self.grant(thing).await?);
        }
        for thing in to_revoke(order, payment, kept) {
            self.change(kinds::THING, thing.thing.id.as_str(), |was: Option<Kept>| {
                let was = was.unwrap_or_else(|| thing.clone());
                Kept { thing: was.thing.revoke(now), ..was }
            })
            .await?;
        }
        Ok(())
    }

    /// Makes a thing; the one that is there when there is one, with all that leads to it.
    async fn grant(&self, thing: Thing) -> Result<Kept, StoreError> {
        let code = self.draw_code();
        let make = |was: Option<Kept>| was.unwrap_or_else(|| Kept::new(thing.clone(), code.clone()));
        let kept = self.change(kinds::THING, thing.id.as_str(), make).await?;
        self.lead_to(&kept.code, &kept.thing.holder, &kept.thing.id).await?;
        Ok(kept)
    }

    /// Has a code and somebody's list lead to a thing. Both say no more than where to look: what they are good for is
    /// asked of the thing itself.
    pub(crate) async fn lead_to(&self, code: &str, account: &AccountId, thing: &ThingId) -> Result<(), StoreError> {
        self.change(kinds::CODE, code, |_: Option<ThingId>| thing.clone()).await?;
        let add = |list: Option<Vec<ThingId>>| {
            let mut list = list.unwrap_or_default();
            if !list.contains(thing) {
                list.push(thing.clone());
            }
            list
        };
        self.change(kinds::THINGS, account.as_str(), add).await?;
        Ok(())
    }

    /// 256 random bits in hexadecimal.
    pub(crate) fn draw_code(&self) -> String {
        format!("{:032x}{:032x}", (self.entropy)(), (self.entropy)())
    }

    /// What a code is of.
    pub(crate) async fn thing_by(&self, code: &str) -> Result<Kept, Problem> {
        let is_code = code.len() == CODE_DIGITS && code.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let id: Option<ThingId> = if is_code { self.document(kinds::CODE, code).await? } else { None };
        self.thing(&id.ok_or_else(Problem::not_found)?).await
    }

    /// A thing.
    pub(crate) async fn thing(&self, id: &ThingId) -> Result<Kept, Problem> {
        self.document(kinds::THING, id.as_str()).await?.ok_or_else(Problem::not_found)
    }

    /// Tells the thread of a passing that it was; told already, nothing.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn tell_passing(&self, thing: &ThingId, number: u32) -> Result<(), Problem> {
        let kept = self.thing(thing).await?;
        let Some(passing) = kept.passings.iter().find(|passing| passing.number == number) else { return Ok(()) };
        // No caller's key has a blank in it.
        let key = format!("passed {thing} {number}");
        let call = Call { account: passing.by.clone(), key: Some((key, "passed".to_owned())) };
        let (thing, title, until) = (thing.clone(), kept.thing.title.clone(), passing.until);
        self.commit(&passing.thread, &call, Command::TellPassed { thing, title, until }).await?;
        Ok(())
    }

    /// A thing as somebody sees it in their wallet; nothing when they have nothing to do with it.
    pub(crate) async fn owned_by(
        &self,
        kept: Kept,
        me: &AccountId,
        now: Timestamp,
    ) -> Result<Option<OwnedThing>, Problem> {
        let is_mine = kept.thing.holder == *me;
        let state = match (&kept.thing.state, kept.thing.borrower(now)) {
            (ThingState::Redeemed { at }, _) if is_mine => OwnedState::Redeemed { at: *at },
            (ThingState::Revoked { at }, _) if is_mine => OwnedState::Revoked { at: *at },
            (ThingState::Held | ThingState::Lent { .. }, Some((to, until))) if is_mine => {
                let to = self.account(to).await?.ok_or_else(Problem::not_found)?.name;
                OwnedState::LentOut { to, until }
            }
            (ThingState::Held | ThingState::Lent { .. }, None) if is_mine => OwnedState::Held,
            (ThingState::Held | ThingState::Lent { .. }, Some((to, until))) if to == me => {
                OwnedState::Borrowed { until }
            }
            (
                ThingState::Held | ThingState::Lent { .. } | ThingState::Redeemed { .. } | ThingState::Revoked { .. },
                _,
            ) => return Ok(None),
        };
        let seller = self.issuer(&kept.thing.seller).await?;
        let code = (kept.thing.bearer(now) == Some(me)).then(|| kept.code_at(now).to_owned());
        let Thing { id, kind, title, detail, picture, granted_at, .. } = kept.thing;
        Ok(Some(OwnedThing { id, kind, title, detail, picture, seller, granted_at, state, code }))
    }

    /// What a code proves now, signed.
    pub(crate) async fn prove(&self, kept: &Kept, code: &str) -> Result<Proof, Problem> {
        let as_of = self.now().await?;
        let state = match (kept.is_shown_by(code, as_of), &kept.thing.state) {
            (false, _) => ProofState::PassedOn,
            (true, ThingState::Held | ThingState::Lent { .. }) => ProofState::Good,
            (true, ThingState::Redeemed { at }) => ProofState::Redeemed { at: *at },
            (true, ThingState::Revoked { at }) => ProofState::Revoked { at: *at },
        };
        let Thing { kind, title, detail, granted_at, .. } = kept.thing.clone();
        let (code, seller) = (code.to_owned(), self.issuer(&kept.thing.seller).await?);
        self.sign(&ProofRecord { as_of, code, detail, granted_at, kind, seller, state, title }).await
    }

    async fn issuer(&self, seller: &AccountId) -> Result<Issuer, Problem> {
        let account = self.account(seller).await?.ok_or_else(Problem::not_found)?;
        Ok(Issuer { handle: account.handle, name: account.name })
    }
}
