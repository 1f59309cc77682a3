//! `cargo xtask run`: the app with its API inside the page, on this machine.

use crate::args::Invocation;
use crate::serve;
use crate::setup::{self, Needs};
use crate::steps::Steps;
use crate::trunk::{self, Shape};
use anyhow::Result;

pub fn run(invocation: &Invocation) -> Result<()> {
    let listener = serve::reserve(invocation.port)?;
    let toolbox = setup::ensure(Needs::Build)?;
    let mut steps = Steps::new(None);
    steps.step("build", "the app, for release, with its API inside the page", |_| {
        trunk::build(&toolbox, Shape::Embedded).map(drop)
    })?;
    let url = format!("http://{}", listener.local_addr()?);
    println!(
        "\n  both sides at once   {url}/both\n  the buyer            {url}/?as=maya.torres\n  \
         the seller           {url}/?as=kai.shapes\n\nctrl-c ends it."
    );
    serve::until_ctrl_c(listener, &Shape::Embedded.folder())?;
    println!();
    Ok(())
}
