//! A settled request is one row, so that what is left to do is the loudest thing.

use super::actions::Acts;
use super::card::Ask;
use super::pictured::Pictured;
use super::summary::{method_name, title};
use crate::format::money;
use crate::i18n::t;
use crate::navigate::{Panel, use_panels};
use crate::ui::{Button, ButtonSize, Chip, ChipTone, IconName};
use api::client::RequestAct;
use domain::ids::OrderId;
use domain::order::{Funds, Order};
use domain::payment::{Payment, PaymentStatus};
use domain::payment_request::RequestStatus;
use domain::thread::Role;
use leptos::prelude::*;
use stylers::style_sheet;

fn picture(ask: Ask) -> impl IntoView {
    let picture = ask.request.with_untracked(|request| request.current().terms.thumb());
    picture.map(|picture| view! { <Pictured thread=ask.cell.id() picture class="thumb" /> })
}

/// What became of the money, for its chip.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Paid,
    Undone,
    Refunded,
    NotTaken,
}

fn outcome(payment: &Payment) -> Outcome {
    match &payment.status {
        PaymentStatus::Voided { .. } => Outcome::Undone,
        PaymentStatus::Failed { .. } => Outcome::NotTaken,
        PaymentStatus::Captured { .. } if payment.refundable().minor <= 0 => Outcome::Refunded,
        PaymentStatus::Captured { .. }
        | PaymentStatus::Processing
        | PaymentStatus::ActionRequired { .. }
        | PaymentStatus::Unknown { .. }
        | PaymentStatus::Authorised { .. }
        | PaymentStatus::Capturing { .. } => Outcome::Paid,
    }
}

/// What the row of a paid request says, for one side.
#[derive(Clone, PartialEq)]
struct Paid {
    order: OrderId,
    amount: String,
    beneath: String,
    outcome: Outcome,
}

/// Where the money is, for the seller. What is not in yet, or disputed, is held by nobody here.
fn funds_word(order: &Order, payment: &Payment) -> &'static str {
    if payment.open_dispute().is_some() {
        return t().ask_disputed();
    }
    if payment.pending().is_some() {
        return t().ask_pending();
    }
    match order.funds {
        Funds::None | Funds::Held => t().ask_held(),
        Funds::Frozen => t().ask_frozen(),
        Funds::Releasable { .. } => t().ask_releasable(),
        Funds::Released { .. } => t().ask_released(),
        Funds::Reversed => t().ask_reversed(),
    }
}

fn paid(ask: Ask) -> Option<Paid> {
    let accepted = ask.request.with(|request| match &request.status {
        RequestStatus::Accepted { payment, order } => Some((payment.clone(), order.clone())),
        RequestStatus::Sent
        | RequestStatus::Countered { .. }
        | RequestStatus::Declined
        | RequestStatus::Withdrawn
        | RequestStatus::Expired => None,
    });
    let (payment, order) = accepted?;
    ask.cell.state.with(|state| {
        let payment = state.payments.get(&payment)?;
        let beneath = match ask.cell.role {
            Role::Buyer => method_name(&payment.method),
            Role::Seller => {
                state.orders.get(&order).map(|order| funds_word(order, payment)).unwrap_or_default().to_owned()
            }
        };
        Some(Paid { order, amount: money(payment.amount), beneath, outcome: outcome(payment) })
    })
}

/// A paid request: amount, what it was paid with or where the money is, and the way to its order.
#[component]
pub(super) fn PaidRow(
    /// The request.
    ask: Ask,
) -> impl IntoView {
    let class = style_sheet!("src/payment_request/folded.css");
    let panels = use_panels();
    let paid = Memo::new(move |_| paid(ask));
    let open = move |_| {
        if let Some(paid) = paid.get_untracked() {
            panels.open(&Panel::Order(paid.order));
        }
    };
    let chip = move || {
        let (tone, icon, word) = match paid.with(|paid| paid.as_ref().map_or(Outcome::Paid, |paid| paid.outcome)) {
            Outcome::Paid => (ChipTone::Good, IconName::Check, t().ask_paid()),
            Outcome::Undone => (ChipTone::Plain, IconName::Undo, t().ask_undone()),
            Outcome::Refunded => (ChipTone::Plain, IconName::Undo, t().ask_refunded()),
            Outcome::NotTaken => (ChipTone::Warn, IconName::Warning, t().ask_not_taken()),
        };
        view! { <Chip tone=tone icon=icon>{word}</Chip> }
    };
    let amount = move || paid.with(|paid| paid.as_ref().map(|paid| paid.amount.clone()));
    let beneath = move || paid.with(|paid| paid.as_ref().map(|paid| paid.beneath.clone()));
    view! { class=class,
        <article class="folded-request" aria-label=move || ask.label()>
            <button type="button" on:click=open>
                {picture(ask)}
                <span class="words">
                    <b class="num">{amount}</b>
                    <span class="muted fine">{beneath}</span>
                    <span class="sr-only">" "{t().ask_open_order()}</span>
                </span>
                {chip}
            </button>
        </article>
    }
}

/// A request that was declined, withdrawn or expired, and the way to send it again.
#[component]
pub(super) fn ClosedRow(
    /// The request.
    ask: Ask,
) -> impl IntoView {
    let class = style_sheet!("src/payment_request/folded.css");
    let acts = Acts::on(ask);
    let repeated = Memo::new(move |_| {
        let is_repeat = |id: &domain::ids::PaymentRequestId| {
            ask.cell.state.with(|state| state.requests.values().any(|other| other.repeats.as_ref() == Some(id)))
        };
        ask.id.with_value(is_repeat)
    });
    let again = move || {
        (ask.cell.role == Role::Seller).then(|| match repeated.get() {
            true => view! { <p class="hint">{t().ask_sent_again()}</p> }.into_any(),
            false => view! {
                <Button size=ButtonSize::Small pending=acts.pending() on_click=acts.does(RequestAct::SendAgain)>
                    {t().ask_send_again()}
                </Button>
            }
            .into_any(),
        })
    };
    let state = move || {
        ask.request.with(|request| match request.status {
            RequestStatus::Declined => t().request_declined(),
            RequestStatus::Withdrawn => t().request_withdrawn(),
            RequestStatus::Expired => t().request_expired(),
            RequestStatus::Sent | RequestStatus::Countered { .. } | RequestStatus::Accepted { .. } => "",
        })
    };
    view! { class=class,
        <article class="folded-request" aria-label=move || ask.label()>
            <div class="line">
                {picture(ask)}
                <span class="words">
                    <span dir="auto">{move || ask.request.with(|request| title(&request.current().terms))}</span>
                    <span class="muted fine num">{move || money(ask.amount())}</span>
                </span>
                <Chip>{state}</Chip>
            </div>
            {again}
            {acts.problem()}
        </article>
    }
}
