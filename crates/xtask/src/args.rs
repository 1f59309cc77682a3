//! What was asked for on the command line.

use anyhow::{Result, bail};
use lexopt::prelude::{Long, Short, Value, ValueExt};

pub const HELP: &str = "\
Usage: cargo xtask <command> [options]

Commands
  run         set up, build the app and its server, start it with a demo world and print the addresses
  test        set up, then every check there is; ends with the runners' own closing lines
  setup       find or install the tools and say where they are
  shots       screenshots of every named state of the app, into target/shots/
  bench       measure the app beside the vanilla floor; writes bench/RESULTS.md
  bench-page  build only the page that is measured, into target/bench-page/

Options
  --port <number>   run: the port to serve on (8080)
  --embedded        run: the app with its API inside the page, which needs no server and keeps all in the browser
  --paypal-simulator
                    run: paid by a PayPal of one's own, without money, in place of the demo's simulated processor
  --only <step>     test: one step by name; bench, shots: only what matches the name
  --server          bench: measure the server beside the least that does its work; writes bench/RESULTS-server.md
  --long            test: what takes too long for every day, too: servers that end at every step over PostgreSQL
  --firefox         test: component tests in Firefox too; setup: install what that needs
  --browser         setup: install what the tests need too (Chromium and its driver)
  --help            this text
";

const DEFAULT_PORT: u16 = 8080;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Help,
    Setup,
    Run,
    Test,
    Shots,
    Bench,
    BenchPage,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    pub command: Command,
    pub port: u16,
    pub embedded: bool,
    pub paypal_simulator: bool,
    pub only: Option<String>,
    pub firefox: bool,
    pub long: bool,
    pub server: bool,
    pub browser: bool,
}

pub fn parse() -> Result<Invocation> {
    parse_from(lexopt::Parser::from_env())
}

fn parse_from(mut parser: lexopt::Parser) -> Result<Invocation> {
    let mut invocation = Invocation {
        command: Command::Help,
        port: DEFAULT_PORT,
        embedded: false,
        paypal_simulator: false,
        only: None,
        firefox: false,
        long: false,
        server: false,
        browser: false,
    };
    let mut named = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Invocation { command: Command::Help, ..invocation }),
            Long("port") => invocation.port = parser.value()?.parse()?,
            Long("embedded") => invocation.embedded = true,
            Long("paypal-simulator") => invocation.paypal_simulator = true,
            Long("only") => invocation.only = Some(parser.value()?.string()?),
            Long("firefox") => invocation.firefox = true,
            Long("long") => invocation.long = true,
            Long("server") => invocation.server = true,
            Long("browser") => invocation.browser = true,
            Value(word) if !named => {
                invocation.command = command(&word.string()?)?;
                named = true;
            }
            other => bail!("{} See `cargo xtask --help`.", other.unexpected()),
        }
    }
    if invocation.embedded && invocation.paypal_simulator {
        bail!("--paypal-simulator is for a server: with --embedded there is none. See `cargo xtask --help`.");
    }
    Ok(invocation)
}

fn command(word: &str) -> Result<Command> {
    Ok(match word {
        "help" => Command::Help,
        "setup" => Command::Setup,
        "run" => Command::Run,
        "test" => Command::Test,
        "shots" => Command::Shots,
        "bench" => Command::Bench,
        "bench-page" => Command::BenchPage,
        _ => bail!("There is no command `{word}`. See `cargo xtask --help`."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Invocation> {
        parse_from(lexopt::Parser::from_args(words))
    }

    #[test]
    fn run_serves_on_8080_unless_told_otherwise() {
        assert_eq!(parsed(&["run"]).unwrap().port, 8080);
        assert_eq!(parsed(&["run", "--port", "9000"]).unwrap().port, 9000);
    }

    #[test]
    fn run_starts_a_server_unless_the_page_is_to_do_without() {
        assert!(!parsed(&["run"]).unwrap().embedded);
        assert!(parsed(&["run", "--embedded"]).unwrap().embedded);
    }

    #[test]
    fn paypal_is_simulated_when_asked_for_and_never_inside_the_page() {
        assert!(!parsed(&["run"]).unwrap().paypal_simulator);
        assert!(parsed(&["run", "--paypal-simulator"]).unwrap().paypal_simulator);
        assert!(parsed(&["run", "--embedded", "--paypal-simulator"]).is_err());
    }

    #[test]
    fn a_port_that_is_no_port_is_refused() {
        assert!(parsed(&["run", "--port", "70000"]).is_err());
    }

    #[test]
    fn nothing_and_help_both_ask_for_help() {
        assert_eq!(parsed(&[]).unwrap().command, Command::Help);
        assert_eq!(parsed(&["test", "--help"]).unwrap().command, Command::Help);
    }

    #[test]
    fn an_unknown_command_or_option_is_refused_by_name() {
        assert!(parsed(&["deploy"]).unwrap_err().to_string().contains("deploy"));
        assert!(parsed(&["run", "--fast"]).unwrap_err().to_string().contains("--fast"));
    }
}
