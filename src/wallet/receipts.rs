//! Receipts: what was paid, in whatever thread, the newest first.

use crate::format::{day, money};
use crate::i18n::t;
use crate::navigate::{Panel, panel_path};
use crate::payment_request::title;
use crate::refusal::sentence;
use crate::store::{paged, use_session};
use crate::ui::{Icon, IconName, IconSize, ListEnd, Skeleton};
use api::wire::{QueueEntry, QueueItem};
use leptos::prelude::*;
use leptos_router::components::A;

/// One paid order.
#[derive(Clone, PartialEq)]
struct Paid {
    path: String,
    title: String,
    beneath: String,
    amount: String,
}

impl Paid {
    fn of(entry: &QueueEntry) -> Option<Self> {
        match &entry.item {
            QueueItem::Order { order, .. } => Some(Self {
                path: panel_path(&entry.thread, &Panel::Receipt(order.id.clone())),
                title: title(&order.terms),
                beneath: format!("{} · {} · {}", entry.peer.name, order.number.as_str(), day(order.placed_at)),
                amount: money(order.total()),
            }),
            QueueItem::Request { .. } => None,
        }
    }
}

/// What was paid, with the way to its receipt.
#[component]
pub(super) fn Receipts() -> impl IntoView {
    let session = use_session();
    let bought = paged(move || {
        Some(move |after: Option<String>| async move {
            let page = session.client().bought(after.as_deref()).await?;
            Ok((page.entries, page.next))
        })
    });
    let paid = Memo::new(move |_| bought.items.read().iter().filter_map(Paid::of).collect::<Vec<_>>());
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
    let rows = move || match (bought.answered.get(), paid.with(Vec::is_empty)) {
        (false, _) if bought.problem.read().is_some() => ().into_any(),
        (false, _) => view! { <Skeleton count=2 label=t().checkout_loading() /> }.into_any(),
        (true, true) => view! { <p class="muted">{t().wallet_no_receipts()}</p> }.into_any(),
        (true, false) => view! {
            <ul class="rows">
                <For each=move || paid.get() key=|paid| paid.path.clone() children=row />
            </ul>
        }
        .into_any(),
    };
    view! {
        <section>
            <h2>{t().wallet_receipts()}</h2>
            {rows}
            <ListEnd
                more=Signal::derive(move || bought.next.read().is_some())
                busy=bought.busy
                problem=Signal::derive(move || bought.problem.read().as_ref().map(sentence))
                more_label=t().list_more()
                retry_label=t().list_retry()
                on_more=move |()| bought.more()
                on_retry=move |()| bought.retry()
            />
        </section>
    }
}
