//! What goes wrong on purpose.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// A kind of call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `POST /v1/oauth2/token`
    Token,
    /// `POST /v2/checkout/orders`
    CreateOrder,
    /// `GET /v2/checkout/orders/{id}`
    GetOrder,
    /// `PATCH /v2/checkout/orders/{id}`
    PatchOrder,
    /// `POST /v2/checkout/orders/{id}/authorize`
    AuthorizeOrder,
    /// `POST /v2/checkout/orders/{id}/capture`
    CaptureOrder,
    /// `POST /v2/checkout/orders/{id}/track`
    TrackOrder,
    /// `PATCH /v2/checkout/orders/{id}/trackers/{tracker_id}`
    PatchTracker,
    /// `GET /v2/payments/authorizations/{authorization_id}`
    GetAuthorization,
    /// `POST /v2/payments/authorizations/{authorization_id}/capture`
    CaptureAuthorization,
    /// `POST /v2/payments/authorizations/{authorization_id}/void`
    VoidAuthorization,
    /// `GET /v2/payments/captures/{capture_id}`
    GetCapture,
    /// `POST /v2/payments/captures/{capture_id}/refund`
    RefundCapture,
    /// `GET /v2/payments/refunds/{refund_id}`
    GetRefund,
    /// `POST /v3/vault/setup-tokens`
    CreateSetupToken,
    /// `GET /v3/vault/setup-tokens/{id}`
    GetSetupToken,
    /// `POST /v3/vault/payment-tokens`
    CreatePaymentToken,
    /// `GET /v3/vault/payment-tokens/{id}`
    GetPaymentToken,
    /// `GET /v3/vault/payment-tokens?customer_id=`
    ListPaymentTokens,
    /// `DELETE /v3/vault/payment-tokens/{id}`
    DeletePaymentToken,
    /// `GET /v1/customer/disputes`
    ListDisputes,
    /// `GET /v1/customer/disputes/{id}`
    GetDispute,
    /// `POST /v1/customer/disputes/{id}/provide-evidence`
    ProvideEvidence,
    /// `POST /v1/customer/disputes/{id}/accept-claim`
    AcceptClaim,
    /// `POST /v1/customer/disputes/{id}/send-message`
    SendMessage,
    /// `POST /v1/customer/disputes/{id}/adjudicate`
    Adjudicate,
    /// `GET /v1/reporting/transactions`
    ListTransactions,
    /// `POST /v1/notifications/verify-webhook-signature`
    VerifyWebhookSignature,
}

/// What happens to a call instead of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// 500, and nothing was done.
    BrokenBefore,
    /// It is done, and the answer is 500.
    BrokenAfter,
    /// It is done, and the connection ends without an answer.
    HangUpAfter,
    /// It is done, and no answer comes for as long as the caller waits.
    SilentAfter,
    /// It is done, and a gateway's page comes back: 502, HTML.
    HtmlAfter,
    /// It is done, and every status in the answer is a word of tomorrow.
    UnknownWords,
    /// 429 with `Retry-After`, and nothing was done.
    TooMany,
    /// 409 `PREVIOUS_REQUEST_IN_PROGRESS`, and nothing was done.
    InProgress,
}

/// What the next calls of each kind meet, first come first.
#[derive(Clone, Debug, Default)]
pub struct Faults(BTreeMap<Kind, VecDeque<Fault>>);

impl Faults {
    pub(crate) fn plan(&mut self, kind: Kind, fault: Fault, times: usize) {
        self.0.entry(kind).or_default().extend(std::iter::repeat_n(fault, times));
    }

    pub(crate) fn next(&mut self, kind: Kind) -> Option<Fault> {
        self.0.get_mut(&kind)?.pop_front()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
