//! Authorizations, captures and refunds as PayPal shows them.

use super::{Authorization, Capture, Given, Hold, Refund, Taken};
use crate::clock::rfc3339;
use crate::world::World;
use serde_json::{Value, json};

impl World {
    /// What was held, taken and given back of one purchase unit, if anything.
    pub(crate) fn payments_json(&self, order: &str, unit: usize) -> Option<Value> {
        let of_it = |source: &super::Source| source.order == order && source.unit == unit;
        let held = self.authorizations.values().filter(|held| of_it(&held.source));
        let taken: Vec<&Capture> = self.captures.values().filter(|capture| of_it(&capture.source)).collect();
        let given = self.refunds.values().filter(|refund| taken.iter().any(|capture| capture.id == refund.capture));
        let lists = [
            ("authorizations", held.map(|held| self.authorization_json(held)).collect::<Vec<_>>()),
            ("captures", taken.iter().map(|capture| self.capture_json(capture)).collect()),
            ("refunds", given.map(|refund| self.refund_json(refund)).collect()),
        ];
        let some: serde_json::Map<_, _> = lists
            .into_iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(name, list)| (name.to_owned(), Value::Array(list)))
            .collect();
        (!some.is_empty()).then_some(Value::Object(some))
    }

    /// The word for how an authorization stands.
    pub(crate) fn authorization_status(&self, held: &Authorization) -> &'static str {
        let captured = self.captured_of(&held.id);
        match held.hold {
            Hold::Voided => "VOIDED",
            Hold::InReview => "PENDING",
            Hold::Closed => "CAPTURED",
            Hold::Open if captured == 0 => "CREATED",
            Hold::Open if captured < held.amount.minor => "PARTIALLY_CAPTURED",
            Hold::Open => "CAPTURED",
        }
    }

    pub(crate) fn authorization_json(&self, held: &Authorization) -> Value {
        let path = format!("/v2/payments/authorizations/{}", held.id);
        let mut links = vec![self.link(&path, "self", "GET")];
        if held.hold == Hold::Open {
            links.push(self.link(&format!("{path}/capture"), "capture", "POST"));
            links.push(self.link(&format!("{path}/void"), "void", "POST"));
        }
        links.push(self.link(&format!("/v2/checkout/orders/{}", held.source.order), "up", "GET"));
        let mut shown = json!({
            "id": held.id,
            "status": self.authorization_status(held),
            "amount": held.amount.json(),
            "seller_protection": protection(),
            "expiration_time": rfc3339(held.expires()),
            "create_time": rfc3339(held.created),
            "update_time": rfc3339(held.updated),
            "payee": held.source.payee.json(),
            "supplementary_data": { "related_ids": { "order_id": held.source.order } },
            "links": links,
        });
        if held.hold == Hold::InReview {
            shown["status_details"] = json!({ "reason": "PENDING_REVIEW" });
        }
        name(&mut shown, held.source.invoice_id.as_ref(), held.source.custom_id.as_ref());
        shown
    }

    /// The word for how a capture stands.
    pub(crate) fn capture_status(&self, capture: &Capture) -> &'static str {
        let back = self.refunded_of(&capture.id) + capture.reversed;
        match capture.taken {
            Taken::Pending => "PENDING",
            Taken::Declined => "DECLINED",
            Taken::Completed if back == 0 => "COMPLETED",
            Taken::Completed if back < capture.amount.minor => "PARTIALLY_REFUNDED",
            Taken::Completed => "REFUNDED",
        }
    }

    pub(crate) fn capture_json(&self, capture: &Capture) -> Value {
        let path = format!("/v2/payments/captures/{}", capture.id);
        let mut related = json!({ "order_id": capture.source.order });
        let mut links = vec![self.link(&path, "self", "GET"), self.link(&format!("{path}/refund"), "refund", "POST")];
        match &capture.authorization {
            Some(held) => {
                related["authorization_id"] = json!(held);
                links.push(self.link(&format!("/v2/payments/authorizations/{held}"), "up", "GET"));
            }
            None => links.push(self.link(&format!("/v2/checkout/orders/{}", capture.source.order), "up", "GET")),
        }
        let mut shown = json!({
            "id": capture.id,
            "status": self.capture_status(capture),
            "amount": capture.amount.json(),
            "final_capture": capture.is_final,
            "seller_protection": protection(),
            "disbursement_mode": "INSTANT",
            "create_time": rfc3339(capture.created),
            "update_time": rfc3339(capture.updated),
            "payee": capture.source.payee.json(),
            "supplementary_data": { "related_ids": related },
            "links": links,
        });
        match capture.taken {
            Taken::Pending => shown["status_details"] = json!({ "reason": "ECHECK" }),
            Taken::Completed => shown["seller_receivable_breakdown"] = breakdown(capture),
            Taken::Declined => {}
        }
        if capture.reversed > 0 {
            shown["status_details"] = json!({ "reason": "BUYER_COMPLAINT" });
        }
        name(&mut shown, capture.source.invoice_id.as_ref(), capture.source.custom_id.as_ref());
        shown
    }

    pub(crate) fn refund_json(&self, refund: &Refund) -> Value {
        let path = format!("/v2/payments/refunds/{}", refund.id);
        let nothing = refund.amount.with(0).json();
        let payer = self.captures.get(&refund.capture).map(|capture| capture.source.payee.json());
        let mut shown = json!({
            "id": refund.id,
            "status": match refund.given {
                Given::Pending => "PENDING",
                Given::Completed => "COMPLETED",
                Given::Failed => "FAILED",
            },
            "amount": refund.amount.json(),
            // The fee is not given back.
            "seller_payable_breakdown": {
                "gross_amount": refund.amount.json(),
                "paypal_fee": nothing,
                "net_amount": refund.amount.json(),
                "total_refunded_amount": refund.total.json(),
            },
            "payer": payer,
            "create_time": rfc3339(refund.created),
            "update_time": rfc3339(refund.updated),
            "links": [
                self.link(&path, "self", "GET"),
                self.link(&format!("/v2/payments/captures/{}", refund.capture), "up", "GET"),
            ],
        });
        if refund.given == Given::Pending {
            shown["status_details"] = json!({ "reason": "ECHECK" });
        }
        if let Some(note) = &refund.note {
            shown["note_to_payer"] = json!(note);
        }
        name(&mut shown, refund.invoice_id.as_ref(), refund.custom_id.as_ref());
        shown
    }
}

/// What is left of a capture for the payee.
fn breakdown(capture: &Capture) -> Value {
    let net = capture.amount.with(capture.amount.minor - capture.fee.minor);
    json!({ "gross_amount": capture.amount.json(), "paypal_fee": capture.fee.json(), "net_amount": net.json() })
}

fn protection() -> Value {
    json!({ "status": "ELIGIBLE", "dispute_categories": ["ITEM_NOT_RECEIVED", "UNAUTHORIZED_TRANSACTION"] })
}

fn name(shown: &mut Value, invoice: Option<&String>, custom: Option<&String>) {
    if let Some(invoice) = invoice {
        shown["invoice_id"] = json!(invoice);
    }
    if let Some(custom) = custom {
        shown["custom_id"] = json!(custom);
    }
}
