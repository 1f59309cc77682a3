//! Keys of programs, tried through everything that stands before the routes.

use crate::world::{As, HOUR, World, terms};
use api::wire::{Account, ApiKey};
use serde_json::{Value, json};

#[tokio::test]
async fn a_program_with_a_key_does_what_the_business_does() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (_, program) = world.key(&kai).await;
    let me: Account = world.get(&program, "/v1/me").await.json();
    assert_eq!(me.handle.as_str(), "kai.shapes");
    let thread = world.thread(&program, "maya.torres").await;
    let path = format!("/v1/threads/{thread}/payment-requests");
    let committed: Value = world.post(&program, &path, &json!({ "terms": terms() })).await.json();
    assert_eq!(committed["events"][0]["actor"], "seller");
}

#[tokio::test]
async fn a_program_neither_pays_nor_touches_what_is_a_persons_own() {
    let world = World::new().await;
    let (_, program) = world.key(&world.sign_in("kai.shapes").await).await;
    for (method, path) in [
        ("GET", "/v1/wallet"),
        ("POST", "/v1/wallet/pin"),
        ("POST", "/v1/payment-requests/pr_1/pay"),
        ("POST", "/v1/payments/pay_1/resume"),
        ("GET", "/v1/sessions"),
        ("POST", "/v1/sessions/abc/revoke"),
        ("POST", "/v1/sign-out"),
        ("POST", "/v1/sign-in/demo"),
        ("GET", "/v1/keys"),
        ("POST", "/v1/keys"),
        ("POST", "/v1/keys/abc/revoke"),
        ("GET", "/v1/demo/export"),
    ] {
        let refused = world.call(&program, method, path, "{}").await.refused();
        assert_eq!(refused, (403, "not_with_a_key".to_owned()), "{method} {path}");
    }
}

#[tokio::test]
async fn a_key_that_was_revoked_or_never_was_opens_nothing() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (key, program) = world.key(&kai).await;
    let (_, other) = world.key(&kai).await;
    let revoke = format!("/v1/keys/{}/revoke", key.key.id);
    world.call(&kai, "POST", &revoke, "null").await.json::<()>();
    let changed = format!("{}A", &key.secret[..key.secret.len() - 1]);
    let none = [As::Key(key.key.id), As::Key(changed), As::Key("bk_".to_owned()), As::Key("abc".to_owned()), program];
    for none in none {
        for path in ["/v1/me", "/v1/catalogue/acc_kai.shapes", "/v1/sign-in"] {
            let answer = world.get(&none, path).await;
            assert_eq!(answer.headers["www-authenticate"], "Bearer");
            assert_eq!(answer.refused(), (401, "unknown_key".to_owned()), "{path}");
        }
    }
    world.get(&other, "/v1/me").await.json::<Account>();
    assert_eq!(world.get(&kai, "/v1/keys").await.json::<Vec<ApiKey>>().len(), 1);
    assert_eq!(world.call(&kai, "POST", &revoke, "null").await.refused().0, 404, "it is gone");
}

#[tokio::test]
async fn the_stream_of_a_program_ends_with_its_key() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (key, program) = world.key(&kai).await;
    let account = world.server.app.account_named("kai.shapes").await.unwrap();
    let open = world.server.hub.clone();
    let stream = world.get(&program, "/v1/stream");
    let end = async {
        while open.streams_of(&account) == 0 {
            tokio::task::yield_now().await;
        }
        world.call(&kai, "POST", &format!("/v1/keys/{}/revoke", key.key.id), "null").await.json::<()>();
    };
    let (stream, ()) = tokio::join!(stream, end);
    assert!(stream.status.is_success() && stream.text().contains("id: "), "it ended by itself: {}", stream.text());
}

#[tokio::test]
async fn keys_of_another_business_do_not_exist() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (key, program) = world.key(&kai).await;
    let accounts: Vec<Account> = world.get(&kai, "/v1/accounts?query=").await.json();
    let is_other = |account: &&Account| account.business.is_some() && account.handle.as_str() != "kai.shapes";
    let other = accounts.iter().find(is_other).expect("the demo has two businesses");
    let other = world.sign_in(other.handle.as_str()).await;
    assert_eq!(world.get(&other, "/v1/keys").await.json::<Vec<ApiKey>>(), []);
    for id in [key.key.id.as_str(), "0", "..", "%2e%2e%2fx"] {
        let refused = world.call(&other, "POST", &format!("/v1/keys/{id}/revoke"), "null").await.refused();
        assert_eq!(refused, (404, "not_found".to_owned()), "{id}");
    }
    world.get(&program, "/v1/me").await.json::<Account>();
}

#[tokio::test]
async fn only_a_business_that_is_signed_in_makes_keys() {
    let world = World::new().await;
    let body = json!({ "name": "x" });
    let refused = world.post(&As::Nobody, "/v1/keys", &body).await.refused();
    assert_eq!(refused, (401, "signed_out".to_owned()));
    let maya = world.sign_in("maya.torres").await;
    assert_eq!(world.post(&maya, "/v1/keys", &body).await.refused(), (403, "only_businesses".to_owned()));
    let kai = world.sign_in("kai.shapes").await;
    for nonsense in [json!({ "name": " " }), json!({}), json!({ "name": "x", "admin": true }), json!("x".repeat(99))] {
        assert_eq!(world.post(&kai, "/v1/keys", &nonsense).await.refused(), (422, "invalid_body".to_owned()));
    }
}

#[tokio::test]
async fn nothing_that_is_kept_or_listed_opens_anything() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (key, _) = world.key(&kai).await;
    let random = key.secret.strip_prefix("bk_").unwrap();
    assert_eq!(random.len(), 43, "256 bits in base64");
    let listed = world.get(&kai, "/v1/keys").await.text();
    assert!(listed.contains("The shop's till") && !listed.contains(random));
    let kept = world.server.app.store.export().await.unwrap();
    assert!(kept.iter().any(|(place, _)| place.contains("key/")), "a key is kept");
    assert!(kept.iter().all(|(place, text)| !place.contains(random) && !text.contains(random)));
}

#[tokio::test]
async fn when_a_key_was_used_is_known_to_the_hour() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (_, program) = world.key(&kai).await;
    let last = async || world.get(&kai, "/v1/keys").await.json::<Vec<ApiKey>>()[0].last_used_at;
    assert_eq!(last().await, None);
    world.get(&program, "/v1/me").await.json::<Account>();
    let first = last().await.unwrap();
    world.later(HOUR - 1);
    world.get(&program, "/v1/me").await.json::<Account>();
    assert_eq!(last().await, Some(first));
    world.later(1);
    world.get(&program, "/v1/me").await.json::<Account>();
    assert_eq!(last().await.unwrap().since(first).as_millis(), HOUR);
}

#[tokio::test]
async fn a_business_has_at_most_twenty_keys() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let mut last = None;
    for _ in 0..20 {
        last = Some(world.key(&kai).await.0.key.id);
    }
    let one_more = world.post(&kai, "/v1/keys", &json!({ "name": "x" })).await;
    assert_eq!(one_more.refused(), (409, "too_many_keys".to_owned()));
    world.call(&kai, "POST", &format!("/v1/keys/{}/revoke", last.unwrap()), "null").await.json::<()>();
    world.key(&kai).await;
}

#[tokio::test]
async fn a_demo_begun_anew_leaves_programs_their_keys() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (_, program) = world.key(&kai).await;
    world.call(&kai, "POST", "/v1/demo/reset", "null").await.json::<()>();
    world.get(&program, "/v1/me").await.json::<Account>();
}
