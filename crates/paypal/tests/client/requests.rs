//! Everything the client can ask, judged by PayPal's schemas.

use crate::recorder::{Recorded, Recorder, Sent};
use crate::samples;
use crate::schemas::{Api, DISPUTES, ORDERS, PAYMENTS, REPORTS, VAULT};
use axum::http::Method;
use domain::carrier::Carrier;
use domain::money::{Currency, Money};
use domain::time::{Span, Timestamp};
use paypal::{
    AcceptClaim, Amount, ClaimRemedy, CustomerType, DisputeQuery, DisputeState, Failure, Id, Label, NewAmount,
    NewCapture, NewEvidence, NewRefund, NewSetupToken, NewTracker, OrderWords, PayPal, Reference, SentParcel,
    TrackedItem, UsageType, VaultExperience,
};
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::num::NonZeroU32;

fn clean(api: &Api, name: &str, value: &Value) {
    assert_eq!(api.complaints(name, value), Vec::<String>::new(), "{value:#}");
}

/// Tries `strategy` with a recorder and a client that all cases share.
fn with_each<S: Strategy>(cases: u32, strategy: S, test: impl AsyncFn(&Recorder, &PayPal, S::Value)) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let (recorder, client) = runtime.block_on(Recorder::start());
    let mut runner = TestRunner::new(Config { cases, ..Config::default() });
    let tried = runner.run(&strategy, |value| {
        runtime.block_on(test(&recorder, &client, value));
        Ok(())
    });
    tried.unwrap_or_else(|error| panic!("{error}"));
}

fn is_keyed(call: &Recorded, key: &str) {
    assert_eq!(call.header("paypal-request-id"), Some(key));
    assert_eq!(call.header("prefer"), Some("return=representation"));
    assert_eq!(call.header("authorization"), Some("Bearer A1"));
}

/// What PayPal adds up, added up again from what was sent.
fn sums_hold(unit: &Value) {
    let minor = |value: &Value| {
        let (code, text) = (value["currency_code"].as_str().expect("a code"), value["value"].as_str().expect("a text"));
        Amount::parse(code, text).expect("an amount").money().minor
    };
    let amount = &unit["amount"];
    let Some(breakdown) = amount["breakdown"].as_object() else { return assert!(unit["items"].is_null()) };
    let part = |name: &str| breakdown.get(name).map_or(0, minor);
    let added = part("item_total") + part("tax_total") + part("shipping") + part("handling") + part("insurance");
    assert_eq!(minor(amount), added - part("shipping_discount") - part("discount"));
    if let Some(items) = unit["items"].as_array() {
        let lines = items.iter().map(|item| {
            let quantity: i64 = item["quantity"].as_str().expect("a text").parse().expect("a number");
            minor(&item["unit_amount"]) * quantity
        });
        assert_eq!(part("item_total"), lines.sum::<i64>());
        assert!(items.iter().all(|item| item["tax"].is_null()), "tax is in tax_total alone");
    }
}

#[test]
fn every_order_is_one_that_paypal_knows() {
    with_each(256, samples::order(), async |recorder, client, order| {
        client.create_order("pay_1:create", &OrderWords::from(&order)).await.expect("an order");
        let call = recorder.only();
        assert_eq!((call.method.clone(), call.path.as_str()), (Method::POST, "/below/v2/checkout/orders"));
        is_keyed(&call, "pay_1:create");
        let body = call.json();
        clean(&ORDERS, "order_request", body);
        assert_eq!(body["purchase_units"].as_array().map(Vec::len), Some(1));
        sums_hold(&body["purchase_units"][0]);
        let preference = &body["payment_source"]["paypal"]["experience_context"]["shipping_preference"];
        let shipped = !body["purchase_units"][0]["shipping"].is_null();
        assert_eq!(preference == "SET_PROVIDED_ADDRESS", shipped);
    });
}

#[test]
fn a_patched_amount_names_the_unit_it_is_of() {
    let units = option::of(samples::reference("[a-z_0-9]{1,256}"));
    with_each(64, (samples::priced(), units), async |recorder, client, (priced, unit)| {
        client.patch_amount("5O1", unit.as_ref(), priced.amount()).await.expect("patched");
        let call = recorder.only();
        assert_eq!((call.method.clone(), call.path.as_str()), (Method::PATCH, "/below/v2/checkout/orders/5O1"));
        assert_eq!(call.header("content-type"), Some("application/json"));
        let patches = call.json();
        clean(&ORDERS, "patch_request", patches);
        clean(&ORDERS, "amount_with_breakdown", &patches[0]["value"]);
        let name = unit.as_ref().map_or("default", Reference::as_str);
        assert_eq!(patches[0]["path"], format!("/purchase_units/@reference_id=='{name}'/amount"));
        assert_eq!(patches[0]["op"], "replace");
    });
}

#[tokio::test]
async fn a_unit_whose_name_ends_the_path_is_not_sent() {
    let (recorder, client) = Recorder::start().await;
    let amount = NewAmount::plain(Money::new(100, Currency::USD)).unwrap();
    let unit = Reference::new("a'/value").unwrap();
    let refused = client.patch_amount("5O1", Some(&unit), &amount).await;
    assert!(matches!(refused, Err(Failure::Unavailable { .. })), "{refused:?}");
    assert!(recorder.all().is_empty());
}

#[tokio::test]
async fn an_approved_order_is_captured_and_authorized_with_an_empty_body() {
    let (recorder, client) = Recorder::start().await;
    client.capture_order("pay_1:capture", "5O1").await.unwrap();
    let call = recorder.only();
    is_keyed(&call, "pay_1:capture");
    assert_eq!((call.method.clone(), call.path.as_str()), (Method::POST, "/below/v2/checkout/orders/5O1/capture"));
    clean(&ORDERS, "order_capture_request", call.json());
    client.authorize_order("pay_1:authorize", "5O1").await.unwrap();
    let call = recorder.only();
    is_keyed(&call, "pay_1:authorize");
    assert_eq!((call.method.clone(), call.path.as_str()), (Method::POST, "/below/v2/checkout/orders/5O1/authorize"));
    clean(&ORDERS, "order_authorize_request", call.json());
}

fn amount() -> impl Strategy<Value = Amount> {
    (samples::currency(), 1i64..10_000_000)
        .prop_map(|((currency, coin), coins)| Amount::of(Money::new(coins * coin, currency)).expect("an amount"))
}

#[test]
fn captures_and_refunds_are_ones_that_paypal_knows() {
    let parts = (option::of(amount()), option::of(samples::reference("[!-~]{1,127}")), option::of(samples::label()));
    let more = (any::<bool>(), option::of(samples::reference("rf_[a-z0-9]{1,100}")));
    with_each(
        128,
        (parts, more),
        async |recorder, client, ((amount, invoice_id, note_to_payer), (last, custom_id))| {
            let (invoice, note) = (invoice_id.clone(), note_to_payer.clone());
            let capture = NewCapture { amount, invoice_id: invoice, final_capture: last, note_to_payer: note };
            client.capture_authorization("pay_1:capture", "9AU", &capture).await.expect("a capture");
            let call = recorder.only();
            is_keyed(&call, "pay_1:capture");
            assert_eq!(call.path, "/below/v2/payments/authorizations/9AU/capture");
            clean(&PAYMENTS, "capture_request", call.json());
            let refund = NewRefund { amount, custom_id, invoice_id, note_to_payer };
            client.refund("rf_1", "7CA", &refund).await.expect("a refund");
            let call = recorder.only();
            is_keyed(&call, "rf_1");
            assert_eq!(call.path, "/below/v2/payments/captures/7CA/refund");
            clean(&PAYMENTS, "refund_request", call.json());
        },
    );
}

#[tokio::test]
async fn what_is_set_aside_is_given_back_with_a_key() {
    let (recorder, client) = Recorder::start().await;
    client.void_authorization("pay_1:void", "9AU").await.unwrap();
    let call = recorder.only();
    is_keyed(&call, "pay_1:void");
    assert_eq!((call.method, call.path.as_str()), (Method::POST, "/below/v2/payments/authorizations/9AU/void"));
}

#[tokio::test]
async fn fetching_names_the_thing_and_carries_nothing() {
    let (recorder, client) = Recorder::start().await;
    client.order("5O1").await.unwrap();
    client.authorization("9AU").await.unwrap();
    client.capture("7CA").await.unwrap();
    client.refund_of("8RE").await.unwrap();
    client.setup_token("5C9").await.unwrap();
    client.payment_token("8kk_84-5t").await.unwrap();
    client.dispute("PP-D-1").await.unwrap();
    client.delete_payment_token("8kk_84-5t").await.unwrap();
    let calls = recorder.all();
    let paths: Vec<_> = calls.iter().map(|call| format!("{} {}", call.method, &call.path["/below".len()..])).collect();
    let expected = [
        "POST /v1/oauth2/token",
        "GET /v2/checkout/orders/5O1",
        "GET /v2/payments/authorizations/9AU",
        "GET /v2/payments/captures/7CA",
        "GET /v2/payments/refunds/8RE",
        "GET /v3/vault/setup-tokens/5C9",
        "GET /v3/vault/payment-tokens/8kk_84-5t",
        "GET /v1/customer/disputes/PP-D-1",
        "DELETE /v3/vault/payment-tokens/8kk_84-5t",
    ];
    assert_eq!(paths, expected);
    for call in &calls[1..] {
        assert_eq!((&call.body, call.header("paypal-request-id")), (&Sent::Nothing, None));
        assert_eq!(call.header("authorization"), Some("Bearer A1"));
        assert_eq!(call.header("accept"), Some("application/json"));
    }
    assert_eq!(calls[0].header("authorization"), Some("Basic Y2xpZW50OnNlY3JldA=="));
}

#[test]
fn what_the_vault_is_asked_is_what_paypal_knows() {
    let parts = (option::of(samples::id("[0-9a-zA-Z_-]{1,22}")), any::<bool>(), option::of(samples::label()));
    let more = (option::of(samples::locale()), "[0-9A-Z_-]{1,255}");
    with_each(64, (parts, more), async |recorder, client, ((customer, several, brand_name), (locale, token))| {
        let (return_url, cancel_url) = ("https://a.example/r", "https://a.example/c");
        let experience = VaultExperience {
            brand_name,
            locale,
            return_url: return_url.parse().expect("an address"),
            cancel_url: cancel_url.parse().expect("an address"),
        };
        let asked = NewSetupToken {
            customer,
            usage_type: UsageType::Merchant,
            customer_type: CustomerType::Consumer,
            permit_multiple_payment_tokens: several,
            experience,
        };
        client.create_setup_token("pm_1:setup", &asked).await.expect("a setup token");
        let call = recorder.only();
        is_keyed(&call, "pm_1:setup");
        assert_eq!(call.path, "/below/v3/vault/setup-tokens");
        clean(&VAULT, "setup_token_request", call.json());
        client.create_payment_token("pm_1:token", &token).await.expect("a payment token");
        let call = recorder.only();
        is_keyed(&call, "pm_1:token");
        assert_eq!(call.path, "/below/v3/vault/payment-tokens");
        clean(&VAULT, "payment_token_request", call.json());
        assert_eq!(call.json()["payment_source"]["token"]["type"], "SETUP_TOKEN");
    });
}

#[tokio::test]
async fn the_tokens_of_a_customer_are_asked_for_by_page() {
    let (recorder, client) = Recorder::start().await;
    assert!(client.payment_tokens_of(&Id::new("cu_12345").unwrap()).await.unwrap().is_empty());
    let call = recorder.only();
    assert_eq!(call.path, "/below/v3/vault/payment-tokens");
    for name in ["customer_id", "page_size", "page", "total_required"] {
        let asked = call.asked(name).expect("asked");
        assert_eq!(VAULT.query_complaints(name, asked), Vec::<String>::new(), "{name}");
    }
}

fn carriers() -> Vec<Carrier> {
    let named = Carrier::Other("Bartolini".parse().expect("a label"));
    Carrier::KNOWN.iter().cloned().chain([named]).collect()
}

#[test]
fn parcels_are_ones_that_paypal_knows_whoever_carries_them() {
    let item = (samples::label(), 1u32..=99, option::of(samples::label()));
    let items = proptest::collection::vec(item, 0..3);
    let carrier = proptest::sample::select(carriers());
    let names = (samples::id("[A-Z0-9]{1,50}"), "[A-Z0-9]{5,40}");
    with_each(128, (names, carrier, any::<bool>(), items), async |recorder, client, parts| {
        let ((capture_id, number), carrier, notify_payer, items) = parts;
        let tracking_number = number.parse().expect("a number");
        let item =
            |(name, quantity, sku)| TrackedItem { name, quantity: NonZeroU32::new(quantity).expect("some"), sku };
        let named = carrier.name().to_owned();
        let items = items.into_iter().map(item).collect();
        let tracker = NewTracker { capture_id, tracking_number, carrier, notify_payer, items };
        client.add_tracking("ship_1", "5O1", &tracker).await.expect("told");
        let call = recorder.only();
        is_keyed(&call, "ship_1");
        assert_eq!(call.path, "/below/v2/checkout/orders/5O1/track");
        clean(&ORDERS, "order_tracker_request", call.json());
        let other = &call.json()["carrier_name_other"];
        assert_eq!(call.json()["carrier"] == "OTHER", !other.is_null());
        assert!(other.is_null() || *other == named);
    });
}

#[tokio::test]
async fn evidence_is_a_form_with_the_parcel_as_proof_of_fulfillment() {
    let (recorder, client) = Recorder::start().await;
    for carrier in carriers() {
        let tracking_number = "1Z999AA10123456784".parse().unwrap();
        let evidence = NewEvidence {
            parcels: vec![SentParcel { carrier, tracking_number }],
            notes: Label::cut("Delivered on Monday"),
        };
        client.provide_evidence("PP-D-1", &evidence).await.unwrap();
        let call = recorder.only();
        assert_eq!(call.path, "/below/v1/customer/disputes/PP-D-1/provide-evidence");
        let Sent::Form(parts) = &call.body else { panic!("not a form: {call:?}") };
        let [(name, kind, input)] = parts.as_slice() else { panic!("not one part: {parts:?}") };
        assert_eq!((name.as_str(), kind.as_str()), ("input", "application/json"));
        let proofs = input["evidences"].as_array().unwrap();
        assert_eq!((input.as_object().unwrap().len(), proofs.len()), (1, 1));
        clean(&DISPUTES, "evidence", &proofs[0]);
        assert_eq!(proofs[0]["evidence_type"], "PROOF_OF_FULFILLMENT");
        assert_eq!(proofs[0]["evidence_info"]["tracking_info"][0]["tracking_number"], "1Z999AA10123456784");
    }
}

#[tokio::test]
async fn a_claim_is_accepted_whole_or_in_part() {
    let (recorder, client) = Recorder::start().await;
    let note = Label::cut("As agreed").unwrap();
    client.accept_claim("PP-D-1", &AcceptClaim { note: note.clone(), remedy: ClaimRemedy::Refund }).await.unwrap();
    let call = recorder.only();
    assert_eq!(call.path, "/below/v1/customer/disputes/PP-D-1/accept-claim");
    assert_eq!(call.json(), &json!({"note": "As agreed", "accept_claim_type": "REFUND"}));
    clean(&DISPUTES, "accept_claim_type", &call.json()["accept_claim_type"]);
    let part = Amount::of(Money::new(1_050, Currency::USD)).unwrap();
    client.accept_claim("PP-D-1", &AcceptClaim { note, remedy: ClaimRemedy::PartialRefund(part) }).await.unwrap();
    let body = recorder.only().json().clone();
    let refund = json!({"currency_code": "USD", "value": "10.50"});
    assert_eq!(body, json!({"note": "As agreed", "accept_claim_type": "PARTIAL_REFUND", "refund_amount": refund}));
    clean(&DISPUTES, "accept_claim_type", &body["accept_claim_type"]);
    clean(&DISPUTES, "money", &body["refund_amount"]);
}

#[tokio::test]
async fn a_message_is_sent_to_the_dispute() {
    let (recorder, client) = Recorder::start().await;
    client.send_message("PP-D-1", &Label::cut("Did it arrive?").unwrap()).await.unwrap();
    let call = recorder.only();
    assert_eq!(call.path, "/below/v1/customer/disputes/PP-D-1/send-message");
    assert_eq!(call.json(), &json!({"message": "Did it arrive?"}));
}

#[tokio::test]
async fn disputes_are_asked_for_in_paypals_words() {
    let (recorder, client) = Recorder::start().await;
    let states = [
        DisputeState::RequiredAction,
        DisputeState::RequiredOtherPartyAction,
        DisputeState::UnderPaypalReview,
        DisputeState::Resolved,
        DisputeState::OpenInquiries,
        DisputeState::Appealable,
    ];
    let of = DisputeQuery::OfTransaction(Id::new("3BC38643YC807283D").unwrap());
    for query in states.map(DisputeQuery::InState).into_iter().chain([of]) {
        client.disputes(&query, Some("QUJD+/=")).await.unwrap();
        let call = recorder.only();
        assert_eq!(call.path, "/below/v1/customer/disputes");
        assert_eq!(call.query.len(), 3);
        for (name, asked) in &call.query {
            assert_eq!(DISPUTES.query_complaints(name, asked), Vec::<String>::new());
        }
    }
}

#[tokio::test]
async fn a_report_is_of_thirty_one_days_at_most() {
    let (recorder, client) = Recorder::start().await;
    let from: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let longest = from.plus(Span::days(31));
    client.transactions(from, longest, 1).await.unwrap();
    let call = recorder.only();
    assert_eq!(call.path, "/below/v1/reporting/transactions");
    assert_eq!((call.asked("start_date"), call.asked("page")), (Some("2026-01-01T00:00:00Z"), Some("1")));
    for (name, asked) in &call.query {
        assert_eq!(REPORTS.query_complaints(name, asked), Vec::<String>::new());
    }
    let beyond = [(longest.plus(Span::millis(1)), 1), (from.minus(Span::millis(1)), 1), (longest, 0)];
    for (to, page) in beyond {
        let refused = client.transactions(from, to, page).await;
        assert!(matches!(refused, Err(Failure::Unavailable { .. })), "{refused:?}");
    }
    assert!(recorder.all().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_under_a_bad_key_or_about_a_bad_id() {
    let (recorder, client) = Recorder::start().await;
    for key in ["", "a b", "a\nb", "é", &"k".repeat(109)] {
        let refused = client.capture_order(key, "5O1").await;
        assert!(matches!(refused, Err(Failure::Unavailable { .. })), "{key}: {refused:?}");
    }
    for id in ["", "..", ".", "a/b", "a?b", "a#b", "é", "%2e%2e", &"x".repeat(256)] {
        let refused = client.capture_order("k", id).await;
        assert!(matches!(refused, Err(Failure::Unavailable { .. })), "{id}: {refused:?}");
    }
    assert!(recorder.all().is_empty());
    client.capture_order(&"k".repeat(108), "5O1").await.unwrap();
}
