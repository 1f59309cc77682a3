//! A call that is repeated is answered again, not done again.

use super::world::{World, code, draft, home, json, payment_in, terms, words};
use crate::wire::{SendRequest, TestBehaviour, UploadPhoto};

pub async fn the_same_key_and_body_replays_the_same_events(world: &World) {
    let thread = world.thread().await;
    let ask = SendRequest { terms: terms(draft()), expires_in_seconds: None };
    let key = world.key();
    let first = world.seller.api.send_request(&key, &thread, &ask).await.unwrap();
    world.say(&world.buyer, &thread, "Nice").await;
    let again = world.seller.api.send_request(&key, &thread, &ask).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(world.state(&thread).await.requests.len(), 1);

    // The answer was lost and the retry overtakes: both at once are one.
    let key = world.key();
    let body = words(&world.message_id(), "Twice at once");
    let api = &world.buyer.api;
    let (one, other) = futures::join!(api.say(&key, &thread, &body), api.say(&key, &thread, &body));
    assert_eq!(one.unwrap(), other.unwrap());
}

pub async fn the_same_key_with_another_body_is_refused(world: &World) {
    let thread = world.thread().await;
    let key = world.key();
    world.buyer.api.say(&key, &thread, &words(&world.message_id(), "This")).await.unwrap();
    let before = world.state(&thread).await;
    let other = world.buyer.api.say(&key, &thread, &words(&world.message_id(), "That")).await;
    assert_eq!(code(other), "idempotency_key_reused");
    let elsewhere = world.buyer.api.open_thread(&world.key(), &super::world::with("terra")).await.unwrap();
    let there = world.buyer.api.accept_thread(&key, &elsewhere.thread.id).await;
    assert_eq!(code(there), "idempotency_key_reused", "another route is another call");
    assert_eq!(world.state(&thread).await, before);
}

pub async fn a_repeated_call_says_so_and_changes_a_wallet_once(world: &World) {
    let thread = world.thread().await;
    let said = json(&words(&world.message_id(), "Once"));
    let path = format!("/v1/threads/{thread}/messages");
    assert!(!world.is_replayed(&world.buyer, &path, "key-1", &said).await);
    assert!(world.is_replayed(&world.buyer, &path, "key-1", &said).await);

    // Two addresses and the first call once more: nothing comes back that was taken out meanwhile.
    let (one, other) = (json(&home("1 First Street")), json(&home("2 Second Street")));
    let addresses = "/v1/wallet/addresses";
    assert!(!world.is_replayed(&world.buyer, addresses, "key-2", &one).await);
    assert!(!world.is_replayed(&world.buyer, addresses, "key-3", &other).await);
    let before = world.buyer.api.wallet().await.unwrap();
    assert!(world.is_replayed(&world.buyer, addresses, "key-2", &one).await);
    assert_eq!(world.buyer.api.wallet().await.unwrap(), before);
    let (status, body) = world.raw(&world.buyer, "POST", addresses, Some("key-2"), &other).await;
    assert!(status == 422 && body.contains("idempotency_key_reused"), "{status} {body}");
}

pub async fn a_key_is_needed_and_has_to_be_one(world: &World) {
    let thread = world.thread().await;
    let path = format!("/v1/threads/{thread}/accept");
    let (status, body) = world.raw(&world.seller, "POST", &path, None, "null").await;
    assert!(status == 400 && body.contains("idempotency_key_missing"), "{status} {body}");
    for bad in ["a/b", "with blank", &"k".repeat(256)] {
        let (status, body) = world.raw(&world.seller, "POST", &path, Some(bad), "null").await;
        assert!(status == 400 && body.contains("idempotency_key_"), "{bad}: {status} {body}");
    }
}

pub async fn somebody_elses_key_never_replays(world: &World) {
    let thread = world.thread().await;
    let key = world.key();
    let body = words(&world.message_id(), "Between us");
    world.buyer.api.say(&key, &thread, &body).await.unwrap();
    assert_eq!(code(world.stranger.api.say(&key, &thread, &body).await), "not_found");
    let own = words(&world.message_id(), "Mine");
    let said = world.seller.api.say(&key, &thread, &own).await.unwrap();
    assert_eq!(said.events.len(), 1, "the same letters are another person's other key");
}

pub async fn a_refusal_burns_no_key(world: &World) {
    let thread = world.thread().await;
    let key = world.key();
    let path = format!("/v1/threads/{thread}/messages");
    let (status, _) = world.raw(&world.buyer, "POST", &path, Some(&key.0), "{\"id\":\"msg_1\"}").await;
    assert_eq!(status, 422);
    let cheap = SendRequest { terms: terms(draft()), expires_in_seconds: Some(1) };
    assert_eq!(code(world.seller.api.send_request(&key, &thread, &cheap).await), "expiry_out_of_range");
    world.buyer.api.say(&key, &thread, &words(&world.message_id(), "Now it is right")).await.unwrap();
    let right = SendRequest { expires_in_seconds: None, ..cheap };
    world.seller.api.send_request(&key, &thread, &right).await.unwrap();
}

pub async fn unknown_fields_are_refused(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let body = world.pay_body(&request, TestBehaviour::Approve).await;
    let mut body = serde_json::to_value(&body).unwrap();
    body["seller"] = "acc_mallory".into();
    let path = format!("/v1/payment-requests/{request}/pay");
    let (status, answer) = world.raw(&world.buyer, "POST", &path, Some("k1"), &body.to_string()).await;
    assert!(status == 422 && answer.contains("invalid_body"), "{answer}");
    let mut ask = serde_json::to_value(SendRequest { terms: terms(draft()), expires_in_seconds: None }).unwrap();
    ask["terms"]["items"][0]["status"] = "paid".into();
    let path = format!("/v1/threads/{thread}/payment-requests");
    let (status, answer) = world.raw(&world.seller, "POST", &path, Some("k2"), &ask.to_string()).await;
    assert!(status == 422 && answer.contains("invalid_body"), "{answer}");
    for query in ["/v1/events?after=0&as=acc_kai", "/v1/threads?folder=primary&account=acc_kai"] {
        let (status, _) = world.raw(&world.buyer, "GET", query, None, "").await;
        assert_eq!(status, 400, "{query}");
    }
    let (status, _) = world.raw(&world.buyer, "POST", &format!("/v1/threads/{thread}/accept"), Some("k3"), "{}").await;
    assert_eq!(status, 422, "nothing means nothing");
}

pub async fn a_replayed_payment_needs_no_wallet_any_more(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let body = world.pay_body(&request, TestBehaviour::Approve).await;
    let key = world.key();
    let first = world.buyer.api.pay(&key, &request, &body).await.unwrap();
    world.settle().await;
    let removed = crate::client::WalletAct::Remove;
    world.buyer.api.on_wallet(&world.key(), body.method.as_str(), removed).await.unwrap();
    let again = world.buyer.api.pay(&key, &request, &body).await.unwrap();
    assert_eq!(payment_in(&again), payment_in(&first));
    assert_eq!(world.state(&thread).await.payments.len(), 1);
}

pub async fn an_upload_repeated_is_one_photo(world: &World) {
    let picture = UploadPhoto { media_type: "image/png".into(), data: "iVBORw0KGgo=".into() };
    let key = world.key();
    let one = world.buyer.api.upload(&key, &picture).await.unwrap();
    assert_eq!(world.buyer.api.upload(&key, &picture).await.unwrap(), one);
    let other = UploadPhoto { data: "iVBORw0KGgoA".into(), ..picture.clone() };
    assert_eq!(code(world.buyer.api.upload(&key, &other).await), "idempotency_key_reused");
    assert_ne!(world.seller.api.upload(&key, &picture).await.unwrap().id, one.id);
    assert_ne!(world.buyer.api.upload(&world.key(), &picture).await.unwrap().id, one.id);
}
