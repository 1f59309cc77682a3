//! A passkey's signature over one payment, checked without trusting the page: WebAuthn level 3, §7.2, and, where the
//! browser itself has shown the payment, Secure Payment Confirmation, "Verifying an Authentication Assertion".

use crate::confirmation::{Shown, host};
use domain::payment::ConfirmedBy;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{DerSignature, VerifyingKey};
use p256::pkcs8::DecodePublicKey;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// User present and user verified (WebAuthn §6.1).
const PRESENT_AND_VERIFIED: u8 = 0b101;

/// What a browser brings, each in base64url.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Assertion<'a> {
    pub authenticator_data: &'a str,
    pub client_data: &'a str,
    pub signature: &'a str,
}

/// What it has to be about, by our own books.
pub(crate) struct Expected<'a> {
    /// What is signed.
    pub challenge: &'a [u8],
    /// Whether a page at an origin is one of ours.
    pub is_own: &'a dyn Fn(&str) -> bool,
    /// What the browser of such a page had to show.
    pub shown: &'a dyn Fn(&str) -> Option<Shown>,
}

/// A signature that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Proof {
    /// What the browser has shown before.
    pub by: ConfirmedBy,
    /// How often the authenticator has signed, if it counts.
    pub count: u32,
}

/// Why it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Not what a browser writes, or made for something else.
    Unreadable,
    /// For another payment, or another try of it.
    OtherChallenge,
    /// On a page of somebody else, or within one.
    OtherPage,
    /// With a passkey of another host.
    OtherHost,
    /// Nobody was there, or nobody has shown who they are.
    Unverified,
    /// The browser has shown something else.
    OtherShown,
    /// Not signed, or not by this key.
    BadSignature,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    r#type: Type,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    payment: Option<Shown>,
}

#[derive(Clone, Copy, Deserialize)]
enum Type {
    #[serde(rename = "webauthn.get")]
    Passkey,
    #[serde(rename = "payment.get")]
    SecurePayment,
}

/// The key, when it is one that can be checked here: P-256.
pub(crate) fn public_key(base64url: &str) -> Option<VerifyingKey> {
    VerifyingKey::from_public_key_der(&decode(base64url)?).ok()
}

/// Checks whether an assertion is the word of `key` for what is expected.
pub(crate) fn check(key: &str, assertion: Assertion<'_>, expected: &Expected<'_>) -> Result<Proof, Flaw> {
    let client = decode(assertion.client_data).ok_or(Flaw::Unreadable)?;
    let told: ClientData = serde_json::from_slice(&client).map_err(|_| Flaw::Unreadable)?;
    if decode(&told.challenge).as_deref() != Some(expected.challenge) {
        return Err(Flaw::OtherChallenge);
    }
    if told.cross_origin || !(expected.is_own)(&told.origin) {
        return Err(Flaw::OtherPage);
    }
    let data = decode(assertion.authenticator_data).ok_or(Flaw::Unreadable)?;
    let count = checked_data(&data, host(&told.origin).ok_or(Flaw::OtherHost)?)?;
    let by = match told.r#type {
        Type::Passkey => ConfirmedBy::Passkey,
        Type::SecurePayment if is_shown(told.payment.as_ref(), (expected.shown)(&told.origin)) => {
            ConfirmedBy::SecurePayment
        }
        Type::SecurePayment => return Err(Flaw::OtherShown),
    };
    let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
    let signature = decode(assertion.signature).and_then(|bytes| DerSignature::from_bytes(&bytes).ok());
    let key = public_key(key).ok_or(Flaw::BadSignature)?;
    key.verify(&signed, &signature.ok_or(Flaw::BadSignature)?).map_err(|_| Flaw::BadSignature)?;
    Ok(Proof { by, count })
}

/// The counter of authenticator data for `host`: 32 bytes of hash, one of flags, four that count.
fn checked_data(data: &[u8], host: &str) -> Result<u32, Flaw> {
    let (whose, rest) = data.split_first_chunk::<32>().ok_or(Flaw::Unreadable)?;
    let (flags, rest) = rest.split_first().ok_or(Flaw::Unreadable)?;
    let (count, _extensions) = rest.split_first_chunk::<4>().ok_or(Flaw::Unreadable)?;
    if whose != Sha256::digest(host).as_slice() {
        return Err(Flaw::OtherHost);
    }
    if flags & PRESENT_AND_VERIFIED != PRESENT_AND_VERIFIED {
        return Err(Flaw::Unverified);
    }
    Ok(u32::from_be_bytes(*count))
}

/// Whether the browser has shown what it had to. A drawing that it could not show is signed as none.
fn is_shown(signed: Option<&Shown>, wanted: Option<Shown>) -> bool {
    let (Some(signed), Some(mut wanted)) = (signed, wanted) else { return false };
    if signed.instrument.icon.is_empty() {
        wanted.instrument.icon.clear();
    }
    *signed == wanted
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

#[cfg(test)]
mod tests;
