//! The payment request: `sent → countered → sent again → accepted | declined | withdrawn | expired`.

use crate::ids::{CounterOfferId, OrderId, PaymentId, PaymentRequestId};
use crate::money::Money;
use crate::terms::{Change, Terms, difference};
use crate::text::Note;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The seller's structured ask, with everything it has been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaymentRequest {
    /// Which.
    pub id: PaymentRequestId,
    /// Its place among the requests of the thread, from 1.
    pub number: u32,
    /// Every revision, the payable one last; never empty.
    pub revisions: Vec<Revision>,
    /// Where it stands.
    pub status: RequestStatus,
    /// When the buyer first opened it.
    pub viewed_at: Option<Timestamp>,
    /// The request it repeats.
    pub repeats: Option<PaymentRequestId>,
}

/// One version of the ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Revision {
    /// From 1.
    pub number: u32,
    /// What is asked.
    pub terms: Terms,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it can no longer be paid.
    pub expires_at: Timestamp,
}

/// Where a request stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RequestStatus {
    /// The buyer's turn.
    Sent,
    /// The buyer asked for a change: the seller's turn. The standing revision can still be paid.
    Countered {
        /// The open counter-offer.
        counter: CounterOffer,
    },
    /// Paid, once and for ever.
    Accepted {
        /// By which payment.
        payment: PaymentId,
        /// What came of it.
        order: OrderId,
    },
    /// The buyer said no.
    Declined,
    /// The seller took it back.
    Withdrawn,
    /// Nobody paid in time.
    Expired,
}

/// The buyer's changed amount or items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CounterOffer {
    /// Which.
    pub id: CounterOfferId,
    /// The revision it answers.
    pub revision: u32,
    /// What is proposed.
    pub proposal: Proposal,
    /// When.
    pub made_at: Timestamp,
    /// When it lapses.
    pub lapses_at: Timestamp,
}

/// What the buyer proposes: other quantities, another total, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The quantity of each line, 0 leaves it out; empty keeps them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<u32>,
    /// What the buyer would pay in all; tax that depends on the address comes on top.
    pub total: Money,
    /// Words to the seller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

impl PaymentRequest {
    /// The revision that counts.
    pub fn current(&self) -> &Revision {
        self.revisions.last().expect("a request has at least the revision it was sent with")
    }

    /// Whether it can still be paid, as far as its own state goes.
    pub fn is_open(&self) -> bool {
        match self.status {
            RequestStatus::Sent | RequestStatus::Countered { .. } => true,
            RequestStatus::Accepted { .. }
            | RequestStatus::Declined
            | RequestStatus::Withdrawn
            | RequestStatus::Expired => false,
        }
    }

    /// Whether it is open or paid: what a seller's weekly cap counts.
    pub fn counts_for_the_cap(&self) -> bool {
        match self.status {
            RequestStatus::Sent | RequestStatus::Countered { .. } | RequestStatus::Accepted { .. } => true,
            RequestStatus::Declined | RequestStatus::Withdrawn | RequestStatus::Expired => false,
        }
    }

    /// What the last revision changed against the one before it.
    pub fn last_changes(&self) -> Vec<Change> {
        match self.revisions.as_slice() {
            [.., before, after] => difference(&before.terms, &after.terms),
            [_] | [] => Vec::new(),
        }
    }

    /// The open counter-offer.
    pub fn counter(&self) -> Option<&CounterOffer> {
        match &self.status {
            RequestStatus::Countered { counter } => Some(counter),
            RequestStatus::Sent
            | RequestStatus::Accepted { .. }
            | RequestStatus::Declined
            | RequestStatus::Withdrawn
            | RequestStatus::Expired => None,
        }
    }
}

impl Proposal {
    /// The terms the seller would send to agree: the proposed quantities, and a discount that makes the total come
    /// out as proposed (a proposal above the price takes no discount at all). `None` when no discount can do that.
    pub fn agreed_terms(&self, terms: &Terms) -> Option<Terms> {
        let mut draft = terms.draft().clone();
        if !self.quantities.is_empty() {
            let kept = draft.items.into_iter().zip(&self.quantities).filter(|(_, quantity)| **quantity > 0);
            draft.items = kept.map(|(item, quantity)| crate::terms::Item { quantity: *quantity, ..item }).collect();
        }
        let total_with = |discount: i64| {
            let draft =
                crate::terms::TermsDraft { discount: Money::new(discount, self.total.currency), ..draft.clone() };
            let terms = Terms::try_from(draft).ok()?;
            let total = terms.totals(0, None)?.total.minor;
            Some((terms, total))
        };
        // The total falls as the discount grows, so halving finds the smallest discount that is enough.
        let goods: i64 = draft.items.iter().map(|item| item.line_total().minor).sum();
        let (mut low, mut high) = (0, goods);
        while low < high {
            let middle = low + (high - low) / 2;
            match total_with(middle) {
                Some((_, total)) if total > self.total.minor => low = middle + 1,
                Some(_) | None => high = middle,
            }
        }
        total_with(low).filter(|(_, total)| *total <= self.total.minor || low == 0).map(|(terms, _)| terms)
    }
}
