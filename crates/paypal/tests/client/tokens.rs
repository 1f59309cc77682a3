//! The access token: how often one is fetched, and what happens without.

use crate::wire::{Then, Wire, answer, token};
use paypal::Failure;

const ORDER: &[u8] = br#"{"id":"5O1","status":"APPROVED"}"#;

fn done() -> Then {
    answer(200, "", ORDER)
}

#[tokio::test]
async fn one_token_serves_many_calls() {
    let wire = Wire::saying(done()).await;
    let client = wire.client();
    for _ in 0..3 {
        client.order("5O1").await.unwrap();
    }
    assert_eq!(wire.counts(), (1, 3));
}

#[tokio::test]
async fn many_at_once_fetch_one_token() {
    let wire = Wire::saying(done()).await;
    let client = wire.client();
    let calls = (0..20).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.order("5O1").await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(wire.counts(), (1, 20));
}

#[tokio::test]
async fn a_token_that_is_about_to_end_is_not_used() {
    let wire = Wire::start(|number| token(number, 60), |_, _| done()).await;
    let client = wire.client();
    client.order("5O1").await.unwrap();
    client.order("5O1").await.unwrap();
    assert_eq!(wire.counts(), (2, 2));
}

#[tokio::test]
async fn a_token_that_paypal_takes_no_more_is_fetched_anew_once() {
    let then = |bearer: &str, _| if bearer == "A1" { answer(401, "", b"") } else { done() };
    let wire = Wire::start(|number| token(number, 32_400), then).await;
    let client = wire.client();
    client.order("5O1").await.unwrap();
    assert_eq!(wire.counts(), (2, 2));
    client.order("5O1").await.unwrap();
    assert_eq!(wire.counts(), (2, 3));
}

#[tokio::test]
async fn many_that_are_turned_away_at_once_fetch_one_token_more() {
    let then = |bearer: &str, _| if bearer == "A1" { answer(401, "", b"") } else { done() };
    let wire = Wire::start(|number| token(number, 32_400), then).await;
    let client = wire.client();
    let calls = (0..20).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.order("5O1").await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(wire.counts().0, 2);
}

#[tokio::test]
async fn a_second_refusal_is_our_keys() {
    let wire = Wire::saying(answer(401, "paypal-debug-id: f00d\r\n", b"")).await;
    let failure = wire.client().order("5O1").await.unwrap_err();
    assert_eq!(failure, Failure::Auth { debug_id: Some("f00d".into()) });
    assert_eq!(wire.counts(), (2, 2));
}

#[tokio::test]
async fn keys_that_get_no_token_are_wrong() {
    let body = br#"{"error":"invalid_client","error_description":"no"}"#;
    let wire = Wire::start(|_| answer(401, "paypal-debug-id: f00d\r\n", body), |_, _| done()).await;
    let failure = wire.client().capture_order("k", "5O1").await.unwrap_err();
    assert_eq!(failure, Failure::Auth { debug_id: Some("f00d".into()) });
    assert_eq!(wire.counts(), (1, 0));
}

#[tokio::test]
async fn without_a_token_nothing_was_sent() {
    let huge = vec![b' '; 70_000];
    for then in [
        answer(503, "", b""),
        answer(429, "", b""),
        answer(200, "", b"<html>"),
        answer(200, "", b"{}"),
        answer(200, "", b"{\"access_token\":\"a\\nb\",\"expires_in\":9}"),
        answer(200, "", &huge),
        answer(302, "location: /\r\n", b""),
        Then::Ends,
    ] {
        let wire = Wire::start(move |_| then.clone(), |_, _| done()).await;
        let failure = wire.client().capture_order("k", "5O1").await.unwrap_err();
        assert!(matches!(failure, Failure::Unavailable { .. }), "{failure:?}");
        assert_eq!(wire.counts(), (1, 0));
    }
}
