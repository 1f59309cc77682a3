//! The dispute: what a buyer complained of to the processor, who decides it. The money it is about waits meanwhile.

use crate::ids::DisputeId;
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A dispute over one payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dispute {
    /// Which.
    pub id: DisputeId,
    /// What the buyer says.
    pub reason: DisputeReason,
    /// What it is about: at most what was taken and is not on its way back.
    pub amount: Money,
    /// Since when.
    pub opened_at: Timestamp,
    /// Until when the seller can answer.
    pub respond_by: Option<Timestamp>,
    /// What the seller has answered.
    pub answer: Option<DisputeAnswer>,
    /// Where it stands.
    pub standing: DisputeStanding,
}

/// What a buyer says (PayPal's `dispute.reason`, in ours).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DisputeReason {
    /// It did not come.
    NotReceived,
    /// It is not what was described.
    NotAsDescribed,
    /// Somebody else paid with it.
    Unauthorised,
    /// A refund was promised and did not come.
    NotRefunded,
    /// It was charged twice, or too much.
    WrongAmount,
    /// Something else, or a word we do not know.
    Other,
}

/// Where a dispute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DisputeStanding {
    /// The seller is asked.
    Seller,
    /// The buyer is asked.
    Buyer,
    /// The processor decides.
    Review,
    /// It is over.
    Closed {
        /// Since when.
        at: Timestamp,
        /// What came of it.
        outcome: DisputeOutcome,
    },
}

/// What came of a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DisputeOutcome {
    /// The seller keeps the money, or the buyer took the complaint back.
    ForSeller,
    /// Money went back to the buyer.
    ForBuyer {
        /// How much.
        returned: Money,
    },
}

/// What a seller answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DisputeAnswer {
    /// That it was sent, with the numbers of the parcels.
    Tracking,
    /// That the buyer is right: the money goes back.
    Accept,
}

/// What the processor tells of a dispute: all of it, each time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeTold {
    /// Which.
    pub id: DisputeId,
    /// What the buyer says.
    pub reason: DisputeReason,
    /// What it is about.
    pub amount: Money,
    /// Until when the seller can answer.
    pub respond_by: Option<Timestamp>,
    /// Where it stands.
    pub stage: DisputeStage,
}

/// Where the processor says that a dispute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeStage {
    /// The seller is asked.
    Seller,
    /// The buyer is asked.
    Buyer,
    /// The processor decides, or it says a word we do not know.
    Review,
    /// It is over.
    Closed(DisputeOutcome),
}

impl Dispute {
    /// Whether nothing is decided yet.
    pub fn is_open(&self) -> bool {
        match self.standing {
            DisputeStanding::Seller | DisputeStanding::Buyer | DisputeStanding::Review => true,
            DisputeStanding::Closed { .. } => false,
        }
    }

    /// What went back to the buyer.
    pub fn returned(&self) -> Money {
        match self.standing {
            DisputeStanding::Closed { outcome: DisputeOutcome::ForBuyer { returned }, .. } => returned,
            DisputeStanding::Closed { outcome: DisputeOutcome::ForSeller, .. }
            | DisputeStanding::Seller
            | DisputeStanding::Buyer
            | DisputeStanding::Review => Money::zero(self.amount.currency),
        }
    }
}
