//! Parcels, as PayPal is told of them: the schema `order_tracker_request`, as PayPal's SDK has it. One way: PayPal is told,
//! and tells nothing.

use crate::text::{Id, Label};
use domain::carrier::{Carrier, TrackingNumber};
use serde::{Serialize, Serializer};
use std::num::NonZeroU32;

/// A parcel of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTracker {
    /// What it was paid with. PayPal takes parcels of completed captures alone.
    pub capture_id: Id<50>,
    /// The carrier's number; PayPal takes 64 characters, ours have fewer.
    pub tracking_number: TrackingNumber,
    /// Who carries it.
    pub carrier: Carrier,
    /// Whether PayPal writes to the buyer.
    pub notify_payer: bool,
    /// What is in it; nothing said is everything.
    pub items: Vec<TrackedItem>,
}

/// Something in a parcel: the schema `tracker_item`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackedItem {
    /// What it is.
    pub name: Label<127>,
    /// How many.
    pub quantity: NonZeroU32,
    /// Our number of it, as in the order: PayPal compares (`ITEM_SKU_MISMATCH`).
    pub sku: Option<Label<127>>,
}

/// Who carries it, in PayPal's words. Those that PayPal does not list are `OTHER`, with their name.
pub(crate) fn carrier_code(carrier: &Carrier) -> Option<&'static str> {
    match carrier {
        Carrier::Usps => Some("USPS"),
        Carrier::Ups => Some("UPS"),
        Carrier::Fedex => Some("FEDEX"),
        Carrier::Dhl => Some("DHL"),
        Carrier::Amazon => Some("AMAZON"),
        Carrier::Ontrac => Some("ONTRAC"),
        Carrier::Lasership => Some("US_LASERSHIP"),
        Carrier::Speedee => Some("SPEEDEE"),
        Carrier::OldDominion => Some("US_OLD_DOMINION"),
        Carrier::CanadaPost => Some("CA_CANADA_POST"),
        Carrier::Purolator => Some("PUROLATOR"),
        Carrier::Canpar => Some("CANPAR"),
        Carrier::Dpd => Some("DPD"),
        Carrier::Yodel => Some("YODEL"),
        Carrier::Landmark => Some("LANDMARK_GLOBAL"),
        Carrier::Yunexpress => Some("YUNEXPRESS"),
        Carrier::Gofo | Carrier::S10 | Carrier::Pickup | Carrier::Other(_) => None,
    }
}

impl Serialize for NewTracker {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'a> {
            capture_id: &'a Id<50>,
            tracking_number: &'a TrackingNumber,
            carrier: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            carrier_name_other: Option<Label<64>>,
            notify_payer: bool,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            items: Vec<Line<'a>>,
        }
        let code = carrier_code(&self.carrier);
        let wire = Wire {
            capture_id: &self.capture_id,
            tracking_number: &self.tracking_number,
            carrier: code.unwrap_or("OTHER"),
            carrier_name_other: code.is_none().then(|| Label::cut(self.carrier.name())).flatten(),
            notify_payer: self.notify_payer,
            items: self.items.iter().map(Line::of).collect(),
        };
        wire.serialize(serializer)
    }
}

#[derive(Serialize)]
struct Line<'a> {
    name: &'a Label<127>,
    quantity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<&'a Label<127>>,
}

impl<'a> Line<'a> {
    fn of(item: &'a TrackedItem) -> Self {
        Self { name: &item.name, quantity: item.quantity.to_string(), sku: item.sku.as_ref() }
    }
}
