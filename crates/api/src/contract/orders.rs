//! From paid to done, and everything that goes wrong on the way.

use super::world::{World, code, complaint, draft, first, refused, request_in, terms, usd};
use crate::client::OrderAct;
use crate::wire::{
    AnswerExtension, AskExtension, CarrierJourney, Journey, MakeRefund, MoveCarrier, SendRequest, Ship, TestBehaviour,
};
use domain::carrier::Carrier;
use domain::case::CaseReason;
use domain::event::Event;
use domain::headline::HeadlineState;
use domain::ids::{OrderId, ThreadId};
use domain::ledger::Account;
use domain::money::Currency;
use domain::order::{CancelReason, ExtensionDays, Fulfilment, Funds, Order, Packed};
use domain::terms::Delivery;
use sha2::{Digest, Sha256};

async fn order(world: &World, thread: &ThreadId, id: &OrderId) -> Order {
    world.state(thread).await.orders[id].clone()
}

fn parcel(lines: &[usize], tracking: Option<&str>) -> Ship {
    let contents = lines.iter().map(|line| Packed { line: *line, quantity: 1 }).collect();
    let tracking = tracking.map(|number| number.to_owned().try_into().expect("a number"));
    Ship { contents, carrier: Carrier::Ups, tracking }
}

const NUMBER: &str = "1Z5R89390357567127";

async fn deliver(world: &World, order: &OrderId) {
    let push = MoveCarrier { order: order.clone() };
    while world.seller.api.move_carrier(&world.key(), &push).await.is_ok() {}
}

pub async fn shipped_tracked_confirmed_and_released(world: &World) {
    let (thread, _, id) = world.captured().await;
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    assert_eq!(code(buyer.on_order(&world.key(), &id, OrderAct::Prepare).await), "not_yours");
    for _ in 0..2 {
        seller.on_order(&world.key(), &id, OrderAct::Prepare).await.unwrap();
    }
    assert_eq!(order(world, &thread, &id).await.fulfilment(), Fulfilment::Preparing);
    assert_eq!(code(buyer.on_order(&world.key(), &id, OrderAct::ConfirmReceipt).await), "not_delivered");
    assert_eq!(
        code(seller.ship(&world.key(), &id, &parcel(&[0, 1], Some("1Z5R89390357567128"))).await),
        "tracking_mismatch"
    );
    assert_eq!(code(seller.ship(&world.key(), &id, &parcel(&[0, 0], None)).await), "nothing_like_that_to_ship");
    seller.ship(&world.key(), &id, &parcel(&[0, 1], Some(NUMBER))).await.unwrap();
    assert_eq!(code(seller.ship(&world.key(), &id, &parcel(&[0], None)).await), "nothing_like_that_to_ship");
    world.settle().await;
    world.bookmark(&thread).await;
    let told = seller.move_carrier(&world.key(), &MoveCarrier { order: id.clone() }).await.unwrap();
    assert!(matches!(first(&told), Event::Tracked { .. }));
    assert_eq!(order(world, &thread, &id).await.fulfilment(), Fulfilment::InTransit);
    deliver(world, &id).await;
    let arrived = order(world, &thread, &id).await;
    assert_eq!((arrived.fulfilment(), arrived.shipments[0].events.len()), (Fulfilment::Delivered, 5));
    for _ in 0..2 {
        buyer.on_order(&world.key(), &id, OrderAct::ConfirmReceipt).await.unwrap();
    }
    world.settle().await;
    let state = world.state(&thread).await;
    assert!(matches!(state.orders[&id].funds, Funds::Released { .. }));
    assert_eq!(state.ledger.balance(&id, Account::Released, Currency::USD), usd(41_200));
    assert_eq!(state.headline(), None);
}

pub async fn two_parcels_are_delivered_and_silence_releases(world: &World) {
    let (thread, payment, id) = world.authorised().await;
    let seller = &world.seller.api;
    // Handing over the first parcel ends the undo window: the money is taken.
    seller.ship(&world.key(), &id, &parcel(&[0], Some(NUMBER))).await.unwrap();
    world.settle().await;
    assert!(world.state(&thread).await.payments[&payment].captured().minor > 0);
    assert_eq!(order(world, &thread, &id).await.fulfilment(), Fulfilment::PartlyShipped);
    deliver(world, &id).await;
    assert_eq!(order(world, &thread, &id).await.delivered_at(), None, "one of two");
    seller.ship(&world.key(), &id, &parcel(&[1], Some(NUMBER))).await.unwrap();
    world.bookmark(&thread).await;
    // Five working days, with a weekend and Thanksgiving in between.
    world.pass(9 * 86_400).await;
    assert!(order(world, &thread, &id).await.delivered_at().is_some(), "the carrier brings it by itself");
    world.pass(6 * 86_400).await;
    let released = order(world, &thread, &id).await;
    assert!(matches!(released.funds, Funds::Released { .. }) && released.confirmed_at.is_none());
}

pub async fn a_parcel_goes_the_way_that_the_carrier_was_given(world: &World) {
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    assert_eq!(buyer.journey().await.unwrap().journey, Journey::OnTime, "when nobody has said anything");
    let ends = [
        (Journey::Delayed, Fulfilment::Delivered),
        (Journey::Attempted, Fulfilment::Delivered),
        (Journey::PickupPoint, Fulfilment::Delivered),
        (Journey::Returned, Fulfilment::Returned),
    ];
    let thread = world.thread().await;
    for (journey, end) in ends {
        let request = world.ask(&thread).await;
        let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
        world.settle().await;
        let id = world.state(&thread).await.order_of(&payment).expect("an order").id.clone();
        seller.set_journey(&world.key(), &CarrierJourney { journey }).await.unwrap();
        seller.ship(&world.key(), &id, &parcel(&[0, 1], Some(NUMBER))).await.unwrap();
        world.settle().await;
        // What is under way goes on as planned.
        seller.set_journey(&world.key(), &CarrierJourney { journey: Journey::OnTime }).await.unwrap();
        deliver(world, &id).await;
        assert_eq!(order(world, &thread, &id).await.fulfilment(), end, "{journey:?}");
    }
}

pub async fn what_the_carrier_loses_is_refunded_unless_it_is_sent_again(world: &World) {
    let (thread, payment, id) = world.captured().await;
    let seller = &world.seller.api;
    seller.set_journey(&world.key(), &CarrierJourney { journey: Journey::Lost }).await.unwrap();
    seller.ship(&world.key(), &id, &parcel(&[0, 1], Some(NUMBER))).await.unwrap();
    // Nothing is heard of it, and its day is over.
    world.pass(12 * 86_400).await;
    let silent = order(world, &thread, &id).await;
    let headline = world.snapshot(&thread).await.entry.headline.unwrap();
    let now = world.app.now().await.unwrap();
    assert!(silent.fulfilment() == Fulfilment::InTransit && headline.is_late(now), "late, and nobody says so");
    let since = silent.shipments[0].last_news();
    assert_eq!(headline.state, HeadlineState::NoNews { since }, "nor anything else, for five days");
    let told = world.log(&thread).await.into_iter().filter(|told| matches!(told.event, Event::ParcelSilent { .. }));
    assert_eq!(told.count(), 1);
    assert_eq!(silent.funds, Funds::Held);
    world.pass(2 * 86_400).await;
    assert_eq!(order(world, &thread, &id).await.fulfilment(), Fulfilment::DeliveryFailed);
    assert_eq!(world.snapshot(&thread).await.entry.headline.unwrap().state, HeadlineState::Lost);
    world.pass(9 * 86_400).await;
    let state = world.state(&thread).await;
    assert_eq!(state.orders[&id].cancelled.unwrap().reason, CancelReason::NotShipped);
    assert_eq!(state.payments[&payment].refunded(), usd(41_200));
}

pub async fn what_is_not_shipped_in_time_is_refunded_by_itself(world: &World) {
    let (thread, payment, id) = world.captured().await;
    world.pass(9 * 86_400).await;
    let state = world.state(&thread).await;
    assert_eq!(state.orders[&id].cancelled.unwrap().reason, CancelReason::NotShipped);
    assert_eq!(state.payments[&payment].refunded(), usd(41_200));
    assert_eq!(state.ledger.balance(&id, Account::Buyer, Currency::USD), usd(0));
    assert_eq!(code(world.seller.api.ship(&world.key(), &id, &parcel(&[0], None)).await), "order_closed");

    // Of an order of which a part is on its way, only the rest.
    let request = world.ask(&thread).await;
    let second = world.tap_pay(&request, TestBehaviour::Approve).await;
    world.settle().await;
    let id = world.state(&thread).await.order_of(&second).unwrap().id.clone();
    world.seller.api.ship(&world.key(), &id, &parcel(&[0], None)).await.unwrap();
    world.pass(9 * 86_400).await;
    let state = world.state(&thread).await;
    let (kept, back) = (&state.orders[&id], state.payments[&second].refunded());
    assert!(kept.cancelled.is_none() && kept.unshipped().is_empty());
    assert_eq!(back, kept.price_of(&[Packed { line: 1, quantity: 1 }]));
    assert_eq!(state.ledger.balance(&id, Account::Held, Currency::USD).minor, 41_200 - back.minor);
}

pub async fn an_extension_moves_the_date(world: &World) {
    let (thread, _, id) = world.captured().await;
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    let before = order(world, &thread, &id).await.ship_by;
    let (ask, yes) = (AskExtension { days: ExtensionDays::Three }, AnswerExtension { accept: true });
    assert_eq!(code(buyer.answer_extension(&world.key(), &id, &yes).await), "no_extension");
    seller.ask_extension(&world.key(), &id, &ask).await.unwrap();
    assert_eq!(code(seller.ask_extension(&world.key(), &id, &ask).await), "extension_pending");
    buyer.answer_extension(&world.key(), &id, &AnswerExtension { accept: false }).await.unwrap();
    assert_eq!(order(world, &thread, &id).await.ship_by, before);
    seller.ask_extension(&world.key(), &id, &ask).await.unwrap();
    assert_eq!(code(seller.answer_extension(&world.key(), &id, &yes).await), "not_yours");
    buyer.answer_extension(&world.key(), &id, &yes).await.unwrap();
    let moved = order(world, &thread, &id).await.ship_by;
    assert!(moved.since(before).as_millis() >= 3 * 86_400_000);
    let wait = before.since(world.app.now().await.unwrap()).as_millis() / 1000;
    world.pass(u64::try_from(wait).unwrap() + 1).await;
    assert!(order(world, &thread, &id).await.cancelled.is_none(), "the old date no longer counts");
}

pub async fn refunds_never_exceed_what_was_paid(world: &World) {
    let (thread, payment, id) = world.captured().await;
    let seller = &world.seller.api;
    let amount = |minor| MakeRefund { amount: Some(usd(minor)), items: Vec::new() };
    assert_eq!(code(world.buyer.api.refund(&world.key(), &id, &amount(1)).await), "not_yours");
    for bad in [0, -1] {
        assert_eq!(code(seller.refund(&world.key(), &id, &amount(bad)).await), "nothing_to_refund");
    }
    seller.ship(&world.key(), &id, &parcel(&[0, 1], Some(NUMBER))).await.unwrap();
    seller.refund(&world.key(), &id, &amount(200)).await.unwrap();
    let leash = MakeRefund { amount: None, items: vec![Packed { line: 1, quantity: 1 }] };
    seller.refund(&world.key(), &id, &leash).await.unwrap();
    let problem = refused(seller.refund(&world.key(), &id, &amount(41_200)).await);
    let left = world.state(&thread).await.payments[&payment].refundable();
    assert_eq!((problem.code.as_str(), problem.amount), ("over_refund", Some(left)));
    // Two taps ask for all that is left, at once.
    let (one, other, rest) = (world.key(), world.key(), amount(left.minor));
    let taps = futures::join!(seller.refund(&one, &id, &rest), seller.refund(&other, &id, &rest));
    assert_eq!(u8::from(taps.0.is_ok()) + u8::from(taps.1.is_ok()), 1, "{taps:?}");
    world.settle().await;
    let state = world.state(&thread).await;
    assert_eq!((state.payments[&payment].refunded(), state.orders[&id].funds), (usd(41_200), Funds::Reversed));
    assert_eq!(state.ledger.balance(&id, Account::Buyer, Currency::USD), usd(0));

    // Nothing shipped and everything given back: that is the end of the order.
    let request = world.ask(&thread).await;
    let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
    world.pass(300).await;
    let id = world.state(&thread).await.order_of(&payment).unwrap().id.clone();
    seller.refund(&world.key(), &id, &MakeRefund { amount: None, items: Vec::new() }).await.unwrap();
    world.settle().await;
    assert_eq!(order(world, &thread, &id).await.cancelled.unwrap().reason, CancelReason::BySeller);
}

pub async fn a_case_freezes_the_money_and_every_timer(world: &World) {
    let (thread, _, id) = world.captured().await;
    let buyer = &world.buyer.api;
    let help = complaint(CaseReason::NotReceived);
    assert_eq!(code(world.seller.api.open_case(&world.key(), &id, &help).await), "not_yours");
    buyer.open_case(&world.key(), &id, &help).await.unwrap();
    assert_eq!(code(buyer.open_case(&world.key(), &id, &help).await), "case_open");
    assert_eq!(world.snapshot(&thread).await.entry.headline.unwrap().state, HeadlineState::CaseOpen);
    assert_eq!(code(world.seller.api.ship(&world.key(), &id, &parcel(&[0], None)).await), "case_open");
    world.bookmark(&thread).await;
    world.pass(8 * 86_400).await;
    let frozen = order(world, &thread, &id).await;
    assert_eq!((frozen.funds, frozen.cancelled), (Funds::Frozen, None), "nothing of the order happens by itself");
    let case = frozen.cases[0].id.clone();
    assert_eq!(code(world.seller.api.close_case(&world.key(), &id, &case).await), "not_yours");
    for _ in 0..2 {
        buyer.close_case(&world.key(), &id, &case).await.unwrap();
    }
    assert_eq!(order(world, &thread, &id).await.funds, Funds::Held);
    world.pass(18 * 86_400).await;
    assert_eq!(order(world, &thread, &id).await.cancelled.unwrap().reason, CancelReason::NotShipped, "time goes on");
}

pub async fn the_receipt_is_the_same_for_both_and_its_hash_is_right(world: &World) {
    let (_, _, id) = world.captured().await;
    let (mine, theirs) = (world.buyer.api.receipt(&id).await.unwrap(), world.seller.api.receipt(&id).await.unwrap());
    assert_eq!(mine, theirs);
    assert_eq!(domain::text::hex(&Sha256::digest(mine.agreement.to_string())), mine.sha256);
    assert_eq!(mine.agreement["totals"]["total"]["minor"], 41_200);
    assert!(!mine.agreement.to_string().contains(super::world::STREET));
}

pub async fn digital_goods_are_granted_when_the_money_is_in(world: &World) {
    let thread = world.thread().await;
    let plans = domain::terms::TermsDraft { delivery: vec![Delivery::Digital], ..draft() };
    let ask = SendRequest { terms: terms(plans), expires_in_seconds: None };
    let request = request_in(&world.seller.api.send_request(&world.key(), &thread, &ask).await.unwrap());
    let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
    world.settle().await;
    let id = world.state(&thread).await.order_of(&payment).unwrap().id.clone();
    assert_eq!(order(world, &thread, &id).await.granted_at, None, "it can still be undone");
    world.pass(300).await;
    assert_eq!(order(world, &thread, &id).await.fulfilment(), Fulfilment::Granted);
    assert_eq!(code(world.seller.api.on_order(&world.key(), &id, OrderAct::Cancel).await), "already_shipped");
    world.pass(3 * 86_400).await;
    assert!(matches!(order(world, &thread, &id).await.funds, Funds::Released { .. }));
}
