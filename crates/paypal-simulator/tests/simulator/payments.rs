use crate::harness::{Merchant, merchant, order, usd};
use paypal_simulator::{DAY, Funding, HOUR, RefundMood};
use serde_json::{Value, json};

fn of(held: &str, action: &str) -> String {
    format!("/v2/payments/authorizations/{held}{action}")
}

fn capture_of(capture: &str, action: &str) -> String {
    format!("/v2/payments/captures/{capture}{action}")
}

async fn status(merchant: &mut Merchant, path: &str) -> String {
    merchant.sign_in_again().await;
    merchant.get(path).await.text("/status").to_owned()
}

#[tokio::test]
async fn a_held_amount_is_taken_in_parts_and_no_more_than_it() {
    let mut merchant = merchant().await;
    let (_, held) = merchant.held("100.00").await;
    let part = merchant.post(&of(&held, "/capture"), &json!({ "amount": usd("30.00") })).await;
    assert_eq!(part.status, 201);
    assert_eq!(status(&mut merchant, &of(&held, "")).await, "PARTIALLY_CAPTURED");
    let more = json!({ "amount": usd("70.01") });
    merchant.post(&of(&held, "/capture"), &more).await.refused(422, "MAX_CAPTURE_AMOUNT_EXCEEDED");
    let euros = json!({ "amount": { "currency_code": "EUR", "value": "1.00" } });
    merchant.post(&of(&held, "/capture"), &euros).await.refused(422, "AUTH_CAPTURE_CURRENCY_MISMATCH");
    assert_eq!(merchant.post(&of(&held, "/capture"), &json!({})).await.status, 201);
    assert_eq!(status(&mut merchant, &of(&held, "")).await, "CAPTURED");
    merchant.post(&of(&held, "/capture"), &json!({})).await.refused(422, "AUTHORIZATION_ALREADY_CAPTURED");
    merchant.post(&of(&held, "/void"), &json!({})).await.refused(422, "PREVIOUSLY_CAPTURED");
    // Each part pays its own fee: 1.047 + 0.49 and 2.443 + 0.49.
    assert_eq!(merchant.balance(), 10_000 - 154 - 293);
}

#[tokio::test]
async fn the_last_capture_ends_a_hold() {
    let mut merchant = merchant().await;
    let (_, held) = merchant.held("100.00").await;
    let last = json!({ "amount": usd("30.00"), "final_capture": true });
    assert_eq!(merchant.keyed(&of(&held, "/capture"), "k", &last).await.status, 201);
    assert_eq!(merchant.keyed(&of(&held, "/capture"), "k", &last).await.status, 201);
    assert_eq!(status(&mut merchant, &of(&held, "")).await, "CAPTURED");
    merchant.post(&of(&held, "/capture"), &json!({})).await.refused(422, "AUTHORIZATION_ALREADY_CAPTURED");
    assert_eq!(merchant.balance(), 3_000 - 154);
}

#[tokio::test]
async fn a_hold_is_given_up_once() {
    let mut merchant = merchant().await;
    let (_, held) = merchant.held("10.00").await;
    assert_eq!(merchant.post(&of(&held, "/void"), &json!({})).await.status, 204);
    merchant.post(&of(&held, "/void"), &json!({})).await.refused(422, "PREVIOUSLY_VOIDED");
    merchant.post(&of(&held, "/capture"), &json!({})).await.refused(422, "AUTHORIZATION_VOIDED");
    assert_eq!(status(&mut merchant, &of(&held, "")).await, "VOIDED");
    assert_eq!(merchant.simulator.events().last().unwrap()["event_type"], "PAYMENT.AUTHORIZATION.VOIDED");
    assert_eq!(merchant.balance(), 0);
}

#[tokio::test]
async fn a_hold_runs_out_after_29_days() {
    let mut merchant = merchant().await;
    let (_, held) = merchant.held("10.00").await;
    merchant.simulator.advance(29 * DAY - 1);
    assert_eq!(status(&mut merchant, &of(&held, "")).await, "CREATED");
    merchant.simulator.advance(1);
    assert_eq!(status(&mut merchant, &of(&held, "")).await, "VOIDED");
    merchant.post(&of(&held, "/capture"), &json!({})).await.refused(422, "AUTHORIZATION_VOIDED");
}

#[tokio::test]
async fn what_is_left_of_a_hold_runs_out_too() {
    let mut merchant = merchant().await;
    let (_, held) = merchant.held("10.00").await;
    merchant.post(&of(&held, "/capture"), &json!({ "amount": usd("1.00") })).await;
    merchant.simulator.advance(29 * DAY);
    merchant.sign_in_again().await;
    merchant.post(&of(&held, "/capture"), &json!({})).await.refused(422, "AUTHORIZATION_EXPIRED");
}

#[tokio::test]
async fn the_money_is_only_sure_for_three_days() {
    let mut merchant = merchant().await;
    let ((_, sure), (_, unsure)) = (merchant.held("10.00").await, merchant.held("20.00").await);
    merchant.simulator.spend_elsewhere(&sure).unwrap();
    merchant.simulator.spend_elsewhere(&unsure).unwrap();
    merchant.simulator.advance(3 * DAY - HOUR);
    merchant.sign_in_again().await;
    assert_eq!(merchant.post(&of(&sure, "/capture"), &json!({})).await.status, 201);
    merchant.simulator.advance(HOUR);
    merchant.post(&of(&unsure, "/capture"), &json!({})).await.refused(422, "PAYER_CANNOT_PAY");
}

#[tokio::test]
async fn a_hold_in_review_waits() {
    let mut merchant = merchant().await;
    let (_, held) = merchant.held("10.00").await;
    merchant.simulator.review(&held).unwrap();
    assert_eq!(status(&mut merchant, &of(&held, "")).await, "PENDING");
    merchant.post(&of(&held, "/capture"), &json!({})).await.refused(422, "TRANSACTION_REFUSED");
    merchant.simulator.clear_review(&held).unwrap();
    assert_eq!(merchant.post(&of(&held, "/capture"), &json!({})).await.status, 201);
}

#[tokio::test]
async fn refunds_come_to_no_more_than_was_taken_and_the_fee_stays() {
    let mut merchant = merchant().await;
    let (order, capture) = merchant.captured("42.00").await;
    let refund = capture_of(&capture, "/refund");
    merchant.post(&refund, &json!({ "amount": usd("42.01") })).await.refused(422, "REFUND_AMOUNT_EXCEEDED");
    merchant.post(&refund, &json!({ "amount": usd("0.00") })).await.refused(422, "CANNOT_BE_ZERO_OR_NEGATIVE");
    let some = merchant.keyed(&refund, "rf_1", &json!({ "amount": usd("2.00") })).await;
    let again = merchant.keyed(&refund, "rf_1", &json!({ "amount": usd("2.00") })).await;
    assert_eq!(some.text("/id"), again.text("/id"));
    assert_eq!(status(&mut merchant, &capture_of(&capture, "")).await, "PARTIALLY_REFUNDED");
    let rest = merchant.post(&refund, &json!({})).await;
    let rest = merchant.get(&format!("/v2/payments/refunds/{}", rest.text("/id"))).await;
    assert_eq!(rest.text("/amount/value"), "40.00");
    assert_eq!(rest.text("/seller_payable_breakdown/total_refunded_amount/value"), "42.00");
    assert_eq!(rest.text("/seller_payable_breakdown/paypal_fee/value"), "0.00");
    assert_eq!(status(&mut merchant, &capture_of(&capture, "")).await, "REFUNDED");
    merchant.post(&refund, &json!({})).await.refused(422, "CAPTURE_FULLY_REFUNDED");
    let shown = merchant.get(&format!("/v2/checkout/orders/{order}")).await;
    assert_eq!(shown.body.pointer("/purchase_units/0/payments/refunds").unwrap().as_array().unwrap().len(), 2);
    assert_eq!(merchant.balance(), -196);
}

#[tokio::test]
async fn a_bank_takes_its_time_and_the_breakdown_comes_with_the_money() {
    let merchant = merchant().await;
    let id = merchant.approved(&order("CAPTURE", "42.00"), Funding::Bank).await;
    let paid = merchant.post(&format!("/v2/checkout/orders/{id}/capture"), &json!({})).await;
    assert_eq!(paid.text("/status"), "COMPLETED");
    let capture = paid.text("/purchase_units/0/payments/captures/0/id").to_owned();
    let pending = merchant.get(&capture_of(&capture, "")).await;
    assert_eq!((pending.text("/status"), pending.text("/status_details/reason")), ("PENDING", "ECHECK"));
    assert_eq!(pending.body["seller_receivable_breakdown"], Value::Null);
    merchant.post(&capture_of(&capture, "/refund"), &json!({})).await.refused(422, "PENDING_CAPTURE");
    assert_eq!(merchant.balance(), 0);

    merchant.simulator.settle(&capture).unwrap();
    let settled = merchant.get(&capture_of(&capture, "")).await;
    assert_eq!(settled.text("/status"), "COMPLETED");
    assert_eq!(settled.text("/seller_receivable_breakdown/net_amount/value"), "40.04");
    assert_eq!(merchant.balance(), 4_004);
    assert!(merchant.simulator.deny(&capture).is_err());
}

#[tokio::test]
async fn a_bank_that_does_not_pay_leaves_the_hold_to_be_taken_again() {
    let mut merchant = merchant().await;
    let id = merchant.approved(&order("AUTHORIZE", "42.00"), Funding::Bank).await;
    let paid = merchant.post(&format!("/v2/checkout/orders/{id}/authorize"), &json!({})).await;
    let held = paid.text("/purchase_units/0/payments/authorizations/0/id").to_owned();
    let capture = merchant.post(&of(&held, "/capture"), &json!({})).await.text("/id").to_owned();
    merchant.simulator.deny(&capture).unwrap();
    assert_eq!(status(&mut merchant, &capture_of(&capture, "")).await, "DECLINED");
    assert_eq!(merchant.simulator.events().last().unwrap()["event_type"], "PAYMENT.CAPTURE.DENIED");
    assert_eq!(status(&mut merchant, &of(&held, "")).await, "CREATED");
    assert_eq!(merchant.balance(), 0);
}

#[tokio::test]
async fn a_refund_can_wait_and_can_come_back() {
    let mut merchant = merchant().await;
    let (_, capture) = merchant.captured("42.00").await;
    merchant.simulator.refunds(RefundMood::Waits);
    let refund = merchant.post(&capture_of(&capture, "/refund"), &json!({ "amount": usd("2.00") })).await;
    let (id, path) = (refund.text("/id"), format!("/v2/payments/refunds/{}", refund.text("/id")));
    assert_eq!(refund.text("/status"), "PENDING");
    assert_eq!(merchant.balance(), 4_004 - 200);
    merchant.simulator.end_refund(id, false).unwrap();
    assert_eq!(status(&mut merchant, &path).await, "FAILED");
    assert_eq!(status(&mut merchant, &capture_of(&capture, "")).await, "COMPLETED");
    assert_eq!(merchant.balance(), 4_004);
}

#[tokio::test]
async fn a_card_that_its_bank_refuses_completes_the_order_without_money() {
    let merchant = merchant().await;
    let id = merchant.approved(&order("CAPTURE", "42.00"), Funding::RefusedCard).await;
    let paid = merchant.post(&format!("/v2/checkout/orders/{id}/capture"), &json!({})).await;
    assert_eq!((paid.status, paid.text("/status")), (201, "COMPLETED"));
    let payment = "/purchase_units/0/payments/captures/0";
    assert_eq!(paid.text(&format!("{payment}/status")), "DECLINED");
    let refund = capture_of(paid.text(&format!("{payment}/id")), "/refund");
    merchant.post(&refund, &json!({})).await.refused(422, "REFUND_NOT_ALLOWED");
    let events = merchant.simulator.events();
    assert!(events.iter().any(|event| event["event_type"] == "PAYMENT.CAPTURE.DECLINED"));
    assert_eq!(merchant.balance(), 0);
}

#[tokio::test]
async fn a_refund_comes_within_180_days() {
    let mut merchant = merchant().await;
    let (_, capture) = merchant.captured("42.00").await;
    merchant.simulator.advance(180 * DAY - 1);
    merchant.sign_in_again().await;
    let refund = capture_of(&capture, "/refund");
    assert_eq!(merchant.post(&refund, &json!({ "amount": usd("1.00") })).await.status, 201);
    merchant.simulator.advance(1);
    merchant.post(&refund, &json!({})).await.refused(422, "REFUND_TIME_LIMIT_EXCEEDED");
}

#[tokio::test]
async fn whole_yen_have_no_decimals() {
    let merchant = merchant().await;
    let yen = |value: &str| json!({ "currency_code": "JPY", "value": value });
    let body = json!({ "intent": "CAPTURE", "purchase_units": [{ "amount": yen("1500") }] });
    let id = merchant.approved(&body, Funding::Balance).await;
    let paid = merchant.post(&format!("/v2/checkout/orders/{id}/capture"), &json!({})).await;
    let capture = paid.text("/purchase_units/0/payments/captures/0/id");
    assert_eq!(paid.text("/purchase_units/0/payments/captures/0/seller_receivable_breakdown/net_amount/value"), "1447");
    let refund = capture_of(capture, "/refund");
    merchant.post(&refund, &json!({ "amount": yen("1.5") })).await.refused(422, "DECIMALS_NOT_SUPPORTED");
    merchant.post(&refund, &json!({ "amount": usd("1.005") })).await.refused(422, "DECIMAL_PRECISION");
    merchant.post(&refund, &json!({ "amount": usd("1.00") })).await.refused(422, "REFUND_CAPTURE_CURRENCY_MISMATCH");
}
