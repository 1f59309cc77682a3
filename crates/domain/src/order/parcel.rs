//! A parcel: what the carrier said of it, and where it is then. The rule stands here and nowhere else: whatever order the
//! scans come in, and however often, they lead to the same.

use super::Fulfilment;
use crate::carrier::{Carrier, TrackingNumber};
use crate::ids::{ShipmentId, TrackingEventId};
use crate::market::Market;
use crate::text::Label;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How far the clocks of carriers may be from ours: some give the time of the town and no offset.
const CLOCKS_DIFFER: Span = Span::days(1);

/// One parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shipment {
    /// Which.
    pub id: ShipmentId,
    /// What is in it.
    pub contents: Vec<Packed>,
    /// Who carries it.
    pub carrier: Carrier,
    /// Its tracking number; none when the seller brings it.
    pub tracking: Option<TrackingNumber>,
    /// When it was handed over.
    pub shipped_at: Timestamp,
    /// When it should arrive.
    pub expected_at: Option<Timestamp>,
    /// What the carrier said, by the carrier's time.
    pub events: Vec<TrackingEvent>,
    /// Since when there has been no news, where that was told already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent_since: Option<Timestamp>,
    /// What was told to people since something last went another way than it should: what is there is not told again. In
    /// the order in which it was heard, which the rest of a parcel does not depend on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<TrackingStatus>,
}

pub(super) fn pieces<'a>(contents: impl IntoIterator<Item = &'a Packed>, line: usize) -> u32 {
    contents.into_iter().filter(|packed| packed.line == line).map(|packed| packed.quantity).sum()
}

/// Some pieces of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Packed {
    /// Which line of the order, from 0.
    pub line: usize,
    /// How many of it, at least 1.
    pub quantity: u32,
}

/// What the carrier said, where and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TrackingEvent {
    /// Which; the same scan told twice has the same id.
    pub id: TrackingEventId,
    /// What happened.
    pub status: TrackingStatus,
    /// When, by the carrier's clock.
    pub at: Timestamp,
    /// Where.
    pub place: Option<Label>,
    /// When it should arrive now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_at: Option<Timestamp>,
}

/// What a carrier can say (EasyPost's and Shopify's words, in ours), in the order of a parcel's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TrackingStatus {
    /// A label exists.
    LabelCreated,
    /// The carrier has it.
    Accepted,
    /// It moves.
    InTransit,
    /// It will be late.
    Delayed,
    /// It is on the last vehicle.
    OutForDelivery,
    /// Nobody was there.
    Attempted,
    /// It was to be handed over, and was not; the carrier does not say why.
    Problem,
    /// It waits to be fetched.
    ReadyForPickup,
    /// It was fetched.
    PickedUp,
    /// It is there.
    Delivered,
    /// It will not come.
    DeliveryFailed,
    /// It is on its way back to the seller.
    Returning,
    /// It is back with the seller.
    Returned,
}

impl TrackingStatus {
    /// Whether the parcel has reached the buyer.
    pub fn is_received(self) -> bool {
        matches!(self, Self::Delivered | Self::PickedUp)
    }

    /// Whether it is out of the ordinary: somebody should know.
    pub fn is_exception(self) -> bool {
        match self {
            Self::Delayed
            | Self::Attempted
            | Self::Problem
            | Self::ReadyForPickup
            | Self::DeliveryFailed
            | Self::Returning
            | Self::Returned => true,
            Self::LabelCreated
            | Self::Accepted
            | Self::InTransit
            | Self::OutForDelivery
            | Self::PickedUp
            | Self::Delivered => false,
        }
    }

    /// Whether no ordinary scan that comes after it says where the parcel is.
    fn stands(self) -> bool {
        self.is_final() || self == Self::Returning
    }

    /// Whether nothing but a return comes after it.
    fn is_final(self) -> bool {
        self.is_received() || self == Self::Returned
    }
}

/// What a scan is to those who talk about the parcel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ScanWeight {
    /// The parcel has come somewhere with it.
    #[default]
    Milestone,
    /// It fills in the way: said late, or again.
    Detail,
}

impl TrackingEvent {
    /// Its place among the scans of a parcel: by the carrier's time; what was said in the same moment in the order of the
    /// way, and never in that in which it was heard.
    fn place_in_time(&self) -> (Timestamp, TrackingStatus, &str) {
        (self.at, self.status, self.id.as_str())
    }

    /// Whether it can be of a parcel that was paid then. Numbers are used again: what is older is another parcel's.
    pub(crate) fn is_possible_since(&self, paid_at: Timestamp) -> bool {
        self.at >= paid_at.minus(CLOCKS_DIFFER)
    }

    /// Puts scans in the order in which they happened.
    pub(crate) fn sort(scans: &mut [Self]) {
        scans.sort_by(|one, other| one.place_in_time().cmp(&other.place_in_time()));
    }
}

impl Shipment {
    /// Where the parcel is: the newest word by the carrier's time, except that an older scan or a straggler never
    /// undoes an arrival, and a return does. On its way back it is until it is somewhere: scans between say no more.
    pub fn status(&self) -> Option<TrackingStatus> {
        let stands = self.events.iter().rfind(|event| event.status.stands());
        stands.or(self.events.last()).map(|event| event.status)
    }

    /// Whether it will not reach the buyer any more.
    pub fn is_lost(&self) -> bool {
        let lost = [TrackingStatus::DeliveryFailed, TrackingStatus::Returning, TrackingStatus::Returned];
        self.status().is_some_and(|status| lost.contains(&status))
    }

    /// Whether the carrier still has something to say of it: it is neither there nor back.
    pub fn is_under_way(&self) -> bool {
        self.status().is_none_or(|status| !status.is_final())
    }

    /// Whether it should have been there by now. Carriers do not always say so.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.fulfilment().travels() && self.expected_at.is_some_and(|expected| expected < now)
    }

    /// When the buyer had it. The time to check it never began before the seller said that it was sent.
    pub fn received_at(&self) -> Option<Timestamp> {
        match self.status() {
            Some(status) if status.is_received() => {
                let arrival = self.events.iter().find(|event| event.status.is_received());
                arrival.map(|event| event.at.max(self.shipped_at))
            }
            Some(_) | None => None,
        }
    }

    /// When something was last heard of it.
    pub fn last_news(&self) -> Timestamp {
        self.events.last().map_or(self.shipped_at, |event| event.at.max(self.shipped_at))
    }

    /// When there will have been no news for too long. Nothing where nobody tells of it, where it is not on its way, or
    /// where it was told already.
    pub fn silent_at(&self, market: &Market) -> Option<Timestamp> {
        let is_told = self.silent_since.is_some();
        if self.tracking.is_none() || is_told || !self.fulfilment().travels() {
            return None;
        }
        let patience = match self.status() {
            None | Some(TrackingStatus::LabelCreated) => market.silence_before_first_scan,
            Some(_) => market.silence_between_scans,
        };
        Some(self.last_news().plus(patience))
    }

    pub(super) fn fulfilment(&self) -> Fulfilment {
        match self.status() {
            None | Some(TrackingStatus::LabelCreated) => Fulfilment::Shipped,
            Some(TrackingStatus::Accepted | TrackingStatus::InTransit) => Fulfilment::InTransit,
            Some(TrackingStatus::Delayed | TrackingStatus::Problem) => Fulfilment::Delayed,
            Some(TrackingStatus::Attempted) => Fulfilment::Attempted,
            Some(TrackingStatus::ReadyForPickup) => Fulfilment::ReadyForPickup,
            Some(TrackingStatus::OutForDelivery) => Fulfilment::OutForDelivery,
            Some(TrackingStatus::DeliveryFailed | TrackingStatus::Returning) => Fulfilment::DeliveryFailed,
            Some(TrackingStatus::Returned) => Fulfilment::Returned,
            Some(TrackingStatus::Delivered | TrackingStatus::PickedUp) => Fulfilment::Delivered,
        }
    }

    /// Takes a scan in; one that is known already changes nothing.
    pub(crate) fn record(&mut self, scan: TrackingEvent, weight: ScanWeight) {
        if self.events.iter().any(|known| known.id == scan.id) {
            return;
        }
        match weight {
            ScanWeight::Milestone if scan.status.is_exception() => self.said.clear(),
            ScanWeight::Milestone => self.said.push(scan.status),
            ScanWeight::Detail => {}
        }
        let at = self.events.partition_point(|known| known.place_in_time() < scan.place_in_time());
        self.events.insert(at, scan);
        if let Some(expected_at) = self.events.iter().rev().find_map(|event| event.expected_at) {
            self.expected_at = Some(expected_at);
        }
        // What fills in the time before it was silent breaks no silence.
        self.silent_since = self.silent_since.filter(|since| *since >= self.last_news());
    }

    /// The parcel with a scan that was not known, and what that scan is to people; nothing when it was known.
    pub(crate) fn with(&self, scan: TrackingEvent) -> Option<(Self, ScanWeight)> {
        if self.events.iter().any(|known| known.id == scan.id) {
            return None;
        }
        let status = scan.status;
        let with = |weight| {
            let mut after = self.clone();
            after.record(scan.clone(), weight);
            after
        };
        let after = with(ScanWeight::Milestone);
        let has_moved = after.status() == Some(status) && self.status() != Some(status);
        // A second try is told like the first.
        let is_new = status.is_exception() || !self.said.contains(&status);
        Some(if has_moved && is_new {
            (after, ScanWeight::Milestone)
        } else {
            (with(ScanWeight::Detail), ScanWeight::Detail)
        })
    }
}
