//! `POST /v2/checkout/orders`, and reading one.

use super::{Approval, Funding, Intent, Order, Stage, Unit, sums};
use crate::call::{Call, Done};
use crate::order::pay;
use crate::refusal::Refusal;
use crate::repeat::Reference;
use crate::vault::VaultMood;
use crate::world::World;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Makes an order. One with a `vault_id` is paid in the same call, unless the buyer is to be asked.
pub(crate) fn create(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let source = source(&call.body)?;
    let token = source.as_ref().and_then(|source| source["vault_id"].as_str()).map(str::to_owned);
    if token.is_some() && call.request_id.is_none() {
        return Err(Refusal::issue(400, "PAYPAL_REQUEST_ID_REQUIRED"));
    }
    let intent = intent(&call.body)?;
    let units = units(world, &call.body)?;
    let now = world.now();
    let stage = if source.is_some() { Stage::PayerActionRequired } else { Stage::Created };
    let experience = match &source {
        Some(source) if !source["experience_context"].is_null() => source["experience_context"].clone(),
        Some(_) | None => call.body["application_context"].clone(),
    };
    let id = world.ids.transaction();
    let order =
        Order { id: id.clone(), intent, stage, units, source, experience, vaulted: None, created: now, updated: now };
    match token {
        None => {
            world.orders.insert(id.clone(), order);
            Ok(Done::Made(Reference::Order(id)))
        }
        Some(token) => single_step(world, order, &token),
    }
}

/// With a saved method, the order is made, agreed to and paid in one call.
fn single_step(world: &mut World, mut order: Order, token: &str) -> Result<Done, Refusal> {
    let buyer = world.token_to_pay_with(token)?.buyer.clone();
    let (id, now) = (order.id.clone(), world.now());
    match world.vault_mood {
        VaultMood::AsksBuyer => {
            world.orders.insert(id.clone(), order);
            return Ok(Done::Made(Reference::Order(id)));
        }
        VaultMood::Declines => return Err(Refusal::unprocessable("INSTRUMENT_DECLINED")),
        VaultMood::Charges => {}
    }
    order.stage = Stage::Approved(Approval { buyer, funding: Funding::Balance }, now);
    let intent = order.intent;
    world.orders.insert(id.clone(), order);
    if let Err(refusal) = pay::complete(world, &id, intent) {
        // What cannot be paid in one step was never made.
        world.orders.remove(&id);
        return Err(refusal);
    }
    Ok(Done::Made(Reference::PaidOrder(id)))
}

/// `GET /v2/checkout/orders/{id}`
pub(crate) fn get(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    world.order(call.id())?;
    Ok(Done::Read(Reference::Order(call.id().to_owned())))
}

fn intent(body: &Value) -> Result<Intent, Refusal> {
    let several = body["purchase_units"].as_array().is_some_and(|units| units.len() > 1);
    match body["intent"].as_str() {
        Some("AUTHORIZE") if several => Err(Refusal::about("UNSUPPORTED_INTENT", "/intent")),
        Some("AUTHORIZE") => Ok(Intent::Authorize),
        Some("CAPTURE") => Ok(Intent::Capture),
        Some(_) | None => Err(Refusal::invalid("INVALID_PARAMETER_VALUE", "/intent")),
    }
}

/// Only PayPal's own wallet pays here.
fn source(body: &Value) -> Result<Option<Value>, Refusal> {
    let Some(sources) = body["payment_source"].as_object() else { return Ok(None) };
    match sources.iter().find(|(name, _)| name.as_str() != "paypal") {
        Some((name, _)) => Err(Refusal::about("PAYMENT_SOURCE_CANNOT_BE_USED", format!("/payment_source/{name}"))),
        None => Ok(sources.get("paypal").cloned()),
    }
}

fn units(world: &World, body: &Value) -> Result<Vec<Unit>, Refusal> {
    let asked = body["purchase_units"].as_array().cloned().unwrap_or_default();
    let (mut references, mut units) = (BTreeSet::new(), Vec::new());
    for (place, unit) in asked.iter().enumerate() {
        let at = format!("/purchase_units/{place}");
        match unit["reference_id"].as_str() {
            None if asked.len() > 1 => {
                return Err(Refusal::about("REFERENCE_ID_REQUIRED", format!("{at}/reference_id")));
            }
            Some(reference) if !references.insert(reference) => {
                return Err(Refusal::about("DUPLICATE_REFERENCE_ID", format!("{at}/reference_id")));
            }
            Some(_) | None => {}
        }
        if !unit["payment_instruction"]["platform_fees"].is_null() {
            return Err(Refusal::about(
                "PLATFORM_FEES_NOT_SUPPORTED",
                format!("{at}/payment_instruction/platform_fees"),
            ));
        }
        units.push(parsed(world, unit, &at)?);
    }
    if units.windows(2).any(|pair| pair[0].amount.currency != pair[1].amount.currency) {
        return Err(Refusal::about("MULTI_CURRENCY_ORDER", "/purchase_units"));
    }
    Ok(units)
}

/// A purchase unit, after every rule about it.
pub(super) fn parsed(world: &World, body: &Value, at: &str) -> Result<Unit, Refusal> {
    let amount = sums::amount(body, at)?;
    let address = &body["shipping"]["address"];
    if address["country_code"] == json!("US") {
        for (part, issue) in [("admin_area_2", "CITY_REQUIRED"), ("postal_code", "POSTAL_CODE_REQUIRED")] {
            if address[part].as_str().is_none_or(str::is_empty) {
                return Err(Refusal::about(issue, format!("{at}/shipping/address/{part}")));
            }
        }
    }
    Ok(Unit { body: body.clone(), amount, payee: world.payee(body), trackers: Vec::new() })
}
