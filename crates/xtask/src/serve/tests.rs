use super::*;
use axum::body::{Body, to_bytes};
use axum::http::HeaderMap;
use std::path::PathBuf;
use tower::ServiceExt as _;

/// A small build in a folder of its own, beside a file that is nobody's business.
fn built(name: &str) -> PathBuf {
    let beside = std::env::temp_dir().join(format!("bottega-serve-{}-{name}", std::process::id()));
    let dist = beside.join("dist");
    std::fs::create_dir_all(&dist).unwrap();
    std::fs::write(beside.join("secret.json"), "secret").unwrap();
    std::fs::write(dist.join("index.html"), "<script>go()</script>").unwrap();
    std::fs::write(dist.join("app-0123456789abcdef_bg.wasm"), "plain").unwrap();
    std::fs::write(dist.join("app-0123456789abcdef_bg.wasm.br"), "small").unwrap();
    dist
}

fn get(name: &str, path: &str) -> (StatusCode, HeaderMap, String) {
    let dist = built(name);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let answer = runtime.block_on(async {
        let request = Request::builder().uri(path).header("accept-encoding", "br").body(Body::empty()).unwrap();
        let response = app(&dist).unwrap().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, headers, String::from_utf8_lossy(&body).into_owned())
    });
    std::fs::remove_dir_all(dist.parent().unwrap()).unwrap();
    answer
}

#[test]
fn every_address_of_the_app_is_the_index_and_is_never_kept_unasked() {
    let (status, headers, body) = get("app", "/shop/kai.shapes?order=ord_1");
    assert_eq!((status, body.as_str()), (StatusCode::OK, "<script>go()</script>"));
    assert_eq!(headers["content-type"], "text/html");
    assert_eq!(headers["cache-control"], "no-cache");
}

#[test]
fn hashed_files_are_kept_for_ever_and_come_small() {
    let (_, headers, body) = get("hashed", "/app-0123456789abcdef_bg.wasm");
    assert_eq!(body, "small");
    assert_eq!(headers["content-encoding"], "br");
    assert_eq!(headers["content-type"], "application/wasm");
    assert!(headers["cache-control"].to_str().unwrap().contains("immutable"));
}

#[test]
fn a_missing_file_is_not_found_and_not_kept() {
    let (status, headers, _) = get("missing", "/app-fedcba9876543210.js");
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(headers["cache-control"], "no-cache");
}

#[test]
fn the_api_is_not_answered_with_a_page() {
    assert_eq!(get("api", "/v1/threads").0, StatusCode::NOT_FOUND);
}

#[test]
fn nothing_outside_the_folder_is_served() {
    for (name, path) in [("up", "/../secret.json"), ("coded", "/%2e%2e/secret.json"), ("slash", "/..%2fsecret.json")] {
        let (status, _, body) = get(name, path);
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(!body.contains("secret"), "{path}");
    }
}

#[test]
fn every_answer_carries_the_policy_and_the_headers() {
    for path in ["/", "/app-0123456789abcdef_bg.wasm", "/nothing.js", "/v1/threads"] {
        let (_, headers, _) = get(&format!("headers{}", path.len()), path);
        assert!(headers["content-security-policy"].to_str().unwrap().contains("'sha256-"), "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin-allow-popups", "{path}");
    }
}

#[test]
fn only_a_whole_hash_counts_as_one() {
    assert!(is_hashed("/snippets/bottega-0123456789abcdef/inline0.js"));
    assert!(!is_hashed("/icons/icon-192.png"));
    assert!(!is_hashed("/both-0123456789abcdeg.js"));
}

#[test]
fn a_busy_port_is_said_before_anything_else() {
    let taken = reserve(0).unwrap();
    let port = taken.local_addr().unwrap().port();
    assert!(reserve(port).unwrap_err().to_string().contains("--port"));
}
