//! Builds the app with Trunk, in each of the shapes it ships in.

use crate::setup::Toolbox;
use crate::{compress, process, shell, split, workspace};
use anyhow::Result;
use std::path::PathBuf;

/// One shape of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// With the whole API inside the page: the demo, and what the stories drive.
    Embedded,
    /// As a server delivers it: no router, no simulator, no demo world.
    Served,
    /// Only the thread list and its bubbles, for the benchmark.
    BenchPage,
}

impl Shape {
    pub fn folder(self) -> PathBuf {
        workspace::target().join(match self {
            Self::Embedded => "dist-embedded",
            Self::Served => "dist-served",
            Self::BenchPage => "bench-page",
        })
    }

    fn features(self) -> &'static [&'static str] {
        match self {
            Self::Embedded => &["--features", "split"],
            Self::Served => &["--no-default-features", "--features", "split"],
            Self::BenchPage => &["--no-default-features", "--features", "bench-page"],
        }
    }

    /// Whether it is cut into parts (`split.rs`).
    fn is_cut(self) -> bool {
        match self {
            Self::Embedded | Self::Served => true,
            Self::BenchPage => false,
        }
    }

    /// The program, and the page it is put into.
    fn program(self) -> (&'static str, &'static str) {
        match self {
            Self::Embedded | Self::Served => ("bottega", "index.html"),
            Self::BenchPage => ("bench_page", "bench/page/index.html"),
        }
    }
}

/// Builds for release, and compresses what a browser fetches.
pub fn build(toolbox: &Toolbox, shape: Shape) -> Result<PathBuf> {
    let (folder, (program, page)) = (shape.folder(), shape.program());
    // First by Cargo alone: its build script joins the styles, and Trunk copies those while Cargo builds.
    let mut cargo = toolbox.command("cargo");
    cargo.args(["build", "--target", "wasm32-unknown-unknown", "--profile", "wasm", "--bin", program]);
    process::run(cargo.args(shape.features()))?;
    let mut trunk = toolbox.command("trunk");
    // Offline: every tool was found or installed by set-up, and nothing else is to be fetched.
    trunk.args(["build", page, "--offline", "--cargo-profile", "wasm", "--log", "warn"]);
    if !shape.is_cut() {
        // Else wasm-opt would work for minutes on a whole that the parts then take the place of.
        trunk.arg("--release");
    }
    trunk.args(shape.features()).arg("--dist").arg(&folder).args(["--html-output", "index.html"]);
    trunk.env("CARGO_WENT_FIRST", "1");
    // Trunk 0.21 takes `NO_COLOR=1` for a wrong value of its own option.
    trunk.env_remove("NO_COLOR");
    process::run(&mut trunk)?;
    if shape.is_cut() {
        split::split(toolbox, &folder, program)?;
        shell::write(&folder)?;
    }
    compress::compress(toolbox, &folder)?;
    Ok(folder)
}
