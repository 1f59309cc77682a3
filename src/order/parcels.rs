//! The parcels of an order: which one is looked at, who carries it, and what went wrong with it.

use super::live::LiveOrder;
use super::timeline::shipment;
use super::words::{packed_name, scan};
use crate::format::{day, exact_deadline};
use crate::i18n::t;
use crate::ui::{Button, ButtonSize, Icon, IconName, IconSize};
use domain::carrier::Carrier;
use domain::order::{Order, Shipment, TrackingStatus};
use domain::terms::Delivery;
use domain::time::Timestamp;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, KeyboardEvent};
use stylers::style_sheet;

/// What a tab says of its parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ParcelTab {
    title: String,
    state: String,
    received: bool,
    picture: Option<String>,
}

fn tab_of(order: &Order, parcel: &Shipment) -> ParcelTab {
    let names: Vec<String> = parcel.contents.iter().map(|packed| packed_name(order, *packed)).collect();
    let items = parcel.contents.iter().filter_map(|packed| order.terms.items().get(packed.line));
    let picture = items.into_iter().find_map(|item| item.picture.as_ref()).map(ToString::to_string);
    let received = parcel.received_at();
    let state = match (received, parcel.status()) {
        (Some(at), _) => format!("{} {}", t().order_step_delivered(), day(at)),
        (None, Some(status)) => scan(status).to_owned(),
        (None, None) => t().order_step_shipped().to_owned(),
    };
    ParcelTab { title: names.join(", "), state, received: received.is_some(), picture }
}

/// The parcels as tabs; nothing when there is at most one.
#[component]
pub(super) fn ParcelTabs(
    /// Of which order.
    live: LiveOrder,
    /// The one that is looked at, from 0.
    selected: RwSignal<usize>,
    /// The id of the panel they fill.
    panel: &'static str,
) -> impl IntoView {
    let class = style_sheet!("src/order/parcels.css");
    let list = NodeRef::<Div>::new();
    let tabs =
        Memo::new(move |_| live.read(|order| order.shipments.iter().map(|it| tab_of(order, it)).collect::<Vec<_>>()));
    let choose = move |index: usize| {
        selected.set(index);
        let tab = list.get_untracked().and_then(|list| list.children().item(u32::try_from(index).ok()?));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
            // A tab that has gone does not take the focus.
            let _focused = tab.focus();
        }
    };
    let keydown = move |event: KeyboardEvent| {
        let (count, current) = (tabs.read_untracked().len(), selected.get_untracked());
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (current + 1) % count,
            "ArrowLeft" | "ArrowUp" => (current + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _other_keys => return,
        };
        event.prevent_default();
        choose(next);
    };
    let tab = move |(index, tab): (usize, ParcelTab)| {
        let is_selected = move || selected.get() == index;
        view! {
            <button
                type="button"
                role="tab"
                id=format!("parcel-{index}")
                aria-controls=panel
                aria-selected=move || is_selected().to_string()
                tabindex=move || if is_selected() { "0" } else { "-1" }
                on:click=move |_| selected.set(index)
            >
                {tab.picture.map(|picture| view! { <img class="thumb s40" src=picture alt="" loading="lazy" /> })}
                <span>
                    <b>{tab.title}</b>
                    <span class="fine" data-received=tab.received.then_some("")>
                        {tab.state}
                    </span>
                </span>
            </button>
        }
    };
    let several = Memo::new(move |_| tabs.read().len() > 1);
    move || {
        several.get().then(|| {
            view! { class=class,
                <div
                    class="order-parcels"
                    role="tablist"
                    aria-label=t().order_parcels()
                    node_ref=list
                    on:keydown=keydown
                >
                    {move || tabs.get().into_iter().enumerate().map(tab).collect_view()}
                </div>
            }
        })
    }
}

/// Who carries the parcel, its number, and what is out of the ordinary.
#[component]
pub(super) fn CarrierBar(
    /// Of which order.
    live: LiveOrder,
    /// Which parcel, from 0; none when there is none.
    #[prop(into)]
    parcel: Signal<Option<usize>>,
) -> impl IntoView {
    let class = style_sheet!("src/order/carrier_bar.css");
    let shown = Memo::new(move |_| live.read(|order| shipment(order, parcel.get()).cloned()));
    // Changes with what is said, not with every second.
    let exception = Memo::new(move |_| exception(live, shown.read().as_ref()?, live.session.now.get()));
    let exception = move || {
        exception.get().map(|(tone, words)| {
            view! {
                <div class=tone role="status">
                    <Icon name=IconName::Warning size=IconSize::Small />
                    <p>{words}</p>
                </div>
            }
        })
    };
    let is_fetched = Memo::new(move |_| live.read(|order| Some(order.pickup().is_some())).unwrap_or_default());
    let bar = move || {
        shown.get().filter(|_| !is_fetched.get()).map(|parcel| match parcel.tracking {
            None => {
                let words =
                    if live.buying() { t().order_brings(&live.peer_first()) } else { t().order_you_bring().into() };
                view! { <p><b>{words}</b></p> }.into_any()
            }
            Some(number) => {
                let way = live.read(|order| match order.delivery() {
                    Delivery::Parcel { name, .. } => Some(name.to_string()),
                    Delivery::Digital | Delivery::Pickup { .. } => None,
                });
                let name = [parcel.carrier.to_string()].into_iter().chain(way).collect::<Vec<_>>().join(" · ");
                let site = parcel.carrier.tracking_url(&number).map(|url| {
                    view! {
                        <a class="button small" href=url target="_blank" rel="noopener noreferrer">
                            {t().order_carrier_site(parcel.carrier.name())}
                        </a>
                    }
                });
                let grouped = number.grouped();
                let copy = move |()| copy(live, number.as_str());
                view! {
                    <div>
                        <p>
                            <b>{name}</b>
                        </p>
                        <p class="muted fine num">
                            <bdi>{grouped}</bdi>
                        </p>
                    </div>
                    <Button size=ButtonSize::Small on_click=copy>
                        {t().order_copy()}
                    </Button>
                    {site}
                }
                .into_any()
            }
        })
    };
    view! { class=class,
        <div class="carrier-bar">
            {exception} <div class="carrier">{bar}</div>
        </div>
    }
}

fn copy(live: LiveOrder, number: &str) {
    let copied = window().navigator().clipboard().write_text(number);
    leptos::task::spawn_local(async move {
        let copied = wasm_bindgen_futures::JsFuture::from(copied).await;
        live.session.toast(if copied.is_ok() { t().order_copied() } else { t().order_not_copied() });
    });
}

/// What is out of the ordinary with a parcel.
fn exception(live: LiveOrder, parcel: &Shipment, now: Timestamp) -> Option<(&'static str, String)> {
    let by = parcel.expected_at.map(|at| exact_deadline(at, now));
    if let Some(by) = by.as_ref().filter(|_| parcel.is_late(now)) {
        let words = if live.buying() { t().order_late(by, &live.peer_first()) } else { t().order_late_seller(by) };
        return Some(("notice", words));
    }
    if let Some(since) = parcel.silent_since {
        let since = t().no_news_since(&day(since));
        let then = if live.buying() { t().late_ask(&live.peer_first()) } else { t().ask_the_carrier().to_owned() };
        return Some(("notice", format!("{since}. {then}")));
    }
    Some(match parcel.status()? {
        TrackingStatus::Delayed => {
            ("notice", by.map_or_else(|| t().order_delayed().to_owned(), |by| t().order_delayed_until(&by)))
        }
        TrackingStatus::Attempted => {
            ("notice", by.map_or_else(|| t().order_attempted().to_owned(), |by| t().order_attempted_again(&by)))
        }
        TrackingStatus::Problem => ("notice", t().order_problem().to_owned()),
        TrackingStatus::ReadyForPickup if parcel.carrier == Carrier::Pickup => return None,
        TrackingStatus::ReadyForPickup => ("notice plain", t().order_ready_for_pickup().to_owned()),
        TrackingStatus::DeliveryFailed if live.buying() => ("notice bad", t().order_lost(&live.peer_first())),
        TrackingStatus::Returning if live.buying() => ("notice bad", t().order_returning(&live.peer_first())),
        TrackingStatus::Returning => ("notice bad", t().order_returning_seller().to_owned()),
        TrackingStatus::Returned if live.buying() => ("notice bad", t().order_returned(&live.peer_first())),
        TrackingStatus::DeliveryFailed => ("notice bad", t().order_lost_seller().to_owned()),
        TrackingStatus::Returned => ("notice bad", t().order_returned_seller().to_owned()),
        TrackingStatus::LabelCreated
        | TrackingStatus::Accepted
        | TrackingStatus::InTransit
        | TrackingStatus::OutForDelivery
        | TrackingStatus::PickedUp
        | TrackingStatus::Delivered => return None,
    })
}

crate::words! {
    order_parcels "Parcels" "Pacchi";
    order_brings(peer) "{peer} brings it" "Lo porta {peer}";
    order_you_bring "You bring it yourself" "Lo porti tu";
    order_copy "Copy" "Copia";
    order_copied "Tracking number copied" "Numero di tracciamento copiato";
    order_not_copied "The browser did not allow copying" "Il browser non ha permesso di copiare";
    order_carrier_site(carrier) "{carrier} site" "Sito {carrier}";
    order_delayed "The carrier says that it will be late." "Il corriere dice che arriverà in ritardo.";
    order_delayed_until(by) "The carrier says that it will be late: by {by}." "Il corriere dice che arriverà in ritardo: entro {by}.";
    order_late(by, peer) "It should have come by {by}. Ask {peer}, or get help." "Doveva arrivare entro {by}. Chiedi a {peer} o chiedi assistenza.";
    order_late_seller(by) "It should have arrived by {by}. Ask the carrier where it is." "Doveva arrivare entro {by}. Chiedi al corriere dov’è.";
    order_attempted_again(by) "The carrier came and found nobody. It comes again by {by}." "Il corriere è passato e non ha trovato nessuno. Ripassa entro {by}.";
    order_attempted "The carrier came and found nobody. It comes again." "Il corriere è passato e non ha trovato nessuno. Ripassa.";
    order_ready_for_pickup "It waits to be picked up. Bring an identity document." "Aspetta di essere ritirato. Porta un documento.";
    order_lost(peer) "It will not come: the carrier lost it or could not deliver it. {peer} sends it again, or the money goes back." "Non arriverà: il corriere l’ha perso o non è riuscito a consegnarlo. {peer} lo rispedisce, o il denaro torna indietro.";
    order_problem "The carrier reports a problem and does not say which. Its own page may." "Il corriere segnala un problema e non dice quale. La sua pagina può dirlo.";
    order_returning(peer) "It is on its way back to {peer}, who sends it again, or the money goes back." "Sta tornando da {peer}, che lo rispedisce, o il denaro torna indietro.";
    order_returning_seller "It is on its way back to you. Send it again, or the money goes back." "Sta tornando da te. Rispediscilo, o il denaro torna indietro.";
    order_returned(peer) "It is back with {peer}, who sends it again, or the money goes back." "È tornato da {peer}, che lo rispedisce, o il denaro torna indietro.";
    order_lost_seller "It will not come: the carrier lost it or could not deliver it. Send it again, or the money goes back." "Non arriverà: il corriere l’ha perso o non è riuscito a consegnarlo. Rispediscilo, o il denaro torna indietro.";
    order_returned_seller "It came back to you. Send it again, or the money goes back." "È tornato da te. Rispediscilo, o il denaro torna indietro.";
}
