//! A webhook as it is kept: where, how far, how it goes, and who tells it just now.

use crate::lease::Lease;
use api::wire::{Cursor, DeliveryOutcome, Webhook, WebhookState};
use domain::ids::AccountId;
use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How long one tries before a webhook is left alone.
const PERSISTENCE: Span = Span::days(3);
/// How long to wait before the first further try, in milliseconds; each time twice as long.
const FIRST_WAIT: i64 = 5_000;
/// The longest wait, in milliseconds: an hour.
const LONGEST_WAIT: i64 = 3_600_000;
/// How long whoever tells it may go without a word: longer than one delivery takes, so that nobody else begins one.
const LASTS: Span = Span::seconds(30);

/// A webhook as it is kept; a removed one is kept as nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Whose.
    pub account: AccountId,
    /// Where.
    pub url: String,
    /// What deliveries are signed with. It has to be kept as it is: it is needed for each of them.
    pub secret: String,
    created_at: Timestamp,
    /// Up to where it has been told.
    pub cursor: Cursor,
    state: WebhookState,
    lease: Option<Lease>,
    /// Who registered it: the id of a seat, or of a key. What they leave behind ends with them.
    #[serde(default)]
    by: Option<String>,
}

impl Kept {
    /// One that is told what comes after `cursor`.
    pub fn new(account: AccountId, url: String, secret: String, now: Timestamp, cursor: Cursor) -> Self {
        Self { account, url, secret, created_at: now, cursor, state: WebhookState::Active, lease: None, by: None }
    }

    /// The same, registered by whoever that is.
    pub fn made_by(self, by: Option<String>) -> Self {
        Self { by, ..self }
    }

    /// Whether it was registered by one of these; by nobody known counts as the first seat of the account.
    pub fn is_of(&self, makers: &[String]) -> bool {
        let by = self.by.as_deref().unwrap_or(self.account.as_str());
        makers.iter().any(|maker| maker == by)
    }

    /// As its owner sees it.
    pub fn told(self, id: &str) -> Webhook {
        let Self { account: _, url, secret: _, created_at, cursor, state, lease: _, by: _ } = self;
        Webhook { id: id.to_owned(), url, created_at, cursor, state }
    }

    /// Whether it may be told now, as far as nobody else does.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let is_free = self.lease.as_ref().is_none_or(|lease| lease.is_over(now));
        is_free
            && match &self.state {
                WebhookState::Active => true,
                WebhookState::Retrying { next_at, .. } => *next_at <= now,
                WebhookState::Paused { .. } => false,
            }
    }

    /// Since when it was given up, and what its last try came to.
    pub fn given_up(&self) -> Option<(Timestamp, DeliveryOutcome)> {
        match &self.state {
            WebhookState::Paused { since, last } => Some((*since, *last)),
            WebhookState::Active | WebhookState::Retrying { .. } => None,
        }
    }

    /// Whether it is `holder` who tells it.
    pub fn is_held_by(&self, holder: &str) -> bool {
        self.lease.as_ref().is_some_and(|lease| lease.is_of(holder))
    }

    /// The same, told by `holder` for a while.
    pub fn held(self, holder: &str, now: Timestamp) -> Self {
        Self { lease: Some(Lease::new(holder, now, LASTS)), ..self }
    }

    /// The same, told by nobody.
    pub fn let_go(self) -> Self {
        Self { lease: None, ..self }
    }

    /// The same after a delivery that was taken.
    pub fn taken(self, cursor: Cursor) -> Self {
        Self { cursor, state: WebhookState::Active, ..self }
    }

    /// The same after one that was not; `chance` spreads tries of many, so that they do not all come at once.
    pub fn failed(self, last: DeliveryOutcome, now: Timestamp, chance: u128) -> Self {
        let (since, attempts) = match self.state {
            WebhookState::Retrying { since, attempts, .. } => (since, attempts.saturating_add(1)),
            WebhookState::Active | WebhookState::Paused { .. } => (now, 1),
        };
        let state = if now >= since.plus(PERSISTENCE) {
            WebhookState::Paused { since: now, last }
        } else {
            WebhookState::Retrying { since, attempts, next_at: now.plus(wait(attempts, chance)), last }
        };
        Self { state, lease: None, ..self }
    }

    /// The same, to be told from `cursor` on, whatever became of it before.
    pub fn again(self, cursor: Cursor) -> Self {
        Self { cursor, state: WebhookState::Active, lease: None, ..self }
    }
}

/// Between three and five quarters of what the number of tries asks for.
fn wait(attempts: u32, chance: u128) -> Span {
    let usual = (FIRST_WAIT << attempts.saturating_sub(1).min(20)).min(LONGEST_WAIT);
    let spread = i64::try_from(chance % 512).unwrap_or_default() - 256;
    Span::millis(usual + usual * spread / 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::wire::Silence;

    const NO: DeliveryOutcome = DeliveryOutcome::Unanswered { why: Silence::TimedOut };

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn kept() -> Kept {
        Kept::new("acc_1".parse().unwrap(), "https://a.example/".to_owned(), "s".to_owned(), at(0), 7)
    }

    #[test]
    fn waits_grow_to_an_hour_and_are_spread() {
        let usual: Vec<i64> = (1..=12).map(|attempts| wait(attempts, 256).as_millis() / 1_000).collect();
        assert_eq!(usual, [5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600]);
        assert_eq!((wait(11, 0).as_millis(), wait(11, 511).as_millis()), (2_700_000, 4_496_484));
        assert_eq!(wait(u32::MAX, 256).as_millis(), LONGEST_WAIT);
    }

    #[test]
    fn after_three_days_of_failing_it_is_left_alone_and_says_why() {
        let (mut kept, mut now) = (kept(), at(0));
        while kept.is_due(now) {
            kept = kept.held("me", now).failed(NO, now, u128::from(now.as_millis().unsigned_abs()));
            match &kept.state {
                WebhookState::Retrying { next_at, .. } => now = *next_at,
                WebhookState::Paused { .. } => {}
                WebhookState::Active => panic!("it has failed"),
            }
        }
        assert_eq!(kept.state, WebhookState::Paused { since: now, last: NO });
        let days = now.since(at(0)).as_millis() / 86_400_000;
        assert_eq!(days, 3);
        assert!(!kept.is_due(at(i64::MAX / 2)));
        assert!(kept.again(3).is_due(now));
    }

    #[test]
    fn one_that_holds_it_keeps_the_others_away_for_a_while() {
        let held = kept().held("me", at(0));
        assert!(held.is_held_by("me") && !held.is_held_by("you"));
        assert!(!held.is_due(at(29_999)));
        assert!(held.is_due(at(30_000)));
        assert!(held.let_go().is_due(at(0)));
    }

    #[test]
    fn a_delivery_that_is_taken_ends_the_trouble() {
        let kept = kept().failed(NO, at(0), 0).taken(8);
        assert_eq!((kept.cursor, &kept.state), (8, &WebhookState::Active));
    }
}
