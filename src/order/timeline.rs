//! The tracking timeline of one parcel.

use super::live::LiveOrder;
use super::milestones::{Milestone, Stage, milestones, out_of_the_ordinary};
use super::words::{method, scan, town};
use crate::format::{day_and_clock, deadline};
use crate::i18n::t;
use crate::ui::{Icon, IconName, IconSize, StepState};
use domain::order::{Order, Shipment, TrackingEvent};
use domain::time::Timestamp;
use leptos::prelude::*;
use stylers::style_sheet;

/// The stages of one parcel in order: what is done, what is now and what is not yet, with place and time of each.
#[component]
pub(super) fn Timeline(
    /// Of which order.
    live: LiveOrder,
    /// Which parcel, from 0; none for what is not in one yet.
    #[prop(into)]
    parcel: Signal<Option<usize>>,
) -> impl IntoView {
    let class = style_sheet!("src/order/timeline.css");
    let stages = Memo::new(move |_| live.read(|order| milestones(order, shipment(order, parcel.get()))));
    let lost = Memo::new(move |_| live.read(|order| shipment(order, parcel.get()).is_some_and(Shipment::is_lost)));
    let rows = move || stages.get().into_iter().map(|stage| row(live, parcel, stage, lost.get())).collect_view();
    view! { class=class,
        <ol class="order-timeline" aria-label=t().order_timeline()>
            {rows}
        </ol>
    }
}

pub(super) fn shipment(order: &Order, parcel: Option<usize>) -> Option<&Shipment> {
    parcel.and_then(|parcel| order.shipments.get(parcel))
}

fn row(live: LiveOrder, parcel: Signal<Option<usize>>, stage: Milestone, lost: bool) -> impl IntoView {
    let (state, current, words) = match (stage.state, stage.begun) {
        (StepState::Done, _) => ("done", None, t().order_state_done()),
        (StepState::Current, true) => ("current", Some("step"), t().order_state_now()),
        (StepState::Current, false) => ("current", Some("step"), t().order_state_next()),
        (StepState::Todo, _) if lost && stage.stage == Stage::Delivered => ("lost", None, t().order_step_not_arrived()),
        (StepState::Todo, _) => ("todo", None, t().order_state_not_yet()),
    };
    let mark = (stage.state == StepState::Done).then(|| view! { <Icon name=IconName::Check size=IconSize::Tiny /> });
    let expected = (stage.stage == Stage::Delivered && stage.state != StepState::Done && !lost).then(|| {
        let expected = move || live.read(|order| shipment(order, parcel.get())?.expected_at);
        move || {
            let town = live.read(|order| town(&order.destination));
            let expected = expected().map(|at| t().order_expected(&deadline(at, live.session.now.get())));
            town.into_iter().chain(expected).collect::<Vec<_>>().join(" · ")
        }
    });
    let said = out_of_the_ordinary(&stage.scans).map(|status| view! { <b>{scan(status)}</b> " · " });
    let place = stage.place.as_ref().map(|place| format!("{place} · "));
    let when = stage.at.map(instant);
    let paid_with = (stage.stage == Stage::Paid).then_some(move || {
        live.payment.with(|payment| payment.as_ref().map(|payment| format!(" · {}", method(&payment.method))))
    });
    view! {
        <li data-state=state aria-current=current>
            <span class="mark" aria-hidden="true">
                {mark}
            </span>
            <span class="stage">{stage_name(stage.stage)}</span>
            <span class="state">{words}</span>
            <span class="where">{said} {place} {when} {paid_with} {expected}</span>
            {scans(&stage.scans)}
        </li>
    }
}

/// `4 scans`, which open; nothing when there is only the one that is shown.
fn scans(scans: &[TrackingEvent]) -> Option<impl IntoView + use<>> {
    let count = scans.len();
    (count > 1).then(|| {
        let line = |event: &TrackingEvent| {
            let place = event.place.as_ref().map(|place| format!("{place} · "));
            view! {
                <li>
                    <b>{scan(event.status)}</b>
                    " · "
                    {place}
                    {instant(event.at)}
                </li>
            }
        };
        view! {
            <details>
                <summary class="link fine">{t().order_scans(&count.to_string())}</summary>
                <ul>{scans.iter().rev().map(line).collect_view()}</ul>
            </details>
        }
    })
}

fn instant(at: Timestamp) -> impl IntoView + use<> {
    view! { <time datetime=at.to_string()>{day_and_clock(at)}</time> }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Paid => t().order_step_paid(),
        Stage::Preparing => t().order_step_preparing(),
        Stage::Shipped => t().order_step_shipped(),
        Stage::InTransit => t().order_step_in_transit(),
        Stage::OutForDelivery => t().order_step_out_for_delivery(),
        Stage::Delivered => t().order_step_delivered(),
        Stage::Ready => t().order_step_ready(),
        Stage::PickedUp => t().order_step_picked_up(),
        Stage::Granted => t().order_step_granted(),
        Stage::Cancelled => t().order_step_cancelled(),
    }
}

crate::words! {
    order_timeline "Where it is" "Dov’è";
    order_expected(by) "expected by {by}" "previsto entro {by}";
    order_scans(n) "{n} scans" "{n} scansioni";
}
