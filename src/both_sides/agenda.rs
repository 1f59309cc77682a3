//! What happens by itself, and when; and a push for the carrier.

use crate::format::{clock, day, same_day};
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{Session, answer, new_key, use_session};
use crate::ui::{Button, IconName};
use api::client::ApiError;
use api::wire::{AgendaEntry, AgendaItem, MoveCarrier, QueueItem};
use domain::ids::{OrderId, ThreadId};
use domain::order::{Order, TrackingStatus};
use domain::queue::Group;
use domain::timer::Timer;
use leptos::prelude::*;
use stylers::style_sheet;

/// Most entries that are shown.
const SHOWN: usize = 6;

/// Of whom it is told.
#[derive(Clone, Copy)]
pub(super) enum Whose {
    /// Of the two of a thread, once that is known.
    #[cfg_attr(not(feature = "embedded"), allow(dead_code, reason = "only where both sides are in this browser"))]
    Thread(Signal<Option<ThreadId>>),
    /// Of whoever is signed in here.
    Mine,
}

impl Whose {
    /// Whether something in a thread is told of. Follows the thread.
    fn tells_of(self, thread: &ThreadId) -> bool {
        match self {
            Self::Thread(known) => known.with(|known| known.as_ref() == Some(thread)),
            Self::Mine => true,
        }
    }

    /// The parcel that the carrier can be pushed with.
    fn parcel(self, session: Session) -> Signal<Option<OrderId>> {
        match self {
            Self::Thread(thread) => {
                // The state of their thread says it. The panel does without when it cannot be loaded.
                let cell = answer(move || {
                    let thread = thread.get();
                    async move { session.thread(thread.as_ref()?).await.ok() }
                });
                let newest = move |_: Option<&Option<OrderId>>| {
                    let cell = cell.get()??;
                    cell.state.with(|state| newest_under_way(state.orders.values()))
                };
                Memo::new(newest).into()
            }
            Self::Mine => {
                let found = answer(move || {
                    // Asked anew when something happened.
                    let _since = session.inbox.as_of.get();
                    newest_of_all(session)
                });
                Memo::new(move |_| found.get().flatten()).into()
            }
        }
    }

    /// The same, asked for at the moment of the push: one that was shipped just now may not be shown yet.
    async fn newest_now(self, session: Session) -> Option<OrderId> {
        match self {
            Self::Thread(_) => None,
            Self::Mine => newest_of_all(session).await,
        }
    }
}

fn newest_under_way<'a>(orders: impl Iterator<Item = &'a Order>) -> Option<OrderId> {
    let moving = orders.filter(|order| order.delivered_at().is_none() && !order.shipments.is_empty());
    moving.max_by_key(|order| order.placed_at).map(|order| order.id.clone())
}

/// Among what one has bought and sold.
async fn newest_of_all(session: Session) -> Option<OrderId> {
    let client = session.client();
    let pages = [
        client.bought(None).await,
        client.queue(Group::Mine, "", None).await,
        client.queue(Group::Waiting, "", None).await,
    ];
    // What cannot be loaded leaves nothing to push.
    let items = pages.into_iter().flatten().flat_map(|page| page.entries).map(|entry| entry.item);
    let orders = items.filter_map(|item| match item {
        QueueItem::Order { order, .. } => Some(order),
        QueueItem::Request { .. } => None,
    });
    let orders: Vec<Box<Order>> = orders.collect();
    newest_under_way(orders.iter().map(AsRef::as_ref))
}

/// What happens by itself.
#[component]
pub(super) fn AgendaPanel(
    /// Of whom.
    of: Whose,
) -> impl IntoView {
    let class = style_sheet!("src/both_sides/agenda.css");
    let session = use_session();
    let seconds = Memo::new(move |_| session.now.get().as_millis() / 2_000);
    let entries = answer(move || {
        // Read, not only tracked: a memo that nobody reads follows nothing.
        let _now = seconds.get();
        async move { session.client().agenda().await.map(|agenda| agenda.entries).unwrap_or_default() }
    });
    let shown = Memo::new(move |_| {
        let entries = entries.get().unwrap_or_default();
        entries.into_iter().filter(|entry| of.tells_of(&entry.thread)).collect::<Vec<_>>()
    });
    let order = of.parcel(session);
    let push = Action::new_local(move |order: &OrderId| {
        let shown = order.clone();
        async move {
            let client = session.client();
            let order = of.newest_now(session).await.unwrap_or(shown);
            session.commit(client.move_carrier(&new_key(), &MoveCarrier { order })).await?;
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
        AgendaItem::Timer(Timer::ParcelSilent { .. }) => (t().agenda_silent(), t().agenda_silent_then()),
        AgendaItem::Timer(Timer::RefundAgain { .. }) => (t().agenda_refund(), t().agenda_refund_then()),
        AgendaItem::Timer(Timer::CaseWaits { .. }) => (t().agenda_case(), t().agenda_case_then()),
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
        TrackingStatus::Problem => t().line_problem(),
        TrackingStatus::ReadyForPickup => t().line_ready_for_pickup(),
        TrackingStatus::PickedUp => t().line_picked_up(),
        TrackingStatus::Delivered => t().line_delivered(),
        TrackingStatus::DeliveryFailed => t().line_delivery_failed(),
        TrackingStatus::Returning => t().line_returning(),
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
    agenda_silent "No news of the parcel" "Nessuna notizia del pacco";
    agenda_silent_then "Both are told" "Lo sanno entrambi";
    agenda_refund "A refund that failed" "Un rimborso non riuscito";
    agenda_refund_then "It is tried again." "Si riprova.";
    agenda_case "A case waits" "Una segnalazione attende";
    agenda_case_then "Without a word it goes on by itself: to a reviewer, or as it was offered last." "Senza una parola prosegue da sola: a un arbitro, o come proposto per ultimo.";
    agenda_check_window "Time to check ends" "Fine controllo";
    agenda_check_window_then "The seller is paid" "Il venditore viene pagato";
    agenda_carrier "Carrier" "Corriere";
    agenda_scan "Scans the parcel" "Scansiona il pacco";
    agenda_processor "Processor answers" "Il processore risponde";
    agenda_processor_then "About a payment" "Su un pagamento";
}
