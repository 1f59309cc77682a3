//! What is set aside, what moved, and what went back. Schemas `authorization`, `capture` and `refund`.

use crate::amount::Amount;
use crate::instant;
use crate::text::{Label, Reference};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

open_enum! {
    /// How far something set aside is.
    AuthorizationStatus {
        Created = "CREATED",
        Captured = "CAPTURED",
        Denied = "DENIED",
        PartiallyCaptured = "PARTIALLY_CAPTURED",
        Voided = "VOIDED",
        Pending = "PENDING",
    }
}

open_enum! {
    /// How far a capture is. `Completed` alone is paid.
    CaptureStatus {
        Completed = "COMPLETED",
        Declined = "DECLINED",
        PartiallyRefunded = "PARTIALLY_REFUNDED",
        Pending = "PENDING",
        Refunded = "REFUNDED",
        Failed = "FAILED",
    }
}

open_enum! {
    /// How far a refund is.
    RefundStatus {
        Cancelled = "CANCELLED",
        Failed = "FAILED",
        Pending = "PENDING",
        Completed = "COMPLETED",
    }
}

open_enum! {
    /// Why a status is what it is.
    StatusReason {
        BuyerComplaint = "BUYER_COMPLAINT",
        Chargeback = "CHARGEBACK",
        DeclinedByRiskFraudFilters = "DECLINED_BY_RISK_FRAUD_FILTERS",
        Echeck = "ECHECK",
        InternationalWithdrawal = "INTERNATIONAL_WITHDRAWAL",
        OtherReason = "OTHER",
        PendingReview = "PENDING_REVIEW",
        ReceivingPreferenceMandatesManualAction = "RECEIVING_PREFERENCE_MANDATES_MANUAL_ACTION",
        Refunded = "REFUNDED",
        TransactionApprovedAwaitingFunding = "TRANSACTION_APPROVED_AWAITING_FUNDING",
        Unilateral = "UNILATERAL",
        VerificationRequired = "VERIFICATION_REQUIRED",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct StatusDetails {
    reason: Option<StatusReason>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
struct Supplements {
    related_ids: Option<Related>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
struct Related {
    order_id: Option<String>,
}

/// Money set aside.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Authorization {
    /// PayPal's name of it.
    pub id: String,
    /// How far it is.
    pub status: AuthorizationStatus,
    status_details: Option<StatusDetails>,
    /// How much.
    pub amount: Option<Amount>,
    /// Our order.
    pub invoice_id: Option<String>,
    /// Our payment.
    pub custom_id: Option<String>,
    /// Until when it can be captured.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub expiration_time: Option<Timestamp>,
    supplementary_data: Option<Supplements>,
}

/// Money moved.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Capture {
    /// PayPal's name of it.
    pub id: String,
    /// How far it is.
    pub status: CaptureStatus,
    status_details: Option<StatusDetails>,
    /// How much.
    pub amount: Option<Amount>,
    /// Our order.
    pub invoice_id: Option<String>,
    /// Our payment.
    pub custom_id: Option<String>,
    /// Whether nothing of what was set aside is captured after this.
    #[serde(default)]
    pub final_capture: bool,
    /// What of it comes to the seller. Absent while it is pending.
    pub seller_receivable_breakdown: Option<Receivable>,
    /// When it was made.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub create_time: Option<Timestamp>,
    supplementary_data: Option<Supplements>,
}

/// What of a capture comes to the seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Receivable {
    /// What the buyer paid.
    pub gross_amount: Amount,
    /// What PayPal keeps.
    pub paypal_fee: Option<Amount>,
    /// What is left.
    pub net_amount: Option<Amount>,
}

/// Money sent back.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Refund {
    /// PayPal's name of it.
    pub id: String,
    /// How far it is.
    pub status: RefundStatus,
    status_details: Option<StatusDetails>,
    /// How much.
    pub amount: Option<Amount>,
    /// Our order.
    pub invoice_id: Option<String>,
    /// Our refund.
    pub custom_id: Option<String>,
    /// What of it the seller pays.
    pub seller_payable_breakdown: Option<Payable>,
    /// When it was made.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub create_time: Option<Timestamp>,
}

/// What of a refund the seller pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Payable {
    /// What the buyer gets.
    pub gross_amount: Option<Amount>,
    /// What PayPal gives back of its fee.
    pub paypal_fee: Option<Amount>,
    /// What it costs the seller.
    pub net_amount: Option<Amount>,
    /// All that was refunded of the capture so far.
    pub total_refunded_amount: Option<Amount>,
}

macro_rules! reasons {
    ($($name:ident),+) => {$(
        impl $name {
            /// Why its status is what it is.
            pub fn reason(&self) -> Option<&StatusReason> {
                self.status_details.as_ref()?.reason.as_ref()
            }
        }
    )+};
}
reasons!(Authorization, Capture, Refund);

macro_rules! orders {
    ($($name:ident),+) => {$(
        impl $name {
            /// The order it is of, when PayPal says so.
            pub fn order_id(&self) -> Option<&str> {
                self.supplementary_data.as_ref()?.related_ids.as_ref()?.order_id.as_deref()
            }
        }
    )+};
}
orders!(Authorization, Capture);

/// What is captured of what was set aside: the schema `capture_request`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewCapture {
    /// How much; `None` is all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// Our order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<Reference<127>>,
    /// Whether nothing is captured after this, so that the rest is free again.
    pub final_capture: bool,
    /// What the buyer is told, at most 255 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note_to_payer: Option<Label<255>>,
}

/// What is sent back of a capture: the schema `refund_request`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NewRefund {
    /// How much; `None` is all that is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// Our refund.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_id: Option<Reference<127>>,
    /// Our number of it, for the buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<Reference<127>>,
    /// What the buyer is told, at most 255 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note_to_payer: Option<Label<255>>,
}
