//! Web Push: who is told what while nobody looks, and what becomes of browsers that cannot be told.

use crate::world::{As, HOUR, World};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::{Value, json};
use server::push::Pusher;
use server::webhooks::Allowed;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint;
use web_push_native::{Auth, decrypt, p256};

const AUTH: [u8; 16] = [7; 16];

/// A push service, and a browser that it belongs to.
struct Browser {
    endpoint: String,
    key: p256::SecretKey,
    service: Arc<Service>,
}

#[derive(Default)]
struct Service {
    took: Mutex<Vec<(HeaderMap, Bytes)>>,
    answers: Mutex<VecDeque<StatusCode>>,
}

async fn take(State(service): State<Arc<Service>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    service.took.lock().unwrap().push((headers, body));
    service.answers.lock().unwrap().pop_front().unwrap_or(StatusCode::CREATED)
}

impl Browser {
    async fn start() -> Self {
        let service = Arc::new(Service::default());
        let router = Router::new().fallback(take).with_state(service.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}/send/1", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let key = p256::SecretKey::from_slice(&[9; 32]).unwrap();
        Self { endpoint, key, service }
    }

    fn subscription(&self) -> Value {
        let point = self.key.public_key().to_encoded_point(false);
        json!({
            "endpoint": self.endpoint, "p256dh": BASE64.encode(point.as_bytes()), "auth": BASE64.encode(AUTH),
            "language": "en",
        })
    }

    fn answer(&self, answers: &[StatusCode]) {
        self.service.answers.lock().unwrap().extend(answers);
    }

    /// What it was sent since the last look, opened.
    fn told(&self) -> Vec<Value> {
        let took = std::mem::take(&mut *self.service.took.lock().unwrap());
        let open = |(_, body): (HeaderMap, Bytes)| decrypt(body.to_vec(), &self.key, &Auth::from(AUTH)).unwrap();
        took.into_iter().map(|sealed| serde_json::from_slice(&open(sealed)).unwrap()).collect()
    }

    fn words(&self) -> Vec<String> {
        self.told().iter().map(|told| told["body"].as_str().unwrap().to_owned()).collect()
    }
}

/// Maya, whose browser is told, and Kai, who writes to her.
struct Shop {
    world: World,
    browser: Browser,
    maya: As,
    kai: As,
    thread: String,
    pusher: Pusher,
}

impl Shop {
    async fn open() -> Self {
        let (world, browser) = (World::new().await, Browser::start().await);
        let (maya, kai) = (world.sign_in("maya.torres").await, world.sign_in("kai.shapes").await);
        let thread = world.thread(&maya, "kai.shapes").await;
        world.post(&maya, "/v1/push", &browser.subscription()).await.json::<Value>();
        let (app, accounts) = (world.server.app.clone(), world.server.accounts.clone());
        let pusher = Pusher::new(app, accounts, Allowed::PublicAndThisMachine, "https://bottega.example").unwrap();
        Self { world, browser, maya, kai, thread, pusher }
    }

    async fn say(&self, who: &As, words: &str) -> String {
        self.say_in(&self.thread, who, words).await
    }

    async fn say_in(&self, thread: &str, who: &As, words: &str) -> String {
        let id = format!("msg_{:032x}", (self.world.server.app.entropy)());
        let body = json!({ "id": id, "content": { "type": "text", "text": words } });
        let path = format!("/v1/threads/{thread}/messages");
        self.world.post(who, &path, &body).await.json::<Value>();
        id
    }

    async fn tell(&self) -> usize {
        let maya = self.world.server.app.account_named("maya.torres").await.unwrap();
        self.pusher.tell(&maya).await.unwrap()
    }
}

#[tokio::test]
async fn what_the_other_writes_is_told_sealed_once_and_the_newest_of_a_thread() {
    // Given
    let shop = Shop::open().await;
    // When
    shop.say(&shop.kai, "one").await;
    shop.say(&shop.kai, "two").await;
    assert_eq!(shop.tell().await, 1);
    // Then
    let sealed = shop.browser.service.took.lock().unwrap()[0].clone();
    assert_eq!(
        (&sealed.0["content-encoding"], &sealed.0["urgency"]),
        (&"aes128gcm".parse().unwrap(), &"high".parse().unwrap())
    );
    assert!(sealed.0["authorization"].to_str().unwrap().starts_with("vapid t=ey"));
    assert!(!String::from_utf8_lossy(&sealed.1).contains("two"));
    assert_eq!(shop.browser.told(), [json!({ "title": "Kai Shapes", "body": "two", "thread": shop.thread })]);
    assert_eq!((shop.tell().await, shop.browser.words().len()), (0, 0), "there is nothing more to tell");
}

#[tokio::test]
async fn what_is_told_is_as_it_stands_then_and_not_what_was_taken_back() {
    let shop = Shop::open().await;
    let id = shop.say(&shop.kai, "for somebody else").await;
    shop.world.post(&shop.kai, &format!("/v1/threads/{}/messages/{id}/unsend", shop.thread), &Value::Null).await;
    assert_eq!((shop.tell().await, shop.browser.words().len()), (0, 0));
    let id = shop.say(&shop.kai, "at fve").await;
    let edit = json!({ "content": { "type": "text", "text": "at five" } });
    let path = format!("/v1/threads/{}/messages/{id}/edit", shop.thread);
    shop.world.post(&shop.kai, &path, &edit).await.json::<Value>();
    assert_eq!(shop.tell().await, 1);
    assert_eq!(shop.browser.words(), ["at five"]);
}

#[tokio::test]
async fn the_words_of_a_stranger_are_not_on_a_locked_screen() {
    let shop = Shop::open().await;
    let dune = shop.world.sign_in("dune.soap").await;
    let thread = shop.world.thread(&dune, "maya.torres").await;
    shop.say_in(&thread, &dune, "Buy soap at a place that is not here").await;
    assert_eq!(shop.tell().await, 1);
    assert_eq!(shop.browser.words(), ["Wants to send you a message"]);
}

#[tokio::test]
async fn a_session_that_has_ended_by_itself_is_told_nothing_either() {
    let shop = Shop::open().await;
    shop.world.later(31 * 24 * HOUR);
    let kai = shop.world.sign_in("kai.shapes").await;
    shop.say(&kai, "after a month").await;
    assert_eq!((shop.tell().await, shop.browser.words().len()), (0, 0));
}

#[tokio::test]
async fn what_was_told_is_not_told_again_when_what_comes_after_it_fails() {
    let shop = Shop::open().await;
    let terra = shop.world.sign_in("terra.clay").await;
    let other = shop.world.thread(&shop.maya, "terra.clay").await;
    shop.say(&shop.kai, "first").await;
    shop.say_in(&other, &terra, "second").await;
    shop.browser.answer(&[StatusCode::CREATED, StatusCode::SERVICE_UNAVAILABLE]);
    assert_eq!(shop.tell().await, 1);
    assert_eq!(shop.browser.words(), ["first", "second"]);
    shop.world.later(16_000);
    assert_eq!(shop.tell().await, 1);
    assert_eq!(shop.browser.words(), ["second"]);
}

#[tokio::test]
async fn nobody_is_told_what_they_did_themselves_have_read_have_silenced_or_what_is_old() {
    let shop = Shop::open().await;
    shop.say(&shop.maya, "mine").await;
    assert_eq!(shop.tell().await, 0);
    shop.say(&shop.kai, "read").await;
    shop.world.post(&shop.maya, &format!("/v1/threads/{}/read", shop.thread), &json!({ "seq": 1_000_000 })).await;
    assert_eq!(shop.tell().await, 0);
    let mute = format!("/v1/threads/{}/mute", shop.thread);
    shop.world.post(&shop.maya, &mute, &json!({ "muted": true })).await;
    shop.say(&shop.kai, "silenced").await;
    assert_eq!(shop.tell().await, 0);
    shop.world.post(&shop.maya, &mute, &json!({ "muted": false })).await;
    shop.say(&shop.kai, "old").await;
    shop.world.later(30 * HOUR);
    assert_eq!(shop.tell().await, 0);
    shop.say(&shop.kai, "new").await;
    assert_eq!(shop.tell().await, 1);
    assert_eq!(shop.browser.words(), ["new"]);
}

#[tokio::test]
async fn with_the_session_ends_what_its_browser_is_told() {
    let shop = Shop::open().await;
    shop.world.post(&shop.maya, "/v1/sign-out", &Value::Null).await;
    shop.say(&shop.kai, "secret").await;
    assert_eq!((shop.tell().await, shop.browser.words().len()), (0, 0));
    // Signed in again, but not asked to be told again.
    let _maya = shop.world.sign_in("maya.torres").await;
    shop.say(&shop.kai, "secret").await;
    assert_eq!((shop.tell().await, shop.browser.words().len()), (0, 0));
}

#[tokio::test]
async fn a_browser_is_told_what_is_for_one_account_the_last_that_asked() {
    let shop = Shop::open().await;
    let (noah, kai) = (shop.world.sign_in("noah.reid").await, &shop.kai);
    let answer = shop.world.post(&noah, "/v1/push", &shop.browser.subscription()).await;
    assert!(answer.status.is_success(), "{}", answer.text());
    shop.say(kai, "for Maya").await;
    assert_eq!((shop.tell().await, shop.browser.words().len()), (0, 0));
    // And nobody stops what is somebody else's.
    shop.world.post(&shop.maya, "/v1/push/stop", &json!({ "endpoint": shop.browser.endpoint })).await;
    let account = shop.world.server.app.account_named("noah.reid").await.unwrap();
    let thread = shop.world.thread(&noah, "kai.shapes").await;
    shop.say_in(&thread, kai, "for Noah").await;
    assert_eq!(shop.pusher.tell(&account).await.unwrap(), 1);
    assert_eq!(shop.browser.words(), ["for Noah"]);
}

#[tokio::test]
async fn a_push_service_that_fails_is_asked_again_and_a_browser_that_is_gone_is_forgotten() {
    let shop = Shop::open().await;
    shop.browser.answer(&[StatusCode::SERVICE_UNAVAILABLE]);
    shop.say(&shop.kai, "late").await;
    assert_eq!(shop.tell().await, 0);
    assert_eq!(shop.browser.words(), ["late"]);
    assert_eq!((shop.tell().await, shop.browser.words().len()), (0, 0), "it is not due yet");
    shop.world.later(16_000);
    assert_eq!(shop.tell().await, 1);
    assert_eq!(shop.browser.words(), ["late"]);
    shop.browser.answer(&[StatusCode::GONE]);
    shop.say(&shop.kai, "gone").await;
    assert_eq!(shop.tell().await, 0);
    shop.browser.told();
    shop.say(&shop.kai, "gone").await;
    assert_eq!((shop.tell().await, shop.browser.words().len()), (0, 0), "nobody is there to be told");
}

#[tokio::test]
async fn a_browser_that_asked_to_be_told_no_more_is_not() {
    let shop = Shop::open().await;
    shop.world.post(&shop.maya, "/v1/push/stop", &json!({ "endpoint": shop.browser.endpoint })).await;
    shop.say(&shop.kai, "unheard").await;
    assert_eq!((shop.tell().await, shop.browser.words().len()), (0, 0));
}

#[tokio::test]
async fn what_is_no_browser_is_refused() {
    let shop = Shop::open().await;
    let good = shop.browser.subscription();
    let with = |field: &str, value: &str| {
        let mut changed = good.clone();
        changed[field] = json!(value);
        changed
    };
    for (body, code) in [
        (with("endpoint", "https://10.0.0.1/send"), "forbidden_address"),
        (with("endpoint", "file:///etc/passwd"), "not_https"),
        (with("endpoint", "https://push.example/send"), "unknown_push_service"),
        (with("endpoint", "https://evilpush.apple.com.example/send"), "unknown_push_service"),
        (with("p256dh", "AAAA"), "bad_subscription"),
        (with("auth", "short"), "bad_subscription"),
        (with("language", "xx"), "invalid_body"),
    ] {
        assert_eq!(shop.world.post(&shop.maya, "/v1/push", &body).await.refused(), (422, code.to_owned()), "{body}");
    }
    assert_eq!(shop.world.post(&As::Nobody, "/v1/push", &good).await.status, 401);
}
