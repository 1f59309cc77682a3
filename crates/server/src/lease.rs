//! A document that one of several servers works on: whoever holds it keeps the others away until it is over. What waits in
//! the outbox is leased by the store itself, many things in one statement.

use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Who has something for a while. Whoever dies over it has it no longer than that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lease {
    holder: String,
    until: Timestamp,
}

impl Lease {
    /// For `holder`, whose name nobody else has.
    pub fn new(holder: &str, now: Timestamp, lasts: Span) -> Self {
        Self { holder: holder.to_owned(), until: now.plus(lasts) }
    }

    /// Whether somebody else may have it now.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.until <= now
    }

    /// Whether it is `holder` who has it.
    pub fn is_of(&self, holder: &str) -> bool {
        self.holder == holder
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_one_holders_until_it_is_over() {
        let at = Timestamp::from_millis;
        let lease = Lease::new("me", at(0), Span::seconds(1));
        assert!(lease.is_of("me") && !lease.is_of("you"));
        assert!(!lease.is_over(at(999)) && lease.is_over(at(1_000)));
    }
}
