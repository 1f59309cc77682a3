//! `authorize` and `capture` of an order.

use super::{Approval, Funding, Intent, Stage};
use crate::call::{Call, Done};
use crate::payment::{NewCapture, Source};
use crate::refusal::Refusal;
use crate::repeat::Reference;
use crate::world::World;

/// `POST /v2/checkout/orders/{id}/capture`
pub(crate) fn capture(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    pay(world, call, Intent::Capture)
}

/// `POST /v2/checkout/orders/{id}/authorize`
pub(crate) fn authorize(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    pay(world, call, Intent::Authorize)
}

fn pay(world: &mut World, call: &Call, action: Intent) -> Result<Done, Refusal> {
    if !call.body["payment_source"].is_null() {
        return Err(Refusal::about("INCOMPATIBLE_PARAMETER_VALUE", "/payment_source"));
    }
    let id = call.id();
    complete(world, id, action)?;
    Ok(Done::Made(Reference::PaidOrder(id.to_owned())))
}

/// Holds or takes the money of an approved order.
pub(super) fn complete(world: &mut World, id: &str, action: Intent) -> Result<(), Refusal> {
    let order = world.order(id)?;
    if order.intent != action {
        // Of the two, the file lists it for `authorize` alone.
        return Err(Refusal::unprocessable("ACTION_DOES_NOT_MATCH_INTENT"));
    }
    let approval = match &order.stage {
        Stage::Approved(approval, _) => approval.clone(),
        Stage::Created | Stage::PayerActionRequired => return Err(Refusal::unprocessable("ORDER_NOT_APPROVED")),
        Stage::Completed(_) => {
            return Err(Refusal::unprocessable(match action {
                Intent::Capture => "ORDER_ALREADY_CAPTURED",
                Intent::Authorize => "ORDER_ALREADY_AUTHORIZED",
            }));
        }
        Stage::Voided => return Err(Refusal::missing()),
    };
    no_invoice_twice(world, id)?;
    if approval.funding == Funding::DecliningCard {
        return Err(decline(world, id));
    }
    settle(world, id, action, approval)
}

fn no_invoice_twice(world: &World, id: &str) -> Result<(), Refusal> {
    let order = world.order(id)?;
    for (place, unit) in order.units.iter().enumerate() {
        let Some(invoice) = unit.text("invoice_id") else { continue };
        let twice = order.units[..place].iter().any(|other| other.text("invoice_id").as_ref() == Some(&invoice));
        if twice || world.invoice_is_used(&invoice, unit.payee.account(), None) {
            return Err(Refusal::unprocessable("DUPLICATE_INVOICE_ID"));
        }
    }
    Ok(())
}

/// The card is declined: the buyer has to come back to the same link.
fn decline(world: &mut World, id: &str) -> Refusal {
    let link = format!("{}/checkoutnow?token={id}", world.base);
    let Ok(order) = world.order_mut(id) else { return Refusal::missing() };
    order.stage = order.waiting();
    Refusal::redirecting("INSTRUMENT_DECLINED", link)
}

fn settle(world: &mut World, id: &str, action: Intent, approval: Approval) -> Result<(), Refusal> {
    let order = world.order_mut(id)?;
    order.stage = Stage::Completed(approval.clone());
    let units = order.units.clone();
    for (place, unit) in units.iter().enumerate() {
        let source = Source {
            order: id.to_owned(),
            unit: place,
            payee: unit.payee.clone(),
            invoice_id: unit.text("invoice_id"),
            custom_id: unit.text("custom_id"),
            funding: approval.funding,
        };
        match action {
            Intent::Authorize => world.hold(source, unit.amount),
            Intent::Capture => {
                world.take(NewCapture { source, authorization: None, amount: unit.amount, is_final: true });
            }
        }
    }
    world.vault_if_asked(id, &approval.buyer);
    let order = world.order(id)?.clone();
    let shown = world.order_json(&order);
    world.tell("CHECKOUT.ORDER.COMPLETED", "checkout-order", "Checkout Order Completed", shown);
    Ok(())
}
