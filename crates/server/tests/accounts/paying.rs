//! A payment is confirmed with a passkey of the wallet: alone, and after the browser has shown the payment by itself.

use super::authenticator::{Authenticator, text};
use super::world::{Answer, World};
use api::confirmation::Context;
use api::wire::{InboxPage, ThreadSnapshot};
use domain::event::Event;
use domain::money::{Currency, Money};
use domain::payment::ConfirmedBy;
use domain::payment_request::PaymentRequest;
use domain::thread::Thread;
use http::{Method, StatusCode};
use p256::ecdsa::DerSignature;
use p256::ecdsa::signature::Signer;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const ORIGIN: &str = "http://localhost:8080";

/// As it is where a wallet confirms with it.
impl Authenticator {
    /// Its passkey, as a wallet keeps it: the credential id, and the key as SubjectPublicKeyInfo (RFC 5480).
    fn kept(&self) -> (String, String) {
        let mut spki = vec![0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08];
        spki.extend([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00]);
        spki.extend(self.key.verifying_key().to_sec1_point(false).as_bytes());
        (text(&self.id), text(&spki))
    }

    /// Signs client data, as a wallet's confirmation brings it.
    fn confirm(&mut self, client: &Value) -> Value {
        let (data, client) = (self.data(0), client.to_string());
        let signature: DerSignature = self.key.sign(&[data.as_slice(), &Sha256::digest(&client)].concat());
        json!({
            "type": "passkey",
            "id": text(&self.id),
            "authenticator_data": text(&data),
            "client_data": text(client.as_bytes()),
            "signature": text(signature.as_bytes()),
        })
    }
}

/// Maya, who was asked by Kai for 412.00, and a phone that confirms for her.
struct Maya {
    world: World,
    cookie: String,
    phone: Authenticator,
    thread: Thread,
}

impl Maya {
    async fn with(payment: Option<bool>) -> Self {
        let world = World::demo(true).await;
        let (cookie, phone) = (world.sign_in("maya.torres").await, Authenticator::new(1));
        let inbox: InboxPage =
            serde_json::from_value(world.get("/threads?folder=primary", &cookie).await.body).unwrap();
        let kai = inbox.entries.iter().find(|entry| entry.peer.handle.as_str() == "kai.shapes").unwrap();
        let snapshot = world.get(&format!("/threads/{}", kai.thread), &cookie).await.body;
        let ThreadSnapshot { thread, .. } = serde_json::from_value(snapshot).unwrap();
        let maya = Self { world, cookie, phone, thread };
        let (id, public_key) = maya.phone.kept();
        let mut body = json!({ "id": id, "public_key": public_key });
        if let Some(payment) = payment {
            body["payment"] = json!(payment);
        }
        let saved = maya.send("/wallet/passkeys", "keep", &body).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
        let for_payments = if payment == Some(true) { json!([id]) } else { json!([]) };
        assert_eq!((&saved.body["confirmation"], &saved.body["payment_passkeys"]), (&json!("passkey"), &for_payments));
        maya
    }

    async fn send(&self, path: &str, key: &str, body: &Value) -> Answer {
        let headers = [("cookie", self.cookie.as_str()), ("idempotency-key", key)];
        self.world.call(Method::POST, path, &headers, &body.to_string()).await
    }

    /// What Kai asks for.
    fn asked(&self) -> &PaymentRequest {
        self.thread.requests.values().find(|request| request.is_open()).unwrap()
    }

    fn challenge(&self) -> String {
        let request = self.asked();
        let total = Money::new(41_200, Currency::USD);
        text(&Context::next(&self.thread, &request.id, request.current().number, total).challenge())
    }

    /// What a browser signs that has shown nothing by itself.
    fn plain(&self) -> Value {
        json!({ "type": "webauthn.get", "challenge": self.challenge(), "origin": ORIGIN, "crossOrigin": false })
    }

    /// What it signs after it has shown the payment.
    fn shown(&self) -> Value {
        json!({
            "type": "payment.get",
            "challenge": self.challenge(),
            "origin": ORIGIN,
            "crossOrigin": false,
            "payment": {
                "rpId": "localhost",
                "topOrigin": ORIGIN,
                "payeeName": "Kai Shapes",
                "paymentEntitiesLogos": [],
                "total": { "value": "412.00", "currency": "USD" },
                "instrument": { "icon": format!("{ORIGIN}/art/pay-meta.svg"), "displayName": "•••• 4242" },
            },
        })
    }

    async fn pay(&self, key: &str, confirmation: &Value) -> Answer {
        let request = self.asked();
        let wallet = self.world.get("/wallet", &self.cookie).await.body;
        let body = json!({
            "revision": request.current().number,
            "delivery": 0,
            "total": { "minor": 41_200, "currency": "USD" },
            "method": wallet["methods"][0]["id"],
            "address": wallet["addresses"][0]["id"],
            "confirmation": confirmation,
        });
        self.send(&format!("/payment-requests/{}/pay", request.id), key, &body).await
    }

    /// Sees the conversation as it is now.
    async fn look(&mut self) {
        let snapshot = self.world.get(&format!("/threads/{}", self.thread.id), &self.cookie).await.body;
        let ThreadSnapshot { thread, .. } = serde_json::from_value(snapshot).unwrap();
        self.thread = thread;
    }
}

fn confirmed_by(paid: &Answer) -> Option<ConfirmedBy> {
    assert_eq!(paid.status, StatusCode::OK, "{}", paid.body);
    match serde_json::from_value(paid.body["events"][0]["event"].clone()).unwrap() {
        Event::PaymentStarted { confirmed_by, .. } => confirmed_by,
        other => panic!("paid and got {other:?}"),
    }
}

#[tokio::test]
async fn what_the_browser_has_shown_is_what_is_paid() {
    let mut maya = Maya::with(Some(true)).await;
    let confirmation = maya.phone.confirm(&maya.shown());
    let paid = maya.pay("pay", &confirmation).await;
    assert_eq!(confirmed_by(&paid), Some(ConfirmedBy::SecurePayment));
    // The same call once more is answered as it was, and the same signature is good for no other.
    let again = maya.pay("pay", &confirmation).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &paid.body));
    let replayed = maya.pay("once-more", &confirmation).await;
    assert_eq!((replayed.status, replayed.code()), (StatusCode::FORBIDDEN, "wrong_passkey"));
    maya.look().await;
    assert_eq!(maya.thread.attempts(&maya.asked().id).count(), 1);
}

#[tokio::test]
async fn a_passkey_that_was_not_made_for_payments_confirms_as_before() {
    for payment in [None, Some(false)] {
        let mut maya = Maya::with(payment).await;
        let confirmation = maya.phone.confirm(&maya.plain());
        assert_eq!(confirmed_by(&maya.pay("pay", &confirmation).await), Some(ConfirmedBy::Passkey));
    }
}

#[tokio::test]
async fn who_wants_another_way_confirms_with_the_passkey_alone() {
    let mut maya = Maya::with(Some(true)).await;
    let confirmation = maya.phone.confirm(&maya.plain());
    assert_eq!(confirmed_by(&maya.pay("pay", &confirmation).await), Some(ConfirmedBy::Passkey));
}

#[tokio::test]
async fn what_was_shown_otherwise_pays_nothing() {
    let mut maya = Maya::with(Some(true)).await;
    for (place, value) in [
        ("/challenge", json!("AAAA")),
        ("/origin", json!("http://evil.example:8080")),
        ("/crossOrigin", json!(true)),
        ("/payment/payeeName", json!("Terra Studio")),
        ("/payment/total/value", json!("4.12")),
        ("/payment/total/currency", json!("EUR")),
        ("/payment/topOrigin", json!("http://evil.example:8080")),
        ("/payment/rpId", json!("evil.example")),
        ("/payment/instrument/displayName", json!("•••• 1111")),
    ] {
        let mut client = maya.shown();
        *client.pointer_mut(place).unwrap() = value;
        let confirmation = maya.phone.confirm(&client);
        let refused = maya.pay(&place.replace('/', "-"), &confirmation).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "wrong_passkey"), "{place}");
    }
    maya.phone.verifies = false;
    let confirmation = maya.phone.confirm(&maya.shown());
    assert_eq!(maya.pay("unverified", &confirmation).await.code(), "wrong_passkey");
    let stranger = Authenticator::new(9).confirm(&maya.shown());
    assert_eq!(maya.pay("stranger", &stranger).await.code(), "wrong_passkey");
    maya.look().await;
    assert_eq!(maya.thread.attempts(&maya.asked().id).count(), 0);
}

#[tokio::test]
async fn a_copy_of_a_passkey_is_given_away_by_its_counter() {
    let mut maya = Maya::with(Some(true)).await;
    let (mut copy, client) = (Authenticator::new(1), maya.shown());
    maya.phone.confirm(&client);
    let confirmation = maya.phone.confirm(&client);
    // What was not signed counts for nothing.
    let mut forged = confirmation.clone();
    forged["signature"] = json!("MEQCIAAA");
    assert_eq!(maya.pay("forged", &forged).await.code(), "wrong_passkey");
    assert_eq!(confirmed_by(&maya.pay("pay", &confirmation).await), Some(ConfirmedBy::SecurePayment));
    maya.look().await;
    let copied = copy.confirm(&maya.shown());
    assert_eq!(maya.pay("copied", &copied).await.code(), "wrong_passkey");
    // The phone itself is believed, and told that the first payment is under way.
    let next = maya.phone.confirm(&maya.shown());
    assert_eq!(maya.pay("next", &next).await.code(), "payment_in_flight");
}
