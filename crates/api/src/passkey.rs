//! A passkey's signature over one payment (WebAuthn level 2, §7.2), checked without trusting the page.

use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{DerSignature, VerifyingKey};
use p256::pkcs8::DecodePublicKey;
use sha2::{Digest, Sha256};

/// User present and user verified (WebAuthn §6.1).
const PRESENT_AND_VERIFIED: u8 = 0b101;

/// The key, when it is one that can be checked here: P-256.
pub(crate) fn public_key(base64url: &str) -> Option<VerifyingKey> {
    VerifyingKey::from_public_key_der(&decode(base64url)?).ok()
}

/// Whether the assertion is this key's word for this challenge.
pub(crate) fn verify(
    key: &str,
    authenticator_data: &str,
    client_data: &str,
    signature: &str,
    challenge: &[u8],
) -> bool {
    let checked = || {
        let (data, client, signature) = (decode(authenticator_data)?, decode(client_data)?, decode(signature)?);
        let told: serde_json::Value = serde_json::from_slice(&client).ok()?;
        let for_us = told["type"] == "webauthn.get" && decode(told["challenge"].as_str()?)? == challenge;
        let flags = *data.get(32)?;
        if !for_us || flags & PRESENT_AND_VERIFIED != PRESENT_AND_VERIFIED {
            return None;
        }
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        public_key(key)?.verify(&signed, &DerSignature::from_bytes(&signature).ok()?).ok()
    };
    checked().is_some()
}

fn decode(base64url: &str) -> Option<Vec<u8>> {
    let mut bits = 0u32;
    let mut count = 0;
    let mut bytes = Vec::with_capacity(base64url.len() * 3 / 4);
    for c in base64url.trim_end_matches('=').bytes() {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _other => return None,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(bytes)
}
