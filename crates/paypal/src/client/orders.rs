//! Calls about orders.

use super::PayPal;
use crate::failure::Failure;
use crate::order::{NewAmount, Order, OrderWords};
use crate::text::Reference;
use crate::tracking::NewTracker;
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct Patch<'a> {
    op: &'static str,
    path: String,
    value: &'a NewAmount,
}

impl PayPal {
    /// Makes an order. With a vaulted source it may come back completed, or still want the buyer.
    ///
    /// # Errors
    /// As [`Failure`] has it; `Refused` for a vaulted source may be [`Issue::PayerActionRequired`](crate::Issue).
    pub async fn create_order(&self, key: &str, order: &OrderWords) -> Result<Order, Failure> {
        self.ask(self.post("create_order", &["v2", "checkout", "orders"])?.keyed(key)?.text(order.as_str())).await
    }

    /// An order as it is now: the only source of truth.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn order(&self, id: &str) -> Result<Order, Failure> {
        self.ask_about(id, self.get("order", &["v2", "checkout", "orders", id])?).await
    }

    /// Gives an order another amount, while it is created or approved. `unit` is our name of its purchase unit, `None` if it
    /// was made without one. Saying it twice changes nothing, so there is no key.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn patch_amount(
        &self,
        id: &str,
        unit: Option<&Reference<256>>,
        amount: &NewAmount,
    ) -> Result<(), Failure> {
        let unit = unit.map_or("default", Reference::as_str);
        // The path is a query in quotes: a name with one would end it.
        if unit.contains('\'') {
            return Err(Failure::unsent("a name of a purchase unit with a quote in it"));
        }
        let path = format!("/purchase_units/@reference_id=='{unit}'/amount");
        let patches = [Patch { op: "replace", path, value: amount }];
        self.tell(self.patch("patch_amount", &["v2", "checkout", "orders", id])?.json(&patches)?).await
    }

    /// Sets the money of an approved order aside.
    ///
    /// # Errors
    /// As [`Failure`] has it; [`Issue::OrderAlreadyAuthorized`](crate::Issue) is success after a lost answer: fetch.
    pub async fn authorize_order(&self, key: &str, id: &str) -> Result<Order, Failure> {
        self.act("authorize_order", key, id, "authorize").await
    }

    /// Takes the money of an approved order.
    ///
    /// # Errors
    /// As [`Failure`] has it; [`Issue::OrderAlreadyCaptured`](crate::Issue) is success after a lost answer: fetch.
    pub async fn capture_order(&self, key: &str, id: &str) -> Result<Order, Failure> {
        self.act("capture_order", key, id, "capture").await
    }

    async fn act(&self, name: &'static str, key: &str, id: &str, verb: &str) -> Result<Order, Failure> {
        let call = self.post(name, &["v2", "checkout", "orders", id, verb])?.keyed(key)?.json(&json!({}))?;
        self.ask_about(id, call).await
    }

    /// Tells PayPal of a parcel.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn add_tracking(&self, key: &str, order: &str, tracker: &NewTracker) -> Result<(), Failure> {
        let call = self.post("add_tracking", &["v2", "checkout", "orders", order, "track"])?;
        self.tell(call.keyed(key)?.json(tracker)?).await
    }
}
