//! What a worker is given, and what it asks for it with.

use super::OutboxEntry;
use domain::ids::ThreadId;
use domain::time::Timestamp;

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// An entry of the outbox.
    Entry(OutboxEntry),
    /// The timers of a thread, due since then.
    Timers(Timestamp, ThreadId),
}

/// What a worker asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What is due by then.
    pub now: Timestamp,
    /// Milliseconds since 1970 by the machine's clock, which no demo sets.
    pub machine: i64,
    /// Until when, by the machine's clock, nobody else is given the same.
    pub until: i64,
    /// How much of each at most.
    pub limit: usize,
}
