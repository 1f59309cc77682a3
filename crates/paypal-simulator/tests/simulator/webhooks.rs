use crate::harness::{Merchant, merchant_of, order, standing};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderMap, StatusCode};
use paypal_simulator::{Config, Funding, Manner, Release, Simulator};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// One delivery as it came.
struct Delivery {
    headers: HeaderMap,
    body: Bytes,
}

impl Delivery {
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    fn event(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn kind(&self) -> String {
        self.event()["event_type"].as_str().unwrap().to_owned()
    }

    fn signed_text(&self) -> String {
        let crc = crc32fast::hash(&self.body);
        let (id, time) = (self.header("paypal-transmission-id"), self.header("paypal-transmission-time"));
        format!("{id}|{time}|WH-SIMULATED|{crc}")
    }
}

/// Somebody who is told, and who answers with the statuses given, then with 200.
struct Told {
    deliveries: UnboundedReceiver<Delivery>,
}

struct Desk {
    to: UnboundedSender<Delivery>,
    answers: std::sync::Mutex<Vec<u16>>,
}

async fn received(State(desk): State<std::sync::Arc<Desk>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    desk.to.send(Delivery { headers, body }).unwrap();
    let status = desk.answers.lock().unwrap().pop().unwrap_or(200);
    StatusCode::from_u16(status).unwrap()
}

async fn told(answers: Vec<u16>) -> (Told, Merchant) {
    let (to, deliveries) = unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1/webhooks/paypal", listener.local_addr().unwrap());
    let desk = std::sync::Arc::new(Desk { to, answers: std::sync::Mutex::new(answers) });
    let router = Router::new().route("/v1/webhooks/paypal", post(received)).with_state(desk);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let pause = Duration::from_millis(1);
    let config = Config { webhook_url: Some(url), webhook_pause: pause, webhook_tries: 3, ..standing() };
    (Told { deliveries }, merchant_of(config).await)
}

impl Told {
    async fn next(&mut self) -> Delivery {
        self.deliveries.recv().await.unwrap()
    }

    async fn kinds(&mut self, count: usize) -> Vec<String> {
        let mut kinds = Vec::new();
        for _ in 0..count {
            kinds.push(self.next().await.kind());
        }
        kinds
    }
}

fn der(pem: &str) -> Vec<u8> {
    let text: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    BASE64_STANDARD.decode(text).unwrap()
}

/// The RSA key inside a certificate: the sequence of modulus and exponent, found by the name of its algorithm.
fn public_key(certificate: &[u8]) -> Vec<u8> {
    const RSA: [u8; 13] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    let at = certificate.windows(RSA.len()).position(|window| window == RSA).unwrap() + RSA.len();
    // A bit string of less than 64 KiB: tag, 0x82, two bytes of length, no unused bits.
    assert_eq!(&certificate[at..at + 2], [0x03, 0x82]);
    let length = usize::from(certificate[at + 2]) << 8 | usize::from(certificate[at + 3]);
    certificate[at + 5..at + 4 + length].to_vec()
}

async fn verifies(merchant: &Merchant, delivery: &Delivery, text: &str) -> bool {
    let pem = merchant.http.get(delivery.header("paypal-cert-url")).send().await.unwrap().text().await.unwrap();
    let key = public_key(&der(&pem));
    let signature = BASE64_STANDARD.decode(delivery.header("paypal-transmission-sig")).unwrap();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(text.as_bytes(), &signature).is_ok()
}

#[tokio::test]
async fn a_purchase_is_told_in_order_and_signed() {
    let (mut told, merchant) = told(Vec::new()).await;
    merchant.captured("42.00").await;
    let first = told.next().await;
    assert_eq!(first.kind(), "CHECKOUT.ORDER.APPROVED");
    assert_eq!(first.header("paypal-auth-algo"), "SHA256withRSA");
    assert!(verifies(&merchant, &first, &first.signed_text()).await);
    assert!(!verifies(&merchant, &first, &first.signed_text().replace("WH-SIMULATED", "WH-OTHER")).await);
    assert_eq!(told.kinds(2).await, ["PAYMENT.CAPTURE.COMPLETED", "CHECKOUT.ORDER.COMPLETED"]);
}

#[tokio::test]
async fn the_authority_is_offered_and_is_not_the_key_itself() {
    let (mut told, merchant) = told(Vec::new()).await;
    merchant.captured("42.00").await;
    let delivery = told.next().await;
    let url = format!("{}/simulator/ca.pem", merchant.simulator.url());
    let ca = merchant.http.get(url).send().await.unwrap().text().await.unwrap();
    assert_eq!(ca, Simulator::ca_pem());
    let leaf = merchant.http.get(delivery.header("paypal-cert-url")).send().await.unwrap().text().await.unwrap();
    assert_ne!(leaf, ca);
    let name = b"messageverificationcerts.simulator.paypal.com";
    assert!(der(&leaf).windows(name.len()).any(|window| window == name));
    // The leaf's own signature is the authority's: the last 256 bytes of it, over what comes before its algorithm.
    let (leaf, ca) = (der(&leaf), der(&ca));
    let signed = usize::from(leaf[6]) << 8 | usize::from(leaf[7]);
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public_key(&ca));
    key.verify(&leaf[4..8 + signed], &leaf[leaf.len() - 256..]).unwrap();
}

#[tokio::test]
async fn a_forged_event_is_signed_by_somebody_else() {
    let (mut told, merchant) = told(Vec::new()).await;
    merchant.simulator.webhooks(Manner::Forged, 1);
    merchant.captured("42.00").await;
    let (forged, genuine) = (told.next().await, told.next().await);
    assert_ne!(forged.header("paypal-cert-url"), genuine.header("paypal-cert-url"));
    // Whoever believes any certificate believes it; the authority never issued this one.
    assert!(verifies(&merchant, &forged, &forged.signed_text()).await);
    let pem = merchant.http.get(forged.header("paypal-cert-url")).send().await.unwrap().text().await.unwrap();
    let (leaf, ca) = (der(&pem), der(Simulator::ca_pem()));
    let signed = usize::from(leaf[6]) << 8 | usize::from(leaf[7]);
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public_key(&ca));
    assert!(key.verify(&leaf[4..8 + signed], &leaf[leaf.len() - 256..]).is_err());
}

#[tokio::test]
async fn an_event_can_come_twice_or_late_or_the_wrong_way_round_or_never() {
    let (mut told, merchant) = told(Vec::new()).await;
    merchant.simulator.webhooks(Manner::Twice, 1);
    merchant.simulator.webhooks(Manner::Lost, 1);
    merchant.simulator.webhooks(Manner::AtOnce, 1);
    merchant.simulator.webhooks(Manner::Late, 3);
    merchant.captured("42.00").await;
    let (one, two, last) = (told.next().await, told.next().await, told.next().await);
    assert_eq!(one.event()["id"], two.event()["id"]);
    assert_eq!(last.kind(), "CHECKOUT.ORDER.COMPLETED");
    merchant.captured("43.00").await;
    assert_eq!(merchant.simulator.release_webhooks(Release::Reversed), 3);
    let reversed = ["CHECKOUT.ORDER.COMPLETED", "PAYMENT.CAPTURE.COMPLETED", "CHECKOUT.ORDER.APPROVED"];
    assert_eq!(told.kinds(3).await, reversed);
}

#[tokio::test]
async fn what_is_not_taken_comes_again_the_same_and_is_given_up_in_the_end() {
    // The first event fails twice, as often as it may.
    let (mut told, merchant) = told(vec![500, 500, 500]).await;
    let id = merchant.post("/v2/checkout/orders", &order("CAPTURE", "1.00")).await.text("/id").to_owned();
    merchant.simulator.approve(&id, "ada@example.com", Funding::Balance).unwrap();
    let (first, second, third) = (told.next().await, told.next().await, told.next().await);
    assert_eq!(first.body, second.body);
    assert_eq!(second.body, third.body);
    assert_eq!(first.header("paypal-transmission-id"), third.header("paypal-transmission-id"));
    merchant.post(&format!("/v2/checkout/orders/{id}/capture"), &json!({})).await;
    assert_eq!(told.kinds(2).await, ["PAYMENT.CAPTURE.COMPLETED", "CHECKOUT.ORDER.COMPLETED"]);
}

#[tokio::test]
async fn paypal_can_be_asked_whether_an_event_is_its_own() {
    let (mut told, merchant) = told(Vec::new()).await;
    merchant.captured("42.00").await;
    let delivery = told.next().await;
    let question = json!({
        "auth_algo": delivery.header("paypal-auth-algo"),
        "cert_url": delivery.header("paypal-cert-url"),
        "transmission_id": delivery.header("paypal-transmission-id"),
        "transmission_sig": delivery.header("paypal-transmission-sig"),
        "transmission_time": delivery.header("paypal-transmission-time"),
        "webhook_id": "WH-SIMULATED",
        "webhook_event": delivery.event(),
    });
    let path = "/v1/notifications/verify-webhook-signature";
    assert_eq!(merchant.post(path, &question).await.text("/verification_status"), "SUCCESS");
    let mut altered = vec![question.clone(); 4];
    altered[0]["webhook_event"]["summary"] = json!("something else");
    altered[1]["webhook_id"] = json!("WH-OTHER");
    altered[2]["transmission_time"] = json!("2020-01-01T00:00:00Z");
    altered[3]["cert_url"] = json!("http://127.0.0.1:1/cert");
    for altered in altered {
        assert_eq!(merchant.post(path, &altered).await.text("/verification_status"), "FAILURE");
    }
}
