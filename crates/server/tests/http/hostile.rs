//! What is sent to harm: it is refused clearly, and the next one is served.

use crate::site::{AS, Site};
use api::problem::Problem;
use http::StatusCode;

/// Headers.
type Said<'a> = &'a [(&'a str, &'a str)];

/// The problem in an answer as it came over the wire.
fn problem(answer: &str) -> Problem {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    assert!(head.to_lowercase().contains("content-type: application/problem+json"), "{head}");
    assert!(head.to_lowercase().contains("x-request-id: "), "{head}");
    serde_json::from_str(body).unwrap()
}

async fn is_served(site: &Site) -> bool {
    site.send(site.get("/healthz"), "").await.status == StatusCode::OK
}

#[tokio::test]
async fn a_million_brackets_are_refused() {
    let site = Site::start().await;
    let (thread, bomb) = (site.thread().await, "[".repeat(1_000_000));
    let words = site.post(&format!("/v1/threads/{thread}/messages"), "bomb").header(AS, "maya.torres");
    assert_eq!(site.send(words, bomb.clone()).await.problem().code, "too_large");
    let photo = site.post("/v1/photos", "bomb").header(AS, "maya.torres");
    assert_eq!(site.send(photo, bomb).await.problem().code, "invalid_body");
    assert!(is_served(&site).await);
}

#[tokio::test]
async fn a_body_is_as_large_as_its_route_needs() {
    let site = Site::start().await;
    let sent = async |path: &str, length: usize| {
        let request = site.post(path, "large").header(AS, "maya.torres");
        site.send(request, " ".repeat(length)).await.problem().code
    };
    let thread = format!("/v1/threads/{}/messages", site.thread().await);
    assert_eq!(sent(&thread, 256 * 1024).await, "invalid_body");
    assert_eq!(sent(&thread, 256 * 1024 + 1).await, "too_large");
    assert_eq!(sent("/v1/photos", 6 * 1024 * 1024).await, "invalid_body");
    assert_eq!(sent("/v1/photos", 6 * 1024 * 1024 + 1).await, "too_large");
    // Whoever announces more than anybody would read is refused at once; who is nobody is told that.
    let head = "POST /v1/photos HTTP/1.1\r\nhost: a\r\nsec-fetch-site: none\r\ncontent-type: application/json\r\n";
    for (who, code) in [("x-test-as: maya.torres\r\n", "too_large"), ("", "signed_out")] {
        let answer = site.raw(format!("{head}{who}content-length: 999999999999\r\n\r\n").as_bytes()).await;
        assert_eq!(problem(&answer).code, code);
    }
}

#[tokio::test]
async fn from_nobody_little_is_taken() {
    let site = Site::start().await;
    let sent =
        async |path: &str, length: usize| site.send(site.post(path, "nobody"), " ".repeat(length)).await.problem().code;
    assert_eq!(sent("/v1/sign-in/demo", 32 * 1024 + 1).await, "too_large");
    assert_eq!(sent("/v1/photos", 32 * 1024 + 1).await, "signed_out");
    assert_eq!(sent("/v1/photos", 10).await, "signed_out");
}

#[tokio::test]
async fn half_a_body_is_refused_and_does_nothing() {
    let site = Site::start().await;
    let thread = site.thread().await;
    let maya = site.account("maya.torres").await;
    let before = site.server.app.store.cursor(&maya).await.unwrap();
    let body = r#"{"id":"msg_half","content":{"type":"text","text":"half"}}"#;
    for framing in
        ["content-length: 500\r\n\r\n".to_owned(), format!("transfer-encoding: chunked\r\n\r\n{:x}\r\n", 500)]
    {
        let head = format!(
            "POST /v1/threads/{thread}/messages HTTP/1.1\r\nhost: a\r\nx-test-as: maya.torres\r\n\
             sec-fetch-site: same-origin\r\ncontent-type: application/json\r\nidempotency-key: half\r\n"
        );
        let answer = site.raw(format!("{head}{framing}{body}").as_bytes()).await;
        let problem = problem(&answer);
        assert_eq!((problem.status, problem.code.as_str()), (400, "incomplete_body"));
    }
    assert_eq!(site.server.app.store.cursor(&maya).await.unwrap(), before);
    assert!(is_served(&site).await);
}

#[tokio::test]
async fn what_is_not_http_is_not_answered_as_if_it_were() {
    let site = Site::start().await;
    for nonsense in
        [&b"\x16\x03\x01\x02\x00\x01\x00"[..], b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\0\0\0\0\r\n\r\n"]
    {
        let answer = site.raw(nonsense).await;
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 400") || answer.starts_with("HTTP/1.1 505"),
            "{answer}"
        );
    }
    let endless = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "a".repeat(100_000));
    assert!(site.raw(endless.as_bytes()).await.starts_with("HTTP/1.1 431"));
    assert!(is_served(&site).await);
}

#[tokio::test]
async fn bodies_that_are_not_what_they_should_be_are_problems() {
    let site = Site::start().await;
    let thread = site.thread().await;
    let deep = format!("{}{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    let bodies = ["", "null", "[]", "{}", "\"", "{\"id\":1}", "\u{0}", "{\"id\":\"msg_1\",\"extra\":1}", deep.as_str()];
    for (number, body) in bodies.into_iter().enumerate() {
        let path = format!("/v1/threads/{thread}/messages");
        let request = site.post(&path, &format!("bad-{number}")).header(AS, "maya.torres");
        assert_eq!(site.send(request, body.to_owned()).await.problem().code, "invalid_body", "{body:.20}");
    }
    let request = site.post(&format!("/v1/threads/{thread}/messages"), "bytes").header(AS, "maya.torres");
    assert_eq!(site.send(request, vec![0xff, 0xfe]).await.problem().code, "invalid_body");
}

#[tokio::test]
async fn another_sites_page_changes_nothing() {
    let site = Site::start().await;
    let maya = site.account("maya.torres").await;
    let before = site.server.app.store.cursor(&maya).await.unwrap();
    let (thread, own) = (site.thread().await, site.server.config.origin.clone());
    let body = r#"{"id":"msg_forged","content":{"type":"text","text":"forged"}}"#;
    let path = format!("/v1/threads/{thread}/messages");
    let kinds: [(Said, u16, &str); 7] = [
        (&[("content-type", "application/json"), ("sec-fetch-site", "cross-site")], 403, "cross_site"),
        (&[("content-type", "application/json"), ("sec-fetch-site", "same-site")], 403, "cross_site"),
        (&[("content-type", "application/json"), ("origin", "http://evil.example")], 403, "cross_site"),
        (&[("content-type", "application/json"), ("cookie", "a=b")], 403, "cross_site"),
        (&[("content-type", "application/json")], 403, "cross_site"),
        (&[("content-type", "text/plain"), ("sec-fetch-site", "same-origin")], 415, "not_json"),
        (&[("content-type", "application/x-www-form-urlencoded"), ("origin", own.as_str())], 415, "not_json"),
    ];
    for (said, status, code) in kinds {
        let request = http::Request::post(&path).header("host", "a").header(AS, "maya.torres");
        let request = request.header("idempotency-key", "forged");
        let request = said.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let problem = site.send(request, body).await.problem();
        assert_eq!((problem.status, problem.code.as_str()), (status, code), "{said:?}");
    }
    assert_eq!(site.server.app.store.cursor(&maya).await.unwrap(), before);
    let ours = http::Request::post(&path).header("host", "a").header(AS, "maya.torres").header("origin", own);
    let ours = ours.header("idempotency-key", "ours").header("content-type", "application/json");
    assert_eq!(site.send(ours, body).await.status, StatusCode::OK);
}
