//! What went wrong, as `application/problem+json` (RFC 9457), and the one place where refusals become statuses.

use domain::money::Money;
use domain::rejection::Rejection;
use serde::{Deserialize, Serialize};

/// A refusal on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// Stable; what programs branch on.
    pub code: String,
    /// A sentence for a person, in English.
    pub detail: String,
    /// The field that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The amount that would do: the new total, what is left of a cap, what can be refunded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

impl Problem {
    /// The media type of problems.
    pub const MEDIA_TYPE: &'static str = "application/problem+json";

    /// A problem without a field.
    pub fn new(status: u16, code: &str, detail: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), detail: detail.into(), field: None, amount: None }
    }

    /// The same, caused by a field.
    #[must_use]
    pub fn at(self, field: &str) -> Self {
        Self { field: Some(field.to_owned()), ..self }
    }

    /// Nothing there, or nothing of yours: the two are not told apart.
    pub fn not_found() -> Self {
        Rejection::NotFound.into()
    }

    /// What is stored cannot be read.
    pub fn storage_corrupt() -> Self {
        Self::new(500, "storage_corrupt", "What is stored here cannot be read.")
    }

    /// Nobody is signed in, or not any more.
    pub fn signed_out() -> Self {
        Self::new(401, "signed_out", "Sign in first.")
    }

    /// Who calls has to prove once more who they are.
    pub fn step_up_needed() -> Self {
        Self::new(403, "step_up_needed", "Prove with your passkey that it is you.")
    }

    /// An Idempotency-Key that belongs to another call of the same person.
    pub fn key_reused() -> Self {
        Self::new(422, "idempotency_key_reused", "This key was used for another call.")
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        let (status, code, amount) = match rejection {
            Rejection::NotFound => (404, "not_found", None),
            Rejection::NotYours => (403, "not_yours", None),
            Rejection::ThreadNotAccepted => (409, "thread_not_accepted", None),
            Rejection::OutsideMarket => (422, "outside_market", None),
            Rejection::TooLateToEdit => (409, "too_late_to_edit", None),
            Rejection::MessageUnsent => (410, "message_unsent", None),
            Rejection::WrongCurrency => (422, "wrong_currency", None),
            Rejection::OverRequestCap { cap } => (422, "over_request_cap", Some(cap)),
            Rejection::OverWeeklyCap { left, .. } => (422, "over_weekly_cap", Some(left)),
            Rejection::ExpiryOutOfRange => (422, "expiry_out_of_range", None),
            Rejection::RequestExpired => (410, "request_expired", None),
            Rejection::RequestClosed => (409, "request_closed", None),
            Rejection::AlreadyPaid => (409, "already_paid", None),
            Rejection::PaymentInFlight => (409, "payment_in_flight", None),
            Rejection::StaleRevision { .. } => (409, "stale_revision", None),
            Rejection::PriceChanged { total } => (409, "price_changed", Some(total)),
            Rejection::NoSuchDelivery => (422, "no_such_delivery", None),
            Rejection::DestinationMismatch => (422, "destination_mismatch", None),
            Rejection::OutsideRegion => (422, "outside_region", None),
            Rejection::CounterOpen => (409, "counter_open", None),
            Rejection::NoCounter => (409, "no_counter", None),
            Rejection::BadCounter => (422, "bad_counter", None),
            Rejection::NothingToRepeat => (409, "nothing_to_repeat", None),
            Rejection::NoActionRequired => (409, "no_action_required", None),
            Rejection::TooLateToUndo => (409, "too_late_to_undo", None),
            Rejection::OrderClosed => (409, "order_closed", None),
            Rejection::NotCaptured => (409, "not_captured", None),
            Rejection::NothingLikeThatToShip => (422, "nothing_like_that_to_ship", None),
            Rejection::TrackingMismatch => (422, "tracking_mismatch", None),
            Rejection::UnknownParcel => (404, "unknown_parcel", None),
            Rejection::AlreadyShipped => (409, "already_shipped", None),
            Rejection::ExtensionPending => (409, "extension_pending", None),
            Rejection::NoExtension => (409, "no_extension", None),
            Rejection::NotDelivered => (409, "not_delivered", None),
            Rejection::AlreadyConfirmed => (409, "already_confirmed", None),
            Rejection::OverRefund { refundable } => (422, "over_refund", Some(refundable)),
            Rejection::NothingToRefund => (422, "nothing_to_refund", None),
            Rejection::PayoutInFlight => (409, "payout_in_flight", None),
            Rejection::RefundInFlight => (409, "refund_in_flight", None),
            Rejection::CaseOpen => (409, "case_open", None),
            Rejection::DisputeOpen => (409, "dispute_open", None),
            Rejection::NothingToAnswer => (409, "nothing_to_answer", None),
            Rejection::NoTracking => (409, "no_tracking", None),
            Rejection::PaymentPending => (409, "payment_pending", None),
            Rejection::TooLateForHelp => (409, "too_late_for_help", None),
            Rejection::CaseDecided => (409, "case_decided", None),
            Rejection::CaseClosed => (409, "case_closed", None),
            Rejection::NoSuchItems => (422, "no_such_items", None),
            Rejection::RemedyImpossible => (409, "remedy_impossible", None),
            Rejection::OfferChanged => (409, "offer_changed", None),
            Rejection::SameOffer => (409, "same_offer", None),
            Rejection::TooManyCases => (409, "too_many_cases", None),
            Rejection::TooManyOffers => (409, "too_many_offers", None),
            Rejection::TooMuchEvidence => (422, "too_much_evidence", None),
            Rejection::NumberOfAnother => (422, "number_of_another", None),
            Rejection::NothingToSendBack => (409, "nothing_to_send_back", None),
            Rejection::NothingToDecide => (409, "nothing_to_decide", None),
        };
        Self { amount, ..Self::new(status, code, rejection.to_string()) }
    }
}

#[cfg(feature = "router")]
impl axum::response::IntoResponse for Problem {
    fn into_response(self) -> axum::response::Response {
        let status = http::StatusCode::from_u16(self.status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        (status, [(http::header::CONTENT_TYPE, Self::MEDIA_TYPE)], body).into_response()
    }
}
