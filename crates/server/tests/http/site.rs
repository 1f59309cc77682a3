//! A server on a port of the system's choice, with the demo world in memory, and a client that sends what it is told.

use api::Caller;
use api::app::App;
use api::carrier::simulated::SimulatedCarrier;
use api::problem::Problem;
use api::provider::simulated::Simulated;
use api::store::{KvStore, MemoryKv, Store};
use api::tax::StateEstimates;
use api::wire::InboxPage;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use domain::ids::{AccountId, ThreadId};
use http::request::Builder;
use http::{HeaderMap, StatusCode};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use server::accounts::{Accounts, SessionId};
use server::config::Config;
use server::live::Hub;
use server::{Server, http as front};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Stands for a session: the handle of who calls, and the session's id.
pub const AS: &str = "x-test-as";

/// Of all servers of this process: no two requests have one name.
static DRAWN: AtomicU64 = AtomicU64::new(1);

pub struct Site {
    pub server: Server,
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn problem(&self) -> Problem {
        assert_eq!(self.headers["content-type"], Problem::MEDIA_TYPE, "{}", self.body);
        let problem: Problem = serde_json::from_str(&self.body).unwrap();
        assert_eq!(problem.status, self.status.as_u16());
        problem
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        serde_json::from_str(&self.body).unwrap()
    }
}

/// The insides of a server in memory, with the demo world in it.
pub async fn server(config: Config) -> Server {
    let store: Arc<dyn Store> = Arc::new(KvStore::open(MemoryKv::default()).await.unwrap());
    over(store, config).await
}

pub async fn over(store: Arc<dyn Store>, config: Config) -> Server {
    let hub = Hub::default();
    let machine: api::clock::Machine = Arc::new(|| 1_700_000_000_000);
    let told = hub.clone();
    let app = App {
        tax: Arc::new(StateEstimates),
        provider: Arc::new(Simulated::new(store.clone(), machine.clone())),
        carrier: Some(Arc::new(SimulatedCarrier::new(store.clone()))),
        store,
        machine,
        entropy: Arc::new(|| u128::from(DRAWN.fetch_add(1, Ordering::Relaxed)) << 64),
        listener: Arc::new(move |news| told.publish(news)),
        is_own: Arc::new(|origin| origin == "http://localhost:8080"),
        demo: true,
        photos: api::pictures::inline(),
    };
    api::demo::seed_if_empty(&app).await.unwrap();
    Server {
        accounts: Accounts::new(app.clone(), &config),
        app,
        hub,
        paypal: None,
        easypost: None,
        config: Arc::new(config),
    }
}

/// The router with [`AS`] in the place of sessions.
pub fn router(server: &Server) -> axum::Router {
    front::router(server).unwrap().layer(from_fn_with_state(server.app.clone(), be))
}

async fn be(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let who = request.headers().get(AS).map(|who| who.to_str().unwrap().to_owned());
    if let Some(who) = who {
        let (handle, session) = who.split_once(' ').unwrap_or((&who, "one"));
        let account = app.account_named(handle).await.unwrap();
        request.extensions_mut().insert(Caller(account));
        request.extensions_mut().insert(SessionId(session.to_owned()));
    }
    next.run(request).await
}

impl Site {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut config = Config::local(listener.local_addr().unwrap());
        change(&mut config);
        Self::on(listener, server(config).await)
    }

    pub fn on(listener: TcpListener, server: Server) -> Self {
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let (router, hub) = (router(&server), server.hub.clone());
        let serving =
            async move { front::serve(listener, router, &[], async { drop(stopped.await) }, || hub.close()).await };
        Self { server, address, stop, ended: tokio::spawn(serving) }
    }

    /// Tells it to end, and waits until it has.
    pub async fn end(self) {
        drop(self.stop);
        self.ended.await.unwrap();
    }

    pub async fn account(&self, handle: &str) -> AccountId {
        self.server.app.account_named(handle).await.unwrap()
    }

    /// The thread of Maya, who buys, and Kai, who sells.
    pub async fn thread(&self) -> ThreadId {
        let request = self.get("/v1/threads?folder=primary").header(AS, "maya.torres");
        let page: InboxPage = self.send(request, "").await.json();
        let with_kai = page.entries.into_iter().find(|entry| entry.peer.handle.as_str() == "kai.shapes");
        with_kai.expect("the demo world has their thread").thread
    }

    pub fn get(&self, path: &str) -> Builder {
        Request::get(path).header("host", self.address.to_string())
    }

    /// As a page of ours would post JSON.
    pub fn post(&self, path: &str, key: &str) -> Builder {
        Request::post(path)
            .header("host", self.address.to_string())
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json")
            .header("idempotency-key", key)
    }

    /// Sends bytes as they are and no more, and reads until the connection ends.
    pub async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sends on a connection of its own; the answer's body is still to come.
    pub async fn open(&self, request: Builder, body: impl Into<Body>) -> http::Response<Body> {
        let stream = TcpStream::connect(self.address).await.unwrap();
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let answer = sender.send_request(request.body(body.into()).unwrap()).await.unwrap();
        answer.map(Body::new)
    }

    pub async fn send(&self, request: Builder, body: impl Into<Body>) -> Answer {
        let (parts, body) = self.open(request, body).await.into_parts();
        let bytes = axum::body::to_bytes(body, 64 << 20).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}
