//! What a device proves with that it is signed in: 256 random bits. Only their SHA-256 is kept.

use super::SessionId;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The bytes of a token.
const BYTES: usize = 32;

/// A session's secret. It is not printed, not even by accident.
pub(super) struct Token([u8; BYTES]);

impl Token {
    /// A new one, straight from the system's own randomness.
    pub fn draw() -> Self {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).expect("the system gives random numbers");
        Self(bytes)
    }

    /// Reads the one way it is written.
    pub fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// As a cookie carries it.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The session it opens.
    pub fn session(&self) -> SessionId {
        SessionId(domain::text::hex(&Sha256::digest(self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written_and_nothing_else_is_one() {
        let token = Token::draw();
        assert_eq!(Token::parse(&token.text()).unwrap().session(), token.session());
        for other in ["", "x", &token.text()[1..], &format!("{}A", token.text()), &format!("{}=", token.text()), "é"] {
            assert!(Token::parse(other).is_none(), "{other}");
        }
    }

    #[test]
    fn no_two_tokens_are_the_same_and_none_is_its_own_session() {
        let (one, other) = (Token::draw(), Token::draw());
        assert_ne!(one.session(), other.session());
        assert!(!one.session().0.contains(&one.text()));
    }
}
