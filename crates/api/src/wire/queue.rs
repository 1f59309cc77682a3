//! Orders across threads.

use super::Account;
use domain::headline::Headline;
use domain::ids::ThreadId;
use domain::money::Money;
use domain::order::Order;
use domain::payment::Payment;
use domain::payment_request::PaymentRequest;
use domain::queue::can_ship;
use domain::thread::Role;
use serde::{Deserialize, Serialize};

/// An order, or a request that can still be paid, with whom it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct QueueEntry {
    /// In which thread.
    pub thread: ThreadId,
    /// The side one is on.
    pub role: Role,
    /// The one across.
    pub peer: Account,
    /// State, turn and time.
    pub headline: Headline,
    /// What it is.
    pub item: QueueItem,
}

/// What an entry is about, as one side may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum QueueItem {
    /// A request that can still be paid.
    Request {
        /// It.
        request: Box<PaymentRequest>,
    },
    /// An order.
    Order {
        /// It.
        order: Box<Order>,
        /// How it was paid.
        payment: Box<Payment>,
    },
}

/// What of a queue is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum QueueKind {
    /// Orders of which a parcel can be handed over to a carrier.
    ToShip,
    /// Orders that are argued about: help is open, or a dispute at the processor.
    Case,
    /// Requests that can still be paid.
    ToPay,
}

impl QueueKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::ToShip, Self::Case, Self::ToPay];

    /// As in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ToShip => "to_ship",
            Self::Case => "case",
            Self::ToPay => "to_pay",
        }
    }

    /// The kind of that name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether an entry is of this kind.
    pub fn fits(self, entry: &QueueEntry) -> bool {
        match (self, &entry.item) {
            (Self::ToShip, QueueItem::Order { order, payment }) => {
                entry.role == Role::Seller && can_ship(order, payment)
            }
            (Self::Case, QueueItem::Order { order, payment }) => {
                order.open_case().is_some() || payment.open_dispute().is_some()
            }
            (Self::ToPay, QueueItem::Request { .. }) => true,
            (Self::ToPay, QueueItem::Order { .. }) | (Self::ToShip | Self::Case, QueueItem::Request { .. }) => false,
        }
    }
}

/// A page of orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct QueuePage {
    /// They.
    pub entries: Vec<QueueEntry>,
    /// Where to go on; none at the end. A search looks at a part at a time, so that there can be more where nothing
    /// was found.
    pub next: Option<String>,
    /// How many are missing because they cannot be read.
    #[serde(default)]
    pub unreadable: u32,
}

/// What an account's orders add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct QueueSums {
    /// How many wait for the account.
    pub mine: u32,
    /// How many wait for others.
    pub waiting: u32,
    /// How many are done.
    pub done: u32,
    /// A seller's money, one of each currency.
    pub funds: Vec<FundsSum>,
}

/// Where a seller's money of one currency is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct FundsSum {
    /// Kept until the buyers have the goods.
    pub held: Money,
    /// On its way out.
    pub releasable: Money,
    /// Kept by cases.
    pub frozen: Money,
    /// Paid out in the last seven days.
    pub released: Money,
}
