//! The bar of steps: how far an order has come, at a glance.

use super::words::scan;
use crate::i18n::t;
use crate::ui::{Step, StepState};
use domain::order::{Fulfilment, Order};

/// The steps of a parcel's bar.
const PARCEL: usize = 5;
/// The steps of digital goods: paid and handed over.
const DIGITAL: usize = 2;
/// The steps of what is fetched: paid, ready, fetched.
const PICKUP: usize = 3;

fn done(order: &Order) -> usize {
    match (order.pickup(), order.fulfilment()) {
        (None, fulfilment) | (Some(_), fulfilment @ Fulfilment::Cancelled) => fulfilment.steps_done().into(),
        (Some(_), Fulfilment::ReadyForPickup) => 2,
        (Some(_), Fulfilment::Delivered) => PICKUP,
        (Some(_), _on_the_way_there) => 1,
    }
}

fn name(order: &Order, step: usize) -> &'static str {
    if order.pickup().is_some() {
        return match step {
            0 => t().order_step_paid(),
            1 => t().order_step_ready(),
            _last => t().order_step_picked_up(),
        };
    }
    match (order.terms.is_digital(), step) {
        (true, 1) => t().order_step_granted(),
        (_, 0) => t().order_step_paid(),
        (_, 1) => t().order_step_preparing(),
        (_, 2) => t().order_step_shipped(),
        (_, 3) => t().order_step_out_for_delivery(),
        (_, _last) => t().order_step_delivered(),
    }
}

fn count(order: &Order) -> usize {
    match (order.terms.is_digital(), order.pickup()) {
        (true, _) => DIGITAL,
        (false, Some(_)) => PICKUP,
        (false, None) => PARCEL,
    }
}

/// The bar, each step in words too.
pub(super) fn steps(order: &Order) -> Vec<Step> {
    let done = done(order);
    let step = |index: usize| {
        let (state, words) = match index {
            index if index < done => (StepState::Done, t().order_state_done()),
            index if index == done && order.cancelled.is_none() && !is_lost(order) => {
                (StepState::Current, t().order_state_next())
            }
            _ahead => (StepState::Todo, t().order_state_not_yet()),
        };
        Step { words: format!("{}: {words}", name(order, index)), state }
    };
    (0..count(order)).map(step).collect()
}

fn is_lost(order: &Order) -> bool {
    matches!(order.fulfilment(), Fulfilment::DeliveryFailed | Fulfilment::Returned)
}

/// `Paid` and, when something follows, `next: preparing`. What is out of the ordinary says more than the step before.
pub(super) fn reached(order: &Order) -> (&'static str, Option<String>) {
    if order.cancelled.is_some() {
        return (t().order_step_cancelled(), None);
    }
    let done = done(order);
    let next = (done < count(order) && !is_lost(order)).then(|| t().order_next(&name(order, done).to_lowercase()));
    (order.exception().map_or_else(|| name(order, done.saturating_sub(1)), scan), next)
}
