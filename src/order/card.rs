//! The one card of an order in the thread; it updates in place.

use super::actions::{can_confirm, can_prepare, can_ship, is_argued};
use super::deeds::{Deed, use_deeds};
use super::extension::ExtensionQuestion;
use super::live::LiveOrder;
use super::packing_slip::PackingSlip;
use super::steps::{reached, steps};
use super::write::WriteProblem;
use crate::headline::Line;
use crate::i18n::t;
use crate::navigate::{Panel, use_panels};
use crate::payment_request::Pictured;
use crate::store::ThreadCell;
use crate::ui::{Button, ButtonVariant, ConfirmDialog, ProgressSteps};
use domain::ids::OrderId;
use domain::order::Order;
use domain::payment::Payment;
use domain::picture::Picture;
use leptos::prelude::*;
use stylers::style_sheet;

/// The loud button of the card: the one thing that is worth doing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    /// The buyer says that everything is OK.
    Confirm,
    /// The seller hands a parcel over.
    Ship,
    /// Somebody looks at the open case.
    Case,
    /// One looks at the order.
    Look,
}

fn first(order: &Order, payment: &Payment, buying: bool) -> First {
    if is_argued(order, payment) {
        First::Case
    // A parcel of which nobody has heard is rather asked about than paid for.
    } else if buying && can_confirm(order, payment) && order.silent_since().is_none() {
        First::Confirm
    } else if !buying && can_ship(order, payment) {
        First::Ship
    } else {
        First::Look
    }
}

/// The one card of an order in the thread. It follows the order in place: progress, promise and buttons.
#[component]
pub fn OrderCard(
    /// The thread it stands in.
    cell: ThreadCell,
    /// Which order.
    order: OrderId,
) -> impl IntoView {
    let class = style_sheet!("src/order/card.css");
    let live = LiveOrder::new(cell, order);
    let panels = use_panels();
    let is_there = Memo::new(move |_| live.order.with(Option::is_some));
    let open = move |()| panels.open(&Panel::Order(live.id()));
    let number = Memo::new(move |_| live.read(|order| order.number.as_str().to_owned()));
    let summary = Memo::new(move |_| live.read(|order| t().order_summary(order)));
    let pictures = Memo::new(move |_| live.read(pictures));
    let bar = Memo::new(move |_| live.read(steps));
    let reached = Memo::new(move |_| live.read(|order| Some(reached(order))));
    let line = live.short_line();
    let card = move || {
        let shown = pictures.get();
        let thumb = |picture| view! { <Pictured thread=cell.id() picture /> };
        let mut shown = shown.into_iter().map(thumb);
        let (lead, other) = (shown.next(), shown.next());
        view! { class=class,
            <article class="order-card" aria-label=move || t().order_title(&number.get())>
                <div class="head">
                    {lead}
                    <div>
                        <h2>
                            <button type="button" class="open" on:click=move |_| open(())>
                                {move || t().order_title(&number.get())}
                            </button>
                        </h2>
                        <p class="meta num">{move || summary.get()}</p>
                    </div>
                    {other}
                </div>
                <ProgressSteps label=Signal::derive(move || t().order_progress(&number.get())) steps=bar />
                <p class="meta">
                    {move || {
                        reached.get().map(|(now, next)| view! { <b>{now}</b> {next.map(|next| format!(" · {next}"))} })
                    }}
                </p>
                <div class="promise" role="status">
                    {move || line.get().map(promise)}
                </div>
                <ExtensionQuestion live />
                <CardButtons live />
            </article>
        }
    };
    move || is_there.get().then(card)
}

/// The pictures of the first two items.
fn pictures(order: &Order) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = order.terms.item_pictures().chain(order.terms.draft().picture.clone()).collect();
    pictures.dedup();
    pictures.truncate(2);
    pictures
}

fn promise(line: Line) -> impl IntoView {
    view! {
        <p class="headline">
            {line.turn.map(|turn| format!("{turn} "))} {line.text}
        </p>
        {line.then.map(|then| view! { <p class="then">{then}</p> })}
    }
}

/// The buttons of the card, by role.
#[component]
fn CardButtons(
    /// Of which order.
    live: LiveOrder,
) -> impl IntoView {
    let panels = use_panels();
    let (asking, printing) = (RwSignal::new(false), RwSignal::new(false));
    let deeds = use_deeds(live, move |_| asking.set(false));
    let first = Memo::new(move |_| live.with_payment(|order, payment| Some(first(order, payment, live.buying()))));
    let can_prepare = Memo::new(move |_| !live.buying() && live.with_payment(can_prepare));
    let ships = Memo::new(move |_| !live.buying() && live.with_payment(can_ship));
    let primary = move |(label, panel): (&'static str, Panel)| {
        view! {
            <Button variant=ButtonVariant::Primary on_click=move |()| panels.open(&panel)>
                {label}
            </Button>
        }
        .into_any()
    };
    let loud = move || {
        first.get().map(|first| match first {
            First::Confirm => view! {
                <Button variant=ButtonVariant::Primary on_click=move |()| asking.set(true)>
                    {t().order_everything_ok()}
                </Button>
            }
            .into_any(),
            First::Ship => primary((t().order_mark_shipped(), Panel::Ship(live.id()))),
            First::Case if live.buying() => primary((t().order_see_help(), Panel::Help(live.id()))),
            First::Case => primary((t().order_answer_help(), Panel::Help(live.id()))),
            First::Look if live.read(|order| order.delivered_at().is_some() || order.cancelled.is_some()) => {
                primary((t().order_details(), Panel::Order(live.id())))
            }
            First::Look => primary((t().order_track(), Panel::Order(live.id()))),
        })
    };
    let help = move || {
        (live.buying() && first.get() != Some(First::Case)).then(|| {
            view! { <Button on_click=move |()| panels.open(&Panel::Help(live.id()))>{t().order_get_help()}</Button> }
        })
    };
    let prepare = move || {
        can_prepare.get().then(|| {
            view! {
                <Button pending=deeds.pending() on_click=move |()| deeds.start(Deed::Prepare)>
                    {t().order_prepare()}
                </Button>
            }
        })
    };
    let slip = move || {
        ships.get().then(|| view! { <Button on_click=move |()| printing.set(true)>{t().order_print_slip()}</Button> })
    };
    let dialog = move || {
        asking.get().then(|| {
            let peer = live.peer_first();
            view! {
                <ConfirmDialog
                    title=t().order_confirm_title()
                    text=t().order_confirm_text(&peer)
                    confirm_label=t().order_confirm_yes(&peer)
                    cancel_label=t().order_not_now()
                    variant=ButtonVariant::Primary
                    pending=deeds.pending()
                    on_confirm=move |()| deeds.start(Deed::Confirm)
                    on_cancel=move |()| asking.set(false)
                />
            }
        })
    };
    let printed = move || {
        let done = move |()| printing.set(false);
        printing.get().then(|| view! { <PackingSlip orders=vec![(live.cell, live.id())] on_done=done /> })
    };
    view! {
        <div class="actions">{loud} {help} {prepare} {slip}</div>
        <WriteProblem problem=deeds.problem() />
        {dialog}
        {printed}
    }
}
