//! Orders across conversations: for a business the queue, for a buyer what is bought.

use super::bulk::Bulk;
use super::filters::{Filters, Find, Kinds, Nothing, TURNS, use_filters};
use super::funds_strip::FundsStrip;
use super::keys::{KeysLine, KeysSheet};
use super::lists::{List, Lists, use_lists};
use super::opened::{Details, Sheets, order_of, use_opened};
use super::queue::{OnKey, Queue};
use super::ship_many::ShipManySheet;
use crate::damage::Trouble;
use crate::i18n::t;
use crate::navigate::{Panel, use_panel, use_panels};
use crate::palette::PaletteButton;
use crate::store::use_session;
use crate::things::PROOF_PATH;
use crate::ui::{ChipTone, ListEnd, Skeleton, Tab, Tabs, near_end};
use domain::ids::OrderId;
use domain::queue::Group;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use stylers::style_sheet;

/// The id of what the tabs fill.
const PANEL: &str = "orders-list";

/// Orders across conversations. For a business: funds, what waits for it by deadline, and many parcels at once. For a
/// buyer: whose turn it is, what is on its way, and what is done.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let class = style_sheet!("src/seller/orders_page.css");
    let session = use_session();
    let panels = use_panels();
    let filters = use_filters();
    let lists = use_lists(session, filters.kind, filters.needle);
    let selected = RwSignal::new(Vec::<OrderId>::new());
    let panel = use_panel();
    let current = Memo::new(move |_| panel.with(|panel| panel.as_ref().and_then(order_of).cloned()));
    let opened = use_opened(session, current);
    let (mine, waiting) = (lists.rows(Group::Mine), lists.rows(Group::Waiting));
    let to_ship = Memo::new(move |_| [mine.get(), waiting.get()].concat());
    let keys = RwSignal::new(false);
    let many = Memo::new(move |_| *panel.read() == Some(Panel::ShipMany) && session.is_business());
    let ship = move |order: OrderId| match selected.read_untracked().is_empty() {
        true => panels.open(&Panel::Ship(order)),
        false => panels.open(&Panel::ShipMany),
    };
    let paste = move |()| {
        if session.is_business() {
            panels.open(&Panel::ShipMany)
        }
    };
    let on_key = OnKey {
        ship: Callback::new(ship),
        find: Callback::new(move |()| filters.find()),
        paste: Callback::new(paste),
        help: Callback::new(move |()| keys.set(true)),
    };
    let list = if session.is_business() {
        view! { <SellerList lists filters selected current on_key /> }.into_any()
    } else {
        view! { <BuyerList lists selected current on_key /> }.into_any()
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
            let words = match (filters.any(), session.is_business()) {
                // The list says so itself, and what it is narrowed down to.
                (true, true) => return None,
                (true, false) => t().queue_not_found(),
                (false, true) => t().queue_empty_seller(),
                (false, false) => t().queue_empty_buyer(),
            };
            Some(view! { <p class="empty muted center">{words}</p> })
        })?
    };
    let sheets = move || {
        let close = move |()| panels.close();
        let many = many.get().then(|| view! { <ShipManySheet chosen=selected on_close=close /> });
        let keys = keys.get().then(|| view! { <KeysSheet on_close=move |()| keys.set(false) /> });
        (many, keys)
    };
    view! { class=class,
        <div class="orders-page">
            <section class="list" aria-labelledby="orders-title">
                <div class="top">
                    <h1 id="orders-title">{t().queue_title()}</h1>
                    <span class="narrow"><PaletteButton /></span>
                    <Find filters on_leave=|()| to_the_rows() />
                    {session.is_business().then(|| view! { <a class="button" href=PROOF_PATH rel="external">{t().queue_check_code()}</a> })}
                    {session.is_business().then(|| view! { <Bulk selected rows=to_ship narrowed=Signal::derive(move || filters.any()) /> })}
                </div>
                {failed}
                {list}
                {waiting}
                <div role="status">{empty}</div>
                <KeysLine on_all=move |()| keys.set(true) />
            </section>
            <Details opened />
            <Sheets opened />
            {sheets}
        </div>
    }
}

/// Takes the focus to the first row.
fn to_the_rows() {
    let first = document().query_selector("[data-row]").ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        // It is on the page, and can take it.
        let _focused = first.focus();
    }
}

/// Funds, tabs and rows of a business.
#[component]
fn SellerList(
    lists: Lists,
    filters: Filters,
    selected: RwSignal<Vec<OrderId>>,
    current: Memo<Option<OrderId>>,
    on_key: OnKey,
) -> impl IntoView {
    let group = filters.group;
    let tab = Memo::new(move |_| {
        let shown = group.get();
        TURNS.into_iter().find(|(group, _)| *group == shown).map_or("mine", |(_, key)| key)
    });
    let select = move |key: &'static str| {
        TURNS.into_iter().filter(|(_, known)| *known == key).for_each(|(group, _)| filters.show(group));
    };
    let tabs = Memo::new(move |_| {
        let sums = lists.sums.get().unwrap_or_default();
        // Of a search only what was found so far can be counted.
        let count = |group: Group, all: u32| match filters.any() {
            false => all,
            true => u32::try_from(lists.of(group).items.read().len()).unwrap_or(u32::MAX),
        };
        TURNS
            .map(|(group, key)| {
                let (label, count) = match group {
                    Group::Mine => (t().queue_needs_me(), Some((count(group, sums.mine), ChipTone::Turn))),
                    Group::Waiting => (t().queue_waiting(), Some((count(group, sums.waiting), ChipTone::Plain))),
                    Group::Done => (t().queue_done(), None),
                };
                Tab { key, label: label.to_owned(), count: count.filter(|(count, _)| *count != 0) }
            })
            .to_vec()
    });
    let each = TURNS.map(|(group, _)| (group, lists.rows(group)));
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
    let shown = move || (!rows.read().is_empty()).then(|| view! { <h2>{heading}</h2> });
    let nothing = Memo::new(move |_| {
        let looked = list().answered.get() && !list().busy.get() && list().problem.read().is_none();
        // Where there is nothing at all the page says so.
        looked && rows.read().is_empty() && (filters.any() || !lists.is_empty())
    });
    let nothing = move || nothing.get().then(|| view! { <Nothing filters /> });
    view! {
        <FundsStrip sums=lists.sums />
        <Tabs label=t().queue_title() tabs selected=tab panel=PANEL on_select=select />
        <Kinds filters />
        <div
            id=PANEL
            class="rows-of"
            role="tabpanel"
            aria-labelledby=move || format!("tab-{}", tab.get())
            data-scroll=""
            on:scroll=move |event| if near_end(&event) { list().more() }
        >
            {shown}
            <Queue label=Signal::derive(move || heading().to_owned()) rows selected current on_key />
            <div role="status">{nothing}</div>
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
fn BuyerList(
    lists: Lists,
    selected: RwSignal<Vec<OrderId>>,
    current: Memo<Option<OrderId>>,
    on_key: OnKey,
) -> impl IntoView {
    let group = move |(group, title): (Group, &'static str)| {
        let rows = lists.rows(group);
        let any = Memo::new(move |_| !rows.read().is_empty());
        move || {
            any.get().then(|| {
                view! {
                    <section aria-label=title>
                        <h2>{title}</h2>
                        <Queue label=title.to_owned() rows selected current on_key />
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

crate::words! {
    queue_check_code "Check a code" "Controlla un codice";
    queue_title "Orders" "Ordini";
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
}
