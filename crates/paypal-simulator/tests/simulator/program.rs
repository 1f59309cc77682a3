//! The program, from outside.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

#[test]
fn it_says_where_it_is_and_ends_with_its_input() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_paypal-simulator"));
    program.args(["--listen", "127.0.0.1:0", "--end-with-input"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut simulator = program.spawn().expect("it was built");
    let mut said = String::new();
    let output = simulator.stdout.take().expect("asked for");
    BufReader::new(output).read_line(&mut said).expect("it says something");
    assert!(said.starts_with("listening on http://127.0.0.1:"), "{said}");
    assert!(simulator.try_wait().expect("it is ours").is_none(), "it waits for as long as its input is open");
    drop(simulator.stdin.take());
    assert!(simulator.wait().expect("it is ours").success());
}
