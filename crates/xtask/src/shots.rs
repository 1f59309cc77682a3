//! `cargo xtask shots`: pictures of every named state, and the README's among them.

use crate::args::Invocation;
use crate::serve::{self, Server};
use crate::setup::{self, Needs};
use crate::steps::Steps;
use crate::trunk::{self, Shape};
use crate::{process, workspace};
use anyhow::{Context, Result};

/// The picture that the README shows.
const README: &str = "both-sides-light-1280.png";

pub fn shots(invocation: &Invocation) -> Result<()> {
    let toolbox = setup::ensure(Needs::Browser)?;
    let mut steps = Steps::new(None);
    steps.step("build", "the app, for release, with its API inside the page", |_| {
        trunk::build(&toolbox, Shape::Embedded).map(drop)
    })?;
    let folder = workspace::target().join("shots");
    steps.step("shots", "every state, light and dark, on a phone and on a laptop", |_| {
        let server = Server::start(&serve::build(&toolbox)?, &Shape::Embedded.folder())?;
        let mut node = toolbox.node("e2e/shots.mjs");
        node.arg(&folder).args(&invocation.only).env("BOTTEGA_URL", server.url());
        process::run(&mut node)
    })?;
    if folder.join(README).is_file() && invocation.only.is_none() {
        std::fs::copy(folder.join(README), workspace::root().join("docs/shot.png"))
            .context("The README's picture could not be copied to docs/shot.png.")?;
    }
    println!("\nThe pictures are in {}", folder.display());
    Ok(())
}
