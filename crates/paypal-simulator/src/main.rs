//! `paypal-simulator`: a PayPal to develop against, until it is told to end.

use anyhow::{Context, Result};
use clap::Parser;
use paypal_simulator::{Clock, Config, SECOND, Simulator};
use std::fs;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// A PayPal of one's own: REST API, approval page and signed webhooks, in memory and without money.
///
/// Controls are under /simulator: books, events, ca.pem, clock, faults, webhooks, vault, and what happens to one order,
/// capture, refund, dispute or token.
#[derive(Parser)]
#[command(name = "paypal-simulator", version)]
struct Flags {
    /// Where it listens. Port 0 is any free one; the first line of the output says which.
    #[arg(long, env = "PAYPAL_SIMULATOR_LISTEN", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// Where it is reached from outside, if not there.
    #[arg(long)]
    public_url: Option<String>,
    /// The merchant's key.
    #[arg(long, default_value = "simulated-client")]
    client_id: String,
    /// The merchant's secret.
    #[arg(long, default_value = "simulated-secret")]
    client_secret: String,
    /// The account of whoever calls: 13 characters.
    #[arg(long, default_value = "BTTGAMERCHANT")]
    merchant_id: String,
    /// Its e-mail.
    #[arg(long, default_value = "merchant@simulator.example")]
    merchant_email: String,
    /// Where webhooks go, over http. Without it none are sent.
    #[arg(long)]
    webhook_url: Option<String>,
    /// What webhooks are signed for.
    #[arg(long, default_value = "WH-SIMULATED")]
    webhook_id: String,
    /// How often a webhook is tried before it is given up.
    #[arg(long, default_value_t = 25)]
    webhook_tries: u32,
    /// Seconds until a webhook that failed is tried again.
    #[arg(long, default_value_t = 2)]
    webhook_pause: u64,
    /// Where the authority is written, PEM, that issued the webhooks' certificate.
    #[arg(long)]
    ca_out: Option<PathBuf>,
    /// Names are the same for the same seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Seconds until a transaction is reported. PayPal: up to three hours.
    #[arg(long, default_value_t = 0)]
    reporting_delay: i64,
    /// Passes over unknown fields of requests, as PayPal does, where they are refused otherwise.
    #[arg(long)]
    lenient: bool,
    /// Ends when its standard input does: with whoever holds the other end of it.
    #[arg(long)]
    end_with_input: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Flags::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("paypal-simulator: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(flags: Flags) -> Result<()> {
    if let Some(path) = &flags.ca_out {
        fs::write(path, Simulator::ca_pem()).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    let ends_with_input = flags.end_with_input;
    let simulator = Simulator::start(config(flags)).await?;
    say_where(&format!("http://{}", simulator.address()))?;
    tokio::select! {
        () = simulator.run() => {}
        () = told_to_end() => {}
        () = input_ended(), if ends_with_input => {}
    }
    Ok(())
}

fn config(flags: Flags) -> Config {
    Config {
        listen: flags.listen,
        public_url: flags.public_url.map(|url| url.trim_end_matches('/').to_owned()),
        client_id: flags.client_id,
        client_secret: flags.client_secret,
        merchant_id: flags.merchant_id,
        merchant_email: flags.merchant_email,
        webhook_url: flags.webhook_url,
        webhook_id: flags.webhook_id,
        webhook_tries: flags.webhook_tries,
        webhook_pause: Duration::from_secs(flags.webhook_pause),
        seed: flags.seed,
        clock: Clock::Machine { ahead: 0 },
        strict: !flags.lenient,
        reporting_delay: flags.reporting_delay.saturating_mul(SECOND),
        ..Config::default()
    }
}

/// The first line of the output: whoever asked for port 0 reads it there.
fn say_where(url: &str) -> Result<()> {
    let mut output = std::io::stdout().lock();
    writeln!(output, "listening on {url}")?;
    output.flush()?;
    Ok(())
}

/// On a thread of its own, which the end of the program does not wait for.
async fn input_ended() {
    let (tell, told) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        // Input that cannot be read has ended, too.
        let _read = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        // Nobody listens any more when it ends for another reason.
        let _told = tell.send(());
    });
    drop(told.await);
}

async fn told_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
            .expect("a process may listen to its own signals");
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    drop(interrupted.await);
}
