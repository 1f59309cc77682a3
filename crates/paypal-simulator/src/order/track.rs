//! `track`: PayPal is told of a parcel, and later perhaps that it was none.

use super::Tracker;
use crate::call::{Call, Done};
use crate::payment::Taken;
use crate::refusal::Refusal;
use crate::repeat::Reference;
use crate::world::World;
use serde_json::{Value, json};

/// `POST /v2/checkout/orders/{id}/track`
pub(crate) fn add(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let order = world.order(call.id())?;
    if order.units.len() > 1 {
        return Err(Refusal::unprocessable("MSP_NOT_SUPPORTED"));
    }
    let capture = call.body["capture_id"].as_str().unwrap_or_default();
    let capture = world.captures.get(capture).filter(|capture| capture.source.order == order.id);
    let capture = capture.ok_or_else(|| Refusal::about("CAPTURE_ID_NOT_FOUND", "/capture_id"))?;
    if capture.taken != Taken::Completed {
        return Err(Refusal::about("CAPTURE_STATUS_NOT_VALID", "/capture_id"));
    }
    let text = |field: &str| call.body[field].as_str().unwrap_or_default().to_owned();
    // The file asks only for the capture; without a carrier's name there is nothing to look up.
    if text("tracking_number").is_empty() {
        return Err(Refusal::invalid("MISSING_REQUIRED_PARAMETER", "/tracking_number"));
    }
    if text("carrier").is_empty() {
        return Err(Refusal::invalid("MISSING_REQUIRED_PARAMETER", "/carrier"));
    }
    if text("carrier") == "OTHER" && text("carrier_name_other").is_empty() {
        return Err(Refusal::invalid("MISSING_REQUIRED_PARAMETER", "/carrier_name_other"));
    }
    known_goods(&order.units[0].body, &call.body["items"])?;
    let id = format!("{}-{}", capture.id, text("tracking_number"));
    let now = world.now();
    let items = if call.body["items"].is_null() { json!([]) } else { call.body["items"].clone() };
    let trackers = &mut world.order_mut(call.id())?.units[0].trackers;
    match trackers.iter_mut().find(|tracker| tracker.id == id) {
        Some(tracker) => {
            (tracker.items, tracker.updated, tracker.cancelled) = (items, now, false);
            Ok(Done::Read(Reference::Order(call.id().to_owned())))
        }
        None => {
            trackers.push(Tracker { id, cancelled: false, items, created: now, updated: now });
            Ok(Done::MadeWhole(Reference::Order(call.id().to_owned())))
        }
    }
}

/// `PATCH /v2/checkout/orders/{id}/trackers/{tracker_id}`
pub(crate) fn patch(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    world.order(call.id())?;
    let (tracker_id, now) = (call.second_id().to_owned(), world.now());
    let order = world.order_mut(call.id())?;
    let goods = order.units[0].body.clone();
    let tracker = order.units[0].trackers.iter_mut().find(|tracker| tracker.id == tracker_id);
    let tracker = tracker.ok_or_else(|| Refusal::issue(404, "TRACKER_ID_NOT_FOUND"))?;
    let mut changed = tracker.clone();
    for (place, operation) in call.body.as_array().into_iter().flatten().enumerate() {
        let value = &operation["value"];
        match operation["path"].as_str() {
            None => return Err(Refusal::about("PATCH_PATH_REQUIRED", format!("/{place}/path"))),
            Some(_) if value.is_null() => {
                return Err(Refusal::about("PATCH_VALUE_REQUIRED", format!("/{place}/value")));
            }
            Some("/status") if value == "CANCELLED" => changed.cancelled = true,
            Some("/status") => return Err(Refusal::invalid("INVALID_PARAMETER_VALUE", format!("/{place}/value"))),
            Some("/items") => {
                known_goods(&goods, value)?;
                changed.items = value.clone();
            }
            Some("/notify_payer") => {}
            Some(_) => return Err(Refusal::about("NOT_PATCHABLE", format!("/{place}/path"))),
        }
    }
    changed.updated = now;
    *tracker = changed;
    Ok(Done::Nothing)
}

/// A parcel holds what was bought.
fn known_goods(unit: &Value, packed: &Value) -> Result<(), Refusal> {
    let bought = |sku: &str| unit["items"].as_array().into_iter().flatten().any(|item| item["sku"] == sku);
    for (place, item) in packed.as_array().into_iter().flatten().enumerate() {
        if item["sku"].as_str().is_some_and(|sku| !bought(sku)) {
            return Err(Refusal::about("ITEM_SKU_MISMATCH", format!("/items/{place}/sku")));
        }
    }
    Ok(())
}
