//! Handing a parcel over: what goes into it, and who carries it.

use super::actions::can_ship;
use super::carrier_field::{Carried, CarrierField};
use super::live::LiveOrder;
use super::packing_slip::address;
use super::quantities::{Quantities, QuantityList};
use super::write::{WriteProblem, use_write};
use crate::i18n::t;
use crate::store::ThreadCell;
use crate::ui::{Sheet, unique_id};
use api::wire::Ship;
use domain::ids::OrderId;
use domain::order::Order;
use domain::payment::{Payment, PaymentStatus};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

/// A sheet that hands a parcel over to a carrier.
#[component]
pub fn ShipSheet(
    /// The thread of the order.
    cell: ThreadCell,
    /// Which order.
    order: OrderId,
    /// Called to close it, and when it is done.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/order/ship_sheet.css");
    let live = LiveOrder::new(cell, order);
    let carried = Carried::new();
    // What was waiting when the sheet opened; a change meanwhile is refused and told.
    let opened_with = live.order.get_untracked();
    let waiting = opened_with.as_ref().map(Order::unshipped).unwrap_or_default();
    let quantities = Quantities::all(waiting);
    let nothing_chosen = RwSignal::new(false);
    let ship = use_write(
        move |client, key, body: Ship| {
            let id = live.id();
            async move { client.ship(&key, &id, &body).await }
        },
        move |_| {
            live.session.toast(t().ship_done());
            // It may have been left meanwhile.
            let _closed = on_close.try_run(());
        },
    );
    let form = unique_id("ship");
    let form_id = form.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let contents = quantities.packed();
        nothing_chosen.set(contents.is_empty());
        if let (Some((carrier, tracking)), false) = (carried.read(), contents.is_empty()) {
            ship.start(Ship { contents, carrier, tracking });
        }
    };
    let allowed = Memo::new(move |_| live.with_payment(can_ship));
    let ends_undo = Memo::new(move |_| {
        let reserved = |_: &Order, payment: &Payment| matches!(payment.status, PaymentStatus::Authorised { .. });
        live.with_payment(reserved)
    });
    let says = |(chosen, of): (u32, u32)| {
        if chosen == 0 {
            t().ship_second_parcel().to_owned()
        } else {
            t().ship_in_this(&chosen.to_string(), &of.to_string())
        }
    };
    let foot = view! {
        <button type="submit" form=form class="button primary wide" disabled=move || !allowed.get()
            aria-busy=move || ship.pending().get().then_some("true")>
            {t().order_mark_shipped()}
        </button>
        <WriteProblem problem=ship.problem() />
    };
    let destination = opened_with.as_ref().map(|order| address(&order.destination));
    let list =
        opened_with.map(|order| view! { <QuantityList label=t().order_in_this_parcel() order quantities says /> });
    let empty = move || nothing_chosen.get().then(|| view! { <p class="error">{t().ship_choose_items()}</p> });
    let undo =
        move || ends_undo.get().then(|| view! { <p class="muted fine">{t().ship_ends_undo(&live.peer_first())}</p> });
    let refused = move || (!allowed.get()).then(|| view! { <p class="notice">{t().ship_not_now()}</p> });
    view! { class=class,
        <Sheet
            title=t().ship_title()
            subtitle=Signal::derive(move || {
                let number = live.read(|order| order.number.as_str().to_owned());
                format!("{number} · {}", live.peer_name())
            })
            close_label=t().order_close()
            on_close
            foot=foot.into_any()
        >
            <div class="ship-sheet">
                {refused}
                <form id=form_id on:submit=submit>
                    {list}
                    <div role="alert">{empty}</div>
                    <CarrierField carried />
                </form>
                {undo}
                <div>
                    <p class="muted fine">{t().order_deliver_to()}</p>
                    {destination}
                </div>
            </div>
        </Sheet>
    }
}

crate::words! {
    ship_title "Mark shipped" "Segna spedito";
    ship_done "Marked as shipped" "Segnato come spedito";
    ship_in_this(n, of) "{n} of {of} in this parcel" "{n} di {of} in questo pacco";
    ship_second_parcel "Goes in a second parcel" "Va in un secondo pacco";
    ship_choose_items "Choose at least one item for this parcel." "Scegli almeno un articolo per questo pacco.";
    ship_ends_undo(peer) "Marking it as shipped makes the payment final: {peer} can no longer undo it." "Segnarlo come spedito rende definitivo il pagamento: {peer} non può più annullarlo.";
    ship_not_now "Nothing of this order can be shipped now." "Ora non c’è nulla da spedire di questo ordine.";
}
