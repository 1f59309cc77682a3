//! What is done with the selected orders: slips, and handing them over.

use super::rows::QueueRow;
use crate::i18n::t;
use crate::navigate::{Panel, use_panels};
use crate::order::{PackingSlip, Paper};
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

/// Slips and labels of the selected orders; handing them over, or all that can be.
#[component]
pub(super) fn Bulk(
    /// The orders that are selected.
    selected: RwSignal<Vec<OrderId>>,
    /// The rows that orders are selected from.
    rows: Memo<Vec<QueueRow>>,
    /// Whether there are others, that the list is narrowed down to leave out.
    #[prop(into)]
    narrowed: Signal<bool>,
) -> impl IntoView {
    let (session, panels) = (use_session(), use_panels());
    let printing = RwSignal::new(None::<(Paper, Orders)>);
    // What was shipped meanwhile is no longer meant.
    let meant = Memo::new(move |_| {
        let rows = rows.read();
        let can_ship = |order: &&OrderId| rows.iter().any(|row| row.can_ship && row.order() == Some(*order));
        selected.read().iter().filter(can_ship).cloned().collect::<Vec<_>>()
    });
    let none = Signal::derive(move || meant.read().is_empty());
    let nothing = Memo::new(move |_| !narrowed.get() && !rows.read().iter().any(|row| row.can_ship));
    let opening = Action::new_local(move |paper: &Paper| {
        let (paper, orders) = (*paper, meant.get_untracked());
        async move {
            match load(session, orders).await {
                // The page may have been left meanwhile.
                Ok(orders) => drop(printing.try_set(Some((paper, orders)))),
                Err(error) => session.toast(sentence(&error)),
            }
        }
    });
    let ship = move |()| match meant.get_untracked().as_slice() {
        [only] => panels.open(&Panel::Ship(only.clone())),
        _all_or_several => panels.open(&Panel::ShipMany),
    };
    let count = move || match meant.read().len() {
        0 => t().order_mark_shipped().to_owned(),
        count => t().queue_mark_shipped(&count.to_string()),
    };
    let slips = move || {
        let done = move |()| printing.set(None);
        printing.get().map(|(paper, orders)| view! { <PackingSlip orders paper on_done=done /> })
    };
    let print = move |(paper, icon, words): (Paper, IconName, &'static str)| {
        let pending = Signal::derive(move || opening.pending().get() && *opening.input().read() == Some(paper));
        let start = move |()| drop(opening.dispatch_local(paper));
        view! { <Button icon disabled=none pending on_click=start>{words}</Button> }
    };
    let papers =
        [(Paper::Slips, IconName::Print, t().queue_slips()), (Paper::Labels, IconName::Tag, t().queue_labels())];
    view! {
        {papers.map(print).into_iter().collect_view()}
        <Button variant=ButtonVariant::Primary icon=IconName::Truck disabled=nothing on_click=ship>
            {count}
        </Button>
        {slips}
    }
}

crate::words! {
    queue_slips "Slips" "Distinte";
    queue_labels "Labels" "Etichette";
    queue_mark_shipped(n) "Mark {n} shipped" "Segna {n} spediti";
}
