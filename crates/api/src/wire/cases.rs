//! Help on an order: what the two send, and what a neutral reviewer is shown.

use super::Account;
use domain::address::Destination;
use domain::carrier::{Carrier, TrackingNumber};
use domain::case::{Case, CaseReason, CaseWords, Remedy, Verdict};
use domain::ids::{MessageId, OrderId, PhotoId};
use domain::money::Money;
use domain::order::{OrderNumber, Packed, Shipment};
use domain::terms::Item;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

bodies! {
    /// Asks for help.
    OpenCase {
        /// Why.
        reason: CaseReason,
        /// Over which pieces; all of them without.
        #[serde(default)]
        items: Vec<Packed>,
        /// What would put it right; everything back that the pieces were worth, without.
        #[serde(default)]
        wish: Option<Remedy>,
        /// What goes with it.
        #[serde(default)]
        said: SayInCase,
    }
    /// Proposes what would put it right.
    MakeOffer {
        /// What.
        remedy: Remedy,
        /// What goes with it.
        #[serde(default)]
        said: SayInCase,
    }
    /// Says yes to what the other side has proposed.
    AcceptOffer {
        /// What was on the screen.
        remedy: Remedy,
    }
    /// Sends back what is to go back.
    SendBack {
        /// Who carries it.
        carrier: Carrier,
        /// Its number; none when the buyer brings it.
        #[serde(default)]
        tracking: Option<TrackingNumber>,
    }
    /// A reviewer's decision.
    DecideCase {
        /// What.
        verdict: Verdict,
        /// Why.
        words: CaseWords,
    }
}

/// What is said in a case, with what shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SayInCase {
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<CaseWords>,
    /// What shows it, at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<ShowInCase>,
}

/// A piece of evidence as it is picked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ShowInCase {
    /// Something that was said in the conversation.
    Message {
        /// Which.
        message: MessageId,
    },
    /// A photo that was just sent up.
    Photo {
        /// Which.
        photo: PhotoId,
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
}

/// What a neutral reviewer is shown of a case: nothing of the conversation but what the two have picked, and no address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Review {
    /// On which order.
    pub order: OrderId,
    /// What people call it.
    pub number: OrderNumber,
    /// The case.
    pub case: Case,
    /// Who buys.
    pub buyer: Account,
    /// Who sells.
    pub seller: Account,
    /// What was bought.
    pub items: Vec<Item>,
    /// What was paid.
    pub total: Money,
    /// What has gone back already, or is on its way.
    pub returned: Money,
    /// What the pieces of the case were worth, as far as it has not gone back yet: the most that can be decided.
    pub claim: Money,
    /// When it was bought.
    pub placed_at: Timestamp,
    /// When everything had to be on its way.
    pub ship_by: Timestamp,
    /// Where it goes to: the town, no more.
    pub to: Destination,
    /// What was sent, and what the carriers said.
    pub shipments: Vec<Shipment>,
}

/// Cases that wait for a reviewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct ReviewPage {
    /// They, what is due first first.
    pub reviews: Vec<Review>,
    /// Where to go on; none at the end.
    pub next: Option<String>,
}
