//! What goes into the box, and onto it: address and items, no prices.

use super::barcode::barcode;
use super::words::packed_name;
use crate::format::full_day;
use crate::i18n::t;
use crate::store::{ThreadCell, use_session};
use domain::address::{Address, Destination};
use domain::ids::OrderId;
use domain::order::{Order, Packed};
use leptos::ev::afterprint;
use leptos::prelude::*;
use stylers::style_sheet;

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// What goes into the box: address and items, no prices.
    #[default]
    Slips,
    /// What goes onto it, 4 × 6 inches, as printers of labels have them: to whom, from whom.
    Labels,
}

/// Prints slips or labels of some orders, each on a page of its own. They are only seen on paper, and done when they
/// were printed or not. What goes nowhere has no label.
#[component]
pub fn PackingSlip(
    /// Which orders of which threads.
    orders: Vec<(ThreadCell, OrderId)>,
    /// What is printed of them.
    #[prop(optional)]
    paper: Paper,
    /// Called when the print dialog has closed.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/order/packing_slip.css");
    let printed = window_event_listener(afterprint, move |_| on_done.run(()));
    on_cleanup(move || printed.remove());
    Effect::new(|| {
        // A frame later the slips are on the page.
        request_animation_frame(|| {
            // Where there is no print dialog, nothing happens and nothing is lost.
            let _printed = window().print();
        });
    });
    let shop = use_session().me();
    let from = format!("{} · {}, {}", shop.name, shop.city, shop.state);
    let slips = orders.into_iter().filter_map(|(cell, id)| {
        let order = cell.state.with_untracked(|thread| thread.orders.get(&id).cloned())?;
        match paper {
            Paper::Slips => Some(slip(&order, &from).into_any()),
            Paper::Labels => Some(label(&order, &from)?.into_any()),
        }
    });
    view! { class=class,
        <section class="packing-slips" data-print="">
            {slips.collect_view()}
        </section>
    }
}

fn slip(order: &Order, from: &str) -> impl IntoView + use<> {
    let waiting = order.unshipped();
    let contents: Vec<Packed> = if waiting.is_empty() {
        let lines = order.terms.items().iter().enumerate();
        lines.map(|(line, item)| Packed { line, quantity: item.quantity }).collect()
    } else {
        waiting
    };
    let item = |packed: &Packed| {
        let detail = order.terms.items().get(packed.line).and_then(|item| item.detail.as_ref());
        view! {
            <li>
                <i class="box" aria-hidden="true"></i>
                <span>
                    <b>{packed_name(order, *packed)}</b>
                    {detail.map(|detail| view! { <br /> {detail.to_string()} })}
                </span>
            </li>
        }
    };
    let items = contents.iter().map(item).collect_view();
    view! {
        <article class="slip">
            <p>{from.to_owned()}</p>
            <h1>{t().order_title(order.number.as_str())}</h1>
            {barcode(order.number.as_str())}
            <p>{full_day(order.placed_at)}</p>
            <h2>{t().order_deliver_to()}</h2>
            {address(&order.destination)}
            <h2>{t().order_in_this_parcel()}</h2>
            <ul>{items}</ul>
            <p>{t().order_slip_thanks()}</p>
        </article>
    }
}

/// To whom, from whom, and the order for whoever packs it.
fn label(order: &Order, from: &str) -> Option<impl IntoView + use<>> {
    let to = match &order.destination {
        Destination::Address { .. } => address(&order.destination),
        Destination::Town { .. } | Destination::Digital | Destination::Pickup => return None,
    };
    let number = order.number.as_str().to_owned();
    Some(view! {
        <article class="label">
            <p class="from">
                <b>{t().order_label_from()}</b>
                {from.to_owned()}
            </p>
            <div class="to">
                <b>{t().order_deliver_to()}</b>
                {to}
            </div>
            <div class="which">
                {barcode(&number)}
                <p>{number}</p>
            </div>
        </article>
    })
}

/// Where it goes, in full when one may see it.
pub(super) fn address(destination: &Destination) -> impl IntoView + use<> {
    let lines = match destination {
        Destination::Address { address } => lines(address),
        Destination::Town { city, state } => vec![format!("{city}, {state}")],
        Destination::Digital | Destination::Pickup => vec![t().order_nothing_to_deliver().to_owned()],
    };
    let line = |line: String| view! { <span>{line} <br /></span> };
    view! { <address>{lines.into_iter().map(line).collect_view()}</address> }
}

fn lines(address: &Address) -> Vec<String> {
    let town = format!("{}, {} {}", address.city, address.state.code(), address.zip.as_str());
    let line2 = address.line2.as_ref().map(ToString::to_string);
    let phone = address.phone.as_ref().map(ToString::to_string);
    let first = [address.name.to_string(), address.line1.to_string()];
    first.into_iter().chain(line2).chain([town]).chain(phone).collect()
}

crate::words! {
    order_deliver_to "Deliver to" "Consegna a";
    order_label_from "From" "Da";
    order_in_this_parcel "In this parcel" "In questo pacco";
    order_slip_thanks "Thank you! Questions? Write to us in the conversation." "Grazie! Domande? Scrivici nella conversazione.";
    order_nothing_to_deliver "Nothing to deliver" "Nulla da consegnare";
}
