//! The time in which a payment can be undone.

use super::deeds::{Deed, use_deeds};
use super::live::LiveOrder;
use super::write::WriteProblem;
use crate::format::{clock, left};
use crate::i18n::t;
use crate::store::ThreadCell;
use crate::ui::{Button, ButtonVariant, unique_id};
use domain::ids::{OrderId, PaymentId};
use domain::payment::{Payment, PaymentStatus};
use domain::time::Timestamp;
use leptos::prelude::*;
use stylers::style_sheet;

/// From when to when a payment can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Window {
    payment: PaymentId,
    from: Timestamp,
    until: Timestamp,
}

fn window_of(payment: &Payment, now: Timestamp) -> Option<Window> {
    match payment.status {
        PaymentStatus::Authorised { at, undo_until } if now < undo_until => {
            Some(Window { payment: payment.id.clone(), from: at, until: undo_until })
        }
        PaymentStatus::Authorised { .. }
        | PaymentStatus::Processing
        | PaymentStatus::ActionRequired { .. }
        | PaymentStatus::Unknown { .. }
        | PaymentStatus::Capturing { .. }
        | PaymentStatus::Captured { .. }
        | PaymentStatus::Failed { .. }
        | PaymentStatus::Voided { .. } => None,
    }
}

/// What is left of the window, in hundredths.
fn hundredths(window: &Window, now: Timestamp) -> i64 {
    let whole = window.until.since(window.from).as_millis().max(1);
    (window.until.since(now).as_millis() * 100 / whole).clamp(0, 100)
}

/// A ring that empties while the payment can be undone: with the button for the buyer, with the reason for the seller.
/// Nothing at any other time.
#[component]
pub fn UndoPill(
    /// The thread it stands in.
    cell: ThreadCell,
    /// The order that was paid.
    order: OrderId,
) -> impl IntoView {
    let live = LiveOrder::new(cell, order);
    let window = Memo::new(move |_| {
        let now = live.session.now.get();
        live.payment.with(|payment| payment.as_ref().and_then(|payment| window_of(payment, now)))
    });
    move || window.get().map(|window| view! { <Pill live window /> })
}

#[component]
fn Pill(live: LiveOrder, window: Window) -> impl IntoView {
    let class = style_sheet!("src/order/undo_pill.css");
    let now = live.session.now;
    let (until, payment) = (window.until, window.payment.clone());
    let ring = move || format!("{} 100", hundredths(&window, now.get()));
    let why = RwSignal::new(false);
    let why_id = unique_id("why");
    let controls = why_id.clone();
    let deeds = use_deeds(live, |_| {});
    let (name, words) = if live.buying() {
        (t().undo_left_to_buyer(), t().undo_until(&clock(until)))
    } else {
        (t().undo_left_to_seller(), t().undo_final_at(&clock(until)))
    };
    let button = if live.buying() {
        let undo = move |()| deeds.start(Deed::Undo(payment.clone()));
        view! {
            <Button variant=ButtonVariant::Quiet pending=deeds.pending() pending_label=t().undo_pending() on_click=undo>
                {t().undo_button()}
            </Button>
        }
        .into_any()
    } else {
        view! {
            <button
                type="button"
                class="button quiet"
                aria-expanded=move || why.get().to_string()
                aria-controls=controls
                on:click=move |_| why.update(|why| *why = !*why)
            >
                {t().undo_why()}
            </button>
        }
        .into_any()
    };
    let reason = move || {
        let text = t().undo_because(&live.peer_first());
        view! {
            <p id=why_id.clone() class="muted fine center" hidden=move || !why.get()>
                {text}
            </p>
        }
    };
    view! { class=class,
        <div class="undo-pill">
            <div class="pill" role="timer" aria-label=name>
                <svg class="ring" viewBox="0 0 20 20" aria-hidden="true">
                    <circle cx="10" cy="10" r="8" />
                    <circle
                        class="left"
                        cx="10"
                        cy="10"
                        r="8"
                        pathLength="100"
                        stroke-dasharray=ring
                        transform="rotate(-90 10 10)"
                    />
                </svg>
                <span>
                    {words} " · " <b class="num">{move || t().order_left(&left(until, now.get()))}</b>
                </span>
                {button}
            </div>
            {(!live.buying()).then(reason)}
            <WriteProblem problem=deeds.problem() />
        </div>
    }
}

crate::words! {
    undo_left_to_buyer "Time left to undo" "Tempo rimasto per annullare";
    undo_left_to_seller "Time until the payment is final" "Tempo prima che il pagamento sia definitivo";
    undo_until(time) "You can undo until {time}" "Puoi annullare fino alle {time}";
    undo_final_at(time) "Final at {time}" "Definitivo alle {time}";
    undo_button "Undo" "Annulla";
    undo_pending "Undoing…" "Annullo…";
    undo_why "Why?" "Perché?";
    undo_because(peer) "{peer} has 5 minutes to change their mind. Nothing is taken until then; it is final at once when you mark a parcel as shipped." "{peer} ha 5 minuti per ripensarci. Fino ad allora non viene prelevato nulla; diventa subito definitivo se segni un pacco come spedito.";
}
