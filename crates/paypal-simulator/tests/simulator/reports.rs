use crate::harness::{Answer, Merchant, merchant, merchant_of, order, standing, usd};
use paypal_simulator::{Config, Funding, HOUR, Opened, Outcome};
use serde_json::{Value, json};

async fn report(merchant: &Merchant, more: &str) -> Answer {
    let range = "start_date=2026-03-01T00:00:00Z&end_date=2026-03-31T23:59:59Z";
    merchant.get(&format!("/v1/reporting/transactions?{range}{more}")).await
}

fn lines(report: &Answer) -> Vec<&Value> {
    report.body["transaction_details"].as_array().into_iter().flatten().map(|line| &line["transaction_info"]).collect()
}

#[tokio::test]
async fn what_moved_is_reported_with_our_own_names_and_the_fee() {
    let merchant = merchant().await;
    let mut body = order("CAPTURE", "42.00");
    body["purchase_units"][0]["custom_id"] = json!("pay_1");
    body["purchase_units"][0]["invoice_id"] = json!("ord_1");
    let id = merchant.approved(&body, Funding::Balance).await;
    let paid = merchant.post(&format!("/v2/checkout/orders/{id}/capture"), &json!({})).await;
    let capture = paid.text("/purchase_units/0/payments/captures/0/id").to_owned();
    merchant.post(&format!("/v2/payments/captures/{capture}/refund"), &json!({ "amount": usd("2.00") })).await;
    let dispute = merchant.simulator.open_dispute(&capture, Opened::default()).unwrap();
    merchant.simulator.resolve_dispute(&dispute, Outcome::BuyerFavour).unwrap();

    let report = report(&merchant, "").await;
    let mut lines = lines(&report);
    lines.sort_by_key(|line| line["transaction_event_code"].as_str());
    let of = |place: usize, field: &str| lines[place][field].as_str().or(lines[place][field]["value"].as_str());
    assert_eq!(of(0, "transaction_event_code"), Some("T0006"));
    assert_eq!((of(0, "transaction_amount"), of(0, "fee_amount")), (Some("42.00"), Some("-1.96")));
    assert_eq!((of(0, "custom_field"), of(0, "invoice_id")), (Some("pay_1"), Some("ord_1")));
    assert_eq!((of(1, "transaction_event_code"), of(1, "transaction_amount")), (Some("T1106"), Some("-40.00")));
    assert_eq!((of(2, "transaction_event_code"), of(2, "transaction_amount")), (Some("T1107"), Some("-2.00")));
    assert_eq!(of(2, "paypal_reference_id"), Some(capture.as_str()));
}

#[tokio::test]
async fn a_report_comes_page_by_page() {
    let merchant = merchant().await;
    for _ in 0..5 {
        merchant.captured("1.00").await;
    }
    let mut found = Vec::new();
    for page in 1..=3 {
        let page = report(&merchant, &format!("&page_size=2&page={page}")).await;
        assert_eq!((&page.body["total_items"], &page.body["total_pages"]), (&json!(5), &json!(3)));
        found.extend(lines(&page).iter().map(|line| line["transaction_id"].as_str().unwrap().to_owned()));
    }
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 5);
}

#[tokio::test]
async fn what_is_young_is_not_reported_yet() {
    let merchant = merchant_of(Config { reporting_delay: 3 * HOUR, ..standing() }).await;
    merchant.captured("1.00").await;
    merchant.simulator.advance(3 * HOUR - 1);
    assert_eq!(lines(&report(&merchant, "").await).len(), 0);
    merchant.simulator.advance(1);
    assert_eq!(lines(&report(&merchant, "").await).len(), 1);
}

#[tokio::test]
async fn a_range_has_an_end_and_is_no_longer_than_31_days() {
    let merchant = merchant().await;
    let path = "/v1/reporting/transactions";
    merchant.get(path).await.refused(400, "MISSING_REQUIRED_PARAMETER");
    let long = format!("{path}?start_date=2026-03-01T00:00:00Z&end_date=2026-04-01T00:00:01Z");
    merchant.get(&long).await.refused(400, "INVALID_PARAMETER_VALUE");
    let exact = format!("{path}?start_date=2026-03-01T00:00:00Z&end_date=2026-04-01T00:00:00Z");
    assert_eq!(merchant.get(&exact).await.status, 200);
}
