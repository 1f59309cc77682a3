//! How it reaches the buyer: ways of delivery as they were offered, and frozen with the revision.

use super::Money;
use crate::address::{Destination, Region, UsState};
use crate::money::Currency;
use crate::text::Label;
use serde::{Deserialize, Serialize};

/// How it reaches the buyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Delivery {
    /// A parcel.
    Parcel {
        /// What the seller calls it: Ground, Express.
        name: Label,
        /// What it costs; not negative.
        price: Money,
        /// Working days from shipping to the door, fewest and most.
        days: (u32, u32),
        /// The states it goes to; everywhere without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        region: Option<Region>,
    },
    /// Something to download or to own; handed over when paid.
    Digital,
    /// The buyer fetches it. Costs nothing.
    Pickup {
        /// Where and when.
        at: PickupPoint,
    },
}

/// Where a buyer fetches things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PickupPoint {
    /// Street and town, or what people call the place.
    pub place: Label,
    /// The state it lies in: what is fetched there is taxed there.
    pub state: UsState,
    /// When somebody is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Label>,
}

impl Delivery {
    /// What it costs.
    pub fn price(&self, currency: Currency) -> Money {
        match self {
            Self::Parcel { price, .. } => *price,
            Self::Digital | Self::Pickup { .. } => Money::zero(currency),
        }
    }

    /// Whether a carrier brings it.
    pub fn is_parcel(&self) -> bool {
        matches!(self, Self::Parcel { .. })
    }

    /// Whether it goes to a state. What is fetched or handed over digitally can be had from everywhere.
    pub fn goes_to(&self, state: UsState) -> bool {
        match self {
            Self::Parcel { region: Some(region), .. } => region.contains(state),
            Self::Parcel { region: None, .. } | Self::Digital | Self::Pickup { .. } => true,
        }
    }

    /// Where it goes when it needs no address; nothing for a parcel, which needs one.
    pub fn without_address(&self) -> Option<Destination> {
        match self {
            Self::Parcel { .. } => None,
            Self::Digital => Some(Destination::Digital),
            Self::Pickup { .. } => Some(Destination::Pickup),
        }
    }

    /// The state whose tax counts, when the address lies in `to`: that of the address, for what is fetched that of the
    /// place. Digital goods are taxed in no state.
    pub(super) fn taxed_in(&self, to: Option<UsState>) -> Option<UsState> {
        match self {
            Self::Parcel { .. } => to,
            Self::Digital => None,
            Self::Pickup { at } => Some(at.state),
        }
    }
}
