use crate::harness::{merchant, minor, usd};
use paypal_simulator::{Currency, DAY, Money, Opened, Outcome};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

const DISPUTES: &str = "/v1/customer/disputes";

#[tokio::test]
async fn a_dispute_is_listed_answered_and_decided() {
    let merchant = merchant().await;
    let (_, capture) = merchant.captured("42.00").await;
    let opened = Opened { message: Some("It never came".to_owned()), ..Opened::default() };
    let id = merchant.simulator.open_dispute(&capture, opened.clone()).unwrap();
    assert!(id.starts_with("PP-D-"));
    assert!(merchant.simulator.open_dispute(&capture, opened).is_err());

    assert_eq!(merchant.get(&format!("{DISPUTES}?dispute_state=RESOLVED")).await.body["items"], Value::Null);
    let list = merchant.get(&format!("{DISPUTES}?dispute_state=REQUIRED_ACTION")).await;
    assert_eq!(list.text("/items/0/dispute_id"), id);
    let path = format!("{DISPUTES}/{id}");
    let shown = merchant.get(&path).await;
    assert_eq!(shown.text("/disputed_transactions/0/seller_transaction_id"), capture);
    assert_eq!(shown.text("/messages/0/content"), "It never came");
    assert_eq!(shown.text("/seller_response_due_date"), "2026-03-11T12:00:00Z");
    merchant
        .post(&format!("/v2/payments/captures/{capture}/refund"), &json!({}))
        .await
        .refused(422, "TRANSACTION_DISPUTED");

    let said = merchant.post(&format!("{path}/send-message"), &json!({ "message": "It is on its way" })).await;
    assert_eq!(said.status, 200);
    let proof = json!({ "evidences": [{
        "evidence_type": "PROOF_OF_FULFILLMENT",
        "evidence_info": { "tracking_info": [{ "carrier_name": "UPS", "tracking_number": "1Z999" }] },
    }] });
    let form = Form::new().part("input", Part::text(proof.to_string()).mime_str("application/json").unwrap());
    let form = form.part("file1", Part::bytes(b"%PDF".to_vec()).file_name("label.pdf"));
    let evidence = format!("{path}/provide-evidence");
    let given = merchant.sent("POST", &evidence, merchant.request("POST", &evidence).multipart(form)).await;
    assert_eq!(given.status, 200, "{}", given.body);
    let shown = merchant.get(&path).await;
    assert_eq!(shown.text("/status"), "UNDER_REVIEW");
    assert_eq!(shown.text("/evidences/0/evidence_info/tracking_info/0/tracking_number"), "1Z999");
    assert_eq!(shown.text("/evidences/0/documents/0/name"), "label.pdf");

    let decided =
        merchant.post(&format!("{path}/adjudicate"), &json!({ "adjudication_outcome": "SELLER_FAVOR" })).await;
    assert_eq!(decided.status, 200);
    assert_eq!(merchant.get(&path).await.text("/dispute_outcome/outcome_code"), "RESOLVED_SELLER_FAVOUR");
    assert_eq!(merchant.balance(), 4_004);
    let told: Vec<Value> = merchant.simulator.events().iter().map(|event| event["event_type"].clone()).collect();
    let updated = "CUSTOMER.DISPUTE.UPDATED";
    assert_eq!(told[3..], ["CUSTOMER.DISPUTE.CREATED", updated, updated, "CUSTOMER.DISPUTE.RESOLVED"]);
}

#[tokio::test]
async fn a_claim_that_is_accepted_takes_the_money_and_not_the_fee_back() {
    let merchant = merchant().await;
    let (_, capture) = merchant.captured("42.00").await;
    let id = merchant.simulator.open_dispute(&capture, Opened::default()).unwrap();
    let claim = json!({ "note": "Sorry", "accept_claim_type": "REFUND" });
    assert_eq!(merchant.post(&format!("{DISPUTES}/{id}/accept-claim"), &claim).await.status, 200);
    let shown = merchant.get(&format!("{DISPUTES}/{id}")).await;
    assert_eq!(shown.text("/dispute_outcome/outcome_code"), "RESOLVED_BUYER_FAVOUR");
    assert_eq!(minor(&shown.body["dispute_outcome"]["amount_refunded"]), 4_200);
    let capture = merchant.get(&format!("/v2/payments/captures/{capture}")).await;
    assert_eq!(capture.text("/status"), "REFUNDED");
    assert_eq!(merchant.balance(), -196);
    let again = merchant.post(&format!("{DISPUTES}/{id}/accept-claim"), &claim).await;
    again.refused(422, "ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE");
}

#[tokio::test]
async fn part_of_a_capture_can_be_disputed_and_no_more_than_is_left() {
    let merchant = merchant().await;
    let (_, capture) = merchant.captured("42.00").await;
    let dollars = |minor| Some(Money::new(minor, Currency::parse("USD").unwrap()));
    merchant.post(&format!("/v2/payments/captures/{capture}/refund"), &json!({ "amount": usd("40.00") })).await;
    let much = Opened { amount: dollars(201), ..Opened::default() };
    assert!(merchant.simulator.open_dispute(&capture, much).is_err());
    let some = Opened { amount: dollars(150), ..Opened::default() };
    let id = merchant.simulator.open_dispute(&capture, some).unwrap();
    merchant.simulator.resolve_dispute(&id, Outcome::BuyerFavour).unwrap();
    let refund = format!("/v2/payments/captures/{capture}/refund");
    merchant.post(&refund, &json!({ "amount": usd("0.51") })).await.refused(422, "REFUND_AMOUNT_EXCEEDED");
    assert_eq!(merchant.post(&refund, &json!({})).await.status, 201);
    assert_eq!(merchant.balance(), -196);
}

#[tokio::test]
async fn who_does_not_answer_in_time_loses() {
    let mut merchant = merchant().await;
    let (_, capture) = merchant.captured("42.00").await;
    let id = merchant.simulator.open_dispute(&capture, Opened::default()).unwrap();
    merchant.simulator.advance(10 * DAY);
    merchant.sign_in_again().await;
    assert_eq!(merchant.get(&format!("{DISPUTES}/{id}")).await.text("/status"), "RESOLVED");
    assert_eq!(merchant.balance(), -196);
}
