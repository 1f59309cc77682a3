//! Saved ways to pay: setup tokens, payment tokens.

use crate::call::{Call, Done};
use crate::clock::{DAY, Instant};
use crate::order::Order;
use crate::order::approve::with;
use crate::refusal::Refusal;
use crate::repeat::Reference;
use crate::world::{Buyer, World};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How long a setup token is good for.
pub const SETUP_LIFE: Instant = 3 * DAY;

/// What happens when a saved method is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VaultMood {
    /// It pays.
    Charges,
    /// The buyer has to come to the page after all.
    AsksBuyer,
    /// It is declined.
    Declines,
}

/// How a setup token stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setup {
    /// Waits for the buyer.
    PayerActionRequired,
    /// They agreed.
    Approved(Buyer),
    /// It has become a payment token.
    Vaulted(Buyer),
}

/// What becomes a payment token once the buyer has agreed.
#[derive(Clone, Debug)]
pub struct SetupToken {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) source: Value,
    pub(crate) setup: Setup,
    pub(crate) created: Instant,
}

/// Who ended a payment token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Can be charged.
    Active,
    /// Deleted by the merchant: PayPal knows it no more.
    Deleted,
    /// Revoked by the buyer.
    Revoked,
}

/// A buyer's saved way to pay.
#[derive(Clone, Debug)]
pub struct PaymentToken {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) buyer: Buyer,
    pub(crate) saved: Saved,
}

/// `POST /v3/vault/setup-tokens`
pub(crate) fn create_setup(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let source = call.body["payment_source"]["paypal"].clone();
    if source.is_null() {
        return Err(Refusal::about("PAYMENT_SOURCE_CANNOT_BE_USED", "/payment_source"));
    }
    for url in ["return_url", "cancel_url"] {
        if source["experience_context"][url].is_null() {
            let field = format!("/payment_source/paypal/experience_context/{url}");
            return Err(Refusal::invalid("MISSING_REQUIRED_PARAMETER", field));
        }
    }
    let id = world.ids.transaction();
    let customer = call.body["customer"]["id"].as_str().map(str::to_owned);
    let customer = customer.unwrap_or_else(|| world.ids.hex(12));
    let setup = Setup::PayerActionRequired;
    let token = SetupToken { id: id.clone(), customer, source, setup, created: world.now() };
    world.setup_tokens.insert(id.clone(), token);
    Ok(Done::Made(Reference::SetupToken(id)))
}

/// `GET /v3/vault/setup-tokens/{id}`
pub(crate) fn get_setup(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    world.setup_token(call.id())?;
    Ok(Done::Read(Reference::SetupToken(call.id().to_owned())))
}

/// `POST /v3/vault/payment-tokens`, from a setup token that the buyer agreed to.
pub(crate) fn create_token(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let given = &call.body["payment_source"]["token"];
    if given["type"] != "SETUP_TOKEN" {
        return Err(Refusal::invalid("INVALID_PARAMETER_VALUE", "/payment_source/token/type"));
    }
    let id = given["id"].as_str().unwrap_or_default().to_owned();
    let setup = world.setup_token(&id)?;
    let buyer = match &setup.setup {
        Setup::Approved(buyer) => buyer.clone(),
        Setup::PayerActionRequired => return Err(Refusal::unprocessable("PAYER_ACTION_REQUIRED")),
        Setup::Vaulted(_) => return Err(Refusal::unprocessable("TOKEN_ALREADY_USED")),
    };
    let (customer, several) = (setup.customer.clone(), setup.source["permit_multiple_payment_tokens"] == true);
    let token = world.save_method(&customer, &buyer, several);
    if let Some(setup) = world.setup_tokens.get_mut(&id) {
        setup.setup = Setup::Vaulted(buyer);
    }
    Ok(Done::Made(Reference::PaymentToken(token)))
}

/// `GET /v3/vault/payment-tokens/{id}`
pub(crate) fn get_token(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    world.payment_tokens.get(call.id()).filter(|token| token.saved == Saved::Active).ok_or_else(Refusal::missing)?;
    Ok(Done::Read(Reference::PaymentToken(call.id().to_owned())))
}

/// `GET /v3/vault/payment-tokens?customer_id=`
pub(crate) fn list_tokens(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let customer = call.query("customer_id").filter(|id| !id.is_empty());
    let customer = customer.ok_or_else(|| Refusal::issue(400, "MISSING_REQUIRED_PARAMETER"))?;
    let number = |name: &str, most: usize, usual: usize| match call.query(name) {
        None => Ok(usual),
        Some(text) => {
            let number: Option<usize> = text.parse().ok();
            number
                .filter(|number| (1..=most).contains(number))
                .ok_or_else(|| Refusal::issue(400, "INVALID_PARAMETER_VALUE"))
        }
    };
    let (size, page) = (number("page_size", 5, 5)?, number("page", 10, 1)?);
    let of_them = |token: &&PaymentToken| token.customer == customer && token.saved == Saved::Active;
    let all: Vec<&PaymentToken> = world.payment_tokens.values().filter(of_them).collect();
    let shown: Vec<Value> =
        all.iter().skip((page - 1) * size).take(size).map(|token| world.token_json(token)).collect();
    let path = format!("/v3/vault/payment-tokens?customer_id={customer}&page={page}&page_size={size}");
    let mut answer = json!({
        "customer": { "id": customer },
        "payment_tokens": shown,
        "links": [world.link(&path, "self", "GET")],
    });
    if call.query("total_required").is_some_and(|wanted| wanted == "true") && !all.is_empty() {
        answer["total_items"] = json!(all.len());
        answer["total_pages"] = json!(all.len().div_ceil(size));
    }
    Ok(Done::Body(200, answer))
}

/// `DELETE /v3/vault/payment-tokens/{id}`
pub(crate) fn delete_token(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let token = world.payment_tokens.get(call.id()).filter(|token| token.saved == Saved::Active);
    token.ok_or_else(Refusal::missing)?;
    world.end_token(call.id(), Saved::Deleted);
    Ok(Done::Nothing)
}

impl World {
    fn setup_token(&self, id: &str) -> Result<&SetupToken, Refusal> {
        let now = self.now();
        self.setup_tokens.get(id).filter(|token| now < token.created + SETUP_LIFE).ok_or_else(Refusal::missing)
    }

    /// The buyer agrees to a setup token. Gives back where they are sent.
    pub(crate) fn approve_setup(&mut self, id: &str, email: &str) -> Result<Option<String>, Refusal> {
        self.setup_token(id)?;
        let buyer = self.buyer(email);
        let Some(token) = self.setup_tokens.get_mut(id) else { return Err(Refusal::missing()) };
        if token.setup == Setup::PayerActionRequired {
            token.setup = Setup::Approved(buyer);
        }
        let to = token.source["experience_context"]["return_url"].as_str();
        Ok(to.map(|to| with(to, &[("approval_token_id", id)])))
    }

    /// Where a buyer goes who does not want to.
    pub(crate) fn setup_cancel_url(&self, id: &str) -> Result<Option<String>, Refusal> {
        let token = self.setup_token(id)?;
        let to = token.source["experience_context"]["cancel_url"].as_str();
        Ok(to.map(|to| with(to, &[("approval_token_id", id)])))
    }

    /// Saves a buyer's method for a customer: a new token, or the one they have.
    fn save_method(&mut self, customer: &str, buyer: &Buyer, several: bool) -> String {
        let same = |token: &&PaymentToken| {
            token.customer == customer && token.buyer.payer_id == buyer.payer_id && token.saved == Saved::Active
        };
        if let Some(token) = self.payment_tokens.values().find(same).filter(|_| !several) {
            return token.id.clone();
        }
        let id = self.ids.hex(17);
        let (customer, buyer) = (customer.to_owned(), buyer.clone());
        let token = PaymentToken { id: id.clone(), customer, buyer, saved: Saved::Active };
        let shown = self.token_json(&token);
        self.payment_tokens.insert(id.clone(), token);
        self.tell("VAULT.PAYMENT-TOKEN.CREATED", "payment_token", "A payment token has been created.", shown);
        id
    }

    /// After a first purchase that asked for it.
    pub(crate) fn vault_if_asked(&mut self, order: &str, buyer: &Buyer) {
        let Some(source) = self.orders.get(order).and_then(|order| order.source.clone()) else { return };
        let wish = &source["attributes"]["vault"];
        if wish["store_in_vault"] != "ON_SUCCESS" {
            return;
        }
        let customer = source["attributes"]["customer"]["id"].as_str().map(str::to_owned);
        let customer = customer.unwrap_or_else(|| self.ids.hex(12));
        let token = self.save_method(&customer, buyer, wish["permit_multiple_payment_tokens"] == true);
        if let Some(order) = self.orders.get_mut(order) {
            order.vaulted = Some(token);
        }
    }

    /// `attributes.vault` of a paid order.
    pub(crate) fn vault_of(&self, order: &Order) -> Option<Value> {
        let token = self.payment_tokens.get(order.vaulted.as_deref()?)?;
        let path = format!("/v3/vault/payment-tokens/{}", token.id);
        Some(json!({
            "id": token.id,
            "status": "VAULTED",
            "customer": { "id": token.customer },
            "links": [self.link(&path, "self", "GET"), self.link(&path, "delete", "DELETE")],
        }))
    }

    /// The token that an order is to be paid with.
    pub(crate) fn token_to_pay_with(&self, id: &str) -> Result<&PaymentToken, Refusal> {
        let field = "/payment_source/paypal/vault_id";
        match self.payment_tokens.get(id) {
            Some(token) if token.saved == Saved::Active => Ok(token),
            Some(_) => Err(Refusal::about("AGREEMENT_ALREADY_CANCELLED", field)),
            None => Err(Refusal::about("BILLING_AGREEMENT_NOT_FOUND", field)),
        }
    }

    /// Ends a token, by the merchant or the buyer.
    pub(crate) fn end_token(&mut self, id: &str, saved: Saved) {
        let Some(token) = self.payment_tokens.get_mut(id) else { return };
        token.saved = saved;
        let shown = json!({ "id": token.id, "customer": { "id": token.customer } });
        if saved == Saved::Deleted {
            let summary = "The deletion of a payment token has been initiated.";
            self.tell("VAULT.PAYMENT-TOKEN.DELETION-INITIATED", "payment_token", summary, shown.clone());
        }
        self.tell("VAULT.PAYMENT-TOKEN.DELETED", "payment_token", "A payment token has been deleted.", shown);
    }

    pub(crate) fn token_json(&self, token: &PaymentToken) -> Value {
        let path = format!("/v3/vault/payment-tokens/{}", token.id);
        json!({
            "id": token.id,
            "customer": { "id": token.customer },
            "payment_source": { "paypal": wallet(&token.buyer) },
            "links": [self.link(&path, "self", "GET"), self.link(&path, "delete", "DELETE")],
        })
    }

    pub(crate) fn setup_json(&self, token: &SetupToken) -> Value {
        let path = format!("/v3/vault/setup-tokens/{}", token.id);
        let mut links = vec![self.link(&path, "self", "GET")];
        let (status, source) = match &token.setup {
            Setup::PayerActionRequired => {
                links.push(self.link(
                    &format!("/agreements/approve?approval_session_id={}", token.id),
                    "approve",
                    "GET",
                ));
                ("PAYER_ACTION_REQUIRED", json!({}))
            }
            Setup::Approved(buyer) => {
                links.push(self.link("/v3/vault/payment-tokens", "confirm", "POST"));
                ("APPROVED", wallet(buyer))
            }
            Setup::Vaulted(buyer) => ("VAULTED", wallet(buyer)),
        };
        json!({
            "id": token.id,
            "customer": { "id": token.customer },
            "status": status,
            "payment_source": { "paypal": source },
            "links": links,
        })
    }
}

fn wallet(buyer: &Buyer) -> Value {
    json!({
        "email_address": buyer.email,
        "payer_id": buyer.payer_id,
        "account_id": buyer.payer_id,
        "name": buyer.name(),
        "usage_type": "MERCHANT",
        "customer_type": "CONSUMER",
    })
}
