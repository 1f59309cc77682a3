use super::*;
use serde_json::json;

fn subject(event_type: &str, resource_type: Option<&str>, resource: Value) -> Option<Subject> {
    let event = json!({"id": "WH-1", "event_type": event_type, "resource_type": resource_type, "resource": resource});
    serde_json::from_value::<Event>(event).unwrap().subject()
}

#[test]
fn an_approved_order_is_fetched_as_an_order() {
    let resource = json!({"id": "5O1", "status": "APPROVED", "purchase_units": [{"custom_id": "pay_1"}]});
    let order = Subject::Order { id: "5O1".into(), custom_id: Some("pay_1".into()) };
    assert_eq!(subject("CHECKOUT.ORDER.APPROVED", Some("checkout-order"), resource.clone()), Some(order.clone()));
    assert_eq!(subject("CHECKOUT.ORDER.APPROVED", None, resource), Some(order));
}

#[test]
fn a_reversed_approval_names_its_order() {
    let resource = json!({"order_id": "5O1", "purchase_units": [{"custom_id": "pay_1"}]});
    let order = Subject::Order { id: "5O1".into(), custom_id: Some("pay_1".into()) };
    assert_eq!(subject("CHECKOUT.PAYMENT-APPROVAL.REVERSED", Some("checkout-order"), resource), Some(order));
}

#[test]
fn a_capture_names_its_order_by_its_related_ids_or_by_its_link() {
    let capture =
        |order: &str| Subject::Capture { id: "7CA".into(), order: Some(order.into()), custom_id: Some("pay_1".into()) };
    let related =
        json!({"id": "7CA", "custom_id": "pay_1", "supplementary_data": {"related_ids": {"order_id": "5O1"}}});
    assert_eq!(subject("PAYMENT.CAPTURE.COMPLETED", Some("capture"), related), Some(capture("5O1")));
    let linked = json!({"id": "7CA", "custom_id": "pay_1", "links": [
        {"rel": "self", "href": "https://api-m.paypal.com/v2/payments/captures/7CA"},
        {"rel": "up", "href": "https://api-m.paypal.com/v2/checkout/orders/5O2"},
    ]});
    assert_eq!(subject("PAYMENT.CAPTURE.PENDING", None, linked), Some(capture("5O2")));
}

#[test]
fn a_refunded_capture_is_about_the_refund_and_names_the_capture() {
    let resource = json!({"id": "8RE", "custom_id": "rf_1", "links": [
        {"rel": "up", "href": "https://api-m.paypal.com/v2/payments/captures/7CA"},
    ]});
    let refund = Subject::Refund { id: "8RE".into(), capture: Some("7CA".into()), custom_id: Some("rf_1".into()) };
    assert_eq!(subject("PAYMENT.CAPTURE.REFUNDED", Some("refund"), resource.clone()), Some(refund.clone()));
    assert_eq!(subject("PAYMENT.CAPTURE.REVERSED", None, resource), Some(refund));
}

#[test]
fn what_is_set_aside_kept_and_disputed_is_named() {
    let authorization = Subject::Authorization { id: "9AU".into(), order: None, custom_id: None };
    assert_eq!(
        subject("PAYMENT.AUTHORIZATION.VOIDED", Some("authorization"), json!({"id": "9AU"})),
        Some(authorization)
    );
    let token = Subject::PaymentToken { id: "8kk8451t".into(), customer: Some("cu_1".into()) };
    let resource = json!({"id": "8kk8451t", "customer": {"id": "cu_1"}});
    assert_eq!(subject("VAULT.PAYMENT-TOKEN.CREATED", Some("payment_token"), resource), Some(token.clone()));
    assert_eq!(format!("{token:?}"), "PaymentToken");
    let dispute = Subject::Dispute { id: "PP-D-1".into(), captures: vec!["7CA".into()] };
    let resource = json!({"dispute_id": "PP-D-1", "disputed_transactions": [{"seller_transaction_id": "7CA"}, {}]});
    assert_eq!(subject("CUSTOMER.DISPUTE.CREATED", Some("dispute"), resource), Some(dispute));
}

#[test]
fn an_id_that_would_lead_elsewhere_is_none() {
    for id in ["", "../orders/1", "a/b", "a?b", "a b", "é", &"x".repeat(256)] {
        assert_eq!(subject("PAYMENT.CAPTURE.COMPLETED", Some("capture"), json!({"id": id})), None, "{id}");
    }
    assert_eq!(subject("PAYMENT.CAPTURE.COMPLETED", Some("capture"), json!({"id": 7})), None);
    assert_eq!(subject("PAYMENT.CAPTURE.COMPLETED", Some("capture"), json!(null)), None);
}

#[test]
fn an_event_of_a_kind_unknown_is_read_and_about_nothing() {
    assert_eq!(subject("BILLING.PLAN.CREATED", Some("plan"), json!({"id": "P-1"})), None);
    let event: Event = serde_json::from_value(json!({"id": "WH-1", "event_type": "NEW.THING"})).unwrap();
    assert_eq!((event.event_type, event.create_time), (EventType::Other("NEW.THING".into()), None));
}
