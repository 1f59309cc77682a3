//! Starting other programs.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// Runs to the end, showing what is run and all its output.
pub fn run(command: &mut Command) -> Result<()> {
    run_reading(command, |_| {})
}

/// Runs to the end, showing its output; `read` sees each line of its standard output.
pub fn run_reading(command: &mut Command, mut read: impl FnMut(&str)) -> Result<()> {
    println!("  $ {}", shown(command));
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| not_started(command))?;
    let output = child.stdout.take().context("The standard output was asked for.")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        read(&line);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` ended with {status}.", shown(command));
    }
    Ok(())
}

/// What a program says on its standard output; `None` when it cannot be started or ends with an error.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn not_started(command: &Command) -> String {
    format!("`{}` could not be started.", command.get_program().to_string_lossy())
}

/// The command as one would type it; long inline scripts are cut.
fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| {
            let word = word.to_string_lossy();
            match word.lines().nth(1) {
                Some(_) => "…".to_owned(),
                None => word.into_owned(),
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}
