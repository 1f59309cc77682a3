use crate::harness::{Merchant, merchant, order};
use paypal_simulator::{Funding, VaultMood};
use serde_json::{Value, json};

const ORDERS: &str = "/v2/checkout/orders";
const TOKENS: &str = "/v3/vault/payment-tokens";
const SETUPS: &str = "/v3/vault/setup-tokens";

fn with_vault(token: &str) -> Value {
    let mut body = order("CAPTURE", "42.00");
    body["payment_source"] = json!({ "paypal": { "vault_id": token } });
    body
}

/// A first purchase that saves the method for a customer. Gives back the token.
async fn saved(merchant: &Merchant, customer: &str) -> String {
    let mut body = order("CAPTURE", "10.00");
    body["payment_source"] = json!({ "paypal": { "attributes": {
        "customer": { "id": customer },
        "vault": { "store_in_vault": "ON_SUCCESS", "usage_type": "MERCHANT", "customer_type": "CONSUMER" },
    } } });
    let id = merchant.approved(&body, Funding::Balance).await;
    let paid = merchant.post(&format!("{ORDERS}/{id}/capture"), &json!({})).await;
    assert_eq!(paid.text("/payment_source/paypal/attributes/vault/status"), "VAULTED");
    assert_eq!(paid.text("/payment_source/paypal/attributes/vault/customer/id"), customer);
    paid.text("/payment_source/paypal/attributes/vault/id").to_owned()
}

#[tokio::test]
async fn a_saved_method_pays_in_one_call_that_needs_a_key() {
    let merchant = merchant().await;
    let token = saved(&merchant, "ada").await;
    merchant.post(ORDERS, &with_vault(&token)).await.refused(400, "PAYPAL_REQUEST_ID_REQUIRED");
    let before = merchant.balance();
    let paid = merchant.keyed(ORDERS, "pay_2", &with_vault(&token)).await;
    assert_eq!((paid.status, paid.text("/status")), (201, "COMPLETED"));
    assert_eq!(paid.text("/purchase_units/0/payments/captures/0/status"), "COMPLETED");
    let again = merchant.keyed(ORDERS, "pay_2", &with_vault(&token)).await;
    assert_eq!((again.status, again.text("/id")), (200, paid.text("/id")));
    assert_eq!(merchant.balance() - before, 4_004);
}

#[tokio::test]
async fn a_saved_method_can_hold_as_well() {
    let merchant = merchant().await;
    let token = saved(&merchant, "ada").await;
    let mut body = with_vault(&token);
    body["intent"] = json!("AUTHORIZE");
    let held = merchant.keyed(ORDERS, "pay_2", &body).await;
    assert_eq!(held.text("/purchase_units/0/payments/authorizations/0/status"), "CREATED");
}

#[tokio::test]
async fn the_buyer_may_be_asked_after_all() {
    let merchant = merchant().await;
    let token = saved(&merchant, "ada").await;
    merchant.simulator.vault(VaultMood::AsksBuyer);
    let asked = merchant.keyed(ORDERS, "pay_2", &with_vault(&token)).await;
    assert_eq!((asked.status, asked.text("/status")), (201, "PAYER_ACTION_REQUIRED"));
    asked.link("payer-action");
    let id = asked.text("/id");
    merchant.simulator.approve(id, "ada@example.com", Funding::Card).unwrap();
    assert_eq!(merchant.post(&format!("{ORDERS}/{id}/capture"), &json!({})).await.status, 201);
}

#[tokio::test]
async fn a_declined_saved_method_leaves_nothing_and_can_be_tried_again() {
    let merchant = merchant().await;
    let token = saved(&merchant, "ada").await;
    let before = merchant.balance();
    merchant.simulator.vault(VaultMood::Declines);
    merchant.keyed(ORDERS, "pay_2", &with_vault(&token)).await.refused(422, "INSTRUMENT_DECLINED");
    assert_eq!(merchant.balance(), before);
    merchant.simulator.vault(VaultMood::Charges);
    assert_eq!(merchant.keyed(ORDERS, "pay_2", &with_vault(&token)).await.status, 201);
}

#[tokio::test]
async fn a_method_that_was_ended_does_not_pay() {
    let merchant = merchant().await;
    let (deleted, revoked) = (saved(&merchant, "ada").await, saved(&merchant, "eve").await);
    assert_ne!(deleted, revoked);
    let path = format!("{TOKENS}/{deleted}");
    assert_eq!(merchant.sent("DELETE", &path, merchant.request("DELETE", &path)).await.status, 204);
    merchant.get(&path).await.refused(404, "INVALID_RESOURCE_ID");
    merchant.simulator.revoke(&revoked).unwrap();
    for token in [deleted, revoked] {
        let key = format!("pay_{token}");
        merchant.keyed(ORDERS, &key, &with_vault(&token)).await.refused(422, "AGREEMENT_ALREADY_CANCELLED");
    }
    merchant.keyed(ORDERS, "x", &with_vault("unknown")).await.refused(422, "BILLING_AGREEMENT_NOT_FOUND");
    let told = merchant.simulator.events();
    let deletions = told.iter().filter(|event| event["event_type"] == "VAULT.PAYMENT-TOKEN.DELETED").count();
    assert_eq!(deletions, 2);
}

#[tokio::test]
async fn a_second_purchase_saves_the_same_method_once() {
    let merchant = merchant().await;
    assert_eq!(saved(&merchant, "ada").await, saved(&merchant, "ada").await);
    let list = merchant.get(&format!("{TOKENS}?customer_id=ada&total_required=true")).await;
    assert_eq!(list.body["total_items"], 1);
    let nobody = merchant.get(&format!("{TOKENS}?customer_id=bob")).await;
    assert_eq!(nobody.body["payment_tokens"], json!([]));
}

#[tokio::test]
async fn a_method_is_saved_without_a_purchase() {
    let merchant = merchant().await;
    let body = json!({
        "customer": { "id": "ada" },
        "payment_source": { "paypal": {
            "usage_type": "MERCHANT",
            "experience_context": { "return_url": "https://shop.example/back", "cancel_url": "https://shop.example/no" },
        } },
    });
    merchant.post(SETUPS, &body).await.refused(400, "PAYPAL_REQUEST_ID_REQUIRED");
    let setup = merchant.keyed(SETUPS, "s", &body).await;
    assert_eq!(setup.text("/status"), "PAYER_ACTION_REQUIRED");
    let id = setup.text("/id").to_owned();
    let take = json!({ "payment_source": { "token": { "id": id, "type": "SETUP_TOKEN" } } });
    merchant.keyed(TOKENS, "t", &take).await.refused(422, "PAYER_ACTION_REQUIRED");

    // The buyer agrees on the page.
    let page = merchant.http.get(setup.link("approve")).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("Agree"));
    let form = format!("token={id}&email=ada%40example.com&choice=balance");
    let post = merchant.http.post(format!("{}/agreements/approve", merchant.simulator.url()));
    let back = post.header("content-type", "application/x-www-form-urlencoded").body(form).send().await.unwrap();
    assert!(back.headers()["location"].to_str().unwrap().starts_with("https://shop.example/back?"));

    assert_eq!(merchant.get(&format!("{SETUPS}/{id}")).await.text("/status"), "APPROVED");
    let token = merchant.keyed(TOKENS, "t", &take).await;
    assert_eq!((token.status, token.text("/customer/id")), (201, "ada"));
    assert_eq!(merchant.keyed(TOKENS, "t", &take).await.text("/id"), token.text("/id"));
    merchant.keyed(TOKENS, "u", &take).await.refused(422, "TOKEN_ALREADY_USED");
    let paid = merchant.keyed(ORDERS, "pay_2", &with_vault(token.text("/id"))).await;
    assert_eq!(paid.text("/status"), "COMPLETED");
}
