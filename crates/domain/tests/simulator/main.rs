//! Many lives of one thread: two tabs of a buyer and a seller who act on what they last saw, a processor and a carrier
//! that tell late, twice and out of order, a clock that jumps. Every invariant is checked after every step. Then the
//! faults stop, and everything has to come to rest.
//!
//! `SEEDS=10000 cargo test --release -p domain --test simulator -- --nocapture`; one of them again: `SEED=1234`.

mod dice;
mod processor;
mod run;
#[path = "../support/mod.rs"]
mod support;
mod verdict;

use run::{Life, Run};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// What a life was, or what was wrong with it.
fn live(seed: u64, aloud: bool) -> Result<Life, String> {
    let life = || Run::new(seed, aloud).live();
    std::panic::catch_unwind(life).unwrap_or_else(|_| Err("it panicked".to_owned()))
}

#[test]
fn whatever_happens_in_whatever_order_every_invariant_holds_and_all_comes_to_rest() {
    if let Some(seed) = number("SEED") {
        let life = live(seed, true).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}"));
        println!("seed {seed}, {} steps, 0 violations", life.steps);
        return;
    }
    let seeds = number("SEEDS").unwrap_or(200);
    let (next, steps, violations) = (AtomicU64::new(0), AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds {
                        break;
                    }
                    match live(seed, false) {
                        Ok(life) => {
                            steps.fetch_add(life.steps, Ordering::Relaxed);
                        }
                        Err(wrong) => violations.lock().expect("no panic while noting").push((seed, wrong)),
                    }
                }
            });
        }
    });
    let violations = violations.into_inner().expect("no panic while noting");
    println!("{seeds} seeds, {} steps, {} violations", steps.into_inner(), violations.len());
    if let Some((seed, wrong)) = violations.first() {
        let _told_again = live(*seed, true);
        panic!("seed {seed}: {wrong}\nagain: SEED={seed} cargo test -p domain --test simulator -- --nocapture");
    }
}

/// The lives reach what the invariants are about; otherwise they would prove little.
#[test]
fn the_lives_reach_everything_that_can_happen_to_money_and_orders() {
    let mut missing: BTreeSet<&str> = support::invariants::HAPPENINGS.split(' ').collect();
    for seed in 0..2_000 {
        let life = live(seed, false).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}"));
        for envelope in life.log {
            let event = serde_json::to_value(&envelope.event).expect("an event is JSON");
            missing.remove(event["type"].as_str().expect("tagged"));
        }
        if missing.is_empty() {
            return;
        }
    }
    panic!("never reached: {missing:?}");
}
