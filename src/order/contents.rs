//! What is in which parcel, what is still to come, and what will not.

use super::live::LiveOrder;
use super::timeline::shipment;
use crate::format::money;
use crate::i18n::t;
use domain::order::{Order, Packed};
use domain::terms::Item;
use leptos::prelude::*;

/// Some pieces of an item, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    item: Item,
    quantity: u32,
}

fn pieces(order: &Order, contents: &[Packed]) -> Vec<Piece> {
    let piece = |packed: &Packed| {
        let item = order.terms.items().get(packed.line)?.clone();
        Some(Piece { item, quantity: packed.quantity })
    };
    contents.iter().filter_map(piece).collect()
}

/// The items of the parcel that is looked at, then what is still to be shipped, then what will not come.
#[component]
pub(super) fn Contents(
    /// Of which order.
    live: LiveOrder,
    /// Which parcel, from 0; none when there is none.
    #[prop(into)]
    parcel: Signal<Option<usize>>,
) -> impl IntoView {
    let in_parcel = Memo::new(move |_| {
        live.read(|order| {
            shipment(order, parcel.get()).map(|parcel| pieces(order, &parcel.contents)).unwrap_or_default()
        })
    });
    let to_come = Memo::new(move |_| {
        let meant = |order: &Order| order.cancelled.is_none() && order.granted_at.is_none();
        live.read(|order| if meant(order) { pieces(order, &order.unshipped()) } else { Vec::new() })
    });
    let not_coming = Memo::new(move |_| live.read(|order| pieces(order, &order.cancelled_items)));
    let whole = Memo::new(move |_| {
        let all = |order: &Order| {
            let lines = order.terms.items().iter();
            lines.map(|item| Piece { item: item.clone(), quantity: item.quantity }).collect::<Vec<_>>()
        };
        live.read(|order| if order.granted_at.is_some() || order.cancelled.is_some() { all(order) } else { Vec::new() })
    });
    view! {
        {group(t().order_items_of_order(), whole)}
        {group(t().order_in_this_parcel(), in_parcel)}
        {group(t().order_still_to_ship(), to_come)}
        {group(t().order_not_coming(), not_coming)}
    }
}

fn group(title: &'static str, pieces: Memo<Vec<Piece>>) -> impl IntoView {
    move || {
        let pieces = pieces.get();
        (!pieces.is_empty()).then(|| {
            view! {
                <section>
                    <h3>{title}</h3>
                    <ul class="lines">{pieces.into_iter().map(line).collect_view()}</ul>
                </section>
            }
        })
    }
}

fn line(Piece { item, quantity }: Piece) -> impl IntoView {
    let picture =
        item.picture.map(|picture| view! { <img class="thumb s40" src=picture.to_string() alt="" loading="lazy" /> });
    let price = item.unit_price.times(quantity).map(money).unwrap_or_default();
    let count = (quantity > 1).then(|| format!("{quantity} × "));
    view! {
        <li>
            {picture} <div>
                <p>
                    {count} {item.name.to_string()}
                </p>
                {item.detail.map(|detail| view! { <p class="muted fine">{detail.to_string()}</p> })}
            </div> <bdi class="num">{price}</bdi>
        </li>
    }
}

crate::words! {
    order_items_of_order "Items" "Articoli";
    order_still_to_ship "Still to be shipped" "Ancora da spedire";
    order_not_coming "Will not come" "Non arriverà";
}
