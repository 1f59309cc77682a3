//! What was written in this browser and not sent: drafts, sheets that are filled in, messages that wait; and what was
//! seen here.

use super::kept::{self, Drawer};
use domain::ids::AccountId;
use leptos::prelude::window;

/// What their keys begin with. The theme and the language stay: they are of the reader, not of what was stored.
const WRITTEN: [&str; 5] =
    ["bottega.outbox.", "bottega.draft.", "bottega.request.", "bottega.pay.", "bottega.checkout."];

/// Those of them that say whose they are; the others are about a request of somebody's.
const OF_ONE: [&str; 2] = ["bottega.outbox.", "bottega.draft."];

/// Forgets what was seen: it is not so any more. What was written is kept.
pub async fn forget_seen() {
    kept::forget(Drawer::Seen).await;
}

/// Forgets it: where everything begins anew it is about nothing.
pub async fn forget_written() {
    for drawer in Drawer::ALL {
        kept::forget(drawer).await;
    }
    forget_keys(|_| true);
}

/// Forgets what one person here has written, and what was seen. What others of this browser have said and not sent yet
/// waits for them.
pub(super) async fn forget_written_by(account: &AccountId) {
    kept::forget(Drawer::Seen).await;
    // What cannot be taken away could not be written either.
    let _gone = kept::change(Drawer::Outbox, &outbox_of(account), |_| None).await;
    let names_its_writer = |key: &str| OF_ONE.iter().find_map(|start| key.strip_prefix(start).map(str::to_owned));
    forget_keys(|key| {
        names_its_writer(key).is_none_or(|rest| rest.strip_prefix(account.as_str()).is_some_and(is_all_of_it))
    });
}

/// Whether what follows a name does not go on with it.
fn is_all_of_it(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('.')
}

/// Where what somebody has said and not sent is kept.
pub(super) fn outbox_of(account: &AccountId) -> String {
    format!("bottega.outbox.{account}")
}

fn forget_keys(is_to_go: impl Fn(&str) -> bool) {
    let Some(storage) = window().local_storage().ok().flatten() else { return };
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count).filter_map(|index| storage.key(index).ok().flatten()).collect();
    for key in keys.iter().filter(|key| WRITTEN.iter().any(|start| key.starts_with(start)) && is_to_go(key)) {
        // What cannot be removed cannot be written either.
        let _gone = storage.remove_item(key);
    }
}
