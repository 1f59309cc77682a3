//! Ask, pay, ship, deliver, release: one narrative, and what becomes of it when somebody does nothing.

mod support;

use domain::calendar::Holidays;
use domain::carrier::Carrier;
use domain::case::CaseReason;
use domain::command::{Answer, Command, RefundAmount, RefundAnswer};
use domain::dispute::{DisputeAnswer, DisputeOutcome, DisputeReason, DisputeStage, DisputeTold};
use domain::event::Event;
use domain::headline::{HeadlineState, Turn};
use domain::ids::TrackingEventId;
use domain::ledger::Account;
use domain::order::{CancelReason, Fulfilment, Funds, Packed, TrackingEvent, TrackingStatus};
use domain::payment::{DeclineReason, PaymentStatus, PendingReason, RefundTrouble, RequiredAction};
use domain::rejection::Rejection;
use domain::thread::Actor;
use domain::time::Span;
use support::{World, usd};

fn scan(n: u32, status: TrackingStatus, world: &World) -> TrackingEvent {
    let id: TrackingEventId = format!("trk_{n}").parse().unwrap();
    TrackingEvent { id, status, at: world.now, place: None, expected_at: None }
}

#[test]
fn a_board_is_asked_for_paid_shipped_in_two_parcels_delivered_and_the_seller_is_paid() {
    let mut world = World::new();
    let request = world.ask();
    let headline = world.thread().headline().unwrap();
    assert_eq!((headline.state, headline.turn), (HeadlineState::ToPay, Turn::Buyer));

    let payment = world.tap_pay(&request).unwrap();
    assert_eq!(world.thread().payments[&payment].amount, usd(41_200));
    let order = world.authorise(&payment).unwrap();
    assert_eq!(world.thread().headline().unwrap().state, HeadlineState::ToShip);

    world.pass(Span::minutes(5));
    world.capture(&payment);
    assert_eq!(world.thread().orders[&order].funds, Funds::Held);

    world.must(Actor::Seller, Command::Prepare { order: order.clone() });
    for line in 0..2 {
        let ship = Command::Ship {
            order: order.clone(),
            contents: vec![Packed { line, quantity: 1 }],
            carrier: Carrier::Ups,
            tracking: Some("1Z5R89390357567127".to_owned().try_into().unwrap()),
        };
        world.must(Actor::Seller, ship);
        let expected = if line == 0 { Fulfilment::PartlyShipped } else { Fulfilment::Shipped };
        assert_eq!(world.thread().orders[&order].fulfilment(), expected);
    }
    for parcel in 0..2 {
        world.pass(Span::days(1));
        let shipment = world.thread().orders[&order].shipments[parcel].id.clone();
        let scan = scan(u32::try_from(parcel).unwrap(), TrackingStatus::Delivered, &world);
        world.must(Actor::Carrier, Command::Track { order: order.clone(), shipment, scans: vec![scan] });
    }
    assert_eq!(world.thread().headline().unwrap().state, HeadlineState::ToCheck);

    world.must(Actor::Buyer, Command::Confirm { order: order.clone() });
    world.must(Actor::Processor, Command::PaidOut { order: order.clone() });
    let ledger = &world.thread().ledger;
    assert_eq!(ledger.balance(&order, Account::Released, usd(0).currency), usd(41_200));
    assert_eq!(world.thread().headline(), None);
}

#[test]
fn what_is_not_shipped_in_time_is_cancelled_and_refunded_by_itself() {
    let mut world = World::new();
    let order = world.paid();
    world.pass(Span::days(9));
    let thread = world.thread();
    assert_eq!(thread.orders[&order].cancelled.unwrap().reason, CancelReason::NotShipped);
    assert_eq!(thread.orders[&order].funds, Funds::Reversed);
    assert_eq!(thread.payment_of(&thread.orders[&order]).refunded(), usd(41_200));
}

#[test]
fn silence_after_delivery_pays_the_seller() {
    let mut world = World::new();
    let order = world.paid();
    let contents = world.thread().orders[&order].unshipped();
    let ship = Command::Ship { order: order.clone(), contents, carrier: Carrier::Ups, tracking: None };
    world.must(Actor::Seller, ship);
    let shipment = world.thread().orders[&order].shipments[0].id.clone();
    let scan = scan(1, TrackingStatus::Delivered, &world);
    world.must(Actor::Carrier, Command::Track { order: order.clone(), shipment, scans: vec![scan] });
    world.pass(Span::days(3));
    assert!(matches!(world.thread().orders[&order].funds, Funds::Releasable { .. }));
}

#[test]
fn undo_lets_the_money_go_and_nothing_is_ever_taken() {
    let mut world = World::new();
    let request = world.ask();
    let payment = world.tap_pay(&request).unwrap();
    world.authorise(&payment).unwrap();
    world.pass(Span::minutes(4));
    world.must(Actor::Buyer, Command::Undo { payment: payment.clone() });
    world.pass(Span::days(30));
    assert!(world.thread().ledger.transfers().is_empty());
    assert!(matches!(world.thread().payments[&payment].status, PaymentStatus::Voided { .. }));
    assert_eq!(world.tap_pay(&request), Err(Rejection::AlreadyPaid));
}

#[test]
fn a_declined_payment_can_be_tried_again_and_an_unknown_one_cannot() {
    let mut world = World::new();
    let request = world.ask();
    let first = world.tap_pay(&request).unwrap();
    let declined = Answer::Declined(DeclineReason::InsufficientFunds);
    world.must(Actor::Processor, Command::Answer { payment: first, answer: declined });
    let second = world.tap_pay(&request).unwrap();
    world.must(Actor::Processor, Command::Answer { payment: second.clone(), answer: Answer::InDoubt });
    assert_eq!(world.tap_pay(&request), Err(Rejection::PaymentInFlight));
    assert_eq!(world.thread().headline().unwrap().state, HeadlineState::CheckingPayment);
    world.pass(Span::days(30));
    assert!(world.thread().requests[&request].is_open(), "a request never expires under a payment");
    assert!(world.authorise(&second).is_some());
}

#[test]
fn a_late_yes_after_the_attempt_was_given_up_is_let_go() {
    let mut world = World::new();
    let request = world.ask();
    let payment = world.tap_pay(&request).unwrap();
    let challenge = Answer::ActionRequired(RequiredAction::Challenge);
    world.must(Actor::Processor, Command::Answer { payment: payment.clone(), answer: challenge });
    world.must(Actor::Buyer, Command::CancelAttempt { payment: payment.clone() });
    assert_eq!(world.authorise(&payment), None);
    let let_go = world.log.iter().any(|told| matches!(told.event, Event::PaymentVoided { .. }));
    assert!(let_go && world.thread().requests[&request].is_open());
}

#[test]
fn a_counter_offer_is_accepted_as_a_revision_and_the_old_one_cannot_be_paid() {
    let mut world = World::new();
    let request = world.ask();
    let proposal = domain::payment_request::Proposal { quantities: vec![1, 0], total: usd(35_000), note: None };
    world.must(Actor::Buyer, Command::Counter { request: request.clone(), revision: 1, proposal });
    world.must(Actor::Seller, Command::AcceptCounter { request: request.clone() });
    let current = world.thread().requests[&request].current();
    assert_eq!((current.number, current.terms.totals(0, None).unwrap().total), (2, usd(35_000)));
    let stale = Command::Pay {
        request: request.clone(),
        revision: 1,
        delivery: 0,
        total: usd(41_200),
        method: support::meta_pay(),
        destination: domain::address::Destination::Digital,
        confirmed_by: domain::payment::ConfirmedBy::Tap,
    };
    assert_eq!(world.give(Actor::Buyer, stale), Err(Rejection::StaleRevision { current: 2 }));
}

#[test]
fn a_strangers_thread_carries_no_request() {
    let mut world = World::stranger();
    let send = Command::SendRequest { terms: support::board_and_leash(), expires_in: None };
    assert_eq!(world.give(Actor::Seller, send), Err(Rejection::ThreadNotAccepted));
}

#[test]
fn a_seller_cannot_ask_for_more_than_the_market_allows_in_a_week() {
    let mut world = World::new();
    for _ in 0..5 {
        world.ask();
    }
    let send = Command::SendRequest { terms: support::board_and_leash(), expires_in: None };
    let refused = world.give(Actor::Seller, send.clone());
    assert_eq!(refused, Err(Rejection::OverWeeklyCap { cap: usd(225_000), left: usd(19_000) }));
    world.pass(Span::days(8));
    assert!(world.give(Actor::Seller, send).is_ok());
}

fn handed_over(world: &mut World) -> domain::ids::OrderId {
    let order = world.paid();
    let contents = world.thread().orders[&order].unshipped();
    world.must(Actor::Seller, Command::Ship { order: order.clone(), contents, carrier: Carrier::Ups, tracking: None });
    order
}

#[test]
fn what_no_carrier_reports_arrives_by_the_buyers_word() {
    let mut world = World::new();
    let order = handed_over(&mut world);
    world.must(Actor::Buyer, Command::Confirm { order: order.clone() });
    let confirmed = &world.thread().orders[&order];
    assert!(matches!(confirmed.funds, Funds::Releasable { .. }));
    assert_eq!(confirmed.fulfilment(), Fulfilment::Delivered);
}

#[test]
fn what_nobody_reports_and_nobody_misses_pays_the_seller_when_the_time_for_help_is_over() {
    let mut world = World::new();
    let order = handed_over(&mut world);
    let until = world.thread().orders[&order].help_until(&domain::market::Market::US);
    world.pass(until.since(world.now));
    assert!(matches!(world.thread().orders[&order].funds, Funds::Releasable { .. }));
    let help = world.complaint(&order, CaseReason::NotReceived);
    assert_eq!(world.give(Actor::Buyer, help), Err(Rejection::PayoutInFlight));
}

#[test]
fn nothing_is_released_while_a_part_is_on_its_way_back() {
    let mut world = World::new();
    let order = handed_over(&mut world);
    let part = RefundAmount::Amount(usd(1_000));
    let events = world.must(Actor::Seller, Command::Refund { order: order.clone(), amount: part });
    let [Event::RefundStarted { refund, payment, .. }] = events.as_slice() else { panic!("{events:?}") };
    world.must(Actor::Buyer, Command::Confirm { order: order.clone() });
    assert_eq!(world.thread().orders[&order].funds, Funds::Held);
    let answer = Command::RefundAnswer {
        refund: refund.clone(),
        payment: payment.clone(),
        answer: RefundAnswer::Failed(RefundTrouble::Refused),
    };
    world.must(Actor::Processor, answer);
    world.pass(Span::seconds(1));
    let balance = world.thread().ledger.balance(&order, Account::Releasable, usd(0).currency);
    assert_eq!(balance, usd(41_200), "also what could not go back");
}

#[test]
fn a_parcel_that_comes_back_after_everything_was_ok_takes_no_money_from_the_seller_by_itself() {
    let mut world = World::new();
    let order = handed_over(&mut world);
    world.must(Actor::Buyer, Command::Confirm { order: order.clone() });
    let shipment = world.thread().orders[&order].shipments[0].id.clone();
    let scan = scan(7, TrackingStatus::Returned, &world);
    world.must(Actor::Carrier, Command::Track { order: order.clone(), shipment, scans: vec![scan] });
    world.pass(Span::days(60));
    assert!(matches!(world.thread().orders[&order].funds, Funds::Releasable { .. }), "its payout is under way");
}

#[test]
fn help_stays_open_when_the_money_of_an_ended_order_could_not_go_back() {
    let mut world = World::new();
    let order = world.paid();
    let events = world.must(Actor::Seller, Command::CancelOrder { order: order.clone() });
    let [_, Event::RefundStarted { refund, payment, .. }] = events.as_slice() else { panic!("{events:?}") };
    let help = world.complaint(&order, CaseReason::Other);
    assert_eq!(world.give(Actor::Buyer, help), Err(Rejection::OrderClosed));
    let failed = Command::RefundAnswer {
        refund: refund.clone(),
        payment: payment.clone(),
        answer: RefundAnswer::Failed(RefundTrouble::Refused),
    };
    world.must(Actor::Processor, failed);
    let help = world.complaint(&order, CaseReason::Other);
    assert!(world.give(Actor::Buyer, help).is_ok());
    assert_eq!(world.thread().orders[&order].funds, Funds::Frozen);
}

#[test]
fn an_attempt_that_is_given_up_is_let_go_at_the_processor_too() {
    let mut world = World::new();
    let request = world.ask();
    let payment = world.tap_pay(&request).unwrap();
    let challenge = Answer::ActionRequired(RequiredAction::Challenge);
    world.must(Actor::Processor, Command::Answer { payment: payment.clone(), answer: challenge });
    let events = world.must(Actor::Buyer, Command::CancelAttempt { payment: payment.clone() });
    let asked: Vec<_> = events.iter().filter_map(domain::intent::Intent::of).collect();
    assert_eq!(asked, [domain::intent::Intent::Void { payment }]);
}

fn complaint(stage: DisputeStage) -> DisputeTold {
    let (id, respond_by) = ("dsp_1".parse().unwrap(), None);
    DisputeTold { id, reason: DisputeReason::NotReceived, amount: usd(41_200), respond_by, stage }
}

#[test]
fn while_the_processor_decides_over_the_money_nobody_else_does() {
    // Given a parcel on its way, and a buyer who complains to the processor.
    let mut world = World::new();
    let order = world.paid();
    let payment = world.thread().orders[&order].payment.clone();
    let contents = world.thread().orders[&order].unshipped();
    let tracking = Some("1Z5R89390357567127".to_owned().try_into().unwrap());
    world.must(Actor::Seller, Command::Ship { order: order.clone(), contents, carrier: Carrier::Ups, tracking });
    let told = |stage| Command::DisputeTold { payment: payment.clone(), told: complaint(stage) };
    world.must(Actor::Processor, told(DisputeStage::Seller));
    // Then it is the seller's turn, no clock releases or refunds anything, and neither does the seller.
    let headline = world.thread().headline().unwrap();
    assert_eq!((headline.state, headline.turn), (HeadlineState::Disputed, Turn::Seller));
    let rest = Command::Refund { order: order.clone(), amount: RefundAmount::Rest };
    assert_eq!(world.give(Actor::Seller, rest), Err(Rejection::DisputeOpen));
    world.pass(Span::days(60));
    assert_eq!(world.thread().orders[&order].funds, Funds::Held);
    assert_eq!(world.thread().ledger.balance(&order, Account::Disputed, usd(0).currency), usd(41_200));
    // When the seller answers with the number, told twice, and the processor decides for the seller,
    let dispute = "dsp_1".parse().unwrap();
    let answer = Command::AnswerDispute { order: order.clone(), dispute, answer: DisputeAnswer::Tracking };
    assert_eq!(world.must(Actor::Seller, answer.clone()).len(), 1);
    assert_eq!(world.must(Actor::Seller, answer).len(), 0);
    world.must(Actor::Processor, told(DisputeStage::Review));
    world.must(Actor::Processor, told(DisputeStage::Closed(DisputeOutcome::ForSeller)));
    // then the money is where it was, and an old word changes nothing.
    assert_eq!(world.thread().ledger.balance(&order, Account::Held, usd(0).currency), usd(41_200));
    assert!(world.must(Actor::Processor, told(DisputeStage::Seller)).is_empty());
}

/// Whether something is due at the end of a working day here.
fn ends_a_working_day(at: domain::time::Timestamp) -> bool {
    let zone = domain::market::Market::US.zone;
    zone.ends_a_day_at(at) && Holidays::UsFederal.is_working_day(zone.date_at(at))
}

#[test]
fn what_stood_still_for_however_long_is_due_at_the_end_of_a_working_day() {
    for days in 0..14 {
        // A complaint to the processor,
        let mut world = World::new();
        let order = world.paid();
        let payment = world.thread().orders[&order].payment.clone();
        let due = world.thread().orders[&order].ship_by;
        let told = |stage| Command::DisputeTold { payment: payment.clone(), told: complaint(stage) };
        world.must(Actor::Processor, told(DisputeStage::Seller));
        world.pass(Span::days(days));
        world.must(Actor::Processor, told(DisputeStage::Closed(DisputeOutcome::ForSeller)));
        let later = world.thread().orders[&order].ship_by;
        assert!(ends_a_working_day(later), "{days} days: {later}");
        assert!(later >= due.plus(Span::days(days)), "nobody has lost time by it");
        // and help that was asked for.
        let case = world.complaint(&order, CaseReason::Other);
        world.must(Actor::Buyer, case);
        // After nine days what is asked for stands.
        let days = days % 9;
        world.pass(Span::days(days));
        let case = world.thread().orders[&order].open_case().unwrap().id.clone();
        world.must(Actor::Buyer, Command::CloseCase { order: order.clone(), case });
        let last = world.thread().orders[&order].ship_by;
        assert!(ends_a_working_day(last), "{days} days of help: {last}");
        assert!(last >= later.plus(Span::days(days)));
    }
}

#[test]
fn what_a_dispute_takes_goes_to_the_buyer_and_a_refund_of_it_is_not_booked_twice() {
    let mut world = World::new();
    let order = world.paid();
    let payment = world.thread().orders[&order].payment.clone();
    let told = |stage| Command::DisputeTold { payment: payment.clone(), told: complaint(stage) };
    world.must(Actor::Processor, told(DisputeStage::Seller));
    let (refund, amount) = ("re_theirs".parse().unwrap(), usd(41_200));
    let seen = Command::RefundSeen { refund, payment: payment.clone(), amount };
    assert_eq!(world.give(Actor::Processor, seen.clone()), Err(Rejection::DisputeOpen));
    let outcome = DisputeOutcome::ForBuyer { returned: usd(99_999_999) };
    world.must(Actor::Processor, told(DisputeStage::Closed(outcome)));
    assert_eq!(world.thread().orders[&order].funds, Funds::Reversed);
    assert_eq!(world.thread().ledger.balance(&order, Account::Buyer, usd(0).currency), usd(0));
    assert_eq!(world.give(Actor::Processor, seen), Err(Rejection::OverRefund { refundable: usd(0) }));
}

#[test]
fn a_payment_that_is_looked_at_for_days_is_not_shipped_and_not_given_up() {
    let mut world = World::new();
    let request = world.ask();
    let payment = world.tap_pay(&request).unwrap();
    let order = world.authorise(&payment).unwrap();
    world.pass(Span::minutes(5));
    let pending = Answer::CapturePending(PendingReason::Bank);
    world.must(Actor::Processor, Command::Answer { payment: payment.clone(), answer: pending.clone() });
    assert!(world.must(Actor::Processor, Command::Answer { payment: payment.clone(), answer: pending }).is_empty());
    let contents = world.thread().orders[&order].unshipped();
    let ship = Command::Ship { order: order.clone(), contents, carrier: Carrier::Ups, tracking: None };
    assert_eq!(world.give(Actor::Seller, ship.clone()), Err(Rejection::PaymentPending));
    world.pass(Span::days(30));
    assert_eq!(world.thread().headline().unwrap().state, HeadlineState::PaymentPending);
    // It comes in: the time to ship begins now.
    let fee = Some(usd(1_487));
    world.must(Actor::Processor, Command::Answer { payment, answer: Answer::Captured { fee } });
    assert!(world.thread().orders[&order].ship_by > world.now);
    world.must(Actor::Seller, ship);
    let seen = world.thread().seen_by(domain::thread::Role::Buyer);
    assert_eq!(seen.ledger.balance(&order, Account::Processor, usd(0).currency), usd(0), "fees are the seller's");
}
