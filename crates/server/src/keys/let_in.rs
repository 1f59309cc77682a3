//! From the key that a program brings to whom it acts for, and what it may do in their name.

use super::{Keys, PREFIX, Secret};
use crate::accounts::SessionId;
use api::Caller;
use api::app::App;
use api::problem::Problem;
use api::scope::is_open_to_keys;
use axum::extract::MatchedPath;
use axum::http::{Extensions, HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// Whom a program acts for, and the key that its streams end with.
pub struct Known {
    /// The business.
    pub caller: Caller,
    /// The id of the key, in the place of a session's.
    pub session: SessionId,
}

/// Whom the key of a request stands for; nothing for a request without a key.
///
/// # Errors
/// The answer of a request that brings a key which is none, or none for this route.
pub async fn identify(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Result<Option<Known>, Box<Response>> {
    let Some(said) = said(headers) else { return Ok(None) };
    let secret = said.and_then(|said| Secret::parse(PREFIX, said)).ok_or_else(unknown)?;
    let found = Keys::of(app).find(&secret).await.map_err(|error| Box::new(Problem::from(error).into_response()))?;
    let (account, id) = found.ok_or_else(unknown)?;
    // Without a route there is nothing to keep it from.
    if extensions.get::<MatchedPath>().is_some_and(|route| !is_open_to_keys(route.as_str().trim_start_matches("/v1"))) {
        let problem = Problem::new(403, "not_with_a_key", "A program with a key cannot do this. Sign in for it.");
        return Err(Box::new(problem.into_response()));
    }
    Ok(Some(Known { caller: Caller(account), session: SessionId(id) }))
}

/// What is brought as a bearer: nothing, or something unreadable when it is brought twice.
fn said(headers: &HeaderMap) -> Option<Option<&str>> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter().filter_map(|value| {
        let (scheme, said) = value.to_str().ok()?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(said.trim())
    });
    let first = all.next()?;
    Some(all.next().is_none().then_some(first))
}

fn unknown() -> Box<Response> {
    let mut response = Problem::new(401, "unknown_key", "There is no such key, or it was revoked.").into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    Box::new(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&'static str]) -> HeaderMap {
        values.iter().map(|value| (header::AUTHORIZATION, HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_a_bearer_is_a_key_and_two_are_none() {
        assert_eq!(said(&headers(&[])), None);
        assert_eq!(said(&headers(&["Basic bk_a"])), None);
        assert_eq!(said(&headers(&["bearer bk_a"])), Some(Some("bk_a")));
        assert_eq!(said(&headers(&["Bearer bk_a", "Bearer bk_b"])), Some(None));
    }
}
