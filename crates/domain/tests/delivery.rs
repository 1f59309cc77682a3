//! Where things go: taxed by state, only where they are offered, or fetched at the seller's.

mod support;

use domain::address::{Address, AddressDraft, Destination, UsState};
use domain::command::Command;
use domain::event::Event;
use domain::headline::{HeadlineState, Turn};
use domain::ids::{OrderId, PaymentRequestId};
use domain::money::Rate;
use domain::order::{Fulfilment, Funds, TrackingStatus};
use domain::payment::ConfirmedBy;
use domain::rejection::Rejection;
use domain::terms::{Delivery, PickupPoint, Tax, Terms, TermsDraft};
use domain::thread::Actor;
use domain::time::Span;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use support::{World, draft, meta_pay, parcel, usd};

fn state(code: &str) -> UsState {
    code.parse().unwrap()
}

fn shed() -> PickupPoint {
    PickupPoint { place: "Shed 4, Encinitas".parse().unwrap(), state: state("CA"), when: None }
}

/// Ground everywhere, a courier in the west, or fetched; taxed in California and New York.
fn terms() -> Terms {
    let courier = Delivery::Parcel {
        name: "Courier".parse().unwrap(),
        price: usd(3_000),
        days: (1, 1),
        region: Some(BTreeSet::from([state("CA"), state("OR")]).try_into().unwrap()),
    };
    let rate = |ppm| Rate::try_from(ppm).unwrap();
    let rates = BTreeMap::from([(state("CA"), rate(72_500)), (state("NY"), rate(40_000))]);
    let delivery = vec![parcel("Ground", 2_050, (3, 5)), courier, Delivery::Pickup { at: shed() }];
    TermsDraft { delivery, tax: Tax::ByState { rates }, ..draft() }.try_into().unwrap()
}

/// Somewhere in a state: any of its ZIP codes.
fn somewhere_in(state: UsState) -> Address {
    let zips = (0..1_000).map(|prefix| format!("{prefix:03}01").parse().unwrap());
    let zip = zips.into_iter().find(|zip| state.contains(zip)).unwrap();
    AddressDraft {
        name: "Maya Torres".into(),
        line1: "1 Main St".into(),
        city: "Somewhere".into(),
        state: state.code().into(),
        zip: zip.as_str().into(),
        ..AddressDraft::default()
    }
    .try_into()
    .unwrap()
}

fn ask(world: &mut World) -> PaymentRequestId {
    let events = world.must(Actor::Seller, Command::SendRequest { terms: terms(), expires_in: None });
    match events.as_slice() {
        [Event::RequestSent { request, .. }] => request.clone(),
        other => panic!("asked and got {other:?}"),
    }
}

fn pay(request: &PaymentRequestId, delivery: usize, minor: i64, destination: Destination) -> Command {
    let (request, total, method) = (request.clone(), usd(minor), meta_pay());
    Command::Pay { request, revision: 1, delivery, total, method, destination, confirmed_by: ConfirmedBy::Tap }
}

fn home(code: &str) -> Destination {
    Destination::Address { address: Box::new(somewhere_in(state(code))) }
}

#[test]
fn the_tax_that_is_charged_is_that_of_the_state_it_goes_to() {
    // 360.00 of goods and 20.50 of shipping.
    for (code, total) in [("CA", 40_660), ("NY", 39_490), ("OR", 38_050)] {
        let mut world = World::new();
        let request = ask(&mut world);
        for wrong in [total - 1, total + 1] {
            let refused = world.give(Actor::Buyer, pay(&request, 0, wrong, home(code)));
            assert_eq!(refused, Err(Rejection::PriceChanged { total: usd(total) }), "{code}");
        }
        world.must(Actor::Buyer, pay(&request, 0, total, home(code)));
    }
}

#[test]
fn a_way_of_delivery_is_refused_where_it_does_not_go() {
    let mut world = World::new();
    let request = ask(&mut world);
    assert_eq!(world.give(Actor::Buyer, pay(&request, 1, 40_440, home("NY"))), Err(Rejection::OutsideRegion));
    assert!(world.give(Actor::Buyer, pay(&request, 1, 39_000, home("OR"))).is_ok());
}

#[test]
fn what_is_fetched_needs_no_address_and_what_is_sent_does() {
    let mut world = World::new();
    let request = ask(&mut world);
    let fetched = 36_000 + 2_610;
    let mismatch = Err(Rejection::DestinationMismatch);
    assert_eq!(world.give(Actor::Buyer, pay(&request, 2, fetched, home("CA"))), mismatch);
    assert_eq!(world.give(Actor::Buyer, pay(&request, 2, fetched, Destination::Digital)), mismatch);
    assert_eq!(world.give(Actor::Buyer, pay(&request, 0, 38_050, Destination::Pickup)), mismatch);
    assert!(world.give(Actor::Buyer, pay(&request, 2, fetched, Destination::Pickup)).is_ok());
}

fn bought_to_be_fetched() -> (World, OrderId) {
    let mut world = World::new();
    let request = ask(&mut world);
    let events = world.must(Actor::Buyer, pay(&request, 2, 38_610, Destination::Pickup));
    let [Event::PaymentStarted { payment, .. }] = events.as_slice() else { panic!("paid and got {events:?}") };
    let order = world.authorise(payment).unwrap();
    world.pass(Span::minutes(5));
    world.capture(payment);
    (world, order)
}

#[test]
fn what_is_fetched_lies_ready_and_the_buyer_says_that_it_was_fetched() {
    let (mut world, order) = bought_to_be_fetched();
    let line = world.thread().headline().unwrap();
    assert_eq!((line.state, line.turn), (HeadlineState::ToMakeReady, Turn::Seller));

    let ready = Command::Ready { order: order.clone() };
    assert_eq!(world.give(Actor::Buyer, ready.clone()), Err(Rejection::NotYours));
    world.must(Actor::Seller, ready.clone());
    let known = &world.thread().orders[&order];
    assert_eq!(known.fulfilment(), Fulfilment::ReadyForPickup);
    assert_eq!(known.shipments[0].status(), Some(TrackingStatus::ReadyForPickup));
    let line = world.thread().headline().unwrap();
    assert_eq!((line.state, line.turn), (HeadlineState::ToFetch, Turn::Buyer));
    assert!(world.must(Actor::Seller, ready).is_empty(), "it is ready once");

    world.must(Actor::Buyer, Command::Confirm { order: order.clone() });
    assert_eq!(world.thread().orders[&order].fulfilment(), Fulfilment::Delivered);
    assert!(matches!(world.thread().orders[&order].funds, Funds::Releasable { .. }));
}

#[test]
fn what_lies_ready_and_is_never_spoken_of_is_paid_when_help_is_over() {
    let (mut world, order) = bought_to_be_fetched();
    world.must(Actor::Seller, Command::Ready { order: order.clone() });
    let by = world.thread().headline().unwrap().by.unwrap();
    assert_eq!(by, world.thread().orders[&order].help_until(world.thread().market().unwrap()));
    let left = by.since(world.now);
    world.pass(left.plus(Span::seconds(1)));
    assert!(matches!(world.thread().orders[&order].funds, Funds::Releasable { .. }));
}

#[test]
fn what_is_not_ready_in_time_is_refunded() {
    let (mut world, order) = bought_to_be_fetched();
    world.pass(Span::days(20));
    assert_eq!(world.thread().orders[&order].fulfilment(), Fulfilment::Cancelled);
}

#[test]
fn what_is_fetched_is_not_shipped_and_what_is_shipped_does_not_lie_ready() {
    let (mut world, order) = bought_to_be_fetched();
    let contents = world.thread().orders[&order].unshipped();
    let carrier = domain::carrier::Carrier::Ups;
    let ship = Command::Ship { order, contents, carrier, tracking: None };
    assert_eq!(world.give(Actor::Seller, ship), Err(Rejection::DestinationMismatch));

    let mut world = World::new();
    let order = world.paid();
    assert_eq!(world.give(Actor::Seller, Command::Ready { order }), Err(Rejection::NoSuchDelivery));
}

#[test]
fn the_buyer_can_undo_until_it_lies_ready() {
    let mut world = World::new();
    let request = ask(&mut world);
    let events = world.must(Actor::Buyer, pay(&request, 2, 38_610, Destination::Pickup));
    let [Event::PaymentStarted { payment, .. }] = events.as_slice() else { panic!("paid and got {events:?}") };
    let order = world.authorise(payment).unwrap();
    let told = world.must(Actor::Seller, Command::Ready { order });
    assert!(matches!(told[0], Event::CaptureStarted { .. }), "the money first");
    assert_eq!(world.give(Actor::Buyer, Command::Undo { payment: payment.clone() }), Err(Rejection::TooLateToUndo));
}

proptest! {
    #[test]
    fn a_way_of_delivery_is_accepted_exactly_where_it_goes(
        to in prop::sample::select(UsState::all().collect::<Vec<_>>()),
        region in prop::collection::btree_set(prop::sample::select(UsState::all().collect::<Vec<_>>()), 1..20),
    ) {
        let inside = region.contains(&to);
        let region = Some(region.try_into().unwrap());
        let delivery =
            vec![Delivery::Parcel { name: "Ground".parse().unwrap(), price: usd(500), days: (3, 5), region }];
        let terms = Terms::try_from(TermsDraft { delivery, ..draft() }).unwrap();
        let total = terms.totals(0, Some(to)).unwrap().total.minor;
        let mut world = World::new();
        let events = world.must(Actor::Seller, Command::SendRequest { terms, expires_in: None });
        let [Event::RequestSent { request, .. }] = events.as_slice() else { panic!("asked and got {events:?}") };
        let destination = Destination::Address { address: Box::new(somewhere_in(to)) };
        match world.give(Actor::Buyer, pay(request, 0, total, destination)) {
            Ok(_) => prop_assert!(inside),
            Err(refused) => prop_assert!(!inside && refused == Rejection::OutsideRegion, "{refused:?}"),
        }
    }
}
