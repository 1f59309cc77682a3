//! Announces and times each step, and adds up what the test runners say at their end.

use crate::process;
use anyhow::{Context, Result, bail};
use std::process::Command;
use std::time::{Duration, Instant};

pub struct Steps {
    only: Option<String>,
    names: Vec<&'static str>,
    ran: Vec<(&'static str, Duration)>,
    tally: Tally,
    began: Instant,
}

impl Steps {
    pub fn new(only: Option<&str>) -> Self {
        Self {
            only: only.map(str::to_owned),
            names: Vec::new(),
            ran: Vec::new(),
            tally: Tally::default(),
            began: Instant::now(),
        }
    }

    /// Does one step, unless another one was asked for.
    pub fn step(&mut self, name: &'static str, what: &str, body: impl FnOnce(&mut Tally) -> Result<()>) -> Result<()> {
        self.names.push(name);
        if self.only.as_deref().is_some_and(|only| only != name) {
            return Ok(());
        }
        println!("\n▸ {name}: {what} ({} after the start)", seconds(self.began.elapsed()));
        let (began, failed_before) = (Instant::now(), self.tally.failed);
        self.tally.step = name;
        let outcome = body(&mut self.tally);
        self.ran.push((name, began.elapsed()));
        println!("  {name}: {}", seconds(began.elapsed()));
        if outcome.is_err() && self.tally.failed == failed_before {
            // A step without a runner (format, clippy, a build) failed: never end with "0 failed".
            self.tally.failed += 1;
        }
        outcome.with_context(|| format!("Stopped at the step `{name}`. Only this one again: --only {name}"))
    }

    /// Ends with what the runners said, and the sum. Also after a failure.
    pub fn close(&self) -> Result<()> {
        if self.ran.is_empty() {
            bail!("There is no step `{}`. Steps: {}.", self.only.as_deref().unwrap_or(""), self.names.join(", "));
        }
        println!("\nSteps");
        for (name, took) in &self.ran {
            println!("  {name:<18} {:>9}", seconds(*took));
        }
        println!("  {:<18} {:>9}\n", "altogether", seconds(self.began.elapsed()));
        for line in &self.tally.closing_lines {
            println!("{line}");
        }
        println!("{} passed, {} failed", self.tally.passed, self.tally.failed);
        Ok(())
    }
}

/// The sum over all runners.
#[derive(Default)]
pub struct Tally {
    step: &'static str,
    passed: u64,
    failed: u64,
    closing_lines: Vec<String>,
}

impl Tally {
    /// Runs a test runner and reads its closing lines.
    pub fn run(&mut self, command: &mut Command) -> Result<()> {
        process::run_reading(command, |line| self.read(line))
    }

    /// One check of our own.
    pub fn check(&mut self, fact: &str, holds: bool) {
        println!("  {} {fact}", if holds { "ok    " } else { "FAILED" });
        *(if holds { &mut self.passed } else { &mut self.failed }) += 1;
    }

    fn read(&mut self, line: &str) {
        let Some(Closing { passed, failed }) = closing(line) else { return };
        self.passed += passed;
        self.failed += failed;
        if passed + failed > 0 {
            self.closing_lines.push(format!("{}: {}", self.step, line.trim()));
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Closing {
    passed: u64,
    failed: u64,
}

/// Reads `test result: ok. 3 passed; 0 failed; …` (Cargo, wasm-bindgen) and `ℹ pass 3` / `ℹ fail 0` (Node).
fn closing(line: &str) -> Option<Closing> {
    let line = line.trim();
    if let Some(count) = line.strip_prefix("ℹ pass ") {
        return Some(Closing { passed: count.parse().ok()?, failed: 0 });
    }
    if let Some(count) = line.strip_prefix("ℹ fail ") {
        return Some(Closing { passed: 0, failed: count.parse().ok()? });
    }
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |name: &str| counts.split("; ").find_map(|part| part.strip_suffix(name)?.trim().parse().ok());
    Some(Closing { passed: count("passed")?, failed: count("failed")? })
}

/// Seconds to the tenth; minutes from one minute on.
pub fn seconds(took: Duration) -> String {
    match took.as_secs() {
        0..60 => format!("{:.1} s", took.as_secs_f64()),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_lines_of_cargo_and_node_are_understood() {
        let cargo =
            "test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(closing(cargo), Some(Closing { passed: 12, failed: 2 }));
        assert_eq!(closing("ℹ pass 7"), Some(Closing { passed: 7, failed: 0 }));
        assert_eq!(closing("ℹ fail 1"), Some(Closing { passed: 0, failed: 1 }));
    }

    #[test]
    fn other_lines_close_nothing() {
        assert_eq!(closing("test result says nothing"), None);
        assert_eq!(closing("test money::tests::adds ... ok"), None);
        assert_eq!(closing("ℹ duration_ms 1234"), None);
    }

    #[test]
    fn a_step_that_fails_without_a_runner_counts_as_one_failure() {
        let mut steps = Steps::new(None);
        assert!(steps.step("format", "as rustfmt has it", |_| bail!("no")).is_err());
        assert_eq!(steps.tally.failed, 1);
    }

    #[test]
    fn only_the_step_that_was_asked_for_is_done() {
        let mut steps = Steps::new(Some("clippy"));
        steps.step("format", "", |_| bail!("must not run")).unwrap();
        steps.step("clippy", "", |_| Ok(())).unwrap();
        assert_eq!(steps.ran.len(), 1);
    }

    #[test]
    fn an_unknown_step_is_refused_with_the_names_there_are() {
        let mut steps = Steps::new(Some("clipy"));
        steps.step("clippy", "", |_| Ok(())).unwrap();
        assert!(steps.close().unwrap_err().to_string().contains("clippy"));
    }
}
