//! What an order cost, and what went back.

use super::live::LiveOrder;
use super::words::{refund_reason, refund_state};
use crate::format::{less, money};
use crate::i18n::t;
use domain::payment::Refund;
use domain::terms::Totals;
use leptos::prelude::*;

/// The figures of an order.
pub(super) fn totals(figures: Totals) -> impl IntoView {
    let line = |name: &'static str, amount: String| view! { <dt>{name}</dt> <dd><bdi>{amount}</bdi></dd> };
    view! {
        <dl class="totals">
            {line(t().order_items_of_order(), money(figures.items))}
            {(!figures.discount.is_zero()).then(|| line(t().order_discount(), less(figures.discount)))}
            {line(t().order_shipping(), money(figures.shipping))} {line(t().order_tax(), money(figures.tax))}
            <dt class="sum">{t().order_total()}</dt>
            <dd class="sum">
                <bdi>{money(figures.total)}</bdi>
            </dd>
        </dl>
    }
}

/// Money on its way back, or back; nothing when there is none.
#[component]
pub(super) fn Refunds(
    /// Of which order.
    live: LiveOrder,
) -> impl IntoView {
    let refunds = Memo::new(move |_| {
        let all = |payment: &domain::payment::Payment| payment.refunds.values().cloned().collect::<Vec<Refund>>();
        live.payment.with(|payment| payment.as_ref().map(all).unwrap_or_default())
    });
    let line = |refund: Refund| {
        view! {
            <li>
                <div>
                    <p>{refund_reason(refund.reason)}</p>
                    <p class="muted fine">{refund_state(&refund)}</p>
                </div>
                <bdi class="num">{money(refund.amount)}</bdi>
            </li>
        }
    };
    let shown = move || {
        let refunds = refunds.get();
        (!refunds.is_empty()).then(|| {
            view! {
                <section>
                    <h3>{t().order_refunds()}</h3>
                    <ul class="lines">{refunds.into_iter().map(line).collect_view()}</ul>
                </section>
            }
        })
    };
    view! { {shown} }
}

crate::words! {
    order_discount "Discount" "Sconto";
    order_shipping "Shipping" "Spedizione";
    order_tax "Tax" "Imposte";
    order_total "Total" "Totale";
    order_refunds "Refunds" "Rimborsi";
}
