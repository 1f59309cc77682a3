//! What a test, or somebody developing, does to the simulator from outside: the same as methods and under `/simulator`.

mod books;

use crate::clock::Instant;
use crate::dispute::{Opened, Outcome};
use crate::faults::{Fault, Kind};
use crate::ledger::Reason;
use crate::order::Funding;
use crate::order::approve::Misapproval;
use crate::payment::{Given, Hold, RefundMood, Taken};
use crate::refusal::Refusal;
use crate::simulator::Simulator;
use crate::vault::{Saved, VaultMood};
use crate::webhook::outbox::{Manner, Release};
use crate::world::World;
use serde_json::Value;
use std::fmt;

/// Why a control did nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ControlError {
    /// There is no such thing.
    Unknown,
    /// Not as it stands now.
    NotNow(String),
}

impl fmt::Display for ControlError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => out.write_str("there is no such thing"),
            Self::NotNow(why) => write!(out, "not as it stands now: {why}"),
        }
    }
}

impl std::error::Error for ControlError {}

impl From<Refusal> for ControlError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Issue { status: 404, .. } => Self::Unknown,
            Refusal::Issue { issue, .. } => Self::NotNow(issue),
            Refusal::Unauthenticated | Refusal::TooMany | Refusal::Broken => Self::NotNow(format!("{refusal:?}")),
        }
    }
}

impl World {
    /// What happens by the clock alone.
    pub(crate) fn tick(&mut self) {
        self.reverse_stale_approvals();
        self.decide_unanswered();
        let now = self.now();
        let over = self.authorizations.values().filter(|held| held.hold == Hold::Open && now >= held.expires());
        let over: Vec<String> =
            over.filter(|held| self.captured_of(&held.id) == 0).map(|held| held.id.clone()).collect();
        over.iter().for_each(|id| self.give_up(id));
    }

    pub(crate) fn advance(&mut self, by: Instant) {
        self.clock.advance(by);
        self.tick();
    }

    fn pending(&self, capture: &str) -> Result<(), ControlError> {
        match self.captures.get(capture).map(|capture| capture.taken) {
            None => Err(ControlError::Unknown),
            Some(Taken::Pending) => Ok(()),
            Some(Taken::Completed | Taken::Declined) => Err(ControlError::NotNow("it is not pending".to_owned())),
        }
    }

    pub(crate) fn settle_capture(&mut self, id: &str) -> Result<(), ControlError> {
        self.pending(id)?;
        self.money_arrives(id);
        Ok(())
    }

    pub(crate) fn deny_capture(&mut self, id: &str) -> Result<(), ControlError> {
        self.pending(id)?;
        self.money_stays_away(id, "PAYMENT.CAPTURE.DENIED", "Payment denied");
        Ok(())
    }

    pub(crate) fn end_refund(&mut self, id: &str, given: Given) -> Result<(), ControlError> {
        let now = self.now();
        let refund = self.refunds.get_mut(id).ok_or(ControlError::Unknown)?;
        if refund.given != Given::Pending {
            return Err(ControlError::NotNow("it is not pending".to_owned()));
        }
        (refund.given, refund.updated) = (given, now);
        let (capture, amount) = (refund.capture.clone(), refund.amount);
        match given {
            Given::Completed => self.tell_refund(id),
            Given::Pending => {}
            Given::Failed => {
                let payee = self.captures.get(&capture).map(|capture| capture.source.payee.clone());
                if let Some(payee) = payee {
                    self.ledger.post(now, &payee, Reason::RefundFailed, id, amount);
                }
            }
        }
        Ok(())
    }

    pub(crate) fn revoke_token(&mut self, id: &str) -> Result<(), ControlError> {
        match self.payment_tokens.get(id).map(|token| token.saved) {
            None => Err(ControlError::Unknown),
            Some(Saved::Deleted | Saved::Revoked) => Err(ControlError::NotNow("it has ended before".to_owned())),
            Some(Saved::Active) => {
                self.end_token(id, Saved::Revoked);
                Ok(())
            }
        }
    }

    pub(crate) fn spend_elsewhere(&mut self, id: &str) -> Result<(), ControlError> {
        self.authorizations.get_mut(id).ok_or(ControlError::Unknown)?.is_spent = true;
        Ok(())
    }

    pub(crate) fn set_review(&mut self, id: &str, from: Hold, to: Hold) -> Result<(), ControlError> {
        match self.authorizations.get(id).map(|held| held.hold) {
            None => Err(ControlError::Unknown),
            Some(hold) if hold == from => {
                self.review(id, to);
                Ok(())
            }
            Some(hold) => Err(ControlError::NotNow(format!("{hold:?}"))),
        }
    }
}

/// The controls, for tests in the same process.
impl Simulator {
    /// Moves the clock ahead, by milliseconds. What falls due happens.
    pub fn advance(&self, by: Instant) {
        self.shared.world().advance(by);
    }

    /// What the clock shows.
    pub fn now(&self) -> Instant {
        self.shared.world().now()
    }

    /// The next calls of a kind meet a fault.
    pub fn fault(&self, kind: Kind, fault: Fault, times: usize) {
        self.shared.world().faults.plan(kind, fault, times);
    }

    /// What the next events meet on their way.
    pub fn webhooks(&self, manner: Manner, times: usize) {
        self.shared.world().outbox.plan(manner, times);
    }

    /// Lets go events that were kept back. Gives back how many.
    pub fn release_webhooks(&self, order: Release) -> usize {
        self.shared.world().outbox.release(order)
    }

    /// Every event so far, sent or not, in the order in which it happened.
    pub fn events(&self) -> Vec<Value> {
        self.shared.world().outbox.told().to_vec()
    }

    /// A buyer agrees to an order, without the page. Gives back where they would be sent.
    ///
    /// # Errors
    /// When there is no such order, or it is not to be approved any more.
    pub fn approve(&self, order: &str, email: &str, funding: Funding) -> Result<Option<String>, ControlError> {
        Ok(self.shared.world().approve(order, email, funding)?)
    }

    /// A buyer agrees to a setup token, without the page.
    ///
    /// # Errors
    /// When there is no such token.
    pub fn approve_setup(&self, token: &str, email: &str) -> Result<Option<String>, ControlError> {
        Ok(self.shared.world().approve_setup(token, email)?)
    }

    /// Has an order be about something else than what was asked for.
    ///
    /// # Errors
    /// When there is no such order.
    pub fn misapprove(&self, order: &str, instead: Misapproval) -> Result<(), ControlError> {
        Ok(self.shared.world().misapprove(order, instead)?)
    }

    /// The bank pays a pending capture.
    ///
    /// # Errors
    /// When there is no such capture, or it is not pending.
    pub fn settle(&self, capture: &str) -> Result<(), ControlError> {
        self.shared.world().settle_capture(capture)
    }

    /// The bank does not pay a pending capture.
    ///
    /// # Errors
    /// When there is no such capture, or it is not pending.
    pub fn deny(&self, capture: &str) -> Result<(), ControlError> {
        self.shared.world().deny_capture(capture)
    }

    /// How fast refunds are from now on.
    pub fn refunds(&self, mood: RefundMood) {
        self.shared.world().refund_mood = mood;
    }

    /// A pending refund arrives, or comes back.
    ///
    /// # Errors
    /// When there is no such refund, or it is not pending.
    pub fn end_refund(&self, refund: &str, arrives: bool) -> Result<(), ControlError> {
        let given = if arrives { Given::Completed } else { Given::Failed };
        self.shared.world().end_refund(refund, given)
    }

    /// PayPal looks at an authorization: it cannot be captured meanwhile.
    ///
    /// # Errors
    /// When there is no such authorization, or it is not open.
    pub fn review(&self, authorization: &str) -> Result<(), ControlError> {
        self.shared.world().set_review(authorization, Hold::Open, Hold::InReview)
    }

    /// PayPal has looked at an authorization, and it is good.
    ///
    /// # Errors
    /// When there is no such authorization, or it is not in review.
    pub fn clear_review(&self, authorization: &str) -> Result<(), ControlError> {
        self.shared.world().set_review(authorization, Hold::InReview, Hold::Open)
    }

    /// The buyer spends elsewhere what is held: after the honour period there is nothing to capture.
    ///
    /// # Errors
    /// When there is no such authorization.
    pub fn spend_elsewhere(&self, authorization: &str) -> Result<(), ControlError> {
        self.shared.world().spend_elsewhere(authorization)
    }

    /// What happens when a saved method is charged, from now on.
    pub fn vault(&self, mood: VaultMood) {
        self.shared.world().vault_mood = mood;
    }

    /// The buyer ends a saved method at PayPal.
    ///
    /// # Errors
    /// When there is no such token, or it has ended before.
    pub fn revoke(&self, payment_token: &str) -> Result<(), ControlError> {
        self.shared.world().revoke_token(payment_token)
    }

    /// A buyer complains about a capture. Gives back the dispute's id.
    ///
    /// # Errors
    /// When there is no such capture, nothing is left of it, or it is disputed already.
    pub fn open_dispute(&self, capture: &str, opened: Opened) -> Result<String, ControlError> {
        Ok(self.shared.world().open_dispute(capture, opened)?)
    }

    /// Somebody decides a dispute.
    ///
    /// # Errors
    /// When there is no such dispute, or it is over.
    pub fn resolve_dispute(&self, dispute: &str, outcome: Outcome) -> Result<(), ControlError> {
        Ok(self.shared.world().resolve_dispute(dispute, outcome)?)
    }

    /// The whole books, as `GET /simulator/books` shows them.
    pub fn books(&self) -> Value {
        let mut world = self.shared.world();
        world.tick();
        world.books()
    }
}
