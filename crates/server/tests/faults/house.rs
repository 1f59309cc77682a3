//! A server in a process of its own, that may end at any step and is started again.

use super::browser;
use api::app::App;
use api::client::ApiError;
use api::contract::{Carry, Dial, Wire};
use api::store::Answering;
use domain::ids::AccountId;
use server::accounts::Accounts;
use server::config::Config;
use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::Mutex;

/// How often a call is made again before the test says that nobody answers.
const PATIENCE: u32 = 400;

/// Where a server lives: it comes back when it has ended.
pub struct House {
    database: String,
    /// What its servers find in their environment.
    environment: Vec<(&'static str, String)>,
    state: Mutex<Running>,
}

struct Running {
    server: Option<(Child, SocketAddr)>,
    crash_at: Option<u64>,
    /// How often it has ended by itself.
    ended: u32,
    abandoned: bool,
}

impl House {
    /// A house over a database; the first server in it ends at that step.
    pub fn over(database: String, crash_at: Option<u64>) -> Arc<Self> {
        Self::over_with(database, crash_at, Vec::new())
    }

    /// The same, with something in the environment of its servers.
    pub fn over_with(database: String, crash_at: Option<u64>, environment: Vec<(&'static str, String)>) -> Arc<Self> {
        Arc::new(Self {
            database,
            environment,
            state: Mutex::new(Running { server: None, crash_at, ended: 0, abandoned: false }),
        })
    }

    /// Ends the server; the next one ends by itself at that step.
    pub async fn ends_at(&self, step: u64) {
        self.kill().await;
        self.state.lock().await.crash_at = Some(step);
    }

    /// How often a server has ended by itself so far.
    pub async fn times_ended(&self) -> u32 {
        self.state.lock().await.ended
    }

    /// Whether a server has ended by itself so far.
    pub async fn has_ended(&self) -> bool {
        self.state.lock().await.ended > 0
    }

    /// Calls, and calls again when the server ends over it: the same call, as a browser does.
    pub async fn call(
        &self,
        cookie: Option<&str>,
        request: &http::Request<String>,
    ) -> Result<http::Response<String>, ApiError> {
        let mut why = ApiError::Network("nobody was asked".to_owned());
        for _ in 0..PATIENCE {
            let address = self.address().await;
            match browser::send(address, cookie, request.clone()).await {
                Err(error @ ApiError::Network(_)) => {
                    why = error;
                    // It may be gone, and nobody has noticed yet.
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                answer => return answer,
            }
        }
        Err(why)
    }

    /// Calls once, unless the server was ended for good.
    pub async fn try_call(
        &self,
        cookie: Option<&str>,
        request: &http::Request<String>,
    ) -> Result<http::Response<String>, ApiError> {
        match self.standing().await {
            Some(address) => browser::send(address, cookie, request.clone()).await,
            None => Err(ApiError::Network("nobody is here any more".to_owned())),
        }
    }

    /// Where the server is, unless it was ended for good.
    pub async fn standing(&self) -> Option<SocketAddr> {
        let abandoned = self.state.lock().await.abandoned;
        if abandoned { None } else { Some(self.address().await) }
    }

    /// Ends the server without a word, and nobody starts it again.
    pub async fn kill_for_good(&self) {
        self.state.lock().await.abandoned = true;
        self.kill().await;
    }

    /// Where the server is; started when it has ended.
    pub async fn address(&self) -> SocketAddr {
        let mut state = self.state.lock().await;
        if let Some((child, _)) = &mut state.server
            && let Ok(Some(_status)) = child.try_wait()
        {
            state.server = None;
            state.ended += 1;
        }
        if state.server.is_none() {
            let crash_at = state.crash_at.take();
            let started = self.start(crash_at).await;
            state.server = match started {
                Some(server) => Some(server),
                // It ended before it listened.
                None => {
                    state.ended += 1;
                    Some(self.start(None).await.expect("a server that is not to end starts"))
                }
            };
        }
        state.server.as_ref().expect("just started").1
    }

    /// Ends the server without a word, as a power cut does.
    pub async fn kill(&self) {
        if let Some((mut child, _)) = self.state.lock().await.server.take() {
            child.kill().await.expect("killed");
        }
    }

    async fn start(&self, crash_at: Option<u64>) -> Option<(Child, SocketAddr)> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bottega-server"));
        command.args(["--listen", "127.0.0.1:0", "--demo", "--database", &self.database]);
        command.env("RUST_LOG", "off").env_remove("BOTTEGA_CRASH_AT");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        if let Some(step) = crash_at {
            command.env("BOTTEGA_CRASH_AT", step.to_string());
        }
        let quiet = if std::env::var_os("SHOW").is_some() { Stdio::inherit() } else { Stdio::null() };
        let mut child =
            command.stdout(Stdio::piped()).stderr(quiet).kill_on_drop(true).spawn().expect("a server to start");
        let mut first = String::new();
        BufReader::new(child.stdout.take().expect("asked for")).read_line(&mut first).await.expect("readable");
        match first.trim().strip_prefix("listening on http://") {
            Some(address) => Some((child, address.parse().expect("an address"))),
            None => {
                child.wait().await.expect("ended");
                None
            }
        }
    }
}

/// Somebody's browser at a house.
struct Guest {
    house: Arc<House>,
    cookie: Option<String>,
}

impl Carry for Guest {
    fn carry(&self, request: http::Request<String>) -> Answering<'_, Result<http::Response<String>, ApiError>> {
        Box::pin(async move { self.house.call(self.cookie.as_deref(), &request).await })
    }
}

/// Signs somebody in at every server of the database that the insides are over.
pub async fn cookie_of(insides: App, account: &AccountId) -> String {
    let anywhere = "127.0.0.1:1".parse().expect("an address");
    // A session lives by the clock of the machine that the servers are on.
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis() as i64;
    let insides = App { machine: Arc::new(now), ..insides };
    Accounts::new(insides, &Config::local(anywhere)).cookie_for(account).await.expect("signed in")
}

/// The way of everybody to a house.
pub fn way_to(house: &Arc<House>) -> Dial {
    let house = house.clone();
    Arc::new(move |insides: App, caller: Option<AccountId>| {
        let house = house.clone();
        Box::pin(async move {
            let cookie = match caller {
                Some(account) => Some(cookie_of(insides, &account).await),
                None => None,
            };
            Wire::by(Guest { house, cookie })
        })
    })
}
