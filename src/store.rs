//! What the page knows: one signal per thread, row of the inbox and wallet. Only this module writes them; what
//! happened is folded in by the domain's own fold, whether it came in an answer or by itself.

use leptos::prelude::Owner;

mod answer;
mod clock;
mod inbox;
mod kept;
mod live;
mod outbox;
mod paged;
mod photos;
mod seen;
mod session;
mod thread;
mod written;

pub use answer::answer;
pub use inbox::{Inbox, Place};
pub use outbox::{Pending, PendingStatus, Said, connection_changed};
pub use paged::{Page, Paged, paged};
pub use photos::known_photo;
pub use session::{Session, new_key, use_session};
pub use thread::{RowChange, ThreadCell};
pub use written::{forget_seen, forget_written};

thread_local! {
    static ROOT: Owner = Owner::new();
}

/// Makes signals that live as long as the page, not as long as whoever asked for them first.
pub(crate) fn for_good<T>(make: impl FnOnce() -> T) -> T {
    ROOT.with(|root| root.with(make))
}
