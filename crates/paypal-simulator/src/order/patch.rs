//! `PATCH /v2/checkout/orders/{id}`: JSON Patch, by PayPal's own kind of path.

use super::{Stage, create};
use crate::call::{Call, Done};
use crate::refusal::Refusal;
use crate::schema::schemas;
use crate::world::World;
use serde_json::{Value, json};

/// What can be changed of a purchase unit. Of these, `payee` only while nobody has agreed.
const PATCHABLE: [&str; 9] = [
    "amount",
    "custom_id",
    "description",
    "invoice_id",
    "items",
    "payee",
    "shipping/address",
    "shipping/name",
    "soft_descriptor",
];

/// Changes an order before it is paid. All of it or nothing.
pub(crate) fn patch(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let order = world.order(call.id())?;
    match order.stage {
        Stage::Created | Stage::PayerActionRequired | Stage::Approved(..) => {}
        Stage::Completed(_) | Stage::Voided => return Err(Refusal::unprocessable("ORDER_ALREADY_COMPLETED")),
    }
    let mut bodies: Vec<Value> = order.units.iter().map(|unit| unit.body.clone()).collect();
    let references: Vec<String> = order.units.iter().map(|unit| unit.reference().to_owned()).collect();
    for (place, operation) in call.body.as_array().into_iter().flatten().enumerate() {
        let (reference, field) = path(operation, place)?;
        let unit = references.iter().position(|known| *known == reference);
        let unit = unit.ok_or_else(|| Refusal::about("REFERENCE_ID_NOT_FOUND", format!("/{place}/path")))?;
        change(&mut bodies[unit], &field, operation, place)?;
    }
    as_if_created(world, &bodies)?;
    let mut units = Vec::new();
    for (place, body) in bodies.iter().enumerate() {
        units.push(create::parsed(world, body, &format!("/purchase_units/{place}"))?);
    }
    if units.windows(2).any(|pair| pair[0].amount.currency != pair[1].amount.currency) {
        return Err(Refusal::unprocessable("MULTI_CURRENCY_ORDER"));
    }
    world.order_mut(call.id())?.units = units;
    Ok(Done::Nothing)
}

/// What comes out has to be what could have been asked for.
fn as_if_created(world: &World, units: &[Value]) -> Result<(), Refusal> {
    let body = json!({ "intent": "CAPTURE", "purchase_units": units });
    schemas().check(("POST", "/v2/checkout/orders"), &body, world.config.strict)
}

/// `/purchase_units/@reference_id=='default'/amount` taken apart.
fn path(operation: &Value, place: usize) -> Result<(String, String), Refusal> {
    let at = format!("/{place}/path");
    let path = operation["path"].as_str().ok_or_else(|| Refusal::about("PATCH_PATH_REQUIRED", &at))?;
    let unit = path.strip_prefix("/purchase_units/@reference_id=='");
    let Some((reference, field)) = unit.and_then(|rest| rest.split_once('\'')) else {
        let issue = if path.starts_with('/') { "NOT_PATCHABLE" } else { "INVALID_JSON_POINTER_FORMAT" };
        return Err(Refusal::about(issue, at));
    };
    let field = field.trim_start_matches('/');
    if !PATCHABLE.contains(&field) {
        return Err(Refusal::about("NOT_PATCHABLE", at));
    }
    Ok((reference.to_owned(), field.to_owned()))
}

fn change(body: &mut Value, field: &str, operation: &Value, place: usize) -> Result<(), Refusal> {
    let value = &operation["value"];
    let (parent, name) = match field.split_once('/') {
        Some((outer, inner)) => (&mut body[outer], inner),
        None => (body, field),
    };
    match operation["op"].as_str() {
        Some("add" | "replace") if value.is_null() => {
            Err(Refusal::about("PATCH_VALUE_REQUIRED", format!("/{place}/value")))
        }
        Some("add" | "replace") => {
            parent[name] = value.clone();
            Ok(())
        }
        Some("remove") if name != "amount" => {
            if let Some(fields) = parent.as_object_mut() {
                fields.remove(name);
            }
            Ok(())
        }
        Some(_) | None => Err(Refusal::invalid("INVALID_PATCH_OPERATION", format!("/{place}/op"))),
    }
}
