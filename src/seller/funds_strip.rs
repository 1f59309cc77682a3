//! Where a seller's money is, over all orders.

use crate::format::money;
use crate::i18n::t;
use crate::ui::{Icon, IconName, IconSize};
use api::wire::{FundsSum, QueueSums};
use domain::money::{Currency, Money};
use leptos::prelude::*;
use stylers::style_sheet;

/// Held, releasable, frozen, and released in the last seven days.
#[component]
pub(super) fn FundsStrip(
    /// What was told of all orders; nothing as long as nothing was.
    sums: Memo<Option<QueueSums>>,
) -> impl IntoView {
    let class = style_sheet!("src/seller/funds_strip.css");
    let sum = move |of: fn(&FundsSum) -> Money| {
        sums.read().as_ref().map(|sums| match sums.funds.as_slice() {
            [] => money(Money::zero(Currency::USD)),
            funds => funds.iter().map(|funds| money(of(funds))).collect::<Vec<_>>().join(" + "),
        })
    };
    let cell = move |icon: IconName, name: &'static str, of: fn(&FundsSum) -> Money| {
        view! {
            <div>
                <dt>
                    <Icon name=icon size=IconSize::Tiny />
                    {name}
                </dt>
                <dd>
                    <bdi>{move || sum(of).unwrap_or_else(|| "…".to_owned())}</bdi>
                </dd>
            </div>
        }
    };
    view! { class=class,
        <dl class="funds-strip">
            {cell(IconName::Lock, t().funds_held(), |sum| sum.held)}
            {cell(IconName::Coins, t().funds_releasable(), |sum| sum.releasable)}
            {cell(IconName::Freeze, t().funds_frozen(), |sum| sum.frozen)}
            {cell(IconName::Check, t().queue_released_week(), |sum| sum.released)}
        </dl>
        <p class="statements">
            <a href="/you?panel=money">{t().funds_statements()}</a>
        </p>
    }
}

crate::words! {
    funds_statements "Statements" "Estratti conto";
    queue_released_week "Released this week" "Pagati questa settimana";
}
