//! The order that is looked at: beside the queue, and the sheets about it.

use crate::help::{HelpSheet, RefundSheet};
use crate::i18n::t;
use crate::navigate::{Panel, thread_path, use_panel, use_panels};
use crate::order::{OrderPage, ReceiptSheet, ShipSheet};
use crate::refusal::sentence;
use crate::store::{Session, ThreadCell, answer};
use crate::ui::{Icon, IconName, IconSize};
use api::client::ApiError;
use domain::ids::OrderId;
use leptos::prelude::*;

/// The order that a panel of this page is about.
pub(super) fn order_of(panel: &Panel) -> Option<&OrderId> {
    match panel {
        Panel::Order(id) | Panel::Ship(id) | Panel::Help(id) | Panel::Refund(id) | Panel::Receipt(id) => Some(id),
        Panel::Checkout(_)
        | Panel::Counter(_)
        | Panel::NewRequest
        | Panel::Revise(_)
        | Panel::Catalogue
        | Panel::About
        | Panel::Search
        | Panel::ShipMany => None,
    }
}

/// An order and its thread, once that has come.
pub(super) type Opened = Signal<Option<(OrderId, Result<ThreadCell, ApiError>)>>;

/// The order that is looked at, with its thread.
pub(super) fn use_opened(session: Session, current: Memo<Option<OrderId>>) -> Opened {
    let loaded = answer(move || {
        let current = current.get();
        async move {
            let order = current?;
            let cell = session.thread_of(order.as_str()).await;
            Some((order, cell))
        }
    });
    Signal::derive(move || loaded.get().flatten().filter(|(order, _)| current.read().as_ref() == Some(order)))
}

/// The order that is looked at, beside the queue; in place of it where the page is narrow.
#[component]
pub(super) fn Details(opened: Opened) -> impl IntoView {
    let panels = use_panels();
    move || {
        let (order, cell) = opened.get()?;
        let content = match cell {
            Ok(cell) => {
                let talk = move |_| panels.go(&thread_path(&cell.id()));
                view! {
                    <button type="button" class="talk link" on:click=talk>
                        <Icon name=IconName::Chat size=IconSize::Small />
                        {t().queue_talk()}
                    </button>
                    <OrderPage cell order on_close=move |()| panels.close() />
                }
                .into_any()
            }
            Err(error) => view! {
                <div class="notice bad" role="alert">
                    <Icon name=IconName::Warning size=IconSize::Small />
                    <p>{sentence(&error)}</p>
                    <button type="button" class="link" on:click=move |_| panels.close()>{t().order_close()}</button>
                </div>
            }
            .into_any(),
        };
        Some(view! { <aside aria-label=t().order_details()>{content}</aside> })
    }
}

/// The sheets that the address asks for.
#[component]
pub(super) fn Sheets(opened: Opened) -> impl IntoView {
    let panels = use_panels();
    let panel = use_panel();
    move || {
        let panel = panel.get()?;
        // Goes with the sheet: what ends after it was left closes no other.
        let close = Callback::new(move |()| panels.close());
        let (order, cell) = opened.get().filter(|(order, _)| order_of(&panel) == Some(order))?;
        let cell = cell.ok()?;
        match panel {
            Panel::Ship(_) => Some(view! { <ShipSheet cell order on_close=close /> }.into_any()),
            Panel::Help(_) => Some(view! { <HelpSheet cell order on_close=close /> }.into_any()),
            Panel::Refund(_) => Some(view! { <RefundSheet cell order on_close=close /> }.into_any()),
            Panel::Receipt(_) => Some(view! { <ReceiptSheet cell order on_close=close /> }.into_any()),
            Panel::Order(_)
            | Panel::Checkout(_)
            | Panel::Counter(_)
            | Panel::NewRequest
            | Panel::Revise(_)
            | Panel::Catalogue
            | Panel::About
            | Panel::Search
            | Panel::ShipMany => None,
        }
    }
}

crate::words! {
    queue_talk "Open the conversation" "Apri la conversazione";
}
