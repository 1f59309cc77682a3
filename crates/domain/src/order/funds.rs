//! The seller's money from an order.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

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
