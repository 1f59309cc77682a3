//! Buyers whom PayPal knows: no window any more, unless PayPal wants one; and what becomes of the token.

use super::books::{are_equal, captures};
use super::world::{Bought, Keep, Patience, Shop, WINDOW, in_memory};
use api::client::WalletAct;
use api::wire::{MethodUse, SavedMethod};
use domain::payment::{DeclineReason, PaymentStatus};
use paypal_simulator::{Fault, Funding, Kind, VaultMood};
use serde_json::{Value, json};

/// Somebody who has bought once, and agreed that PayPal keeps the method.
async fn known() -> (Shop, Bought, SavedMethod) {
    let shop = Shop::new().await;
    let bought = shop.captured(Keep::Yes).await;
    let method = method(&shop).await;
    assert_eq!(method.pays, MethodUse::AtOnce);
    assert_eq!(method.hint.as_ref().map(|hint| hint.as_str()), Some("m•••@example.com"));
    (shop, bought, method)
}

async fn method(shop: &Shop) -> SavedMethod {
    shop.buyer().wallet().await.expect("readable").methods.into_iter().next().expect("a method")
}

/// What PayPal calls the token that it has kept.
fn token(shop: &Shop) -> String {
    let events = shop.simulator.events();
    let mut made = events.iter().filter(|event| event["event_type"] == "VAULT.PAYMENT-TOKEN.CREATED");
    made.next().expect("a token")["resource"]["id"].as_str().expect("a name").to_owned()
}

#[tokio::test]
async fn a_known_buyer_pays_without_a_window_and_the_token_is_sealed() {
    let (shop, first, method) = known().await;
    let again = shop.begin_with(first.thread.clone(), method.id).await;
    assert!(matches!(shop.payment(&again).await.status, PaymentStatus::Authorised { .. }), "no window");
    shop.pass(WINDOW).await;
    assert_eq!(captures(&shop, &again.payment), 1);
    are_equal(&shop).await;

    let token = token(&shop);
    let kept = shop.world.app.store.export().await.expect("readable");
    let open: Vec<_> = kept.iter().filter(|(key, text)| key.contains(&token) || text.contains(&token)).collect();
    assert!(open.is_empty(), "a token lies open: {open:?}");
}

#[tokio::test]
async fn a_known_buyer_whom_paypal_wants_to_see_approves_in_the_window() {
    let (shop, first, method) = known().await;
    shop.simulator.vault(VaultMood::AsksBuyer);
    let again = shop.begin_with(first.thread.clone(), method.id).await;
    assert!(shop.payment(&again).await.wants_the_buyer());
    assert!(shop.buyer().approval(&again.payment).await.is_ok(), "there is a window");
    shop.approve(&again, Funding::Balance).await;
    shop.pass(WINDOW).await;
    assert_eq!(captures(&shop, &again.payment), 1);
    are_equal(&shop).await;
}

#[tokio::test]
async fn a_known_buyer_who_is_declined_can_pay_otherwise() {
    let (shop, first, method) = known().await;
    shop.simulator.vault(VaultMood::Declines);
    let declined = shop.begin_with(first.thread.clone(), method.id).await;
    let status = shop.payment(&declined).await.status;
    assert_eq!(status, PaymentStatus::Failed { reason: DeclineReason::DoNotHonor });
    let other = shop.method(Keep::No).await;
    let payment = shop.pay(&declined.request, other).await;
    shop.settle().await;
    let again = Bought { payment, ..declined };
    shop.approve(&again, Funding::Balance).await;
    shop.pass(WINDOW).await;
    assert_eq!(captures(&shop, &again.payment), 1);
    are_equal(&shop).await;
}

#[tokio::test]
async fn a_token_that_the_buyer_ended_at_paypal_pays_nothing_and_the_window_is_back() {
    let (shop, first, kept) = known().await;
    shop.simulator.revoke(&token(&shop)).expect("active");
    shop.settle().await;
    assert_eq!(method(&shop).await.pays, MethodUse::InWindow, "told, the wallet follows");
    let again = shop.begin_with(first.thread.clone(), kept.id).await;
    assert!(shop.payment(&again).await.wants_the_buyer());
    shop.approve(&again, Funding::Balance).await;
    shop.pass(WINDOW).await;
    assert_eq!(captures(&shop, &again.payment), 1);
    are_equal(&shop).await;
}

#[tokio::test]
async fn a_token_that_has_ended_without_a_word_is_noticed_when_it_is_to_pay() {
    let (mut shop, first, kept) = known().await;
    shop.be_deaf();
    shop.simulator.revoke(&token(&shop)).expect("active");
    let again = shop.begin_with(first.thread.clone(), kept.id.clone()).await;
    assert!(shop.payment(&again).await.wants_the_buyer(), "it goes on in the window");
    assert_eq!(method(&shop).await.pays, MethodUse::InWindow, "and is approved there the next time too");
    shop.approve(&again, Funding::Balance).await;
    shop.hear_everything().await;
    shop.pass(WINDOW).await;
    assert_eq!(captures(&shop, &again.payment), 1);
    are_equal(&shop).await;
}

/// Sealed with a key that is not here any more: nobody waits for it, the buyer approves again.
#[tokio::test]
async fn a_token_that_no_key_opens_any_more_is_approved_again() {
    let (shop, first, kept) = known().await;
    let another = |stored: Option<Value>| {
        let mut stored = stored.expect("kept");
        for (_, sealed) in stored["tokens"].as_object_mut().expect("by method") {
            *sealed = json!("s1.AAAA");
        }
        stored
    };
    let (store, buyer) = (shop.world.app.store.as_ref(), shop.world.buyer.account.id.as_str());
    api::store::change(store, api::app::kinds::PAYPAL_KEPT, buyer, another).await.expect("kept");
    let again = shop.begin_with(first.thread.clone(), kept.id.clone()).await;
    let status = shop.payment(&again).await.status;
    assert!(matches!(status, PaymentStatus::ActionRequired { .. }), "{status:?}");
    assert_ne!(method(&shop).await.pays, MethodUse::AtOnce, "the wallet says so, too");
    shop.approve(&again, Funding::Balance).await;
    shop.pass(WINDOW).await;
    assert!(matches!(shop.payment(&again).await.status, PaymentStatus::Captured { .. }));
    are_equal(&shop).await;
}

/// PayPal reserved it and never said so, for longer than it surely knows the key: it is not asked for again, which could
/// reserve twice. When PayPal tells of it after all, it is let go.
#[tokio::test]
async fn what_was_reserved_without_an_answer_is_let_go_when_it_is_told() {
    let (mut shop, first, kept) = known().await;
    shop.be_deaf();
    shop.simulator.fault(Kind::CreateOrder, Fault::BrokenAfter, 1_000);
    let lost = shop.begin_with(first.thread.clone(), kept.id.clone()).await;
    shop.pass(6 * 3_600).await;
    let status = shop.payment(&lost).await.status;
    assert_eq!(status, PaymentStatus::Failed { reason: DeclineReason::ActionExpired });
    assert_eq!(shop.held(&lost.payment), ["CREATED"]);
    shop.hear_everything().await;
    assert_eq!(shop.held(&lost.payment), ["VOIDED"]);
    assert_eq!(captures(&shop, &lost.payment), 0);
    are_equal(&shop).await;
}

/// Under one key PayPal takes only the very same words: whatever was set otherwise since, what was asked is asked again.
#[tokio::test]
async fn what_was_asked_is_asked_again_in_the_same_words_whatever_was_set_since() {
    for fault in [Fault::BrokenAfter, Fault::HangUpAfter, Fault::SilentAfter] {
        let mut shop = Shop::with(in_memory().await, Patience::Short).await;
        shop.be_deaf();
        shop.simulator.fault(Kind::CreateOrder, fault, 1);
        let request = shop.world.ask(&shop.world.thread().await).await;
        let thread = shop.world.buyer.api.thread_of(request.as_str()).await.expect("known");
        let payment = shop.pay(&request, shop.method(Keep::No).await).await;
        shop.world.app.tick().await.expect("asked, and not answered");
        assert_eq!(shop.orders_at_paypal(&payment).len(), 1);

        let payee = |_: Option<Value>| json!({ "type": "merchant", "is": "BTTGAMERCHANT" });
        let seller = shop.world.seller.account.id.as_str();
        api::store::change(shop.world.app.store.as_ref(), api::app::kinds::PAYEE, seller, payee).await.expect("kept");
        shop.pass(60).await;
        let bought = Bought { thread, request, payment };
        shop.approve(&bought, Funding::Balance).await;
        shop.hear_everything().await;
        shop.pass(WINDOW).await;
        assert!(matches!(shop.payment(&bought).await.status, PaymentStatus::Captured { .. }), "{fault:?}");
        assert_eq!(shop.orders_at_paypal(&bought.payment).len(), 1);
        are_equal(&shop).await;
    }
}

#[tokio::test]
async fn a_removed_method_is_forgotten_at_paypal_too() {
    for fault in [None, Some(Fault::BrokenBefore), Some(Fault::BrokenAfter), Some(Fault::HangUpAfter)] {
        let (shop, _, kept) = known().await;
        let token = token(&shop);
        if let Some(fault) = fault {
            shop.simulator.fault(Kind::DeletePaymentToken, fault, 1);
        }
        let key = shop.world.key();
        let mut removed = shop.buyer().on_wallet(&key, kept.id.as_str(), WalletAct::Remove).await;
        assert_eq!(removed.is_err(), fault.is_some(), "what PayPal may not have heard is said");
        if removed.is_err() {
            removed = shop.buyer().on_wallet(&key, kept.id.as_str(), WalletAct::Remove).await;
        }
        assert!(removed.expect("removed").methods.is_empty());
        shop.settle().await;
        assert!(shop.by_hand.payment_token(&token).await.is_err(), "PayPal knows it no more");
        are_equal(&shop).await;
    }
}
