//! `bottega-server`: opens the database, and serves the app, its API and its live stream until it is told to end.

use anyhow::{Context, Result};
use api::app::App;
use api::carrier::CarrierFeed;
use api::carrier::simulated::SimulatedCarrier;
use api::clock::Machine;
use api::provider::simulated::Simulated;
use api::store::{Store, StoreError};
use api::tax::StateEstimates;
use api::wire::Signal;
use clap::Parser;
use server::accounts::Accounts;
use server::config::{Config, Flags, Instead, LogForm};
use server::easypost::EasyPost;
use server::live::Hub;
use server::paypal::{Comparing, Parts, PayPalProvider};
use server::photos::Photos;
use server::push::{Happened, Pusher, Pushing};
use server::store::{self, Carried, Opened, Place};
use server::webhooks::Delivering;
use server::workers::{Wake, Working};
use server::{Server, audit, dead_letters, http, reviewers, steps};
use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let flags = Flags::parse();
    log_as(flags.log);
    http::log_panics();
    match run(flags).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bottega-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(flags: Flags) -> Result<ExitCode> {
    match &flags.instead {
        Some(Instead::Backup { to }) => {
            let (place, photos) = kept(&flags).await?;
            let carried = store::backup(&place, photos.blobs(), to).await.map_err(why_not)?;
            println!("copied into {}{}", to.display(), beside(carried));
            return Ok(ExitCode::SUCCESS);
        }
        Some(Instead::Restore { from }) => {
            let (place, photos) = kept(&flags).await?;
            let carried = store::restore(from, &place, photos.blobs()).await.map_err(why_not)?;
            println!("restored from {}{}", from.display(), beside(carried));
            return Ok(ExitCode::SUCCESS);
        }
        Some(Instead::DeadLetters { retry }) => {
            on_dead_letters(&flags.place()?, retry.as_deref()).await?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(Instead::Reviewer { handle, no_more }) => {
            let Opened { store, .. } = store::open_beside(&flags.place()?).await.map_err(why_not)?;
            let account = reviewers::appoint(store.as_ref(), handle, !no_more).await?;
            let what = if account.reviewer { "decides over cases" } else { "decides over no cases" };
            println!("@{} {what} from now on", account.handle);
            return Ok(ExitCode::SUCCESS);
        }
        Some(Instead::Audit) => return on_audit(&flags.place()?).await,
        None => {}
    }
    let listener = TcpListener::bind(flags.listen).await;
    let listener = listener.with_context(|| format!("{} cannot be listened on, see --listen", flags.listen))?;
    let bound = listener.local_addr()?;
    if flags.files_only {
        let folder = flags.app.context("--static needs --app")?;
        let router = http::files_only(&folder)?;
        say_where(&format!("http://{bound}"))?;
        http::serve(listener, router, &[], told_to_end(), || {}).await;
        return Ok(ExitCode::SUCCESS);
    }
    let config = Arc::new(Config::check(&flags, bound)?);
    let (server, working, delivering, pushing) = open(config).await?;
    let router = http::router(&server)?;
    let upkeep = tokio::spawn(http::keep_up());
    let comparing = server.paypal.clone().map(|paypal| Comparing::begin(paypal, server.app.clone()));
    say_where(&format!("http://{bound}"))?;
    http::serve(listener, router, &server.config.trusted_proxies, told_to_end(), || server.hub.close()).await;
    upkeep.abort();
    if let Some(comparing) = comparing {
        comparing.end();
    }
    working.end().await;
    delivering.end().await;
    pushing.end().await;
    Ok(ExitCode::SUCCESS)
}

/// Where everything is that a server with these flags keeps.
async fn kept(flags: &Flags) -> Result<(Place, Photos)> {
    // It listens nowhere and serves nothing.
    let config = Config::check(&Flags { app: None, ..flags.clone() }, SocketAddr::from(([127, 0, 0, 1], 8080)))?;
    let photos = Photos::open(&config.photos).await?;
    Ok((config.database, photos))
}

fn beside(Carried { photos, missing }: Carried) -> String {
    let missing = if missing > 0 { format!("; {missing} more are not where they should be") } else { String::new() };
    format!(", with {photos} photos{missing}")
}

/// Lists them, or has one done again by whichever server looks next.
async fn on_dead_letters(place: &Place, retry: Option<&str>) -> Result<()> {
    let Opened { store, .. } = store::open_beside(place).await.map_err(why_not)?;
    match retry {
        Some(id) => {
            dead_letters::retry(store.as_ref(), id).await?;
            println!("{id} is done again");
        }
        None => {
            for letter in dead_letters::all(store.as_ref()).await.map_err(why_not)? {
                println!("{letter}");
            }
        }
    }
    Ok(())
}

/// Computes the books anew; a program that asks learns by the exit code whether they are in order.
async fn on_audit(place: &Place) -> Result<ExitCode> {
    let Opened { store, .. } = store::open_beside(place).await.map_err(why_not)?;
    let found = audit::audit(store.as_ref()).await.map_err(why_not)?;
    println!("{found}");
    Ok(if found.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn open(config: Arc<Config>) -> Result<(Server, Working, Delivering, Pushing)> {
    let Opened { store, shared } = store::open(&config.database).await.map_err(why_not)?;
    let hub = Hub::default();
    let elsewhere = match &shared {
        Some(tables) => Some(tables.announce(hub.clone()).await.map_err(why_not)?),
        None => None,
    };
    if let Some(elsewhere) = &elsewhere {
        hub.tell_elsewhere(elsewhere.clone());
    }
    let (wake, tell, happened) = (Wake::default(), Wake::default(), Happened::default());
    let machine: Machine = Arc::new(machine_clock);
    let paypal = paypal_of(&config, &store, &machine)?;
    let easypost = easypost_of(&config, &store)?;
    let app = App {
        tax: Arc::new(StateEstimates),
        provider: match &paypal {
            Some(paypal) => steps::counted(paypal.clone()),
            None => steps::counted(Simulated::new(store.clone(), machine.clone())),
        },
        carrier: carrier_of(&config, &store, easypost.as_ref()),
        store,
        photos: Arc::new(Photos::open(&config.photos).await?),
        machine,
        entropy: Arc::new(random),
        listener: {
            let (hub, wake, tell, happened) = (hub.clone(), wake.clone(), tell.clone(), happened.clone());
            Arc::new(move |news| {
                steps::reached("publish");
                hub.publish(news);
                wake.up();
                if matches!(news.signal, Signal::Events { .. }) {
                    tell.up();
                }
                happened.note(news);
                if let Some(elsewhere) = &elsewhere {
                    elsewhere.tell(news);
                }
            })
        },
        is_own: {
            let config = config.clone();
            Arc::new(move |origin| config.is_own(origin))
        },
        demo: config.demo,
    };
    if config.demo {
        api::demo::seed_if_empty(&app).await.map_err(|problem| anyhow::anyhow!(problem.detail))?;
    }
    let working = Working::begin(app.clone(), wake);
    let server = Server { accounts: Accounts::new(app.clone(), &config), app, hub, paypal, easypost, config };
    let delivering = Delivering::begin(server.app.clone(), server.allowed_webhooks(), tell);
    let (app, accounts) = (server.app.clone(), server.accounts.clone());
    let pusher = Pusher::new(app, accounts, server.allowed_webhooks(), &server.config.origin);
    Ok((server, working, delivering, Pushing::begin(pusher, happened)))
}

/// PayPal, where a server was started with it.
fn paypal_of(config: &Config, store: &Arc<dyn Store>, machine: &Machine) -> Result<Option<PayPalProvider>> {
    let Some(place) = &config.paypal else { return Ok(None) };
    let simulated = config.demo.then(|| Simulated::new(store.clone(), machine.clone()));
    let parts = Parts {
        paypal: paypal::PayPal::new(place.settings.clone())?,
        webhooks: paypal::Webhooks::new(place.webhooks.clone())?,
        store: store.clone(),
        key: place.wallet_key.clone(),
        origin: config.origin.parse().context("the origin is no address")?,
        merchant: place.merchant.clone(),
        simulated,
        machine: machine.clone(),
    };
    Ok(Some(PayPalProvider::new(parts)))
}

/// EasyPost, where a server was started with it.
fn easypost_of(config: &Config, store: &Arc<dyn Store>) -> Result<Option<EasyPost>> {
    let Some(place) = config.easypost.clone() else { return Ok(None) };
    Ok(Some(EasyPost::new(place.base, place.key, place.secret, store.clone())?))
}

/// Who tells of parcels. A carrier that is made up never says that what was paid with real money has arrived.
fn carrier_of(config: &Config, store: &Arc<dyn Store>, easypost: Option<&EasyPost>) -> Option<Arc<dyn CarrierFeed>> {
    match easypost {
        Some(easypost) => Some(Arc::new(easypost.clone())),
        None if config.demo || config.paypal.is_none() => Some(Arc::new(SimulatedCarrier::new(store.clone()))),
        None => None,
    }
}

/// What the store says of itself, which its sentence for readers leaves out.
fn why_not(error: StoreError) -> anyhow::Error {
    match &error {
        StoreError::Full => anyhow::anyhow!("{error}"),
        StoreError::Corrupt(why) | StoreError::Unavailable(why) => anyhow::anyhow!("the database: {why}"),
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
