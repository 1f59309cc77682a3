//! Our words against PayPal's.

use crate::schemas::{Api, DISPUTES, ORDERS, PAYMENTS, VAULT};
use paypal::{
    AuthorizationStatus, CaptureStatus, DisputeLifeCycleStage, DisputeReason, DisputeStatus, Issue, Movement,
    OrderIntent, OrderStatus, OutcomeCode, Party, RefundStatus, StatusReason, VaultStatus,
};
use serde_json::Value;
use std::collections::BTreeSet;

fn set(words: &[&'static str]) -> BTreeSet<&'static str> {
    words.iter().copied().collect()
}

#[test]
fn every_word_of_an_answer_has_a_variant() {
    let own = "/enum";
    let status = "/properties/status/enum";
    let reason = "/properties/reason/enum";
    assert_eq!(set(OrderStatus::KNOWN), ORDERS.words("order_status", own));
    assert_eq!(set(OrderIntent::KNOWN), ORDERS.words("checkout_payment_intent", own));
    assert_eq!(set(VaultStatus::KNOWN), ORDERS.words("vault_response", status));
    assert_eq!(set(AuthorizationStatus::KNOWN), PAYMENTS.words("authorization_status", status));
    assert_eq!(set(CaptureStatus::KNOWN), PAYMENTS.words("capture_status", status));
    assert_eq!(set(RefundStatus::KNOWN), PAYMENTS.words("refund_status", status));
    assert_eq!(set(DisputeStatus::KNOWN), DISPUTES.words("status", own));
    assert_eq!(set(DisputeReason::KNOWN), DISPUTES.words("dispute_reason", own));
    assert_eq!(set(DisputeLifeCycleStage::KNOWN), DISPUTES.words("dispute_lifecycle_stage", own));
    assert_eq!(set(OutcomeCode::KNOWN), DISPUTES.words("dispute_outcome", "/properties/outcome_code/enum"));
    assert_eq!(set(Party::KNOWN), DISPUTES.words("money_movement", "/properties/affected_party/enum"));
    assert_eq!(set(Movement::KNOWN), DISPUTES.words("money_movement", "/properties/type/enum"));
    // One reason is in PayPal's SDK and not yet in its files.
    let mut reasons = PAYMENTS.words("capture_status_details", reason);
    reasons.extend(PAYMENTS.words("authorization_status_details", reason));
    reasons.extend(PAYMENTS.words("refund_status_details", reason));
    reasons.insert("DECLINED_BY_RISK_FRAUD_FILTERS");
    assert_eq!(set(StatusReason::KNOWN), reasons);
}

/// Every word that stands in an `issue` of a file.
fn issues(api: &Api, names: &[&str]) -> BTreeSet<String> {
    fn walk(value: &Value, found: &mut BTreeSet<String>) {
        if let Value::Object(fields) = value {
            let words = fields.get("issue").and_then(|issue| issue.get("enum")).and_then(Value::as_array);
            found.extend(words.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
            fields.values().for_each(|inner| walk(inner, found));
        } else if let Value::Array(values) = value {
            values.iter().for_each(|inner| walk(inner, found));
        }
    }
    let mut found = BTreeSet::new();
    names.iter().for_each(|name| walk(api.schema(name), &mut found));
    found
}

#[test]
fn every_issue_that_we_know_is_one_of_paypals() {
    let mut official = issues(
        &ORDERS,
        &[
            "400",
            "401",
            "403",
            "404",
            "422",
            "orders.patch-400",
            "orders.patch-422",
            "orders.confirm-400",
            "orders.confirm-422",
            "orders.authorize-400",
            "orders.authorize-403",
            "orders.authorize-422",
            "orders.capture-400",
            "orders.capture-403",
            "orders.capture-422",
            "orders.track.create-400",
            "orders.track.create-403",
            "orders.track.create-422",
        ],
    );
    let payments = [
        "400",
        "401",
        "403",
        "404",
        "409",
        "422",
        "authorizations.void-422",
        "captures.refund-400",
        "captures.refund-422",
    ];
    official.extend(issues(&PAYMENTS, &payments));
    // The vault's errors stand with its paths; these two are in PayPal's documentation of it.
    let vault = ["TOKEN_EXPIRED", "TOKEN_ID_NOT_FOUND"];
    assert!(VAULT.schema("error_422").is_object());
    let invented: Vec<_> =
        Issue::KNOWN.iter().filter(|issue| !official.contains(**issue) && !vault.contains(*issue)).collect();
    assert_eq!(invented, Vec::<&&str>::new());
}

#[test]
fn the_issues_of_the_design_have_variants() {
    for word in [
        "INSTRUMENT_DECLINED",
        "ORDER_NOT_APPROVED",
        "ORDER_ALREADY_CAPTURED",
        "ORDER_ALREADY_AUTHORIZED",
        "PAYER_ACTION_REQUIRED",
        "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING",
        "TRANSACTION_REFUSED",
        "DUPLICATE_INVOICE_ID",
        "AMOUNT_MISMATCH",
        "CAPTURE_FULLY_REFUNDED",
        "REFUND_AMOUNT_EXCEEDED",
        "REFUND_TIME_LIMIT_EXCEEDED",
        "REFUND_FAILED_INSUFFICIENT_FUNDS",
        "PARTIAL_REFUND_NOT_ALLOWED",
        "MAX_NUMBER_OF_REFUNDS_EXCEEDED",
        "PENDING_CAPTURE",
        "TRANSACTION_DISPUTED",
        "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK",
        "REFUND_CAPTURE_CURRENCY_MISMATCH",
        "CAPTURE_STATUS_NOT_VALID",
        "ITEM_SKU_MISMATCH",
        "CAPTURE_ID_NOT_FOUND",
        "MSP_NOT_SUPPORTED",
        "PAYEE_ACCOUNT_INVALID",
        "PAYEE_ACCOUNT_LOCKED_OR_CLOSED",
        "PAYEE_ACCOUNT_NOT_VERIFIED",
        "PAYEE_ACCOUNT_RESTRICTED",
        "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED",
        "PAYPAL_REQUEST_ID_REQUIRED",
        "UNSUPPORTED_INTENT",
        "DECIMAL_PRECISION",
        "DECIMALS_NOT_SUPPORTED",
        "ITEM_TOTAL_MISMATCH",
        "ITEM_TOTAL_REQUIRED",
        "TAX_TOTAL_MISMATCH",
        "TAX_TOTAL_REQUIRED",
        "MULTI_CURRENCY_ORDER",
        "ORDER_COMPLETION_IN_PROGRESS",
        "PREVIOUS_REQUEST_IN_PROGRESS",
    ] {
        assert!(!matches!(Issue::from(word), Issue::Other(_)), "{word}");
        assert_eq!(Issue::from(word).as_str(), word);
    }
    assert_eq!(Issue::from("NEW_THING"), Issue::Other("NEW_THING".into()));
}
