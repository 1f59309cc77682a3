//! What was written of a request and not sent, kept in the browser.

use super::draft::Draft;
use crate::store::ThreadCell;
use domain::ids::PaymentRequestId;
use leptos::prelude::*;

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What was written and not sent.
pub(super) fn kept(place: &str) -> Option<Draft> {
    let text = storage().and_then(|storage| storage.get_item(place).ok().flatten());
    text.and_then(|text| serde_json::from_str(&text).ok())
}

/// Keeps a draft, and says whether it could.
pub(super) fn keep(place: &str, draft: &Draft) -> bool {
    let text = serde_json::to_string(draft).ok();
    storage().zip(text).is_some_and(|(storage, text)| storage.set_item(place, &text).is_ok())
}

/// Forgets a draft: it was sent.
pub(super) fn forget(place: &str) {
    if let Some(storage) = storage() {
        // What could not be kept cannot be removed.
        let _gone = storage.remove_item(place);
    }
}

/// One draft for each thread, and one for each request that is being changed.
pub(super) fn place(cell: ThreadCell, revise: Option<&PaymentRequestId>) -> String {
    match revise {
        Some(request) => format!("bottega.request.{request}"),
        None => format!("bottega.request.{}", cell.id()),
    }
}
