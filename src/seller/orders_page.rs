//! Orders across conversations: for a business the queue, for a buyer what is bought.

use super::bulk::Bulk;
use super::funds_strip::FundsStrip;
use super::lists::{List, Lists, use_lists};
use super::opened::{Details, Sheets, order_of, use_opened};
use super::queue::Queue;
use crate::damage::Trouble;
use crate::i18n::t;
use crate::navigate::{Panel, use_panel, use_panels};
use crate::store::use_session;
use crate::ui::{ChipTone, Icon, IconName, IconSize, ListEnd, Skeleton, Tab, Tabs, near_end};
use domain::ids::OrderId;
use domain::queue::Group;
use leptos::prelude::*;
use stylers::style_sheet;

/// The id of what the tabs fill.
const PANEL: &str = "orders-list";
/// The tabs of the queue.
const TABS: [(Group, &str); 3] = [(Group::Mine, "mine"), (Group::Waiting, "waiting"), (Group::Done, "done")];

/// Orders across conversations. For a business: funds, what waits for it by deadline, and many parcels at once. For a
/// buyer: whose turn it is, what is on its way, and what is done.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let class = style_sheet!("src/seller/orders_page.css");
    let session = use_session();
    let written = RwSignal::new(String::new());
    let needle = Memo::new(move |_| written.read().trim().to_owned());
    let lists = use_lists(session, needle);
    let selected = RwSignal::new(Vec::<OrderId>::new());
    let panel = use_panel();
    let current = Memo::new(move |_| panel.with(|panel| panel.as_ref().and_then(order_of).cloned()));
    let opened = use_opened(session, current);
    let (mine, waiting) = (lists.rows(Group::Mine), lists.rows(Group::Waiting));
    let to_ship = Memo::new(move |_| [mine.get(), waiting.get()].concat());
    let list = if session.is_business() {
        view! { <SellerList lists needle selected current /> }.into_any()
    } else {
        view! { <BuyerList lists selected current /> }.into_any()
    };
    let failed = move || {
        lists.problem().map(|error| {
            view! {
                <Trouble error damaged=t().queue_damaged()>
                    <button type="button" class="link" on:click=move |_| lists.retry()>
                        {t().queue_retry()}
                    </button>
                </Trouble>
            }
        })
    };
    let coming = Memo::new(move |_| !lists.answered() && lists.problem().is_none());
    let waiting = move || coming.get().then(|| view! { <Skeleton label=t().queue_loading() count=6 /> });
    let nothing = Memo::new(move |_| lists.is_empty());
    let empty = move || {
        nothing.get().then(|| {
            let words = match (needle.read().is_empty(), session.is_business()) {
                (false, _) => t().queue_not_found(),
                (true, true) => t().queue_empty_seller(),
                (true, false) => t().queue_empty_buyer(),
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
                            prop:value=move || written.get()
                            on:input=move |event| written.set(event_target_value(&event))
                        />
                    </label>
                    {session.is_business().then(|| view! { <Bulk selected rows=to_ship /> })}
                </div>
                {failed}
                {list}
                {waiting}
                <div role="status">{empty}</div>
                {session.is_business().then(keys)}
            </section>
            <Details opened />
            <Sheets opened />
        </div>
    }
}

/// Funds, tabs and rows of a business.
#[component]
fn SellerList(
    lists: Lists,
    needle: Memo<String>,
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
        let sums = lists.sums.get().unwrap_or_default();
        // Of a search only what was found so far can be counted.
        let count = |group: Group, all: u32| match needle.read().is_empty() {
            true => all,
            false => u32::try_from(lists.of(group).items.read().len()).unwrap_or(u32::MAX),
        };
        TABS.map(|(group, key)| {
            let (label, count) = match group {
                Group::Mine => (t().queue_needs_me(), Some((count(group, sums.mine), ChipTone::Turn))),
                Group::Waiting => (t().queue_waiting(), Some((count(group, sums.waiting), ChipTone::Plain))),
                Group::Done => (t().queue_done(), None),
            };
            Tab { key, label: label.to_owned(), count: count.filter(|(count, _)| *count != 0) }
        })
        .to_vec()
    });
    let each = TABS.map(|(group, _)| (group, lists.rows(group)));
    let rows = Memo::new(move |_| {
        let shown = group.get();
        each.iter().find(|(group, _)| *group == shown).map(|(_, rows)| rows.get()).unwrap_or_default()
    });
    let list = move || lists.of(group.get());
    let heading = move || match group.get() {
        Group::Mine => t().queue_by_deadline(),
        Group::Waiting => t().queue_waiting_for_others(),
        Group::Done => t().queue_newest(),
    };
    let ship = move |order: OrderId| panels.open(&Panel::Ship(order));
    let shown = move || (!rows.read().is_empty()).then(|| view! { <h2>{heading}</h2> });
    let nothing = move || {
        (list().answered.get() && rows.read().is_empty() && !lists.is_empty() && group.get() == Group::Mine)
            .then(|| view! { <p class="empty muted center">{t().queue_nothing_to_do()}</p> })
    };
    view! {
        <FundsStrip sums=lists.sums />
        <Tabs label=t().queue_title() tabs selected=tab panel=PANEL on_select=move |key| tab.set(key) />
        <div
            id=PANEL
            class="rows-of"
            role="tabpanel"
            aria-labelledby=move || format!("tab-{}", tab.get())
            data-scroll=""
            on:scroll=move |event| if near_end(&event) { list().more() }
        >
            {shown}
            <Queue label=Signal::derive(move || heading().to_owned()) rows selected current on_ship=ship />
            {nothing}
            {move || end_of(list())}
        </div>
    }
}

/// That there is more; what went wrong stands above the lists.
fn end_of(list: List) -> impl IntoView {
    view! {
        <ListEnd
            more=Signal::derive(move || list.next.read().is_some())
            busy=list.busy
            problem=Signal::stored(None::<String>)
            more_label=t().list_more()
            retry_label=t().list_retry()
            on_more=move |()| list.more()
            on_retry=move |()| list.retry()
        />
    }
}

/// What a buyer has bought, by whose turn it is.
#[component]
fn BuyerList(lists: Lists, selected: RwSignal<Vec<OrderId>>, current: Memo<Option<OrderId>>) -> impl IntoView {
    let group = move |(group, title): (Group, &'static str)| {
        let rows = lists.rows(group);
        let any = Memo::new(move |_| !rows.read().is_empty());
        move || {
            any.get().then(|| {
                view! {
                    <section aria-label=title>
                        <h2>{title}</h2>
                        <Queue label=title.to_owned() rows selected current on_ship=|_| {} />
                        {end_of(lists.of(group))}
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
    queue_needs_me "Needs me" "Tocca a me";
    queue_waiting "Waiting" "In attesa";
    queue_done "Done" "Conclusi";
    queue_by_deadline "By deadline" "Per scadenza";
    queue_waiting_for_others "Waiting for others" "In attesa di altri";
    queue_newest "Newest first" "Dal più recente";
    queue_your_turn "Your turn" "Tocca a te";
    queue_on_the_way "On the way" "In arrivo";
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
