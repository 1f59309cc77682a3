//! `cargo xtask bench` and `bench-page`: our page and the vanilla floor, measured in one run.

use crate::args::Invocation;
use crate::serve::{self, Server};
use crate::setup::{self, Needs};
use crate::steps::Steps;
use crate::trunk::{self, Shape};
use crate::{compress, process, workspace};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn bench_page() -> Result<()> {
    let toolbox = setup::ensure(Needs::Build)?;
    let mut steps = Steps::new(None);
    steps.step("bench-page", "the thread list and its bubbles, alone", |_| {
        let folder = trunk::build(&toolbox, Shape::BenchPage)?;
        println!("  in {}", folder.display());
        Ok(())
    })
}

/// Rounds of `bench --server`.
const SERVER_ROUNDS: u32 = 3;
/// What `bench --server` writes.
const SERVER_RESULTS: &str = "bench/RESULTS-server.md";

/// The server beside the least that accepts a message, keeps it and tells who listens.
fn bench_server(rounds: u32) -> Result<()> {
    let toolbox = setup::ensure(Needs::Build)?;
    let mut steps = Steps::new(None);
    let release = workspace::target().join("release");
    steps.step("build", "the server, the floor and what loads them, for release", |_| {
        // All in one go: each alone asks other features of what they share, and it would be built twice.
        let all = ["build", "--release", "--package", "server", "--bins", "--example", "floor", "--example", "load"];
        process::run(toolbox.command("cargo").args(all))
    })?;
    steps.step("bench", "medians of rounds, the two in turns", |_| {
        let mut load = Command::new(release.join("examples/load"));
        load.arg(release.join("bottega-server")).arg(release.join("examples/floor")).arg(rounds.to_string());
        let mut table = Vec::new();
        process::run_reading(&mut load, |line| table.push(line.to_owned()))?;
        let cores = std::thread::available_parallelism()?;
        let text = format!(
            "# The last results of the server\n\nMade by `cargo xtask bench --server`: medians of {rounds} rounds, the three in \
             turns, {cores} cores for them and for what loads them. \"Floor\" is `crates/server/examples/floor.rs`: one insert \
             and a broadcast, without accounts, rules, idempotency or an inbox. \"The same writes\" inserts as many lines, \
             with as many bytes, as a message of ours does, 13 and 2,100, statement by statement in one transaction a message. \
             All of them use the same driver, and answer when it is on the disk (`synchronous=FULL`). Ours asks for what it has \
             to know and then writes all at once, and what waits at the same time goes to the disk together: so 16 writers \
             and one are told apart.\n\n{}\n",
            table.join("\n")
        );
        Ok(std::fs::write(workspace::root().join(SERVER_RESULTS), text)?)
    })
}

pub fn bench(invocation: &Invocation) -> Result<()> {
    if invocation.server {
        return bench_server(SERVER_ROUNDS);
    }
    let toolbox = setup::ensure(Needs::Browser)?;
    // One part of it again needs only what it measures.
    let (page, app) = match invocation.only.as_deref() {
        None => (true, true),
        Some("app") => (false, true),
        Some(_) => (true, false),
    };
    let mut steps = Steps::new(None);
    steps.step("build", "what is measured, for release", |_| {
        if page {
            trunk::build(&toolbox, Shape::BenchPage)?;
            compress::compress(&toolbox, &floor()?)?;
        }
        if app {
            trunk::build(&toolbox, Shape::Embedded)?;
        }
        Ok(())
    })?;
    steps.step("bench", "medians of rounds, the pages in turns", |_| {
        let mut node = toolbox.node("bench/run.mjs");
        node.args(&invocation.only);
        let program = serve::build(&toolbox)?;
        // Each server lives until the measuring is done.
        let mut servers = Vec::new();
        let mut serve = |name: &str, folder: PathBuf| -> Result<()> {
            let server = Server::start(&program, &folder)?;
            node.env(name, server.url()).env(format!("{name}_FOLDER"), folder);
            servers.push(server);
            Ok(())
        };
        if page {
            serve("BENCH_OURS", Shape::BenchPage.folder())?;
            serve("BENCH_FLOOR", floor_folder())?;
        }
        if app {
            serve("BOTTEGA_URL", Shape::Embedded.folder())?;
        }
        process::run(&mut node)
    })
}

fn floor_folder() -> PathBuf {
    workspace::target().join("bench-floor")
}

/// A copy of the hand-written page, so that its compressed files stay out of the source.
fn floor() -> Result<PathBuf> {
    let (from, to) = (workspace::root().join("bench/floor"), floor_folder());
    std::fs::create_dir_all(&to)?;
    for entry in std::fs::read_dir(&from).with_context(|| format!("{} cannot be read.", from.display()))? {
        let file = entry?.path();
        std::fs::copy(&file, to.join(file.file_name().unwrap_or(Path::new("index.html").as_os_str())))?;
    }
    Ok(to)
}
