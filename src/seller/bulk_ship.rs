//! Several orders at once: a tracking number for each.

use crate::i18n::t;
use crate::order::{Carried, CarrierField, LiveOrder, Write, WriteProblem, can_ship, item_names, use_write};
use crate::store::ThreadCell;
use crate::ui::{Button, ButtonSize, ButtonVariant, Icon, IconName, IconSize, Sheet};
use api::wire::Ship;
use domain::ids::OrderId;
use domain::order::Order;
use leptos::prelude::*;
use stylers::style_sheet;

/// One order on the sheet. A copy is a handle.
#[derive(Clone, Copy)]
struct Line {
    live: LiveOrder,
    carried: Carried,
    write: Write<Ship>,
    waits: Memo<bool>,
}

impl Line {
    fn new(cell: ThreadCell, order: OrderId) -> Self {
        let live = LiveOrder::new(cell, order);
        let write = use_write(
            move |client, key, body: Ship| {
                let id = live.id();
                async move { client.ship(&key, &id, &body).await }
            },
            |_| {},
        );
        let waits = Memo::new(move |_| live.with_payment(can_ship));
        Self { live, carried: Carried::new(), write, waits }
    }

    /// Hands everything that waits over in one parcel, when carrier and number can be sent.
    fn send(&self) {
        if let (true, Some((carrier, tracking))) = (self.waits.get_untracked(), self.carried.read()) {
            let contents = self.live.order.with_untracked(|order| order.as_ref().map(Order::unshipped));
            self.write.start(Ship { contents: contents.unwrap_or_default(), carrier, tracking });
        }
    }
}

/// A sheet that marks several orders as shipped, each in one parcel.
#[component]
pub(super) fn BulkShipSheet(
    /// Which orders of which threads.
    orders: Vec<(ThreadCell, OrderId)>,
    /// Called to close it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/seller/bulk_ship.css");
    let lines: Vec<Line> = orders.into_iter().map(|(cell, order)| Line::new(cell, order)).collect();
    let lines = StoredValue::new(lines);
    let waiting = Memo::new(move |_| lines.with_value(|lines| lines.iter().filter(|line| line.waits.get()).count()));
    let busy = Signal::derive(move || lines.with_value(|lines| lines.iter().any(|line| line.write.pending().get())));
    let send = move |()| {
        if waiting.get_untracked() == 0 {
            on_close.run(());
        } else {
            lines.with_value(|lines| lines.iter().for_each(Line::send));
        }
    };
    let button = move || match waiting.get() {
        0 => t().queue_bulk_done().to_owned(),
        waiting => t().queue_mark_shipped(&waiting.to_string()),
    };
    let foot = view! {
        <Button variant=ButtonVariant::Primary size=ButtonSize::Wide pending=busy on_click=send>
            {button}
        </Button>
    };
    view! { class=class,
        <Sheet title=t().queue_bulk_title() close_label=t().order_close() on_close foot=foot.into_any()>
            <ol class="bulk-ship">{lines.with_value(|lines| lines.iter().copied().map(line).collect_view())}</ol>
        </Sheet>
    }
}

fn line(line: Line) -> impl IntoView {
    let Line { live, carried, write, waits } = line;
    let title = move || {
        let number = live.read(|order| order.number.as_str().to_owned());
        format!("{} · {number}", live.peer_name())
    };
    let field = move || {
        if waits.get() {
            view! { <CarrierField carried /> }.into_any()
        } else {
            view! {
                <p class="good-text done">
                    <Icon name=IconName::CheckCircle size=IconSize::Small />
                    {t().ship_done()}
                </p>
            }
            .into_any()
        }
    };
    view! {
        <li>
            <fieldset>
                <legend>
                    <b>{title}</b>
                    <span class="muted fine">{move || live.read(item_names)}</span>
                </legend>
                <div role="status">{field}</div>
                <WriteProblem problem=write.problem() />
            </fieldset>
        </li>
    }
}

crate::words! {
    queue_bulk_title "Mark as shipped" "Segna come spediti";
    queue_bulk_done "Done" "Fatto";
    queue_mark_shipped(n) "Mark {n} shipped" "Segna {n} spediti";
}
