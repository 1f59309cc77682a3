//! A PayPal without money beside the server that `cargo xtask run` starts.

use crate::{serve, workspace};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Where its certificate and the demo that it pays are, below the folder of what is built.
const FOLDER: &str = "run/paypal";
/// What the simulator calls itself, its webhook and the account it pays: its own defaults.
const KEYS: [(&str, &str); 4] = [
    ("PAYPAL_CLIENT_ID", "simulated-client"),
    ("PAYPAL_CLIENT_SECRET", "simulated-secret"),
    ("PAYPAL_WEBHOOK_ID", "WH-SIMULATED"),
    ("PAYPAL_MERCHANT_ID", "BTTGAMERCHANT"),
];
/// 32 bytes in base64. No secret: it seals tokens that move no money.
const WALLET_KEY: &str = "c2ltdWxhdGVkLXdhbGxldC1rZXktb2YtMzItYnl0ZXM=";

/// A simulator that runs, and ends with the server that it pays.
pub struct Simulator {
    process: Child,
    url: String,
    folder: PathBuf,
}

impl Simulator {
    /// Starts one, on a port of the system's choice, that tells the server at `port` on this machine.
    ///
    /// It forgets everything when it ends, so what it has paid begins anew, too: a demo that remembers would ask it for
    /// orders that it never heard of.
    pub fn start(program: &Path, port: u16) -> Result<Self> {
        let folder = workspace::target().join(FOLDER);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        let mut command = Command::new(program);
        command.args(["--listen", "127.0.0.1:0", "--end-with-input"]);
        command.args(["--webhook-url", &format!("http://127.0.0.1:{port}/hooks/paypal")]);
        command.arg("--ca-out").arg(folder.join("ca.pem"));
        let process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = process.with_context(|| format!("{} could not be started.", program.display()))?;
        let url = serve::address_of(&mut process)?;
        Ok(Self { process, url, folder })
    }

    /// Where the demo is that it pays.
    pub fn database(&self) -> PathBuf {
        self.folder.join("bottega.db")
    }

    /// What to look at, in lines of its own.
    pub fn addresses(&self) -> String {
        format!("\n\n  PayPal’s books       {}/simulator/books, without money", self.url)
    }

    /// Has a server be paid by it. The server holds the other end of the simulator's input: it ends with the server,
    /// however that ends.
    pub fn pays(mut self, server: &mut Command) -> Result<()> {
        server.stdin(Stdio::from(self.process.stdin.take().context("The standard input was asked for.")?));
        server.envs(KEYS).env("BOTTEGA_PAYPAL", self.url).env("BOTTEGA_PAYPAL_CA", self.folder.join("ca.pem"));
        server.env("BOTTEGA_WALLET_KEY", WALLET_KEY);
        Ok(())
    }
}
