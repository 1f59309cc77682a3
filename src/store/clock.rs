//! The API's clock, read once and counted on; read again when it was set.

use super::Session;
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// Where the clock stood, and when that was, by a clock that is never set.
#[derive(Clone, Copy)]
struct Reading {
    shown: i64,
    at: f64,
    speed: u32,
}

fn steady() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

impl Reading {
    fn now(self) -> Timestamp {
        let passed = (steady() - self.at) * f64::from(self.speed);
        Timestamp::from_millis(self.shown + passed as i64)
    }
}

thread_local! {
    static READING: Rc<Cell<Option<Reading>>> = Rc::default();
}

impl Session {
    pub(super) async fn follow_the_clock(&self) {
        self.read_the_clock().await;
        let session = *self;
        set_interval(move || session.show_the_time(), Duration::from_secs(1));
    }

    pub(super) async fn read_the_clock(&self) {
        let reading = match self.client().clock().await {
            Ok(clock) => {
                self.inner.update_value(|inner| inner.is_demo = true);
                Reading { shown: clock.now.as_millis(), at: steady(), speed: clock.speed }
            }
            // No clock to be set: the machine's.
            Err(_) => Reading { shown: js_sys::Date::now() as i64, at: steady(), speed: 1 },
        };
        READING.with(|known| known.set(Some(reading)));
        self.show_the_time();
    }

    pub(super) fn the_clock_was_set(&self) {
        let session = *self;
        spawn_local(async move { session.read_the_clock().await });
    }

    fn show_the_time(&self) {
        if let Some(reading) = READING.with(|known| known.get()) {
            self.set_now.set(reading.now());
        }
    }
}
