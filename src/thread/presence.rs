//! Presence: that one looks at a conversation is told to the other side of it, for as long as one does. It is of the
//! moment: nothing is kept, and what was not told is not told later.

use crate::store::{Session, ThreadCell, new_key};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How often one tells it.
const EVERY: Duration = Duration::from_secs(25);
/// For how long it counts, in milliseconds: one word may be lost on the way.
const COUNTS: f64 = 60_000.0;
/// For how long it is said when the other was last here, in milliseconds.
const REMEMBERED: f64 = 3_600_000.0;

/// Whether somebody is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// They look at the conversation.
    Here,
    /// They did, so many minutes ago.
    Was(u32),
    /// Nobody knows.
    Unknown,
}

impl Presence {
    /// What is to be said at `now` of somebody who was last here `at`, both in milliseconds since 1970.
    fn at(now: f64, at: Option<f64>) -> Self {
        match at.map(|at| now - at) {
            Some(ago) if ago < COUNTS => Self::Here,
            Some(ago) if ago < REMEMBERED => Self::Was((ago / 60_000.0) as u32),
            Some(_) | None => Self::Unknown,
        }
    }
}

/// Where it is kept that somebody does not want it to be known whether they are here.
fn key(session: Session) -> String {
    format!("bottega.presence.{}", session.me().id)
}

/// Whether one lets it be known that one is here. Who does not is not told it of others, either.
pub fn shares_presence(session: Session) -> bool {
    let storage = window().local_storage().ok().flatten();
    storage.and_then(|storage| storage.get_item(&key(session)).ok().flatten()).as_deref() != Some("hidden")
}

/// Lets it be known, or not, from the next conversation on.
pub fn share_presence(session: Session, is_shared: bool) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Where nothing can be kept, it is as it is by default.
        let _kept = storage.set_item(&key(session), if is_shared { "shared" } else { "hidden" });
    }
}

/// Whether the other side of a thread is here; moves with the session's clock.
pub(super) fn presence_of(session: Session, cell: ThreadCell) -> Memo<Presence> {
    let is_shared = shares_presence(session);
    Memo::new(move |_| {
        session.now.track();
        if !is_shared {
            return Presence::Unknown;
        }
        Presence::at(js_sys::Date::now(), cell.peer_here_at.get())
    })
}

/// Tells the other side that one is here, until the conversation is left.
pub(super) fn tell_presence(session: Session, cell: ThreadCell, presence: Memo<Presence>) {
    if !shares_presence(session) {
        return;
    }
    let tell = move || {
        if session.looked_at.get_untracked() {
            spawn_local(async move {
                let _told = session.client().here(&new_key(), &cell.id()).await;
            });
        }
    };
    if let Ok(every) = set_interval_with_handle(tell, EVERY) {
        on_cleanup(move || every.clear());
    }
    // When one comes, or looks again; and when the other comes, who cannot know yet that one is here.
    let other = Memo::new(move |_| presence.get() == Presence::Here);
    Effect::new(move || {
        let _came = other.get();
        if session.looked_at.get() {
            tell();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn one_is_here_for_a_minute_after_the_last_word_and_was_for_an_hour() {
        let at = |ago: f64| Presence::at(10_000_000.0, Some(10_000_000.0 - ago));
        assert_eq!([at(0.0), at(59_999.0), at(60_000.0)], [Presence::Here, Presence::Here, Presence::Was(1)]);
        assert_eq!([at(3_599_999.0), at(3_600_000.0)], [Presence::Was(59), Presence::Unknown]);
        assert_eq!(Presence::at(0.0, None), Presence::Unknown);
    }
}
