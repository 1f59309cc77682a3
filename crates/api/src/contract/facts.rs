//! How a business keeps its word, in figures that its own export comes to again.

use super::world::{World, code, complaint, draft, json, request_in, terms, usd, words};
use crate::wire::{DecideCase, MakeRefund, SendRequest, Ship, TestBehaviour};
use domain::carrier::Carrier;
use domain::case::{CaseReason, Verdict};
use domain::facts::{Facts, Standing};
use domain::ids::{OrderId, ThreadId};
use domain::order::Packed;
use domain::time::Span;

const DAY: u64 = 86_400;

/// Hands over so many lines of an order, all of it.
async fn ship(world: &World, order: &OrderId, lines: usize) {
    let contents = (0..lines).map(|line| Packed { line, quantity: 1 }).collect();
    let ship = Ship { contents, carrier: Carrier::Ups, tracking: None };
    world.seller.api.ship(&world.key(), order, &ship).await.unwrap();
}

/// Asked for and paid, once more in a thread.
async fn one_more(world: &World, thread: &ThreadId) -> OrderId {
    let mut little = draft();
    little.items.truncate(1);
    (little.items[0].unit_price, little.discount) = (usd(100), usd(0));
    let ask = SendRequest { terms: terms(little), expires_in_seconds: None };
    let request = request_in(&world.seller.api.send_request(&world.key(), thread, &ask).await.unwrap());
    let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
    world.settle().await;
    world.pass(5 * 60).await;
    world.state(thread).await.order_of(&payment).expect("an order").id.clone()
}

async fn standing(world: &World) -> Standing {
    let told = world.buyer.api.facts("kai").await.unwrap();
    assert_eq!(world.seller.api.facts("kai").await.unwrap(), told, "both are told the same");
    told
}

fn known(standing: Standing) -> Facts {
    match standing {
        Standing::Known { facts, .. } => facts,
        Standing::New { orders } => panic!("new, with {orders} orders"),
    }
}

pub async fn a_business_with_few_orders_is_new(world: &World) {
    assert_eq!(standing(world).await, Standing::New { orders: 0 });
    let (thread, _, order) = world.captured().await;
    ship(world, &order, 2).await;
    assert_eq!(standing(world).await, Standing::New { orders: 1 });
    for _ in 0..4 {
        one_more(world, &thread).await;
    }
    let facts = known(standing(world).await);
    assert_eq!((facts.orders, facts.shipping.on_time, facts.shipping.open), (5, 1, 4));
    assert_eq!(code(world.buyer.api.facts("maya").await), "not_found", "who only buys keeps no such word");
    assert_eq!(code(world.buyer.api.facts("nobody").await), "not_found");
}

/// Five orders: two on time, one of which a reviewer decides over, one paid back, one never shipped, one that has time.
pub async fn five_orders(world: &World) -> ThreadId {
    let (thread, _, order) = world.captured().await;
    ship(world, &order, 2).await;
    let paid_back = one_more(world, &thread).await;
    let all = MakeRefund { amount: None, items: Vec::new() };
    world.seller.api.refund(&world.key(), &paid_back, &all).await.unwrap();
    let helped = one_more(world, &thread).await;
    ship(world, &helped, 1).await;
    world.buyer.api.open_case(&world.key(), &helped, &complaint(CaseReason::Damaged)).await.unwrap();
    world.say(&world.buyer, &thread, "Is anybody there?").await;
    world.pass(600).await;
    let answer = words(&world.message_id(), "Yes");
    world.seller.api.say(&world.key(), &thread, &answer).await.unwrap();
    // The seller says nothing in the case, so a reviewer is asked.
    world.pass(3 * DAY).await;
    let case = world.state(&thread).await.orders[&helped].cases[0].id.clone();
    let decide = DecideCase { verdict: Verdict::ForBuyer, words: "The photo shows it".parse().expect("words") };
    world.reviewer.api.decide_case(&world.key(), (&helped, &case), &decide).await.unwrap();
    world.settle().await;
    one_more(world, &thread).await;
    world.pass(12 * DAY).await;
    one_more(world, &thread).await;
    thread
}

pub async fn what_is_shipped_late_and_what_is_paid_back_is_counted(world: &World) {
    five_orders(world).await;
    let facts = known(standing(world).await);
    assert_eq!(facts.orders, 5);
    assert_eq!((facts.shipping.on_time, facts.shipping.late), (2, 1), "what was paid back in time promised nothing");
    assert_eq!((facts.helped, facts.decided_for_buyer), (1, 1));
    assert_eq!((facts.refunds.count, facts.refunds.open), (2, 0));
    assert_eq!(facts.refunds.median, Some(Span::millis(0)), "the shorter of two");
    let longest = facts.refunds.longest.expect("two are back");
    assert!(longest >= Span::days(3), "from asking for help to the money: {longest:?}");
    assert_eq!(facts.replies.longest, Some(Span::minutes(10)));
    // A season later nothing of it counts any more, and the business is not new for that.
    world.pass(91 * DAY).await;
    let facts = known(standing(world).await);
    assert_eq!((facts.orders, facts.replies.count, facts.shipping.known(), facts.helped), (0, 0, 0, 0));
}

pub async fn what_is_exported_is_one_sides_and_counts_to_the_same_facts(world: &World) {
    let thread = five_orders(world).await;
    let unsent = world.say(&world.buyer, &thread, "Never said").await;
    world.buyer.api.unsend(&world.key(), &thread, &unsent).await.unwrap();
    let now = world.app.now().await.unwrap();
    let progress = std::cell::RefCell::new(Vec::new());
    let export = world.seller.api.everything_of_me(now, |told| progress.borrow_mut().push(told)).await.unwrap();
    let last = *progress.borrow().last().expect("told");
    assert_eq!(last.read, last.of, "all of it was read");
    assert_eq!(export.facts, Some(standing(world).await));
    assert_eq!(
        Some(Facts::of(&export.records, now)),
        export.facts.clone().map(known),
        "what is on record says the same"
    );
    let [conversation] = &export.conversations[..] else { panic!("one conversation") };
    let of_seller = world.seller.api.thread(&thread).await.unwrap();
    assert_eq!(conversation.thread, of_seller.thread);
    assert_eq!(conversation.with, Some(world.buyer.account.clone()));
    assert!(conversation.rows.ends_with(&of_seller.rows), "its rows are those of the conversation");
    let text = json(&export);
    assert!(!text.contains("Never said"), "what was taken back is not taken along");
    assert!(!text.contains("\"hint\":\""), "nor what only the buyer sees of the payment");
    let buyers = world.buyer.api.everything_of_me(now, |_| {}).await.unwrap();
    assert_eq!((buyers.facts, buyers.records.orders.len(), buyers.conversations.len()), (None, 0, 1));
    let strangers = world.stranger.api.everything_of_me(now, |_| {}).await.unwrap();
    assert_eq!((strangers.conversations.len(), strangers.unreadable), (0, 0), "whose it is not");
}
