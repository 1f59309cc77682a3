//! Buying: with the window, given up, declined, and what takes days.

use super::books::{are_equal, captures};
use super::world::{Bought, Keep, Shop, WINDOW};
use api::client::PaymentAct;
use api::wire::{Pay, SendRequest};
use domain::address::UsState;
use domain::event::Event;
use domain::money::Rate;
use domain::order::CancelReason;
use domain::payment::{DeclineReason, PaymentStatus, PendingReason, RequiredAction};
use domain::terms::{Delivery, PickupPoint, StateRates, Tax, Terms, TermsDraft};
use paypal_simulator::{Funding, Misapproval};

const DAY: i64 = 86_400;

async fn failed(shop: &Shop, bought: &Bought, why: DeclineReason) {
    let status = shop.payment(bought).await.status;
    assert_eq!(status, PaymentStatus::Failed { reason: why });
}

/// The request is paid with another attempt, and no more than once.
async fn can_be_tried_again(shop: &Shop, bought: &Bought) {
    let method = shop.method(Keep::No).await;
    let payment = shop.pay(&bought.request, method).await;
    shop.settle().await;
    let again = Bought { payment, ..bought.clone() };
    shop.approve(&again, Funding::Balance).await;
    shop.pass(WINDOW).await;
    assert!(matches!(shop.payment(&again).await.status, PaymentStatus::Captured { .. }));
    assert_eq!((captures(shop, &bought.payment), captures(shop, &again.payment)), (0, 1));
    are_equal(shop).await;
}

#[tokio::test]
async fn a_first_purchase_is_approved_in_the_window_and_taken_after_the_undo_window() {
    let shop = Shop::new().await;
    let bought = shop.begin(Keep::No).await;
    let status = shop.payment(&bought).await.status;
    let PaymentStatus::ActionRequired { action, .. } = status else { panic!("{status:?}") };
    assert_eq!(action, RequiredAction::Approval);
    let url = shop.buyer().approval(&bought.payment).await.expect("a window").url;
    assert!(url.starts_with(&shop.simulator.url()), "{url}");

    shop.approve(&bought, Funding::Balance).await;
    assert!(matches!(shop.payment(&bought).await.status, PaymentStatus::Authorised { .. }));
    assert_eq!(captures(&shop, &bought.payment), 0, "while it can be undone nothing is taken");
    are_equal(&shop).await;

    shop.pass(WINDOW).await;
    let payment = shop.payment(&bought).await;
    assert!(matches!(payment.status, PaymentStatus::Captured { .. }), "{:?}", payment.status);
    assert_eq!(payment.fee.map(|fee| fee.minor), Some(1_487), "3.49 % of 412.00 and 0.49");
    assert_eq!(captures(&shop, &bought.payment), 1);
    are_equal(&shop).await;
}

/// Asked for once more with tax by state, sent or fetched; the way is chosen, and what PayPal has of it is told.
async fn unit_at_paypal(shop: &Shop, option: usize) -> serde_json::Value {
    let (world, key) = (&shop.world, || shop.world.key());
    let thread = world.thread().await;
    let first = world.ask(&thread).await;
    let asked = world.state(&thread).await.requests[&first].current().terms.draft().clone();
    let state: UsState = "CA".parse().expect("a state");
    let at = PickupPoint { place: "Shed 4".parse().expect("short"), state, when: None };
    let delivery = asked.delivery.iter().cloned().chain([Delivery::Pickup { at }]).collect();
    let rates = StateRates::from([(state, Rate::try_from(72_500).expect("under 100 %"))]);
    let terms = Terms::try_from(TermsDraft { delivery, tax: Tax::ByState { rates }, ..asked }).expect("holds together");
    let total = terms.totals(option, Some(state)).expect("an option").total;
    let ask = SendRequest { terms, expires_in_seconds: None };
    let sent = world.seller.api.send_request(&key(), &thread, &ask).await.expect("asked");
    let Event::RequestSent { request, .. } = &sent.events[0].event else { panic!("{sent:?}") };
    let method = shop.method(Keep::No).await;
    let address = if option == 0 { Some(world.address().await) } else { None };
    let body = Pay { revision: 1, delivery: option, total, method, address, confirmation: None };
    let payment = Shop::started(&shop.buyer().pay(&key(), request, &body).await.expect("started"));
    shop.settle().await;
    let order = shop.orders_at_paypal(&payment).pop().expect("an order at PayPal");
    order["purchase_units"][0].clone()
}

#[tokio::test]
async fn the_tax_of_the_state_reaches_paypal_and_what_is_fetched_goes_to_no_address() {
    let shop = Shop::new().await;
    let sent = unit_at_paypal(&shop, 0).await;
    assert_eq!(sent["amount"]["value"], "406.60", "360.00 of goods, 20.50 of shipping");
    assert_eq!(sent["amount"]["breakdown"]["tax_total"]["value"], "26.10");
    assert_eq!(sent["shipping"]["address"]["admin_area_1"], "CA");

    let shop = Shop::new().await;
    let fetched = unit_at_paypal(&shop, 1).await;
    assert_eq!(fetched["amount"]["value"], "386.10");
    assert_eq!(fetched["amount"]["breakdown"]["tax_total"]["value"], "26.10");
    assert!(fetched["shipping"]["address"].is_null(), "{fetched}");
}

#[tokio::test]
async fn the_window_tells_it_where_no_webhook_does() {
    let mut shop = Shop::new().await;
    shop.be_deaf();
    let bought = shop.begin(Keep::No).await;
    shop.approve(&bought, Funding::Balance).await;
    assert!(shop.payment(&bought).await.is_live(), "nobody has told");
    for _ in 0..2 {
        let resumed = shop.buyer().on_payment(&shop.world.key(), &bought.payment, PaymentAct::Resume).await;
        resumed.expect("the window and its opener both tell");
    }
    shop.pass(WINDOW).await;
    assert!(matches!(shop.payment(&bought).await.status, PaymentStatus::Captured { .. }));
    assert_eq!(captures(&shop, &bought.payment), 1);
    are_equal(&shop).await;
}

#[tokio::test]
async fn a_cancelled_attempt_takes_nothing_and_another_pays() {
    let shop = Shop::new().await;
    let bought = shop.begin(Keep::No).await;
    let cancelled = shop.buyer().on_payment(&shop.world.key(), &bought.payment, PaymentAct::Cancel).await;
    cancelled.expect("given up");
    shop.settle().await;
    failed(&shop, &bought, DeclineReason::Cancelled).await;
    are_equal(&shop).await;
    can_be_tried_again(&shop, &bought).await;
}

#[tokio::test]
async fn what_is_approved_after_it_was_given_up_reserves_nothing() {
    let shop = Shop::new().await;
    let bought = shop.begin(Keep::No).await;
    let cancelled = shop.buyer().on_payment(&shop.world.key(), &bought.payment, PaymentAct::Cancel).await;
    cancelled.expect("given up");
    shop.approve(&bought, Funding::Balance).await;
    shop.pass(WINDOW).await;
    failed(&shop, &bought, DeclineReason::Cancelled).await;
    assert_eq!(shop.held(&bought.payment), Vec::<String>::new(), "nothing is reserved");
    can_be_tried_again(&shop, &bought).await;
}

#[tokio::test]
async fn what_nobody_approves_ends_by_itself() {
    let shop = Shop::new().await;
    let bought = shop.begin(Keep::No).await;
    shop.pass(15 * 60 + 1).await;
    failed(&shop, &bought, DeclineReason::ActionExpired).await;
    shop.approve(&bought, Funding::Balance).await;
    assert_eq!(shop.held(&bought.payment), Vec::<String>::new(), "nothing is reserved");
    can_be_tried_again(&shop, &bought).await;
}

#[tokio::test]
async fn a_declined_card_takes_nothing_and_another_attempt_pays() {
    let shop = Shop::new().await;
    let bought = shop.authorised(Keep::No, Funding::DecliningCard).await;
    failed(&shop, &bought, DeclineReason::DoNotHonor).await;
    are_equal(&shop).await;
    can_be_tried_again(&shop, &bought).await;
}

#[tokio::test]
async fn a_card_that_its_bank_refuses_cancels_the_order() {
    let shop = Shop::new().await;
    let bought = shop.authorised(Keep::No, Funding::RefusedCard).await;
    shop.pass(WINDOW).await;
    failed(&shop, &bought, DeclineReason::CaptureFailed).await;
    let state = shop.state(&bought).await;
    let cancelled = state.order_of(&bought.payment).expect("an order").cancelled.as_ref().map(|why| why.reason);
    assert_eq!(cancelled, Some(CancelReason::CaptureFailed));
    are_equal(&shop).await;
}

#[tokio::test]
async fn an_undone_purchase_lets_the_money_go() {
    let shop = Shop::new().await;
    let bought = shop.authorised(Keep::No, Funding::Balance).await;
    let undone = shop.buyer().on_payment(&shop.world.key(), &bought.payment, PaymentAct::Undo).await;
    undone.expect("within the window");
    shop.pass(WINDOW).await;
    assert!(matches!(shop.payment(&bought).await.status, PaymentStatus::Voided { .. }));
    assert_eq!(shop.held(&bought.payment), ["VOIDED"]);
    assert_eq!(captures(&shop, &bought.payment), 0);
    are_equal(&shop).await;
}

async fn money_from_a_bank_is_in_when_paypal_says_so(shop: Shop) {
    let bought = shop.authorised(Keep::No, Funding::Bank).await;
    shop.pass(WINDOW).await;
    assert_eq!(shop.payment(&bought).await.pending(), Some(PendingReason::Bank));
    are_equal(&shop).await;
    shop.simulator.settle(&shop.capture(&bought.payment)).expect("it is pending");
    shop.settle().await;
    assert!(matches!(shop.payment(&bought).await.status, PaymentStatus::Captured { .. }));
    assert!(shop.payment(&bought).await.fee.is_some());
    are_equal(&shop).await;
}

async fn money_that_a_bank_does_not_pay_cancels_the_order(shop: Shop) {
    let bought = shop.authorised(Keep::No, Funding::Bank).await;
    shop.pass(WINDOW).await;
    shop.simulator.deny(&shop.capture(&bought.payment)).expect("it is pending");
    shop.settle().await;
    failed(&shop, &bought, DeclineReason::CaptureFailed).await;
    are_equal(&shop).await;
}

async fn money_that_is_pending_for_days_is_asked_about_where_nobody_tells(mut shop: Shop) {
    let bought = shop.authorised(Keep::No, Funding::Bank).await;
    shop.be_deaf();
    shop.pass(WINDOW).await;
    shop.pass(6 * DAY).await;
    assert_eq!(shop.payment(&bought).await.pending(), Some(PendingReason::Bank), "it still counts as on its way");
    shop.simulator.settle(&shop.capture(&bought.payment)).expect("it is pending");
    shop.pass(3_601).await;
    assert!(matches!(shop.payment(&bought).await.status, PaymentStatus::Captured { .. }));
    assert_eq!(captures(&shop, &bought.payment), 1);
    are_equal(&shop).await;
}

over_every_store! {
    money_from_a_bank_is_in_when_paypal_says_so,
    money_that_a_bank_does_not_pay_cancels_the_order,
    money_that_is_pending_for_days_is_asked_about_where_nobody_tells,
}

/// What PayPal has looks like our order, and is for something else: nothing of it is taken.
async fn misapproved(instead: Misapproval) {
    let shop = Shop::new().await;
    let bought = shop.begin(Keep::No).await;
    shop.simulator.misapprove(&shop.order_at_paypal(&bought.payment), instead).expect("an order");
    shop.approve(&bought, Funding::Balance).await;
    shop.pass(WINDOW).await;
    failed(&shop, &bought, DeclineReason::NotAsAgreed).await;
    assert_eq!(captures(&shop, &bought.payment), 0);
    assert!(shop.held(&bought.payment).iter().all(|status| status == "VOIDED"), "nothing is reserved");
    are_equal(&shop).await;
}

#[tokio::test]
async fn what_is_approved_for_another_amount_is_not_taken() {
    let dollars = paypal_simulator::Currency::parse("USD").expect("dollars");
    misapproved(Misapproval::Amount(paypal_simulator::Money::new(100, dollars))).await;
}

#[tokio::test]
async fn what_is_approved_for_somebody_else_is_not_taken() {
    misapproved(Misapproval::Payee("SOMEBODYELSE1".to_owned())).await;
}
