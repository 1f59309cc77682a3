//! The API's clock, read once and counted on; read again when it was set.

use super::Session;
use api::client::ApiError;
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::time::Duration;

/// What the time is taken from.
#[derive(Clone, Copy)]
enum Reading {
    /// The machine's clock, as it is whenever somebody looks.
    Machine,
    /// A clock that can be set: where it stood, when that was by a clock that is never set, and how fast it goes.
    Set { shown: i64, at: f64, speed: u32 },
}

fn steady() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

impl Reading {
    fn now(self) -> Timestamp {
        Timestamp::from_millis(match self {
            Self::Machine => js_sys::Date::now() as i64,
            Self::Set { shown, at, speed } => shown + ((steady() - at) * f64::from(speed)) as i64,
        })
    }
}

/// How long to wait before a clock that could not be read is asked for again, in milliseconds.
const AGAIN: f64 = 5_000.0;

/// What is known of the API's clock.
#[derive(Default)]
struct Known {
    reading: Cell<Option<Reading>>,
    /// How often it was asked for: the answer to an earlier call says nothing once a later one was made.
    asked: Cell<u32>,
    /// When it was last asked for in vain.
    missed: Cell<Option<f64>>,
}

thread_local! {
    static KNOWN: Known = Known::default();
}

impl Session {
    pub(super) async fn follow_the_clock(&self) {
        self.read_the_clock().await;
        let session = *self;
        set_interval(move || session.show_the_time(), Duration::from_secs(1));
    }

    pub(super) async fn read_the_clock(&self) {
        let number = KNOWN.with(|known| {
            known.missed.set(None);
            known.asked.set(known.asked.get() + 1);
            known.asked.get()
        });
        let answer = self.client().clock().await;
        if KNOWN.with(|known| known.asked.get() != number) {
            return;
        }
        match answer {
            Ok(clock) => {
                self.inner.update_value(|inner| inner.is_demo = true);
                let reading = Reading::Set { shown: clock.now.as_millis(), at: steady(), speed: clock.speed };
                KNOWN.with(|known| known.reading.set(Some(reading)));
            }
            // No clock to be set: the machine's.
            Err(ApiError::Problem(problem)) if problem.code == "not_a_demo" => {
                KNOWN.with(|known| known.reading.set(Some(Reading::Machine)));
            }
            // Nobody knows: it goes on as it did, and is asked for again.
            Err(_) => KNOWN.with(|known| {
                known.missed.set(Some(steady()));
                known.reading.set(Some(known.reading.get().unwrap_or(Reading::Machine)));
            }),
        }
        self.show_the_time();
    }

    /// The page is looked at again: a machine that slept meanwhile has not counted on.
    pub(super) fn look_at_the_clock(&self) {
        if self.is_demo() {
            self.the_clock_was_set();
        }
    }

    pub(super) fn the_clock_was_set(&self) {
        let session = *self;
        spawn_local(async move { session.read_the_clock().await });
    }

    fn show_the_time(&self) {
        if KNOWN.with(|known| known.missed.get()).is_some_and(|missed| steady() > missed + AGAIN) {
            self.the_clock_was_set();
        }
        if let Some(reading) = KNOWN.with(|known| known.reading.get()) {
            self.set_now.set(reading.now());
        }
    }
}
