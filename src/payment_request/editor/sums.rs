//! What it adds up to, and how much of what is allowed that is.

use super::Editor;
use super::draft::Field;
use crate::format::money;
use crate::i18n::t;
use domain::money::Money;
use domain::terms::Totals;
use leptos::prelude::*;

/// How much of what is allowed this request takes.
#[component]
pub(super) fn Limits(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let market = editor.market();
    let this = Memo::new(move |_| {
        let terms = editor.draft.with(|draft| draft.terms(editor.currency()).ok());
        terms.map_or(Money::zero(editor.currency()), |terms| terms.highest_total())
    });
    let week = Memo::new(move |_| editor.in_seven_days(this.get()));
    let meter = move |label: &'static str, over: &'static str, amount: Memo<Money>, cap: Money| {
        let is_over = move || amount.get().minor > cap.minor;
        view! {
            <p>
                <span>{label}</span>
                <span class="num">{move || t().editor_limit_of(&money(amount.get()), &money(cap))}</span>
            </p>
            <progress
                class="meter"
                max=cap.minor.to_string()
                prop:value=move || amount.get().minor as f64
                data-over=move || is_over().then_some("")
                aria-label=label
            ></progress>
            {move || is_over().then(|| view! { <p class="error">{over}</p> })}
        }
    };
    view! {
        <div class="limit">
            {meter(t().editor_limit_request(), t().editor_over_request(), this, market.request_cap)}
            {meter(t().editor_limit_week(), t().editor_over_week(), week, market.weekly_cap)}
        </div>
    }
}

/// What it adds up to.
#[component]
pub(super) fn Sum(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let totals = Memo::new(move |_| editor.totals());
    let told = move |read: fn(&Totals) -> Money| {
        totals.with(|totals| totals.as_ref().map_or_else(|| "—".to_owned(), |totals| money(read(totals))))
    };
    let goods = move || {
        totals.with(|totals| match totals {
            Some(totals) if !totals.discount.is_zero() => {
                t().editor_goods_less(&money(totals.items), &money(totals.discount))
            }
            // The amount stands beside it.
            Some(_) | None => t().editor_items().to_owned(),
        })
    };
    let shipping_and_tax = move || match editor.tax_is_open() {
        true => t().editor_shipping_tax_open(),
        false => t().editor_shipping_and_tax(),
    };
    let reduced = |totals: &Totals| totals.items.minus(totals.discount).unwrap_or(totals.items);
    let extra = |totals: &Totals| totals.shipping.plus(totals.tax).unwrap_or(totals.shipping);
    view! {
        <dl class="totals">
            <dt>{goods}</dt>
            <dd>{move || told(reduced)}</dd>
            <dt>{shipping_and_tax}</dt>
            <dd>{move || told(extra)}</dd>
            <dt class="sum">{t().editor_pays(&editor.peer.get_value())}</dt>
            <dd class="sum">
                <output>{move || told(|totals| totals.total)}</output>
            </dd>
        </dl>
        {move || {
            let wrong = editor.error(Field::Total);
            wrong.get().map(|wrong| view! { <p class="error">{wrong}</p> })
        }}
    }
}
