//! The server of this repository, as a process of its own.

use crate::setup::Toolbox;
use crate::{process, workspace};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What the server says first, before its address.
const LISTENING: &str = "listening on ";

/// Builds the server for release, and says where it is.
pub fn build(toolbox: &Toolbox) -> Result<PathBuf> {
    program(toolbox, "server", "bottega-server")
}

/// Builds the PayPal without money for release, beside the server, and says where it is.
pub fn build_paypal(toolbox: &Toolbox) -> Result<PathBuf> {
    program(toolbox, "paypal-simulator", "paypal-simulator")
}

fn program(toolbox: &Toolbox, package: &str, name: &str) -> Result<PathBuf> {
    let mut cargo = toolbox.command("cargo");
    process::run(cargo.args(["build", "--release", "--package", package, "--bin", name]))?;
    Ok(workspace::target().join("release").join(name))
}

/// The address that a program says first; without a slash at its end.
pub fn address_of(process: &mut Child) -> Result<String> {
    let output = process.stdout.take().context("The standard output was asked for.")?;
    let mut first = String::new();
    BufReader::new(output).read_line(&mut first)?;
    Ok(first.trim().strip_prefix(LISTENING).context("It ended before it listened.")?.to_owned())
}

/// A port that is free now: a busy one is to be known before anything is built.
pub fn free_port(port: u16) -> Result<u16> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .with_context(|| format!("Port {port} is not free. Choose another: cargo xtask run --port {}", port ^ 1))?;
    Ok(listener.local_addr()?.port())
}

/// A server of files alone, on a port of the system's choice; it ends when this is dropped.
pub struct Server {
    url: String,
    process: Child,
}

impl Server {
    /// Serves a build that has its API inside the page.
    pub fn start(program: &Path, folder: &Path) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(["--static", "--listen", "127.0.0.1:0", "--app"]).arg(folder);
        let process = command.stdout(Stdio::piped()).spawn();
        let process = process.with_context(|| format!("{} could not be started.", program.display()))?;
        // From here on it ends also when something goes wrong.
        let mut server = Self { url: String::new(), process };
        server.url = address_of(&mut server.process)?;
        Ok(server)
    }

    /// The address without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It only reads files: there is nothing to finish.
        let _ended = self.process.kill().and_then(|()| self.process.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_is_said_before_anything_else() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(free_port(port).unwrap_err().to_string().contains("--port"));
        drop(taken);
        assert_eq!(free_port(port).unwrap(), port);
    }

    #[test]
    fn a_program_that_does_not_listen_is_no_server() {
        let folder = std::env::temp_dir();
        assert!(Server::start(Path::new("/bin/true"), &folder).err().unwrap().to_string().contains("listened"));
        assert!(Server::start(Path::new("/no/such/program"), &folder).is_err());
    }
}
