//! Orders across conversations: for a business the queue, for a buyer what is bought.

use super::bulk_ship::BulkShipSheet;
use super::funds_strip::FundsStrip;
use super::queue::Queue;
use super::queue_row::peer_of;
use super::rows::{Group, QueueRow, rows_of, sort};
use super::threads::{LoadedThreads, use_loaded_threads};
use crate::damage::Trouble;
use crate::help::{HelpSheet, RefundSheet};
use crate::i18n::t;
use crate::navigate::{Panel, thread_path, use_panel, use_panels};
use crate::order::{OrderPage, PackingSlip, ReceiptSheet, ShipSheet};
use crate::store::{ThreadCell, use_session};
use crate::ui::{Button, ButtonVariant, ChipTone, Icon, IconName, IconSize, Skeleton, Tab, Tabs};
use domain::ids::OrderId;
use leptos::prelude::*;
use stylers::style_sheet;

/// The id of what the tabs fill.
const PANEL: &str = "orders-list";
/// The tabs of the queue.
const TABS: [(Group, &str); 3] = [(Group::Mine, "mine"), (Group::Waiting, "waiting"), (Group::Done, "done")];

/// The order that a panel of this page is about.
fn order_of(panel: &Panel) -> Option<&OrderId> {
    match panel {
        Panel::Order(id) | Panel::Ship(id) | Panel::Help(id) | Panel::Refund(id) | Panel::Receipt(id) => Some(id),
        Panel::Checkout(_)
        | Panel::Counter(_)
        | Panel::NewRequest
        | Panel::Revise(_)
        | Panel::Catalogue
        | Panel::About
        | Panel::Search => None,
    }
}

/// Orders across conversations. For a business: funds, what waits for it by deadline, and many parcels at once. For a
/// buyer: whose turn it is, what is on its way, and what is done.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let class = style_sheet!("src/seller/orders_page.css");
    let session = use_session();
    let threads = use_loaded_threads(session);
    let needle = RwSignal::new(String::new());
    let selected = RwSignal::new(Vec::<OrderId>::new());
    let panel = use_panel();
    let current = Memo::new(move |_| panel.with(|panel| panel.as_ref().and_then(order_of).cloned()));
    let all = Memo::new(move |_| {
        let mut rows: Vec<QueueRow> = Vec::new();
        for cell in threads.cells.read().iter() {
            cell.state.with(|thread| rows.extend(rows_of(thread, cell.role)));
        }
        sort(&mut rows);
        rows
    });
    let found = Memo::new(move |_| {
        let needle = needle.read().trim().to_lowercase();
        let is_about = |row: &&QueueRow| needle.is_empty() || row.is_about(&peer_of(session, row), &needle);
        all.read().iter().filter(is_about).cloned().collect::<Vec<_>>()
    });
    let list = if session.is_business() {
        view! { <SellerList threads found selected current /> }.into_any()
    } else {
        view! { <BuyerList found selected current /> }.into_any()
    };
    let failed = move || {
        threads.problem.get().map(|error| {
            view! {
                <Trouble error damaged=t().queue_damaged()>
                    <button type="button" class="link" on:click=move |_| threads.retry()>
                        {t().queue_retry()}
                    </button>
                </Trouble>
            }
        })
    };
    let waiting = move || {
        let count = if all.read().is_empty() { 6 } else { 1 };
        (!threads.loaded.get() && threads.problem.with(Option::is_none))
            .then(|| view! { <Skeleton label=t().queue_loading() count /> })
    };
    let empty = move || {
        (threads.loaded.get() && found.read().is_empty()).then(|| {
            let searching = !needle.read().trim().is_empty();
            let words = match (searching, session.is_business()) {
                (true, _) => t().queue_not_found(),
                (false, true) => t().queue_empty_seller(),
                (false, false) => t().queue_empty_buyer(),
            };
            view! { <p class="empty muted center">{words}</p> }
        })
    };
    view! { class=class,
        <div class="orders-page">
            <section class="list" aria-labelledby="orders-title">
                <div class="top">
                    <h1 id="orders-title">{t().queue_title()}</h1>
                    <label class="search">
                        <Icon name=IconName::Search size=IconSize::Small />
                        <span class="sr-only">{t().queue_search()}</span>
                        <input
                            type="search"
                            name="orders"
                            autocomplete="off"
                            placeholder=t().queue_search_hint()
                            prop:value=move || needle.get()
                            on:input=move |event| needle.set(event_target_value(&event))
                        />
                    </label>
                    {session.is_business().then(|| view! { <Bulk threads selected all /> })}
                </div>
                {failed}
                {list}
                {waiting}
                <div role="status">{empty}</div>
                {session.is_business().then(keys)}
            </section>
            <Details threads current />
            <Sheets threads />
        </div>
    }
}

/// The cell and order with an id, once its thread is loaded.
fn find(threads: LoadedThreads, order: &OrderId) -> Option<(ThreadCell, OrderId)> {
    let cells = threads.cells.read();
    let cell = cells.iter().find(|cell| cell.state.with_untracked(|thread| thread.orders.contains_key(order)))?;
    Some((*cell, order.clone()))
}

/// What is done with the selected orders.
#[component]
fn Bulk(threads: LoadedThreads, selected: RwSignal<Vec<OrderId>>, all: Memo<Vec<QueueRow>>) -> impl IntoView {
    let panels = use_panels();
    let (shipping, printing) = (RwSignal::new(false), RwSignal::new(false));
    // What was shipped meanwhile is no longer meant.
    let meant = Memo::new(move |_| {
        let rows = all.read();
        let can_ship = |order: &&OrderId| rows.iter().any(|row| row.can_ship && row.order() == Some(*order));
        selected.read().iter().filter(can_ship).cloned().collect::<Vec<_>>()
    });
    let none = Signal::derive(move || meant.read().is_empty());
    let orders = move || meant.get_untracked().iter().filter_map(|order| find(threads, order)).collect::<Vec<_>>();
    let ship = move |()| match meant.get_untracked().as_slice() {
        [only] => panels.open(&Panel::Ship(only.clone())),
        _several => shipping.set(true),
    };
    let count = move || match meant.read().len() {
        0 => t().order_mark_shipped().to_owned(),
        count => t().queue_mark_shipped(&count.to_string()),
    };
    let sheet = move || {
        let close = move |()| {
            shipping.set(false);
            selected.set(Vec::new());
        };
        shipping.get().then(|| view! { <BulkShipSheet orders=orders() on_close=close /> })
    };
    let slips = move || {
        let done = move |()| printing.set(false);
        printing.get().then(|| view! { <PackingSlip orders=orders() on_done=done /> })
    };
    view! {
        <Button icon=IconName::Print disabled=none on_click=move |()| printing.set(true)>
            {t().queue_slips()}
        </Button>
        <Button variant=ButtonVariant::Primary icon=IconName::Truck disabled=none on_click=ship>
            {count}
        </Button>
        {sheet}
        {slips}
    }
}

/// Funds, tabs and rows of a business.
#[component]
fn SellerList(
    threads: LoadedThreads,
    found: Memo<Vec<QueueRow>>,
    selected: RwSignal<Vec<OrderId>>,
    current: Memo<Option<OrderId>>,
) -> impl IntoView {
    let panels = use_panels();
    let tab = RwSignal::new("mine");
    let group = Memo::new(move |_| {
        let chosen = tab.get();
        TABS.into_iter().find(|(_, key)| *key == chosen).map_or(Group::Mine, |(group, _)| group)
    });
    let tabs = Memo::new(move |_| {
        let rows = found.read();
        let count =
            |group: Group| u32::try_from(rows.iter().filter(|row| row.group() == group).count()).unwrap_or(u32::MAX);
        TABS.map(|(group, key)| {
            let (label, count) = match group {
                Group::Mine => (t().queue_needs_me(), Some((count(group), ChipTone::Turn))),
                Group::Waiting => (t().queue_waiting(), Some((count(group), ChipTone::Plain))),
                Group::Done => (t().queue_done(), None),
            };
            Tab { key, label: label.to_owned(), count: count.filter(|(count, _)| *count != 0) }
        })
        .to_vec()
    });
    let rows = Memo::new(move |_| {
        let group = group.get();
        found.read().iter().filter(|row| row.group() == group).cloned().collect::<Vec<_>>()
    });
    let heading = move || match group.get() {
        Group::Mine => t().queue_by_deadline(),
        Group::Waiting => t().queue_waiting_for_others(),
        Group::Done => t().queue_newest(),
    };
    let ship = move |order: OrderId| panels.open(&Panel::Ship(order));
    let shown = move || (!rows.read().is_empty()).then(|| view! { <h2>{heading}</h2> });
    let nothing = move || {
        (rows.read().is_empty() && !found.read().is_empty() && group.get() == Group::Mine)
            .then(|| view! { <p class="empty muted center">{t().queue_nothing_to_do()}</p> })
    };
    view! {
        <FundsStrip threads />
        <Tabs label=t().queue_title() tabs selected=tab panel=PANEL on_select=move |key| tab.set(key) />
        <div
            id=PANEL
            class="rows-of"
            role="tabpanel"
            aria-labelledby=move || format!("tab-{}", tab.get())
            data-scroll=""
        >
            {shown}
            <Queue label=Signal::derive(move || heading().to_owned()) rows selected current on_ship=ship />
            {nothing}
        </div>
    }
}

/// What a buyer has bought, by whose turn it is.
#[component]
fn BuyerList(
    found: Memo<Vec<QueueRow>>,
    selected: RwSignal<Vec<OrderId>>,
    current: Memo<Option<OrderId>>,
) -> impl IntoView {
    let group = move |(group, title): (Group, &'static str)| {
        let rows =
            Memo::new(move |_| found.read().iter().filter(|row| row.group() == group).cloned().collect::<Vec<_>>());
        let any = Memo::new(move |_| !rows.read().is_empty());
        move || {
            any.get().then(|| {
                view! {
                    <section aria-label=title>
                        <h2>{title}</h2>
                        <Queue label=title.to_owned() rows selected current on_ship=|_| {} />
                    </section>
                }
            })
        }
    };
    let groups = [
        (Group::Mine, t().queue_your_turn()),
        (Group::Waiting, t().queue_on_the_way()),
        (Group::Done, t().queue_done()),
    ];
    view! {
        <div class="rows-of buying" data-scroll="">
            {groups.map(group).into_iter().collect_view()}
        </div>
    }
}

/// The order that is looked at, beside the queue; in place of it where the page is narrow.
#[component]
fn Details(threads: LoadedThreads, current: Memo<Option<OrderId>>) -> impl IntoView {
    let panels = use_panels();
    move || {
        let (cell, order) = find(threads, &current.get()?)?;
        let talk = move |_| panels.go(&thread_path(&cell.id()));
        Some(view! {
            <aside aria-label=t().order_details()>
                <button type="button" class="talk link" on:click=talk>
                    <Icon name=IconName::Chat size=IconSize::Small />
                    {t().queue_talk()}
                </button>
                <OrderPage cell order on_close=move |()| panels.close() />
            </aside>
        })
    }
}

/// The sheets that the address asks for.
#[component]
fn Sheets(threads: LoadedThreads) -> impl IntoView {
    let panels = use_panels();
    let panel = use_panel();
    let close = Callback::new(move |()| panels.close());
    move || {
        let panel = panel.get()?;
        let (cell, order) = find(threads, order_of(&panel)?)?;
        match panel {
            Panel::Ship(_) => Some(view! { <ShipSheet cell order on_close=close /> }.into_any()),
            Panel::Help(_) => Some(view! { <HelpSheet cell order on_close=close /> }.into_any()),
            Panel::Refund(_) => Some(view! { <RefundSheet cell order on_close=close /> }.into_any()),
            Panel::Receipt(_) => Some(view! { <ReceiptSheet cell order on_close=close /> }.into_any()),
            Panel::Order(_)
            | Panel::Checkout(_)
            | Panel::Counter(_)
            | Panel::NewRequest
            | Panel::Revise(_)
            | Panel::Catalogue
            | Panel::About
            | Panel::Search => None,
        }
    }
}

/// What the keyboard does.
fn keys() -> impl IntoView {
    view! {
        <p class="keys">
            <span>
                <kbd>"↑"</kbd>
                <kbd>"↓"</kbd>
                {t().queue_key_move()}
            </span>
            <span>
                <kbd>{t().queue_key_space()}</kbd>
                {t().queue_key_select()}
            </span>
            <span>
                <kbd>{t().queue_key_enter()}</kbd>
                {t().queue_key_open()}
            </span>
            <span>
                <kbd>"Ctrl"</kbd>
                <kbd>{t().queue_key_enter()}</kbd>
                {t().queue_key_ship()}
            </span>
        </p>
    }
}

crate::words! {
    queue_title "Orders" "Ordini";
    queue_search "Search orders" "Cerca negli ordini";
    queue_search_hint "Order, person, parcel" "Ordine, persona, pacco";
    queue_slips "Slips" "Distinte";
    queue_needs_me "Needs me" "Tocca a me";
    queue_waiting "Waiting" "In attesa";
    queue_done "Done" "Conclusi";
    queue_by_deadline "By deadline" "Per scadenza";
    queue_waiting_for_others "Waiting for others" "In attesa di altri";
    queue_newest "Newest first" "Dal più recente";
    queue_your_turn "Your turn" "Tocca a te";
    queue_on_the_way "On the way" "In arrivo";
    queue_talk "Open the conversation" "Apri la conversazione";
    queue_loading "Loading orders" "Carico gli ordini";
    queue_damaged "A conversation is damaged in this browser: its orders are missing here. You can export what is stored, and start afresh."
        "Una conversazione è danneggiata in questo browser: qui mancano i suoi ordini. Puoi esportare i dati e ricominciare da capo.";
    queue_retry "Try again" "Riprova";
    queue_not_found "No order fits that." "Nessun ordine corrisponde.";
    queue_empty_seller "No orders yet. They come here once a payment request is sent." "Ancora nessun ordine. Compaiono qui dopo la prima richiesta di pagamento.";
    queue_empty_buyer "No orders yet. What you buy in a conversation comes here." "Ancora nessun ordine. Qui trovi quello che compri nelle conversazioni.";
    queue_nothing_to_do "Nothing waits for you." "Non c’è nulla che aspetta te.";
    queue_key_move "move" "muovi";
    queue_key_space "Space" "Spazio";
    queue_key_select "select" "seleziona";
    queue_key_enter "Enter" "Invio";
    queue_key_open "open" "apri";
    queue_key_ship "mark shipped" "segna come spedito";
}
