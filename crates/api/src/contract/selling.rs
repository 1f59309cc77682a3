//! What requests start from, and what it comes to: tax by state, regions, and fetching it oneself.

use super::world::{World, code, draft, request_in, terms, usd};
use crate::client::OrderAct;
use crate::wire::{SendRequest, TestBehaviour};
use domain::address::UsState;
use domain::headline::HeadlineState;
use domain::ids::{PaymentRequestId, ThreadId};
use domain::order::{Fulfilment, Funds};
use domain::replies::{RepliesDraft, SavedReplies, SavedReply};
use domain::selling::{ParcelOffer, Selling, SellingDraft, TaxPolicy};
use domain::terms::{Delivery, PickupPoint, Tax, TermsDraft};
use std::collections::BTreeSet;

fn state(code: &str) -> UsState {
    code.parse().expect("a state")
}

fn shed() -> PickupPoint {
    let when = Some("Mon to Fri, 9 to 17".parse().expect("short"));
    PickupPoint { place: "Shed 4, Santa Cruz".parse().expect("short"), state: state("CA"), when }
}

fn ground(states: &[&str]) -> ParcelOffer {
    let region: BTreeSet<UsState> = states.iter().map(|code| state(code)).collect();
    ParcelOffer {
        name: "Ground".parse().expect("short"),
        price: usd(2_050),
        free_from: Some(usd(50_000)),
        region: region.try_into().ok(),
        weight: None,
        days: (3, 5),
    }
}

/// Tax in California and Oregon, one way of sending, and a place to fetch things.
fn selling(states: &[&str]) -> Selling {
    let tax = TaxPolicy::ByState { states: BTreeSet::from([state("CA"), state("OR")]) };
    let draft = SellingDraft { tax, parcels: vec![ground(states)], pickup: Some(shed()) };
    draft.try_into().expect("holds together")
}

/// Asks for the board and the leash, with what the seller's requests start from.
async fn asked(world: &World, thread: &ThreadId, states: &[&str]) -> PaymentRequestId {
    let page = world.seller.api.save_selling(&world.key(), &selling(states)).await.expect("saved");
    let tax = page.selling.draft().tax.tax(&page.rates);
    let asked = TermsDraft { tax, delivery: page.selling.offered(usd(36_000), None), ..draft() };
    let ask = SendRequest { terms: terms(asked), expires_in_seconds: None };
    request_in(&world.seller.api.send_request(&world.key(), thread, &ask).await.expect("asked"))
}

pub async fn what_requests_start_from_is_kept_and_told_with_the_rates_of_the_states(world: &World) {
    let seller = &world.seller.api;
    assert_eq!(seller.selling().await.unwrap().selling, Selling::default());
    let saved = seller.save_selling(&world.key(), &selling(&["CA"])).await.unwrap();
    assert_eq!(saved.selling, selling(&["CA"]));
    assert_eq!(seller.selling().await.unwrap(), saved);
    assert_eq!(saved.rates.len(), UsState::all().count());
    assert_eq!(u32::from(saved.rates[&state("CA")]), 72_500);
    assert_eq!(world.other_seller.api.selling().await.unwrap().selling, Selling::default(), "each has their own");
}

pub async fn saving_what_requests_start_from_twice_is_saving_it_once(world: &World) {
    let (key, seller) = (world.key(), &world.seller.api);
    let first = seller.save_selling(&key, &selling(&["CA"])).await.unwrap();
    seller.save_selling(&world.key(), &Selling::default()).await.unwrap();
    let again = seller.save_selling(&key, &selling(&["CA"])).await.unwrap();
    assert_eq!(again.selling, Selling::default(), "told as it is now, and not saved again");
    assert_ne!(first, again);
    assert_eq!(code(seller.save_selling(&key, &Selling::default()).await), "idempotency_key_reused");
}

pub async fn only_a_business_says_what_requests_start_from_and_only_what_holds_together(world: &World) {
    assert_eq!(code(world.buyer.api.save_selling(&world.key(), &selling(&["CA"])).await), "not_a_business");
    for wrong in [
        r#"{"tax":{"type":"rate","ppm":1000001}}"#,
        r#"{"tax":{"type":"by_state","states":["Bavaria"]}}"#,
        r#"{"parcels":[{"name":"Ground","price":{"minor":-1,"currency":"USD"},"days":[3,5]}]}"#,
        r#"{"parcels":[{"name":"Ground","price":{"minor":0,"currency":"USD"},"days":[3,5],"region":[]}]}"#,
    ] {
        let key = world.key();
        let (status, body) = world.raw(&world.seller, "POST", "/v1/selling", Some(&key.0), wrong).await;
        assert!(status == 422 && body.contains("invalid_body"), "{wrong}: {status} {body}");
    }
    assert_eq!(world.seller.api.selling().await.unwrap().selling, Selling::default());
}

pub async fn what_a_business_writes_often_is_its_own_and_nobodys_who_buys(world: &World) {
    let (seller, buyer) = (&world.seller.api, &world.buyer.api);
    assert_eq!(seller.replies().await.unwrap(), SavedReplies::default());
    let reply = |shortcut: &str, text: &str| SavedReply {
        shortcut: shortcut.parse().expect("a short name"),
        text: text.parse().expect("short"),
    };
    let replies = vec![reply("sent", "Hi {name}, {order} is on its way."), reply("card", "Not 4242 4242 4242 4242!")];
    let replies = SavedReplies::try_from(RepliesDraft { replies }).expect("two names");
    let key = world.key();
    let saved = seller.save_replies(&key, &replies).await.unwrap();
    assert_eq!(saved, replies.clone().without_cards());
    assert!(!serde_json::to_string(&saved).unwrap().contains("4242 4242"), "no card number is kept");
    assert_eq!(seller.replies().await.unwrap(), saved);
    seller.save_replies(&world.key(), &SavedReplies::default()).await.unwrap();
    assert_eq!(seller.save_replies(&key, &replies).await.unwrap(), SavedReplies::default(), "done once");
    assert_eq!(world.other_seller.api.replies().await.unwrap(), SavedReplies::default(), "each has their own");
    assert_eq!(code(buyer.replies().await), "not_found");
    assert_eq!(code(buyer.save_replies(&world.key(), &replies).await), "not_found");
    let twice = r#"{"replies":[{"shortcut":"a","text":"A"},{"shortcut":"A","text":"B"}]}"#;
    let (status, body) = world.raw(&world.seller, "POST", "/v1/replies", Some(&world.key().0), twice).await;
    assert!(status == 422 && body.contains("invalid_body"), "{status} {body}");
}

pub async fn the_tax_of_the_state_it_goes_to_is_charged_as_it_was_frozen(world: &World) {
    let thread = world.thread().await;
    let request = asked(world, &thread, &[]).await;
    // What is changed afterwards changes no request that was sent.
    world.seller.api.save_selling(&world.key(), &Selling::default()).await.unwrap();
    let body = world.pay_body(&request, TestBehaviour::Approve).await;
    assert_eq!(body.total, usd(36_000 + 2_050 + 2_610));
    let without_tax = crate::wire::Pay { total: usd(38_050), ..body.clone() };
    assert_eq!(code(world.buyer.api.pay(&world.key(), &request, &without_tax).await), "price_changed");
    let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
    world.settle().await;
    let seen = world.seller.api.thread(&thread).await.unwrap().thread;
    assert_eq!(seen.payments[&payment].amount, usd(40_660));
    assert_eq!(seen.order_of(&payment).unwrap().totals().tax, usd(2_610), "the seller counts the same");
}

pub async fn what_does_not_go_to_the_address_is_refused(world: &World) {
    let thread = world.thread().await;
    let request = asked(world, &thread, &["OR", "WA"]).await;
    let body = world.pay_body(&request, TestBehaviour::Approve).await;
    assert_eq!(code(world.buyer.api.pay(&world.key(), &request, &body).await), "outside_region");
    assert!(world.state(&thread).await.payments.is_empty());
}

pub async fn what_is_fetched_is_paid_without_an_address_lies_ready_and_is_fetched(world: &World) {
    let thread = world.thread().await;
    let request = asked(world, &thread, &[]).await;
    let body = world.pay_body(&request, TestBehaviour::Approve).await;
    let fetched = crate::wire::Pay { delivery: 1, total: usd(36_000 + 2_610), address: None, ..body };
    let sent = crate::wire::Pay { delivery: 0, total: usd(38_050), ..fetched.clone() };
    assert_eq!(code(world.buyer.api.pay(&world.key(), &request, &sent).await), "destination_mismatch");
    world.buyer.api.pay(&world.key(), &request, &fetched).await.unwrap();
    world.settle().await;
    world.pass(300).await;
    let id = world.state(&thread).await.orders.keys().next().expect("an order").clone();
    let headline = async || world.state(&thread).await.headline().map(|headline| headline.state);
    assert_eq!(headline().await, Some(HeadlineState::ToMakeReady));
    for _ in 0..2 {
        world.seller.api.on_order(&world.key(), &id, OrderAct::Ready).await.unwrap();
    }
    world.settle().await;
    assert_eq!(headline().await, Some(HeadlineState::ToFetch));
    let order = world.state(&thread).await.orders[&id].clone();
    assert!(matches!(order.delivery(), Delivery::Pickup { at } if *at == shed()));
    assert_eq!((order.shipments.len(), order.fulfilment()), (1, Fulfilment::ReadyForPickup));
    let receipt = world.buyer.api.receipt(&id).await.unwrap();
    assert!(receipt.agreement["destination"].is_null());
    world.buyer.api.on_order(&world.key(), &id, OrderAct::ConfirmReceipt).await.unwrap();
    world.settle().await;
    assert!(matches!(world.state(&thread).await.orders[&id].funds, Funds::Released { .. }));
}

pub async fn a_flat_rate_is_what_it_was_before_there_were_states(world: &World) {
    let thread = world.thread().await;
    let page = world.seller.api.selling().await.unwrap();
    let none = page.selling.draft().tax.tax(&page.rates);
    let ask = SendRequest { terms: terms(TermsDraft { tax: none, ..draft() }), expires_in_seconds: None };
    let request = request_in(&world.seller.api.send_request(&world.key(), &thread, &ask).await.unwrap());
    let known = world.state(&thread).await.requests[&request].current().terms.clone();
    assert!(matches!(known.draft().tax, Tax::Rate { ppm } if u32::from(ppm) == 0));
    assert_eq!(world.pay_body(&request, TestBehaviour::Approve).await.total, usd(38_050));
}
