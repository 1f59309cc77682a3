//! What arrives at the route: only what PayPal signed for this shop, not too long ago, changes anything; and a hint that is
//! heard twice changes it once.

use super::books::are_equal;
use super::ear::Delivery;
use super::world::{Bought, Keep, Shop, WINDOW};
use paypal_simulator::{Funding, Manner};
use serde_json::{Value, json};

/// Approved at PayPal, and nobody was told: one delivery waits.
async fn waiting() -> (Shop, Bought, Delivery) {
    let mut shop = Shop::new().await;
    shop.be_deaf();
    let bought = shop.begin(Keep::No).await;
    shop.approve(&bought, Funding::Balance).await;
    let [delivery] = shop.ear.came().try_into().expect("one delivery");
    (shop, bought, delivery)
}

async fn everything(shop: &Shop) -> Vec<(String, String)> {
    shop.world.app.store.export().await.expect("readable")
}

/// What is refused leaves no trace.
async fn is_refused(shop: &Shop, delivery: &Delivery, status: u16, what: &str) {
    let before = everything(shop).await;
    assert_eq!(shop.ear.deliver(delivery).await, status, "{what}");
    assert_eq!(everything(shop).await, before, "{what} leaves a trace");
}

#[tokio::test]
async fn only_what_paypal_signed_for_this_shop_is_taken() {
    let (shop, bought, genuine) = waiting().await;
    let sent = genuine.headers["paypal-transmission-time"].to_str().expect("text").to_owned();
    let url = genuine.headers["paypal-cert-url"].to_str().expect("text").to_owned();
    let elsewhere = url.replace("127.0.0.1", "localhost");
    for (delivery, what) in [
        (genuine.with("paypal-transmission-sig", "bm8="), "another signature"),
        (genuine.with("paypal-transmission-sig", "no base64"), "no signature"),
        (genuine.with("paypal-transmission-id", "another"), "another name"),
        (genuine.with("paypal-transmission-time", &sent.replace("T18", "T17")), "another time"),
        (genuine.with("paypal-auth-algo", "SHA1withRSA"), "an old algorithm"),
        (genuine.with("paypal-cert-url", &elsewhere), "a certificate of another host"),
        (genuine.with("paypal-cert-url", "https://evil.example/v1/notifications/certs/1"), "a stranger's certificate"),
    ] {
        is_refused(&shop, &delivery, 400, what).await;
    }
    let text = String::from_utf8(genuine.body.to_vec()).expect("text");
    let altered = Delivery { body: text.replace("412.00", "1.00").into(), ..genuine.clone() };
    assert_ne!(altered.body, genuine.body);
    is_refused(&shop, &altered, 400, "an altered body").await;
    let mut bare = genuine.clone();
    bare.headers.remove("paypal-transmission-sig");
    is_refused(&shop, &bare, 400, "no signature at all").await;

    assert_eq!(shop.ear.deliver(&genuine).await, 200);
    shop.pass(WINDOW).await;
    assert!(shop.payment(&bought).await.captured().minor > 0);
    are_equal(&shop).await;
}

#[tokio::test]
async fn what_a_forger_signed_is_refused() {
    let mut shop = Shop::new().await;
    shop.be_deaf();
    let bought = shop.begin(Keep::No).await;
    shop.simulator.webhooks(Manner::Forged, 1);
    shop.approve(&bought, Funding::Balance).await;
    let [forged] = shop.ear.came().try_into().expect("one delivery");
    is_refused(&shop, &forged, 400, "a forger's").await;
}

#[tokio::test]
async fn what_was_signed_days_ago_is_refused() {
    let (shop, _, delivery) = waiting().await;
    shop.pass(3 * 86_400 + 3_601).await;
    is_refused(&shop, &delivery, 400, "an old one").await;
}

#[tokio::test]
async fn what_is_told_again_changes_nothing() {
    let (shop, bought, delivery) = waiting().await;
    assert_eq!(shop.ear.deliver(&delivery).await, 200);
    shop.pass(WINDOW).await;
    let seq = shop.state(&bought).await.seq;
    for _ in 0..3 {
        assert_eq!(shop.ear.deliver(&delivery).await, 200, "it is not to be sent again");
        shop.settle().await;
    }
    assert_eq!(shop.state(&bought).await.seq, seq);
    are_equal(&shop).await;
}

/// A delivery of the simulator's own signer, for what the simulator itself never tells.
fn signed(genuine: &Delivery, event: &Value) -> Delivery {
    let pem = include_str!("../../../paypal-simulator/keys/signer.key");
    let text: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let der = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, text).expect("base64");
    let key = ring::signature::RsaKeyPair::from_pkcs8(&der).expect("a key");
    let body = event.to_string();
    let header = |name: &str| genuine.headers[name].to_str().expect("text");
    let (id, time) = (header("paypal-transmission-id"), header("paypal-transmission-time"));
    let text = paypal::webhook::signed_text(id, time, "WH-SIMULATED", body.as_bytes());
    let mut signature = vec![0; key.public().modulus_len()];
    let random = ring::rand::SystemRandom::new();
    key.sign(&ring::signature::RSA_PKCS1_SHA256, &random, text.as_bytes(), &mut signature).expect("signed");
    let signature = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, signature);
    Delivery { body: body.into(), ..genuine.with("paypal-transmission-sig", &signature) }
}

#[tokio::test]
async fn what_nobody_here_knows_is_taken_and_changes_nothing() {
    let (shop, _, genuine) = waiting().await;
    let event = genuine.event();
    let mut unknown = event.clone();
    (unknown["id"], unknown["event_type"]) = (json!("WH-1"), json!("A.WORD.OF-TOMORROW"));
    unknown["resource_type"] = json!("tomorrow");
    unknown["resource"] = json!({ "id": "8XY12345", "custom_id": 17 });
    is_refused(&shop, &signed(&genuine, &unknown), 200, "an unknown kind").await;

    let mut stranger = event.clone();
    stranger["id"] = json!("WH-2");
    stranger["resource"]["id"] = json!("5O190127TN364715T");
    stranger["resource"]["purchase_units"][0]["custom_id"] = json!("pay_unknown");
    is_refused(&shop, &signed(&genuine, &stranger), 200, "a payment of nobody's").await;

    let no_event = signed(&genuine, &json!([1, 2, 3]));
    is_refused(&shop, &no_event, 400, "no event").await;
}

#[tokio::test]
async fn a_hint_that_paypal_does_not_explain_is_looked_into_until_it_does() {
    let (shop, bought, delivery) = waiting().await;
    shop.simulator.fault(paypal_simulator::Kind::GetOrder, paypal_simulator::Fault::BrokenBefore, 3);
    assert_eq!(shop.ear.deliver(&delivery).await, 200, "noted before it is looked into");
    shop.settle().await;
    assert!(shop.payment(&bought).await.is_live());
    shop.pass(120).await;
    assert!(!shop.payment(&bought).await.is_live());
    are_equal(&shop).await;
}
