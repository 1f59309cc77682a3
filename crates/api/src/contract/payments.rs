//! Paying, with a processor that says yes, no, later, twice, or nothing clear.

use super::world::{World, code, first, payment_in, usd};
use crate::client::{PaymentAct, RequestAct};
use crate::wire::{ActOnApproval, ApprovalOutcome, Confirmation, Pay, SetPin, TestBehaviour};
use domain::event::Event;
use domain::headline::HeadlineState;
use domain::ids::{PaymentId, ThreadId};
use domain::ledger::Account;
use domain::money::Currency;
use domain::order::{CancelReason, Funds};
use domain::payment::{DeclineReason, PaymentStatus, VoidReason};

async fn status(world: &World, thread: &ThreadId, payment: &PaymentId) -> PaymentStatus {
    world.state(thread).await.payments[payment].status.clone()
}

async fn headline(world: &World, thread: &ThreadId) -> HeadlineState {
    world.snapshot(thread).await.entry.headline.expect("something is going on").state
}

/// What the buyer does in the processor's own window.
async fn answer(world: &World, payment: &PaymentId, outcome: ApprovalOutcome) {
    world.buyer.api.act_on_approval(&world.key(), payment, &ActOnApproval { outcome }).await.expect("its window");
}

pub async fn paid_authorised_and_captured_after_the_undo_window(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
    assert_eq!(headline(world, &thread).await, HeadlineState::Paying);
    assert_eq!(status(world, &thread, &payment).await, PaymentStatus::Processing, "nothing waits inside the call");
    world.bookmark(&thread).await;
    world.settle().await;
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Authorised { .. }));
    let order = world.state(&thread).await.order_of(&payment).unwrap().clone();
    assert_eq!((order.number.as_str(), order.funds), ("K-2031", Funds::None));
    world.pass(299).await;
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Authorised { .. }));
    world.pass(1).await;
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Captured { .. }));
    let state = world.state(&thread).await;
    assert_eq!(state.orders[&order.id].funds, Funds::Held);
    assert_eq!(state.ledger.balance(&order.id, Account::Held, Currency::USD), usd(41_200));
    assert_eq!(code(world.buyer.api.on_payment(&world.key(), &payment, PaymentAct::Undo).await), "too_late_to_undo");
}

pub async fn each_decline_is_told_to_the_buyer_and_can_be_retried(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    for (test, expected) in [
        (TestBehaviour::InsufficientFunds, DeclineReason::InsufficientFunds),
        (TestBehaviour::ExpiredCard, DeclineReason::ExpiredCard),
        (TestBehaviour::DoNotHonor, DeclineReason::DoNotHonor),
        (TestBehaviour::SuspectedFraud, DeclineReason::SuspectedFraud),
    ] {
        let payment = world.tap_pay(&request, test).await;
        world.settle().await;
        let (buyers, sellers) = (world.snapshot(&thread).await, world.seller.api.thread(&thread).await.unwrap());
        let reason = |thread: &domain::thread::Thread| thread.payments[&payment].status.clone();
        assert_eq!(reason(&buyers.thread), PaymentStatus::Failed { reason: expected });
        // Why a bank says no is between the buyer and the bank.
        assert_eq!(reason(&sellers.thread), PaymentStatus::Failed { reason: DeclineReason::Undisclosed });
        assert_eq!(headline(world, &thread).await, HeadlineState::ToPay, "it can be tried again");
    }
    let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
    world.settle().await;
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Authorised { .. }));
}

pub async fn a_challenge_is_passed(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    for (test, outcome) in
        [(TestBehaviour::Challenge, ApprovalOutcome::Fail), (TestBehaviour::Approval, ApprovalOutcome::Cancel)]
    {
        let payment = world.tap_pay(&request, test).await;
        world.settle().await;
        assert_eq!(headline(world, &thread).await, HeadlineState::ActionRequired);
        let body = world.pay_body(&request, TestBehaviour::Approve).await;
        assert_eq!(code(world.buyer.api.pay(&world.key(), &request, &body).await), "payment_in_flight");
        let withdraw = world.seller.api.on_request(&world.key(), &request, RequestAct::Withdraw).await;
        assert_eq!(code(withdraw), "payment_in_flight");
        answer(world, &payment, outcome).await;
        world.buyer.api.on_payment(&world.key(), &payment, PaymentAct::Resume).await.unwrap();
        world.settle().await;
        assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Failed { .. }));
    }
    let payment = world.tap_pay(&request, TestBehaviour::Challenge).await;
    world.settle().await;
    // Where to approve is the buyer's alone to know, and only while there is something to approve.
    let approval = world.buyer.api.approval(&payment).await.unwrap();
    assert!(approval.url.ends_with(payment.as_str()), "{approval:?}");
    assert_eq!(code(world.seller.api.approval(&payment).await), "not_found");
    // Back too early: the processor still wants it.
    world.buyer.api.on_payment(&world.key(), &payment, PaymentAct::Resume).await.unwrap();
    world.settle().await;
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::ActionRequired { .. }));
    answer(world, &payment, ApprovalOutcome::Approve).await;
    // The window and its opener both tell.
    for _ in 0..2 {
        world.buyer.api.on_payment(&world.key(), &payment, PaymentAct::Resume).await.unwrap();
    }
    world.settle().await;
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Authorised { .. }));
    assert_eq!(code(world.buyer.api.approval(&payment).await), "not_found");
}

pub async fn a_challenge_is_given_up_and_a_late_yes_is_let_go(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let payment = world.tap_pay(&request, TestBehaviour::Challenge).await;
    world.settle().await;
    assert_eq!(code(world.seller.api.on_payment(&world.key(), &payment, PaymentAct::Cancel).await), "not_yours");
    for _ in 0..2 {
        world.buyer.api.on_payment(&world.key(), &payment, PaymentAct::Cancel).await.unwrap();
    }
    let reason = DeclineReason::Cancelled;
    assert_eq!(status(world, &thread, &payment).await, PaymentStatus::Failed { reason });
    assert_eq!(
        code(world.buyer.api.on_payment(&world.key(), &payment, PaymentAct::Resume).await),
        "no_action_required"
    );

    // Given up on our side; on the processor's page somebody approves after all.
    let payment = world.tap_pay(&request, TestBehaviour::AnswerLate).await;
    world.settle().await;
    let thread_now = world.state(&thread).await;
    assert!(thread_now.live_attempt(&request).is_some(), "no answer yet");
    assert_eq!(code(world.buyer.api.on_payment(&world.key(), &payment, PaymentAct::Cancel).await), "payment_in_flight");
    world.pass(20).await;
    world.buyer.api.on_payment(&world.key(), &payment, PaymentAct::Undo).await.unwrap();
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Voided { .. }));
}

pub async fn a_challenge_nobody_answers_ends_by_itself(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let payment = world.tap_pay(&request, TestBehaviour::Approval).await;
    world.settle().await;
    world.pass(15 * 60).await;
    let reason = DeclineReason::ActionExpired;
    assert_eq!(status(world, &thread, &payment).await, PaymentStatus::Failed { reason });
    // The window was still open: the yes comes too late, and what it reserved is let go.
    answer(world, &payment, ApprovalOutcome::Approve).await;
    world.settle().await;
    let books = world.app.store.document(crate::app::kinds::SIMULATED_PAYMENT, payment.as_str()).await.unwrap();
    assert!(books.unwrap().contains("\"voided\""), "nothing stays reserved at the processor");
    let retried = world.tap_pay(&request, TestBehaviour::Approve).await;
    world.settle().await;
    assert!(matches!(status(world, &thread, &retried).await, PaymentStatus::Authorised { .. }));
}

pub async fn what_times_out_is_unknown_until_it_is_known(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let payment = world.tap_pay(&request, TestBehaviour::TimeOut).await;
    world.settle().await;
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Unknown { .. }));
    assert_eq!(headline(world, &thread).await, HeadlineState::CheckingPayment);
    let body = world.pay_body(&request, TestBehaviour::Approve).await;
    assert_eq!(code(world.buyer.api.pay(&world.key(), &request, &body).await), "payment_in_flight");
    assert_eq!(code(world.buyer.api.on_payment(&world.key(), &payment, PaymentAct::Cancel).await), "payment_in_flight");
    world.bookmark(&thread).await;
    world.pass(10).await;
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Unknown { .. }));
    world.pass(50).await;
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Authorised { .. }));
    let doubts = world.log(&thread).await.into_iter().filter(|told| matches!(told.event, Event::PaymentUnknown { .. }));
    assert_eq!(doubts.count(), 1, "told once, however often it is asked");
}

pub async fn a_late_answer_pays(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let payment = world.tap_pay(&request, TestBehaviour::AnswerLate).await;
    world.pass(19).await;
    assert_eq!(status(world, &thread, &payment).await, PaymentStatus::Processing);
    world.pass(1).await;
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Authorised { .. }));
    // The reconciler that was to ask in case it forgot finds that it did not.
    world.pass(60).await;
    assert_eq!(world.state(&thread).await.orders.len(), 1);
}

pub async fn an_answer_told_twice_pays_once(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let payment = world.tap_pay(&request, TestBehaviour::AnswerTwice).await;
    world.pass(60).await;
    let log = world.log(&thread).await;
    let yeses = log.iter().filter(|told| matches!(told.event, Event::PaymentAuthorised { .. })).count();
    assert_eq!((yeses, world.state(&thread).await.orders.len()), (1, 1));
    // Also when the second yes comes after the buyer has taken the payment back.
    let request = world.ask(&thread).await;
    let second = world.tap_pay(&request, TestBehaviour::AnswerTwice).await;
    world.settle().await;
    world.buyer.api.on_payment(&world.key(), &second, PaymentAct::Undo).await.unwrap();
    world.pass(600).await;
    assert_eq!(status(world, &thread, &second).await, PaymentStatus::Voided { reason: VoidReason::Undone });
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Captured { .. }));
}

pub async fn undo_takes_no_money(world: &World) {
    let (thread, payment, order) = world.authorised().await;
    assert_eq!(code(world.seller.api.on_payment(&world.key(), &payment, PaymentAct::Undo).await), "not_yours");
    for _ in 0..2 {
        world.buyer.api.on_payment(&world.key(), &payment, PaymentAct::Undo).await.unwrap();
    }
    world.pass(30 * 86_400).await;
    let state = world.state(&thread).await;
    assert_eq!(state.orders[&order].cancelled.unwrap().reason, CancelReason::Undone);
    assert!(state.ledger.transfers().is_empty() && state.headline().is_none());
    let request = state.orders[&order].request.clone();
    let body = world.pay_body(&request, TestBehaviour::Approve).await;
    assert_eq!(code(world.buyer.api.pay(&world.key(), &request, &body).await), "already_paid", "once, for ever");
}

pub async fn two_taps_with_two_keys_pay_once(world: &World) {
    let thread = world.thread().await;
    for swapped in [false, true] {
        let request = world.ask(&thread).await;
        let body = world.pay_body(&request, TestBehaviour::Approve).await;
        let (one, other) = (world.key(), world.key());
        let (one, other) = if swapped { (other, one) } else { (one, other) };
        let api = &world.buyer.api;
        let taps = futures::join!(api.pay(&one, &request, &body), api.pay(&other, &request, &body));
        let (won, lost) = match taps {
            (Ok(won), lost) => (won, lost),
            (lost, Ok(won)) => (won, lost),
            (one, other) => panic!("one of them pays: {one:?}, {other:?}"),
        };
        assert_eq!(code(lost), "payment_in_flight");
        world.settle().await;
        let late = api.pay(&world.key(), &request, &body).await;
        assert_eq!(code(late), "already_paid");
        world.pass(300).await;
        let state = world.state(&thread).await;
        assert_eq!(state.attempts(&request).count(), 1);
        assert!(matches!(state.payments[&payment_in(&won)].status, PaymentStatus::Captured { .. }));
    }
}

pub async fn a_withdrawal_and_a_payment_race_and_one_wins(world: &World) {
    let thread = world.thread().await;
    for seller_first in [false, true] {
        let request = world.ask(&thread).await;
        let body = world.pay_body(&request, TestBehaviour::Approve).await;
        let (one, other) = (world.key(), world.key());
        let pay = world.buyer.api.pay(&one, &request, &body);
        let withdraw = world.seller.api.on_request(&other, &request, RequestAct::Withdraw);
        let (paid, withdrawn) = if seller_first {
            let (withdrawn, paid) = futures::join!(withdraw, pay);
            (paid, withdrawn)
        } else {
            futures::join!(pay, withdraw)
        };
        match (&paid, &withdrawn) {
            (Ok(paid), Err(_)) => assert!(matches!(first(paid), Event::PaymentStarted { .. })),
            (Err(_), Ok(withdrawn)) => assert!(matches!(first(withdrawn), Event::RequestWithdrawn { .. })),
            (Ok(_), Ok(_)) | (Err(_), Err(_)) => panic!("exactly one wins: {paid:?}, {withdrawn:?}"),
        }
        world.settle().await;
    }
}

pub async fn two_tabs_work_the_outbox_off_once(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
    let both = async || {
        let (one, other) = futures::join!(world.app.tick(), world.app.tick());
        one.expect("no fault");
        other.expect("no fault");
    };
    both().await;
    assert_eq!(world.state(&thread).await.orders.len(), 1);
    // The clock is set without working anything off; then both tabs find it due.
    let clock = world.app.demo_clock().await.unwrap().unwrap();
    world.app.set_demo_clock(clock.advanced(domain::time::Span::minutes(5), 0)).await.unwrap();
    both().await;
    both().await;
    let log = world.log(&thread).await;
    let captures = log.iter().filter(|told| matches!(told.event, Event::PaymentCaptured { .. })).count();
    assert_eq!(captures, 1);
    assert!(matches!(status(world, &thread, &payment).await, PaymentStatus::Captured { .. }));
}

pub async fn a_pin_confirms_and_five_wrong_ones_lock_it(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let (buyer, key) = (&world.buyer.api, || world.key());
    assert_eq!(code(buyer.set_pin(&key(), &SetPin { pin: "12a4".into() }).await), "invalid_pin");
    buyer.set_pin(&key(), &SetPin { pin: "2580".into() }).await.unwrap();
    let body = world.pay_body(&request, TestBehaviour::Approve).await;
    assert_eq!(code(buyer.pay(&key(), &request, &body).await), "confirmation_needed");
    let with_pin = |pin: &str| Pay { confirmation: Some(Confirmation::Pin { pin: pin.into() }), ..body.clone() };
    for tried in 1..=5 {
        assert_eq!(code(buyer.pay(&key(), &request, &with_pin("0000")).await), "wrong_pin");
        if (3..5).contains(&tried) {
            assert_eq!(code(buyer.pay(&key(), &request, &with_pin("2580")).await), "pin_wait", "even the right one");
            world.pass(30).await;
        }
    }
    assert_eq!(code(buyer.pay(&key(), &request, &with_pin("2580")).await), "pin_locked", "even the right one");
    buyer.set_pin(&key(), &SetPin { pin: "1470".into() }).await.unwrap();
    buyer.pay(&key(), &request, &with_pin("1470")).await.unwrap();
    let kept = world.app.store.export().await.unwrap();
    assert!(!kept.iter().any(|(_, text)| text.contains("1470\"")), "no PIN is kept as it was typed");
}
