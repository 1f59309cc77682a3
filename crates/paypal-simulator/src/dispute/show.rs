//! Disputes as PayPal shows them.

use super::{Dispute, Outcome, Standing};
use crate::clock::rfc3339;
use crate::order::Stage;
use crate::world::World;
use serde_json::{Value, json};

impl Dispute {
    fn status(&self) -> &'static str {
        match self.standing {
            Standing::WaitsForSeller => "WAITING_FOR_SELLER_RESPONSE",
            Standing::UnderReview => "UNDER_REVIEW",
            Standing::Resolved(..) => "RESOLVED",
        }
    }

    /// The coarser word that a list can be asked for by.
    pub(super) fn state(&self) -> &'static str {
        match self.standing {
            Standing::WaitsForSeller => "REQUIRED_ACTION",
            Standing::UnderReview => "UNDER_PAYPAL_REVIEW",
            Standing::Resolved(..) => "RESOLVED",
        }
    }

    fn stage(&self) -> (&'static str, &'static str) {
        if self.opened.is_chargeback { ("CHARGEBACK", "EXTERNAL") } else { ("INQUIRY", "INTERNAL") }
    }
}

impl World {
    /// A dispute in a list.
    pub(super) fn dispute_info(&self, dispute: &Dispute) -> Value {
        let (stage, channel) = dispute.stage();
        let mut shown = json!({
            "dispute_id": dispute.id,
            "create_time": rfc3339(dispute.created),
            "update_time": rfc3339(dispute.updated),
            "reason": dispute.opened.reason,
            "status": dispute.status(),
            "dispute_state": dispute.state(),
            "dispute_amount": dispute.amount.json(),
            "dispute_life_cycle_stage": stage,
            "dispute_channel": channel,
            "links": [self.link(&format!("/v1/customer/disputes/{}", dispute.id), "self", "GET")],
        });
        if dispute.standing == Standing::WaitsForSeller {
            shown["seller_response_due_date"] = json!(rfc3339(dispute.due()));
        }
        shown
    }

    /// All of a dispute.
    pub(crate) fn dispute_json(&self, dispute: &Dispute) -> Value {
        let mut shown = self.dispute_info(dispute);
        shown["disputed_transactions"] = json!([self.disputed(dispute)]);
        shown["links"] = self.dispute_links(dispute);
        for (field, list) in [("messages", &dispute.messages), ("evidences", &dispute.evidences)] {
            if !list.is_empty() {
                shown[field] = json!(list);
            }
        }
        if let Standing::Resolved(outcome, back) = &dispute.standing {
            shown["dispute_outcome"] = json!({ "outcome_code": outcome.code() });
            let at = rfc3339(dispute.updated);
            if let Some((_, amount)) = back {
                shown["dispute_outcome"]["amount_refunded"] = amount.json();
                let moved = |party: &str, kind: &str| {
                    json!({
                        "affected_party": party,
                        "amount": amount.json(),
                        "initiated_time": at,
                        "type": kind,
                        "reason": "DISPUTE_SETTLEMENT",
                    })
                };
                shown["money_movements"] = json!([moved("SELLER", "DEBIT"), moved("BUYER", "CREDIT")]);
            }
            let kind = match outcome {
                Outcome::BuyerFavour => Some("RECOVER_FROM_SELLER"),
                Outcome::SellerFavour => Some("DENY_BUYER"),
                Outcome::CanceledByBuyer => None,
            };
            if let Some(kind) = kind {
                shown["adjudications"] = json!([{ "type": kind, "adjudication_time": at }]);
            }
        }
        shown
    }

    fn disputed(&self, dispute: &Dispute) -> Value {
        let Some(capture) = self.captures.get(&dispute.capture) else { return Value::Null };
        let mut shown = json!({
            "seller_transaction_id": capture.id,
            "create_time": rfc3339(capture.created),
            "transaction_status": "COMPLETED",
            "gross_amount": capture.amount.json(),
            "seller": {
                "merchant_id": capture.source.payee.merchant_id,
                "email": capture.source.payee.email,
            },
        });
        if let Some(invoice) = &capture.source.invoice_id {
            shown["invoice_number"] = json!(invoice);
        }
        if let Some(custom) = &capture.source.custom_id {
            shown["custom"] = json!(custom);
        }
        let order = self.orders.get(&capture.source.order);
        if let Some(Stage::Completed(approval)) = order.map(|order| &order.stage) {
            shown["buyer"] = json!({ "name": format!("{} Buyer", approval.buyer.given_name) });
        }
        if let Some(seller) = shown["seller"].as_object_mut() {
            seller.retain(|_, value| !value.is_null());
        }
        shown
    }

    fn dispute_links(&self, dispute: &Dispute) -> Value {
        let path = format!("/v1/customer/disputes/{}", dispute.id);
        let mut links = vec![self.link(&path, "self", "GET")];
        let mut allow = |action: &str| links.push(self.link(&format!("{path}/{action}"), action, "POST"));
        match dispute.standing {
            Standing::WaitsForSeller => {
                allow("provide-evidence");
                allow("accept-claim");
                if !dispute.opened.is_chargeback {
                    allow("send-message");
                }
            }
            Standing::UnderReview => allow("accept-claim"),
            Standing::Resolved(..) => {}
        }
        Value::Array(links)
    }
}
