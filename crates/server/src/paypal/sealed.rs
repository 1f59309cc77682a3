//! Tokens of wallets, sealed where they are kept: who reads the database alone pays nothing with them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::fmt;
use std::sync::Arc;

/// How a sealed text begins: the next way to seal has another number.
const FORM: &str = "s1.";

/// What seals and opens: 256 bits, outside of the database.
#[derive(Clone)]
pub struct WalletKey(Arc<LessSafeKey>);

impl fmt::Debug for WalletKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WalletKey")
    }
}

/// It cannot be opened: another key, another place, or changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unopened;

impl fmt::Display for Unopened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what is sealed here opens with another key")
    }
}

impl WalletKey {
    /// Reads 32 bytes in base64, as `openssl rand -base64 32` writes them; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.trim()).or_else(|_| STANDARD_NO_PAD.decode(text.trim())).ok()?;
        let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok()?;
        Some(Self(Arc::new(LessSafeKey::new(key))))
    }

    /// Seals a text for a place: elsewhere it opens for nobody.
    pub fn seal(&self, place: &str, text: &str) -> String {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).expect("the system gives random numbers");
        let mut sealed = text.as_bytes().to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        // A token is far below what the cipher takes.
        self.0.seal_in_place_append_tag(unique, Aad::from(place), &mut sealed).expect("short enough");
        format!("{FORM}{}", STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what was sealed for a place.
    ///
    /// # Errors
    /// When it was sealed with another key, for another place, or was changed.
    pub fn open(&self, place: &str, sealed: &str) -> Result<String, Unopened> {
        let bytes = sealed.strip_prefix(FORM).and_then(|text| STANDARD_NO_PAD.decode(text).ok()).ok_or(Unopened)?;
        let (nonce, rest) = bytes.split_at_checked(NONCE_LEN).ok_or(Unopened)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Unopened)?;
        let mut rest = rest.to_vec();
        let opened = self.0.open_in_place(nonce, Aad::from(place), &mut rest).map_err(|_| Unopened)?;
        String::from_utf8(opened.to_vec()).map_err(|_| Unopened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> WalletKey {
        WalletKey::parse(&STANDARD.encode([byte; 32])).expect("32 bytes")
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_in_its_place_and_nowhere_else() {
        let sealed = key(1).seal("acc_1/pm_1", "8kk8451t");
        assert!(!sealed.contains("8kk8451t"));
        assert_ne!(sealed, key(1).seal("acc_1/pm_1", "8kk8451t"), "twice is never the same");
        assert_eq!(key(1).open("acc_1/pm_1", &sealed).as_deref(), Ok("8kk8451t"));
        assert_eq!(key(2).open("acc_1/pm_1", &sealed), Err(Unopened));
        assert_eq!(key(1).open("acc_2/pm_1", &sealed), Err(Unopened));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("ASCII");
            assert_eq!(key(1).open("acc_1/pm_1", &changed), Err(Unopened), "byte {at}");
        }
    }

    #[test]
    fn a_key_is_thirty_two_bytes() {
        assert!(WalletKey::parse(&STANDARD.encode([7; 31])).is_none());
        assert!(WalletKey::parse("correct horse battery staple").is_none());
        assert!(WalletKey::parse(&format!(" {}\n", STANDARD.encode([7; 32]))).is_some());
    }
}
