//! A buyer agrees, and what becomes of an approval that nobody uses.

use super::{APPROVAL_WINDOW, Approval, Funding, Order, Stage, Unit};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::world::{Payee, World};
use serde_json::json;
use url::Url;

/// What an order comes back approved for, instead of what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misapproval {
    /// Another amount, for its first purchase unit.
    Amount(Money),
    /// Another merchant, for all of them.
    Payee(String),
}

impl World {
    /// The buyer agrees to pay. Gives back where they are sent, if the order says so.
    pub(crate) fn approve(&mut self, id: &str, email: &str, funding: Funding) -> Result<Option<String>, Refusal> {
        let buyer = self.buyer(email);
        let now = self.now();
        let order = self.order_mut(id)?;
        match order.stage {
            Stage::Created | Stage::PayerActionRequired | Stage::Approved(..) => {}
            Stage::Completed(_) | Stage::Voided => return Err(Refusal::unprocessable("ORDER_ALREADY_COMPLETED")),
        }
        let payer = buyer.payer_id.clone();
        order.stage = Stage::Approved(Approval { buyer, funding }, now);
        let order = order.clone();
        let shown = self.order_json(&order);
        self.tell("CHECKOUT.ORDER.APPROVED", "checkout-order", "An order has been approved by buyer", shown);
        Ok(order.experience["return_url"].as_str().map(|to| with(to, &[("token", id), ("PayerID", &payer)])))
    }

    /// Where a buyer goes who does not want to.
    pub(crate) fn cancel_url(&self, id: &str) -> Result<Option<String>, Refusal> {
        let order = self.order(id)?;
        Ok(order.experience["cancel_url"].as_str().map(|to| with(to, &[("token", id)])))
    }

    /// Has an order be about something else than what was asked for.
    pub(crate) fn misapprove(&mut self, id: &str, instead: Misapproval) -> Result<(), Refusal> {
        let order = self.order_mut(id)?;
        match instead {
            Misapproval::Amount(amount) => {
                let Some(unit) = order.units.first_mut() else { return Ok(()) };
                unit.amount = amount;
                unit.body["amount"] = amount.json();
                // The lines of what was asked for do not add up to it.
                if let Some(fields) = unit.body.as_object_mut() {
                    fields.remove("items");
                }
            }
            Misapproval::Payee(merchant_id) => {
                let payee = Payee { merchant_id: Some(merchant_id), email: None };
                let pay_to = |unit: &mut Unit| unit.payee = payee.clone();
                order.units.iter_mut().for_each(pay_to);
            }
        }
        Ok(())
    }

    /// Approvals that were not used in time are taken back.
    pub(crate) fn reverse_stale_approvals(&mut self) {
        let now = self.now();
        let stale = |order: &&Order| matches!(&order.stage, Stage::Approved(_, at) if now >= at + APPROVAL_WINDOW);
        let ids: Vec<String> = self.orders.values().filter(stale).map(|order| order.id.clone()).collect();
        for id in ids {
            let Some(order) = self.orders.get_mut(&id) else { continue };
            order.stage = Stage::Voided;
            order.updated = now;
            let units: Vec<_> = order
                .units
                .iter()
                .map(|unit| json!({ "reference_id": unit.reference(), "amount": unit.amount.json() }))
                .collect();
            let resource = json!({ "order_id": id, "purchase_units": units });
            let summary = "A payment has been reversed after approval";
            self.tell("CHECKOUT.PAYMENT-APPROVAL.REVERSED", "checkout-order", summary, resource);
        }
    }
}

/// An address with more in its query.
pub(crate) fn with(to: &str, pairs: &[(&str, &str)]) -> String {
    match Url::parse(to) {
        Ok(mut url) => {
            url.query_pairs_mut().extend_pairs(pairs);
            url.into()
        }
        Err(_) => to.to_owned(),
    }
}
