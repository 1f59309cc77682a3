//! Every fault of the simulator at every call that a shop makes: what is bought is taken once, what is given back is given
//! back once, and the books of both are equal.

use super::books::{are_equal, captures};
use super::disputes::ship;
use super::world::{Bought, Keep, Patience, Shop, WINDOW, in_memory};
use api::client::PaymentAct;
use api::wire::{AnswerDispute, MakeRefund};
use domain::dispute::{Dispute, DisputeAnswer, DisputeStanding};
use domain::money::{Currency, Money};
use domain::payment::{PaymentStatus, RefundStatus};
use paypal_simulator::{Fault, Funding, Kind, Opened, Outcome};

/// What a shop calls in the story below. The token first: everything else needs it.
const CALLED: [Kind; 11] = [
    Kind::Token,
    Kind::CreateOrder,
    Kind::GetOrder,
    Kind::AuthorizeOrder,
    Kind::CaptureAuthorization,
    Kind::GetCapture,
    Kind::TrackOrder,
    Kind::RefundCapture,
    Kind::ListDisputes,
    Kind::GetDispute,
    Kind::ProvideEvidence,
];

/// Long enough for a few more tries, and too short for anything to end by itself.
const A_WHILE: i64 = 90;

async fn shop(fault: Fault) -> Shop {
    let patience = if fault == Fault::SilentAfter { Patience::Short } else { Patience::Usual };
    Shop::with(in_memory().await, patience).await
}

/// Buys, ships, gives some back, is complained of and answers, while the next calls of a kind meet a fault.
async fn bought_and_sold(kind: Kind, fault: Fault) {
    let shop = shop(fault).await;
    let is_unknown = (kind, fault) == (Kind::GetDispute, Fault::UnknownWords);
    // A dispute in a new word counts as under review until PayPal tells of it again: one such word, then.
    shop.simulator.fault(kind, fault, if is_unknown { 1 } else { 2 });
    let bought = shop.begin(Keep::No).await;
    shop.pass(A_WHILE).await;
    assert!(shop.payment(&bought).await.wants_the_buyer(), "{:?}", shop.payment(&bought).await.status);
    shop.approve(&bought, Funding::Balance).await;
    shop.pass(A_WHILE).await;
    let status = shop.payment(&bought).await.status;
    assert!(matches!(status, PaymentStatus::Authorised { .. }), "{status:?}");
    shop.pass(WINDOW + A_WHILE).await;
    let payment = shop.payment(&bought).await;
    assert!(matches!(payment.status, PaymentStatus::Captured { .. }), "{:?}", payment.status);
    assert!(payment.fee.is_some(), "what it cost is known");
    are_equal(&shop).await;

    ship(&shop, &bought).await;
    gives_back(&shop, &bought).await;
    complained_and_answered(&shop, &bought, is_unknown).await;
    assert_eq!(captures(&shop, &bought.payment), 1);
    assert_eq!(shop.orders_at_paypal(&bought.payment).len(), 1, "one order");
    are_equal(&shop).await;
}

async fn gives_back(shop: &Shop, bought: &Bought) {
    let body = MakeRefund { amount: Some(Money::new(1_000, Currency::USD)), items: Vec::new() };
    let order = shop.order(bought).await;
    shop.seller().refund(&shop.world.key(), &order, &body).await.expect("begun");
    shop.pass(3_600 + A_WHILE).await;
    let [refund] = Vec::from_iter(shop.payment(bought).await.refunds.into_values()).try_into().expect("one");
    assert!(matches!(refund.status, RefundStatus::Settled { .. }), "{:?}", refund.status);
    assert_eq!(shop.refunds_at_paypal().len(), 1, "given back once");
    are_equal(shop).await;
}

async fn complained_and_answered(shop: &Shop, bought: &Bought, is_unknown: bool) {
    let theirs = shop.simulator.open_dispute(&shop.capture(&bought.payment), Opened::default()).expect("taken");
    shop.pass(A_WHILE).await;
    let [dispute] = shop.payment(bought).await.disputes.try_into().expect("one");
    if is_unknown {
        // In a word that nobody knows it counts as PayPal's to decide: there is nothing to answer.
        assert_eq!(dispute.standing, DisputeStanding::Review);
    } else {
        answered(shop, bought, dispute).await;
    }
    shop.simulator.resolve_dispute(&theirs, Outcome::SellerFavour).expect("open");
    shop.pass(A_WHILE).await;
    assert!(!shop.payment(bought).await.disputes[0].is_open());
}

async fn answered(shop: &Shop, bought: &Bought, dispute: Dispute) {
    let (order, body) = (shop.order(bought).await, AnswerDispute { answer: DisputeAnswer::Tracking });
    shop.seller().answer_dispute(&shop.world.key(), &order, &dispute.id, &body).await.expect("answered");
    shop.pass(A_WHILE).await;
    let [dispute] = shop.payment(bought).await.disputes.try_into().expect("one");
    assert_eq!(dispute.standing, DisputeStanding::Review);
}

/// Pays with a token in one step, while that one call meets a fault.
async fn paid_in_one_step(fault: Fault) {
    let shop = shop(fault).await;
    let first = shop.captured(Keep::Yes).await;
    let method = shop.buyer().wallet().await.expect("readable").methods[0].id.clone();
    shop.simulator.fault(Kind::CreateOrder, fault, 2);
    let again = shop.begin_with(first.thread.clone(), method).await;
    shop.pass(A_WHILE).await;
    shop.pass(WINDOW).await;
    let status = shop.payment(&again).await.status;
    assert!(matches!(status, PaymentStatus::Captured { .. }), "{fault:?}: {status:?}");
    assert_eq!(shop.held(&again.payment), ["CAPTURED"], "reserved once");
    are_equal(&shop).await;
}

/// Undoes a purchase, while letting go meets a fault.
async fn undone(fault: Fault) {
    let shop = shop(fault).await;
    let bought = shop.authorised(Keep::No, Funding::Balance).await;
    shop.simulator.fault(Kind::VoidAuthorization, fault, 2);
    let undone = shop.buyer().on_payment(&shop.world.key(), &bought.payment, PaymentAct::Undo).await;
    undone.expect("within the window");
    shop.pass(A_WHILE).await;
    assert_eq!(shop.held(&bought.payment), ["VOIDED"], "{fault:?}");
    assert_eq!(captures(&shop, &bought.payment), 0);
    are_equal(&shop).await;
}

async fn at_every_call(fault: Fault) {
    for kind in CALLED {
        println!("{fault:?} at {kind:?}");
        bought_and_sold(kind, fault).await;
    }
    paid_in_one_step(fault).await;
    undone(fault).await;
}

#[tokio::test]
async fn what_breaks_before_anything_is_done_is_done_later() {
    at_every_call(Fault::BrokenBefore).await;
}

#[tokio::test]
async fn what_breaks_after_it_was_done_is_done_once() {
    at_every_call(Fault::BrokenAfter).await;
}

#[tokio::test]
async fn what_is_done_before_the_connection_ends_is_done_once() {
    at_every_call(Fault::HangUpAfter).await;
}

#[tokio::test]
async fn what_is_done_and_never_answered_is_done_once() {
    at_every_call(Fault::SilentAfter).await;
}

#[tokio::test]
async fn what_a_gateway_answers_for_it_is_done_once() {
    at_every_call(Fault::HtmlAfter).await;
}

#[tokio::test]
async fn what_is_answered_in_words_of_tomorrow_is_done_once() {
    at_every_call(Fault::UnknownWords).await;
}

#[tokio::test]
async fn what_paypal_has_no_time_for_is_done_later() {
    at_every_call(Fault::TooMany).await;
}

#[tokio::test]
async fn what_paypal_is_busy_with_is_done_once() {
    at_every_call(Fault::InProgress).await;
}
