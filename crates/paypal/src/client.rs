//! The client: what can be asked of PayPal, each call a method.

mod call;
mod disputes;
mod orders;
mod payments;
mod reports;
mod token;
mod vault;

use crate::settings::Settings;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use token::Tokens;

/// A client of PayPal's REST API. Cheap to clone: clones share connections and the access token.
///
/// `key` is our name of what is done, sent as `PayPal-Request-Id`: 1 to 108 visible ASCII characters. PayPal remembers it for
/// 6 hours for orders, 45 days for payments and 3 hours for the vault; after that the same key acts anew, so a late retry
/// fetches first. A repeated call is answered with the latest state of what the first one did.
#[derive(Clone)]
pub struct PayPal(Arc<Inner>);

struct Inner {
    settings: Settings,
    http: reqwest::Client,
    tokens: Tokens,
}

impl PayPal {
    /// A client for `settings`. Nothing is sent yet.
    ///
    /// # Errors
    /// When this machine has no certificates to know PayPal by.
    pub fn new(settings: Settings) -> Result<Self, NoClient> {
        let http = quiet_client(settings.timeout)?;
        Ok(Self(Arc::new(Inner { settings, http, tokens: Tokens::default() })))
    }
}

// Neither the secret nor the token is for logs.
impl fmt::Debug for PayPal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PayPal").field(&self.0.settings.base.url().as_str()).finish()
    }
}

/// No client could be made.
#[derive(Debug)]
pub struct NoClient(reqwest::Error);

impl fmt::Display for NoClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PayPal cannot be spoken to from this machine: {}", self.0)
    }
}

impl Error for NoClient {}

/// What asks: follows nobody elsewhere, waits for nobody longer than `patience`.
pub(crate) fn quiet_client(patience: Duration) -> Result<reqwest::Client, NoClient> {
    // Somebody else in this process may have chosen one before.
    let _chosen = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .user_agent(concat!("bottega/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        // Sooner than the whole: who does not even listen was certainly not asked.
        .connect_timeout(patience / 2)
        .timeout(patience)
        .build()
        .map_err(NoClient)
}

/// The body of an answer, while it is no larger than `most` bytes.
pub(crate) async fn body_within(mut answer: reqwest::Response, most: usize) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| why(&error))? {
        if body.len() + chunk.len() > most {
            return Err(format!("an answer of more than {most} bytes"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What went wrong on the way, without the address: a query may say more than a log should know.
pub(crate) fn why(error: &reqwest::Error) -> String {
    let kind = if error.is_timeout() {
        "timed out"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_body() || error.is_decode() {
        "the answer broke off"
    } else {
        "the connection broke"
    };
    let Some(mut root) = error.source() else { return kind.to_owned() };
    while let Some(cause) = root.source() {
        root = cause;
    }
    format!("{kind}: {root}")
}
