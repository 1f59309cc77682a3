//! An order: what is asked for, how far it has come, and how PayPal shows it.

pub(crate) mod approve;
pub(crate) mod create;
pub(crate) mod patch;
pub(crate) mod pay;
pub(crate) mod sums;
pub(crate) mod track;

use crate::clock::{HOUR, Instant, rfc3339};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::world::{Buyer, Payee, World};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How long a buyer has to come, and how long an approval is good for.
pub const APPROVAL_WINDOW: Instant = 3 * HOUR;

/// What becomes of the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Taken at once.
    Capture,
    /// Held first.
    Authorize,
}

impl Intent {
    fn name(self) -> &'static str {
        match self {
            Self::Capture => "CAPTURE",
            Self::Authorize => "AUTHORIZE",
        }
    }
}

/// What a buyer pays with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Funding {
    /// Money that is there.
    Balance,
    /// A card that pays.
    Card,
    /// An e-check: captured money stays pending until the bank has paid.
    Bank,
    /// A card that is declined when it comes to paying: 422, and the buyer chooses again.
    DecliningCard,
    /// A card that PayPal takes and its bank refuses: the order is complete, and its capture is `DECLINED`.
    RefusedCard,
}

/// A buyer who agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Who.
    pub buyer: Buyer,
    /// What they pay with.
    pub funding: Funding,
}

/// How far an order has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Waits for the buyer at the link `approve`.
    Created,
    /// Waits for the buyer at the link `payer-action`.
    PayerActionRequired,
    /// The buyer agreed at that time.
    Approved(Approval, Instant),
    /// Held or taken.
    Completed(Approval),
    /// Lapsed after it was approved.
    Voided,
}

impl Stage {
    fn name(&self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::PayerActionRequired => "PAYER_ACTION_REQUIRED",
            Self::Approved(..) => "APPROVED",
            Self::Completed(_) => "COMPLETED",
            Self::Voided => "VOIDED",
        }
    }

    fn approval(&self) -> Option<&Approval> {
        match self {
            Self::Approved(approval, _) | Self::Completed(approval) => Some(approval),
            Self::Created | Self::PayerActionRequired | Self::Voided => None,
        }
    }
}

/// A parcel that PayPal was told of.
#[derive(Clone, Debug)]
pub struct Tracker {
    pub(crate) id: String,
    pub(crate) cancelled: bool,
    pub(crate) items: Value,
    pub(crate) created: Instant,
    pub(crate) updated: Instant,
}

/// One purchase unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// As it was asked for.
    pub(crate) body: Value,
    pub(crate) amount: Money,
    pub(crate) payee: Payee,
    pub(crate) trackers: Vec<Tracker>,
}

impl Unit {
    pub(crate) fn reference(&self) -> &str {
        self.body["reference_id"].as_str().unwrap_or("default")
    }

    pub(crate) fn text(&self, field: &str) -> Option<String> {
        self.body[field].as_str().map(str::to_owned)
    }
}

/// An order.
#[derive(Clone, Debug)]
pub struct Order {
    pub(crate) id: String,
    pub(crate) intent: Intent,
    pub(crate) stage: Stage,
    pub(crate) units: Vec<Unit>,
    /// `payment_source.paypal` of the request.
    pub(crate) source: Option<Value>,
    /// `experience_context`, or the older `application_context`.
    pub(crate) experience: Value,
    /// The payment token that its purchase made.
    pub(crate) vaulted: Option<String>,
    pub(crate) created: Instant,
    pub(crate) updated: Instant,
}

impl Order {
    /// The page where the buyer agrees.
    pub(crate) fn approval_path(&self) -> String {
        format!("/checkoutnow?token={}", self.id)
    }

    /// What a stage without a buyer is called, for this order.
    pub(crate) fn waiting(&self) -> Stage {
        if self.source.is_some() { Stage::PayerActionRequired } else { Stage::Created }
    }

    /// Whether its time is over, and nobody came.
    pub(crate) fn lapsed(&self, now: Instant) -> bool {
        match self.stage {
            Stage::Created | Stage::PayerActionRequired => now >= self.updated + APPROVAL_WINDOW,
            Stage::Approved(..) | Stage::Completed(_) | Stage::Voided => false,
        }
    }
}

impl World {
    /// The order of that name, unless it has lapsed: PayPal knows it no more.
    pub(crate) fn order(&self, id: &str) -> Result<&Order, Refusal> {
        self.orders.get(id).filter(|order| !order.lapsed(self.now())).ok_or_else(Refusal::missing)
    }

    /// The same, to change it. The time of the change is noted.
    pub(crate) fn order_mut(&mut self, id: &str) -> Result<&mut Order, Refusal> {
        let now = self.now();
        let order = self.orders.get_mut(id).filter(|order| !order.lapsed(now)).ok_or_else(Refusal::missing)?;
        order.updated = now;
        Ok(order)
    }

    /// An order as `GET` shows it.
    pub(crate) fn order_json(&self, order: &Order) -> Value {
        let mut shown = json!({
            "id": order.id,
            "intent": order.intent.name(),
            "status": order.stage.name(),
            "create_time": rfc3339(order.created),
            "update_time": rfc3339(order.updated),
            "purchase_units": order.units.iter().enumerate().map(|(place, unit)| self.unit_json(order, place, unit)).collect::<Value>(),
            "links": self.order_links(order),
        });
        self.add_payer(order, &mut shown);
        shown
    }

    /// An order as `create` shows it unless more is asked for.
    pub(crate) fn order_minimal(&self, order: &Order) -> Value {
        let mut shown = json!({ "id": order.id, "status": order.stage.name(), "links": self.order_links(order) });
        if let Some(source) = self.source_json(order) {
            shown["payment_source"] = source;
        }
        shown
    }

    /// An order as `authorize` and `capture` show it unless more is asked for.
    pub(crate) fn order_paid(&self, order: &Order) -> Value {
        let unit = |(place, unit): (usize, &Unit)| {
            let full = self.unit_json(order, place, unit);
            let mut shown = json!({ "reference_id": unit.reference() });
            for field in ["shipping", "payments"] {
                if !full[field].is_null() {
                    shown[field] = full[field].clone();
                }
            }
            shown
        };
        let mut shown = json!({
            "id": order.id,
            "status": order.stage.name(),
            "purchase_units": order.units.iter().enumerate().map(unit).collect::<Value>(),
            "links": self.order_links(order),
        });
        self.add_payer(order, &mut shown);
        shown
    }

    fn add_payer(&self, order: &Order, shown: &mut Value) {
        if let Some(source) = self.source_json(order) {
            shown["payment_source"] = source;
        }
        if let Some(approval) = order.stage.approval() {
            shown["payer"] = approval.buyer.payer();
        }
    }

    fn source_json(&self, order: &Order) -> Option<Value> {
        let Some(Approval { buyer, .. }) = order.stage.approval() else {
            return order.source.as_ref().map(|_| json!({ "paypal": {} }));
        };
        let mut wallet = json!({
            "email_address": buyer.email,
            "account_id": buyer.payer_id,
            "account_status": "VERIFIED",
            "name": buyer.name(),
            "address": { "country_code": "US" },
        });
        if let Some(vault) = self.vault_of(order) {
            wallet["attributes"] = json!({ "vault": vault });
        }
        Some(json!({ "paypal": wallet }))
    }

    fn unit_json(&self, order: &Order, place: usize, unit: &Unit) -> Value {
        let mut shown = unit.body.clone();
        shown["reference_id"] = json!(unit.reference());
        shown["payee"] = unit.payee.json();
        if let Some(payments) = self.payments_json(&order.id, place) {
            shown["payments"] = payments;
        }
        if !unit.trackers.is_empty() {
            let trackers: Value = unit.trackers.iter().map(|tracker| self.tracker_json(order, tracker)).collect();
            shown["shipping"]["trackers"] = trackers;
        }
        shown
    }

    fn tracker_json(&self, order: &Order, tracker: &Tracker) -> Value {
        let path = format!("/v2/checkout/orders/{}/trackers/{}", order.id, tracker.id);
        json!({
            "id": tracker.id,
            "status": if tracker.cancelled { "CANCELLED" } else { "SHIPPED" },
            "items": tracker.items,
            "create_time": rfc3339(tracker.created),
            "update_time": rfc3339(tracker.updated),
            "links": [
                self.link(&format!("/v2/checkout/orders/{}", order.id), "up", "GET"),
                self.link(&path, "update", "PATCH"),
            ],
        })
    }

    fn order_links(&self, order: &Order) -> Value {
        let path = format!("/v2/checkout/orders/{}", order.id);
        let complete = match order.intent {
            Intent::Capture => self.link(&format!("{path}/capture"), "capture", "POST"),
            Intent::Authorize => self.link(&format!("{path}/authorize"), "authorize", "POST"),
        };
        let itself = self.link(&path, "self", "GET");
        match order.stage {
            Stage::Created => json!([
                itself,
                self.link(&order.approval_path(), "approve", "GET"),
                self.link(&path, "update", "PATCH"),
                complete
            ]),
            Stage::PayerActionRequired => json!([itself, self.link(&order.approval_path(), "payer-action", "GET")]),
            Stage::Approved(..) => json!([itself, self.link(&path, "update", "PATCH"), complete]),
            Stage::Completed(_) | Stage::Voided => json!([itself]),
        }
    }
}
