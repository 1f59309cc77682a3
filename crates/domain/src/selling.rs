//! What a seller's requests start from: how tax is charged, and how things reach the buyer. A request freezes what it
//! offered; what is changed here afterwards changes no request that was sent.

use crate::address::{Region, UsState};
use crate::money::{Currency, Money, Rate};
use crate::terms::{Delivery, Item, MAX_DAYS, MAX_DELIVERY_OPTIONS, PickupPoint, StateRates, Tax};
use crate::text::Label;
use crate::weight::WeightBand;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// Most ways of sending that a seller defines.
pub const MAX_OFFERS: usize = 20;

/// How a seller charges tax.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum TaxPolicy {
    /// Not at all.
    #[default]
    None,
    /// At one rate, wherever it goes.
    Rate {
        /// In millionths.
        ppm: Rate,
    },
    /// In the states where the seller collects it, as the state has it; elsewhere not.
    ByState {
        /// Where.
        states: BTreeSet<UsState>,
    },
}

impl TaxPolicy {
    /// The tax of a new request, with the rates that the states have now. A state whose rate is not known is left out.
    pub fn tax(&self, rates: &StateRates) -> Tax {
        match self {
            Self::None => Tax::Rate { ppm: Rate::ZERO },
            Self::Rate { ppm } => Tax::Rate { ppm: *ppm },
            Self::ByState { states } => {
                let known = states.iter().filter_map(|state| Some((*state, *rates.get(state)?)));
                Tax::ByState { rates: known.collect() }
            }
        }
    }
}

/// A way of sending, and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ParcelOffer {
    /// What the seller calls it: Ground, Express.
    pub name: Label,
    /// What it costs; not negative.
    pub price: Money,
    /// It costs nothing for goods, less discount, of so much or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_from: Option<Money>,
    /// The states it goes to; everywhere without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// What it carries; anything without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<WeightBand>,
    /// Working days from shipping to the door, fewest and most.
    pub days: (u32, u32),
}

impl ParcelOffer {
    /// What it is for goods of a value and a weight in grams; nothing when it is not for them. What is for a weight
    /// alone is not for goods whose weight nobody knows.
    pub fn delivery(&self, goods: Money, weight: Option<u64>) -> Option<Delivery> {
        let carries = self.weight.is_none_or(|band| weight.is_some_and(|grams| band.contains(grams)));
        let is_free = self.free_from.is_some_and(|from| goods.currency == from.currency && goods.minor >= from.minor);
        let price = if is_free { Money::zero(self.price.currency) } else { self.price };
        let parcel =
            || Delivery::Parcel { name: self.name.clone(), price, days: self.days, region: self.region.clone() };
        carries.then(parcel)
    }
}

/// What came in: nothing is checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SellingDraft {
    /// How tax is charged.
    #[serde(default)]
    pub tax: TaxPolicy,
    /// Ways of sending; the first that fits is proposed.
    #[serde(default)]
    pub parcels: Vec<ParcelOffer>,
    /// Where buyers can fetch things.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pickup: Option<PickupPoint>,
}

/// What a seller's requests start from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "SellingDraft", into = "SellingDraft")]
pub struct Selling(SellingDraft);

/// Why it cannot be what requests start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SellingError {
    /// More ways of sending than [`MAX_OFFERS`].
    TooManyOffers,
    /// A price below nothing, or free from nothing on.
    Price {
        /// Of which way.
        offer: usize,
    },
    /// Two currencies.
    Currency,
    /// Days that run backwards, or too many.
    Days {
        /// Of which way.
        offer: usize,
    },
}

impl fmt::Display for SellingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyOffers => write!(f, "Define at most {MAX_OFFERS} ways of sending."),
            Self::Price { offer } => write!(f, "The price of way {} cannot be used.", offer + 1),
            Self::Currency => f.write_str("These amounts are in different currencies."),
            Self::Days { offer } => {
                write!(f, "The days of way {} run from few to many, at most {MAX_DAYS}.", offer + 1)
            }
        }
    }
}

impl TryFrom<SellingDraft> for Selling {
    type Error = SellingError;
    fn try_from(draft: SellingDraft) -> Result<Self, SellingError> {
        if draft.parcels.len() > MAX_OFFERS {
            return Err(SellingError::TooManyOffers);
        }
        for (offer, parcel) in draft.parcels.iter().enumerate() {
            if parcel.price.minor < 0 || parcel.free_from.is_some_and(|from| from.minor <= 0) {
                return Err(SellingError::Price { offer });
            }
            let (fewest, most) = parcel.days;
            if fewest > most || most > MAX_DAYS {
                return Err(SellingError::Days { offer });
            }
        }
        let mut amounts = draft.parcels.iter().flat_map(|parcel| [Some(parcel.price), parcel.free_from]).flatten();
        let currency: Option<Currency> = amounts.next().map(|amount| amount.currency);
        if amounts.any(|amount| Some(amount.currency) != currency) {
            return Err(SellingError::Currency);
        }
        Ok(Self(draft))
    }
}

impl From<Selling> for SellingDraft {
    fn from(selling: Selling) -> Self {
        selling.0
    }
}

impl Selling {
    /// The draft behind it, to read or to change and check again.
    pub fn draft(&self) -> &SellingDraft {
        &self.0
    }

    /// Whether a request can start from its ways of delivery.
    pub fn delivers(&self) -> bool {
        !self.0.parcels.is_empty() || self.0.pickup.is_some()
    }

    /// What a request for goods of a value, less discount, and of a weight in grams offers: the ways of sending that
    /// fit, as many as a request holds, and fetching it.
    pub fn offered(&self, goods: Money, weight: Option<u64>) -> Vec<Delivery> {
        let pickup = self.0.pickup.clone().map(|at| Delivery::Pickup { at });
        let room = MAX_DELIVERY_OPTIONS - usize::from(pickup.is_some());
        let parcels = self.0.parcels.iter().filter_map(|parcel| parcel.delivery(goods, weight)).take(room);
        parcels.chain(pickup).collect()
    }
}

/// What items weigh together, in grams; nothing when one of them does not say.
pub fn weight_of(items: &[Item]) -> Option<u64> {
    items.iter().map(|item| item.weight.map(|weight| weight.times(item.quantity))).sum()
}

#[cfg(test)]
mod tests;
