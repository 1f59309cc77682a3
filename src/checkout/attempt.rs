//! The key of a payment that was sent and not answered: repeating it with the same key pays once.

use crate::store::new_key;
use api::client::{ApiError, IdempotencyKey};
use api::wire::Pay;
use domain::ids::PaymentRequestId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A key, and what it may be used for.
#[derive(Serialize, Deserialize)]
struct Kept {
    key: String,
    /// The call without its confirmation, and how many attempts there were before it: another try is another call.
    of: String,
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn place(request: &PaymentRequestId, revision: u32) -> String {
    format!("bottega.pay.{request}.{revision}")
}

/// The key for this call: the kept one when it was made for it and is not answered yet, else a new one that is kept
/// before anything is sent.
pub(super) fn key_for(request: &PaymentRequestId, body: &Pay, attempts: usize) -> IdempotencyKey {
    let address = body.address.as_ref().map(ToString::to_string).unwrap_or_default();
    let of = format!("{}|{}|{}|{address}|{attempts}", body.delivery, body.total.minor, body.method);
    let place = place(request, body.revision);
    let kept = storage().and_then(|storage| storage.get_item(&place).ok().flatten());
    let kept = kept.and_then(|text| serde_json::from_str::<Kept>(&text).ok());
    if let Some(kept) = kept.filter(|kept| kept.of == of) {
        return IdempotencyKey(kept.key);
    }
    let key = new_key();
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&Kept { key: key.0.clone(), of })) {
        // Where nothing can be kept the API still lets only one attempt live.
        let _kept = storage.set_item(&place, &text);
    }
    key
}

/// Forgets the key of a call that was answered.
pub(super) fn answered(request: &PaymentRequestId, revision: u32) {
    if let Some(storage) = storage() {
        let _gone = storage.remove_item(&place(request, revision));
    }
}

/// Whether the answer settles what became of the call.
pub(super) fn is_definitive(answer: &Result<(), ApiError>) -> bool {
    match answer {
        Ok(()) => true,
        Err(ApiError::Problem(problem)) => problem.status < 500 && problem.code != "busy",
        Err(ApiError::Network(_) | ApiError::Decode(_)) => false,
    }
}
