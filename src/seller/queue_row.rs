//! One row of the queue.

use super::rows::QueueRow;
use crate::format::{left, money};
use crate::headline::{Line, short};
use crate::i18n::t;
use crate::navigate::{Panel, panel_path, thread_path, use_panels};
use crate::payment_request::Pictured;
use crate::store::use_session;
use crate::ui::{Button, ButtonSize};
use domain::headline::{About, HeadlineState};
use domain::ids::OrderId;
use domain::queue::Group;
use domain::thread::Role;
use domain::time::Span;
use leptos::prelude::*;
use stylers::style_sheet;

/// Under this much time a row says that it is late.
const URGENT: Span = Span::hours(24);

/// Opens what a row is about: an order beside the queue, a request in its conversation.
pub(super) fn open(panels: crate::navigate::Panels, row: &QueueRow, beside: bool) {
    match &row.headline.about {
        About::Request(_) => panels.go(&thread_path(&row.thread)),
        // One step back always leads to the queue, however many orders were looked at.
        About::Order(id) if beside => panels.replace(&Panel::Order(id.clone())),
        About::Order(id) => panels.open(&Panel::Order(id.clone())),
    }
}

/// The thing to do with a row, when there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Ship,
    Help,
    Answer,
    Pay,
    Confirm,
    MakeReady,
}

fn deed(row: &QueueRow) -> Option<Deed> {
    if row.can_ship {
        return Some(Deed::Ship);
    }
    if row.group() != Group::Mine {
        return None;
    }
    Some(match row.headline.state {
        HeadlineState::CaseOpen
        | HeadlineState::CaseReview
        | HeadlineState::ToSendBack
        | HeadlineState::ComingBack
        | HeadlineState::Disputed => Deed::Help,
        HeadlineState::ToAnswer | HeadlineState::ExtensionAsked => Deed::Answer,
        HeadlineState::ToPay | HeadlineState::ActionRequired => Deed::Pay,
        HeadlineState::ToCheck | HeadlineState::ToFetch => Deed::Confirm,
        HeadlineState::ToMakeReady => Deed::MakeReady,
        HeadlineState::Paying
        | HeadlineState::PaymentPending
        | HeadlineState::CheckingPayment
        | HeadlineState::Declined
        | HeadlineState::Withdrawn
        | HeadlineState::Expired
        | HeadlineState::ToShip
        | HeadlineState::Preparing
        | HeadlineState::RestToShip
        | HeadlineState::OnItsWay
        | HeadlineState::NoNews { .. }
        | HeadlineState::Delayed
        | HeadlineState::Attempted
        | HeadlineState::ReadyForPickup
        | HeadlineState::OutForDelivery
        | HeadlineState::Lost
        | HeadlineState::PayingOut
        | HeadlineState::Done
        | HeadlineState::Cancelled { .. }
        | HeadlineState::Refunding
        | HeadlineState::Refunded => return None,
    })
}

/// One row: whose, what, what happens next and by when, how much, and the thing to do.
#[component]
pub(super) fn QueueRowView(
    /// The row, live.
    row: Memo<Option<QueueRow>>,
    /// The orders that are selected.
    selected: RwSignal<Vec<OrderId>>,
    /// The order that is looked at.
    #[prop(into)]
    current: Signal<Option<OrderId>>,
) -> impl IntoView {
    let class = style_sheet!("src/seller/queue_row.css");
    let session = use_session();
    let panels = use_panels();
    let with = move |read: fn(&QueueRow) -> String| row.with(|row| row.as_ref().map(read).unwrap_or_default());
    let peer = Memo::new(move |_| with(|row| row.peer.clone()));
    let line = Memo::new(move |_| {
        let now = session.now.get();
        row.with(|row| row.as_ref().map(|row| short(&row.headline, row.role, &peer.read(), now)))
    });
    let order = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.order().cloned())));
    let selectable = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.can_ship)));
    let is_current = move || order.get().is_some_and(|order| current.get() == Some(order));
    let deed = Memo::new(move |_| row.with(|row| row.as_ref().and_then(deed)));
    let check = move || {
        selectable.get().then(|| {
            let label = move || t().queue_select(&peer.get());
            let checked = move || order.get().is_some_and(|order| selected.read().contains(&order));
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        aria-label=label
                        prop:checked=checked
                        on:change=move |_| toggle(selected, order.get_untracked())
                    />
                </label>
            }
        })
    };
    let picture = move || {
        let shown = row.with(|row| row.as_ref().and_then(|row| Some((row.thread.clone(), row.picture.clone()?))));
        shown.map(|(thread, picture)| view! { <Pictured thread picture /> })
    };
    let remaining = move || {
        let (by, now) = (row.with(|row| row.as_ref().and_then(|row| row.headline.by))?, session.now.get());
        (now < by).then(|| (left(by, now), by.since(now) < URGENT))
    };
    let then = move || {
        let then = line.get().and_then(|line| line.then);
        let group = row.with(|row| row.as_ref().map(QueueRow::group));
        let remaining = (group != Some(Group::Done)).then(remaining).flatten();
        let urgent = group == Some(Group::Mine) && remaining.as_ref().is_some_and(|(_, urgent)| *urgent);
        let words = remaining.map(|(left, _)| t().order_left(&left)).into_iter().chain(then);
        view! {
            <span class="fine" data-urgent=urgent.then_some("")>
                {words.collect::<Vec<_>>().join(" · ")}
            </span>
        }
    };
    let open_row = move |_| {
        if let Some(row) = row.get_untracked() {
            open(panels, &row, current.get_untracked().is_some());
        }
    };
    let act = move || {
        deed.get().map(|deed| {
            let run = move |()| {
                if let Some(row) = row.get_untracked() {
                    run(panels, deed, &row);
                }
            };
            view! {
                <Button size=ButtonSize::Small on_click=run>
                    {words(deed)}
                    <span class="sr-only">{move || format!(" {}", with(|row| row.title.clone()))}</span>
                </Button>
            }
        })
    };
    view! { class=class,
        <li class="queue-row" aria-current=move || is_current().then_some("true")>
            <span class="select">{check}</span>
            <button type="button" class="open" data-row=move || with(|row| row.key().to_owned()) on:click=open_row>
                <span class="picture">{picture}</span>
                <span class="who">
                    <b>{move || peer.get()}</b>
                    <span class="fine">{move || with(|row| format!("{} · {}", row.title, row.items))}</span>
                </span>
                <span class="what">
                    <span data-mine=move || line.get().is_some_and(|line| line.mine).then_some("")>
                        {move || line.get().map(|line| headline(&line))}
                    </span>
                    {then}
                </span>
                <bdi class="num">{move || with(|row| money(row.amount))}</bdi>
            </button>
            <span class="deed">{act}</span>
        </li>
    }
}

/// Selects an order, or no longer.
pub(super) fn toggle(selected: RwSignal<Vec<OrderId>>, order: Option<OrderId>) {
    if let Some(order) = order {
        selected.update(|selected| match selected.iter().position(|known| *known == order) {
            Some(at) => drop(selected.remove(at)),
            None => selected.push(order),
        });
    }
}

/// One's own turn is said by the tab, so the sentence begins with what is to be done.
fn headline(line: &Line) -> String {
    let text = match (&line.turn, line.mine) {
        (Some(turn), false) => format!("{turn} {}", line.text),
        (Some(_), true) | (None, _) => line.text.clone(),
    };
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn words(deed: Deed) -> &'static str {
    match deed {
        Deed::Ship => t().order_mark_shipped(),
        Deed::Help => t().queue_open_case(),
        Deed::Answer => t().queue_answer(),
        Deed::Pay => t().queue_pay(),
        Deed::Confirm => t().order_everything_ok(),
        Deed::MakeReady => t().order_make_ready(),
    }
}

fn run(panels: crate::navigate::Panels, deed: Deed, row: &QueueRow) {
    match (deed, &row.headline.about) {
        (Deed::Ship, About::Order(id)) => panels.open(&Panel::Ship(id.clone())),
        (Deed::Help, About::Order(id)) => panels.open(&Panel::Help(id.clone())),
        (Deed::Answer | Deed::Confirm | Deed::MakeReady, About::Order(id)) => panels.open(&Panel::Order(id.clone())),
        (Deed::Pay, About::Request(id)) if row.role == Role::Buyer => {
            panels.go(&panel_path(&row.thread, &Panel::Checkout(id.clone())));
        }
        (_, About::Request(_)) | (Deed::Pay, About::Order(_)) => panels.go(&thread_path(&row.thread)),
    }
}

crate::words! {
    queue_select(peer) "Select the order of {peer}" "Seleziona l’ordine di {peer}";
    queue_open_case "Open case" "Apri segnalazione";
    queue_answer "Answer" "Rispondi";
    queue_pay "Pay" "Paga";
}
