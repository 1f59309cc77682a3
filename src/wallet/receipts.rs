//! Receipts: what was paid in the threads that are loaded, the newest first.

use crate::format::{day, money};
use crate::i18n::t;
use crate::navigate::{Panel, panel_path};
use crate::payment_request::{peer_name, title};
use crate::store::use_session;
use crate::ui::{Icon, IconName, IconSize};
use domain::thread::Role;
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos_router::components::A;

/// One paid order.
#[derive(Clone, PartialEq)]
struct Paid {
    at: Timestamp,
    path: String,
    title: String,
    beneath: String,
    amount: String,
}

/// What was paid, with the way to its receipt.
#[component]
pub(super) fn Receipts() -> impl IntoView {
    let session = use_session();
    let paid = Memo::new(move |_| {
        let threads = session.inbox.primary.get();
        let cells = threads.iter().filter_map(|thread| session.known_thread(thread));
        let of_thread = |cell: crate::store::ThreadCell| {
            let peer = peer_name(session, cell);
            cell.state.with(|state| {
                let orders = state.orders.values().filter(|_| cell.role == Role::Buyer);
                orders
                    .map(|order| Paid {
                        at: order.placed_at,
                        path: panel_path(&state.id, &Panel::Receipt(order.id.clone())),
                        title: title(&order.terms),
                        beneath: format!("{peer} · {} · {}", order.number.as_str(), day(order.placed_at)),
                        amount: money(order.total()),
                    })
                    .collect::<Vec<_>>()
            })
        };
        let mut paid: Vec<Paid> = cells.flat_map(of_thread).collect();
        paid.sort_by_key(|paid| std::cmp::Reverse(paid.at));
        paid
    });
    let row = |paid: Paid| {
        view! {
            <li>
                <A href=paid.path attr:class="row">
                    <Icon name=IconName::Receipt />
                    <div>
                        <p class="value">{paid.title}</p>
                        <p class="label">{paid.beneath}</p>
                    </div>
                    <span class="num">{paid.amount}</span>
                    <Icon name=IconName::Next size=IconSize::Tiny />
                </A>
            </li>
        }
    };
    let rows = move || match paid.with(Vec::is_empty) {
        true => view! { <p class="muted">{t().wallet_no_receipts()}</p> }.into_any(),
        false => view! { <ul class="rows">{paid.get().into_iter().map(row).collect_view()}</ul> }.into_any(),
    };
    view! {
        <section>
            <h2>{t().wallet_receipts()}</h2>
            {rows}
        </section>
    }
}
