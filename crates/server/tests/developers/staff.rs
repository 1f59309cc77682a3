//! Staff of a business at every route: what is the owner's is shut to them, and all of it to programs.

use super::world::{As, World};
use api::openapi::{ROUTES, Route, SERVED};
use api::wire::{ApiKey, TeamAct, TeamDeed, Webhook};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What staff do not do, in full: whoever adds to it says so here.
const OWNERS: [&str; 21] = [
    "GET /keys",
    "GET /payee",
    "GET /team/log",
    "GET /webhooks",
    "GET /webhooks/{id}/deliveries",
    "POST /keys",
    "POST /keys/{id}/revoke",
    "POST /payee",
    "POST /team/invitations",
    "POST /team/invitations/{id}/revoke",
    "POST /team/seats/{id}/hand-over",
    "POST /team/seats/{id}/remove",
    "POST /wallet/methods",
    "POST /wallet/passkeys",
    "POST /wallet/pin",
    "POST /wallet/remove/{id}",
    "POST /wallet/things/{id}/end-loan",
    "POST /wallet/things/{id}/pass-on",
    "POST /webhooks",
    "POST /webhooks/{id}/remove",
    "POST /webhooks/{id}/replay",
];

fn asked(route: &Route, id: &str) -> String {
    let part = |part: &str| match part {
        "{act}" => route.acts[0].to_owned(),
        part if part.starts_with('{') => id.to_owned(),
        part => part.to_owned(),
    };
    format!("/v1{}", route.path.split('/').map(part).collect::<Vec<_>>().join("/"))
}

#[tokio::test]
async fn staff_are_kept_from_what_is_the_owners_and_from_nothing_else() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (anna, seat, _) = world.staff(&kai, "Anna", 1).await;
    let mut shut = BTreeSet::new();
    for route in ROUTES.iter().chain(SERVED).filter(|route| !matches!(route.path, "/stream" | "/sign-out")) {
        let answer = world.call(&anna, route.method, &asked(route, &seat), "{\"nothing\"").await;
        if answer.status == 403 && answer.refused().1 == "only_owner" {
            shut.insert(format!("{} {}", route.method, route.path));
        }
        assert_ne!(answer.status, 401, "{}", route.path);
    }
    assert_eq!(shut, OWNERS.map(str::to_owned).into());
}

#[tokio::test]
async fn staff_of_one_business_are_nobody_to_another() {
    let world = World::new().await;
    let (kai, otto) = (world.sign_in("kai.shapes").await, world.sign_in("otto.leather").await);
    let (anna, hers, _) = world.staff(&kai, "Anna", 1).await;
    let (ben, his, _) = world.staff(&otto, "Ben", 2).await;
    for (who, seat, codes) in [(&anna, &his, "only_owner"), (&ben, &hers, "only_owner"), (&otto, &hers, "not_found")] {
        for act in ["remove", "hand-over"] {
            let path = format!("/v1/team/seats/{seat}/{act}");
            assert_eq!(world.call(who, "POST", &path, "null").await.refused().1, codes, "{path}");
        }
    }
    assert!(!world.get(&anna, "/v1/team").await.text().contains(&his));
    assert!(world.get(&otto, "/v1/team").await.text().contains(&his), "Ben is still there");
}

#[tokio::test]
async fn a_customer_never_sees_who_of_the_business_it_was() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (anna, seat, _) = world.staff(&kai, "Annabelle Q", 1).await;
    let thread = world.thread(&anna, "maya.torres").await;
    let say = json!({ "id": "msg_1", "content": { "type": "text", "text": "Hello from the shop" } });
    let said: Value = world.post(&anna, &format!("/v1/threads/{thread}/messages"), &say).await.json();
    assert_eq!(said["events"][0]["actor"], "seller");
    let maya = world.sign_in("maya.torres").await;
    for path in [
        format!("/v1/threads/{thread}"),
        "/v1/events?after=0".to_owned(),
        "/v1/accounts/kai.shapes".to_owned(),
        "/v1/threads?folder=primary".to_owned(),
    ] {
        let text = world.get(&maya, &path).await.text();
        assert!(!text.contains("Annabelle") && !text.contains(&seat), "{path}");
    }
    assert!(world.get(&maya, &format!("/v1/threads/{thread}")).await.text().contains("Hello from the shop"));
}

#[tokio::test]
async fn the_stream_of_who_is_removed_ends() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (anna, seat, _) = world.staff(&kai, "Anna", 1).await;
    let account = world.server.app.account_named("kai.shapes").await.unwrap();
    let open = world.server.hub.clone();
    let stream = world.get(&anna, "/v1/stream");
    let end = async {
        while open.streams_of(&account) == 0 {
            tokio::task::yield_now().await;
        }
        world.call(&kai, "POST", &format!("/v1/team/seats/{seat}/remove"), "null").await.json::<Value>();
    };
    let (stream, ()) = tokio::join!(stream, end);
    assert!(stream.status.is_success() && stream.text().contains("id: "), "it ended by itself: {}", stream.text());
    assert_eq!(world.get(&anna, "/v1/me").await.status, 401);
}

#[tokio::test]
async fn at_another_server_who_is_removed_is_out_at_once() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (anna, seat, mut phone) = world.staff(&kai, "Anna", 1).await;
    let elsewhere = world.beside().await;
    assert!(elsewhere.get(&anna, "/v1/me").await.status.is_success());
    world.call(&kai, "POST", &format!("/v1/team/seats/{seat}/remove"), "null").await.json::<Value>();
    assert_eq!(elsewhere.get(&anna, "/v1/me").await.refused().1, "signed_out");
    let begun: Value = elsewhere.post(&As::Nobody, "/v1/sign-in/passkey/begin", &Value::Null).await.json();
    let body = json!({ "id": begun["id"], "credential": phone.show(&begun["options"]) });
    let refused = elsewhere.post(&As::Nobody, "/v1/sign-in/passkey/finish", &body).await.refused();
    assert_eq!(refused.1, "unknown_passkey");
}

#[tokio::test]
async fn keys_that_are_made_and_revoked_are_in_the_log_of_the_owner() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (key, program) = world.key(&kai).await;
    world.call(&kai, "POST", &format!("/v1/keys/{}/revoke", key.key.id), "null").await.json::<()>();
    let log: Vec<TeamDeed> = world.get(&kai, "/v1/team/log").await.json();
    let name = key.key.name;
    assert_eq!(log[0].act, TeamAct::KeyRevoked { name: name.clone() });
    assert_eq!(log[1].act, TeamAct::KeyMade { name });
    assert_eq!(world.get(&kai, "/v1/keys").await.json::<Vec<ApiKey>>(), []);
    assert_eq!(world.get(&program, "/v1/team").await.refused().1, "unknown_key");
}

#[tokio::test]
async fn a_demo_begun_anew_leaves_a_business_its_staff() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (anna, _, _) = world.staff(&kai, "Anna", 1).await;
    world.call(&kai, "POST", "/v1/demo/reset", "null").await.json::<()>();
    assert!(world.get(&anna, "/v1/me").await.status.is_success());
    assert!(matches!(world.get(&anna, "/v1/keys").await, answer if answer.refused().1 == "only_owner"));
    assert_eq!(world.get(&As::Nobody, "/v1/team").await.refused().1, "signed_out");
}

#[tokio::test]
async fn with_a_former_owner_go_the_keys_and_webhooks_they_have_made() {
    // Given a business that was handed over
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (anna, seat, _) = world.staff(&kai, "Anna", 1).await;
    let (_, program) = world.key(&kai).await;
    for (who, url) in [(&kai, "https://hooks.example/kais"), (&program, "https://hooks.example/of-a-program")] {
        world.post(who, "/v1/webhooks", &json!({ "url": url })).await.json::<Value>();
    }
    let founder = world.get(&kai, "/v1/team").await.json::<Value>()["you"].as_str().unwrap().to_owned();
    world.call(&kai, "POST", &format!("/v1/team/seats/{seat}/hand-over"), "null").await.json::<Value>();
    let mine = world.post(&anna, "/v1/webhooks", &json!({ "url": "https://hooks.example/annas" })).await;
    mine.json::<Value>();
    // When
    world.call(&anna, "POST", &format!("/v1/team/seats/{founder}/remove"), "null").await.json::<Value>();
    // Then
    assert_eq!(world.get(&kai, "/v1/me").await.refused().1, "signed_out");
    assert_eq!(world.get(&program, "/v1/me").await.refused().1, "unknown_key");
    assert_eq!(world.get(&anna, "/v1/keys").await.json::<Vec<ApiKey>>(), []);
    let left: Vec<Webhook> = world.get(&anna, "/v1/webhooks").await.json();
    assert_eq!(left.iter().map(|webhook| webhook.url.as_str()).collect::<Vec<_>>(), ["https://hooks.example/annas"]);
}

#[tokio::test]
async fn webhooks_are_in_the_log_of_the_owner_and_end_with_the_key_that_made_them() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (key, program) = world.key(&kai).await;
    let url = "https://hooks.example/of-a-program";
    let made: Value = world.post(&program, "/v1/webhooks", &json!({ "url": url })).await.json();
    let path = format!("/v1/webhooks/{}/replay", made["webhook"]["id"].as_str().unwrap());
    world.post(&kai, &path, &json!({ "after": 0 })).await.json::<Value>();
    let log: Vec<TeamDeed> = world.get(&kai, "/v1/team/log").await.json();
    assert_eq!(log[0].act, TeamAct::WebhookReplayed { url: url.to_owned() });
    assert_eq!(log[1].act, TeamAct::WebhookMade { url: url.to_owned() });
    world.call(&kai, "POST", &format!("/v1/keys/{}/revoke", key.key.id), "null").await.json::<()>();
    assert_eq!(world.get(&kai, "/v1/webhooks").await.json::<Vec<Webhook>>(), []);
}
