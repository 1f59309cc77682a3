//! Disputes: what a buyer, or their bank, says against a payment, and what the seller answers.

use crate::amount::{Amount, Quoted};
use crate::instant;
use crate::text::{Id, Label};
use crate::tracking::carrier_code;
use domain::carrier::{Carrier, TrackingNumber};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

open_enum! {
    /// Whose turn it is.
    DisputeStatus {
        Open = "OPEN",
        WaitingForBuyerResponse = "WAITING_FOR_BUYER_RESPONSE",
        WaitingForSellerResponse = "WAITING_FOR_SELLER_RESPONSE",
        UnderReview = "UNDER_REVIEW",
        Resolved = "RESOLVED",
        OtherStatus = "OTHER",
    }
}

open_enum! {
    /// How grave it is. Messages are for the inquiry, evidence for what comes after.
    DisputeLifeCycleStage {
        Inquiry = "INQUIRY",
        Chargeback = "CHARGEBACK",
        PreArbitration = "PRE_ARBITRATION",
        Arbitration = "ARBITRATION",
    }
}

open_enum! {
    /// What is said against the payment.
    DisputeReason {
        NotReceived = "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        NotAsDescribed = "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED",
        Unauthorised = "UNAUTHORISED",
        CreditNotProcessed = "CREDIT_NOT_PROCESSED",
        DuplicateTransaction = "DUPLICATE_TRANSACTION",
        IncorrectAmount = "INCORRECT_AMOUNT",
        PaymentByOtherMeans = "PAYMENT_BY_OTHER_MEANS",
        CanceledRecurringBilling = "CANCELED_RECURRING_BILLING",
        ProblemWithRemittance = "PROBLEM_WITH_REMITTANCE",
        OtherReason = "OTHER",
    }
}

open_enum! {
    /// How it ended.
    OutcomeCode {
        ResolvedBuyerFavour = "RESOLVED_BUYER_FAVOUR",
        ResolvedSellerFavour = "RESOLVED_SELLER_FAVOUR",
        ResolvedWithPayout = "RESOLVED_WITH_PAYOUT",
        CanceledByBuyer = "CANCELED_BY_BUYER",
        Accepted = "ACCEPTED",
        Denied = "DENIED",
        None = "NONE",
    }
}

open_enum! {
    /// Whose money moved.
    Party {
        Seller = "SELLER",
        Buyer = "BUYER",
        PaymentProcessor = "PAYMENT_PROCESSOR",
    }
}

open_enum! {
    /// Which way it moved.
    Movement {
        Debit = "DEBIT",
        Credit = "CREDIT",
    }
}

/// A dispute: the schema `dispute`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Dispute {
    /// PayPal's name of it.
    pub dispute_id: String,
    /// Whose turn it is.
    pub status: DisputeStatus,
    /// What is said against the payment.
    pub reason: Option<DisputeReason>,
    /// How grave it is.
    pub dispute_life_cycle_stage: Option<DisputeLifeCycleStage>,
    /// How much is disputed.
    pub dispute_amount: Option<Amount>,
    /// Which payments.
    #[serde(default)]
    pub disputed_transactions: Vec<DisputedTransaction>,
    /// How it ended.
    pub dispute_outcome: Option<DisputeOutcome>,
    /// What moved because of it.
    #[serde(default)]
    pub money_movements: Vec<MoneyMovement>,
    /// Until when the seller is to answer.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub seller_response_due_date: Option<Timestamp>,
    /// Until when the buyer is to answer.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub buyer_response_due_date: Option<Timestamp>,
    /// When it was opened.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub create_time: Option<Timestamp>,
    /// When it last changed.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub update_time: Option<Timestamp>,
}

/// A payment that is disputed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DisputedTransaction {
    /// The capture.
    pub seller_transaction_id: Option<String>,
    /// Our order.
    pub invoice_number: Option<String>,
    /// Our payment: the `custom_id` of the order.
    pub custom: Option<String>,
    /// How much it was.
    pub gross_amount: Option<Quoted>,
}

/// How a dispute ended.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DisputeOutcome {
    /// For whom.
    pub outcome_code: Option<OutcomeCode>,
    /// What the buyer got.
    pub amount_refunded: Option<Amount>,
}

/// What moved because of a dispute.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct MoneyMovement {
    /// Whose.
    pub affected_party: Option<Party>,
    /// Which way.
    pub r#type: Option<Movement>,
    /// How much.
    pub amount: Option<Amount>,
    /// When.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub initiated_time: Option<Timestamp>,
}

/// Which disputes are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DisputeQuery {
    /// Those of a capture.
    OfTransaction(Id<255>),
    /// Those in a state.
    InState(DisputeState),
}

/// In what state disputes are, for whoever looks at all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeState {
    /// We are to answer.
    RequiredAction,
    /// The buyer is.
    RequiredOtherPartyAction,
    /// PayPal is.
    UnderPaypalReview,
    /// Nobody is.
    Resolved,
    /// Both talk.
    OpenInquiries,
    /// It can be taken further.
    Appealable,
}

impl DisputeState {
    /// PayPal's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RequiredAction => "REQUIRED_ACTION",
            Self::RequiredOtherPartyAction => "REQUIRED_OTHER_PARTY_ACTION",
            Self::UnderPaypalReview => "UNDER_PAYPAL_REVIEW",
            Self::Resolved => "RESOLVED",
            Self::OpenInquiries => "OPEN_INQUIRIES",
            Self::Appealable => "APPEALABLE",
        }
    }
}

/// One page of disputes: the schema `dispute_search`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Disputes {
    /// In short.
    #[serde(default)]
    pub items: Vec<DisputeSummary>,
    #[serde(default)]
    links: Vec<crate::links::Link>,
}

impl Disputes {
    /// What the next page is asked for with.
    pub fn next_page(&self) -> Option<String> {
        let next = self.links.iter().find(|link| link.rel == "next")?;
        let url = url::Url::parse(&next.href).ok()?;
        url.query_pairs().find(|(name, _)| name == "next_page_token").map(|(_, token)| token.into_owned())
    }
}

/// A dispute in short: the schema `dispute_info`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DisputeSummary {
    /// PayPal's name of it.
    pub dispute_id: String,
    /// Whose turn it is.
    pub status: Option<DisputeStatus>,
    /// What is said against the payment.
    pub reason: Option<DisputeReason>,
    /// How much is disputed.
    pub dispute_amount: Option<Quoted>,
    /// When it last changed.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub update_time: Option<Timestamp>,
}

/// That it was sent: `PROOF_OF_FULFILLMENT` with the parcels' numbers, all of them at once: PayPal decides after the first
/// evidence. The schema `evidence`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvidence {
    /// What was sent.
    pub parcels: Vec<SentParcel>,
    /// What else is to be said, at most 2000 characters.
    pub notes: Option<Label<2000>>,
}

/// A parcel that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentParcel {
    /// Who carries it.
    pub carrier: Carrier,
    /// The carrier's number.
    pub tracking_number: TrackingNumber,
}

impl Serialize for SentParcel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'a> {
            carrier_name: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            carrier_name_other: Option<&'a str>,
            tracking_number: &'a TrackingNumber,
        }
        let code = carrier_code(&self.carrier);
        let (carrier_name, other) = (code.unwrap_or("OTHER"), code.is_none().then_some(self.carrier.name()));
        Wire { carrier_name, carrier_name_other: other, tracking_number: &self.tracking_number }.serialize(serializer)
    }
}

impl Serialize for NewEvidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'a> {
            evidences: [One<'a>; 1],
        }
        #[derive(Serialize)]
        struct One<'a> {
            evidence_type: &'static str,
            evidence_info: Info<'a>,
            #[serde(skip_serializing_if = "Option::is_none")]
            notes: Option<&'a Label<2000>>,
        }
        #[derive(Serialize)]
        struct Info<'a> {
            tracking_info: &'a [SentParcel],
        }
        let evidence_info = Info { tracking_info: &self.parcels };
        let one = One { evidence_type: "PROOF_OF_FULFILLMENT", evidence_info, notes: self.notes.as_ref() };
        Wire { evidences: [one] }.serialize(serializer)
    }
}

/// What the seller gives in to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptClaim {
    /// What PayPal is told; the buyer does not see it.
    pub note: Label<2000>,
    /// What the buyer gets.
    pub remedy: ClaimRemedy,
}

/// What the buyer gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimRemedy {
    /// All of it.
    Refund,
    /// Some of it, if the buyer agrees.
    PartialRefund(Amount),
}

impl Serialize for AcceptClaim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'a> {
            note: &'a Label<2000>,
            accept_claim_type: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            refund_amount: Option<Amount>,
        }
        let (accept_claim_type, refund_amount) = match self.remedy {
            ClaimRemedy::Refund => ("REFUND", None),
            ClaimRemedy::PartialRefund(amount) => ("PARTIAL_REFUND", Some(amount)),
        };
        Wire { note: &self.note, accept_claim_type, refund_amount }.serialize(serializer)
    }
}

/// What the other side is told, while it is an inquiry.
#[derive(Serialize)]
pub(crate) struct Message<'a> {
    pub(crate) message: &'a Label<2000>,
}
