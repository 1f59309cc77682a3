//! `cargo xtask run`: the app and its server, on this machine.

use crate::args::Invocation;
use crate::paypal::Simulator;
use crate::serve;
use crate::setup::{self, Needs};
use crate::steps::Steps;
use crate::trunk::{self, Shape};
use crate::workspace;
use anyhow::{Context, Result};
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Where the demo's data is, below the folder of what is built: it is there again the next time.
const DATABASE: &str = "run/bottega.db";

pub fn run(invocation: &Invocation) -> Result<()> {
    let port = serve::free_port(invocation.port)?;
    let toolbox = setup::ensure(Needs::Build)?;
    let mut steps = Steps::new(None);
    let shape = if invocation.embedded { Shape::Embedded } else { Shape::Served };
    let what = match shape {
        Shape::Embedded => "the app, for release, with its API inside the page",
        Shape::Served | Shape::BenchPage => "the app, for release",
    };
    steps.step("build", what, |_| trunk::build(&toolbox, shape).map(drop))?;
    let (mut program, mut paypal) = (None, None);
    steps.step("server", "what serves it, for release", |_| {
        program = Some(serve::build(&toolbox)?);
        Ok(())
    })?;
    if invocation.paypal_simulator {
        steps.step("paypal", "a PayPal without money, for release", |_| {
            paypal = Some(Simulator::start(&serve::build_paypal(&toolbox)?, port)?);
            Ok(())
        })?;
    }
    let mut server = Command::new(program.context("The step before has built it.")?);
    server.arg("--listen").arg(format!("127.0.0.1:{port}")).arg("--app").arg(shape.folder());
    match shape {
        Shape::Embedded => server.arg("--static"),
        Shape::Served | Shape::BenchPage => {
            let database = match &paypal {
                Some(paypal) => paypal.database(),
                None => workspace::target().join(DATABASE),
            };
            database.parent().map(std::fs::create_dir_all).transpose()?;
            server.args(["--demo", "--database", &format!("sqlite:{}", database.display())])
        }
    };
    if std::env::var_os("RUST_LOG").is_none() {
        // A line for every request would bury the addresses.
        server.env("RUST_LOG", "warn");
    }
    let beside = paypal.as_ref().map(Simulator::addresses).unwrap_or_default();
    println!("{}{beside}\n\nctrl-c ends it.", addresses(shape, port));
    if let Some(paypal) = paypal {
        paypal.pays(&mut server)?;
    }
    // In the place of this program: ctrl-c is the server's to answer.
    Err(server.exec()).context("The server could not be started.")
}

fn addresses(shape: Shape, port: u16) -> String {
    let url = format!("http://localhost:{port}");
    match shape {
        Shape::Embedded => format!(
            "\n  both sides at once   {url}/both\n  the buyer            {url}/?as=maya.torres\n  \
             the seller           {url}/?as=kai.shapes"
        ),
        Shape::Served | Shape::BenchPage => format!(
            "\n  the app              {url}/\n  the clock            {url}/both\n\n  \
             Sign in as maya.torres, who buys, and in a private window as kai.shapes, who sells.\n  \
             The same without a server, all in one page: cargo xtask run --embedded"
        ),
    }
}
