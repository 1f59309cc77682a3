//! A buyer complains, and somebody decides.

mod show;

use crate::call::{Call, Done};
use crate::clock::{DAY, Instant, rfc3339};
use crate::ledger::Reason;
use crate::money::Money;
use crate::order::sums;
use crate::payment::Taken;
use crate::refusal::Refusal;
use crate::world::World;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How long the seller has to answer before the buyer is right.
pub const SELLER_TIME: Instant = 10 * DAY;

/// What a dispute is opened with.
#[derive(Clone, Debug)]
pub struct Opened {
    /// `MERCHANDISE_OR_SERVICE_NOT_RECEIVED` and the like: PayPal's word.
    pub reason: String,
    /// Part of the capture. None: all that is left of it.
    pub amount: Option<Money>,
    /// What the buyer says.
    pub message: Option<String>,
    /// A bank's chargeback, not PayPal's own inquiry.
    pub is_chargeback: bool,
}

impl Default for Opened {
    fn default() -> Self {
        let reason = "MERCHANDISE_OR_SERVICE_NOT_RECEIVED".to_owned();
        Self { reason, amount: None, message: None, is_chargeback: false }
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The buyer has the money back.
    BuyerFavour,
    /// The seller keeps it.
    SellerFavour,
    /// The buyer gave it up.
    CanceledByBuyer,
}

impl Outcome {
    fn code(self) -> &'static str {
        match self {
            Self::BuyerFavour => "RESOLVED_BUYER_FAVOUR",
            Self::SellerFavour => "RESOLVED_SELLER_FAVOUR",
            Self::CanceledByBuyer => "CANCELED_BY_BUYER",
        }
    }
}

/// How a dispute stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The seller is to answer.
    WaitsForSeller,
    /// PayPal decides.
    UnderReview,
    /// Decided. The money that went back, by the transaction it went back with.
    Resolved(Outcome, Option<(String, Money)>),
}

/// A dispute about one capture.
#[derive(Clone, Debug)]
pub struct Dispute {
    pub(crate) id: String,
    pub(crate) capture: String,
    pub(crate) opened: Opened,
    pub(crate) amount: Money,
    pub(crate) standing: Standing,
    pub(crate) messages: Vec<Value>,
    pub(crate) evidences: Vec<Value>,
    pub(crate) created: Instant,
    pub(crate) updated: Instant,
}

impl Dispute {
    pub(crate) fn is_open(&self) -> bool {
        match self.standing {
            Standing::WaitsForSeller | Standing::UnderReview => true,
            Standing::Resolved(..) => false,
        }
    }

    fn due(&self) -> Instant {
        self.created + SELLER_TIME
    }
}

/// `GET /v1/customer/disputes`
pub(crate) fn list(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let about = call.query("disputed_transaction_id");
    let state = call.query("dispute_state");
    let size =
        call.query("page_size").map_or(Some(10), |text| text.parse().ok()).filter(|size| (1..=50).contains(size));
    let size = size.ok_or_else(|| Refusal::issue(400, "INVALID_PARAMETER_VALUE"))?;
    let after = call.query("next_page_token").unwrap_or_default();
    let wanted = |dispute: &&Dispute| {
        dispute.id.as_str() > after
            && about.is_none_or(|id| dispute.capture == id)
            && state.is_none_or(|state| state.split(',').any(|state| state == dispute.state()))
    };
    let mut found: Vec<&Dispute> = world.disputes.values().filter(wanted).collect();
    let more = found.len() > size;
    found.truncate(size);
    let mut links = vec![world.link("/v1/customer/disputes", "self", "GET")];
    if let Some(last) = found.last().filter(|_| more) {
        let path = format!("/v1/customer/disputes?page_size={size}&next_page_token={}", last.id);
        links.push(world.link(&path, "next", "GET"));
    }
    let items: Vec<Value> = found.iter().map(|dispute| world.dispute_info(dispute)).collect();
    let mut answer = json!({ "links": links });
    // PayPal's file has no empty list here.
    if !items.is_empty() {
        answer["items"] = Value::Array(items);
    }
    Ok(Done::Body(200, answer))
}

/// `GET /v1/customer/disputes/{id}`
pub(crate) fn get(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let dispute = world.disputes.get(call.id()).ok_or_else(Refusal::missing)?;
    Ok(Done::Body(200, world.dispute_json(dispute)))
}

/// `POST /v1/customer/disputes/{id}/provide-evidence`: then PayPal looks at it.
pub(crate) fn evidence(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let input = input(call);
    let given = input["evidences"].as_array().cloned().unwrap_or_else(|| vec![input.clone()]);
    for (place, evidence) in given.iter().enumerate() {
        let at = format!("/evidences/{place}");
        if !evidence["evidence_type"].is_string() {
            return Err(Refusal::invalid("MISSING_REQUIRED_PARAMETER", format!("{at}/evidence_type")));
        }
        let parcels = evidence["evidence_info"]["tracking_info"].as_array();
        if parcels
            .into_iter()
            .flatten()
            .any(|parcel| parcel["tracking_number"].is_null() || parcel["carrier_name"].is_null())
        {
            return Err(Refusal::invalid("MISSING_REQUIRED_PARAMETER", format!("{at}/evidence_info/tracking_info")));
        }
    }
    let now = world.now();
    let dispute = waiting(world, call.id())?;
    for mut evidence in given {
        evidence["source"] = json!("SUBMITTED_BY_SELLER");
        evidence["date"] = json!(rfc3339(now));
        if call.body["files"].as_array().is_some_and(|files| !files.is_empty()) {
            evidence["documents"] = call.body["files"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|file| json!({ "name": file["name"] }))
                .collect();
        }
        dispute.evidences.push(evidence);
    }
    (dispute.standing, dispute.updated) = (Standing::UnderReview, now);
    world.tell_dispute(call.id(), "CUSTOMER.DISPUTE.UPDATED");
    Ok(followed(world, call.id()))
}

/// `POST /v1/customer/disputes/{id}/accept-claim`: the buyer has all of it back, or the amount named.
pub(crate) fn accept(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let input = input(call);
    let kind = input["accept_claim_type"].as_str().unwrap_or("REFUND");
    if !["REFUND", "REFUND_WITH_RETURN", "PARTIAL_REFUND", "REFUND_WITH_RETURN_SHIPMENT_LABEL"].contains(&kind) {
        return Err(Refusal::invalid("INVALID_PARAMETER_VALUE", "/accept_claim_type"));
    }
    let disputed = open(world, call.id())?.amount;
    let amount = match &input["refund_amount"] {
        none if none.is_null() => disputed,
        named => sums::money(named, "/refund_amount")?,
    };
    if amount.currency != disputed.currency || !(1..=disputed.minor).contains(&amount.minor) {
        return Err(Refusal::about("REFUND_AMOUNT_EXCEEDED", "/refund_amount"));
    }
    world.resolve_for_buyer(call.id(), amount);
    Ok(followed(world, call.id()))
}

/// `POST /v1/customer/disputes/{id}/send-message`: only while it is an inquiry.
pub(crate) fn message(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let input = input(call);
    let text = input["message"].as_str().filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| Refusal::invalid("MISSING_REQUIRED_PARAMETER", "/message"))?;
    let now = world.now();
    let dispute = open(world, call.id())?;
    if dispute.opened.is_chargeback {
        return Err(Refusal::unprocessable("ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE"));
    }
    dispute.messages.push(json!({ "posted_by": "SELLER", "time_posted": rfc3339(now), "content": text }));
    dispute.updated = now;
    world.tell_dispute(call.id(), "CUSTOMER.DISPUTE.UPDATED");
    Ok(followed(world, call.id()))
}

/// `POST /v1/customer/disputes/{id}/adjudicate`: the sandbox's own way to end one.
pub(crate) fn adjudicate(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    open(world, call.id())?;
    let outcome = match input(call)["adjudication_outcome"].as_str() {
        Some("BUYER_FAVOR") => Outcome::BuyerFavour,
        Some("SELLER_FAVOR") => Outcome::SellerFavour,
        Some(_) => return Err(Refusal::invalid("INVALID_PARAMETER_VALUE", "/adjudication_outcome")),
        None => return Err(Refusal::invalid("MISSING_REQUIRED_PARAMETER", "/adjudication_outcome")),
    };
    world.resolve_dispute(call.id(), outcome)?;
    Ok(followed(world, call.id()))
}

/// The JSON of a multipart body, or of a plain one.
fn input(call: &Call) -> Value {
    if call.body["input"].is_object() { call.body["input"].clone() } else { call.body.clone() }
}

fn open<'a>(world: &'a mut World, id: &str) -> Result<&'a mut Dispute, Refusal> {
    let dispute = world.disputes.get_mut(id).ok_or_else(Refusal::missing)?;
    if dispute.is_open() {
        Ok(dispute)
    } else {
        Err(Refusal::unprocessable("ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE"))
    }
}

fn waiting<'a>(world: &'a mut World, id: &str) -> Result<&'a mut Dispute, Refusal> {
    let dispute = open(world, id)?;
    if dispute.standing == Standing::WaitsForSeller {
        Ok(dispute)
    } else {
        Err(Refusal::unprocessable("ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE"))
    }
}

fn followed(world: &World, id: &str) -> Done {
    Done::Body(200, json!({ "links": [world.link(&format!("/v1/customer/disputes/{id}"), "self", "GET")] }))
}

impl World {
    /// Whether somebody complains about a capture right now.
    pub(crate) fn is_disputed(&self, capture: &str) -> bool {
        self.disputes.values().any(|dispute| dispute.capture == capture && dispute.is_open())
    }

    /// A buyer complains. Gives back the dispute's id.
    pub(crate) fn open_dispute(&mut self, capture: &str, opened: Opened) -> Result<String, Refusal> {
        let taken = self.captures.get(capture).ok_or_else(Refusal::missing)?;
        let left = taken.amount.minor - self.refunded_of(capture) - taken.reversed;
        let amount = opened.amount.unwrap_or(taken.amount.with(left));
        let possible = taken.taken == Taken::Completed && amount.currency == taken.amount.currency;
        if !possible || self.is_disputed(capture) || !(1..=left).contains(&amount.minor) {
            return Err(Refusal::unprocessable("TRANSACTION_NOT_DISPUTABLE"));
        }
        let now = self.now();
        // Five digits only: another one where it is taken.
        let mut id = self.ids.dispute();
        while self.disputes.contains_key(&id) {
            id = self.ids.dispute();
        }
        let said = opened
            .message
            .as_ref()
            .map(|text| json!({ "posted_by": "BUYER", "time_posted": rfc3339(now), "content": text }));
        let dispute = Dispute {
            id: id.clone(),
            capture: capture.to_owned(),
            opened,
            amount,
            standing: Standing::WaitsForSeller,
            messages: said.into_iter().collect(),
            evidences: Vec::new(),
            created: now,
            updated: now,
        };
        self.disputes.insert(id.clone(), dispute);
        self.tell_dispute(&id, "CUSTOMER.DISPUTE.CREATED");
        Ok(id)
    }

    /// Somebody decides.
    pub(crate) fn resolve_dispute(&mut self, id: &str, outcome: Outcome) -> Result<(), Refusal> {
        let amount = open(self, id)?.amount;
        match outcome {
            Outcome::BuyerFavour => self.resolve_for_buyer(id, amount),
            Outcome::SellerFavour | Outcome::CanceledByBuyer => self.resolve(id, Standing::Resolved(outcome, None)),
        }
        Ok(())
    }

    fn resolve_for_buyer(&mut self, id: &str, amount: Money) {
        let Some(capture) = self.disputes.get(id).map(|dispute| dispute.capture.clone()) else { return };
        let transaction = self.reverse(&capture, amount);
        self.resolve(id, Standing::Resolved(Outcome::BuyerFavour, Some((transaction, amount))));
    }

    fn resolve(&mut self, id: &str, standing: Standing) {
        let now = self.now();
        let Some(dispute) = self.disputes.get_mut(id) else { return };
        (dispute.standing, dispute.updated) = (standing, now);
        self.tell_dispute(id, "CUSTOMER.DISPUTE.RESOLVED");
    }

    /// Money of a capture goes back to the buyer, whether the merchant wants it or not. Gives back the transaction.
    fn reverse(&mut self, capture: &str, amount: Money) -> String {
        let (transaction, now) = (self.ids.transaction(), self.now());
        let Some(taken) = self.captures.get_mut(capture) else { return transaction };
        taken.reversed += amount.minor;
        taken.updated = now;
        let payee = taken.source.payee.clone();
        self.ledger.post(now, &payee, Reason::Reversal, &transaction, amount.with(-amount.minor));
        self.tell_capture(capture, "PAYMENT.CAPTURE.REVERSED", "A payment was reversed");
        transaction
    }

    /// Whoever does not answer in time is not believed.
    pub(crate) fn decide_unanswered(&mut self) {
        let now = self.now();
        let late = |dispute: &&Dispute| dispute.standing == Standing::WaitsForSeller && now >= dispute.due();
        let late: Vec<(String, Money)> =
            self.disputes.values().filter(late).map(|dispute| (dispute.id.clone(), dispute.amount)).collect();
        for (id, amount) in late {
            self.resolve_for_buyer(&id, amount);
        }
    }

    fn tell_dispute(&mut self, id: &str, kind: &str) {
        let Some(shown) = self.disputes.get(id).map(|dispute| self.dispute_json(dispute)) else { return };
        let summary = match kind {
            "CUSTOMER.DISPUTE.CREATED" => "A new dispute opened with Case",
            "CUSTOMER.DISPUTE.RESOLVED" => "A dispute was resolved with case",
            _ => "A dispute was updated with case",
        };
        self.tell(kind, "dispute", &format!("{summary} # {id}"), shown);
    }
}
