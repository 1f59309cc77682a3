//! Tokens of wallets, sealed where they are kept: who reads the database alone pays nothing with them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::fmt;
use std::sync::Arc;

/// How a sealed text begins: the next way to seal has another number.
const FORM: &str = "s1.";

/// What seals and opens: keys of 256 bits, outside of the database. The first seals; those behind it open what they sealed
/// before it was there.
#[derive(Clone)]
pub struct WalletKey(Arc<Keys>);

struct Keys {
    now: LessSafeKey,
    before: Vec<LessSafeKey>,
}

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
    /// Reads 32 bytes in base64, as `openssl rand -base64 32` writes them, or several of that, by commas, the newest
    /// first; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut keys = text.split(',').map(Self::one);
        let now = keys.next()??;
        let before = keys.collect::<Option<_>>()?;
        Some(Self(Arc::new(Keys { now, before })))
    }

    fn one(text: &str) -> Option<LessSafeKey> {
        let bytes = STANDARD.decode(text.trim()).or_else(|_| STANDARD_NO_PAD.decode(text.trim())).ok()?;
        let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok()?;
        Some(LessSafeKey::new(key))
    }

    /// Seals a text for a place: elsewhere it opens for nobody.
    pub fn seal(&self, place: &str, text: &str) -> String {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).expect("the system gives random numbers");
        let mut sealed = text.as_bytes().to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        // A token is far below what the cipher takes.
        self.0.now.seal_in_place_append_tag(unique, Aad::from(place), &mut sealed).expect("short enough");
        format!("{FORM}{}", STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what was sealed for a place.
    ///
    /// # Errors
    /// When it was sealed with a key that is not here, for another place, or was changed.
    pub fn open(&self, place: &str, sealed: &str) -> Result<String, Unopened> {
        let bytes = sealed.strip_prefix(FORM).and_then(|text| STANDARD_NO_PAD.decode(text).ok()).ok_or(Unopened)?;
        let (nonce, rest) = bytes.split_at_checked(NONCE_LEN).ok_or(Unopened)?;
        let open = |key: &LessSafeKey| {
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let mut rest = rest.to_vec();
            let opened = key.open_in_place(nonce, Aad::from(place), &mut rest).ok()?;
            String::from_utf8(opened.to_vec()).ok()
        };
        std::iter::once(&self.0.now).chain(&self.0.before).find_map(open).ok_or(Unopened)
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
    fn a_new_key_seals_and_the_ones_behind_it_open_what_they_sealed() {
        let old = key(1).seal("acc_1/pm_1", "8kk8451t");
        let both = WalletKey::parse(&format!("{}, {}", STANDARD.encode([2; 32]), STANDARD.encode([1; 32])));
        let both = both.expect("two keys");
        assert_eq!(both.open("acc_1/pm_1", &old).as_deref(), Ok("8kk8451t"));
        let new = both.seal("acc_1/pm_1", "8kk8451t");
        assert_eq!(key(2).open("acc_1/pm_1", &new).as_deref(), Ok("8kk8451t"));
        assert_eq!(key(1).open("acc_1/pm_1", &new), Err(Unopened));
    }

    #[test]
    fn a_key_is_thirty_two_bytes() {
        assert!(WalletKey::parse(&STANDARD.encode([7; 31])).is_none());
        assert!(WalletKey::parse("correct horse battery staple").is_none());
        assert!(WalletKey::parse("").is_none());
        assert!(WalletKey::parse(&format!("{},", STANDARD.encode([7; 32]))).is_none(), "half of two");
        assert!(WalletKey::parse(&format!(" {}\n", STANDARD.encode([7; 32]))).is_some());
    }
}
