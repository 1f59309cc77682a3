//! What counts for how a business is known, and what it comes to.

mod support;

use domain::carrier::Carrier;
use domain::command::{Command, RefundAmount};
use domain::event::{Envelope, Event};
use domain::facts::{CaseRecord, CaseResult, Facts, OrderRecord, Records, RefundRecord, Reply, Standing, Talk, WINDOW};
use domain::ids::OrderId;
use domain::order::{ExtensionDays, Packed};
use domain::thread::Actor;
use domain::time::{Span, Timestamp};
use proptest::prelude::*;
use support::{World, start};

fn ship(world: &mut World, order: &OrderId, lines: std::ops::Range<usize>) {
    let contents = lines.map(|line| Packed { line, quantity: 1 }).collect();
    let ship = Command::Ship { order: order.clone(), contents, carrier: Carrier::Ups, tracking: None };
    world.must(Actor::Seller, ship);
}

fn only_record(world: &World) -> OrderRecord {
    let records: Vec<OrderRecord> = world.thread().order_records().collect();
    let [record] = &records[..] else { panic!("one order: {records:?}") };
    record.clone()
}

fn facts(world: &World) -> Facts {
    Facts::of(&Records { orders: world.thread().order_records().collect(), replies: Vec::new() }, world.now)
}

#[test]
fn an_order_is_shipped_when_its_last_piece_is() {
    let mut world = World::new();
    let order = world.paid();
    ship(&mut world, &order, 0..1);
    assert_eq!(only_record(&world).shipped_at, None, "half of it");
    world.pass(Span::hours(1));
    ship(&mut world, &order, 1..2);
    let record = only_record(&world);
    assert_eq!(record.shipped_at, Some(world.now));
    assert_eq!(record.promised_by, Some(world.thread().orders[&order].ship_by));
    assert_eq!((facts(&world).shipping.on_time, facts(&world).shipping.late), (1, 0));
}

#[test]
fn an_order_that_is_never_shipped_is_late_from_its_day_on() {
    let mut world = World::new();
    let order = world.paid();
    assert_eq!((facts(&world).shipping.open, facts(&world).shipping.late), (1, 0), "there is time");
    let promised_by = world.thread().orders[&order].ship_by;
    let records = Records { orders: vec![only_record(&world)], replies: Vec::new() };
    assert_eq!(Facts::of(&records, promised_by).shipping.open, 1, "to the last moment");
    assert_eq!(Facts::of(&records, promised_by.plus(Span::millis(1))).shipping.late, 1);
    world.pass(Span::days(9));
    assert!(world.thread().orders[&order].cancelled.is_some());
    assert_eq!(facts(&world).shipping.late, 1, "that it was paid back by itself excuses nothing");
    assert_eq!(facts(&world).refunds.count, 0, "nobody had to be asked for it");
}

#[test]
fn more_time_that_the_buyer_gave_is_part_of_the_promise() {
    let mut world = World::new();
    let order = world.paid();
    let promised_before = world.thread().orders[&order].ship_by;
    world.must(Actor::Seller, Command::AskExtension { order: order.clone(), days: ExtensionDays::Three });
    world.must(Actor::Buyer, Command::AnswerExtension { order: order.clone(), accept: true });
    world.pass(promised_before.since(world.now).plus(Span::hours(1)));
    ship(&mut world, &order, 0..2);
    assert_eq!(facts(&world).shipping.on_time, 1);
    assert!(only_record(&world).promised_by > Some(promised_before));
}

#[test]
fn a_cancelled_order_promises_nothing_any_more_and_an_undone_one_never_was() {
    let mut world = World::new();
    let order = world.paid();
    world.must(Actor::Seller, Command::CancelOrder { order });
    assert_eq!(only_record(&world).promised_by, None);
    let known = facts(&world);
    assert_eq!((known.orders, known.shipping.known(), known.shipping.open), (1, 0, 0));

    let mut world = World::new();
    let request = world.ask();
    let payment = world.tap_pay(&request).unwrap();
    world.authorise(&payment).unwrap();
    world.must(Actor::Buyer, Command::Undo { payment });
    assert_eq!(world.thread().order_records().count(), 0);
}

#[test]
fn what_a_seller_gives_back_counts_from_the_moment_it_is_decided() {
    let mut world = World::new();
    let order = world.paid();
    let decided_at = world.now;
    world.must(Actor::Seller, Command::Refund { order, amount: RefundAmount::Rest });
    let [refund] = only_record(&world).refunds[..] else { panic!("one refund") };
    assert_eq!(refund.asked_at, decided_at);
}

fn said(seq: u64, actor: Actor, minutes: i64) -> Envelope {
    let world = World::new();
    let mut envelope = world.log[0].clone();
    let message = serde_json::json!({
        "id": format!("msg_{seq}"), "author": "buyer", "content": { "type": "text", "text": "Hello" },
        "reply_to": null, "sent_at": start(), "edited_at": null, "reactions": {}, "off_platform": false,
    });
    envelope.event = Event::MessagePosted { message: serde_json::from_value(message).expect("a message") };
    (envelope.seq, envelope.actor, envelope.at) = (seq, actor, start().plus(Span::minutes(minutes)));
    envelope
}

#[test]
fn a_customer_waits_from_the_first_message_without_an_answer() {
    let mut talk = Talk::default();
    let spoken = [(Actor::Seller, 0), (Actor::Buyer, 5), (Actor::Buyer, 7), (Actor::Seller, 12), (Actor::Seller, 13)];
    for (seq, (actor, minutes)) in (1..).zip(spoken) {
        talk.hear(&said(seq, actor, minutes));
    }
    let [reply] = &talk.replies[..] else { panic!("{talk:?}") };
    assert_eq!((reply.seq, reply.waited()), (4, Span::minutes(7)));
    assert_eq!(talk.asked_at, None, "nobody waits");
}

#[test]
fn one_conversation_counts_with_its_newest_answers_alone() {
    let mut talk = Talk::default();
    for n in 0..50 {
        talk.hear(&said(2 * n + 1, Actor::Buyer, 0));
        talk.hear(&said(2 * n + 2, Actor::Seller, 1));
    }
    assert_eq!(
        talk.replies.iter().map(|reply| reply.seq).collect::<Vec<_>>(),
        (62..=100).step_by(2).collect::<Vec<_>>()
    );
}

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn at(days_ago: i64) -> Timestamp {
    NOW.minus(Span::days(days_ago))
}

fn any_order() -> impl Strategy<Value = OrderRecord> {
    let result = prop_oneof![
        Just(CaseResult::Open),
        Just(CaseResult::Settled),
        Just(CaseResult::ForBuyer),
        Just(CaseResult::ForSeller),
        Just(CaseResult::Otherwise),
    ];
    let case = result.prop_map(|result| CaseRecord { opened_at: at(1), result });
    let refund = (0..50_i64, proptest::option::of(0..50_i64));
    let refund = refund.prop_map(|(asked, back)| RefundRecord { asked_at: at(asked), back_at: back.map(at) });
    let times = (0..90_i64, proptest::option::of(-10..90_i64), proptest::option::of(0..90_i64));
    let more = (proptest::collection::vec(refund, 0..3), proptest::collection::vec(case, 0..3));
    ("[a-z0-9]{12}", times, more).prop_map(|(id, (placed, promised, shipped), (refunds, cases))| OrderRecord {
        order: format!("ord_{id}").parse().expect("an id"),
        placed_at: at(placed),
        promised_by: promised.map(at),
        shipped_at: shipped.map(at),
        refunds,
        cases,
    })
}

fn any_reply() -> impl Strategy<Value = Reply> {
    (0..90_i64, 0..5_000_i64, 1..99_u64).prop_map(|(days, minutes, seq)| Reply {
        thread: "thr_1".parse().expect("an id"),
        seq,
        asked_at: at(days).minus(Span::minutes(minutes)),
        answered_at: at(days),
    })
}

fn any_records() -> impl Strategy<Value = Records> {
    let some = (proptest::collection::vec(any_order(), 0..30), proptest::collection::vec(any_reply(), 0..30));
    some.prop_map(|(orders, replies)| Records { orders, replies })
}

proptest! {
    #[test]
    fn the_order_in_which_records_are_kept_changes_nothing(records in any_records()) {
        let mut turned = records.clone();
        turned.orders.reverse();
        turned.replies.reverse();
        prop_assert_eq!(Facts::of(&turned, NOW), Facts::of(&records, NOW));
    }

    #[test]
    fn what_is_older_than_the_window_changes_nothing(
        records in any_records(), mut old in any_order(), mut said in any_reply(), before in 1..1_000_i64,
    ) {
        let facts = Facts::of(&records, NOW);
        let out = facts.since.minus(Span::millis(before));
        (old.placed_at, said.answered_at) = (out, out);
        let mut more = records;
        more.orders.push(old);
        more.replies.push(said);
        prop_assert_eq!(Facts::of(&more, NOW), facts);
    }

    #[test]
    fn every_promise_is_kept_broken_or_open(records in any_records()) {
        let facts = Facts::of(&records, NOW);
        let promised = records.orders.iter().filter(|order| order.promised_by.is_some()).count();
        prop_assert_eq!((facts.shipping.known() + facts.shipping.open) as usize, promised);
        prop_assert_eq!(facts.orders as usize, records.orders.len());
        prop_assert!(facts.decided_for_buyer <= facts.helped && facts.helped <= facts.orders);
    }

    #[test]
    fn half_of_all_waits_are_no_longer_than_the_middle_one(records in any_records()) {
        let waits = Facts::of(&records, NOW).replies;
        let within = |longest: Span| records.replies.iter().filter(|reply| reply.waited() <= longest).count();
        prop_assert_eq!(waits.count as usize, records.replies.len());
        if let (Some(median), Some(longest)) = (waits.median, waits.longest) {
            prop_assert!(within(median) * 2 >= records.replies.len());
            prop_assert_eq!(within(longest), records.replies.len());
        } else {
            prop_assert_eq!(waits.count, 0);
        }
    }

    #[test]
    fn a_business_is_new_until_its_fifth_order(orders in proptest::collection::vec(any_order(), 0..8)) {
        let first: Vec<OrderRecord> = orders.iter().take(domain::facts::ENOUGH_ORDERS).cloned().collect();
        let standing = Standing::of(&first, &Records { orders: orders.clone(), replies: Vec::new() }, NOW);
        prop_assert_eq!(matches!(standing, Standing::New { .. }), orders.len() < 5);
    }
}

#[test]
fn the_window_is_ninety_days() {
    assert_eq!(WINDOW, Span::days(90));
}
