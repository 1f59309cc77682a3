//! Time from outside: real, or a demo clock that can run fast, stand still and jump.

use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Milliseconds since 1970 of the machine. A function, because a browser and a server ask differently.
pub type Machine = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How demo time follows machine time; kept with the data, so that a reload and a second tab show the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoClock {
    machine_base: i64,
    demo_base: i64,
    /// How many seconds pass in one; 0 stands still.
    pub speed: u32,
}

impl DemoClock {
    /// A clock that shows `now` when the machine shows `machine`, and runs as fast as it.
    pub fn starting(now: Timestamp, machine: i64) -> Self {
        Self { machine_base: machine, demo_base: now.as_millis(), speed: 1 }
    }

    /// What it shows.
    pub fn now(&self, machine: i64) -> Timestamp {
        let passed = (machine - self.machine_base).max(0);
        Timestamp::from_millis(self.demo_base + passed * i64::from(self.speed))
    }

    /// The same time, at another speed from now on.
    #[must_use]
    pub fn at_speed(self, speed: u32, machine: i64) -> Self {
        Self { machine_base: machine, demo_base: self.now(machine).as_millis(), speed }
    }

    /// Never backwards: set to `now`, or left where it is when that has passed.
    #[must_use]
    pub fn forward_to(self, now: Timestamp, machine: i64) -> Self {
        let shown = self.now(machine).max(now);
        Self { machine_base: machine, demo_base: shown.as_millis(), speed: self.speed }
    }

    /// Goes `span` forward.
    #[must_use]
    pub fn advanced(self, span: Span, machine: i64) -> Self {
        self.forward_to(self.now(machine).plus(span), machine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_clock_runs_fast_stands_still_and_never_goes_back() {
        let start = Timestamp::from_millis(1_000_000);
        let clock = DemoClock::starting(start, 0).at_speed(60, 1_000);
        assert_eq!(clock.now(2_000), start.plus(Span::seconds(61)));
        let still = clock.at_speed(0, 2_000);
        assert_eq!(still.now(9_000), still.now(2_000));
        assert_eq!(still.forward_to(start, 9_000).now(9_000), still.now(2_000));
        assert_eq!(still.now(0), still.now(2_000), "a machine clock that was set back does not turn time back");
    }
}
