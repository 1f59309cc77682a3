//! The agreement receipt as it is read: what both agreed to, in words.

use super::money::totals;
use crate::format::{day_and_clock, money};
use crate::i18n::t;
use crate::payment_request::kind_name;
use domain::payment::MethodKind;
use domain::terms::{Item, Terms, Totals};
use domain::time::Timestamp;
use leptos::prelude::*;
use serde::Deserialize;

/// What a receipt says, read from the very text that is hashed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Agreement {
    /// What people call the order.
    pub order: String,
    /// Which order.
    pub order_id: String,
    revision: u32,
    terms: Terms,
    totals: Totals,
    destination: Option<Town>,
    paid_with: MethodKind,
    placed_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Town {
    city: String,
    state: String,
}

impl Agreement {
    /// Reads what was agreed.
    pub fn read(agreement: &serde_json::Value) -> Option<Self> {
        serde_json::from_value(agreement.clone()).ok()
    }
}

/// `8f3a…c21e`.
pub(super) fn short_hash(hash: &str) -> String {
    match (hash.get(..4), hash.len().checked_sub(4).and_then(|from| hash.get(from..))) {
        (Some(head), Some(tail)) => format!("{head}…{tail}"),
        (None, _) | (_, None) => hash.to_owned(),
    }
}

/// What both agreed to: items, totals, parties and dates.
#[component]
pub(super) fn AgreementView(
    /// What was agreed.
    agreement: Agreement,
    /// Who bought.
    buyer: String,
    /// Who sold.
    seller: String,
) -> impl IntoView {
    let fact = |name: &'static str, value: String| {
        view! {
            <dt>{name}</dt>
            <dd>{value}</dd>
        }
    };
    let town = agreement.destination.map(|town| fact(t().receipt_town(), format!("{}, {}", town.city, town.state)));
    let at = agreement.placed_at;
    view! {
        <dl class="facts">
            {fact(t().receipt_seller(), seller)} {fact(t().receipt_buyer(), buyer)} <dt>{t().receipt_agreed()}</dt>
            <dd>
                <time datetime=at.to_string()>{day_and_clock(at)}</time>
            </dd>
            {fact(t().receipt_paid_with(), kind_name(agreement.paid_with).to_owned())} {town}
            {fact(t().receipt_revision(), agreement.revision.to_string())}
        </dl>
        <ul class="lines">{agreement.terms.items().iter().map(line).collect_view()}</ul>
        {totals(agreement.totals)}
    }
}

fn line(item: &Item) -> impl IntoView + use<> {
    let count = (item.quantity > 1).then(|| format!("{} × ", item.quantity));
    let detail = item.detail.as_ref().map(|detail| view! { <p class="muted fine">{detail.to_string()}</p> });
    view! {
        <li>
            <div>
                <p>
                    {count} {item.name.to_string()}
                </p>
                {detail}
            </div>
            <bdi class="num">{money(item.line_total())}</bdi>
        </li>
    }
}

crate::words! {
    receipt_seller "Seller" "Venditore";
    receipt_buyer "Buyer" "Cliente";
    receipt_agreed "Agreed and paid" "Concordato e pagato";
    receipt_paid_with "Paid with" "Pagato con";
    receipt_town "Delivered to" "Consegna a";
    receipt_revision "Revision" "Revisione";
}

#[cfg(test)]
mod tests {
    use super::short_hash;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn a_hash_is_shortened_to_its_ends() {
        assert_eq!(short_hash("8f3a00112233c21e"), "8f3a…c21e");
        assert_eq!(short_hash("8f"), "8f");
    }
}
