//! What a simulator is started with.

use crate::clock::{Clock, HOUR, Instant};
use std::net::SocketAddr;
use std::time::Duration;

/// How a simulator is set up. `Config::default()` listens on a free port of the loopback and tells nobody.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens. Port 0 is any free one.
    pub listen: SocketAddr,
    /// Where it says that it is reached, if not where it listens: behind a proxy.
    pub public_url: Option<String>,
    /// The merchant's key: user of the Basic authentication.
    pub client_id: String,
    /// The merchant's secret.
    pub client_secret: String,
    /// The account that calls, where a purchase unit names no payee: 13 characters.
    pub merchant_id: String,
    /// Its e-mail.
    pub merchant_email: String,
    /// Where webhooks go. None: they are kept for whoever reads the books, and not sent.
    pub webhook_url: Option<String>,
    /// What they are signed for.
    pub webhook_id: String,
    /// How often a webhook is tried before it is given up. PayPal tries 25 times.
    pub webhook_tries: u32,
    /// How long after a failed try the next one comes.
    pub webhook_pause: Duration,
    /// Names are the same for the same seed.
    pub seed: u64,
    /// What time it is.
    pub clock: Clock,
    /// Unknown fields of requests are refused, where PayPal passes over them.
    pub strict: bool,
    /// How long after it happened a transaction is reported. PayPal: up to three hours.
    pub reporting_delay: Instant,
    /// How long an access token is good for.
    pub token_life: Instant,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: None,
            client_id: "simulated-client".to_owned(),
            client_secret: "simulated-secret".to_owned(),
            merchant_id: "BTTGAMERCHANT".to_owned(),
            merchant_email: "merchant@simulator.example".to_owned(),
            webhook_url: None,
            webhook_id: "WH-SIMULATED".to_owned(),
            webhook_tries: 25,
            webhook_pause: Duration::from_secs(2),
            seed: 1,
            clock: Clock::Machine { ahead: 0 },
            strict: true,
            reporting_delay: 0,
            token_life: 9 * HOUR,
        }
    }
}
