//! What was written in this browser and not sent: drafts, sheets that are filled in, messages that wait; and what was
//! seen here.

use super::kept::{self, Drawer};
use leptos::prelude::window;

/// What their keys begin with. The theme and the language stay: they are of the reader, not of what was stored.
const WRITTEN: [&str; 5] =
    ["bottega.outbox.", "bottega.draft.", "bottega.request.", "bottega.pay.", "bottega.checkout."];

/// Forgets what was seen: it is not so any more. What was written is kept.
pub async fn forget_seen() {
    kept::forget(Drawer::Seen).await;
}

/// Forgets it: where everything begins anew it is about nothing.
pub async fn forget_written() {
    for drawer in Drawer::ALL {
        kept::forget(drawer).await;
    }
    let Some(storage) = window().local_storage().ok().flatten() else { return };
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count).filter_map(|index| storage.key(index).ok().flatten()).collect();
    for key in keys.iter().filter(|key| WRITTEN.iter().any(|start| key.starts_with(start))) {
        // What cannot be removed cannot be written either.
        let _gone = storage.remove_item(key);
    }
}
