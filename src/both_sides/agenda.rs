//! What happens by itself, and when; and a push for the carrier.

use crate::format::{clock, day, same_day};
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{answer, new_key, use_session};
use crate::ui::{Button, IconName};
use api::client::ApiError;
use api::wire::{AgendaEntry, AgendaItem, MoveCarrier};
use domain::ids::{OrderId, ThreadId};
use domain::order::TrackingStatus;
use domain::timer::Timer;
use leptos::prelude::*;
use stylers::style_sheet;

/// Most entries that are shown.
const SHOWN: usize = 6;

/// What happens by itself in the thread of the two.
#[component]
pub(super) fn AgendaPanel(
    /// Their thread, once it is known.
    thread: Signal<Option<ThreadId>>,
) -> impl IntoView {
    let class = style_sheet!("src/both_sides/agenda.css");
    let session = use_session();
    let seconds = Memo::new(move |_| session.now.get().as_millis() / 2_000);
    let entries = answer(move || {
        // Read, not only tracked: a memo that nobody reads follows nothing.
        let _now = seconds.get();
        let thread = thread.get();
        async move {
            let entries = session.client().agenda().await.map(|agenda| agenda.entries).unwrap_or_default();
            entries.into_iter().filter(|entry| Some(&entry.thread) == thread.as_ref()).collect::<Vec<_>>()
        }
    });
    let shown = Memo::new(move |_| entries.get().unwrap_or_default());
    // The state of their thread says which parcel can be pushed. The panel does without when it cannot be loaded.
    let cell = answer(move || {
        let thread = thread.get();
        async move { session.thread(thread.as_ref()?).await.ok() }
    });
    let order = Memo::new(move |_| {
        let cell = cell.get()??;
        cell.state.with(|state| {
            let moving = state.orders.values().filter(|order| order.delivered_at().is_none());
            moving
                .filter(|order| !order.shipments.is_empty())
                .max_by_key(|order| order.placed_at)
                .map(|order| order.id.clone())
        })
    });
    let push = Action::new_local(move |order: &OrderId| {
        let body = MoveCarrier { order: order.clone() };
        async move {
            let client = session.client();
            session.commit(client.move_carrier(&new_key(), &body)).await?;
            Ok::<_, ApiError>(())
        }
    });
    let problem = move || match &*push.value().read() {
        Some(Err(error)) => Some(sentence(error)),
        Some(Ok(())) | None => None,
    };
    let line = move |entry: AgendaEntry| {
        let now = session.now_untracked();
        let (what, then) = describe(&entry.what);
        let when = if same_day(entry.at, now) {
            t().today_at(&clock(entry.at))
        } else {
            format!("{}, {}", day(entry.at), clock(entry.at))
        };
        view! { class=class,
            <li>
                <time>{when}</time>
                <div><b>{what}</b><p class="muted fine">{then}</p></div>
            </li>
        }
    };
    let list = move || {
        let entries = shown.get();
        if entries.is_empty() {
            view! { <p class="muted">{t().agenda_nothing()}</p> }.into_any()
        } else {
            view! { class=class, <ol>{entries.into_iter().take(SHOWN).map(line).collect_view()}</ol> }.into_any()
        }
    };
    view! { class=class,
        <section class="agenda">
            <h2>{t().agenda_title()}</h2>
            {list}
            <Button
                icon=IconName::Truck
                pending=push.pending()
                disabled=Signal::derive(move || order.read().is_none())
                on_click=Callback::new(move |()| {
                    if let Some(order) = order.get_untracked() {
                        push.dispatch(order);
                    }
                })
            >
                {t().agenda_push()}
            </Button>
            <p class="error" role="alert">{problem}</p>
        </section>
    }
}

fn describe(item: &AgendaItem) -> (&'static str, &'static str) {
    match item {
        AgendaItem::Timer(Timer::RequestExpires { .. }) => (t().agenda_expires(), t().agenda_expires_then()),
        AgendaItem::Timer(Timer::CounterLapses { .. }) => (t().agenda_lapses(), t().agenda_lapses_then()),
        AgendaItem::Timer(Timer::ActionExpires { .. }) => (t().agenda_check_ends(), t().agenda_check_ends_then()),
        AgendaItem::Timer(Timer::UndoEnds { .. }) => (t().agenda_undo_ends(), t().agenda_undo_ends_then()),
        AgendaItem::Timer(Timer::ShipBy { .. }) => (t().agenda_ship_by(), t().agenda_ship_by_then()),
        AgendaItem::Timer(Timer::CheckWindowEnds { .. }) => (t().agenda_check_window(), t().agenda_check_window_then()),
        AgendaItem::Scan(status) => (t().agenda_carrier(), said(*status)),
        AgendaItem::Processor => (t().agenda_processor(), t().agenda_processor_then()),
    }
}

/// What the carrier is about to say.
fn said(status: TrackingStatus) -> &'static str {
    match status {
        TrackingStatus::LabelCreated | TrackingStatus::Accepted | TrackingStatus::InTransit => t().agenda_scan(),
        TrackingStatus::Delayed => t().line_delayed(),
        TrackingStatus::OutForDelivery => t().line_out_for_delivery(),
        TrackingStatus::Attempted => t().line_attempted(),
        TrackingStatus::ReadyForPickup => t().line_ready_for_pickup(),
        TrackingStatus::PickedUp => t().line_picked_up(),
        TrackingStatus::Delivered => t().line_delivered(),
        TrackingStatus::DeliveryFailed => t().line_delivery_failed(),
        TrackingStatus::Returned => t().line_returned(),
    }
}

crate::words! {
    agenda_title "What happens by itself" "Che cosa succede da sé";
    agenda_nothing "Nothing is due." "Niente in scadenza.";
    agenda_push "Make the carrier move" "Fai muovere il corriere";
    agenda_expires "Request expires" "La richiesta scade";
    agenda_expires_then "Then it can be sent again" "Poi si può inviare di nuovo";
    agenda_lapses "Offer lapses" "L’offerta decade";
    agenda_lapses_then "The request stays as it was" "La richiesta resta com’era";
    agenda_check_ends "Payment check ends" "Fine verifica pagamento";
    agenda_check_ends_then "Nothing is charged" "Nessun addebito";
    agenda_undo_ends "Undo ends" "Fine annullamento";
    agenda_undo_ends_then "The money is captured and held" "Il denaro viene incassato e trattenuto";
    agenda_ship_by "Ship-by date" "Termine di spedizione";
    agenda_ship_by_then "Not shipped: the buyer is refunded" "Non spedito: rimborso all’acquirente";
    agenda_check_window "Time to check ends" "Fine controllo";
    agenda_check_window_then "The seller is paid" "Il venditore viene pagato";
    agenda_carrier "Carrier" "Corriere";
    agenda_scan "Scans the parcel" "Scansiona il pacco";
    agenda_processor "Processor answers" "Il processore risponde";
    agenda_processor_then "About a payment" "Su un pagamento";
}
