//! The nine invariants of the product, each as a question to a thread and its log.

use super::World;
use domain::address::UsState;
use domain::calendar::Zone;
use domain::event::{Envelope, Event};
use domain::ids::{OrderId, PaymentId, PaymentRequestId};
use domain::ledger::Account;
use domain::money::{Money, Rate};
use domain::order::{Funds, Order};
use domain::payment::{PaymentStatus, RefundReason, RefundStatus};
use domain::statement::{Statement, months, postings};
use domain::terms::{Delivery, Tax, Terms};
use domain::thread::{Actor, Role, Thread};
use domain::timer::Timer;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that can happen to money and orders, by its name in JSON.
pub const HAPPENINGS: &str = "request_sent request_revised request_viewed counter_made counter_closed request_declined \
    request_withdrawn request_expired payment_started payment_action_required payment_resumed payment_unknown \
    payment_failed payment_authorised capture_started payment_captured payment_voided refund_started \
    refund_settled refund_failed order_preparing order_cancelled shipment_sent tracked digital_granted \
    extension_asked extension_answered ship_by_moved items_cancelled receipt_confirmed funds_releasable \
    funds_released case_opened case_closed capture_pending dispute_opened dispute_moved dispute_answered dispute_closed";

/// What is wrong, if anything is.
pub type Verdict = Result<(), String>;

fn holds(what: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if what { Ok(()) } else { Err(otherwise()) }
}

/// All of them.
pub fn all(world: &World) -> Verdict {
    one_successful_payment(world)?;
    a_paid_request_is_never_edited(world)?;
    cancel_before_payment_refund_after(world)?;
    everybody_has_a_way_on(world)?;
    money_adds_up(world)?;
    refunds_never_exceed_the_captured_amount(world)?;
    no_timer_fires_while_a_case_is_open(world)?;
    totals_are_recomputed_from_the_items(world)
}

/// (1) One successful payment for a request, ever.
pub fn one_successful_payment(world: &World) -> Verdict {
    let mut request_of: BTreeMap<&PaymentId, &PaymentRequestId> = BTreeMap::new();
    let mut paid: BTreeSet<&PaymentRequestId> = BTreeSet::new();
    let mut captured: BTreeSet<&PaymentRequestId> = BTreeSet::new();
    for Envelope { event, .. } in &world.log {
        match event {
            Event::PaymentStarted { payment, request, .. } => {
                request_of.insert(payment, request);
            }
            Event::PaymentAuthorised { payment, .. } => {
                holds(paid.insert(request_of[payment]), || format!("{} succeeded twice", request_of[payment]))?;
            }
            Event::PaymentCaptured { payment, .. } => {
                holds(captured.insert(request_of[payment]), || format!("{} was taken twice", request_of[payment]))?;
            }
            _about_something_else => {}
        }
    }
    let thread = world.thread();
    for request in thread.requests.keys() {
        let live = thread.attempts(request).filter(|attempt| attempt.is_live()).count();
        holds(live + usize::from(paid.contains(request)) <= 1, || format!("{request} may be paid twice"))?;
    }
    Ok(())
}

/// (2) A paid request is never edited, only refunded.
pub fn a_paid_request_is_never_edited(world: &World) -> Verdict {
    let mut request_of: BTreeMap<&PaymentId, &PaymentRequestId> = BTreeMap::new();
    let mut paid: BTreeSet<&PaymentRequestId> = BTreeSet::new();
    for Envelope { event, .. } in &world.log {
        match event {
            Event::PaymentStarted { payment, request, .. } => {
                request_of.insert(payment, request);
            }
            Event::PaymentAuthorised { payment, .. } => {
                paid.insert(request_of[payment]);
            }
            Event::RequestRevised { request, .. }
            | Event::CounterMade { request, .. }
            | Event::CounterClosed { request, .. } => {
                holds(!paid.contains(request), || format!("{request} was edited after it was paid"))?;
            }
            _edits_nothing => {}
        }
    }
    let thread = world.thread();
    for order in thread.orders.values() {
        let payment = thread.payment_of(order);
        let agreed = thread.requests[&order.request].revisions.iter().find(|known| known.number == payment.revision);
        holds(agreed.is_some_and(|agreed| agreed.terms == order.terms), || {
            format!("{} is not what {} was paid for", order.id, payment.id)
        })?;
    }
    Ok(())
}

/// (3) Cancel before payment, refund after: an attempt that is let go was never taken, what is taken is only ever
/// given back, by the seller's own hand once it is the seller's, and a paid request is not withdrawn, declined or expired.
pub fn cancel_before_payment_refund_after(world: &World) -> Verdict {
    let mut request_of: BTreeMap<&PaymentId, &PaymentRequestId> = BTreeMap::new();
    let mut paid: BTreeSet<&PaymentRequestId> = BTreeSet::new();
    let mut captured: BTreeSet<&PaymentId> = BTreeSet::new();
    let mut released: BTreeSet<&OrderId> = BTreeSet::new();
    let mut settled: BTreeSet<&OrderId> = BTreeSet::new();
    for Envelope { event, actor, .. } in &world.log {
        match event {
            Event::PaymentStarted { payment, request, .. } => {
                request_of.insert(payment, request);
            }
            Event::PaymentAuthorised { payment, .. } => {
                paid.insert(request_of[payment]);
            }
            Event::PaymentCaptured { payment, .. } => {
                captured.insert(payment);
            }
            Event::RequestWithdrawn { request }
            | Event::RequestDeclined { request }
            | Event::RequestExpired { request } => {
                holds(!paid.contains(request), || format!("{request} was cancelled after it was paid"))?;
            }
            Event::PaymentVoided { payment, .. } | Event::PaymentFailed { payment, .. } => {
                holds(!captured.contains(payment), || format!("{payment} was cancelled after it was taken"))?;
            }
            Event::FundsReleasable { order, .. } => {
                released.insert(order);
            }
            Event::CaseOffered { order, by: Role::Seller, .. }
            | Event::CaseAgreed { order, by: Some(_), .. }
            | Event::CaseDecided { order, .. } => {
                settled.insert(order);
            }
            Event::RefundStarted { payment, order, reason, .. } => {
                holds(captured.contains(payment), || format!("{payment} was refunded before it was taken"))?;
                // A case takes back what the seller offered or agreed to, or a reviewer decided; never what was only wished for.
                let settled = *reason == RefundReason::Help && settled.contains(order);
                let by_hand = *actor == Actor::Seller || *reason == RefundReason::AtProcessor || settled;
                let by_hand = by_hand || !released.contains(order);
                holds(by_hand, || format!("{order} took back what was the seller's"))?;
            }
            _neither => {}
        }
    }
    for order in world.thread().orders.values().filter(|order| order.cancelled.is_some()) {
        let payment = world.thread().payment_of(order);
        let failed = payment.refunds.values().any(|refund| matches!(refund.status, RefundStatus::Failed { .. }));
        holds(payment.refundable().is_zero() || failed, || format!("{} ended with money kept", order.id))?;
    }
    Ok(())
}

/// (4) Every non-terminal state has an exit that does not depend on the other party. For whatever is live: time ends
/// it, or the processor owes an answer (it is asked until it gives one), or else each side alone has a command that
/// changes something.
pub fn everybody_has_a_way_on(world: &World) -> Verdict {
    let thread = world.thread();
    let timers = thread.timers();
    for request in thread.requests.values().filter(|request| request.is_open()) {
        let timed = timers.iter().any(|(_, timer)| match timer {
            Timer::RequestExpires { request: known } | Timer::CounterLapses { request: known } => *known == request.id,
            Timer::ActionExpires { .. }
            | Timer::UndoEnds { .. }
            | Timer::ShipBy { .. }
            | Timer::ParcelSilent { .. }
            | Timer::CaseWaits { .. }
            | Timer::RefundAgain { .. }
            | Timer::CheckWindowEnds { .. } => false,
        });
        holds(timed || thread.live_attempt(&request.id).is_some(), || format!("{} stays open for ever", request.id))?;
    }
    for payment in thread.payments.values() {
        let timed = timers.iter().any(|(_, timer)| match timer {
            Timer::ActionExpires { payment: known } | Timer::UndoEnds { payment: known } => *known == payment.id,
            Timer::RequestExpires { .. }
            | Timer::CounterLapses { .. }
            | Timer::ShipBy { .. }
            | Timer::ParcelSilent { .. }
            | Timer::CaseWaits { .. }
            | Timer::RefundAgain { .. }
            | Timer::CheckWindowEnds { .. } => false,
        });
        let fine = match payment.status {
            PaymentStatus::ActionRequired { .. } | PaymentStatus::Authorised { .. } => timed,
            // The processor owes an answer.
            PaymentStatus::Processing | PaymentStatus::Unknown { .. } | PaymentStatus::Capturing { .. } => true,
            PaymentStatus::Captured { .. } | PaymentStatus::Failed { .. } | PaymentStatus::Voided { .. } => true,
        };
        holds(fine, || format!("{} waits for ever", payment.id))?;
    }
    thread.orders.values().try_for_each(|order| order_goes_on(thread, order))
}

fn order_goes_on(thread: &Thread, order: &Order) -> Verdict {
    let payment = thread.payment_of(order);
    let timed = thread.timers().iter().any(|(_, timer)| match timer {
        Timer::ShipBy { order: known }
        | Timer::CheckWindowEnds { order: known }
        | Timer::RefundAgain { order: known }
        | Timer::CaseWaits { order: known, .. } => *known == order.id,
        // It tells, and ends nothing.
        Timer::ParcelSilent { .. }
        | Timer::RequestExpires { .. }
        | Timer::CounterLapses { .. }
        | Timer::ActionExpires { .. }
        | Timer::UndoEnds { .. } => false,
    });
    let money_moves = payment.is_refunding()
        || matches!(payment.status, PaymentStatus::Authorised { .. } | PaymentStatus::Capturing { .. })
        || matches!(order.funds, Funds::Releasable { .. });
    let at_rest = match order.funds {
        Funds::Released { .. } | Funds::Reversed => true,
        Funds::None => !matches!(payment.status, PaymentStatus::Captured { .. }),
        Funds::Held | Funds::Frozen | Funds::Releasable { .. } => false,
    };
    // The processor owes a decision.
    let disputed = payment.open_dispute().is_some();
    if timed || money_moves || at_rest || disputed {
        return Ok(());
    }
    // Nothing happens by itself: a case is open, or money of an ended order could not go back. Then each side has a
    // word: the seller gives it back, the buyer asks for help or ends it.
    let seller = !payment.refundable().is_zero();
    let buyer = order.open_case().is_some() || order.cancelled.is_some();
    holds(seller && buyer, || format!("{} has no way on: {:?} {:?}", order.id, order.fulfilment(), order.funds))
}

/// The months of the statements follow on one another, and end with what the ledger holds.
pub fn statements_add_up(world: &World) -> Verdict {
    let thread = world.thread();
    let all = postings(&world.log).map_err(|gap| format!("a gap after {}", gap.known))?;
    holds(all.len() == thread.ledger.transfers().len(), || "a movement has no time".to_owned())?;
    let (mut kept, zone) = (0, Zone::UsPacific);
    for month in months(zone, &all).into_iter().rev() {
        for statement in Statement::of(month, zone, &all) {
            let told = || format!("{month} begins with {}, after {kept}", statement.opening.minor);
            holds(statement.opening.minor == kept, told)?;
            kept = statement.closing.minor;
        }
    }
    let inside = [Account::Held, Account::Frozen, Account::Releasable, Account::Refunding, Account::Disputed];
    let of = |order: &Order| -> i64 {
        let balance = |account| thread.ledger.balance(&order.id, account, order.terms.currency()).minor;
        inside.map(balance).iter().sum()
    };
    let held: i64 = thread.orders.values().map(of).sum();
    holds(kept == held, || format!("the last statement ends with {kept}, the ledger with {held}"))
}

/// (5) Money in = released + refunded + held, per order; debits = credits, per currency.
pub fn money_adds_up(world: &World) -> Verdict {
    let thread = world.thread();
    for (currency, (debits, credits)) in thread.ledger.trial_balance() {
        holds(debits == credits, || format!("{currency:?}: {debits} debits, {credits} credits"))?;
    }
    for order in thread.orders.values() {
        order_adds_up(thread, order)?;
    }
    Ok(())
}

fn order_adds_up(thread: &Thread, order: &Order) -> Verdict {
    let balance = |account| thread.ledger.balance(&order.id, account, order.terms.currency()).minor;
    let payment = thread.payment_of(order);
    let kept = [Account::Held, Account::Frozen, Account::Releasable, Account::Released].map(balance);
    let settled: i64 = payment
        .refunds
        .values()
        .filter(|refund| matches!(refund.status, RefundStatus::Settled { .. }))
        .map(|refund| refund.amount.minor)
        .sum();
    let told =
        || format!("{}: {kept:?} kept, {} on its way back, {settled} back", order.id, balance(Account::Refunding));
    holds(kept.iter().all(|kept| *kept >= 0) && balance(Account::Refunding) >= 0, told)?;
    let (captured, lost, disputed) = (payment.captured().minor, payment.lost().minor, balance(Account::Disputed));
    let under_dispute: i64 =
        payment.disputes.iter().filter(|dispute| dispute.is_open()).map(|dispute| dispute.amount.minor).sum();
    holds(disputed == under_dispute, || format!("{}: {disputed} of {under_dispute} is disputed", order.id))?;
    holds(captured == kept.iter().sum::<i64>() + balance(Account::Refunding) + settled + disputed + lost, told)?;
    holds(balance(Account::Buyer) == settled + lost - captured, told)?;
    let fee = payment.fee.map_or(0, |fee| fee.minor);
    let (costs, processor) = (balance(Account::Costs), balance(Account::Processor));
    holds((costs, processor) == (-fee, fee), || format!("{}: {costs} and {processor} for {fee}", order.id))?;
    // The money is where the order says it is.
    let [held, frozen, releasable, released] = kept.map(|kept| kept > 0);
    let elsewhere = match order.funds {
        Funds::None | Funds::Reversed => held || frozen || releasable || released,
        Funds::Held => frozen || releasable || released,
        Funds::Frozen => held || releasable || released,
        Funds::Releasable { .. } => held || frozen || released,
        Funds::Released { .. } => held || frozen || releasable,
    };
    holds(!elsewhere, || format!("{} says {:?}, the ledger {kept:?}", order.id, order.funds))?;
    let frozen = order.open_case().is_some() == (order.funds == Funds::Frozen);
    let moved_on = matches!(order.funds, Funds::Released { .. } | Funds::Reversed);
    holds(frozen || moved_on, || format!("{}: a case and {:?} do not fit", order.id, order.funds))
}

/// (6) Refunds never exceed the captured amount.
pub fn refunds_never_exceed_the_captured_amount(world: &World) -> Verdict {
    for payment in world.thread().payments.values() {
        let (back, captured) = (payment.refunded().minor + payment.lost().minor, payment.captured().minor);
        holds(back <= captured, || format!("{}: {back} of {captured} goes back", payment.id))?;
    }
    Ok(())
}

/// (8) No timer fires while a case is open.
pub fn no_timer_fires_while_a_case_is_open(world: &World) -> Verdict {
    let thread = world.thread();
    for (_, timer) in thread.timers() {
        let order = match &timer {
            Timer::ShipBy { order }
            | Timer::ParcelSilent { order, .. }
            | Timer::RefundAgain { order }
            | Timer::CheckWindowEnds { order } => thread.orders.get(order),
            Timer::ActionExpires { payment } | Timer::UndoEnds { payment } => thread.order_of(payment),
            // A case has clocks of its own.
            Timer::RequestExpires { .. } | Timer::CounterLapses { .. } | Timer::CaseWaits { .. } => None,
        };
        holds(order.is_none_or(|order| !thread.stands_still(order)), || {
            format!("{timer:?} runs while something is decided")
        })?;
    }
    let (mut open, mut agreed) = (BTreeSet::<&OrderId>::new(), None);
    for Envelope { event, actor, command, .. } in &world.log {
        if matches!(event, Event::CaseAgreed { .. }) {
            agreed = Some(command);
        }
        let about = match event {
            Event::CaseOpened { order, .. } | Event::DisputeOpened { order, .. } => {
                open.insert(order);
                None
            }
            Event::CaseClosed { order, .. } | Event::DisputeClosed { order, .. } => {
                open.remove(order);
                None
            }
            Event::OrderCancelled { order, .. }
            | Event::ItemsCancelled { order, .. }
            | Event::FundsReleasable { order, .. } => Some(order),
            _something_else => None,
        };
        // What a case comes to by itself is its own doing.
        let carried_out = matches!(event, Event::ItemsCancelled { .. }) && agreed == Some(command);
        let by_itself = *actor == Actor::Timer && about.is_some_and(|order| open.contains(order)) && !carried_out;
        holds(!by_itself, || format!("{event:?} by itself, during a case"))?;
    }
    Ok(())
}

/// (9) Totals are recomputed from the items and match to the minor unit.
pub fn totals_are_recomputed_from_the_items(world: &World) -> Verdict {
    let thread = world.thread();
    for payment in thread.payments.values() {
        let request = &thread.requests[&payment.request];
        let revision = request.revisions.iter().find(|known| known.number == payment.revision);
        let revision = revision.ok_or_else(|| format!("{} pays nothing that was asked", payment.id))?;
        let to = payment.destination.state();
        let sum = summed(&revision.terms, payment.delivery, to);
        let told = || format!("{} is {:?}, its items are {sum:?}", payment.id, payment.amount);
        holds(payment.amount == sum, told)?;
        let shares: i64 = revision.terms.line_shares(payment.delivery, to).iter().map(|share| share.minor).sum();
        let shipping = revision.terms.delivery()[payment.delivery].price(sum.currency).minor;
        let there = to.is_none_or(|state| revision.terms.delivery()[payment.delivery].goes_to(state));
        holds(there, || format!("{} goes to where nothing was offered", payment.id))?;
        holds(shares + shipping == sum.minor, || format!("the shares of {} do not add up", payment.id))?;
    }
    for order in thread.orders.values() {
        holds(order.total() == thread.payment_of(order).amount, || format!("{} costs something else", order.id))?;
    }
    Ok(())
}

/// The total, by hand: Σ(unit price × quantity) − discount + shipping + tax.
fn summed(terms: &Terms, delivery: usize, to: Option<UsState>) -> Money {
    let goods: i128 =
        terms.items().iter().map(|item| i128::from(item.unit_price.minor) * i128::from(item.quantity)).sum();
    let reduced = goods - i128::from(terms.draft().discount.minor);
    // Millionths, halves away from zero.
    let share = |ppm: Rate| (reduced * i128::from(u32::from(ppm)) + 500_000) / 1_000_000;
    let tax = match &terms.draft().tax {
        Tax::Rate { ppm } => share(*ppm),
        Tax::Amount { amount } => i128::from(amount.minor),
        Tax::ByState { rates } => {
            let state = match &terms.delivery()[delivery] {
                Delivery::Parcel { .. } => to,
                Delivery::Pickup { at } => Some(at.state),
                Delivery::Digital => None,
            };
            state.and_then(|state| rates.get(&state)).map_or(0, |rate| share(*rate))
        }
    };
    let shipping = i128::from(terms.delivery()[delivery].price(terms.currency()).minor);
    Money::new(i64::try_from(reduced + tax + shipping).unwrap_or(i64::MAX), terms.currency())
}

/// Folding what a side sees gives what that side sees of the fold.
pub fn seeing_and_folding_commute(world: &World) -> Verdict {
    for role in [Role::Buyer, Role::Seller] {
        let seen: Vec<Envelope> = world.log.iter().map(|envelope| envelope.seen_by(role)).collect();
        let folded = Thread::replay(&seen).map_err(|gap| format!("{gap:?}"))?;
        holds(folded.as_ref() == Some(&world.thread().seen_by(role)), || format!("the {role:?} sees something else"))?;
    }
    Ok(())
}
