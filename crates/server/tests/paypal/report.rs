//! PayPal's report of its account beside our books, once a day.

use super::books::are_equal;
use super::returning::refund_by_hand;
use super::world::{Keep, Shop, WINDOW};
use api::wire::{Difference, DifferenceKind, Differences};
use domain::money::{Currency, Money};
use paypal_simulator::Funding;

const DAY: i64 = 86_400;

async fn told(shop: &Shop) -> Differences {
    shop.seller().differences().await.expect("readable")
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

#[tokio::test]
async fn what_is_the_same_on_both_sides_is_no_difference() {
    let shop = Shop::new().await;
    shop.captured(Keep::No).await;
    shop.compare().await;
    assert_eq!(told(&shop).await.found, []);
    assert!(told(&shop).await.compared_until.is_some(), "and that it was compared is told");
    are_equal(&shop).await;
}

/// A refund in PayPal's own pages of which nothing was heard: it is found, told, looked into, and gone the next day.
#[tokio::test]
async fn a_refund_that_nobody_told_of_is_found_by_the_report_and_then_in_our_books() {
    let mut shop = Shop::new().await;
    let bought = shop.captured(Keep::No).await;
    shop.be_deaf();
    refund_by_hand(&shop, &bought, 2_500).await;
    shop.compare().await;
    let number = shop.state(&bought).await.order_of(&bought.payment).map(|order| order.number.clone());
    let what = DifferenceKind::Returned { ours: usd(0), theirs: usd(2_500) };
    let (payment, thread, now) = (bought.payment.clone(), bought.thread.clone(), shop.now());
    assert_eq!(told(&shop).await.found, [Difference { payment, thread, number, found_at: now, what }]);

    shop.settle().await;
    assert_eq!(shop.payment(&bought).await.refundable(), usd(41_200 - 2_500), "it was looked into");
    shop.pass(DAY).await;
    shop.compare().await;
    assert_eq!(told(&shop).await.found, [], "both say the same now");
    are_equal(&shop).await;
}

#[tokio::test]
async fn a_capture_whose_answer_was_lost_for_good_is_found_by_the_report() {
    let mut shop = Shop::new().await;
    let _bought = shop.authorised(Keep::No, Funding::Balance).await;
    shop.be_deaf();
    let theirs = shop.simulator.books()["authorizations"][0]["id"].as_str().expect("a name").to_owned();
    let all = paypal::NewCapture { amount: None, invoice_id: None, final_capture: true, note_to_payer: None };
    shop.by_hand.capture_authorization("by-hand", &theirs, &all).await.expect("captured");
    shop.compare().await;
    let what = told(&shop).await.found.first().map(|one| one.what);
    assert_eq!(what, Some(DifferenceKind::Taken { ours: usd(0), theirs: usd(41_200) }));
    shop.pass(WINDOW).await;
    shop.compare().await;
    assert_eq!(told(&shop).await.found, []);
    are_equal(&shop).await;
}

#[tokio::test]
async fn it_is_compared_once_a_day_whoever_looks() {
    let shop = Shop::new().await;
    shop.captured(Keep::No).await;
    let first = shop.now();
    shop.compare_daily().await;
    assert_eq!(told(&shop).await.compared_until, Some(first));
    shop.pass(DAY - 60).await;
    shop.compare_daily().await;
    assert_eq!(told(&shop).await.compared_until, Some(first), "not yet");
    shop.pass(60).await;
    shop.compare_daily().await;
    assert_eq!(told(&shop).await.compared_until, Some(shop.now()));
}

/// A payment is compared as a whole: what was reported of it before the last three days is still known.
#[tokio::test]
async fn what_goes_back_later_is_compared_with_all_that_was_taken() {
    let mut shop = Shop::new().await;
    let bought = shop.captured(Keep::No).await;
    shop.compare().await;
    shop.pass(4 * DAY).await;
    shop.compare().await;
    shop.be_deaf();
    refund_by_hand(&shop, &bought, 1_200).await;
    shop.compare().await;
    let what = told(&shop).await.found.first().map(|one| one.what);
    assert_eq!(what, Some(DifferenceKind::Returned { ours: usd(0), theirs: usd(1_200) }));
}
