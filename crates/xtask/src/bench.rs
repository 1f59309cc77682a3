//! `cargo xtask bench` and `bench-page`: our page and the vanilla floor, measured in one run.

use crate::args::Invocation;
use crate::serve::Server;
use crate::setup::{self, Needs};
use crate::steps::Steps;
use crate::trunk::{self, Shape};
use crate::{compress, process, workspace};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

pub fn bench_page() -> Result<()> {
    let toolbox = setup::ensure(Needs::Build)?;
    let mut steps = Steps::new(None);
    steps.step("bench-page", "the thread list and its bubbles, alone", |_| {
        let folder = trunk::build(&toolbox, Shape::BenchPage)?;
        println!("  in {}", folder.display());
        Ok(())
    })
}

pub fn bench(invocation: &Invocation) -> Result<()> {
    let toolbox = setup::ensure(Needs::Browser)?;
    let mut steps = Steps::new(None);
    steps.step("build", "the bench page, the floor and the app", |_| {
        trunk::build(&toolbox, Shape::BenchPage)?;
        trunk::build(&toolbox, Shape::Embedded)?;
        let floor = floor()?;
        compress::compress(&toolbox, &floor)
    })?;
    steps.step("bench", "medians of interleaved rounds", |_| {
        let (ours, floor) = (Server::start(&Shape::BenchPage.folder())?, Server::start(&floor_folder())?);
        let app = Server::start(&Shape::Embedded.folder())?;
        let mut node = toolbox.node("bench/run.mjs");
        node.args(&invocation.only);
        node.env("BENCH_OURS", ours.url()).env("BENCH_OURS_FOLDER", Shape::BenchPage.folder());
        node.env("BENCH_FLOOR", floor.url()).env("BENCH_FLOOR_FOLDER", floor_folder());
        node.env("BOTTEGA_URL", app.url());
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
