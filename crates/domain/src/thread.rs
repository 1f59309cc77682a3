//! The thread is the aggregate: what is needed to decide, folded from its events. Message bodies are not in it.

mod apply;

pub(crate) use apply::account_of;

use crate::event::Envelope;
use crate::ids::{AccountId, OrderId, PaymentId, PaymentRequestId, ThreadId};
use crate::ledger::{Account, Ledger};
use crate::market::{Country, Market};
use crate::money::Money;
use crate::order::Order;
use crate::payment::{Payment, PaymentStatus};
use crate::payment_request::PaymentRequest;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A side of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Buys.
    Buyer,
    /// Sells.
    Seller,
}

impl Role {
    /// The one across.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Buyer => Self::Seller,
            Self::Seller => Self::Buyer,
        }
    }
}

/// Who causes an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The buyer.
    Buyer,
    /// The seller.
    Seller,
    /// Time that has passed.
    Timer,
    /// The payment processor.
    Processor,
    /// The carrier.
    Carrier,
    /// A neutral reviewer of cases.
    Reviewer,
}

impl From<Role> for Actor {
    fn from(role: Role) -> Self {
        match role {
            Role::Buyer => Self::Buyer,
            Role::Seller => Self::Seller,
        }
    }
}

/// Everything of a thread that decisions are made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Thread {
    /// Which.
    pub id: ThreadId,
    /// The place of the last event that is folded in.
    pub seq: u64,
    /// Who buys.
    pub buyer: AccountId,
    /// Who sells.
    pub seller: AccountId,
    /// Where the buyer lives.
    pub buyer_country: Country,
    /// Where the seller trades.
    pub seller_country: Country,
    /// Who wrote first.
    pub started_by: Role,
    /// Whether the other side took it into its inbox.
    pub accepted: bool,
    /// What was asked.
    pub requests: BTreeMap<PaymentRequestId, PaymentRequest>,
    /// The attempts to pay.
    pub payments: BTreeMap<PaymentId, Payment>,
    /// What was bought.
    pub orders: BTreeMap<OrderId, Order>,
    /// Where the money is.
    pub ledger: Ledger,
}

/// An event is missing between what is known and this one: catch up, never skip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The last place that is known.
    pub known: u64,
    /// The place of the event that came.
    pub got: u64,
}

impl Thread {
    /// Folds one event in. An event that was told before changes nothing.
    ///
    /// # Errors
    /// When an event in between is missing; nothing has changed then.
    pub fn apply(state: &mut Option<Self>, envelope: &Envelope) -> Result<bool, Gap> {
        let known = state.as_ref().map_or(0, |thread| thread.seq);
        match envelope.seq.cmp(&(known + 1)) {
            Ordering::Less => Ok(false),
            Ordering::Greater => Err(Gap { known, got: envelope.seq }),
            Ordering::Equal => {
                apply::fold(state, envelope);
                Ok(true)
            }
        }
    }

    /// The state that a whole stream leads to.
    ///
    /// # Errors
    /// When the stream has a gap.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Envelope>) -> Result<Option<Self>, Gap> {
        let mut state = None;
        for envelope in events {
            Self::apply(&mut state, envelope)?;
        }
        Ok(state)
    }

    /// The side an account is on.
    pub fn role_of(&self, account: &AccountId) -> Option<Role> {
        if *account == self.buyer {
            Some(Role::Buyer)
        } else if *account == self.seller {
            Some(Role::Seller)
        } else {
            None
        }
    }

    /// Whether a side has taken the thread in: it began it, or accepted it. Until then it is a stranger's, who learns
    /// nothing of what becomes of it.
    pub fn is_taken_by(&self, role: Role) -> bool {
        self.accepted || self.started_by == role
    }

    /// The account on a side.
    pub fn account(&self, role: Role) -> &AccountId {
        match role {
            Role::Buyer => &self.buyer,
            Role::Seller => &self.seller,
        }
    }

    /// The rules that both live under; `None` outside of every market.
    pub fn market(&self) -> Option<&'static Market> {
        Market::between(self.buyer_country, self.seller_country)
    }

    /// The attempts to pay one request, oldest first.
    pub fn attempts(&self, request: &PaymentRequestId) -> impl Iterator<Item = &Payment> {
        let mut attempts: Vec<_> = self.payments.values().filter(|payment| payment.request == *request).collect();
        attempts.sort_by_key(|payment| payment.started_at);
        attempts.into_iter()
    }

    /// The attempt that may still succeed.
    pub fn live_attempt(&self, request: &PaymentRequestId) -> Option<&Payment> {
        self.payments.values().find(|payment| payment.request == *request && payment.is_live())
    }

    /// The payment of an order.
    pub fn payment_of(&self, order: &Order) -> &Payment {
        &self.payments[&order.payment]
    }

    /// The order that a payment led to.
    pub fn order_of(&self, payment: &PaymentId) -> Option<&Order> {
        self.orders.values().find(|order| order.payment == *payment)
    }

    /// The state as one side may see it: what the fold of that side's events gives.
    #[must_use]
    pub fn seen_by(&self, role: Role) -> Self {
        let mut thread = self.clone();
        if role == Role::Buyer {
            thread.ledger = self.ledger.without_fees();
            for payment in thread.payments.values_mut() {
                payment.fee = None;
            }
        }
        if role == Role::Seller {
            for payment in thread.payments.values_mut() {
                payment.method.id = None;
                payment.method.hint = None;
                payment.confirmed_by = None;
                let order = self.orders.values().any(|order| order.payment == payment.id);
                if !order {
                    payment.destination = payment.destination.town_only();
                }
                if let PaymentStatus::Failed { reason } = &mut payment.status {
                    *reason = crate::payment::DeclineReason::Undisclosed;
                }
            }
        }
        thread
    }

    /// What the seller is to be paid for an order: what is theirs, less what the processor has kept.
    pub fn payout(&self, order: &Order) -> Money {
        let balance = |account| self.ledger.balance(&order.id, account, order.terms.currency()).minor;
        Money::new(balance(Account::Releasable) + balance(Account::Costs), order.terms.currency())
    }

    /// Whether something is being decided over an order: until then its clocks stand still.
    pub fn stands_still(&self, order: &Order) -> bool {
        order.open_case().is_some() || self.payment_of(order).open_dispute().is_some()
    }

    /// What was asked for at or after `since` and is open or paid: what a seller's weekly cap counts.
    pub fn requested_since(&self, since: Timestamp) -> i64 {
        let requests = self.requests.values();
        let counted = requests.filter(|request| request.current().sent_at >= since && request.counts_for_the_cap());
        counted.map(|request| request.current().terms.highest_total().minor).sum()
    }
}
