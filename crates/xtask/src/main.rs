//! `cargo xtask <command>`: finds or installs the tools, builds, serves, tests and measures.

mod args;
mod artefacts;
mod bench;
mod compress;
mod paypal;
mod postgres;
mod process;
mod run;
mod serve;
mod setup;
mod shell;
mod shots;
mod split;
mod steps;
mod test;
mod tools;
mod trunk;
mod workspace;

use args::{Command, Invocation};
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = args::parse().and_then(|invocation| dispatch(&invocation));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\nxtask: {problem}");
            problem.chain().skip(1).for_each(|cause| eprintln!("  {cause}"));
            ExitCode::FAILURE
        }
    }
}

fn dispatch(invocation: &Invocation) -> anyhow::Result<()> {
    match invocation.command {
        Command::Help => {
            print!("{}", args::HELP);
            Ok(())
        }
        Command::Setup => setup::print_environment(invocation),
        Command::Run => run::run(invocation),
        Command::Test => test::test(invocation),
        Command::Shots => shots::shots(invocation),
        Command::Bench => bench::bench(invocation),
        Command::BenchPage => bench::bench_page(),
    }
}
