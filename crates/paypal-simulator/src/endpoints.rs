//! Every route of PayPal's that the simulator has.

use crate::call::{Call, Done};
use crate::clock::{DAY, HOUR, Instant};
use crate::faults::Kind;
use crate::order::{create, patch, pay, track};
use crate::payment::{authorizations, captures};
use crate::refusal::Refusal;
use crate::schema::Operation;
use crate::world::World;
use crate::{dispute, reporting, vault, webhook};

/// What `PayPal-Request-Id` is to a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeatable {
    /// Passed over.
    No,
    /// Kept for so long.
    For(Instant),
    /// Kept for so long, and required.
    Always(Instant),
}

/// One route.
pub(crate) struct Endpoint {
    pub(crate) kind: Kind,
    pub(crate) operation: Operation,
    pub(crate) repeatable: Repeatable,
    pub(crate) run: fn(&mut World, &Call) -> Result<Done, Refusal>,
}

const fn reads(kind: Kind, path: &'static str, run: fn(&mut World, &Call) -> Result<Done, Refusal>) -> Endpoint {
    Endpoint { kind, operation: ("GET", path), repeatable: Repeatable::No, run }
}

const fn acts(kind: Kind, operation: Operation, run: fn(&mut World, &Call) -> Result<Done, Refusal>) -> Endpoint {
    Endpoint { kind, operation, repeatable: Repeatable::No, run }
}

const fn makes(
    kind: Kind,
    path: &'static str,
    repeatable: Repeatable,
    run: fn(&mut World, &Call) -> Result<Done, Refusal>,
) -> Endpoint {
    Endpoint { kind, operation: ("POST", path), repeatable, run }
}

/// Six hours for orders, 45 days for payments, three hours for the vault (docs: reference/guidelines/idempotency).
const ORDERS: Repeatable = Repeatable::For(6 * HOUR);
const PAYMENTS: Repeatable = Repeatable::For(45 * DAY);
const VAULT: Repeatable = Repeatable::Always(3 * HOUR);

/// The routes.
pub(crate) static ENDPOINTS: [Endpoint; 27] = [
    makes(Kind::CreateOrder, "/v2/checkout/orders", ORDERS, create::create),
    reads(Kind::GetOrder, "/v2/checkout/orders/{id}", create::get),
    acts(Kind::PatchOrder, ("PATCH", "/v2/checkout/orders/{id}"), patch::patch),
    makes(Kind::AuthorizeOrder, "/v2/checkout/orders/{id}/authorize", ORDERS, pay::authorize),
    makes(Kind::CaptureOrder, "/v2/checkout/orders/{id}/capture", ORDERS, pay::capture),
    makes(Kind::TrackOrder, "/v2/checkout/orders/{id}/track", Repeatable::No, track::add),
    acts(Kind::PatchTracker, ("PATCH", "/v2/checkout/orders/{id}/trackers/{tracker_id}"), track::patch),
    reads(Kind::GetAuthorization, "/v2/payments/authorizations/{authorization_id}", authorizations::get),
    makes(
        Kind::CaptureAuthorization,
        "/v2/payments/authorizations/{authorization_id}/capture",
        PAYMENTS,
        authorizations::capture,
    ),
    makes(
        Kind::VoidAuthorization,
        "/v2/payments/authorizations/{authorization_id}/void",
        Repeatable::No,
        authorizations::void,
    ),
    reads(Kind::GetCapture, "/v2/payments/captures/{capture_id}", captures::get),
    makes(Kind::RefundCapture, "/v2/payments/captures/{capture_id}/refund", PAYMENTS, captures::refund),
    reads(Kind::GetRefund, "/v2/payments/refunds/{refund_id}", captures::get_refund),
    makes(Kind::CreateSetupToken, "/v3/vault/setup-tokens", VAULT, vault::create_setup),
    reads(Kind::GetSetupToken, "/v3/vault/setup-tokens/{id}", vault::get_setup),
    makes(Kind::CreatePaymentToken, "/v3/vault/payment-tokens", VAULT, vault::create_token),
    reads(Kind::ListPaymentTokens, "/v3/vault/payment-tokens", vault::list_tokens),
    reads(Kind::GetPaymentToken, "/v3/vault/payment-tokens/{id}", vault::get_token),
    acts(Kind::DeletePaymentToken, ("DELETE", "/v3/vault/payment-tokens/{id}"), vault::delete_token),
    reads(Kind::ListDisputes, "/v1/customer/disputes", dispute::list),
    reads(Kind::GetDispute, "/v1/customer/disputes/{id}", dispute::get),
    makes(Kind::ProvideEvidence, "/v1/customer/disputes/{id}/provide-evidence", Repeatable::No, dispute::evidence),
    makes(Kind::AcceptClaim, "/v1/customer/disputes/{id}/accept-claim", Repeatable::No, dispute::accept),
    makes(Kind::SendMessage, "/v1/customer/disputes/{id}/send-message", Repeatable::No, dispute::message),
    makes(Kind::Adjudicate, "/v1/customer/disputes/{id}/adjudicate", Repeatable::No, dispute::adjudicate),
    reads(Kind::ListTransactions, "/v1/reporting/transactions", reporting::list),
    makes(
        Kind::VerifyWebhookSignature,
        "/v1/notifications/verify-webhook-signature",
        Repeatable::No,
        webhook::verify::verify,
    ),
];
