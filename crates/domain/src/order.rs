//! The order: what exists once a payment is authorised. Items, parcels, help and the seller's money.

mod fulfilment;
mod funds;
mod number;
mod parcel;
mod promise;

pub use fulfilment::Fulfilment;
pub use funds::{Funds, ReleaseReason};
pub use number::{OrderNumber, OrderNumberError};
pub use parcel::{Packed, ScanWeight, Shipment, TrackingEvent, TrackingStatus};
pub use promise::Promise;

use crate::address::Destination;
use crate::case::Case;
use crate::ids::{OrderId, PaymentId, PaymentRequestId, ShipmentId};
use crate::market::Market;
use crate::money::Money;
use crate::terms::{Delivery, PickupPoint, Terms, Totals};
use crate::time::{Span, Timestamp};
use parcel::pieces;
use serde::{Deserialize, Serialize};

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
    /// When all of it was handed over for the first time, and until when that was promised; not kept by earlier builds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<HandedOver>,
    /// When the seller began to prepare it.
    pub preparing_at: Option<Timestamp>,
    /// The parcels.
    pub shipments: Vec<Shipment>,
    /// Pieces that will not come.
    pub cancelled_items: Vec<Packed>,
    /// Pieces that are to be sent once more, beside those that were ordered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<Packed>,
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

/// All of an order was on its way. What is lost or replaced later is promised anew, and changes nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HandedOver {
    /// When.
    pub at: Timestamp,
    /// Until when it was promised by then.
    pub promised_by: Timestamp,
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

    /// Whether its money is still kept until the buyer has the goods.
    pub fn awaits_money(&self) -> bool {
        self.confirmed_at.is_none() && matches!(self.funds, Funds::Held | Funds::Frozen)
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
            let meant = ordered.saturating_add(pieces(&self.replaced, line));
            meant.saturating_sub(self.shipped(line)).saturating_sub(pieces(&self.cancelled_items, line))
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

    /// What some pieces are worth to the buyer: all of them, what was paid; else their price with its share of discount and
    /// tax.
    pub fn worth(&self, contents: &[Packed]) -> Money {
        let is_all = |(line, item): (usize, &crate::terms::Item)| pieces(contents, line) == item.quantity;
        if self.terms.items().iter().enumerate().all(is_all) { self.total() } else { self.price_of(contents) }
    }

    /// Every piece of it.
    pub fn all_pieces(&self) -> Vec<Packed> {
        let lines = self.terms.items().iter().enumerate();
        lines.map(|(line, item)| Packed { line, quantity: item.quantity }).collect()
    }

    /// The pieces that help can still be asked for: those that are meant to come and are not settled for good.
    pub fn claimable(&self) -> Vec<Packed> {
        let settled = self.cases.iter().filter(|case| case.is_final()).flat_map(|case| &case.items);
        let gone: Vec<Packed> = settled.chain(&self.cancelled_items).copied().collect();
        let left = self.all_pieces().into_iter().map(|packed| {
            let quantity = packed.quantity.saturating_sub(pieces(&gone, packed.line));
            Packed { quantity, ..packed }
        });
        left.filter(|packed| packed.quantity > 0).collect()
    }

    /// Whether help can be asked for these: of each line at least one and at most what can be claimed, each line once.
    pub fn can_claim(&self, contents: &[Packed]) -> bool {
        let claimable = self.claimable();
        let mut lines: Vec<usize> = contents.iter().map(|packed| packed.line).collect();
        lines.sort_unstable();
        lines.dedup();
        let there = |packed: &Packed| packed.quantity > 0 && packed.quantity <= pieces(&claimable, packed.line);
        !contents.is_empty() && lines.len() == contents.len() && contents.iter().all(there)
    }

    /// Help that is not finished.
    pub fn open_case(&self) -> Option<&Case> {
        self.cases.last().filter(|case| case.is_open())
    }

    /// A parcel of it: to the buyer, or back to the seller.
    pub fn parcel(&self, id: &ShipmentId) -> Option<&Shipment> {
        let back = self.open_case().and_then(Case::parcel);
        self.shipments.iter().chain(back).find(|parcel| parcel.id == *id)
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

    /// Notes that everything is on its way, the first time it is.
    pub(crate) fn note_handed_over(&mut self, at: Timestamp) {
        if self.handed_over.is_none() && self.unshipped().is_empty() {
            self.handed_over = Some(HandedOver { at, promised_by: self.ship_by });
        }
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
