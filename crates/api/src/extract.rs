//! What a route takes from a request: who calls, and, once, with which body.

use crate::commit::Call;
use crate::problem::Problem;
use axum::extract::{FromRequest, FromRequestParts, Request};
use domain::ids::AccountId;
use domain::text::hex;
use http::request::Parts;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// Longest key, in characters.
const MAX_KEY: usize = 255;
/// Largest body: a photo in base64 and some room.
const MAX_BODY: usize = 6 * 1024 * 1024;

/// Who calls. Put into the request by whoever carries it: the session of the server, or the page's own transport.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller(pub AccountId);

/// Put into a request by a server when who calls could prove once more who they are, and has not just done it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unproved;

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::signed_out)
    }
}

/// A POST: its body, and the call that repeating it would be known by. A body that cannot be read burns no key.
pub(crate) struct Once<T> {
    pub call: Call,
    pub body: T,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Once<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Caller(account) = Caller::from_request_parts(&mut parts, state).await?;
        let key = parts.headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
        let missing = || Problem::new(400, "idempotency_key_missing", "This call needs an Idempotency-Key.");
        let key = key.filter(|key| !key.is_empty() && key.len() <= MAX_KEY).ok_or_else(missing)?;
        let well_formed = key.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/');
        if !well_formed {
            return Err(Problem::new(400, "idempotency_key_invalid", "The Idempotency-Key has other characters."));
        }
        let too_large = |_| Problem::new(413, "too_large", "This is too large.");
        let bytes = axum::body::to_bytes(body, MAX_BODY).await.map_err(too_large)?;
        let text = if bytes.is_empty() { &b"null"[..] } else { &bytes[..] };
        let mut fingerprint = Sha256::new();
        fingerprint.update(parts.method.as_str());
        fingerprint.update(parts.uri.path());
        fingerprint.update(text);
        let fingerprint = hex(&fingerprint.finalize());
        let body = serde_json::from_slice(text)
            .map_err(|error| Problem::new(422, "invalid_body", format!("This cannot be read: {error}.")))?;
        Ok(Self { call: Call { account, key: Some((key, fingerprint)) }, body })
    }
}

/// An id in a path.
pub(crate) fn id<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}
