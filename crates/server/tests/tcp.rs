//! The contract over real connections: each person signed in with a cookie, at a server of their own, through
//! everything that stands between a socket and the router.

use api::app::App;
use api::client::ApiError;
use api::contract::{
    self, Carry, Dial, Wire, catch_up, conversation, idempotency, inbox, orders, payments, privacy, queue, requests,
    search, storage,
};
use api::store::{Answering, KvStore, MemoryKv};
use axum::body::Body;
use domain::ids::AccountId;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use server::accounts::Accounts;
use server::config::Config;
use server::live::Hub;
use server::{Server, http as front};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};

/// A browser of somebody, as far as a server sees it.
struct Browser {
    address: SocketAddr,
    cookie: Option<String>,
}

impl Browser {
    async fn send(&self, request: http::Request<String>) -> Result<http::Response<String>, ApiError> {
        let network = |error: &dyn std::fmt::Display| ApiError::Network(error.to_string());
        let (mut parts, body) = request.into_parts();
        parts.headers.insert("host", self.address.to_string().parse().expect("an address"));
        parts.headers.insert("sec-fetch-site", "same-origin".parse().expect("a word"));
        if parts.method != http::Method::GET {
            parts.headers.insert("content-type", "application/json".parse().expect("a type"));
        }
        if let Some(cookie) = &self.cookie {
            parts.headers.insert("cookie", cookie.parse().expect("a cookie"));
        }
        let stream = TcpStream::connect(self.address).await.map_err(|error| network(&error))?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|error| network(&error))?;
        let connection = tokio::spawn(connection);
        let request = http::Request::from_parts(parts, Body::from(body));
        let response = sender.send_request(request).await.map_err(|error| network(&error))?;
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(Body::new(body), usize::MAX).await.map_err(|error| network(&error))?;
        connection.abort();
        Ok(http::Response::from_parts(parts, String::from_utf8(bytes.to_vec()).expect("text")))
    }

    async fn sign_in(&mut self, account: &AccountId) {
        let handle = account.as_str().trim_start_matches("acc_");
        let request = http::Request::post("/v1/sign-in/demo").header("idempotency-key", "sign-in");
        let request = request.body(format!("{{\"handle\":\"{handle}\"}}")).expect("a request");
        let response = self.send(request).await.expect("an answer");
        let cookie = response.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next());
        assert!(cookie.is_some(), "{handle} is signed in: {}", response.body());
        self.cookie = cookie.map(str::to_owned);
    }
}

impl Carry for Browser {
    fn carry(&self, request: http::Request<String>) -> Answering<'_, Result<http::Response<String>, ApiError>> {
        Box::pin(self.send(request))
    }
}

/// Starts a server over the insides, and signs `caller` in there.
async fn dial(app: App, caller: Option<AccountId>) -> Wire {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    let config = Config { demo: true, ..Config::local(address) };
    let accounts = Accounts::new(app.clone(), &config);
    let server = Server { app, accounts, hub: Hub::default(), config: Arc::new(config) };
    let router = front::router(&server).expect("nothing to read");
    // It ends with the runtime of the test.
    tokio::spawn(front::serve(listener, router, std::future::pending(), || {}));
    let mut browser = Browser { address, cookie: None };
    if let Some(account) = caller {
        browser.sign_in(&account).await;
    }
    Wire::by(browser)
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
