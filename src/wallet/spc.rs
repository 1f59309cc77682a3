//! Secure Payment Confirmation: the browser itself shows whom, with what and how much, and a passkey signs that too.
//! web-sys has no types for it, so what there is of it is asked for by name.

use super::passkey::{bytes, confirmation, decode};
use crate::proof::called;
use api::confirmation::Shown;
use api::wire::Confirmation;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::PublicKeyCredential;

/// How long the browser shows it, in milliseconds.
const PATIENCE: u32 = 5 * 60 * 1000;
/// Where it is noted that somebody does not want it in this browser.
const UNWANTED: &str = "bottega.secure-payment-unwanted";

/// Why nothing was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSigned {
    /// The person said no to the payment.
    Refused,
    /// They want another way, or this one does not work here.
    AnotherWay,
}

fn class() -> JsValue {
    Reflect::get(&window(), &"PaymentRequest".into()).unwrap_or_default()
}

/// Whether the browser can show a payment by itself, and its owner has not said that it must not.
pub async fn is_available() -> bool {
    let asked = called(&class(), "securePaymentConfirmationAvailability", &[]);
    let Some(promise) = asked.ok().and_then(|promise| promise.dyn_into::<Promise>().ok()) else { return false };
    let answer = JsFuture::from(promise).await.unwrap_or_default();
    answer == "available" && !is_unwanted()
}

/// Has the browser show a payment, and one of `ids` sign it.
///
/// # Errors
/// That the person said no, or wants another way.
pub async fn confirm(ids: &[String], challenge: &[u8], shown: &Shown) -> Result<Confirmation, NotSigned> {
    let request = request(ids, challenge, shown).ok_or(NotSigned::AnotherWay)?;
    let response = match called(&request, "show", &[]).ok().and_then(|promise| promise.dyn_into::<Promise>().ok()) {
        Some(promise) => JsFuture::from(promise).await.map_err(|error| why(&error))?,
        None => return Err(NotSigned::AnotherWay),
    };
    // It was signed; what becomes of the payment is told by its card.
    let _closed = called(&response, "complete", &[&"unknown".into()]);
    let signed = Reflect::get(&response, &"details".into()).ok();
    let signed = signed.and_then(|details| details.dyn_into::<PublicKeyCredential>().ok());
    signed.and_then(|signed| confirmation(&signed).ok()).ok_or(NotSigned::AnotherWay)
}

/// What a browser's refusal means.
fn why(error: &JsValue) -> NotSigned {
    let name = Reflect::get(error, &"name".into()).unwrap_or_default();
    if name == "AbortError" {
        return NotSigned::Refused;
    }
    if name == "OptOutError" {
        note_unwanted();
    }
    NotSigned::AnotherWay
}

fn request(ids: &[String], challenge: &[u8], shown: &Shown) -> Option<JsValue> {
    let credentials: Array = ids.iter().filter_map(|id| decode(id).ok()).collect();
    let instrument = object([
        ("displayName", shown.instrument.display_name.as_str().into()),
        ("icon", shown.instrument.icon.as_str().into()),
        // What pays is told by its name, too.
        ("iconMustBeShown", false.into()),
    ]);
    let data = object([
        ("credentialIds", credentials.into()),
        ("challenge", bytes(challenge).into()),
        ("rpId", shown.rp_id.as_str().into()),
        ("instrument", instrument.into()),
        ("payeeName", optional(shown.payee_name.as_deref())),
        ("payeeOrigin", optional(shown.payee_origin.as_deref())),
        ("timeout", PATIENCE.into()),
        ("showOptOut", true.into()),
    ]);
    let method = object([("supportedMethods", "secure-payment-confirmation".into()), ("data", data.into())]);
    let amount =
        object([("currency", shown.total.currency.as_str().into()), ("value", shown.total.value.as_str().into())]);
    // The label is for other ways to pay: this one does not show it.
    let total = object([("label", "Bottega".into()), ("amount", amount.into())]);
    let details = object([("total", total.into())]);
    let class = class().dyn_into::<Function>().ok()?;
    Reflect::construct(&class, &Array::of2(&Array::of1(&method), &details)).ok()
}

fn optional(text: Option<&str>) -> JsValue {
    text.map_or(JsValue::UNDEFINED, JsValue::from)
}

fn object<const N: usize>(fields: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a property of a fresh object cannot fail.
        let _set = Reflect::set(&object, &name.into(), &value);
    }
    object
}

/// What makes a new passkey one that payments can be shown before: for one of this device, as browsers want it.
pub(super) fn for_payments(creation: &JsValue, selection: &JsValue) {
    let extensions = object([("payment", object([("isPayment", true.into())]).into())]);
    let _set = Reflect::set(creation, &"extensions".into(), &extensions);
    let _set = Reflect::set(selection, &"authenticatorAttachment".into(), &"platform".into());
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn is_unwanted() -> bool {
    storage().and_then(|storage| storage.get_item(UNWANTED).ok().flatten()).is_some()
}

fn note_unwanted() {
    if let Some(storage) = storage() {
        // Where nothing can be kept it is asked once more the next time.
        let _noted = storage.set_item(UNWANTED, "yes");
    }
}

/// Whoever makes a new passkey in this browser may be shown payments again.
pub(super) fn forget_unwanted() {
    if let Some(storage) = storage() {
        let _forgotten = storage.remove_item(UNWANTED);
    }
}
