//! Money that goes back: by us, in PayPal's own pages, late, and not at all.

use super::books::are_equal;
use super::world::{Bought, Keep, Shop};
use api::wire::MakeRefund;
use domain::money::{Currency, Money};
use domain::payment::{RefundStatus, RefundTrouble};
use paypal::{Amount, NewRefund};
use paypal_simulator::{Opened, RefundMood};

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

/// The seller gives so much back; all that is left without an amount.
async fn refund(shop: &Shop, bought: &Bought, amount: Option<i64>) {
    let body = MakeRefund { amount: amount.map(usd), items: Vec::new() };
    let order = shop.order(bought).await;
    shop.seller().refund(&shop.world.key(), &order, &body).await.expect("begun");
    shop.settle().await;
}

/// The seller gives so much back in PayPal's own pages, where nobody knows our names.
pub async fn refund_by_hand(shop: &Shop, bought: &Bought, minor: i64) {
    let amount = Some(Amount::of(usd(minor)).expect("dollars"));
    let body = NewRefund { amount, custom_id: None, invoice_id: None, note_to_payer: None };
    let key = format!("by-hand-{minor}");
    shop.by_hand.refund(&key, &shop.capture(&bought.payment), &body).await.expect("given back");
    shop.settle().await;
}

async fn refunds(shop: &Shop, bought: &Bought) -> Vec<(i64, RefundStatus)> {
    let payment = shop.payment(bought).await;
    payment.refunds.values().map(|refund| (refund.amount.minor, refund.status)).collect()
}

fn is_settled(refund: &(i64, RefundStatus), minor: i64) -> bool {
    refund.0 == minor && matches!(refund.1, RefundStatus::Settled { .. })
}

fn trouble(why: RefundTrouble) -> RefundStatus {
    RefundStatus::Failed { why }
}

#[tokio::test]
async fn a_part_goes_back_and_then_the_rest() {
    let shop = Shop::new().await;
    let bought = shop.captured(Keep::No).await;
    refund(&shop, &bought, Some(1_000)).await;
    let [one] = refunds(&shop, &bought).await.try_into().expect("one");
    assert!(is_settled(&one, 1_000), "{one:?}");
    are_equal(&shop).await;
    refund(&shop, &bought, None).await;
    assert_eq!(shop.payment(&bought).await.refundable(), usd(0));
    are_equal(&shop).await;
}

#[tokio::test]
async fn a_refund_that_takes_days_is_settled_when_it_arrives() {
    let shop = Shop::new().await;
    let bought = shop.captured(Keep::No).await;
    shop.simulator.refunds(RefundMood::Waits);
    refund(&shop, &bought, Some(1_000)).await;
    assert_eq!(refunds(&shop, &bought).await, [(1_000, RefundStatus::Pending)]);
    are_equal(&shop).await;
    shop.simulator.end_refund(&shop.refunds_at_paypal()[0], true).expect("it is pending");
    shop.settle().await;
    let [one] = refunds(&shop, &bought).await.try_into().expect("one");
    assert!(is_settled(&one, 1_000), "told, not asked: {one:?}");
    are_equal(&shop).await;
}

#[tokio::test]
async fn a_refund_that_comes_back_leaves_the_money_where_it_was() {
    let shop = Shop::new().await;
    let bought = shop.captured(Keep::No).await;
    shop.simulator.refunds(RefundMood::Waits);
    refund(&shop, &bought, Some(1_000)).await;
    shop.simulator.end_refund(&shop.refunds_at_paypal()[0], false).expect("it is pending");
    // PayPal has no event for it here: it is asked.
    shop.pass(3_601).await;
    assert_eq!(refunds(&shop, &bought).await, [(1_000, trouble(RefundTrouble::Refused))]);
    are_equal(&shop).await;
}

#[tokio::test]
async fn what_went_back_in_paypals_own_pages_is_in_our_books() {
    let shop = Shop::new().await;
    let bought = shop.captured(Keep::No).await;
    refund_by_hand(&shop, &bought, 2_500).await;
    let [one] = refunds(&shop, &bought).await.try_into().expect("one");
    assert!(is_settled(&one, 2_500), "{one:?}");
    refund(&shop, &bought, Some(1_000)).await;
    assert_eq!(shop.payment(&bought).await.refundable(), usd(41_200 - 3_500));
    are_equal(&shop).await;
}

#[tokio::test]
async fn a_refund_over_what_paypal_has_left_fails_and_the_books_follow() {
    let mut shop = Shop::new().await;
    let bought = shop.captured(Keep::No).await;
    shop.be_deaf();
    refund_by_hand(&shop, &bought, 40_000).await;
    refund(&shop, &bought, Some(5_000)).await;
    assert_eq!(refunds(&shop, &bought).await, [(5_000, trouble(RefundTrouble::AlreadyBack))]);
    shop.hear_everything().await;
    assert_eq!(shop.payment(&bought).await.refundable(), usd(1_200));
    are_equal(&shop).await;
}

#[tokio::test]
async fn what_is_disputed_is_not_refunded_beside() {
    let mut shop = Shop::new().await;
    let bought = shop.captured(Keep::No).await;
    shop.be_deaf();
    shop.simulator.open_dispute(&shop.capture(&bought.payment), Opened::default()).expect("taken");
    refund(&shop, &bought, Some(5_000)).await;
    assert_eq!(refunds(&shop, &bought).await, [(5_000, trouble(RefundTrouble::Disputed))]);
    shop.hear_everything().await;
    assert!(shop.payment(&bought).await.open_dispute().is_some());
    are_equal(&shop).await;
}
