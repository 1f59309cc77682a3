//! A whole server without a socket, on a clock that the test moves; people with cookies, and programs with keys.

use crate::authenticator::Authenticator;
use api::app::App;
use api::carrier::simulated::SimulatedCarrier;
use api::problem::Problem;
use api::provider::simulated::Simulated;
use api::store::{KvStore, MemoryKv, Store};
use api::tax::StateEstimates;
use api::wire::{NewInvitation, NewKey, Team};
use axum::Router;
use axum::body::{Body, to_bytes};
use http::{HeaderMap, Request, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::accounts::Accounts;
use server::config::Config;
use server::live::Hub;
use server::paypal::{Parts, PayPalProvider, WalletKey};
use server::photos::{MemoryBlobs, Photos};
use server::{Server, http as front};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tower::ServiceExt;

pub const HOUR: i64 = 3_600_000;

pub struct World {
    pub server: Server,
    pub clock: Arc<AtomicI64>,
    router: Router,
    calls: AtomicU64,
}

/// How somebody proves who they are.
#[derive(Clone)]
pub enum As {
    Nobody,
    Cookie(String),
    Key(String),
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{} {}", self.status, self.text());
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The status and the code of a refusal.
    pub fn refused(&self) -> (u16, String) {
        let problem: Problem = serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()));
        assert_eq!(problem.status, self.status.as_u16());
        (problem.status, problem.code)
    }
}

/// A store with the demo world's clock and ids, as a server has it.
pub fn app(store: Arc<dyn Store>, clock: &Arc<AtomicI64>) -> App {
    let told = clock.clone();
    let machine: api::clock::Machine = Arc::new(move || told.load(Ordering::SeqCst));
    App {
        tax: Arc::new(StateEstimates),
        provider: Arc::new(Simulated::new(store.clone(), machine.clone())),
        carrier: Some(Arc::new(SimulatedCarrier::new(store.clone()))),
        store,
        machine,
        entropy: Arc::new(|| {
            let mut bytes = [0; 16];
            getrandom::fill(&mut bytes).unwrap();
            u128::from_le_bytes(bytes)
        }),
        listener: Arc::new(|_| {}),
        is_own: Arc::new(|origin| origin == "http://localhost:8080"),
        demo: true,
        photos: Arc::new(Photos::over(Arc::new(MemoryBlobs::default()))),
    }
}

impl World {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let store: Arc<dyn Store> = Arc::new(KvStore::open(MemoryKv::default()).await.unwrap());
        Self::over(store, Arc::new(AtomicI64::new(1_800_000_000_000)), change).await
    }

    /// A world whose processor is PayPal, at an address where nobody answers.
    pub async fn paid_by_paypal() -> Self {
        let mut world = Self::new().await;
        let settings = paypal::Settings::new("http://127.0.0.1:9", "client", "secret").unwrap();
        let told = world.clock.clone();
        world.server.paypal = Some(PayPalProvider::new(Parts {
            paypal: paypal::PayPal::new(settings).unwrap(),
            webhooks: paypal::Webhooks::new(paypal::WebhookSettings::new("WH-NONE")).unwrap(),
            store: world.server.app.store.clone(),
            key: WalletKey::parse("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap(),
            origin: "http://localhost:8080".parse().unwrap(),
            merchant: None,
            simulated: None,
            machine: Arc::new(move || told.load(Ordering::SeqCst)),
        }));
        world.router = front::router(&world.server).unwrap();
        world
    }

    async fn over(store: Arc<dyn Store>, clock: Arc<AtomicI64>, change: impl FnOnce(&mut Config)) -> Self {
        let app = app(store, &clock);
        api::demo::seed_if_empty(&app).await.unwrap();
        let mut config = Config { demo: true, ..Config::local(([127, 0, 0, 1], 8080).into()) };
        change(&mut config);
        let accounts = Accounts::new(app.clone(), &config);
        let server =
            Server { app, accounts, hub: Hub::default(), paypal: None, easypost: None, config: Arc::new(config) };
        Self { router: front::router(&server).unwrap(), server, clock, calls: AtomicU64::new(0) }
    }

    /// A world over what another one has kept: the same server after a restart, or one beside it.
    pub async fn beside(&self) -> Self {
        Self::over(self.server.app.store.clone(), self.clock.clone(), |_| {}).await
    }

    pub fn later(&self, millis: i64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }

    pub async fn call(&self, who: &As, method: &str, path: &str, body: &str) -> Answer {
        let number = self.calls.fetch_add(1, Ordering::SeqCst);
        let request = Request::builder().method(method).uri(path).header("idempotency-key", format!("call-{number}"));
        let request = match who {
            As::Nobody => request.header("sec-fetch-site", "same-origin"),
            As::Cookie(cookie) => request.header("sec-fetch-site", "same-origin").header("cookie", cookie),
            As::Key(key) => request.header("authorization", format!("Bearer {key}")),
        };
        let request = request.header("content-type", "application/json");
        let response = self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Answer { status, headers, body }
    }

    pub async fn get(&self, who: &As, path: &str) -> Answer {
        self.call(who, "GET", path, "").await
    }

    pub async fn post(&self, who: &As, path: &str, body: &Value) -> Answer {
        self.call(who, "POST", path, &body.to_string()).await
    }

    pub async fn sign_in(&self, handle: &str) -> As {
        let answer = self.post(&As::Nobody, "/v1/sign-in/demo", &json!({ "handle": handle })).await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        As::Cookie(cookie)
    }

    /// Somebody who joins the business of `owner`, with a passkey drawn from `seed`; their cookie, their
    /// seat and what they sign in with.
    pub async fn staff(&self, owner: &As, name: &str, seed: u8) -> (As, String, Authenticator) {
        let invited: NewInvitation = self.post(owner, "/v1/team/invitations", &json!({ "name": name })).await.json();
        let begun: Value = self.post(&As::Nobody, "/v1/join/begin", &json!({ "secret": invited.secret })).await.json();
        let mut authenticator = Authenticator::new(seed);
        let credential = authenticator.make(&begun["options"]);
        let body = json!({ "id": begun["id"], "credential": credential });
        let joined = self.post(&As::Nobody, "/v1/join/finish", &body).await;
        let cookie = joined.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let staff = As::Cookie(cookie);
        let seat = self.get(&staff, "/v1/team").await.json::<Team>().you;
        (staff, seat, authenticator)
    }

    /// A key of a business, and what proves it.
    pub async fn key(&self, owner: &As) -> (NewKey, As) {
        let key: NewKey = self.post(owner, "/v1/keys", &json!({ "name": "The shop's till" })).await.json();
        let program = As::Key(key.secret.clone());
        (key, program)
    }

    /// The thread of two.
    pub async fn thread(&self, who: &As, peer: &str) -> String {
        let snapshot: Value = self.post(who, "/v1/threads", &json!({ "peer": peer })).await.json();
        snapshot["thread"]["id"].as_str().unwrap().to_owned()
    }
}

/// Terms of a parcel with one mug in it: 30 dollars in all.
pub fn terms() -> Value {
    let usd = |minor: i64| json!({ "minor": minor, "currency": "USD" });
    json!({
        "items": [{ "name": "Mug", "quantity": 1, "unit_price": usd(2_500) }],
        "discount": usd(0),
        "delivery": [{ "type": "parcel", "name": "Ground", "price": usd(500), "days": [3, 5] }],
        "tax": { "type": "amount", "amount": usd(0) },
    })
}
