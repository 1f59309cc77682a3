//! The check of PayPal's webhooks, and what they are about.
//!
//! Anybody can post to a webhook. What makes an event PayPal's is an RSA signature over
//! `<transmission id>|<transmission time>|<webhook id>|<CRC-32 of the raw body>`, by a certificate that is fetched from an
//! address in the headers. The address is the sender's own word: so its host is pinned, the certificate must chain to a public
//! root, be in date and be of `.paypal.com`. The webhook id is ours, from our configuration, never from the request.
//!
//! A webhook is a hint only. What it says is fetched before anything is done about it.

mod cache;
mod certificate;
mod event;
mod forged;
mod signature;
mod transmission;

pub use certificate::{Chain, ChainError, Roots, check_chain};
pub use event::{Event, EventType, Subject};
pub use forged::Forged;
pub use signature::{is_signed_by, signed_text};
pub use transmission::{Transmission, TransmissionHeaders};

use crate::client::{NoClient, quiet_client};
use cache::Certificates;
use domain::time::{Span, Timestamp};
use std::time::Duration;

/// PayPal sends again for three days; an hour more for whoever's clock is wrong.
const OLDEST: Span = Span::days(3).plus(Span::hours(1));
/// An hour, for whoever's clock is wrong.
const EARLIEST: Span = Span::hours(1);

/// What webhooks are checked with.
#[derive(Clone, Debug)]
pub struct WebhookSettings {
    /// PayPal's name of our webhook. Constant: whoever signs for another webhook does not sign for us.
    pub webhook_id: String,
    /// From whose addresses certificates are fetched: a host, or `host:port` where the port is not https's own. Over https; a host
    /// of this machine over http too, which is for a simulator.
    pub cert_hosts: Vec<String>,
    /// What a name in the certificate ends with.
    pub name_suffix: String,
    /// Whom certificates are trusted of.
    pub roots: Roots,
    /// How long the fetching of a certificate may take.
    pub timeout: Duration,
}

impl WebhookSettings {
    /// PayPal's own hosts and name, and the public roots.
    pub fn new(webhook_id: impl Into<String>) -> Self {
        Self {
            webhook_id: webhook_id.into(),
            cert_hosts: ["api.paypal.com", "api.sandbox.paypal.com"].map(str::to_owned).to_vec(),
            name_suffix: ".paypal.com".to_owned(),
            roots: Roots::public(),
            timeout: Duration::from_secs(10),
        }
    }
}

/// Checks webhooks. Keeps the certificates that it has found good.
#[derive(Debug)]
pub struct Webhooks {
    settings: WebhookSettings,
    certificates: Certificates,
}

impl Webhooks {
    /// A check by these settings. Nothing is fetched yet.
    ///
    /// # Errors
    /// When this machine has no certificates to know PayPal by.
    pub fn new(settings: WebhookSettings) -> Result<Self, NoClient> {
        let certificates = Certificates::new(quiet_client(settings.timeout)?);
        Ok(Self { settings, certificates })
    }

    /// The event of a delivery, if PayPal signed it for us. `raw_body` is what was received, to the byte.
    ///
    /// # Errors
    /// Which check failed. [`Forged::CertificateUnavailable`] is no judgement: PayPal is to send again.
    pub async fn verify(
        &self,
        headers: &TransmissionHeaders,
        raw_body: &[u8],
        now: Timestamp,
    ) -> Result<Event, Forged> {
        let settings = &self.settings;
        let transmission = Transmission::parse(headers, &settings.cert_hosts)?;
        let age = now.since(transmission.sent_at);
        if age > OLDEST {
            return Err(Forged::Stale { sent_at: transmission.sent_at });
        }
        if age < Span::millis(-EARLIEST.as_millis()) {
            return Err(Forged::FromTheFuture { sent_at: transmission.sent_at });
        }
        let text = signed_text(&headers.id, &headers.time, &settings.webhook_id, raw_body);
        let check =
            |chain: &Chain| check_chain(chain, &settings.roots, &settings.name_suffix, now).map_err(Forged::from);
        let key = self.certificates.key_of(&transmission.cert_url, check).await?;
        if !is_signed_by(&key, text.as_bytes(), &transmission.signature) {
            return Err(Forged::Signature);
        }
        serde_json::from_slice(raw_body).map_err(|_| Forged::Unreadable)
    }
}
