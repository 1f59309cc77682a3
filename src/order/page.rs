//! The page of an order: where it is, what happens next, and everything one can do about it.

use super::actions::{HelpAnswer, help_answer, may_want_help};
use super::contents::Contents;
use super::dock::Dock;
use super::extension::ExtensionQuestion;
use super::funds::FundsRecord;
use super::live::LiveOrder;
use super::milestones::progress;
use super::money::{Refunds, totals};
use super::packing_slip::address;
use super::parcels::{CarrierBar, ParcelTabs};
use super::route_map::RouteMap;
use super::timeline::{Timeline, shipment};
use super::undo_pill::UndoPill;
use super::what_if::WhatIf;
use super::write::WriteProblem;
use crate::format::{exact_deadline, left, money};
use crate::i18n::t;
use crate::navigate::{Panel, use_panels};
use crate::store::ThreadCell;
use crate::ui::{Icon, IconButton, IconName, IconSize};
use domain::address::Destination;
use domain::ids::OrderId;
use domain::order::Order;
use domain::thread::Role;
use leptos::prelude::*;
use stylers::style_sheet;

/// The id of what the tabs of parcels fill.
const PANEL: &str = "order-parcel";

/// The page of an order, beside or in place of its thread.
#[component]
pub fn OrderPage(
    /// The thread it belongs to.
    cell: ThreadCell,
    /// Which order.
    order: OrderId,
    /// Called to close it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/order/page.css");
    let live = LiveOrder::new(cell, order);
    let panels = use_panels();
    let is_there = Memo::new(move |_| live.order.with(Option::is_some));
    let title = Memo::new(move |_| live.read(|order| t().order_title(order.number.as_str())));
    let subtitle = move || {
        let total = live.read(|order| money(order.total()));
        format!("{} · {total}", live.peer_name())
    };
    let receipt = move || {
        is_there.get().then(|| {
            let open = move |()| panels.open(&Panel::Receipt(live.id()));
            view! { <IconButton icon=IconName::Receipt label=t().receipt_title() on_click=open /> }
        })
    };
    let missing = move || view! { <WriteProblem problem=Signal::stored(Some(t().order_missing().to_owned())) /> };
    let body = move || if is_there.get() { view! { <Body live /> }.into_any() } else { missing().into_any() };
    let dock = move || is_there.get().then(|| view! { <footer class="dock"><Dock live /></footer> });
    view! { class=class,
        <section class="order-page" aria-label=move || title.get()>
            <header>
                <IconButton icon=IconName::Back label=t().order_back() on_click=on_close />
                <div>
                    <h2>{move || title.get()}</h2>
                    <p class="muted fine num">{subtitle}</p>
                </div>
                {receipt}
            </header>
            <div class="scrolls" data-scroll="" tabindex="0" role="group" aria-label=move || title.get()>
                {body}
            </div>
            {dock}
        </section>
    }
}

/// What scrolls between head and dock.
#[component]
fn Body(live: LiveOrder) -> impl IntoView {
    let selected = RwSignal::new(0_usize);
    // The parcel that is looked at, as long as there is one.
    let parcel = Memo::new(move |_| {
        let count = live.read(|order| order.shipments.len());
        count.checked_sub(1).map(|last| selected.get().min(last))
    });
    let several = Memo::new(move |_| live.read(|order| order.shipments.len() > 1));
    let labelled = move || several.get().then(|| format!("parcel-{}", selected.get()));
    let figures = move || live.read(|order| Some(order.totals())).map(totals);
    let funds = (!live.buying()).then(|| view! { <FundsRecord live /> });
    view! {
        <Way live parcel />
        <div class="body">
            <Promise live />
            <UndoPill cell=live.cell order=live.id() />
            <ExtensionQuestion live />
            <ParcelTabs live selected panel=PANEL />
            <div
                class="parcel"
                id=PANEL
                role=move || several.get().then_some("tabpanel")
                aria-labelledby=labelled
            >
                <CarrierBar live parcel />
                <Timeline live parcel />
                <Contents live parcel />
            </div>
            <Place live />
            <WhatIf live />
            <Refunds live />
            {funds}
            <section>
                <h3>{t().order_what_it_cost()}</h3>
                {figures}
            </section>
        </div>
    }
}

/// The drawn way of the parcel; nothing for digital goods.
#[component]
fn Way(live: LiveOrder, parcel: Memo<Option<usize>>) -> impl IntoView {
    let shop = move || match live.role() {
        Role::Buyer => live.peer().map(|peer| peer.city.to_string()).unwrap_or_default(),
        Role::Seller => live.session.me().city.to_string(),
    };
    let city = |order: &Order| match order.destination.town_only() {
        Destination::Town { city, .. } => Some(city),
        Destination::Address { .. } | Destination::Digital | Destination::Pickup => None,
    };
    let to = Memo::new(move |_| live.read(city));
    let gone = Memo::new(move |_| live.read(|order| progress(order, shipment(order, parcel.get()))));
    let travels = Memo::new(move |_| to.read().is_some());
    move || {
        travels.get().then(|| {
            let to = Signal::derive(move || to.get().unwrap_or_default());
            view! { <RouteMap from=Signal::derive(shop) to progress=gone /> }
        })
    }
}

/// The headline, what silence does, and how long there is.
#[component]
fn Promise(live: LiveOrder) -> impl IntoView {
    let line = live.long_line();
    let open_until = Memo::new(move |_| live.headline.with(|headline| headline.as_ref().and_then(|it| it.by)));
    let countdown = move || {
        let (by, now) = (open_until.get()?, live.session.now.get());
        (now < by).then(|| t().order_left(&left(by, now)))
    };
    let help = move || {
        let market = live.cell.state.with(domain::thread::Thread::market).filter(|_| live.buying())?;
        let now = live.session.now.get();
        match live.with_payment(|order, payment| {
            may_want_help(order, now).then(|| help_answer(order, payment, market, now))
        })? {
            HelpAnswer::Until(until) => Some(t().order_help_until(&exact_deadline(until, now))),
            HelpAnswer::Open
            | HelpAnswer::Disputed
            | HelpAnswer::NotYet
            | HelpAnswer::PayingOut
            | HelpAnswer::Decided
            | HelpAnswer::Settled
            | HelpAnswer::Ended
            | HelpAnswer::Over(_) => None,
        }
    };
    let words = move || {
        line.get().map(|line| {
            view! {
                <h3 class="headline">{line.turn.map(|turn| format!("{turn} "))} {line.text}</h3>
                {line.then.map(|then| view! { <p>{then}</p> })}
            }
        })
    };
    let time = move || {
        countdown().map(|left| {
            view! {
                <p class="left num">
                    <Icon name=IconName::Clock size=IconSize::Tiny />
                    {left}
                </p>
            }
        })
    };
    view! {
        <div class="promise">
            <div role="status">{words}</div>
            {time}
            {move || help().map(|help| view! { <p class="fine">{help}</p> })}
        </div>
    }
}

/// Where it goes and who can see that, or where it is fetched.
#[component]
fn Place(live: LiveOrder) -> impl IntoView {
    let pickup = Memo::new(move |_| live.read(|order| order.pickup().cloned()));
    let destination = Memo::new(move |_| live.read(|order| Some(order.destination.clone())));
    let fetched = move || {
        pickup.get().map(|at| {
            view! {
                <section>
                    <h3>{t().order_pick_up_at()}</h3>
                    <address>{format!("{}, {}", at.place, at.state.name())}</address>
                    {at.when.map(|when| view! { <p class="muted fine" dir="auto">{when.to_string()}</p> })}
                </section>
            }
        })
    };
    let sent = move || {
        let needs_one = |it: &Destination| !matches!(it, Destination::Digital | Destination::Pickup);
        let destination = destination.get().filter(needs_one)?;
        let who =
            if live.buying() { t().order_seller_sees(&live.peer_first()) } else { t().order_you_see().to_owned() };
        Some(view! {
            <section>
                <h3>{t().order_deliver_to()}</h3>
                {address(&destination)}
                <p class="muted fine">{who}</p>
            </section>
        })
    };
    view! { {fetched} {sent} }
}

crate::words! {
    order_left(time) "{time} left" "ancora {time}";
    order_help_until(until) "You can get help until {until}." "Puoi chiedere assistenza fino a {until}.";
    order_seller_sees(peer) "{peer} sees the whole address since you paid; before that, only the town." "{peer} vede l’indirizzo completo da quando hai pagato; prima, solo la città.";
    order_you_see "You see the whole address because it is paid." "Vedi l’indirizzo completo perché è pagato.";
    order_pick_up_at "Pick up at" "Ritiro presso";
    order_what_it_cost "What it cost" "Quanto è costato";
}
