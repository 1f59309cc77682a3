//! What the client makes of every answer, and of none.

use crate::wire::{Then, Wire, answer};
use domain::money::{Currency, Money};
use paypal::{Amount, CaptureStatus, Failure, Issue, NewRefund, Order, OrderStatus, PayPal, Settings, StatusReason};
use serde_json::{Value, json};
use std::time::Duration;

const DEBUG: &str = "paypal-debug-id: f00d\r\n";

/// What capturing an order comes to when PayPal says this.
async fn captured(then: Then) -> Result<Order, Failure> {
    Wire::saying(then).await.client().capture_order("pay_1:capture", "5O1").await
}

fn refusal(name: &str, issues: &[&str]) -> Vec<u8> {
    let details: Vec<Value> =
        issues.iter().map(|issue| json!({"issue": issue, "description": "…", "field": "/x"})).collect();
    json!({"name": name, "message": "…", "details": details, "debug_id": "b0d1", "links": []}).to_string().into_bytes()
}

fn is_in_doubt(result: &Result<Order, Failure>, debug_id: Option<&str>) {
    match result {
        Err(Failure::InDoubt { debug_id: said, .. }) => assert_eq!(said.as_deref(), debug_id),
        other => panic!("not in doubt: {other:?}"),
    }
}

#[tokio::test]
async fn a_refusal_says_why_in_words_to_branch_on() {
    let body = refusal("UNPROCESSABLE_ENTITY", &["INSTRUMENT_DECLINED", "NEW_THING"]);
    let expected = Failure::Refused {
        status: 422,
        name: "UNPROCESSABLE_ENTITY".into(),
        issues: vec![Issue::InstrumentDeclined, Issue::Other("NEW_THING".into())],
        debug_id: Some("b0d1".into()),
    };
    assert_eq!(captured(answer(422, "", &body)).await, Err(expected.clone()));
    assert!(expected.is_for(&Issue::InstrumentDeclined));
    assert!(!expected.is_for(&Issue::OrderNotApproved));
}

#[tokio::test]
async fn the_debug_id_of_the_header_comes_before_that_of_the_body() {
    let failure =
        captured(answer(404, DEBUG, &refusal("RESOURCE_NOT_FOUND", &["INVALID_RESOURCE_ID"]))).await.unwrap_err();
    assert_eq!(failure.debug_id(), Some("f00d"));
    assert!(failure.is_not_found());
}

#[tokio::test]
async fn what_is_under_way_or_too_often_is_busy() {
    for (status, body) in [
        (409, refusal("RESOURCE_CONFLICT", &["PREVIOUS_REQUEST_IN_PROGRESS"])),
        (422, refusal("UNPROCESSABLE_ENTITY", &["ORDER_COMPLETION_IN_PROGRESS"])),
        (400, refusal("PREVIOUS_REQUEST_IN_PROGRESS", &[])),
        (429, b"<html>Too many</html>".to_vec()),
        (409, Vec::new()),
    ] {
        assert_eq!(captured(answer(status, DEBUG, &body)).await, Err(Failure::Busy { debug_id: Some("f00d".into()) }));
    }
}

#[tokio::test]
async fn keys_that_may_not_do_this_are_ours_to_mend() {
    let body = refusal("NOT_AUTHORIZED", &["PERMISSION_DENIED"]);
    let auth = Failure::Auth { debug_id: Some("b0d1".into()) };
    assert_eq!(captured(answer(403, "", &body)).await, Err(auth.clone()));
    assert_eq!(captured(answer(403, "", &refusal("NOT_AUTHORIZED", &[]))).await, Err(auth));
    let denied = captured(answer(403, DEBUG, b"<html>Denied</html>")).await;
    assert_eq!(denied, Err(Failure::Auth { debug_id: Some("f00d".into()) }));
}

#[tokio::test]
async fn an_account_that_may_not_is_refused_for_its_own_reason() {
    for issue in [Issue::PayeeAccountNotVerified, Issue::ConsentNeeded] {
        let body = refusal("NOT_AUTHORIZED", &[issue.as_str()]);
        let failure = captured(answer(403, "", &body)).await.unwrap_err();
        assert!(failure.is_for(&issue), "{failure:?}");
    }
}

#[tokio::test]
async fn what_paypal_keeps_is_read_whoever_it_names() {
    let holder = json!({"email_address": "b@example.com", "account_id": "QYR5Z8XDVJNXQ", "payer_id": "QYR5Z8XDVJNXQ"});
    let token = json!({"id": "8kk8451t", "customer": {"id": "cu_12345"}, "payment_source": {"paypal": holder}});
    let client = Wire::saying(answer(200, "", token.to_string().as_bytes())).await.client();
    let kept = client.payment_token("8kk8451t").await.unwrap();
    assert_eq!(kept.customer_id(), Some("cu_12345"));
    assert_eq!(kept.paypal().and_then(|holder| holder.account_id.as_deref()), Some("QYR5Z8XDVJNXQ"));
    assert!(!format!("{kept:?}").contains("8kk8451t"));
    let page = json!({"total_pages": 3, "payment_tokens": [token]});
    let wire = Wire::saying(answer(200, "", page.to_string().as_bytes())).await;
    let all = wire.client().payment_tokens_of(&paypal::Id::new("cu_12345").unwrap()).await.unwrap();
    assert_eq!((all.len(), wire.counts()), (3, (1, 3)));
}

#[tokio::test]
async fn what_is_not_understood_is_in_doubt() {
    let order = json!({"id": "5O1", "status": "COMPLETED"}).to_string();
    for (then, debug_id) in [
        (answer(201, DEBUG, b"<html>done</html>"), Some("f00d")),
        (answer(201, DEBUG, b""), Some("f00d")),
        (answer(201, DEBUG, &order.as_bytes()[..order.len() - 2]), Some("f00d")),
        (answer(201, DEBUG, br#"{"id":"5O1"}"#), Some("f00d")),
        (answer(201, DEBUG, br#"{"id":"5O2","status":"COMPLETED"}"#), Some("f00d")),
        (answer(201, DEBUG, br#"["5O1"]"#), Some("f00d")),
        (answer(502, DEBUG, b"<html>Bad gateway</html>"), Some("f00d")),
        (answer(500, "", &refusal("INTERNAL_SERVER_ERROR", &[])), Some("b0d1")),
        (answer(503, "", &refusal("SERVICE_UNAVAILABLE", &[])), Some("b0d1")),
        (answer(408, "", &refusal("REQUEST_TIMEOUT", &[])), Some("b0d1")),
        // A page of somebody in between: it is not known whether PayPal was asked.
        (answer(404, "", b"<html>Not here</html>"), None),
        (answer(400, "", b"{}"), None),
        (answer(302, "location: http://127.0.0.1:9/\r\n", b""), None),
    ] {
        is_in_doubt(&captured(then).await, debug_id);
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_in_doubt() {
    let head = "HTTP/1.1 201 Created\r\npaypal-debug-id: f00d\r\ncontent-length: 500\r\n\r\n{\"id\":\"5O1\",";
    is_in_doubt(&captured(Then::Bytes(head.into())).await, Some("f00d"));
    is_in_doubt(&captured(Then::Bytes(b"HTTP/1.1 201 Cre".to_vec())).await, None);
    is_in_doubt(&captured(Then::Bytes(b"not http at all\r\n\r\n".to_vec())).await, None);
}

#[tokio::test]
async fn an_answer_of_more_than_a_mebibyte_is_in_doubt() {
    let padded = |blanks: usize| {
        let order = json!({"id": "5O1", "status": "COMPLETED"}).to_string();
        [order.into_bytes(), vec![b' '; blanks]].concat()
    };
    assert!(captured(answer(201, "", &padded(1_000_000))).await.is_ok());
    is_in_doubt(&captured(answer(201, DEBUG, &padded(1_048_576))).await, Some("f00d"));
}

#[tokio::test]
async fn a_connection_that_ends_after_the_question_is_in_doubt() {
    is_in_doubt(&captured(Then::Ends).await, None);
}

#[tokio::test]
async fn silence_after_the_question_is_in_doubt() {
    let wire = Wire::saying(Then::Silence).await;
    let client = wire.client_waiting(Duration::from_secs(4));
    is_in_doubt(&client.capture_order("pay_1:capture", "5O1").await, None);
    assert_eq!(wire.counts(), (1, 1));
}

#[tokio::test]
async fn a_call_is_never_sent_again_by_itself() {
    for then in [Then::Ends, answer(502, "", b""), answer(429, "", b""), answer(302, "location: /\r\n", b"")] {
        let wire = Wire::saying(then).await;
        assert!(wire.client().capture_order("pay_1:capture", "5O1").await.is_err());
        assert_eq!(wire.counts(), (1, 1));
    }
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_sent() {
    // A port that was free a moment ago.
    let address = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let client = PayPal::new(Settings::new(&format!("http://{address}"), "client", "secret").unwrap()).unwrap();
    let failure = client.capture_order("pay_1:capture", "5O1").await.unwrap_err();
    assert!(matches!(failure, Failure::Unavailable { .. }), "{failure:?}");
}

#[tokio::test]
async fn where_nobody_listens_any_more_nothing_was_sent_either() {
    let wire = Wire::saying(answer(200, "", br#"{"id":"5O1","status":"APPROVED"}"#)).await;
    let client = wire.client();
    client.order("5O1").await.unwrap();
    wire.end().await;
    // There is a token: it is the call itself that finds nobody.
    let failure = client.capture_order("pay_1:capture", "5O1").await.unwrap_err();
    assert!(matches!(&failure, Failure::Unavailable { why } if !why.contains("token")), "{failure:?}");
}

#[tokio::test]
async fn words_that_are_new_are_kept_and_fields_passed_over() {
    let body = json!({
        "id": "5O1", "status": "SLEEPING", "intent": "CAPTURE", "new_field": {"a": [1]},
        "payment_source": {"paypal": {"email_address": "b@example.com", "account_id": "QYR5Z8XDVJNXQ", "attributes": {
            "vault": {"id": "8kk8451t", "status": "VAULTED", "customer": {"id": "cu_1"}, "more": true}}}},
        "purchase_units": [{"reference_id": "default", "custom_id": "pay_1", "invoice_id": "inv_1",
            "amount": {"currency_code": "USD", "value": "100.00", "breakdown": {}},
            "payee": {"merchant_id": "X5XAHHCG636FA"},
            "payments": {"captures": [{"id": "7CA", "status": "THINKING", "status_details": {"reason": "MOON"},
                "amount": {"currency_code": "USD", "value": "100.00"}, "final_capture": true,
                "seller_receivable_breakdown": {
                    "gross_amount": {"currency_code": "USD", "value": "100.00"},
                    "paypal_fee": {"currency_code": "USD", "value": "3.50"},
                    "net_amount": {"currency_code": "USD", "value": "96.50"}},
                "create_time": "not a time"}]}}],
        "links": [{"href": "https://www.paypal.com/checkoutnow?token=5O1", "rel": "payer-action", "method": "GET"}],
    });
    let order = captured(answer(200, "", body.to_string().as_bytes())).await.unwrap();
    let usd = |minor| Some(Amount::of(Money::new(minor, Currency::USD)).unwrap());
    assert_eq!(order.status, OrderStatus::Other("SLEEPING".into()));
    assert_eq!(order.approval_link(), Some("https://www.paypal.com/checkoutnow?token=5O1"));
    assert_eq!(order.vaulted().and_then(|kept| kept.customer_id()), Some("cu_1"));
    assert_eq!(order.purchase_units[0].amount, usd(10_000));
    let capture = order.captures().next().unwrap();
    assert_eq!(capture.status, CaptureStatus::Other("THINKING".into()));
    assert_eq!(capture.reason(), Some(&StatusReason::Other("MOON".into())));
    let receivable = capture.seller_receivable_breakdown.unwrap();
    assert_eq!(
        (Some(receivable.gross_amount), receivable.paypal_fee, receivable.net_amount),
        (usd(10_000), usd(350), usd(9_650))
    );
    // Whose it is and what is paid with are in no log.
    let logged = format!("{order:?}");
    assert!(!logged.contains("b@example.com") && !logged.contains("8kk8451t"), "{logged}");
}

#[tokio::test]
async fn an_amount_that_is_none_is_in_doubt() {
    for value in ["1e5", "100.001", "9999999999999999", "NaN"] {
        let capture = json!({"id": "7CA", "status": "COMPLETED", "amount": {"currency_code": "USD", "value": value}});
        let body =
            json!({"id": "5O1", "status": "COMPLETED", "purchase_units": [{"payments": {"captures": [capture]}}]});
        is_in_doubt(&captured(answer(201, DEBUG, body.to_string().as_bytes())).await, Some("f00d"));
    }
}

#[tokio::test]
async fn an_approval_link_is_taken_by_either_name() {
    for rel in ["approve", "payer-action"] {
        let links =
            json!([{"href": "https://a.example/self", "rel": "self"}, {"href": "https://a.example/go", "rel": rel}]);
        let body = json!({"id": "5O1", "status": "CREATED", "links": links});
        let order = captured(answer(200, "", body.to_string().as_bytes())).await.unwrap();
        assert_eq!(order.approval_link(), Some("https://a.example/go"));
    }
}

#[tokio::test]
async fn what_says_nothing_but_done_needs_no_body() {
    let client = Wire::saying(answer(204, "", b"")).await.client();
    assert_eq!(client.void_authorization("pay_1:void", "9AU").await, Ok(()));
    assert_eq!(client.delete_payment_token("8kk8451t").await, Ok(()));
    let client = Wire::saying(answer(200, "", br#"{"links":[]}"#)).await.client();
    assert_eq!(client.void_authorization("pay_1:void", "9AU").await, Ok(()));
}

#[tokio::test]
async fn a_page_of_somebody_in_between_is_not_paypal_saying_done() {
    for (status, body) in [(200, &b"<html>Welcome</html>"[..]), (200, b""), (201, b"{\"links\":[")] {
        let client = Wire::saying(answer(status, DEBUG, body)).await.client();
        let failure = client.void_authorization("pay_1:void", "9AU").await.unwrap_err();
        assert!(matches!(failure, Failure::InDoubt { .. }), "{failure:?}");
        assert_eq!(failure.debug_id(), Some("f00d"));
    }
}

#[tokio::test]
async fn a_refund_without_its_amount_is_still_known() {
    let client = Wire::saying(answer(201, "", br#"{"id":"8RE","status":"PENDING"}"#)).await.client();
    let refund = client.refund("rf_1", "7CA", &NewRefund::default()).await.unwrap();
    assert_eq!((refund.id.as_str(), refund.amount), ("8RE", None));
}

#[tokio::test]
async fn a_report_and_disputes_are_read_page_by_page() {
    let report = json!({"transaction_details": [
        {"transaction_info": {"transaction_id": "7CA", "custom_field": "pay_1", "transaction_status": "S",
            "transaction_initiation_date": "2026-01-02T03:04:05+0000",
            "transaction_amount": {"currency_code": "USD", "value": "-465.00"},
            "fee_amount": {"currency_code": "KRW", "value": "13.79"}}},
        {"payer_info": {}}], "page": 1, "total_pages": 3});
    let client = Wire::saying(answer(200, "", report.to_string().as_bytes())).await.client();
    let at = "2026-01-02T03:04:05Z".parse().unwrap();
    let page = client.transactions(at, at, 1).await.unwrap();
    let all: Vec<_> = page.all().collect();
    assert_eq!((all.len(), page.total_pages), (1, Some(3)));
    assert_eq!(all[0].transaction_initiation_date, Some(at));
    let next = "https://api-m.paypal.com/v1/customer/disputes?page_size=50&next_page_token=QUJD%2B";
    let list = json!({"items": [{"dispute_id": "PP-D-1", "status": "OPEN"}], "links": [{"href": next, "rel": "next"}]});
    let client = Wire::saying(answer(200, "", list.to_string().as_bytes())).await.client();
    let query = paypal::DisputeQuery::InState(paypal::DisputeState::RequiredAction);
    let page = client.disputes(&query, None).await.unwrap();
    assert_eq!((page.items[0].dispute_id.as_str(), page.next_page()), ("PP-D-1", Some("QUJD+".to_owned())));
}
