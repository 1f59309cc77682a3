//! The agreement receipt: what both agreed to and how it was paid, as canonical JSON that either can hash.

use crate::address::Destination;
use crate::ids::OrderId;
use crate::thread::Thread;
use serde_json::{Value, json};

/// What was agreed; `None` when there is no such order. Neither side's secrets are in it: both can hold the same.
pub fn agreement(thread: &Thread, order: &OrderId) -> Option<Value> {
    let order = thread.orders.get(order)?;
    let payment = thread.payments.get(&order.payment)?;
    let totals = order.totals();
    let town = match order.destination.town_only() {
        Destination::Town { city, state } => json!({ "city": city, "state": state }),
        Destination::Address { .. } | Destination::Digital | Destination::Pickup => Value::Null,
    };
    Some(json!({
        "version": 1,
        "order": order.number.as_str(),
        "order_id": order.id.as_str(),
        "thread_id": thread.id.as_str(),
        "request_id": order.request.as_str(),
        "revision": payment.revision,
        "buyer_id": thread.buyer.as_str(),
        "seller_id": thread.seller.as_str(),
        "terms": order.terms,
        "delivery": order.delivery,
        "totals": totals,
        "destination": town,
        "paid_with": payment.method.kind,
        "placed_at": order.placed_at,
    }))
}

/// The canonical text: keys in the order of their characters, no blanks (RFC 8785, for JSON without fractions).
pub fn canonical(value: &Value) -> String {
    // serde_json's own map is ordered by key, and our numbers are integers.
    value.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_text_does_not_depend_on_the_order_of_keys() {
        let a: Value = serde_json::from_str(r#"{ "b": 1, "a": [true, null] }"#).unwrap();
        let b: Value = serde_json::from_str(r#"{"a":[true,null],"b":1}"#).unwrap();
        assert_eq!(canonical(&a), r#"{"a":[true,null],"b":1}"#);
        assert_eq!(canonical(&a), canonical(&b));
    }
}
