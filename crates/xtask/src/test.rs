//! `cargo xtask test`: everything that must hold, cheapest first; the first failure stops it.

use crate::args::Invocation;
use crate::postgres::Postgres;
use crate::serve::Server;
use crate::setup::{self, Needs, Toolbox};
use crate::steps::Steps;
use crate::trunk::{self, Shape};
use crate::workspace::{self, Packages};
use crate::{artefacts, process};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is told to the API inside the page each time: what is about it, every state for axe, and the main ways through the
/// app. The rest is told to a server each time, and here with `--long`: it is the same router.
const TOLD_INSIDE: [&str; 10] = [
    "axe.test",
    "both.test",
    "cases.test",
    "checkout.test",
    "desk.test",
    "once.test",
    "search.test",
    "storage.test",
    "things.test",
    "words.test",
];

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// Everything but the app: that runs in browsers, and is checked and tested as what runs there.
const NATIVE: [&str; 3] = ["--workspace", "--exclude", "bottega"];

/// What the API's tests need beside its default build, where it declares them.
const API_FEATURES: [&str; 2] = ["router", "contract"];

/// What the server's tests need.
const SERVER_FEATURES: [&str; 2] = ["failpoints", "postgres-tests"];

pub fn test(invocation: &Invocation) -> Result<()> {
    let toolbox = setup::ensure(if invocation.firefox { Needs::BrowserAndFirefox } else { Needs::Browser })?;
    let runner = Runner { toolbox, packages: Packages::read()? };
    let mut steps = Steps::new(invocation.only.as_deref());
    let outcome = runner.check(&mut steps).and_then(|()| runner.test(&mut steps, invocation.clone()));
    steps.close()?;
    outcome
}

struct Runner {
    toolbox: Toolbox,
    packages: Packages,
}

impl Runner {
    fn check(&self, steps: &mut Steps) -> Result<()> {
        steps.step("format", "as rustfmt has it", |_| process::run(self.cargo("fmt").args(["--all", "--check"])))?;
        steps.step("clippy", "native, every target", |_| {
            self.clippy(self.cargo("clippy").args(NATIVE).args(["--all-targets", "--features", &self.features()]))
        })?;
        steps.step("clippy-embedded", "wasm32, with the API inside the page", |_| {
            self.clippy(self.cargo("clippy").args(WASM).args(["--package", "bottega", "--all-targets"]))
        })?;
        steps.step("clippy-served", "wasm32, without it, and in parts", |_| {
            let served = ["--package", "bottega", "--no-default-features", "--features", "split"];
            self.clippy(self.cargo("clippy").args(WASM).args(served))
        })
    }

    fn test(&self, steps: &mut Steps, Invocation { firefox, long, .. }: Invocation) -> Result<()> {
        steps.step("native", "unit, property, story and contract tests, over PostgreSQL too", |tally| {
            let postgres = Postgres::start()?;
            let mut tests = self.native();
            // Those that end servers have a step of their own, which shows what they count.
            tally.run(
                tests
                    .args(["--", "--skip", "the_end_of_the_server_at", "--skip", "the_end_of_one_of_three"])
                    .env("BOTTEGA_TEST_POSTGRES", postgres.url()),
            )
        })?;
        steps.step("faults", "servers that end at every step, and one of three under load", |tally| {
            let postgres = Postgres::start()?;
            let mut tests = self.native();
            tests.args(["--test", "faults"]);
            if long {
                tests.args(["--test", "paypal"]);
            }
            tests.args(["--", "--nocapture"]);
            if long {
                tests.arg("--include-ignored");
            }
            tally.run(tests.env("BOTTEGA_TEST_POSTGRES", postgres.url()))
        })?;
        steps.step("simulator", "10,000 seeds, every invariant after every step", |tally| {
            if !self.packages.has_test("domain", "simulator") {
                println!("  crates/domain has no tests/simulator yet");
                return Ok(());
            }
            let simulator = ["--release", "--package", "domain", "--test", "simulator"];
            tally.run(self.cargo("test").args(simulator).env("SEEDS", "10000"))
        })?;
        let chromium = ("CHROMEDRIVER", self.toolbox.chromedriver.as_path());
        steps.step("components", "in Chromium", |tally| {
            tally.run(self.in_browser("bottega", "components", chromium).arg("--lib"))
        })?;
        steps.step("indexed-db", "the API's store in a browser, in Chromium", |tally| {
            tally.run(self.in_browser("api", "indexed_db", chromium).args(["--features", &self.api_features()]))
        })?;
        if firefox {
            let firefox = ("GECKODRIVER", self.toolbox.geckodriver.as_path());
            steps.step("components-firefox", "in Firefox", |tally| {
                tally.run(self.in_browser("bottega", "components", firefox).arg("--lib"))
            })?;
            steps.step("indexed-db-firefox", "the API's store in a browser, in Firefox", |tally| {
                tally.run(self.in_browser("api", "indexed_db", firefox).args(["--features", &self.api_features()]))
            })?;
        }
        steps.step("build-embedded", "release, with the API inside the page", |_| {
            trunk::build(&self.toolbox, Shape::Embedded).map(drop)
        })?;
        steps.step("build-served", "release, as a server delivers it", |_| {
            trunk::build(&self.toolbox, Shape::Served).map(drop)
        })?;
        steps.step("artefacts", "what the built app weighs and contains", artefacts::check)?;
        steps.step("stories", "end to end and accessibility, in Chromium", |tally| {
            let server = Server::start(&self.tested("bottega-server")?, &Shape::Embedded.folder())?;
            let told = if long { &[][..] } else { &TOLD_INSIDE[..] };
            tally.run(self.toolbox.node("e2e/run.mjs").args(told).env("BOTTEGA_URL", server.url()))
        })?;
        steps.step("stories-served", "the same, each person a browser of their own, on a server", |tally| {
            let mut stories = self.toolbox.node("e2e/run.mjs");
            stories.env("BOTTEGA_SERVER", self.tested("bottega-server")?);
            stories.env("PAYPAL_SIMULATOR", self.tested("paypal-simulator")?);
            tally.run(stories.env("BOTTEGA_APP", Shape::Served.folder()))
        })
    }

    fn cargo(&self, subcommand: &str) -> Command {
        let mut cargo = self.toolbox.command("cargo");
        cargo.arg(subcommand);
        cargo
    }

    /// Every native test, with one set of features: what they share is built once.
    fn native(&self) -> Command {
        let mut cargo = self.cargo("test");
        cargo.args(NATIVE).args(["--features", &self.features()]);
        cargo
    }

    /// A program as the native tests have it: its assertions are on, and it is not built a second time for release.
    fn tested(&self, program: &str) -> Result<PathBuf> {
        process::run(self.native().args(["--no-run", "--quiet"]))?;
        Ok(workspace::target().join("debug").join(program))
    }

    fn clippy(&self, command: &mut Command) -> Result<()> {
        process::run(command.args(["--", "-D", "warnings"]))
    }

    /// A wasm-bindgen-test, run by the driver of one browser.
    fn in_browser(&self, package: &str, test: &str, (variable, driver): (&str, &Path)) -> Command {
        let mut cargo = self.cargo("test");
        cargo.args(WASM).args(["--package", package, "--test", test]);
        cargo.env_remove("CHROMEDRIVER").env_remove("GECKODRIVER").env(variable, driver);
        // Named in full: the runner looks in the folder of the package it tests.
        cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", workspace::root().join("webdriver.json"));
        // Ends what hangs; it says nothing about how fast a machine has to be.
        cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "600");
        cargo
    }

    fn features(&self) -> String {
        let server = self.packages.features("server", &SERVER_FEATURES);
        format!("{},{server}", self.api_features())
    }

    fn api_features(&self) -> String {
        self.packages.features("api", &API_FEATURES)
    }
}
