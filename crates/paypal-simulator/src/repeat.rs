//! `PayPal-Request-Id`: the same call again gives the latest state of what the first one made.

use crate::clock::Instant;
use crate::faults::Kind;
use crate::refusal::Refusal;
use serde_json::Value;
use std::collections::BTreeMap;

/// A thing that a call made or reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// An order as `create` answers it.
    Order(String),
    /// An order as `authorize` and `capture` answer it: with its payments.
    PaidOrder(String),
    /// A held amount.
    Authorization(String),
    /// A taken amount.
    Capture(String),
    /// An amount given back.
    Refund(String),
    /// What becomes a payment token once the buyer has agreed.
    SetupToken(String),
    /// A buyer's saved way to pay.
    PaymentToken(String),
}

struct Made {
    path: String,
    body: Value,
    what: Reference,
    until: Instant,
}

/// The keys that were used, and what each of them made. Failures are not kept: a call that failed may be tried again.
#[derive(Default)]
pub struct Repeats(BTreeMap<(Kind, String), Made>);

impl Repeats {
    /// What the same call made before, if its key is still kept. The same key for another call is refused.
    pub(crate) fn before(
        &self,
        kind: Kind,
        key: &str,
        path: &str,
        body: &Value,
        now: Instant,
    ) -> Result<Option<Reference>, Refusal> {
        match self.0.get(&(kind, key.to_owned())).filter(|made| now < made.until) {
            None => Ok(None),
            Some(made) if made.path == path && &made.body == body => Ok(Some(made.what.clone())),
            Some(_) => Err(Refusal::unprocessable("DUPLICATE_REQUEST_ID")),
        }
    }

    pub(crate) fn keep(&mut self, kind: Kind, key: &str, path: &str, body: &Value, what: Reference, until: Instant) {
        let made = Made { path: path.to_owned(), body: body.clone(), what, until };
        self.0.insert((kind, key.to_owned()), made);
    }
}
