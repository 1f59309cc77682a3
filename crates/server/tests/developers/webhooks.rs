//! Webhooks: what is told to whom, in which order, how it is signed, and what becomes of what nobody takes.

use crate::receiver::{Received, Receiver, Reply};
use crate::world::{As, HOUR, World};
use api::wire::{Delivery, DeliveryOutcome, NewWebhook, Silence, Webhook, WebhookEvent, WebhookState};
use serde_json::{Value, json};
use server::webhooks::{Allowed, Deliverer, Sender, signature};

const DAY: i64 = 24 * HOUR;

/// Kai's shop with a webhook, and Maya who writes to it.
struct Shop {
    world: World,
    receiver: Receiver,
    maya: As,
    kai: As,
    thread: String,
    new: NewWebhook,
    deliverer: Deliverer,
}

fn deliverer(world: &World) -> Deliverer {
    Deliverer::new(world.server.app.clone(), Sender::new(Allowed::PublicAndThisMachine).unwrap())
}

impl Shop {
    async fn open() -> Self {
        let (world, receiver) = (World::new().await, Receiver::start().await);
        let (maya, kai) = (world.sign_in("maya.torres").await, world.sign_in("kai.shapes").await);
        let thread = world.thread(&maya, "kai.shapes").await;
        let new = world.post(&kai, "/v1/webhooks", &json!({ "url": receiver.url() })).await.json();
        let deliverer = deliverer(&world);
        Self { world, receiver, maya, kai, thread, new, deliverer }
    }

    async fn say(&self, words: &str) {
        let id = format!("msg_{:032x}", (self.world.server.app.entropy)());
        let body = json!({ "id": id, "content": { "type": "text", "text": words } });
        let path = format!("/v1/threads/{}/messages", self.thread);
        self.world.post(&self.maya, &path, &body).await.json::<Value>();
    }

    async fn deliver(&self) -> usize {
        self.deliverer.deliver_due().await.unwrap()
    }

    async fn webhook(&self) -> Webhook {
        self.world.get(&self.kai, "/v1/webhooks").await.json::<Vec<Webhook>>().remove(0)
    }

    fn path(&self, act: &str) -> String {
        format!("/v1/webhooks/{}/{act}", self.new.webhook.id)
    }
}

fn words(received: &[Received]) -> Vec<String> {
    let text = |received: &Received| {
        let body: Value = serde_json::from_str(&received.body).unwrap();
        body["event"]["event"]["message"]["content"]["text"].as_str().unwrap().to_owned()
    };
    received.iter().map(text).collect()
}

#[tokio::test]
async fn what_happens_is_told_signed_and_in_order_and_once() {
    let shop = Shop::open().await;
    for text in ["one", "two", "three"] {
        shop.say(text).await;
    }
    assert_eq!(shop.deliver().await, 3);
    let received = shop.receiver.take();
    assert_eq!(words(&received), ["one", "two", "three"]);
    for Received { signature: said, delivery, cursor, body } in &received {
        let at = 1_800_000_000;
        assert_eq!(*said, format!("t={at},v1={}", signature(&shop.new.secret, at, body)));
        let event: WebhookEvent = serde_json::from_str(body).unwrap();
        assert_eq!((&event.id, event.cursor), (delivery, *cursor));
        assert_ne!(*said, format!("t={at},v1={}", signature("whs_another", at, body)));
    }
    assert!(received.is_sorted_by(|one, next| one.cursor < next.cursor));
    assert_eq!(shop.deliver().await, 0, "there is nothing more to tell");
    let webhook = shop.webhook().await;
    assert_eq!((webhook.cursor, webhook.state), (received[2].cursor, WebhookState::Active));
}

#[tokio::test]
async fn a_business_is_told_what_it_may_see_and_nothing_of_others() {
    let shop = Shop::open().await;
    let inbox: Value = shop.world.get(&shop.maya, "/v1/threads?folder=primary").await.json();
    let is_other = |entry: &&Value| entry["peer"]["handle"] != "kai.shapes" && entry["headline"].is_object();
    let other = inbox["entries"].as_array().unwrap().iter().find(is_other).expect("Maya buys elsewhere, too");
    let elsewhere = other["thread"].as_str().unwrap().to_owned();
    let body = json!({ "id": "msg_elsewhere", "content": { "type": "text", "text": "Not for Kai" } });
    let path = format!("/v1/threads/{elsewhere}/messages");
    shop.world.post(&shop.maya, &path, &body).await.json::<Value>();
    shop.say("For Kai").await;
    shop.deliver().await;
    let received = shop.receiver.take();
    assert_eq!(words(&received), ["For Kai"]);
    let account = shop.world.server.app.account_named("kai.shapes").await.unwrap();
    let seen = shop.world.server.app.told_to(&account, received[0].cursor - 1, 1).await.unwrap();
    let told: WebhookEvent = serde_json::from_str(&received[0].body).unwrap();
    assert_eq!(seen, [(received[0].cursor, Some(told.event))]);
}

#[tokio::test]
async fn what_is_refused_is_tried_again_later_and_holds_back_what_comes_after() {
    let shop = Shop::open().await;
    shop.receiver.answer(&[Reply::Status(500), Reply::BreakOff]);
    shop.say("one").await;
    shop.say("two").await;
    assert_eq!(shop.deliver().await, 0);
    assert_eq!(words(&shop.receiver.take()), ["one"]);
    let WebhookState::Retrying { attempts: 1, last, .. } = shop.webhook().await.state else { panic!("it has failed") };
    assert_eq!(last, DeliveryOutcome::Refused { status: 500 });
    assert_eq!(shop.deliver().await, 0, "it is not due yet");
    assert_eq!(words(&shop.receiver.take()), Vec::<String>::new());
    shop.world.later(7_000);
    assert_eq!(shop.deliver().await, 0);
    let WebhookState::Retrying { attempts: 2, last, .. } = shop.webhook().await.state else { panic!("and again") };
    assert_eq!(last, DeliveryOutcome::Unanswered { why: Silence::Unreachable });
    let first = shop.receiver.take().remove(0);
    shop.world.later(13_000);
    assert_eq!(shop.deliver().await, 2);
    let received = shop.receiver.take();
    assert_eq!(words(&received), ["one", "two"]);
    assert_eq!(received[0].delivery, first.delivery, "the same delivery each time");
    assert_ne!(received[0].signature, first.signature, "signed anew");
    assert_eq!(shop.webhook().await.state, WebhookState::Active);
}

#[tokio::test]
async fn a_redirection_is_a_refusal_and_is_not_followed() {
    let shop = Shop::open().await;
    shop.receiver.answer(&[Reply::Redirect]);
    shop.say("one").await;
    assert_eq!(shop.deliver().await, 0);
    assert_eq!(shop.receiver.take().len(), 1);
    let deliveries: Vec<Delivery> = shop.world.get(&shop.kai, &shop.path("deliveries")).await.json();
    assert_eq!(deliveries[0].outcome, DeliveryOutcome::Refused { status: 307 });
}

#[tokio::test(start_paused = true)]
async fn what_is_not_answered_in_ten_seconds_has_failed() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let sender = Sender::new(Allowed::PublicAndThisMachine).unwrap();
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let url = format!("http://{}/", listener.local_addr().unwrap());
    world.post(&kai, "/v1/webhooks", &json!({ "url": url })).await.json::<NewWebhook>();
    let thread = world.thread(&kai, "maya.torres").await;
    let body = json!({ "id": "msg_1", "content": { "type": "text", "text": "Hello" } });
    world.post(&kai, &format!("/v1/threads/{thread}/messages"), &body).await.json::<Value>();
    assert_eq!(Deliverer::new(world.server.app.clone(), sender).deliver_due().await.unwrap(), 0);
    let webhook = world.get(&kai, "/v1/webhooks").await.json::<Vec<Webhook>>().remove(0);
    let WebhookState::Retrying { last, .. } = webhook.state else { panic!("{webhook:?}") };
    assert_eq!(last, DeliveryOutcome::Unanswered { why: Silence::TimedOut });
}

#[tokio::test]
async fn after_three_days_it_is_paused_and_a_replay_lets_it_go_on() {
    let shop = Shop::open().await;
    shop.receiver.answer(&[Reply::Status(503); 100]);
    shop.say("one").await;
    let mut tries = 0;
    while !matches!(shop.webhook().await.state, WebhookState::Paused { .. }) {
        shop.deliver().await;
        tries += shop.receiver.take().len();
        shop.world.later(2 * HOUR);
    }
    assert!((30..=40).contains(&tries), "{tries} tries at two hours from each other");
    let WebhookState::Paused { last, .. } = shop.webhook().await.state else { panic!("paused") };
    assert_eq!(last, DeliveryOutcome::Refused { status: 503 });
    shop.world.later(20 * DAY);
    shop.receiver.answer(&[]);
    shop.say("two").await;
    assert_eq!(shop.deliver().await, 0, "it is left alone");
    let listed = server::dead_letters::all(shop.world.server.app.store.as_ref()).await.unwrap();
    let listed: Vec<_> = listed.iter().map(ToString::to_string).collect();
    let of_it = |line: &String| line.starts_with(&shop.new.webhook.id) && line.ends_with(": refused");
    assert!(listed.len() == 1 && listed.iter().all(of_it), "{listed:?}");
    let cursor = shop.webhook().await.cursor;
    let replayed: Webhook = shop.world.post(&shop.kai, &shop.path("replay"), &json!({ "after": cursor })).await.json();
    assert_eq!(replayed.state, WebhookState::Active);
    assert_eq!(shop.deliver().await, 2);
    assert_eq!(words(&shop.receiver.take()), ["one", "two"], "nothing was lost");
}

#[tokio::test]
async fn another_server_goes_on_where_one_has_stopped() {
    let shop = Shop::open().await;
    shop.say("one").await;
    shop.deliver().await;
    drop(shop.receiver.take());
    shop.say("two").await;
    let beside = shop.world.beside().await;
    assert_eq!(deliverer(&beside).deliver_due().await.unwrap(), 1);
    assert_eq!(words(&shop.receiver.take()), ["two"]);
    assert_eq!(shop.deliver().await, 0, "it was told by the other one");
}

#[tokio::test]
async fn of_two_servers_at_once_one_tells() {
    let shop = Shop::open().await;
    for number in 0..20 {
        shop.say(&number.to_string()).await;
    }
    let beside = deliverer(&shop.world.beside().await);
    let (one, other) = tokio::join!(shop.deliver(), beside.deliver_due());
    assert_eq!(one + other.unwrap(), 20);
    let expected: Vec<String> = (0..20).map(|number| number.to_string()).collect();
    assert_eq!(words(&shop.receiver.take()), expected);
}

#[tokio::test]
async fn of_two_turns_of_one_server_at_once_one_tells() {
    let shop = Shop::open().await;
    for number in 0..20 {
        shop.say(&number.to_string()).await;
    }
    let (one, other) = tokio::join!(shop.deliver(), shop.deliver());
    assert_eq!(one + other, 20);
    let expected: Vec<String> = (0..20).map(|number| number.to_string()).collect();
    assert_eq!(words(&shop.receiver.take()), expected);
}

#[tokio::test]
async fn one_that_was_given_up_is_told_from_where_it_stopped_when_whoever_runs_the_server_says_so() {
    let shop = Shop::open().await;
    shop.receiver.answer(&[Reply::Status(503); 100]);
    shop.say("one").await;
    while !matches!(shop.webhook().await.state, WebhookState::Paused { .. }) {
        shop.deliver().await;
        shop.world.later(2 * HOUR);
    }
    drop(shop.receiver.take());
    shop.receiver.answer(&[]);
    let store = shop.world.server.app.store.as_ref();
    server::dead_letters::retry(store, &shop.new.webhook.id).await.unwrap();
    assert_eq!(server::dead_letters::all(store).await.unwrap(), []);
    assert_eq!(shop.deliver().await, 1);
    assert_eq!(words(&shop.receiver.take()), ["one"]);
    assert!(server::dead_letters::retry(store, &shop.new.webhook.id).await.is_err(), "it is told already");
}

#[tokio::test]
async fn a_replay_tells_again_what_came_after_a_cursor() {
    let shop = Shop::open().await;
    for text in ["one", "two", "three"] {
        shop.say(text).await;
    }
    shop.deliver().await;
    let first = shop.receiver.take();
    shop.world.post(&shop.kai, &shop.path("replay"), &json!({ "after": first[0].cursor })).await.json::<Webhook>();
    assert_eq!(shop.deliver().await, 2);
    let again = shop.receiver.take();
    assert_eq!(words(&again), ["two", "three"]);
    assert_eq!(again[0].delivery, first[1].delivery, "known by its name");
    let path = format!("{}?after={}", shop.path("deliveries"), first[1].cursor);
    let deliveries: Vec<Delivery> = shop.world.get(&shop.kai, &path).await.json();
    let listed: Vec<_> = deliveries.iter().map(|delivery| (delivery.cursor, delivery.event.as_str())).collect();
    assert_eq!(listed, [(first[2].cursor, "message_posted"); 2]);
    let future = shop.world.post(&shop.kai, &shop.path("replay"), &json!({ "after": 1_u64 << 60 })).await;
    assert_eq!(future.refused(), (422, "no_such_cursor".to_owned()));
}

#[tokio::test]
async fn only_public_https_addresses_are_registered_and_only_in_a_demo_this_machine() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    for (url, code) in [
        ("https://10.0.0.1/", "forbidden_address"),
        ("https://169.254.169.254/latest", "forbidden_address"),
        ("https://[fd00::1]/", "forbidden_address"),
        ("https://2852039166/", "forbidden_address"),
        ("http://shop.example/", "not_https"),
        ("gopher://shop.example/", "not_https"),
        ("https://a:b@shop.example/", "not_https"),
        ("nonsense", "not_https"),
    ] {
        let refused = world.post(&kai, "/v1/webhooks", &json!({ "url": url })).await.refused();
        assert_eq!(refused, (422, code.to_owned()), "{url}");
    }
    assert!(world.server.allowed_webhooks() == Allowed::PublicAndThisMachine);
    let earnest = World::with(|config| config.demo = false).await;
    assert!(earnest.server.allowed_webhooks() == Allowed::Public);
}

#[tokio::test]
async fn a_webhook_of_another_business_does_not_exist() {
    let shop = Shop::open().await;
    let accounts: Vec<Value> = shop.world.get(&shop.kai, "/v1/accounts?query=").await.json();
    let other = accounts.iter().find(|account| account["business"].is_object() && account["handle"] != "kai.shapes");
    let other = shop.world.sign_in(other.unwrap()["handle"].as_str().unwrap()).await;
    let (_, program) = shop.world.key(&other).await;
    for who in [&other, &program] {
        assert_eq!(shop.world.get(who, "/v1/webhooks").await.json::<Vec<Webhook>>(), []);
        assert_eq!(shop.world.get(who, &shop.path("deliveries")).await.refused().0, 404);
        assert_eq!(shop.world.post(who, &shop.path("replay"), &json!({ "after": 0 })).await.refused().0, 404);
        assert_eq!(shop.world.call(who, "POST", &shop.path("remove"), "null").await.refused().0, 404);
    }
    let refused = shop.world.post(&shop.maya, "/v1/webhooks", &json!({ "url": "https://shop.example/" })).await;
    assert_eq!(refused.refused(), (403, "only_businesses".to_owned()));
}

#[tokio::test]
async fn a_removed_webhook_is_told_nothing_and_there_are_at_most_ten() {
    let shop = Shop::open().await;
    let make = async |number: usize| {
        let url = format!("https://shop.example/{number}");
        shop.world.post(&shop.kai, "/v1/webhooks", &json!({ "url": url })).await
    };
    for number in 1..10 {
        make(number).await.json::<NewWebhook>();
    }
    assert_eq!(make(1).await.refused(), (409, "webhook_exists".to_owned()));
    assert_eq!(make(10).await.refused(), (409, "too_many_webhooks".to_owned()));
    for webhook in shop.world.get(&shop.kai, "/v1/webhooks").await.json::<Vec<Webhook>>() {
        let path = format!("/v1/webhooks/{}/remove", webhook.id);
        shop.world.call(&shop.kai, "POST", &path, "null").await.json::<()>();
    }
    shop.say("one").await;
    assert_eq!(shop.deliver().await, 0);
    assert_eq!(shop.receiver.take().len(), 0);
}

#[tokio::test]
async fn the_secret_is_told_once() {
    let shop = Shop::open().await;
    assert!(shop.new.secret.starts_with("whs_") && shop.new.secret.len() == 47);
    let listed = shop.world.get(&shop.kai, "/v1/webhooks").await.text();
    assert!(listed.contains(&shop.new.webhook.id) && !listed.contains("whs_"));
}
