//! What is promised of an order is what happens, to the day.

mod support;

use domain::carrier::Carrier;
use domain::case::CaseReason;
use domain::command::Command;
use domain::ids::{OrderId, TrackingEventId};
use domain::market::Market;
use domain::order::{CancelReason, Funds, Promise, TrackingEvent, TrackingStatus};
use domain::thread::Actor;
use domain::time::{Span, Timestamp};
use support::World;

fn promises(world: &World, order: &OrderId) -> Vec<Promise> {
    let thread = world.thread();
    let order = &thread.orders[order];
    order.promises(thread.payment_of(order), &Market::US, world.now)
}

fn ship(world: &mut World, order: &OrderId) {
    let contents = world.thread().orders[order].unshipped();
    let tracking = Some("1Z5R89390357567127".to_owned().try_into().unwrap());
    world.must(Actor::Seller, Command::Ship { order: order.clone(), contents, carrier: Carrier::Ups, tracking });
}

fn deliver(world: &mut World, order: &OrderId) {
    let id: TrackingEventId = "trk_there".parse().unwrap();
    let scan = TrackingEvent { id, status: TrackingStatus::Delivered, at: world.now, place: None, expected_at: None };
    let shipment = world.thread().orders[order].shipments[0].id.clone();
    world.must(Actor::Carrier, Command::Track { order: order.clone(), shipment, scans: vec![scan] });
}

fn until(world: &mut World, at: Timestamp) {
    let left = at.since(world.now);
    world.pass(left);
}

#[test]
fn the_money_goes_back_when_it_is_not_shipped_by_the_promised_day() {
    // Given an order that waits for its seller.
    let mut world = World::new();
    let order = world.paid();
    let promised = promises(&world, &order);
    let [Promise::ShippedBy(at), Promise::LostUntil(help), Promise::CheckedFor(days)] = promised[..] else {
        panic!("{promised:?}")
    };
    assert!(at < help && days == Market::US.check_window);

    // When a moment is left, nothing has happened; when none is, it has ended.
    until(&mut world, at.minus(Span::seconds(1)));
    assert!(world.thread().orders[&order].cancelled.is_none());
    world.pass(Span::seconds(1));
    assert_eq!(world.thread().orders[&order].cancelled.unwrap().reason, CancelReason::NotShipped);

    // Then nothing is promised any more.
    assert_eq!(promises(&world, &order), []);
}

#[test]
fn what_is_on_its_way_has_a_day_of_arrival_and_one_until_which_it_counts_as_lost() {
    let mut world = World::new();
    let order = world.paid();
    ship(&mut world, &order);
    let promised = promises(&world, &order);
    let [Promise::ArrivesBy(arrives), Promise::LostUntil(help), Promise::CheckedFor(_)] = promised[..] else {
        panic!("{promised:?}")
    };
    assert!(arrives < help, "help stays open after the day on which it should have come");

    // When it is late, no arrival is promised; the rest still is.
    until(&mut world, arrives);
    assert!(matches!(promises(&world, &order)[..], [Promise::LostUntil(_), Promise::CheckedFor(_)]));
}

#[test]
fn the_seller_is_paid_when_the_promised_time_to_check_is_over_and_not_before() {
    let mut world = World::new();
    let order = world.paid();
    ship(&mut world, &order);
    world.pass(Span::days(2));
    deliver(&mut world, &order);
    let promised = promises(&world, &order);
    let [Promise::CheckedUntil(at)] = promised[..] else { panic!("{promised:?}") };

    until(&mut world, at.minus(Span::seconds(1)));
    assert_eq!(world.thread().orders[&order].funds, Funds::Held);
    world.pass(Span::seconds(1));
    assert!(!matches!(world.thread().orders[&order].funds, Funds::Held));
    assert_eq!(promises(&world, &order), []);
}

#[test]
fn while_there_is_a_case_nothing_is_promised_and_what_it_took_is_added_to_the_time() {
    let mut world = World::new();
    let order = world.paid();
    ship(&mut world, &order);
    world.pass(Span::days(2));
    deliver(&mut world, &order);
    let [Promise::CheckedUntil(before)] = promises(&world, &order)[..] else { panic!("it can be checked") };
    let complaint = world.complaint(&order, CaseReason::Damaged);
    world.must(Actor::Buyer, complaint);
    assert_eq!(promises(&world, &order), []);

    world.pass(Span::days(1));
    let case = world.thread().orders[&order].cases[0].id.clone();
    world.must(Actor::Buyer, Command::CloseCase { order: order.clone(), case });
    let [Promise::CheckedUntil(after)] = promises(&world, &order)[..] else { panic!("it can be checked again") };
    assert_eq!(after, before.plus(Span::days(1)));
}
