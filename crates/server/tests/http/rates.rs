//! Who does something too often is told when to come again, and cannot pass for somebody else.

use crate::site::{AS, Answer, Site};
use http::StatusCode;

/// More than any burst for what is asked here.
const MANY: usize = 130;

async fn pay(site: &Site, key: usize, who: &str, forwarded: &str) -> Answer {
    let request = site.post("/v1/payment-requests/pr_none/pay", &key.to_string());
    site.send(request.header(AS, who).header("x-forwarded-for", forwarded), "{}").await
}

fn is_too_often(answer: &Answer) -> bool {
    let is_refused = answer.status == StatusCode::TOO_MANY_REQUESTS;
    if is_refused {
        assert_eq!(answer.problem().code, "rate_limited");
        let seconds: u64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&seconds));
    }
    is_refused
}

#[tokio::test]
async fn paying_again_and_again_is_held_back_for_that_account_only() {
    let site = Site::start().await;
    let mut allowed = 0;
    while !is_too_often(&pay(&site, allowed, "maya.torres", "1.1.1.1").await) {
        allowed += 1;
        assert!(allowed < MANY);
    }
    assert!(allowed >= 20, "{allowed}");
    assert!(is_too_often(&pay(&site, 1_000, "maya.torres", "2.2.2.2").await), "another address is the same person");
    assert!(!is_too_often(&pay(&site, 1_001, "zoe.lind", "1.1.1.1").await));
    let other = site.send(site.get("/v1/me").header(AS, "maya.torres"), "").await;
    assert_eq!(other.status, StatusCode::OK);
}

/// Whether somebody who is not signed in gets round a limit by calling from `n` addresses in a header.
async fn gets_round(site: &Site) -> bool {
    for number in 0..700 {
        let request = site.get("/v1/me").header("x-forwarded-for", format!("10.{}.{}.1", number / 200, number % 200));
        if is_too_often(&site.send(request, "").await) {
            return false;
        }
    }
    true
}

#[tokio::test]
async fn a_header_does_not_make_somebody_else_of_one() {
    let site = Site::start().await;
    assert!(!gets_round(&site).await);
}

#[tokio::test]
async fn only_what_a_trusted_proxy_says_is_believed() {
    let site = Site::with(|config| config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()]).await;
    assert!(gets_round(&site).await, "behind a proxy, each address is somebody");
}

#[tokio::test]
async fn a_demo_has_room_for_stories() {
    let site = Site::with(|config| config.demo = true).await;
    for number in 0..MANY {
        assert!(!is_too_often(&pay(&site, number, "maya.torres", "1.1.1.1").await));
    }
}
