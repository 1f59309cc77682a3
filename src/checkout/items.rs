//! What is bought and what it adds up to.

use super::pay::Checkout;
use crate::format::{less, money};
use crate::headline::first_name;
use crate::i18n::t;
use crate::payment_request::Pictured;
use crate::ui::{Icon, IconName, IconSize};
use domain::ids::ThreadId;
use domain::picture::Picture;
use domain::terms::{Delivery, Item, Tax};
use leptos::prelude::*;

fn item(thread: ThreadId, item: &Item, picture: Option<Picture>) -> impl IntoView + use<> {
    let picture = picture.map(|picture| view! { <Pictured thread picture class="thumb" /> });
    let detail = item.detail.as_ref().map(|detail| format!("{detail} · ")).unwrap_or_default();
    view! {
        <li>
            {picture}
            <div>
                <p dir="auto"><b>{item.name.to_string()}</b></p>
                <p class="muted fine">{detail} {item.quantity}</p>
            </div>
            <span class="num">{money(item.line_total())}</span>
        </li>
    }
}

/// The lines, and what the seller wrote about them.
#[component]
pub(super) fn Items(
    /// The checkout.
    checkout: Checkout,
) -> impl IntoView {
    let lines = move || {
        checkout.request.with(|request| {
            let terms = &request.current().terms;
            let line = |(line, it)| item(checkout.cell.id(), it, terms.picture_of(line));
            terms.items().iter().enumerate().map(line).collect_view()
        })
    };
    let note = move || {
        let note =
            checkout.request.with(|request| request.current().terms.draft().note.as_ref().map(ToString::to_string));
        let peer = checkout.peer.with_value(|peer| first_name(peer).to_owned());
        note.map(|note| {
            view! {
                <div class="told">
                    <p class="muted fine">{t().checkout_note_from(&peer)}</p>
                    <p dir="auto">{note}</p>
                </div>
            }
        })
    };
    view! {
        <ul class="lines">{lines}</ul>
        {note}
    }
}

/// The figures.
#[component]
pub(super) fn Figures(
    /// The checkout.
    checkout: Checkout,
) -> impl IntoView {
    let shipping = move || {
        let option = checkout.delivery();
        checkout.request.with(|request| match request.current().terms.delivery().get(option) {
            Some(Delivery::Parcel { name, .. }) => Some(t().checkout_shipping_of(name.as_str())),
            Some(Delivery::Digital | Delivery::Pickup { .. }) | None => None,
        })
    };
    let tax = move || {
        checkout.request.with(|request| match &request.current().terms.draft().tax {
            Tax::Rate { ppm } => t().checkout_tax_at(&ppm.percent().replace('.', t().checkout_decimal_mark())),
            Tax::Amount { .. } => t().checkout_tax().to_owned(),
            Tax::ByState { .. } => t().checkout_tax_estimated().to_owned(),
        })
    };
    let tax_is_open = Memo::new(move |_| checkout.tax_is_open());
    let of_tax = move || match tax_is_open.get() {
        true => t().checkout_tax_by_address().to_owned(),
        false => money(checkout.totals().tax),
    };
    let total = move || if tax_is_open.get() { t().checkout_total_before_tax() } else { t().checkout_total() };
    let discount = move || {
        let discount = checkout.totals().discount;
        let peer = checkout.peer.with_value(|peer| first_name(peer).to_owned());
        (!discount.is_zero()).then(|| {
            view! {
                <dt>{t().checkout_discount_from(&peer)}</dt>
                <dd class="good-text">{less(discount)}</dd>
            }
        })
    };
    let shipping_line = move || {
        shipping().map(|label| {
            view! {
                <dt>{label}</dt>
                <dd>{money(checkout.totals().shipping)}</dd>
            }
        })
    };
    view! {
        <dl class="totals">
            <dt>{t().checkout_items()}</dt>
            <dd>{move || money(checkout.totals().items)}</dd>
            {discount}
            {shipping_line}
            <dt>{tax}</dt>
            <dd>{of_tax}</dd>
            <dt class="sum">{total}</dt>
            <dd class="sum">{move || money(checkout.totals().total)}</dd>
        </dl>
    }
}

/// All of it in one line that opens: what a first purchase has above its fields.
#[component]
pub(super) fn ItemsInShort(
    /// The checkout.
    checkout: Checkout,
) -> impl IntoView {
    let pictures = move || {
        checkout.request.with(|request| {
            let terms = &request.current().terms;
            let pictures = (0..terms.items().len()).filter_map(|line| terms.picture_of(line)).take(3);
            pictures.map(|picture| view! { <Pictured thread=checkout.cell.id() picture /> }).collect_view()
        })
    };
    let with = move || {
        let totals = checkout.totals();
        match (checkout.is_digital(), checkout.tax_is_open()) {
            (true, _) => t().checkout_summary_tax(&money(totals.tax)),
            (false, true) => t().checkout_summary_open(&money(totals.shipping)),
            (false, false) => t().checkout_summary_with(&money(totals.shipping), &money(totals.tax)),
        }
    };
    view! {
        <details class="in-short">
            <summary>
                {pictures}
                <span>
                    <b>{move || t().checkout_summary(&money(checkout.totals().total))}</b>
                    <span class="muted fine">{with}</span>
                </span>
                <Icon name=IconName::Down size=IconSize::Tiny />
            </summary>
            <Items checkout />
            <Figures checkout />
        </details>
    }
}
