//! The contract over real connections: each person signed in with a cookie, at a server of their own, through
//! everything that stands between a socket and the router.

#[path = "support/browser.rs"]
mod browser;

use api::app::App;
use api::client::ApiError;
use api::contract::{
    self, Carry, Dial, Wire, cases, catch_up, conversation, facts, idempotency, inbox, orders, payments, privacy,
    queue, requests, search, selling, storage, things,
};
use api::store::{Answering, KvStore, MemoryKv};
use domain::ids::AccountId;
use server::accounts::Accounts;
use server::config::Config;
use server::live::Hub;
use server::{Server, http as front};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// A browser of somebody.
struct Browser {
    address: SocketAddr,
    cookie: Option<String>,
}

impl Carry for Browser {
    fn carry(&self, request: http::Request<String>) -> Answering<'_, Result<http::Response<String>, ApiError>> {
        Box::pin(browser::send(self.address, self.cookie.as_deref(), request))
    }
}

/// Starts a server over the insides, and signs `caller` in there.
async fn dial(app: App, caller: Option<AccountId>) -> Wire {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    let config = Config { demo: true, ..Config::local(address) };
    let accounts = Accounts::new(app.clone(), &config);
    let server = Server {
        app,
        accounts: accounts.clone(),
        hub: Hub::default(),
        paypal: None,
        easypost: None,
        config: Arc::new(config),
    };
    let router = front::router(&server).expect("nothing to read");
    // It ends with the runtime of the test.
    tokio::spawn(front::serve(listener, router, &[], std::future::pending(), || {}));
    let cookie = match caller {
        Some(account) => Some(accounts.cookie_for(&account).await.expect("signed in")),
        None => None,
    };
    Wire::by(Browser { address, cookie })
}

macro_rules! test {
    ($($theme:ident :: $case:ident,)*) => {$(
        #[tokio::test]
        async fn $case() {
            let dial: Dial = Arc::new(|app, caller| Box::pin(dial(app, caller)));
            contract::run_over(Arc::new(KvStore::new(MemoryKv::default())), dial, $theme::$case).await;
        }
    )*};
}
api::contract_cases!(test);
