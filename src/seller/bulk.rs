//! What is done with the selected orders: slips, and handing them over.

use super::bulk_ship::BulkShipSheet;
use super::rows::QueueRow;
use crate::i18n::t;
use crate::navigate::{Panel, use_panels};
use crate::order::PackingSlip;
use crate::refusal::sentence;
use crate::store::{Session, ThreadCell, use_session};
use crate::ui::{Button, ButtonVariant, IconName};
use api::client::ApiError;
use domain::ids::OrderId;
use leptos::prelude::*;

type Orders = Vec<(ThreadCell, OrderId)>;

/// Orders with their threads.
async fn load(session: Session, orders: Vec<OrderId>) -> Result<Orders, ApiError> {
    let mut loaded = Vec::new();
    for order in orders {
        loaded.push((session.thread_of(order.as_str()).await?, order));
    }
    Ok(loaded)
}

/// Two buttons for the selected orders.
#[component]
pub(super) fn Bulk(
    /// The orders that are selected.
    selected: RwSignal<Vec<OrderId>>,
    /// The rows that orders are selected from.
    rows: Memo<Vec<QueueRow>>,
) -> impl IntoView {
    let (session, panels) = (use_session(), use_panels());
    let (shipping, printing) = (RwSignal::new(None::<Orders>), RwSignal::new(None::<Orders>));
    // What was shipped meanwhile is no longer meant.
    let meant = Memo::new(move |_| {
        let rows = rows.read();
        let can_ship = |order: &&OrderId| rows.iter().any(|row| row.can_ship && row.order() == Some(*order));
        selected.read().iter().filter(can_ship).cloned().collect::<Vec<_>>()
    });
    let none = Signal::derive(move || meant.read().is_empty());
    let opening = Action::new_local(move |sheet: &RwSignal<Option<Orders>>| {
        let (sheet, orders) = (*sheet, meant.get_untracked());
        async move {
            match load(session, orders).await {
                // The page may have been left meanwhile.
                Ok(orders) => drop(sheet.try_set(Some(orders))),
                Err(error) => session.toast(sentence(&error)),
            }
        }
    });
    let ship = move |()| match meant.get_untracked().as_slice() {
        [only] => panels.open(&Panel::Ship(only.clone())),
        _several => drop(opening.dispatch_local(shipping)),
    };
    let count = move || match meant.read().len() {
        0 => t().order_mark_shipped().to_owned(),
        count => t().queue_mark_shipped(&count.to_string()),
    };
    let sheet = move || {
        let close = move |()| {
            shipping.set(None);
            selected.set(Vec::new());
        };
        shipping.get().map(|orders| view! { <BulkShipSheet orders on_close=close /> })
    };
    let slips = move || {
        let done = move |()| printing.set(None);
        printing.get().map(|orders| view! { <PackingSlip orders on_done=done /> })
    };
    view! {
        <Button icon=IconName::Print disabled=none on_click=move |()| drop(opening.dispatch_local(printing))>
            {t().queue_slips()}
        </Button>
        <Button
            variant=ButtonVariant::Primary
            icon=IconName::Truck
            disabled=none
            pending=opening.pending()
            on_click=ship
        >
            {count}
        </Button>
        {sheet}
        {slips}
    }
}

crate::words! {
    queue_slips "Slips" "Distinte";
}
