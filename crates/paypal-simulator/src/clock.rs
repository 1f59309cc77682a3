//! What time it is: the machine's, moved ahead at will, or one that stands until it is moved.

use std::time::{SystemTime, UNIX_EPOCH};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Milliseconds since 1970.
pub type Instant = i64;

/// A second, in the clock's milliseconds.
pub const SECOND: Instant = 1_000;
/// An hour.
pub const HOUR: Instant = 3_600 * SECOND;
/// A day.
pub const DAY: Instant = 24 * HOUR;

/// The simulator's clock.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's, so many milliseconds ahead.
    Machine {
        /// How far ahead of the machine's clock.
        ahead: Instant,
    },
    /// Stands still until it is moved.
    Standing {
        /// What it shows.
        now: Instant,
    },
}

impl Clock {
    /// What it shows.
    pub fn now(self) -> Instant {
        match self {
            Self::Machine { ahead } => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX).saturating_add(ahead)
            }
            Self::Standing { now } => now,
        }
    }

    /// Moves it ahead.
    pub fn advance(&mut self, by: Instant) {
        let (Self::Machine { ahead: shown } | Self::Standing { now: shown }) = self;
        *shown = shown.saturating_add(by);
    }
}

/// RFC 3339 in UTC, to the second, as PayPal writes it.
pub fn rfc3339(at: Instant) -> String {
    let at = OffsetDateTime::from_unix_timestamp(at.div_euclid(SECOND)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    at.format(&Rfc3339).unwrap_or_default()
}

/// Reads RFC 3339.
pub fn instant(text: &str) -> Option<Instant> {
    let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    at.unix_timestamp().checked_mul(SECOND)
}
