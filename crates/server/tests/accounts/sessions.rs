//! Sessions, tried over the routes as a browser would.

use super::world::{DAY, HOUR, World};
use api::Caller;
use api::wire::{Account, BELIEVED_ACCOUNT, SignInWays};
use axum::body::Body;
use axum::http::Request;
use http::header::COOKIE;
use http::{Method, StatusCode};
use serde_json::json;
use server::accounts::SessionId;
use tower::ServiceExt;

#[tokio::test]
async fn a_demo_says_whom_one_can_be_and_another_server_nobody() {
    let ways: SignInWays = serde_json::from_value(World::demo(true).await.get("/sign-in", "").await.body).unwrap();
    let people = ways.demo.unwrap();
    let known = |handle: &str| people.iter().find(|account| account.handle.as_str() == handle).unwrap();
    assert!(known("kai.shapes").business.is_some());
    assert!(known("maya.torres").business.is_none());

    let earnest = World::demo(false).await;
    let ways: SignInWays = serde_json::from_value(earnest.get("/sign-in", "").await.body).unwrap();
    assert_eq!(ways.demo, None);
    let refused = earnest.sign_in_with("maya.torres", "").await;
    assert_eq!((refused.status, refused.code()), (StatusCode::NOT_FOUND, "not_a_demo"));
    assert_eq!(refused.cookie, None);
}

#[tokio::test]
async fn who_signs_in_is_known_from_then_on() {
    let world = World::demo(true).await;
    assert_eq!(world.get("/me", "").await.code(), "signed_out");
    let answer = world.sign_in_with("maya.torres", "").await;
    let account: Account = serde_json::from_value(answer.body.clone()).unwrap();
    assert_eq!(account.handle.as_str(), "maya.torres");
    let me: Account = serde_json::from_value(world.get("/me", &answer.brought()).await.body).unwrap();
    assert_eq!(me, account);
}

#[tokio::test]
async fn the_cookie_is_of_this_host_alone_and_no_script_reads_it() {
    let world = World::demo(true).await;
    let cookie = world.sign_in_with("maya.torres", "").await.cookie.unwrap();
    let (value, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/; Max-Age=15552000; Secure; HttpOnly; SameSite=Lax");
    let token = value.strip_prefix("__Host-session=").unwrap();
    assert_eq!(token.len(), 43, "256 bits in base64");
    let out = world.post("/sign-out", value).await;
    let gone = "__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax";
    assert_eq!(out.cookie.as_deref(), Some(gone));
}

#[tokio::test]
async fn signing_in_again_ends_the_session_that_the_device_had() {
    let world = World::demo(true).await;
    let before = world.sign_in("maya.torres").await;
    let after = world.sign_in_with("maya.torres", &before).await.brought();
    assert_ne!(before, after);
    assert!(!world.is_signed_in(&before).await);
    assert_eq!(world.devices(&after).await.len(), 1);

    // Also when a page that believes to be somebody else's asks for it.
    let body = json!({ "handle": "kai.shapes" }).to_string();
    let headers = [(COOKIE.as_str(), after.as_str()), (BELIEVED_ACCOUNT, "acc_somebody")];
    let kai = world.call(Method::POST, "/sign-in/demo", &headers, &body).await.brought();
    assert!(!world.is_signed_in(&after).await);
    assert!(world.is_signed_in(&kai).await);
}

#[tokio::test]
async fn a_session_is_dead_after_signing_out() {
    let world = World::demo(true).await;
    let (here, there) = (world.sign_in("maya.torres").await, world.sign_in("maya.torres").await);
    assert_eq!(world.post("/sign-out", &here).await.status, StatusCode::OK);
    assert_eq!(world.get("/me", &here).await.code(), "signed_out");
    assert_eq!(world.post("/sign-out", &here).await.code(), "signed_out");
    assert!(world.is_signed_in(&there).await, "another device stays signed in");
}

#[tokio::test]
async fn the_owner_sees_all_devices_and_signs_one_out() {
    let world = World::demo(true).await;
    let phone = world.sign_in("maya.torres").await;
    world.later(2 * HOUR);
    let laptop = world.sign_in("maya.torres").await;
    let devices = world.devices(&phone).await;
    assert_eq!(devices.len(), 2);
    assert!(devices[0].current && !devices[1].current);
    let device = serde_json::to_value(devices[1].device).unwrap();
    assert_eq!(device, json!({ "browser": "firefox", "system": "linux" }));

    let path = format!("/sessions/{}/revoke", devices[1].id);
    assert_eq!(world.post(&path, &phone).await.status, StatusCode::OK);
    assert!(!world.is_signed_in(&laptop).await);
    assert!(world.is_signed_in(&phone).await);
    assert_eq!(world.post(&path, &phone).await.status, StatusCode::NOT_FOUND, "it is gone");
    assert_eq!(world.devices(&phone).await.len(), 1);
}

#[tokio::test]
async fn a_stream_that_is_asked_for_while_its_session_ends_does_not_begin() {
    let world = World::demo(true).await;
    let cookie = world.sign_in("maya.torres").await;
    let id = world.devices(&cookie).await.remove(0).id;
    let stream = async |id: &str| {
        let mut request = Request::builder().uri("/stream").body(Body::empty()).unwrap();
        request.extensions_mut().insert(Caller("acc_maya.torres".parse().unwrap()));
        request.extensions_mut().insert(SessionId(id.to_owned()));
        server::live::router().with_state(world.server.clone()).oneshot(request).await.unwrap().status()
    };
    assert_eq!(stream(&id).await, StatusCode::OK);
    world.post("/sign-out", &cookie).await;
    assert_eq!(stream(&id).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_of_somebody_else_does_not_exist() {
    let world = World::demo(true).await;
    let (maya, kai) = (world.sign_in("maya.torres").await, world.sign_in("kai.shapes").await);
    let id = world.devices(&maya).await.remove(0).id;
    for id in [id.as_str(), "0", "..", "%2e%2e%2fx"] {
        let refused = world.post(&format!("/sessions/{id}/revoke"), &kai).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::NOT_FOUND, "not_found"), "{id}");
    }
    assert!(world.is_signed_in(&maya).await);
    assert_eq!(world.get("/sessions", "").await.code(), "signed_out");
    assert_eq!(world.post(&format!("/sessions/{id}/revoke"), "").await.code(), "signed_out");
}

#[tokio::test]
async fn a_cookie_that_was_changed_is_nobodys() {
    let world = World::demo(true).await;
    let cookie = world.sign_in("maya.torres").await;
    let (name, token) = cookie.split_once('=').unwrap();
    let other = if token.starts_with('A') { "B" } else { "A" };
    let id = world.devices(&cookie).await.remove(0).id;
    let changed = [format!("{other}{}", &token[1..]), token[1..].to_owned(), format!("{token}x"), id, String::new()];
    for token in changed {
        assert!(!world.is_signed_in(&format!("{name}={token}")).await, "{token}");
    }
    assert!(!world.is_signed_in(&format!("{cookie}; {cookie}")).await, "two are none");
    assert!(world.is_signed_in(&format!("theme=dark; {cookie}")).await);
}

#[tokio::test]
async fn a_page_that_was_open_before_does_not_act_for_somebody_else() {
    let world = World::demo(true).await;
    let cookie = world.sign_in("kai.shapes").await;
    for (believed, status) in [("acc_maya.torres", StatusCode::UNAUTHORIZED), ("acc_kai.shapes", StatusCode::OK)] {
        let headers = [(COOKIE.as_str(), cookie.as_str()), (BELIEVED_ACCOUNT, believed)];
        assert_eq!(world.call(Method::GET, "/me", &headers, "").await.status, status, "{believed}");
    }
}

#[tokio::test]
async fn a_session_ends_after_thirty_days_of_silence_and_after_half_a_year_in_any_case() {
    let world = World::demo(true).await;
    let silent = world.sign_in("maya.torres").await;
    world.later(30 * DAY - 1);
    assert!(world.is_signed_in(&silent).await);
    world.later(30 * DAY);
    assert!(!world.is_signed_in(&silent).await);

    let busy = world.sign_in("maya.torres").await;
    assert_eq!(world.devices(&busy).await.len(), 1, "what has ended is not listed");
    for _ in 0..8 {
        world.later(20 * DAY);
        assert!(world.is_signed_in(&busy).await);
    }
    world.later(20 * DAY);
    assert!(!world.is_signed_in(&busy).await);
}

#[tokio::test]
async fn when_a_device_was_seen_is_known_to_the_hour() {
    let world = World::demo(true).await;
    let cookie = world.sign_in("maya.torres").await;
    let began = world.devices(&cookie).await[0].last_seen_at;
    world.later(HOUR - 1);
    assert_eq!(world.devices(&cookie).await[0].last_seen_at, began);
    world.later(1);
    assert_eq!(world.devices(&cookie).await[0].last_seen_at.since(began).as_millis(), HOUR);
}

#[tokio::test]
async fn nothing_that_is_kept_signs_anybody_in() {
    let world = World::demo(true).await;
    let cookie = world.sign_in("maya.torres").await;
    let token = cookie.split_once('=').unwrap().1;
    let kept = world.store.export().await.unwrap();
    assert!(kept.iter().any(|(key, _)| key.contains("session/")), "a session is kept");
    assert!(kept.iter().all(|(key, text)| !key.contains(token) && !text.contains(token)));
}

#[tokio::test]
async fn the_oldest_device_makes_room_for_one_too_many() {
    let world = World::demo(true).await;
    let first = world.sign_in("maya.torres").await;
    let second = world.sign_in("maya.torres").await;
    let mut last = String::new();
    for _ in 0..29 {
        last = world.sign_in("maya.torres").await;
    }
    assert!(!world.is_signed_in(&first).await);
    assert!(world.is_signed_in(&second).await);
    assert_eq!(world.devices(&last).await.len(), 30);
}

#[tokio::test]
async fn a_demo_begun_anew_leaves_everybody_signed_in() {
    let world = World::demo(true).await;
    let (maya, kai) = (world.sign_in("maya.torres").await, world.sign_in("kai.shapes").await);
    assert_eq!(world.post("/demo/reset", &maya).await.status, StatusCode::OK);
    assert!(world.is_signed_in(&maya).await && world.is_signed_in(&kai).await);
    assert_eq!(world.devices(&kai).await.len(), 1);
}

#[tokio::test]
async fn nonsense_is_refused_in_words_and_signs_nobody_in() {
    let world = World::demo(true).await;
    let long = format!("{{\"handle\": \"{}\"}}", "x".repeat(20_000));
    for (body, status, code) in [
        ("", StatusCode::UNPROCESSABLE_ENTITY, "invalid_body"),
        ("{}", StatusCode::UNPROCESSABLE_ENTITY, "invalid_body"),
        ("{\"handle\": \"maya.torres\", \"admin\": true}", StatusCode::UNPROCESSABLE_ENTITY, "invalid_body"),
        (
            "{\"handle\": \"a.handle.that.is.longer.than.they.can.be\"}",
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid_body",
        ),
        ("{\"handle\": \"nobody\"}", StatusCode::NOT_FOUND, "not_found"),
        (long.as_str(), StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
    ] {
        let refused = world.call(Method::POST, "/sign-in/demo", &[], body).await;
        assert_eq!((refused.status, refused.code()), (status, code), "{body:.60}");
        assert_eq!(refused.cookie, None);
    }
}
