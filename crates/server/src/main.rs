//! `bottega-server`: opens the database, and serves the app, its API and its live stream until it is told to end.

use anyhow::{Context, Result, bail};
use api::app::App;
use api::provider::simulated::Simulated;
use api::store::{KvStore, MemoryKv, Store};
use clap::Parser;
use server::accounts::Accounts;
use server::config::{Config, Flags, LogForm};
use server::live::Hub;
use server::{Server, http};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let flags = Flags::parse();
    log_as(flags.log);
    http::log_panics();
    match run(flags).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bottega-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(flags: Flags) -> Result<()> {
    let listener = TcpListener::bind(flags.listen).await;
    let listener = listener.with_context(|| format!("{} cannot be listened on, see --listen", flags.listen))?;
    let bound = listener.local_addr()?;
    if flags.files_only {
        let folder = flags.app.context("--static needs --app")?;
        let router = http::files_only(&folder)?;
        say_where(&format!("http://{bound}"))?;
        http::serve(listener, router, told_to_end(), || {}).await;
        return Ok(());
    }
    let config = Arc::new(Config::check(&flags, bound)?);
    let server = open(config).await?;
    let router = http::router(&server)?;
    let by_itself = [tokio::spawn(let_things_happen(server.app.clone())), tokio::spawn(http::keep_up())];
    say_where(&format!("http://{bound}"))?;
    http::serve(listener, router, told_to_end(), || server.hub.close()).await;
    by_itself.iter().for_each(|task| task.abort());
    Ok(())
}

async fn open(config: Arc<Config>) -> Result<Server> {
    let store = open_store(&config.database).await?;
    let hub = Hub::default();
    let machine: api::clock::Machine = Arc::new(machine_clock);
    let app = App {
        provider: Arc::new(Simulated::new(store.clone(), machine.clone())),
        store,
        machine,
        entropy: Arc::new(random),
        listener: {
            let hub = hub.clone();
            Arc::new(move |news| hub.publish(news))
        },
    };
    if config.demo {
        api::demo::seed_if_empty(&app).await.map_err(|problem| anyhow::anyhow!(problem.detail))?;
    }
    Ok(Server { accounts: Accounts::new(app.clone(), &config), app, hub, config })
}

async fn open_store(database: &str) -> Result<Arc<dyn Store>> {
    match database {
        "memory" => Ok(Arc::new(KvStore::open(MemoryKv::default()).await?)),
        other => bail!("--database {other} is nothing that can be opened"),
    }
}

/// Once a second, what is due happens.
async fn let_things_happen(app: App) {
    let mut seconds = tokio::time::interval(Duration::from_secs(1));
    seconds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        seconds.tick().await;
        if let Err(problem) = app.tick().await {
            tracing::warn!(code = problem.code, "something that was due failed; it is tried again");
        }
    }
}

/// The first line of the output: whoever asked for port 0 reads it there.
fn say_where(url: &str) -> Result<()> {
    let mut output = std::io::stdout().lock();
    writeln!(output, "listening on {url}")?;
    output.flush()?;
    Ok(())
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

fn machine_clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn random() -> u128 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system gives random numbers");
    u128::from_le_bytes(bytes)
}

fn log_as(form: LogForm) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let log = log.with_ansi(std::io::stderr().is_terminal());
    match form {
        LogForm::Text => log.init(),
        LogForm::Json => log.json().init(),
    }
}
