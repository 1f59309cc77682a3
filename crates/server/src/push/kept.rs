//! A browser as it is kept: where, how far it was told, and how it goes.

use api::wire::{Cursor, PushTo};
use domain::ids::AccountId;
use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How long to wait before the first further try, in milliseconds; each time four times as long.
const FIRST_WAIT: i64 = 15_000;
/// Tries for one thing. After the last, some twenty minutes later, it is old news.
const TRIES: u32 = 5;
/// How long whoever tells it may go without a word.
const LEASE: Span = Span::seconds(60);

/// A browser as it is kept; one that is not told any more is kept as nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Whose.
    pub account: AccountId,
    /// The session it belongs to: with that ends what it is told.
    pub session: String,
    /// Where, and how to seal what it is told.
    pub to: PushTo,
    /// Up to where it has been told.
    pub cursor: Cursor,
    tries: u32,
    /// When it may be told again: after a failure, or when whoever tells it has gone.
    next_at: Option<Timestamp>,
    holder: Option<String>,
}

/// What becomes of one that could not be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// It is tried again.
    Later(Kept),
    /// What was to be told is given up.
    GivenUp(Kept),
}

impl Kept {
    /// One that is told what comes after `cursor`.
    pub fn new(account: AccountId, session: String, to: PushTo, cursor: Cursor) -> Self {
        Self { account, session, to, cursor, tries: 0, next_at: None, holder: None }
    }

    /// The same browser, told about from another session, or in another language, from now on.
    pub fn again(self, session: String, to: PushTo) -> Self {
        Self { session, to, ..self }
    }

    /// Whether it may be told now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.next_at.is_none_or(|at| at <= now)
    }

    /// Whether it is `holder` who tells it.
    pub fn is_held_by(&self, holder: &str) -> bool {
        self.holder.as_deref() == Some(holder)
    }

    /// The same, told by `holder` for a while.
    pub fn held(self, holder: &str, now: Timestamp) -> Self {
        Self { holder: Some(holder.to_owned()), next_at: Some(now.plus(LEASE)), ..self }
    }

    /// The same after everything up to `cursor` was told, and `holder` goes on.
    pub fn told(self, cursor: Cursor, holder: &str, now: Timestamp) -> Self {
        Self { cursor, tries: 0, ..self }.held(holder, now)
    }

    /// The same after everything there was up to `cursor` was told.
    pub fn let_go(self, cursor: Cursor) -> Self {
        Self { cursor, tries: 0, next_at: None, holder: None, ..self }
    }

    /// The same after something up to `cursor` could not be told.
    pub fn failed(self, cursor: Cursor, now: Timestamp) -> Failed {
        let tries = self.tries + 1;
        if tries >= TRIES {
            return Failed::GivenUp(self.let_go(cursor));
        }
        let wait = Span::millis(FIRST_WAIT << (2 * (tries - 1)));
        Failed::Later(Self { tries, next_at: Some(now.plus(wait)), holder: None, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::wire::Language;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn kept() -> Kept {
        let to = PushTo {
            endpoint: "https://push.example/a".to_owned(),
            p256dh: String::new(),
            auth: String::new(),
            language: Language::En,
        };
        Kept::new("acc_1".parse().unwrap(), "session".to_owned(), to, 7)
    }

    #[test]
    fn what_cannot_be_told_is_tried_five_times_and_then_is_old_news() {
        let (mut kept, mut now, mut waits) = (kept(), at(0), Vec::new());
        let given_up = loop {
            match kept.held("me", now).failed(9, now) {
                Failed::Later(later) => {
                    let next = later.next_at.unwrap();
                    assert!(!later.is_due(at(next.as_millis() - 1)) && later.is_due(next));
                    waits.push(next.since(now).as_millis() / 1_000);
                    (kept, now) = (later, next);
                }
                Failed::GivenUp(kept) => break kept,
            }
        };
        assert_eq!(waits, [15, 60, 240, 960]);
        assert_eq!((given_up.cursor, given_up.is_due(now)), (9, true));
    }

    #[test]
    fn whoever_tells_it_keeps_the_others_away_for_a_minute() {
        let held = kept().held("me", at(0));
        assert!(held.is_held_by("me") && !held.is_held_by("you"));
        assert!(!held.is_due(at(59_999)) && held.is_due(at(60_000)));
        assert!(held.let_go(8).is_due(at(0)));
    }
}
