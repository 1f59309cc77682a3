//! How something for one browser is sealed, and how a push service knows whose it is.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use http::Uri;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;
use std::time::Duration;
use url::Url;
use web_push_native::{Auth, WebPushBuilder};

/// For how long a proof counts, in seconds: half of the longest that RFC 8292 allows.
const PROOF: i64 = 12 * 3_600;

/// The server's own pair of keys.
pub(super) struct Keys(SigningKey);

impl Keys {
    /// A new one, straight from the system's own randomness.
    pub fn draw() -> Self {
        loop {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).expect("the system gives random numbers");
            // Of all numbers of 32 bytes one in four billion is none of the curve's.
            if let Ok(key) = SigningKey::from_slice(&bytes) {
                return Self(key);
            }
        }
    }

    /// As it was kept.
    pub fn read(text: &str) -> Option<Self> {
        SigningKey::from_slice(&BASE64.decode(text).ok()?).ok().map(Self)
    }

    /// As it is kept.
    pub fn secret(&self) -> String {
        BASE64.encode(self.0.to_bytes())
    }

    /// What browsers are told.
    pub fn public(&self) -> String {
        BASE64.encode(self.0.verifying_key().to_sec1_point(false).as_bytes())
    }

    /// Proves to the push service of `endpoint` who asks, at `now` in seconds since 1970; `contact` is where its
    /// people find ours (RFC 8292).
    pub fn proof(&self, endpoint: &Url, contact: &str, now: i64) -> String {
        let claims = json!({ "aud": endpoint.origin().ascii_serialization(), "exp": now + PROOF, "sub": contact });
        let part = |json: serde_json::Value| BASE64.encode(json.to_string());
        let said = format!("{}.{}", part(json!({ "typ": "JWT", "alg": "ES256" })), part(claims));
        let signature: Signature = self.0.sign(said.as_bytes());
        format!("vapid t={said}.{}, k={}", BASE64.encode(signature.to_bytes()), self.public())
    }
}

/// Who alone can open what is sealed.
pub(super) struct Recipient {
    key: web_push_native::p256::PublicKey,
    auth: Auth,
}

impl Recipient {
    /// As a browser says it.
    pub fn read(p256dh: &str, auth: &str) -> Option<Self> {
        let auth: [u8; 16] = BASE64.decode(auth).ok()?.try_into().ok()?;
        let key = web_push_native::p256::PublicKey::from_sec1_bytes(&BASE64.decode(p256dh).ok()?).ok()?;
        Some(Self { key, auth: auth.into() })
    }

    /// What its push service is sent: headers and a body that only the browser can open (RFC 8291).
    pub fn seal(&self, endpoint: &Uri, valid: Duration, text: &str) -> Option<http::Request<Vec<u8>>> {
        let builder = WebPushBuilder::new(endpoint.clone(), self.key, self.auth).with_valid_duration(valid);
        builder.build(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier;

    #[test]
    fn a_key_is_read_as_it_was_kept_and_browsers_are_told_a_point() {
        let keys = Keys::draw();
        let again = Keys::read(&keys.secret()).unwrap();
        assert_eq!(keys.public(), again.public());
        let point = BASE64.decode(keys.public()).unwrap();
        assert_eq!((point.len(), point[0]), (65, 4));
        for other in ["", "AAAA", &"A".repeat(43)] {
            assert!(Keys::read(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_proof_is_for_one_push_service_and_ends_within_a_day() {
        let keys = Keys::draw();
        let endpoint = Url::parse("https://push.example:8443/send/abc?d=1").unwrap();
        let proof = keys.proof(&endpoint, "https://bottega.example", 1_800_000_000);
        let (token, key) = proof.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (said, signature) = token.rsplit_once('.').unwrap();
        let verifying = VerifyingKey::from_sec1_bytes(&BASE64.decode(key).unwrap()).unwrap();
        let signature = Signature::from_slice(&BASE64.decode(signature).unwrap()).unwrap();
        assert!(verifying.verify(said.as_bytes(), &signature).is_ok());
        let claims = BASE64.decode(said.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["aud"], "https://push.example:8443");
        assert_eq!((&claims["exp"], &claims["sub"]), (&json!(1_800_043_200), &json!("https://bottega.example")));
    }

    #[test]
    fn what_is_no_key_of_a_browser_is_not_sealed_for() {
        let keys = Keys::draw().public();
        let auth = BASE64.encode([7; 16]);
        assert!(Recipient::read(&keys, &auth).is_some());
        for (key, auth) in [("", auth.as_str()), (&keys, ""), (&keys, "AAAA"), (&auth, &auth), ("%%%", &auth)] {
            assert!(Recipient::read(key, auth).is_none(), "{key} {auth}");
        }
    }
}
