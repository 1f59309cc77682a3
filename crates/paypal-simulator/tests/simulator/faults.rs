use crate::harness::{Merchant, merchant, order};
use paypal_simulator::{Fault, Funding, Kind};
use reqwest::RequestBuilder;
use serde_json::{Value, json};

fn create(merchant: &Merchant) -> RequestBuilder {
    let request = merchant.request("POST", "/v2/checkout/orders").header("PayPal-Request-Id", "pay_1");
    request.json(&order("CAPTURE", "1.00"))
}

fn orders(merchant: &Merchant) -> usize {
    merchant.simulator.books()["orders"].as_array().unwrap().len()
}

#[tokio::test]
async fn what_broke_before_was_not_done_and_what_broke_after_was() {
    let merchant = merchant().await;
    for (fault, status, made) in [
        (Fault::BrokenBefore, 500, 0),
        (Fault::TooMany, 429, 0),
        (Fault::InProgress, 409, 0),
        (Fault::BrokenAfter, 500, 1),
    ] {
        merchant.simulator.fault(Kind::CreateOrder, fault, 1);
        let answer = create(&merchant).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), orders(&merchant)), (status, made), "{fault:?}");
    }
    // The same key finds what was made.
    let again = merchant.sent("POST", "/v2/checkout/orders", create(&merchant)).await;
    assert_eq!((again.status, orders(&merchant)), (200, 1));
}

#[tokio::test]
async fn a_connection_can_end_without_an_answer() {
    let merchant = merchant().await;
    merchant.simulator.fault(Kind::CreateOrder, Fault::HangUpAfter, 1);
    assert!(create(&merchant).send().await.is_err());
    assert_eq!(orders(&merchant), 1);
}

#[tokio::test]
async fn an_answer_may_never_come() {
    let merchant = merchant().await;
    merchant.simulator.fault(Kind::CreateOrder, Fault::SilentAfter, 1);
    let answer = tokio::spawn(create(&merchant).send());
    // Others are answered meanwhile.
    while orders(&merchant) == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(merchant.sent("POST", "/v2/checkout/orders", create(&merchant)).await.status, 200);
    assert!(!answer.is_finished());
    answer.abort();
}

#[tokio::test]
async fn an_answer_may_be_a_gateways_page() {
    let merchant = merchant().await;
    merchant.simulator.fault(Kind::CreateOrder, Fault::HtmlAfter, 1);
    let answer = create(&merchant).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["content-type"].to_str().unwrap()), (502, "text/html"));
    assert_eq!(orders(&merchant), 1);
}

#[tokio::test]
async fn an_answer_may_use_words_of_tomorrow() {
    let merchant = merchant().await;
    merchant.simulator.fault(Kind::CreateOrder, Fault::UnknownWords, 1);
    let answer: Value = create(&merchant).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["status"], "A_WORD_OF_TOMORROW");
}

#[tokio::test]
async fn paypals_own_header_asks_for_a_refusal() {
    let merchant = merchant().await;
    let id = merchant.approved(&order("CAPTURE", "1.00"), Funding::Balance).await;
    let path = format!("/v2/checkout/orders/{id}/capture");
    let mock = r#"{"mock_application_codes":"INSTRUMENT_DECLINED"}"#;
    let request = merchant.request("POST", &path).header("PayPal-Mock-Response", mock).json(&json!({}));
    merchant.sent("POST", &path, request).await.refused(422, "INSTRUMENT_DECLINED");
    assert_eq!(merchant.post(&path, &json!({})).await.status, 201);
}

#[tokio::test]
async fn the_controls_are_there_over_http_too() {
    let merchant = merchant().await;
    let control = |path: &str, body: Value| {
        merchant.http.post(format!("{}/simulator/{path}", merchant.simulator.url())).json(&body).send()
    };
    let planned = control("faults", json!({ "kind": "create_order", "fault": "broken_before" })).await.unwrap();
    assert_eq!(planned.status(), 200);
    assert_eq!(create(&merchant).send().await.unwrap().status(), 500);
    assert_eq!(
        control("faults", json!({ "kind": "create_order", "fault": "earthquake" })).await.unwrap().status(),
        422
    );

    let id = merchant.post("/v2/checkout/orders", &order("CAPTURE", "42.00")).await.text("/id").to_owned();
    let approve = json!({ "email": "ada@example.com", "funding": "bank" });
    assert_eq!(control(&format!("orders/{id}/approve"), approve.clone()).await.unwrap().status(), 200);
    assert_eq!(control("orders/NOSUCH/approve", approve).await.unwrap().status(), 404);
    let paid = merchant.post(&format!("/v2/checkout/orders/{id}/capture"), &json!({})).await;
    let capture = paid.text("/purchase_units/0/payments/captures/0/id");
    assert_eq!(control(&format!("captures/{capture}/settle"), json!({})).await.unwrap().status(), 200);
    assert_eq!(control(&format!("captures/{capture}/deny"), json!({})).await.unwrap().status(), 409);
    let opened: Value =
        control(&format!("captures/{capture}/disputes"), json!({})).await.unwrap().json().await.unwrap();
    let dispute = opened["dispute_id"].as_str().unwrap();
    let outcome = json!({ "outcome": "buyer_favour" });
    assert_eq!(control(&format!("disputes/{dispute}/resolve"), outcome).await.unwrap().status(), 200);
    let clock = control("clock", json!({ "advance_seconds": 60 })).await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(clock["time"], "2026-03-01T12:01:00Z");

    let books = merchant.http.get(format!("{}/simulator/books", merchant.simulator.url())).send().await.unwrap();
    let books: Value = books.json().await.unwrap();
    assert_eq!(books, merchant.simulator.books());
    assert_eq!(merchant.balance(), -196);
    assert_eq!(books["postings"].as_array().unwrap().len(), 3);
}
