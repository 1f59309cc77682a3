//! Sends one delivery, signed, and says what came of it.

use super::guard::{Allowed, Forbidden};
use api::wire::{DeliveryOutcome, Silence};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::redirect::Policy;
use reqwest::{Client, Error};
use sha2::Sha256;
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

/// The longest that an answer is waited for. It is not read: its status is all there is to know.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is delivered.
pub struct Parcel<'a> {
    /// Where to.
    pub url: &'a str,
    /// What it is signed with.
    pub secret: &'a str,
    /// Which delivery.
    pub id: &'a str,
    /// Its place in the stream.
    pub cursor: u64,
    /// When, in seconds since 1970.
    pub at: i64,
    /// The body.
    pub body: String,
}

/// Sends deliveries. Cheap to clone.
#[derive(Clone)]
pub struct Sender {
    client: Client,
    allowed: Allowed,
}

impl Sender {
    /// One that connects only to what is allowed.
    ///
    /// # Errors
    /// When this machine has no certificates to know others by.
    pub fn new(allowed: Allowed) -> Result<Self, Error> {
        Ok(Self { client: outgoing(allowed)?, allowed })
    }

    /// Delivers, once.
    pub async fn send(&self, parcel: Parcel<'_>) -> DeliveryOutcome {
        // Also what was registered under other rules; and an address of numbers is not looked up.
        let Ok(url) = self.allowed.target(parcel.url) else {
            return DeliveryOutcome::Unanswered { why: Silence::ForbiddenAddress };
        };
        let signature = format!("t={},v1={}", parcel.at, signature(parcel.secret, parcel.at, &parcel.body));
        let request = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .header("bottega-signature", signature)
            .header("bottega-delivery", parcel.id)
            .header("bottega-cursor", parcel.cursor)
            .body(parcel.body);
        match request.send().await {
            Ok(answer) if answer.status().is_success() => {
                DeliveryOutcome::Delivered { status: answer.status().as_u16() }
            }
            Ok(answer) => DeliveryOutcome::Refused { status: answer.status().as_u16() },
            Err(error) => DeliveryOutcome::Unanswered { why: silence(&error) },
        }
    }
}

/// What asks at addresses that others have registered: connects only to what is allowed, follows nobody elsewhere.
///
/// # Errors
/// When this machine has no certificates to know others by.
pub fn outgoing(allowed: Allowed) -> Result<Client, Error> {
    // Somebody else in this process may have chosen one before.
    let _chosen = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("bottega/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        // A name is looked at for each connection, and each delivery has its own.
        .pool_max_idle_per_host(0)
        .dns_resolver(Arc::new(allowed))
        .build()
}

/// HMAC-SHA256 over time, a full stop and the body, in hexadecimal.
pub fn signature(secret: &str, at: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(format!("{at}.").as_bytes());
    mac.update(body.as_bytes());
    domain::text::hex(&mac.finalize().into_bytes())
}

fn silence(error: &Error) -> Silence {
    let mut cause = error.source();
    while let Some(found) = cause {
        if found.is::<Forbidden>() {
            return Silence::ForbiddenAddress;
        }
        cause = found.source();
    }
    if error.is_timeout() { Silence::TimedOut } else { Silence::Unreachable }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_one_that_others_compute() {
        // printf '1788255000.{}' | openssl dgst -sha256 -hmac whs_secret
        let known = "2bd52b590c42ffdb56ee356cda528886882197eed20174ebf2c04d0027838b33";
        assert_eq!(signature("whs_secret", 1_788_255_000, "{}"), known);
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_not_connected_to() {
        let parcel = |url| Parcel { url, secret: "s", id: "d", cursor: 1, at: 1, body: String::new() };
        let sender = Sender::new(Allowed::Public).unwrap();
        for url in ["https://localhost/", "https://127.0.0.1/", "http://shop.example/"] {
            let outcome = sender.send(parcel(url)).await;
            assert_eq!(outcome, DeliveryOutcome::Unanswered { why: Silence::ForbiddenAddress }, "{url}");
        }
        // Past the look at the address, as for any name that leads here.
        let error = sender.client.post("https://localhost:9/").send().await.unwrap_err();
        assert_eq!(silence(&error), Silence::ForbiddenAddress);
    }
}
