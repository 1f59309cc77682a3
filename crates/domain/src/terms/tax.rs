//! How tax is charged: frozen with the revision, so that what is shown is what is charged.

use super::Delivery;
use crate::address::UsState;
use crate::money::{Money, Rate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The states where a seller collects tax, and how much; elsewhere none is charged.
pub type StateRates = BTreeMap<UsState, Rate>;

/// How tax is charged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Tax {
    /// A share of items less discount.
    Rate {
        /// In millionths.
        ppm: Rate,
    },
    /// A fixed amount.
    Amount {
        /// Not negative.
        amount: Money,
    },
    /// A share of items less discount, as the state has it that they go to. Shipping is not taxed: states differ, and
    /// the estimate says so.
    ByState {
        /// Where, and how much in millionths.
        rates: StateRates,
    },
}

impl Tax {
    /// The tax on goods that are taxed in a state; in none, nothing that depends on one is guessed.
    pub(super) fn on(&self, goods: Money, state: Option<UsState>) -> Money {
        match self {
            Self::Rate { ppm } => ppm.of(goods),
            Self::Amount { amount } => *amount,
            Self::ByState { rates } => {
                let rate = state.and_then(|state| rates.get(&state));
                rate.map_or(Money::zero(goods.currency), |rate| rate.of(goods))
            }
        }
    }

    /// The most that a way of delivery can bring.
    pub(super) fn highest_on(&self, goods: Money, delivery: &Delivery) -> Money {
        match self {
            Self::Rate { .. } | Self::Amount { .. } => self.on(goods, None),
            Self::ByState { rates } => {
                let taxes = rates.keys().filter(|state| is_taxed_there(delivery, **state));
                let taxes = taxes.map(|state| self.on(goods, Some(*state)));
                taxes.max_by_key(|tax| tax.minor).unwrap_or(Money::zero(goods.currency))
            }
        }
    }

    /// Whether it depends on the address, for a way of delivery.
    pub(super) fn depends_on_address(&self, delivery: &Delivery) -> bool {
        match (self, delivery) {
            (Self::ByState { rates }, Delivery::Parcel { .. }) => {
                rates.iter().any(|(state, rate)| *rate != Rate::ZERO && delivery.goes_to(*state))
            }
            (Self::ByState { .. }, Delivery::Digital | Delivery::Pickup { .. })
            | (Self::Rate { .. } | Self::Amount { .. }, _) => false,
        }
    }
}

/// Whether what goes this way can be taxed in a state.
fn is_taxed_there(delivery: &Delivery, state: UsState) -> bool {
    delivery.goes_to(state) && delivery.taxed_in(Some(state)) == Some(state)
}
