//! Secrets that programs keep: a word that says what for, then 256 random bits.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The bytes of a secret.
const BYTES: usize = 32;
/// Characters of it that its owner knows it by.
const HINT: usize = 4;

/// A secret of a kind, such as `bk_…`. It is not printed, not even by accident.
pub struct Secret {
    prefix: &'static str,
    bytes: [u8; BYTES],
}

impl Secret {
    /// A new one, straight from the system's own randomness.
    pub fn draw(prefix: &'static str) -> Self {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).expect("the system gives random numbers");
        Self { prefix, bytes }
    }

    /// Reads the one way it is written.
    pub fn parse(prefix: &'static str, text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(prefix)?).ok()?.try_into().ok()?;
        Some(Self { prefix, bytes })
    }

    /// As it is told, once.
    pub fn text(&self) -> String {
        format!("{}{}", self.prefix, URL_SAFE_NO_PAD.encode(self.bytes))
    }

    /// Its last characters.
    pub fn hint(&self) -> String {
        let text = self.text();
        text[text.len() - HINT..].to_owned()
    }

    /// What may be kept of it: its SHA-256, in hexadecimal.
    pub fn hash(&self) -> String {
        domain::text::hex(&Sha256::digest(self.bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_was_written_and_nothing_else_is_one() {
        let secret = Secret::draw("bk_");
        let text = secret.text();
        assert_eq!(Secret::parse("bk_", &text).unwrap().hash(), secret.hash());
        assert!(text.ends_with(&secret.hint()));
        for other in ["", "bk_", &text[1..], &text[3..], &format!("{text}A"), &format!("{text}="), "bk_é"] {
            assert!(Secret::parse("bk_", other).is_none(), "{other}");
        }
        assert!(Secret::parse("whs_", &text).is_none(), "one kind is not another");
    }

    #[test]
    fn no_two_secrets_are_the_same() {
        assert_ne!(Secret::draw("bk_").hash(), Secret::draw("bk_").hash());
    }
}
