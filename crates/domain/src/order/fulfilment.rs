//! How far an order has come to the buyer.

use serde::{Deserialize, Serialize};

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
