//! How a business keeps its word, in figures that anybody can count again: how fast it answers, ships and pays back, and
//! how often it was asked for help. What is counted is a record of each order and each answer, nothing that anybody says.

mod record;
mod talk;

pub use record::{CaseRecord, CaseResult, OrderRecord, Promise, RefundRecord};
pub use talk::{Reply, Talk};

use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How far back figures look.
pub const WINDOW: Span = Span::days(90);

/// With fewer orders than this, ever, a business is new: figures would say little, and be read as much.
pub const ENOUGH_ORDERS: usize = 5;

/// How many orders, and how many answers, figures are made of at most: the newest.
pub const MOST: usize = 500;

/// What figures are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Records {
    /// Orders that were placed.
    pub orders: Vec<OrderRecord>,
    /// Answers to customers.
    pub replies: Vec<Reply>,
}

/// What is known of a business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Standing {
    /// Too little for figures.
    New {
        /// How many orders it has had so far, fewer than [`ENOUGH_ORDERS`].
        orders: u32,
    },
    /// Enough.
    Known {
        /// When its first order was placed.
        first_order_at: Timestamp,
        /// The figures.
        facts: Facts,
    },
}

impl Standing {
    /// What is known at a time, from the first orders a business ever had, as many as [`ENOUGH_ORDERS`] of them, and from
    /// what is on record since the figures begin.
    pub fn of(first: &[OrderRecord], records: &Records, now: Timestamp) -> Self {
        match first.iter().map(|order| order.placed_at).min() {
            Some(first_order_at) if first.len() >= ENOUGH_ORDERS => {
                Self::Known { first_order_at, facts: Facts::of(records, now) }
            }
            Some(_) | None => Self::New { orders: count(first) },
        }
    }
}

/// The figures of a business, with the sums behind them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Facts {
    /// Since when orders and answers count.
    pub since: Timestamp,
    /// How many orders were placed since.
    pub orders: u32,
    /// How long customers waited for an answer.
    pub replies: Waits,
    /// Whether those orders were handed over in full by the time that was promised.
    pub shipping: Promises,
    /// How long customers waited for their money, from asking for help, or from the seller's own decision.
    pub refunds: Waits,
    /// For how many of those orders somebody asked for help.
    pub helped: u32,
    /// For how many of them a reviewer decided for the buyer, all or in part.
    pub decided_for_buyer: u32,
}

/// How long something took, several times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Waits {
    /// How often it is over.
    pub count: u32,
    /// How often it is not over yet.
    pub open: u32,
    /// The middle one, in milliseconds; of an even count, the shorter of the two in the middle. None where none is over.
    pub median: Option<Span>,
    /// The longest, in milliseconds.
    pub longest: Option<Span>,
}

/// Promises of a day whose outcome is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Promises {
    /// Kept.
    pub on_time: u32,
    /// Not kept.
    pub late: u32,
    /// Neither yet.
    pub open: u32,
}

impl Promises {
    /// How many are kept or broken.
    pub fn known(self) -> u32 {
        self.on_time + self.late
    }
}

impl Facts {
    /// What records come to at a time.
    pub fn of(records: &Records, now: Timestamp) -> Self {
        let since = now.minus(WINDOW);
        let orders = newest(&records.orders, since, now, |order| order.placed_at);
        let replies = newest(&records.replies, since, now, |reply| reply.answered_at);
        let mut shipping = Promises::default();
        for promise in orders.iter().filter_map(|order| order.promise(now)) {
            match promise {
                Promise::Kept => shipping.on_time += 1,
                Promise::Broken => shipping.late += 1,
                Promise::Open => shipping.open += 1,
            }
        }
        let refunds = orders.iter().flat_map(|order| &order.refunds);
        let is_for_buyer = |case: &CaseRecord| case.result == CaseResult::ForBuyer;
        Self {
            since,
            orders: count(&orders),
            replies: Waits::of(replies.iter().map(|reply| Some(reply.waited()))),
            shipping,
            refunds: Waits::of(refunds.map(|refund| refund.waited())),
            helped: count_of(&orders, |order| !order.cases.is_empty()),
            decided_for_buyer: count_of(&orders, |order| order.cases.iter().any(is_for_buyer)),
        }
    }
}

impl Waits {
    fn of(waits: impl Iterator<Item = Option<Span>>) -> Self {
        let (mut over, mut open) = (Vec::new(), 0);
        for wait in waits {
            match wait {
                Some(wait) => over.push(wait),
                None => open += 1,
            }
        }
        over.sort_unstable();
        let median = over.get(over.len().saturating_sub(1) / 2).copied();
        Self { count: count(&over), open, median, longest: over.last().copied() }
    }
}

/// The newest of those within the window, at most [`MOST`].
fn newest<R>(all: &[R], since: Timestamp, now: Timestamp, at: fn(&R) -> Timestamp) -> Vec<&R> {
    let mut within: Vec<&R> = all.iter().filter(|record| (since..=now).contains(&at(record))).collect();
    within.sort_by_key(|record| std::cmp::Reverse(at(record)));
    within.truncate(MOST);
    within
}

fn count<R>(of: &[R]) -> u32 {
    u32::try_from(of.len()).unwrap_or(u32::MAX)
}

fn count_of(orders: &[&OrderRecord], is: impl Fn(&OrderRecord) -> bool) -> u32 {
    orders.iter().map(|order| u32::from(is(order))).sum()
}
