use crate::harness::{Merchant, merchant, merchant_of, order, standing, usd};
use paypal_simulator::{Config, Funding, HOUR, Misapproval};
use serde_json::{Value, json};

const ORDERS: &str = "/v2/checkout/orders";

/// Two bags at 20.00, 2.00 of tax, 4.00 of shipping, 1.00 off: 45.00.
fn bags() -> Value {
    json!({
        "intent": "CAPTURE",
        "purchase_units": [{
            "reference_id": "default",
            "custom_id": "pay_1",
            "invoice_id": "ord_1",
            "amount": {
                "currency_code": "USD",
                "value": "45.00",
                "breakdown": {
                    "item_total": usd("40.00"),
                    "tax_total": usd("2.00"),
                    "shipping": usd("4.00"),
                    "discount": usd("1.00"),
                },
            },
            "items": [{ "name": "Bag", "quantity": "2", "unit_amount": usd("20.00"), "sku": "bag" }],
        }],
    })
}

/// The same with another value at a place.
fn but(pointer: &str, value: Value) -> Value {
    let mut body = bags();
    *body.pointer_mut(pointer).unwrap() = value;
    body
}

#[tokio::test]
async fn whoever_has_no_good_token_is_told_so_in_paypals_words() {
    let mut merchant = merchant().await;
    let path = format!("{ORDERS}/ABC");
    let url = format!("{}{path}", merchant.simulator.url());
    let nobody = merchant.sent("GET", &path, merchant.http.get(&url).bearer_auth("x")).await;
    assert_eq!(nobody.status, 401);

    merchant.simulator.advance(9 * HOUR);
    let late = merchant.get(&path).await;
    assert_eq!((late.status, late.text("/name")), (401, "AUTHENTICATION_FAILURE"));

    merchant.sign_in_again().await;
    merchant.get(&path).await.refused(404, "INVALID_RESOURCE_ID");
}

#[tokio::test]
async fn wrong_keys_get_no_token() {
    let merchant = merchant().await;
    let request = merchant.http.post(format!("{}/v1/oauth2/token", merchant.simulator.url()));
    let answer =
        request.basic_auth("simulated-client", Some("guess")).body("grant_type=client_credentials").send().await;
    let answer = answer.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.json::<Value>().await.unwrap()["error"], "invalid_client");
}

#[tokio::test]
async fn the_sums_of_an_order_have_to_be_right() {
    let merchant = merchant().await;
    let unit = "/purchase_units/0";
    let amount = format!("{unit}/amount");
    for (pointer, value, issue) in [
        (format!("{amount}/value"), json!("45.01"), "AMOUNT_MISMATCH"),
        (format!("{amount}/breakdown/item_total"), usd("39.00"), "ITEM_TOTAL_MISMATCH"),
        (format!("{amount}/breakdown/shipping"), usd("-4.00"), "CANNOT_BE_NEGATIVE"),
        (format!("{amount}/breakdown/shipping/currency_code"), json!("EUR"), "MULTI_CURRENCY_ORDER"),
        (format!("{amount}/value"), json!("45.001"), "DECIMAL_PRECISION"),
        (format!("{amount}/value"), json!("0.00"), "CANNOT_BE_ZERO_OR_NEGATIVE"),
        (format!("{amount}/value"), json!("1000000000000000.00"), "MAX_VALUE_EXCEEDED"),
        (format!("{amount}/currency_code"), json!("XTS"), "INVALID_CURRENCY_CODE"),
        (format!("{unit}/items/0/quantity"), json!("3"), "ITEM_TOTAL_MISMATCH"),
    ] {
        merchant.post(ORDERS, &but(&pointer, value)).await.refused(422, issue);
    }
    let mut taxed = bags();
    taxed["purchase_units"][0]["items"][0]["tax"] = usd("1.01");
    merchant.post(ORDERS, &taxed).await.refused(422, "TAX_TOTAL_MISMATCH");
    taxed["purchase_units"][0]["amount"]["breakdown"].as_object_mut().unwrap().remove("tax_total");
    merchant.post(ORDERS, &taxed).await.refused(422, "TAX_TOTAL_REQUIRED");
    let mut bare = bags();
    bare["purchase_units"][0]["amount"].as_object_mut().unwrap().remove("breakdown");
    merchant.post(ORDERS, &bare).await.refused(422, "ITEM_TOTAL_REQUIRED");
    assert_eq!(merchant.post(ORDERS, &bags()).await.status, 201);
}

#[tokio::test]
async fn what_the_schema_does_not_allow_is_named() {
    let merchant = merchant().await;
    merchant.post(ORDERS, &but("/intent", json!("PAY"))).await.refused(400, "INVALID_PARAMETER_VALUE");
    merchant.post(ORDERS, &but("/purchase_units", json!([]))).await.refused(400, "INVALID_ARRAY_MIN_ITEMS");
    merchant.post(ORDERS, &json!({ "intent": "CAPTURE" })).await.refused(400, "MISSING_REQUIRED_PARAMETER");
    let long = but("/purchase_units/0/custom_id", json!("x".repeat(128)));
    let long = merchant.post(ORDERS, &long).await;
    long.refused(400, "INVALID_STRING_LENGTH");
    assert_eq!(long.text("/details/0/field"), "/purchase_units/0/custom_id");
    let broken = merchant.request("POST", ORDERS).header("content-type", "application/json").body("{");
    merchant.sent("POST", ORDERS, broken).await.refused(400, "MALFORMED_REQUEST_JSON");
}

#[tokio::test]
async fn a_misspelt_field_is_refused_by_name_unless_that_is_turned_off() {
    let mut misspelt = bags();
    misspelt["purchase_units"][0]["items"][0]["skew"] = json!("bag");
    let strict = merchant().await.post(ORDERS, &misspelt).await;
    strict.refused(400, "UNKNOWN_FIELD");
    assert_eq!(strict.text("/details/0/field"), "/purchase_units/0/items/0/skew");

    let lenient = merchant_of(Config { strict: false, ..standing() }).await;
    assert_eq!(lenient.post(ORDERS, &misspelt).await.status, 201);
}

#[tokio::test]
async fn the_link_says_whether_a_payment_source_was_named() {
    let merchant = merchant().await;
    let plain = merchant.post(ORDERS, &bags()).await;
    assert_eq!(plain.text("/status"), "CREATED");
    plain.link("approve");
    let mut with_source = bags();
    with_source["payment_source"] = json!({ "paypal": {} });
    let sourced = merchant.post(ORDERS, &with_source).await;
    assert_eq!(sourced.text("/status"), "PAYER_ACTION_REQUIRED");
    sourced.link("payer-action");
}

#[tokio::test]
async fn the_same_key_gives_the_same_order_as_it_stands_now() {
    let merchant = merchant().await;
    let first = merchant.keyed(ORDERS, "pay_1:create", &bags()).await;
    merchant.simulator.approve(first.text("/id"), "ada@example.com", Funding::Card).unwrap();
    let again = merchant.keyed(ORDERS, "pay_1:create", &bags()).await;
    assert_eq!((first.status, again.status), (201, 200));
    assert_eq!((again.text("/id"), again.text("/status")), (first.text("/id"), "APPROVED"));

    let other = merchant.keyed(ORDERS, "pay_1:create", &order("CAPTURE", "1.00")).await;
    other.refused(422, "DUPLICATE_REQUEST_ID");
    // After its window the key acts anew.
    merchant.simulator.advance(6 * HOUR);
    assert_eq!(merchant.keyed(ORDERS, "pay_1:create", &bags()).await.status, 201);
}

#[tokio::test]
async fn only_an_approved_order_is_paid_and_only_once() {
    let merchant = merchant().await;
    let id = merchant.post(ORDERS, &bags()).await.text("/id").to_owned();
    let capture = format!("{ORDERS}/{id}/capture");
    merchant.post(&capture, &json!({})).await.refused(422, "ORDER_NOT_APPROVED");
    merchant.simulator.approve(&id, "ada@example.com", Funding::Balance).unwrap();
    merchant.post(&format!("{ORDERS}/{id}/authorize"), &json!({})).await.refused(422, "ACTION_DOES_NOT_MATCH_INTENT");
    let paid = merchant.keyed(&capture, "pay_1:capture", &json!({})).await;
    assert_eq!((paid.status, paid.text("/status")), (201, "COMPLETED"));
    let again = merchant.keyed(&capture, "pay_1:capture", &json!({})).await;
    let id_of = "/purchase_units/0/payments/captures/0/id";
    assert_eq!((again.status, again.text(id_of)), (200, paid.text(id_of)));
    merchant.keyed(&capture, "another", &json!({})).await.refused(422, "ORDER_ALREADY_CAPTURED");
    // 45.00 less 1.5705 + 0.49.
    assert_eq!(merchant.balance(), 4500 - 206);
}

#[tokio::test]
async fn an_invoice_is_paid_once() {
    let merchant = merchant().await;
    for outcome in [201, 422] {
        let id = merchant.approved(&bags(), Funding::Balance).await;
        let paid = merchant.post(&format!("{ORDERS}/{id}/capture"), &json!({})).await;
        assert_eq!(paid.status, outcome);
        if outcome == 422 {
            paid.refused(422, "DUPLICATE_INVOICE_ID");
        }
    }
}

#[tokio::test]
async fn several_units_need_names_and_cannot_be_held() {
    let merchant = merchant().await;
    let unit = |name: &str| json!({ "reference_id": name, "amount": usd("5.00") });
    let several = |units: Value| json!({ "intent": "CAPTURE", "purchase_units": units });
    merchant.post(ORDERS, &several(json!([unit("a"), unit("a")]))).await.refused(422, "DUPLICATE_REFERENCE_ID");
    let unnamed = json!([unit("a"), { "amount": usd("1.00") }]);
    merchant.post(ORDERS, &several(unnamed)).await.refused(422, "REFERENCE_ID_REQUIRED");
    let mixed = json!([unit("a"), { "reference_id": "b", "amount": { "currency_code": "EUR", "value": "1.00" } }]);
    merchant.post(ORDERS, &several(mixed)).await.refused(422, "MULTI_CURRENCY_ORDER");
    let mut held = several(json!([unit("a"), unit("b")]));
    held["intent"] = json!("AUTHORIZE");
    merchant.post(ORDERS, &held).await.refused(422, "UNSUPPORTED_INTENT");
    assert_eq!(merchant.post(ORDERS, &several(json!([unit("a"), unit("b")]))).await.status, 201);
}

#[tokio::test]
async fn an_order_is_changed_until_it_is_paid() {
    let merchant = merchant().await;
    let id = merchant.approved(&bags(), Funding::Balance).await;
    let path = format!("{ORDERS}/{id}");
    let to = |field: &str, value: Value| json!([{ "op": "replace", "path": format!("/purchase_units/@reference_id=='default'/{field}"), "value": value }]);
    merchant.patch(&path, &to("amount", usd("44.00"))).await.refused(422, "ITEM_TOTAL_REQUIRED");
    let mut amount = bags()["purchase_units"][0]["amount"].clone();
    amount["value"] = json!("44.00");
    amount["breakdown"]["discount"] = usd("2.00");
    assert_eq!(merchant.patch(&path, &to("amount", amount)).await.status, 204);
    assert_eq!(merchant.get(&path).await.text("/purchase_units/0/amount/value"), "44.00");
    merchant.patch(&path, &to("payments", json!([]))).await.refused(422, "NOT_PATCHABLE");
    let misspelt = json!({ "currency_code": "USD", "value": "45.00", "breakdwn": {} });
    merchant.patch(&path, &to("amount", misspelt)).await.refused(400, "UNKNOWN_FIELD");
    let elsewhere = json!([{ "op": "add", "path": "/purchase_units/@reference_id=='x'/custom_id", "value": "y" }]);
    merchant.patch(&path, &elsewhere).await.refused(422, "REFERENCE_ID_NOT_FOUND");

    merchant.post(&format!("{path}/capture"), &json!({})).await;
    merchant.patch(&path, &to("custom_id", json!("x"))).await.refused(422, "ORDER_ALREADY_COMPLETED");
    assert_eq!(merchant.balance(), 4400 - 203);
}

#[tokio::test]
async fn nobody_came_in_time_and_the_order_is_gone() {
    let merchant = merchant().await;
    let id = merchant.post(ORDERS, &bags()).await.text("/id").to_owned();
    merchant.simulator.advance(3 * HOUR);
    merchant.get(&format!("{ORDERS}/{id}")).await.refused(404, "INVALID_RESOURCE_ID");
}

#[tokio::test]
async fn an_approval_that_nobody_used_is_taken_back_and_told() {
    let merchant = merchant().await;
    let id = merchant.approved(&bags(), Funding::Balance).await;
    merchant.simulator.advance(3 * HOUR);
    assert_eq!(merchant.get(&format!("{ORDERS}/{id}")).await.text("/status"), "VOIDED");
    let events = merchant.simulator.events();
    assert_eq!(events.last().unwrap()["event_type"], "CHECKOUT.PAYMENT-APPROVAL.REVERSED");
}

#[tokio::test]
async fn an_order_can_come_back_about_something_else() {
    let merchant = merchant().await;
    let id = merchant.approved(&bags(), Funding::Balance).await;
    let other = paypal_simulator::Money::new(100, paypal_simulator::Currency::parse("USD").unwrap());
    merchant.simulator.misapprove(&id, Misapproval::Amount(other)).unwrap();
    merchant.simulator.misapprove(&id, Misapproval::Payee("STRANGER22222".to_owned())).unwrap();
    let order = merchant.get(&format!("{ORDERS}/{id}")).await;
    assert_eq!(order.text("/purchase_units/0/amount/value"), "1.00");
    assert_eq!(order.text("/purchase_units/0/payee/merchant_id"), "STRANGER22222");
}

#[tokio::test]
async fn a_parcel_is_told_of_and_taken_back() {
    let merchant = merchant().await;
    let id = merchant.approved(&bags(), Funding::Balance).await;
    let paid = merchant.post(&format!("{ORDERS}/{id}/capture"), &json!({})).await;
    let capture = paid.text("/purchase_units/0/payments/captures/0/id").to_owned();
    let track = format!("{ORDERS}/{id}/track");
    let parcel =
        json!({ "capture_id": capture, "tracking_number": "1Z999", "carrier": "UPS", "items": [{ "sku": "bag" }] });
    let told = merchant.post(&track, &parcel).await;
    assert_eq!(told.status, 201, "{}", told.body);
    assert_eq!(told_again(&merchant, &track, &parcel).await, 200);
    let mut wrong = parcel.clone();
    wrong["items"][0]["sku"] = json!("hat");
    merchant.post(&track, &wrong).await.refused(422, "ITEM_SKU_MISMATCH");
    wrong["capture_id"] = json!("NOSUCHCAPTURE");
    merchant.post(&track, &wrong).await.refused(422, "CAPTURE_ID_NOT_FOUND");

    let tracker = format!("{ORDERS}/{id}/trackers/{capture}-1Z999");
    let cancel = json!([{ "op": "replace", "path": "/status", "value": "CANCELLED" }]);
    assert_eq!(merchant.patch(&tracker, &cancel).await.status, 204);
    let shown = merchant.get(&format!("{ORDERS}/{id}")).await;
    assert_eq!(shown.text("/purchase_units/0/shipping/trackers/0/status"), "CANCELLED");
    merchant.patch(&format!("{tracker}x"), &cancel).await.refused(404, "TRACKER_ID_NOT_FOUND");
}

async fn told_again(merchant: &Merchant, track: &str, parcel: &Value) -> u16 {
    merchant.post(track, parcel).await.status
}
