//! The one cookie there is. Its name makes browsers refuse it unless it is secure, for the whole site and of this
//! host alone.

use super::session::LIFE;
use super::token::Token;
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};

const NAME: &str = "__Host-session";

/// Keeps a session's token where no script can read it.
pub(super) fn keep(token: &Token) -> HeaderValue {
    written(&token.text(), LIFE.as_millis() / 1000)
}

/// As a browser brings it back.
pub(super) fn brought(token: &Token) -> String {
    format!("{NAME}={}", token.text())
}

/// Forgets it.
pub(super) fn forget() -> HeaderValue {
    written("", 0)
}

fn written(value: &str, seconds: i64) -> HeaderValue {
    let text = format!("{NAME}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
    HeaderValue::try_from(text).expect("base64 and digits are ASCII")
}

/// The token that a request brings. Two of them are none: one was put there by somebody else.
pub(super) fn token(headers: &HeaderMap) -> Option<Token> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut values = pairs.flat_map(|text| text.split(';')).filter_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == NAME).then_some(value)
    });
    match (values.next(), values.next()) {
        (Some(value), None) => Token::parse(value),
        (None, _) | (Some(_), Some(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found_in(cookies: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(COOKIE, HeaderValue::from_str(cookie).unwrap());
        }
        token(&headers).map(|token| token.text())
    }

    #[test]
    fn the_token_is_found_among_other_cookies_and_two_are_none() {
        let text = Token::draw().text();
        let ours = format!("{NAME}={text}");
        assert_eq!(found_in(&[&format!("a=b; {ours}; c")]), Some(text.clone()));
        assert_eq!(found_in(&["a=b", &ours]), Some(text));
        assert_eq!(found_in(&[&format!("{ours}; {ours}")]), None);
        assert_eq!(found_in(&[&ours, &ours]), None);
        assert_eq!(found_in(&["session=x", "x__Host-session=y"]), None);
        assert_eq!(found_in(&[]), None);
    }
}
