//! A PIN as it is kept: stretched, so that who reads the database has work to do for each guess.

use argon2::{Algorithm, Argon2, Params, Version};
use domain::text::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// 7 MiB, five passes, one lane: one of the settings of Argon2id that OWASP's cheat sheet on storing passwords counts as
/// equal, and the one that a cheap phone has room for.
const MEMORY_KIB: u32 = 7 * 1024;
const PASSES: u32 = 5;

/// What is kept of a PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Pin {
    /// Salt and hash of Argon2id, in hexadecimal.
    Argon2 {
        /// 128 random bits.
        salt: String,
        /// 256 bits.
        argon2id: String,
    },
    /// Salt and hash of an earlier build.
    Weak(String, String),
}

impl Pin {
    /// What to keep of a PIN.
    pub fn new(salt: u128, pin: &str) -> Self {
        let salt = format!("{salt:032x}");
        let argon2id = stretched(&salt, pin);
        Self::Argon2 { salt, argon2id }
    }

    /// Whether this is the PIN.
    pub fn is(&self, pin: &str) -> bool {
        match self {
            Self::Argon2 { salt, argon2id } => stretched(salt, pin) == *argon2id,
            Self::Weak(salt, hash) => weak(salt, pin) == *hash,
        }
    }

    /// Whether an earlier build kept it.
    pub fn is_weak(&self) -> bool {
        match self {
            Self::Argon2 { .. } => false,
            Self::Weak(..) => true,
        }
    }
}

fn stretched(salt: &str, pin: &str) -> String {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).expect("within what Argon2 takes");
    let mut hash = [0; 32];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into(pin.as_bytes(), salt.as_bytes(), &mut hash).expect("a salt of 32 bytes");
    hex(&hash)
}

fn weak(salt: &str, pin: &str) -> String {
    let mut hash = Sha256::digest(format!("{salt}{pin}"));
    for _ in 0..10_000 {
        hash = Sha256::digest(hash);
    }
    hex(&hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_known_again_and_another_is_not() {
        let kept = Pin::new(7, "2580");
        assert!(kept.is("2580") && !kept.is("2581") && !kept.is_weak());
        assert_ne!(kept, Pin::new(8, "2580"), "the same PIN of two people looks different");
        assert!(!serde_json::to_string(&kept).unwrap().contains("2580"));
    }

    #[test]
    fn a_pin_of_an_earlier_build_still_opens() {
        let text = format!(r#"["ab","{}"]"#, weak("ab", "2580"));
        let kept: Pin = serde_json::from_str(&text).unwrap();
        assert!(kept.is("2580") && !kept.is("0000") && kept.is_weak());
    }
}
