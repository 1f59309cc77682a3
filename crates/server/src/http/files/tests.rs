use super::*;
use axum::body::{Body, to_bytes};
use axum::http::HeaderMap;
use std::path::PathBuf;
use tower::ServiceExt as _;

const PAGE: &str = r#"<meta name="api" content="embedded" /><meta name="x" content="embedded"><script>go()</script>"#;

/// A small build in a folder of its own, beside a file that is nobody's business.
fn built(name: &str) -> PathBuf {
    let beside = std::env::temp_dir().join(format!("bottega-files-{}-{name}", std::process::id()));
    let dist = beside.join("dist");
    std::fs::create_dir_all(dist.join("app-0123456789abcdef")).unwrap();
    std::fs::write(beside.join("secret.json"), "secret").unwrap();
    std::fs::write(dist.join("index.html"), PAGE).unwrap();
    std::fs::write(dist.join("index.html.br"), "small page").unwrap();
    std::fs::write(dist.join("app-0123456789abcdef/bottega_bg.wasm"), "plain").unwrap();
    std::fs::write(dist.join("app-0123456789abcdef/bottega_bg.wasm.br"), "small").unwrap();
    std::fs::write(dist.join("app-0123456789abcdef/bottega_bg.wasm.gz"), "quite small").unwrap();
    dist
}

fn ours() -> Answers {
    Answers::ThisServer { wallet_label: None }
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

fn ask(name: &str, answers: Answers, request: http::request::Builder) -> Answer {
    let dist = built(name);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let answer = runtime.block_on(async {
        let request = request.body(Body::empty()).unwrap();
        let response = router(&dist, answers).unwrap().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    });
    std::fs::remove_dir_all(dist.parent().unwrap()).unwrap();
    answer
}

fn get(name: &str, path: &str) -> Answer {
    ask(name, Answers::AsBuilt, Request::builder().uri(path).header("accept-encoding", "br"))
}

#[test]
fn every_address_of_the_app_is_the_index_and_is_never_kept_unasked() {
    for (name, path) in [("app", "/shop/kai.shapes?order=ord_1"), ("root", "/"), ("named", "/index.html")] {
        let answer = get(name, path);
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "small page"));
        assert_eq!(answer.headers["content-type"], "text/html");
        assert_eq!(answer.headers["cache-control"], "no-cache");
    }
}

#[test]
fn the_page_of_a_server_asks_the_server_and_keeps_all_else() {
    let answer = ask("served", ours(), Request::builder().uri("/").header("accept-encoding", "br"));
    assert_eq!(answer.body, PAGE.replacen("embedded", "fetch", 1));
    assert_eq!(answer.headers["content-type"], "text/html");
}

#[test]
fn the_page_of_a_server_says_what_the_wallet_is_called_there() {
    let called = |label: &str| Answers::ThisServer { wallet_label: Some(label.parse().unwrap()) };
    let answer = ask("called", called("Kai & Co \"Pay\""), Request::builder().uri("/"));
    let asks = r#"<meta name="api" content="fetch" />"#;
    let says = r#"<meta name="wallet-label" content="Kai &amp; Co &quot;Pay&quot;">"#;
    assert_eq!(answer.body, PAGE.replacen(r#"<meta name="api" content="embedded" />"#, &format!("{asks}{says}"), 1));
    // A page that is known is another one where the wallet is called something else.
    assert_ne!(answer.headers["etag"], ask("uncalled", ours(), Request::builder().uri("/")).headers["etag"]);
}

#[test]
fn a_page_that_is_known_is_not_sent_again() {
    let tag = ask("tag", ours(), Request::builder().uri("/")).headers["etag"].clone();
    for known in [tag.to_str().unwrap().to_owned(), format!("W/{}", tag.to_str().unwrap())] {
        let again = ask("again", ours(), Request::builder().uri("/a").header("if-none-match", known));
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    }
    let other = ask("other", ours(), Request::builder().uri("/").header("if-none-match", "\"no\""));
    assert_eq!(other.status, StatusCode::OK);
}

#[test]
fn a_page_is_read_and_nothing_else() {
    for (name, answers) in [("post", Answers::AsBuilt), ("posted", ours())] {
        let answer = ask(name, answers, Request::builder().method("POST").uri("/"));
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    }
}

#[test]
fn hashed_files_are_kept_for_ever_and_come_as_small_as_the_browser_takes_them() {
    let path = "/app-0123456789abcdef/bottega_bg.wasm";
    for (name, accepted, body, encoding) in [
        ("br", "gzip, deflate, br", "small", Some("br")),
        ("gz", "gzip", "quite small", Some("gzip")),
        ("plain", "identity", "plain", None),
    ] {
        let answer = ask(name, Answers::AsBuilt, Request::builder().uri(path).header("accept-encoding", accepted));
        assert_eq!(answer.body, body);
        assert_eq!(answer.headers.get("content-encoding").map(|value| value.to_str().unwrap()), encoding);
        assert_eq!(answer.headers["content-type"], "application/wasm");
        assert!(answer.headers["cache-control"].to_str().unwrap().contains("immutable"));
    }
}

#[test]
fn a_missing_file_is_not_found_and_not_kept() {
    let answer = get("missing", "/app-fedcba9876543210.js");
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.headers["cache-control"], "no-cache");
}

#[test]
fn the_api_is_not_answered_with_a_page() {
    let answer = get("api", "/v1/threads");
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.headers["content-type"], Problem::MEDIA_TYPE);
}

#[test]
fn nothing_outside_the_folder_is_served() {
    for (name, path) in [("up", "/../secret.json"), ("coded", "/%2e%2e/secret.json"), ("slash", "/..%2fsecret.json")] {
        let answer = get(name, path);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.body.contains("secret"), "{path}");
    }
}

#[test]
fn every_page_and_file_carries_the_policy_of_the_inline_script() {
    for (name, path) in [("1", "/"), ("2", "/app-0123456789abcdef/bottega_bg.wasm"), ("3", "/nothing.js")] {
        let answer = get(&format!("policy{name}"), path);
        assert!(answer.headers["content-security-policy"].to_str().unwrap().contains("'sha256-"), "{path}");
    }
}

#[test]
fn only_a_whole_hash_counts_as_one() {
    assert!(is_hashed("/snippets/bottega-0123456789abcdef/inline0.js"));
    assert!(is_hashed("/parts-6f85cee3f10f46a.css"), "its first digit was a zero");
    assert!(!is_hashed("/icons/icon-192.png"));
    assert!(!is_hashed("/both-0123456789abcdeg.js"));
    assert!(!is_hashed("/wood-facade.js"), "a word of the first six letters");
}
