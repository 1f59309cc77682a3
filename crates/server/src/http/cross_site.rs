//! Nobody changes anything here from another site's page.

use crate::config::Config;
use api::problem::Problem;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The layer: lets in what reads, and what changes when it comes from our own page, or from a program with a key.
pub async fn keep_out(State(config): State<Arc<Config>>, request: Request, next: Next) -> Response {
    match check(&config, request.method(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn check(config: &Config, method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    if method == Method::GET || method == Method::HEAD {
        return Ok(());
    }
    if !is_from_us(config, headers) {
        return Err(Problem::new(403, "cross_site", "This call came from a page that is not ours."));
    }
    // A form cannot send JSON, nor can another site's script without being asked about first.
    if !is_json(headers) {
        return Err(Problem::new(415, "not_json", "This call needs a body of the type application/json."));
    }
    Ok(())
}

fn is_from_us(config: &Config, headers: &HeaderMap) -> bool {
    let all = |name: &HeaderName, holds: &dyn Fn(&str) -> bool| {
        headers.get_all(name).iter().all(|value| value.to_str().is_ok_and(holds))
    };
    if headers.contains_key(SITE) {
        return all(&SITE, &|site| site == "same-origin" || site == "none");
    }
    if headers.contains_key(header::ORIGIN) {
        return all(&header::ORIGIN, &|origin| config.is_own(origin));
    }
    // Not by the other `Sec-Fetch-…`: `fetch` outside a browser says its mode, too. A browser always says the site.
    let is_browser = headers.contains_key(header::REFERER) || headers.contains_key(header::COOKIE);
    // What a browser adds by itself, a cookie, must not be enough. A key is put in by whoever wrote the program.
    !is_browser && has_key(headers)
}

fn has_key(headers: &HeaderMap) -> bool {
    let said = headers.get(header::AUTHORIZATION).and_then(|said| said.to_str().ok());
    said.and_then(|said| said.split_once(' '))
        .is_some_and(|(scheme, key)| scheme.eq_ignore_ascii_case("bearer") && !key.trim().is_empty())
}

fn is_json(headers: &HeaderMap) -> bool {
    let said = |value: &HeaderValue| {
        let media = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
        media.trim().eq_ignore_ascii_case("application/json")
    };
    headers.get(header::CONTENT_TYPE).is_some_and(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: (&str, &str) = ("content-type", "application/json");

    fn checked(method: Method, said: &[(&'static str, &'static str)]) -> Result<(), String> {
        let config = Config { origin: "https://ours.example".to_owned(), ..Config::local(([127, 0, 0, 1], 1).into()) };
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            headers.append(*name, HeaderValue::from_static(value));
        }
        check(&config, &method, &headers).map_err(|problem| problem.code)
    }

    #[test]
    fn reading_is_open_to_all() {
        assert_eq!(checked(Method::GET, &[("sec-fetch-site", "cross-site")]), Ok(()));
        assert_eq!(checked(Method::HEAD, &[]), Ok(()));
    }

    #[test]
    fn our_own_page_and_programs_with_a_key_get_in() {
        let ours: [&[(&str, &str)]; 7] = [
            &[JSON, ("sec-fetch-site", "same-origin")],
            &[JSON, ("sec-fetch-site", "none"), ("cookie", "a=b")],
            &[JSON, ("origin", "https://ours.example"), ("cookie", "a=b")],
            &[("content-type", "Application/JSON; charset=utf-8"), ("sec-fetch-site", "same-origin")],
            &[JSON, ("authorization", "Bearer abc")],
            &[JSON, ("authorization", "bearer abc"), ("user-agent", "curl")],
            &[JSON, ("authorization", "Bearer abc"), ("sec-fetch-mode", "cors"), ("user-agent", "node")],
        ];
        for said in ours {
            assert_eq!(checked(Method::POST, said), Ok(()), "{said:?}");
        }
    }

    #[test]
    fn other_pages_and_whoever_hides_it_are_kept_out() {
        let foreign: [&[(&str, &str)]; 14] = [
            &[JSON, ("sec-fetch-site", "cross-site")],
            &[JSON, ("sec-fetch-site", "same-site")],
            &[JSON, ("sec-fetch-site", "cross-site"), ("origin", "https://ours.example")],
            &[JSON, ("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
            &[JSON, ("origin", "https://evil.example")],
            &[JSON, ("origin", "null")],
            &[JSON, ("origin", "https://ours.example.evil.example")],
            &[JSON, ("origin", "https://evil.example"), ("authorization", "Bearer abc")],
            &[JSON],
            &[JSON, ("cookie", "session=1")],
            &[JSON, ("cookie", "session=1"), ("authorization", "Bearer abc")],
            &[JSON, ("authorization", "Basic abc")],
            &[JSON, ("authorization", "Bearer abc"), ("referer", "https://evil.example/")],
            &[JSON, ("sec-fetch-mode", "cors")],
        ];
        for said in foreign {
            for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
                assert_eq!(checked(method, said), Err("cross_site".to_owned()), "{said:?}");
            }
        }
    }

    #[test]
    fn only_json_changes_anything() {
        for kind in
            ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx"]
        {
            let said = [("sec-fetch-site", "same-origin"), ("content-type", kind)];
            assert_eq!(checked(Method::POST, &said), Err("not_json".to_owned()), "{kind}");
        }
        assert_eq!(checked(Method::POST, &[("sec-fetch-site", "same-origin")]), Err("not_json".to_owned()));
    }
}
