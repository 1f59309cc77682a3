//! What a revision changed: the old struck through, the new beside it.

use super::card::Ask;
use crate::format::money;
use crate::i18n::t;
use crate::ui::{Chip, ChipTone};
use domain::money::Money;
use domain::terms::{Change, Item};
use leptos::prelude::*;
use stylers::style_sheet;

/// `2 × $18.00`.
pub(super) fn pieces(item: &Item) -> String {
    format!("{} × {}", item.quantity, money(item.unit_price))
}

/// What the last revision of a request changed; nothing for the first.
#[component]
pub(super) fn Changes(
    /// The request.
    ask: Ask,
) -> impl IntoView {
    let class = style_sheet!("src/payment_request/changes.css");
    let shown = move || {
        let (number, changes) = ask.request.with(|request| (request.current().number, request.last_changes()));
        (number > 1).then(|| {
            let lines: Vec<AnyView> = changes.iter().filter_map(line).collect();
            view! { class=class,
                <div class="request-changes">
                    <Chip tone=ChipTone::Turn>{t().ask_revision(&number.to_string())}</Chip>
                    <ul>{lines}</ul>
                </div>
            }
        })
    };
    view! { {shown} }
}

fn line(change: &Change) -> Option<AnyView> {
    Some(match change {
        Change::Added(item) => view! {
            <li>
                <span>{t().ask_added()}</span>
                <ins>{item.name.to_string()} " · " {pieces(item)}</ins>
            </li>
        }
        .into_any(),
        Change::Removed(item) => view! {
            <li>
                <span>{t().ask_removed()}</span>
                <del>{item.name.to_string()} " · " {pieces(item)}</del>
            </li>
        }
        .into_any(),
        Change::Changed { before, after } => pair(before.name.to_string(), pieces(before), pieces(after)),
        Change::Discount(before, after) => figures(t().ask_discount(), *before, *after),
        Change::Shipping(before, after) => figures(t().ask_shipping(), *before, *after),
        Change::Tax(before, after) => figures(t().ask_tax(), *before, *after),
        Change::TaxByState => view! { <li>{t().ask_tax_by_state()}</li> }.into_any(),
        // The amount above says it.
        Change::Total(..) => return None,
    })
}

fn figures(label: &str, before: Money, after: Money) -> AnyView {
    pair(label.to_owned(), money(before), money(after))
}

fn pair(label: String, before: String, after: String) -> AnyView {
    view! {
        <li>
            <span>{label}</span>
            <del>
                <span class="sr-only">{t().ask_was()} " "</span>
                {before}
            </del>
            <ins>
                <span class="sr-only">{t().ask_now()} " "</span>
                {after}
            </ins>
        </li>
    }
    .into_any()
}
