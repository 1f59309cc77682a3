//! The case: help on an order, asked for by the buyer, settled by the two of them or by a neutral reviewer. While it is
//! open the money and every other clock of the order stand still.

use crate::ids::{CaseId, MessageId, PhotoId, RefundId};
use crate::market::Market;
use crate::message::Content;
use crate::money::Money;
use crate::order::{Packed, Shipment};
use crate::text::Text;
use crate::thread::Role;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What somebody writes in a case: at most 1,000 characters.
pub type CaseWords = Text<1000>;

/// How many offers, and how many words more, one side can make in a case: who has not agreed by then asks the reviewer.
pub const MAX_OFFERS: usize = 10;

/// How often help can be asked for on one order.
pub const MAX_CASES: usize = 5;

/// How many pieces of evidence one statement can carry.
pub const MAX_EVIDENCE: usize = 10;

/// Help on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Case {
    /// Which.
    pub id: CaseId,
    /// Who asked for help.
    pub opened_by: Role,
    /// Why.
    pub reason: CaseReason,
    /// Which pieces it is about; none in cases of earlier builds, which were about the whole order.
    #[serde(default)]
    pub items: Vec<Packed>,
    /// When.
    pub opened_at: Timestamp,
    /// What the two said, oldest first.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// What they proposed, oldest first; the first is what the buyer asks for.
    #[serde(default)]
    pub offers: Vec<Offer>,
    /// Where it stands while it is open.
    #[serde(default)]
    pub stage: CaseStage,
    /// What is carried out: what they agreed on, or what stood or was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Remedy>,
    /// The parcel that goes back to the seller, once it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Box<Shipment>>,
    /// What a reviewer has decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruling: Option<Ruling>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// What came of it, once it is closed; not kept by earlier builds.
    #[serde(default)]
    pub outcome: Option<CaseOutcome>,
}

/// Why somebody asks for help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseReason {
    /// It did not come.
    NotReceived,
    /// It came damaged.
    Damaged,
    /// It is not what was described.
    NotAsDescribed,
    /// It is something else.
    WrongItem,
    /// It is no longer wanted.
    ChangedMyMind,
    /// Something else.
    Other,
}

/// What one side says, with what shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Said {
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<CaseWords>,
    /// What shows it, at most [`MAX_EVIDENCE`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

impl Said {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.words.is_none() && self.evidence.is_empty()
    }
}

/// What was said in a case, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Statement {
    /// Who.
    pub by: Role,
    /// When.
    pub at: Timestamp,
    /// What.
    pub said: Said,
}

/// Something of the conversation, or a new photo, that shows what is said: kept as it was when it was picked, also when it is
/// unsent later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The message it was picked from; none for a new photo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// Who said or took it.
    pub by: Role,
    /// When.
    pub at: Timestamp,
    /// What.
    pub content: Content,
}

impl Evidence {
    /// The photo that it is, where it is one.
    pub fn photo(&self) -> Option<&PhotoId> {
        match &self.content {
            Content::Photo { photo, .. } => Some(photo),
            Content::Text { .. } | Content::Product { .. } => None,
        }
    }
}

/// What would put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Remedy {
    /// Money back, and the buyer keeps what has come.
    Refund {
        /// How much, more than nothing and at most what the pieces were worth.
        amount: Money,
    },
    /// The buyer sends it back; when it is there, money goes back.
    ReturnAndRefund {
        /// How much.
        amount: Money,
    },
    /// The pieces are sent once more.
    Replacement,
}

impl Remedy {
    /// What goes back to the buyer, where money does.
    pub fn amount(self) -> Option<Money> {
        match self {
            Self::Refund { amount } | Self::ReturnAndRefund { amount } => Some(amount),
            Self::Replacement => None,
        }
    }
}

/// A proposal to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Offer {
    /// Who proposes it.
    pub by: Role,
    /// When.
    pub at: Timestamp,
    /// What.
    pub remedy: Remedy,
}

/// Where an open case stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CaseStage {
    /// One of the two is asked; after that a reviewer is.
    Talking {
        /// Who.
        turn: Role,
        /// Until when; nobody was hurried by earlier builds.
        until: Option<Timestamp>,
    },
    /// A reviewer is asked; after that it goes on by itself.
    Review {
        /// Why they did not settle it between them.
        because: Escalation,
        /// Until when.
        until: Timestamp,
    },
    /// It has to go back to the seller first.
    Returning {
        /// What goes back to the buyer when it is there.
        amount: Money,
        /// Until when it has to be sent, or to arrive.
        until: Timestamp,
    },
    /// Money is on its way back.
    Refunding {
        /// Which refund.
        refund: RefundId,
        /// What comes of the case when it has arrived.
        then: CaseOutcome,
    },
}

impl Default for CaseStage {
    fn default() -> Self {
        Self::Talking { turn: Role::Seller, until: None }
    }
}

/// Why a reviewer is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Escalation {
    /// One of them said no.
    Refused,
    /// The seller was asked, and said nothing.
    SellerSilent,
    /// The buyer was asked, and said nothing.
    BuyerSilent,
    /// What was sent back did not arrive.
    ReturnLate,
    /// The processor could not give the money back.
    RefundFailed,
}

/// What a reviewer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    /// What the buyer asked for is done.
    ForBuyer,
    /// Nothing goes back.
    ForSeller,
    /// A part goes back.
    Split {
        /// How much: more than nothing, less than what the pieces were worth.
        amount: Money,
    },
}

/// A reviewer's decision, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ruling {
    /// What.
    pub verdict: Verdict,
    /// Why.
    pub words: CaseWords,
    /// When.
    pub at: Timestamp,
}

/// What came of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CaseOutcome {
    /// Whoever had asked for help took it back.
    #[default]
    Withdrawn,
    /// The two agreed, or what was offered last stood.
    Agreed {
        /// On what.
        remedy: Remedy,
    },
    /// A reviewer decided.
    Decided {
        /// What.
        verdict: Verdict,
    },
    /// What was to go back was not sent in time.
    NotReturned,
    /// Nobody decided in time, and nothing goes back by itself: the money had been paid out, or the carrier has brought what
    /// is said not to have come.
    NotDecided,
    /// The order ended, and all its money went back.
    OrderEnded,
    /// All money went back without it.
    MoneyBack,
    /// The buyer complained to the processor, which decides now.
    ToProcessor,
}

impl Case {
    /// Whether nothing has come of it yet.
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// What one side has proposed last.
    pub fn last_offer(&self, by: Role) -> Option<&Offer> {
        self.offers.iter().rev().find(|offer| offer.by == by)
    }

    /// What one side can say yes to: the other's last proposal, while they talk or a reviewer looks at it. What was agreed on
    /// already, and did not work out, is not agreed on once more.
    pub fn on_the_table(&self, for_whom: Role) -> Option<Remedy> {
        let open = match self.stage {
            CaseStage::Talking { .. } | CaseStage::Review { .. } => self.is_open() && self.agreed.is_none(),
            CaseStage::Returning { .. } | CaseStage::Refunding { .. } => false,
        };
        self.last_offer(for_whom.other()).filter(|_| open).map(|offer| offer.remedy)
    }

    /// When something happens by itself in it.
    pub fn until(&self) -> Option<Timestamp> {
        match &self.stage {
            _ if !self.is_open() => None,
            CaseStage::Talking { until, .. } => *until,
            CaseStage::Review { until, .. } | CaseStage::Returning { until, .. } => Some(*until),
            CaseStage::Refunding { .. } => None,
        }
    }

    /// The parcel that goes back to the seller.
    pub fn parcel(&self) -> Option<&Shipment> {
        self.returned.as_deref()
    }

    /// Whether its pieces are settled for good: money was agreed on or decided about, or what was to be done was not.
    pub fn is_final(&self) -> bool {
        match self.outcome {
            Some(CaseOutcome::Agreed { remedy }) => remedy.amount().is_some(),
            Some(CaseOutcome::Decided { .. } | CaseOutcome::NotReturned | CaseOutcome::NotDecided) => true,
            // Taken back from a reviewer's table, it is not put there again.
            Some(CaseOutcome::Withdrawn) => matches!(self.stage, CaseStage::Review { .. }),
            Some(CaseOutcome::OrderEnded | CaseOutcome::MoneyBack | CaseOutcome::ToProcessor) | None => false,
        }
    }

    /// What went back for it, or is on its way.
    pub fn paid_back(&self) -> Option<Money> {
        match self.outcome {
            Some(CaseOutcome::Agreed { remedy }) => remedy.amount(),
            Some(CaseOutcome::Decided { verdict: Verdict::Split { amount } }) => Some(amount),
            Some(CaseOutcome::Decided { verdict: Verdict::ForBuyer }) => self.agreed.and_then(Remedy::amount),
            Some(
                CaseOutcome::Decided { verdict: Verdict::ForSeller }
                | CaseOutcome::Withdrawn
                | CaseOutcome::NotReturned
                | CaseOutcome::NotDecided
                | CaseOutcome::OrderEnded
                | CaseOutcome::MoneyBack
                | CaseOutcome::ToProcessor,
            )
            | None => None,
        }
    }

    /// Whether a photo is shown in it.
    pub fn shows(&self, photo: &PhotoId) -> bool {
        let evidence = self.statements.iter().flat_map(|statement| &statement.said.evidence);
        evidence.filter_map(Evidence::photo).any(|shown| shown == photo)
    }
}

/// The times of a market's cases.
impl Market {
    /// Until when the other side has to answer.
    pub(crate) fn case_answer_by(&self, now: Timestamp) -> Timestamp {
        now.plus(self.case_answer)
    }

    /// Until when a reviewer has to decide.
    pub(crate) fn case_review_by(&self, now: Timestamp) -> Timestamp {
        now.plus(self.case_review)
    }
}
