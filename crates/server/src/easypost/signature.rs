//! Whether a delivery is EasyPost's: `X-Hmac-Signature: hmac-sha256-hex=…`, HMAC-SHA256 over the bytes as they came
//! (docs.easypost.com/guides/webhooks-guide).

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// What the signature is preceded by.
const SCHEME: &str = "hmac-sha256-hex=";

/// The secret that was given to EasyPost with the webhook. Its text is in no log.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(Vec<u8>);

impl WebhookSecret {
    /// The secret as people type it; nothing when it is blank. EasyPost signs with its NFKD form in UTF-8, so that an `é`
    /// is the same however a keyboard makes it.
    pub fn parse(text: &str) -> Option<Self> {
        let normal: String = text.nfkd().collect();
        (!normal.trim().is_empty()).then(|| Self(normal.into_bytes()))
    }

    /// Whether a header signs these bytes. Takes as long for a wrong signature as for a right one.
    pub(super) fn signs(&self, header: &str, body: &[u8]) -> bool {
        let Some(told) = header.strip_prefix(SCHEME).and_then(bytes) else { return false };
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of any length");
        mac.update(body);
        mac.verify_slice(&told).is_ok()
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret")
    }
}

/// Hexadecimal as EasyPost writes it: in small letters. One text for one signature.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |letter: u8| match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _no_digit => None,
    };
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| <[u8; 2]>::try_from(pair).ok().and_then(|[high, low]| Some(digit(high)? << 4 | digit(low)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// EasyPost's own (MIT, see `tests/easypost/fixtures`), which it signs without the line feed at its end.
    const BODY: &[u8] = include_bytes!("../../tests/easypost/fixtures/event-body.json");
    const SIGNATURE: &str = "hmac-sha256-hex=38f3f53c103713df81616a0a186d77141957323ec21d5fe9363db93840f527db";

    fn body() -> &'static [u8] {
        BODY.strip_suffix(b"\n").expect("a line feed at its end")
    }

    fn secret() -> WebhookSecret {
        WebhookSecret::parse("sécret").expect("not blank")
    }

    #[test]
    fn what_easypost_published_is_taken_and_not_with_a_line_feed_more() {
        assert!(secret().signs(SIGNATURE, body()));
        assert!(!secret().signs(SIGNATURE, BODY));
    }

    #[test]
    fn a_secret_is_the_same_however_a_keyboard_makes_its_accents() {
        let (composed, apart) = ("s\u{e9}cret", "se\u{301}cret");
        assert_eq!(WebhookSecret::parse(composed), WebhookSecret::parse(apart));
        assert!(!WebhookSecret::parse("secret").expect("not blank").signs(SIGNATURE, body()));
    }

    #[test]
    fn a_blank_secret_is_none() {
        assert_eq!(WebhookSecret::parse(" \n"), None);
        assert_eq!(WebhookSecret::parse(""), None);
    }

    #[test]
    fn a_secret_is_not_in_a_log() {
        assert_eq!(format!("{:?}", secret()), "WebhookSecret");
    }

    #[test]
    fn every_byte_of_the_body_counts() {
        for at in 0..body().len() {
            let mut changed = body().to_vec();
            changed[at] ^= 1;
            assert!(!secret().signs(SIGNATURE, &changed), "byte {at}");
            changed.remove(at);
            assert!(!secret().signs(SIGNATURE, &changed), "without byte {at}");
        }
    }

    #[test]
    fn every_letter_of_the_signature_counts_and_so_does_its_length() {
        for at in 0..SIGNATURE.len() {
            for bit in 0..7 {
                let mut changed = SIGNATURE.as_bytes().to_vec();
                changed[at] ^= 1 << bit;
                let changed = String::from_utf8(changed).expect("ASCII stays ASCII");
                assert!(!secret().signs(&changed, body()), "{changed}");
            }
            assert!(!secret().signs(&SIGNATURE[..at], body()), "only {at} of it");
        }
        for more in ["00", "0", " "] {
            assert!(!secret().signs(&format!("{SIGNATURE}{more}"), body()));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_header_and_body_that_anybody_makes_up_are_taken(header in ".{0,90}", body in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert!(!secret().signs(&header, &body));
            prop_assert!(!secret().signs(SIGNATURE, &body));
        }
    }
}
