//! The order: what exists once a payment is authorised. Items, parcels, help and the seller's money.

mod parcel;

pub use parcel::{Packed, ScanWeight, Shipment, TrackingEvent, TrackingStatus};

use crate::address::Destination;
use crate::ids::{CaseId, OrderId, PaymentId, PaymentRequestId};
use crate::market::Market;
use crate::money::Money;
use crate::terms::{Delivery, PickupPoint, Terms, Totals};
use crate::thread::Role;
use crate::time::{Span, Timestamp};
use parcel::pieces;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the buyer bought, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Order {
    /// Which.
    pub id: OrderId,
    /// What people call it.
    pub number: OrderNumber,
    /// What was paid.
    pub request: PaymentRequestId,
    /// How it was paid.
    pub payment: PaymentId,
    /// The terms as they were agreed.
    pub terms: Terms,
    /// The chosen way of delivery.
    pub delivery: usize,
    /// Where to.
    pub destination: Destination,
    /// When the payment was authorised.
    pub placed_at: Timestamp,
    /// When the first parcels, all of them, have to be on their way.
    pub ship_by: Timestamp,
    /// Working days the seller asked for on top, not answered yet.
    pub extension_asked: Option<Extension>,
    /// When the seller began to prepare it.
    pub preparing_at: Option<Timestamp>,
    /// The parcels.
    pub shipments: Vec<Shipment>,
    /// Pieces that will not come.
    pub cancelled_items: Vec<Packed>,
    /// When digital goods were handed over.
    pub granted_at: Option<Timestamp>,
    /// Why it ended early.
    pub cancelled: Option<Cancellation>,
    /// When the buyer said that everything is OK.
    pub confirmed_at: Option<Timestamp>,
    /// Help, the newest last.
    pub cases: Vec<Case>,
    /// The seller's money.
    pub funds: Funds,
    /// How long cases have stopped the clock.
    pub paused: Span,
}

/// A letter or more of the business, a dash, a number: `K-2041`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct OrderNumber(String);

/// Not an order number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderNumberError;

impl fmt::Display for OrderNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an order number is letters, a dash and digits, like K-2041")
    }
}

impl TryFrom<String> for OrderNumber {
    type Error = OrderNumberError;
    fn try_from(text: String) -> Result<Self, OrderNumberError> {
        let fits = text.split_once('-').is_some_and(|(letters, digits)| {
            (1..=4).contains(&letters.len())
                && letters.bytes().all(|byte| byte.is_ascii_uppercase())
                && (1..=10).contains(&digits.len())
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
        if fits { Ok(Self(text)) } else { Err(OrderNumberError) }
    }
}

impl From<OrderNumber> for String {
    fn from(number: OrderNumber) -> String {
        number.0
    }
}

impl OrderNumber {
    /// The number as people say it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// More time that the seller asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Extension {
    /// 3 or 5 working days.
    pub days: ExtensionDays,
    /// When it was asked for.
    pub asked_at: Timestamp,
}

/// How much more time a seller can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExtensionDays {
    /// Three working days.
    Three,
    /// Five working days.
    Five,
}

impl ExtensionDays {
    /// The number of working days.
    pub fn days(self) -> u32 {
        match self {
            Self::Three => 3,
            Self::Five => 5,
        }
    }
}

/// Why and when an order ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cancellation {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: CancelReason,
}

/// Why an order ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// The buyer undid the payment.
    Undone,
    /// The seller cannot deliver.
    BySeller,
    /// It was not shipped in time.
    NotShipped,
    /// Reserved money could not be taken.
    CaptureFailed,
}

/// How far an order has come, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fulfilment {
    /// It ended early.
    Cancelled,
    /// Nothing has happened yet.
    Unfulfilled,
    /// The seller is at it.
    Preparing,
    /// Some pieces are on their way, others are not.
    PartlyShipped,
    /// Everything was handed to the carrier.
    Shipped,
    /// It moves.
    InTransit,
    /// It will be late.
    Delayed,
    /// Nobody was there.
    Attempted,
    /// It waits to be fetched.
    ReadyForPickup,
    /// It is on the last vehicle.
    OutForDelivery,
    /// It will not come.
    DeliveryFailed,
    /// It is back with the seller.
    Returned,
    /// The buyer has everything.
    Delivered,
    /// Digital goods were handed over.
    Granted,
}

/// Help on an order. The whole machine comes with offers and outcomes; what counts already: an open one freezes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Case {
    /// Which.
    pub id: CaseId,
    /// Who asked for help.
    pub opened_by: Role,
    /// Why.
    pub reason: CaseReason,
    /// When.
    pub opened_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// Why somebody asks for help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseReason {
    /// It did not come.
    NotReceived,
    /// It came damaged.
    Damaged,
    /// It is not what was described.
    NotAsDescribed,
    /// It is something else.
    WrongItem,
    /// It is no longer wanted.
    ChangedMyMind,
    /// Something else.
    Other,
}

/// The seller's money from one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Funds {
    /// Nothing was taken yet, or nothing is left.
    None,
    /// Kept until the buyer has the goods.
    Held,
    /// A case keeps it.
    Frozen,
    /// The seller's, on its way out.
    Releasable {
        /// Since when.
        since: Timestamp,
        /// Why.
        because: ReleaseReason,
    },
    /// Paid out.
    Released {
        /// When.
        at: Timestamp,
    },
    /// All of it went back to the buyer.
    Reversed,
}

/// Why money became the seller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReleaseReason {
    /// The buyer said that everything is OK.
    Confirmed,
    /// The time to check it passed in silence.
    CheckWindowPassed,
}

impl Fulfilment {
    /// Whether the carrier is still to bring it.
    pub(crate) fn travels(self) -> bool {
        match self {
            Self::Shipped | Self::InTransit | Self::Delayed | Self::Attempted | Self::OutForDelivery => true,
            Self::Cancelled
            | Self::Unfulfilled
            | Self::Preparing
            | Self::PartlyShipped
            | Self::ReadyForPickup
            | Self::DeliveryFailed
            | Self::Returned
            | Self::Delivered
            | Self::Granted => false,
        }
    }

    /// How many of the five steps are done: paid, preparing, shipped, out for delivery, delivered. What is digital has
    /// two: paid, handed over.
    pub fn steps_done(self) -> u8 {
        match self {
            Self::Cancelled => 0,
            Self::Unfulfilled => 1,
            Self::Preparing | Self::PartlyShipped | Self::Granted => 2,
            Self::Shipped
            | Self::InTransit
            | Self::Delayed
            | Self::Attempted
            | Self::DeliveryFailed
            | Self::Returned => 3,
            Self::ReadyForPickup | Self::OutForDelivery => 4,
            Self::Delivered => 5,
        }
    }
}

impl Order {
    /// The figures that were agreed.
    pub fn totals(&self) -> Totals {
        let to = self.destination.state();
        self.terms.totals(self.delivery, to).expect("the delivery option was checked when the payment started")
    }

    /// What was agreed to pay.
    pub fn total(&self) -> Money {
        self.totals().total
    }

    /// How it travels.
    pub fn delivery(&self) -> &Delivery {
        &self.terms.delivery()[self.delivery]
    }

    /// Where the buyer fetches it, when that was chosen.
    pub fn pickup(&self) -> Option<&PickupPoint> {
        match self.delivery() {
            Delivery::Pickup { at } => Some(at),
            Delivery::Parcel { .. } | Delivery::Digital => None,
        }
    }

    /// How many pieces of a line are in parcels that are not lost.
    pub fn shipped(&self, line: usize) -> u32 {
        let parcels = self.shipments.iter().filter(|shipment| !shipment.is_lost());
        pieces(parcels.flat_map(|shipment| &shipment.contents), line)
    }

    /// What is not in a parcel yet, or has to be sent again, and is still meant to come.
    pub fn unshipped(&self) -> Vec<Packed> {
        let left = |line: usize, ordered: u32| {
            ordered.saturating_sub(self.shipped(line)).saturating_sub(pieces(&self.cancelled_items, line))
        };
        let lines = self.terms.items().iter().enumerate();
        lines
            .map(|(line, item)| Packed { line, quantity: left(line, item.quantity) })
            .filter(|packed| packed.quantity > 0)
            .collect()
    }

    /// What some pieces cost in the end, their share of discount and tax included, shipping not.
    pub fn price_of(&self, contents: &[Packed]) -> Money {
        let shares = self.terms.line_shares(self.delivery, self.destination.state());
        let minor = contents.iter().filter_map(|packed| {
            let item = self.terms.items().get(packed.line)?;
            let pieces = shares.get(packed.line)?.allocate(&vec![1; item.quantity as usize]);
            // Largest remainder gives the odd cents to the first pieces: a part refund favours the buyer.
            Some(pieces.iter().take(packed.quantity as usize).map(|piece| piece.minor).sum::<i64>())
        });
        Money::new(minor.sum(), self.terms.currency())
    }

    /// Help that is not finished.
    pub fn open_case(&self) -> Option<&Case> {
        self.cases.last().filter(|case| case.closed_at.is_none())
    }

    /// When the buyer had everything.
    pub fn delivered_at(&self) -> Option<Timestamp> {
        if let Some(at) = self.granted_at {
            return Some(at);
        }
        // The buyer knows better than the carrier, who may never have been told of the parcel.
        self.received_at().or(self.confirmed_at)
    }

    /// When, as the carriers tell it, the last parcel arrived.
    fn received_at(&self) -> Option<Timestamp> {
        if self.terms.is_digital() || !self.unshipped().is_empty() {
            return None;
        }
        let parcels = self.shipments.iter().filter(|shipment| !shipment.is_lost());
        let received: Option<Vec<Timestamp>> = parcels.map(Shipment::received_at).collect();
        received?.into_iter().max()
    }

    /// Until when the buyer can check it, cases not counted.
    pub fn check_until(&self, market: &Market) -> Option<Timestamp> {
        self.delivered_at().map(|at| at.plus(market.check_window).plus(self.paused))
    }

    /// Until when help can be asked for.
    pub fn help_until(&self, market: &Market) -> Timestamp {
        let parcels = self.shipments.iter().filter(|shipment| !shipment.is_lost());
        let expected = parcels.filter_map(|shipment| shipment.expected_at).max().map(|at| at.plus(self.paused));
        let latest = expected.map_or(self.ship_by, |expected| expected.max(self.ship_by));
        self.check_until(market).unwrap_or(latest.plus(market.help_after_ship_by))
    }

    /// Whether everything was handed over that is still meant to come.
    pub fn is_shipped(&self) -> bool {
        !self.terms.is_digital()
            && self.unshipped().is_empty()
            && self.shipments.iter().any(|shipment| !shipment.is_lost())
    }

    /// When the money becomes the seller's if nobody does anything: after the time to check what arrived; of what was
    /// sent and never reported as arrived, when the time to ask for help is over.
    pub fn released_at(&self, market: &Market) -> Option<Timestamp> {
        if let Some(at) = self.confirmed_at {
            return Some(at);
        }
        self.check_until(market).or_else(|| self.is_shipped().then(|| self.help_until(market)))
    }

    /// Since when there has been no news of a parcel that is on its way, once that was told: the longest.
    pub fn silent_since(&self) -> Option<Timestamp> {
        let travelling = self.shipments.iter().filter(|parcel| parcel.fulfilment().travels());
        travelling.filter_map(|parcel| parcel.silent_since).min()
    }

    /// What the carrier said that is out of the ordinary, where that is how far it has come.
    pub fn exception(&self) -> Option<TrackingStatus> {
        let at = self.fulfilment();
        let parcels = self.shipments.iter().rev().filter(|parcel| parcel.fulfilment() == at);
        parcels.filter_map(Shipment::status).find(|status| status.is_exception())
    }

    /// How far it has come: the parcel that is furthest behind says it, unless one needs attention.
    pub fn fulfilment(&self) -> Fulfilment {
        if self.cancelled.is_some() {
            return Fulfilment::Cancelled;
        }
        if self.granted_at.is_some() {
            return Fulfilment::Granted;
        }
        if self.confirmed_at.is_some() {
            return Fulfilment::Delivered;
        }
        if self.shipments.is_empty() {
            return if self.preparing_at.is_some() { Fulfilment::Preparing } else { Fulfilment::Unfulfilled };
        }
        let lost = self.shipments.iter().rev().find(|shipment| shipment.is_lost());
        if !self.unshipped().is_empty() {
            return lost.map_or(Fulfilment::PartlyShipped, Shipment::fulfilment);
        }
        let parcels = self.shipments.iter().filter(|shipment| !shipment.is_lost());
        parcels.map(Shipment::fulfilment).min().unwrap_or(Fulfilment::Cancelled)
    }
}
