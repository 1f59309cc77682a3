//! One simulator on one port.

use crate::config::Config;
use crate::http::{router, serve};
use crate::webhook::outbox::Outbox;
use crate::webhook::send::{Addressee, deliver};
use crate::webhook::sign::CA;
use crate::world::World;
use anyhow::{Context, Result};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::TcpListener;
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::JoinSet;

/// What the routes and the controls share.
pub(crate) struct Shared(Mutex<World>);

impl Shared {
    // A std mutex: nothing awaits while holding it.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().expect("no panic while the world changes")
    }
}

/// A PayPal of one's own. It ends, with its connections, when it is dropped.
pub struct Simulator {
    pub(crate) shared: Arc<Shared>,
    address: SocketAddr,
    tasks: JoinSet<()>,
}

impl Simulator {
    /// Listens and answers, in tasks of the current runtime.
    ///
    /// # Errors
    /// When the port is taken, or the webhooks' address is none.
    pub async fn start(config: Config) -> Result<Self> {
        let listener = TcpListener::bind(config.listen).await;
        let listener = listener.with_context(|| format!("{} cannot be listened on, see --listen", config.listen))?;
        let address = listener.local_addr()?;
        let base = config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
        let mut tasks = JoinSet::new();
        let to = match &config.webhook_url {
            None => None,
            Some(url) => {
                let addressee = Addressee::parse(url, config.webhook_tries, config.webhook_pause)?;
                let (to, incoming) = unbounded_channel();
                tasks.spawn(deliver(addressee, incoming, to.clone()));
                Some(to)
            }
        };
        let outbox = Outbox::new(&config.webhook_id, &base, to);
        let shared = Arc::new(Shared(Mutex::new(World::new(config, base, outbox))));
        let routes = router(shared.clone());
        tasks.spawn(async move {
            if let Err(error) = serve(listener, routes).await {
                eprintln!("the simulator ends: {error}");
            }
        });
        Ok(Self { shared, address, tasks })
    }

    /// Where it is reached, without a slash at the end.
    pub fn url(&self) -> String {
        self.shared.world().base.clone()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The authority that issued the certificate of its webhooks, PEM.
    pub fn ca_pem() -> &'static str {
        CA
    }

    /// Serves until its sockets fail.
    pub async fn run(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}
