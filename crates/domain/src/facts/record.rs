//! What is kept of an order for the figures of its business: times and outcomes, and nobody's words or address.

use crate::case::{Case, CaseOutcome, CaseStage, Verdict};
use crate::ids::{OrderId, RefundId};
use crate::order::{CancelReason, Cancellation, HandedOver, Order};
use crate::payment::{Refund, RefundReason, RefundStatus};
use crate::thread::Thread;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// One order, as it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderRecord {
    /// Which.
    pub order: OrderId,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Until when all of it was promised to be on its way; nothing was where it is not sent, or was cancelled before that.
    pub promised_by: Option<Timestamp>,
    /// When all of it was.
    pub shipped_at: Option<Timestamp>,
    /// Money that a buyer waited for, the oldest first.
    pub refunds: Vec<RefundRecord>,
    /// How often help was asked for, the oldest first.
    pub cases: Vec<CaseRecord>,
}

/// Money that went back, or is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RefundRecord {
    /// When the buyer asked for help; when the seller decided, where nobody had.
    pub asked_at: Timestamp,
    /// When the money was with the buyer.
    pub back_at: Option<Timestamp>,
}

/// Help that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseRecord {
    /// When.
    pub opened_at: Timestamp,
    /// What it came to.
    pub result: CaseResult,
}

/// What a case came to, as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseResult {
    /// Nothing yet.
    Open,
    /// The two settled it, or it was taken back.
    Settled,
    /// A reviewer decided for the buyer, all or in part.
    ForBuyer,
    /// A reviewer decided for the seller.
    ForSeller,
    /// Time, or the processor, ended it.
    Otherwise,
}

/// What became of the promise to ship by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// The day has not come.
    Open,
    /// All of it was on its way by then.
    Kept,
    /// It was not.
    Broken,
}

impl OrderRecord {
    /// What became of its promise by a time; `None` where nothing was promised.
    pub fn promise(&self, now: Timestamp) -> Option<Promise> {
        let promised_by = self.promised_by?;
        Some(match self.shipped_at {
            Some(shipped_at) if shipped_at <= promised_by => Promise::Kept,
            Some(_) => Promise::Broken,
            None if now > promised_by => Promise::Broken,
            None => Promise::Open,
        })
    }

    fn of(thread: &Thread, order: &Order) -> Option<Self> {
        let is_cancelled_before = match order.cancelled {
            Some(Cancellation { at, reason: CancelReason::BySeller }) => at <= order.ship_by,
            Some(Cancellation { reason: CancelReason::NotShipped, .. }) | None => false,
            // Undone within minutes, or never paid: it was no order.
            Some(Cancellation { reason: CancelReason::Undone | CancelReason::CaptureFailed, .. }) => return None,
        };
        let handed_over = handed_over(order);
        let promised_by = match handed_over {
            Some(handed) => Some(handed.promised_by),
            None if order.terms.is_digital() || is_cancelled_before => None,
            None => Some(order.ship_by),
        };
        let mut refunds: Vec<RefundRecord> =
            thread.payment_of(order).refunds.values().filter_map(|refund| refund_record(order, refund)).collect();
        refunds.sort_by_key(|refund| (refund.asked_at, refund.back_at));
        Some(Self {
            order: order.id.clone(),
            placed_at: order.placed_at,
            promised_by,
            shipped_at: handed_over.map(|handed| handed.at),
            refunds,
            cases: order.cases.iter().map(CaseRecord::of).collect(),
        })
    }
}

/// When all of it was on its way; of orders of earlier builds, as far as their parcels tell.
fn handed_over(order: &Order) -> Option<HandedOver> {
    let told = || {
        let at = order.shipments.iter().map(|parcel| parcel.shipped_at).max().filter(|_| order.is_shipped())?;
        Some(HandedOver { at, promised_by: order.ship_by })
    };
    order.handed_over.or_else(told)
}

/// What a refund counts as; nothing, where nobody had to be asked for it.
fn refund_record(order: &Order, refund: &Refund) -> Option<RefundRecord> {
    let asked_at = match refund.reason {
        RefundReason::BySeller | RefundReason::CancelledBySeller => {
            asked_before(order, refund).unwrap_or(refund.started_at)
        }
        // It is heard of when it is done: where nobody had asked, nobody knows how long it took.
        RefundReason::AtProcessor => asked_before(order, refund)?,
        RefundReason::Help => case_of(order, &refund.id).map_or(refund.started_at, |case| case.opened_at),
        RefundReason::NotShipped | RefundReason::NotDelivered | RefundReason::TakenLate => return None,
    };
    match refund.status {
        RefundStatus::Pending => Some(RefundRecord { asked_at, back_at: None }),
        RefundStatus::Settled { at } => Some(RefundRecord { asked_at, back_at: Some(at) }),
        // The next try is a refund of its own.
        RefundStatus::Failed { .. } => None,
    }
}

/// When the help was asked for in the midst of which a seller gave the money back by themselves.
fn asked_before(order: &Order, refund: &Refund) -> Option<Timestamp> {
    let in_its_midst = |case: &&Case| {
        case.opened_at <= refund.started_at && case.closed_at.is_none_or(|closed| closed >= refund.started_at)
    };
    order.cases.iter().rfind(in_its_midst).map(|case| case.opened_at)
}

/// The case that a refund was made for; else the last one before it: one that was tried again has another name by then.
fn case_of<'a>(order: &'a Order, refund: &RefundId) -> Option<&'a Case> {
    let named = |case: &&Case| matches!(&case.stage, CaseStage::Refunding { refund: of, .. } if of == refund);
    order.cases.iter().find(named).or_else(|| order.cases.last())
}

impl RefundRecord {
    /// How long the buyer waited for it, once it is back.
    pub fn waited(&self) -> Option<Span> {
        self.back_at.map(|at| at.since(self.asked_at).max(Span::millis(0)))
    }
}

impl CaseRecord {
    fn of(case: &Case) -> Self {
        let result = match case.outcome {
            None if case.is_open() => CaseResult::Open,
            Some(CaseOutcome::Withdrawn | CaseOutcome::Agreed { .. }) => CaseResult::Settled,
            Some(CaseOutcome::Decided { verdict: Verdict::ForBuyer | Verdict::Split { .. } }) => CaseResult::ForBuyer,
            Some(CaseOutcome::Decided { verdict: Verdict::ForSeller }) => CaseResult::ForSeller,
            Some(
                CaseOutcome::NotReturned
                | CaseOutcome::NotDecided
                | CaseOutcome::OrderEnded
                | CaseOutcome::MoneyBack
                | CaseOutcome::ToProcessor,
            )
            | None => CaseResult::Otherwise,
        };
        Self { opened_at: case.opened_at, result }
    }
}

impl Thread {
    /// What its orders count as for its seller.
    pub fn order_records(&self) -> impl Iterator<Item = OrderRecord> {
        self.orders.values().filter_map(|order| OrderRecord::of(self, order))
    }
}
