//! What buyers complain of to PayPal: told, answered, decided; and the parcels that PayPal is told of.

use super::books::are_equal;
use super::returning::refund_by_hand;
use super::world::{Bought, Keep, Shop};
use api::wire::{AnswerDispute, Ship};
use domain::carrier::Carrier;
use domain::dispute::{Dispute, DisputeAnswer, DisputeOutcome, DisputeReason, DisputeStanding};
use domain::ledger::Account;
use domain::money::{Currency, Money};
use domain::order::Packed;
use paypal_simulator::{Fault, Kind, Opened, Outcome};

/// A number of the carrier's.
const NUMBER: &str = "1Z5R89390357567127";
/// Another.
const ANOTHER: &str = "1Z999AA10123456784";

pub async fn ship(shop: &Shop, bought: &Bought) {
    let contents = vec![Packed { line: 0, quantity: 1 }, Packed { line: 1, quantity: 1 }];
    let tracking = Some(NUMBER.to_owned().try_into().expect("a number"));
    let body = Ship { contents, carrier: Carrier::Ups, tracking };
    let order = shop.order(bought).await;
    shop.seller().ship(&shop.world.key(), &order, &body).await.expect("shipped");
    shop.settle().await;
}

/// Shipped in two parcels.
async fn ship_in_two(shop: &Shop, bought: &Bought) {
    let order = shop.order(bought).await;
    for (line, number) in [(0, NUMBER), (1, ANOTHER)] {
        let tracking = Some(number.to_owned().try_into().expect("a number"));
        let body = Ship { contents: vec![Packed { line, quantity: 1 }], carrier: Carrier::Ups, tracking };
        shop.seller().ship(&shop.world.key(), &order, &body).await.expect("shipped");
    }
    shop.settle().await;
}

/// Complained of; PayPal's name for it.
async fn complained(shop: &Shop, bought: &Bought) -> String {
    let theirs = shop.simulator.open_dispute(&shop.capture(&bought.payment), Opened::default()).expect("taken");
    shop.settle().await;
    theirs
}

async fn dispute(shop: &Shop, bought: &Bought) -> Dispute {
    let [one] = shop.payment(bought).await.disputes.try_into().expect("one dispute");
    one
}

async fn answer(shop: &Shop, bought: &Bought, answer: DisputeAnswer) {
    let (order, dispute) = (shop.order(bought).await, dispute(shop, bought).await.id);
    let body = AnswerDispute { answer };
    shop.seller().answer_dispute(&shop.world.key(), &order, &dispute, &body).await.expect("answered");
    shop.settle().await;
}

async fn is_closed(shop: &Shop, bought: &Bought, outcome: DisputeOutcome) {
    let standing = dispute(shop, bought).await.standing;
    let DisputeStanding::Closed { outcome: is, .. } = standing else { panic!("{standing:?}") };
    assert_eq!(is, outcome);
    are_equal(shop).await;
}

/// How many pieces of evidence PayPal has of a dispute.
fn evidence(shop: &Shop, theirs: &str) -> usize {
    let books = shop.simulator.books();
    let disputes = books["disputes"].as_array().expect("a list").iter();
    let mut mine = disputes.filter(|dispute| dispute["dispute_id"] == theirs);
    mine.next().expect("the dispute")["evidences"].as_array().map_or(0, Vec::len)
}

async fn a_dispute_is_told_its_money_waits_and_the_seller_keeps_it(shop: Shop) {
    let bought = shop.captured(Keep::No).await;
    ship(&shop, &bought).await;
    let theirs = complained(&shop, &bought).await;
    let told = dispute(&shop, &bought).await;
    assert_eq!((told.reason, told.standing), (DisputeReason::NotReceived, DisputeStanding::Seller));
    assert!(told.respond_by.is_some());
    let (state, order) = (shop.state(&bought).await, shop.order(&bought).await);
    assert_eq!(state.ledger.balance(&order, Account::Disputed, Currency::USD).minor, 41_200);
    are_equal(&shop).await;

    answer(&shop, &bought, DisputeAnswer::Tracking).await;
    assert_eq!(dispute(&shop, &bought).await.standing, DisputeStanding::Review);
    assert_eq!(evidence(&shop, &theirs), 1);
    shop.simulator.resolve_dispute(&theirs, Outcome::SellerFavour).expect("open");
    shop.settle().await;
    is_closed(&shop, &bought, DisputeOutcome::ForSeller).await;
}

async fn a_dispute_that_is_decided_for_the_buyer_gives_the_money_back(shop: Shop) {
    let bought = shop.captured(Keep::No).await;
    ship(&shop, &bought).await;
    let theirs = complained(&shop, &bought).await;
    answer(&shop, &bought, DisputeAnswer::Tracking).await;
    shop.simulator.resolve_dispute(&theirs, Outcome::BuyerFavour).expect("open");
    shop.settle().await;
    is_closed(&shop, &bought, DisputeOutcome::ForBuyer { returned: Money::new(41_200, Currency::USD) }).await;
}

async fn every_parcel_is_in_the_evidence(shop: Shop) {
    let bought = shop.captured(Keep::No).await;
    ship_in_two(&shop, &bought).await;
    assert_eq!(trackers(&shop, &bought), 2);
    complained(&shop, &bought).await;
    answer(&shop, &bought, DisputeAnswer::Tracking).await;
    let said = shop.simulator.books()["disputes"][0]["evidences"].to_string();
    assert!(said.contains(NUMBER) && said.contains(ANOTHER), "{said}");
    are_equal(&shop).await;
}

async fn an_accepted_dispute_gives_the_money_back(shop: Shop) {
    let bought = shop.captured(Keep::No).await;
    complained(&shop, &bought).await;
    answer(&shop, &bought, DisputeAnswer::Accept).await;
    is_closed(&shop, &bought, DisputeOutcome::ForBuyer { returned: Money::new(41_200, Currency::USD) }).await;
}

async fn a_dispute_that_nobody_answers_is_decided_for_the_buyer(shop: Shop) {
    let bought = shop.captured(Keep::No).await;
    complained(&shop, &bought).await;
    shop.pass(11 * 86_400).await;
    is_closed(&shop, &bought, DisputeOutcome::ForBuyer { returned: Money::new(41_200, Currency::USD) }).await;
}

over_every_store! {
    a_dispute_is_told_its_money_waits_and_the_seller_keeps_it,
    a_dispute_that_is_decided_for_the_buyer_gives_the_money_back,
    every_parcel_is_in_the_evidence,
    an_accepted_dispute_gives_the_money_back,
    a_dispute_that_nobody_answers_is_decided_for_the_buyer,
    a_refund_by_hand_before_a_decision_is_not_taken_for_part_of_it,
}

/// PayPal has no key for evidence and claims. An answer that was lost is given again, and PayPal itself refuses the second:
/// it has moved on with the first.
#[tokio::test]
async fn an_answer_whose_receipt_was_lost_counts_once() {
    for fault in [Fault::BrokenAfter, Fault::HangUpAfter, Fault::HtmlAfter] {
        for (kind, how) in
            [(Kind::ProvideEvidence, DisputeAnswer::Tracking), (Kind::AcceptClaim, DisputeAnswer::Accept)]
        {
            let shop = Shop::new().await;
            let bought = shop.captured(Keep::No).await;
            ship(&shop, &bought).await;
            let theirs = complained(&shop, &bought).await;
            shop.simulator.fault(kind, fault, 1);
            answer(&shop, &bought, how).await;
            shop.pass(60).await;
            let expected = if how == DisputeAnswer::Tracking { 1 } else { 0 };
            assert_eq!(evidence(&shop, &theirs), expected, "{fault:?} {how:?}");
            are_equal(&shop).await;
        }
    }
}

/// Money that went back by hand before a dispute is decided for the buyer, and that nobody told of, is in the books too.
async fn a_refund_by_hand_before_a_decision_is_not_taken_for_part_of_it(mut shop: Shop) {
    let bought = shop.captured(Keep::No).await;
    shop.be_deaf();
    refund_by_hand(&shop, &bought, 1_000).await;
    let theirs = complained(&shop, &bought).await;
    shop.simulator.resolve_dispute(&theirs, Outcome::BuyerFavour).expect("open");
    shop.hear_everything().await;
    is_closed(&shop, &bought, DisputeOutcome::ForBuyer { returned: Money::new(40_200, Currency::USD) }).await;
}

/// How many parcels PayPal was told of.
fn trackers(shop: &Shop, bought: &Bought) -> usize {
    let [order] = shop.orders_at_paypal(&bought.payment).try_into().expect("one order");
    order["purchase_units"][0]["shipping"]["trackers"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn a_parcel_is_told_of_once_whatever_becomes_of_the_answer() {
    for fault in
        [None, Some(Fault::BrokenAfter), Some(Fault::HangUpAfter), Some(Fault::TooMany), Some(Fault::InProgress)]
    {
        let shop = Shop::new().await;
        let bought = shop.captured(Keep::No).await;
        if let Some(fault) = fault {
            shop.simulator.fault(Kind::TrackOrder, fault, 2);
        }
        ship(&shop, &bought).await;
        shop.pass(60).await;
        assert_eq!(trackers(&shop, &bought), 1, "{fault:?}");
        are_equal(&shop).await;
    }
}
