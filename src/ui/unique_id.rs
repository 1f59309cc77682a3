//! Ids that tie a label to its field.

use std::cell::Cell;

/// An id that no other element of the page has.
pub fn unique_id(prefix: &str) -> String {
    thread_local! {
        static LAST: Cell<u32> = const { Cell::new(0) };
    }
    let number = LAST.get() + 1;
    LAST.set(number);
    format!("{prefix}-{number}")
}
