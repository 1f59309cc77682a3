//! A server without a socket, on a clock that a test moves.

use api::app::App;
use api::carrier::simulated::SimulatedCarrier;
use api::provider::simulated::Simulated;
use api::store::{KvStore, MemoryKv, Store};
use api::tax::StateEstimates;
use api::wire::SignedInDevice;
use axum::body::{Body, to_bytes};
use axum::middleware::from_fn_with_state;
use axum::{Router, http::Request};
use http::header::{COOKIE, SET_COOKIE};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use server::Server;
use server::accounts::{Accounts, identify, router};
use server::config::Config;
use server::live::Hub;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tower::ServiceExt;

pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";

/// A server without a socket, on a clock that the test moves.
pub struct World {
    pub store: Arc<dyn Store>,
    pub clock: Arc<AtomicI64>,
    pub router: Router,
    pub server: Server,
}

/// What was answered.
pub struct Answer {
    pub status: StatusCode,
    pub cookie: Option<String>,
    pub body: Value,
}

impl Answer {
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// What the browser sends back from now on.
    pub fn brought(&self) -> String {
        self.cookie.as_deref().unwrap().split(';').next().unwrap().to_owned()
    }
}

impl World {
    pub async fn demo(demo: bool) -> Self {
        let world = Self::over(Arc::new(KvStore::new(MemoryKv::default())), demo);
        api::demo::seed_if_empty(&world.server.app).await.unwrap();
        world
    }

    /// A world where nobody is yet, over a store of the test's own.
    pub fn over(store: Arc<dyn Store>, demo: bool) -> Self {
        let clock = Arc::new(AtomicI64::new(1_800_000_000_000));
        let (told, drawn) = (clock.clone(), AtomicI64::new(1));
        let machine: api::clock::Machine = Arc::new(move || told.load(Ordering::SeqCst));
        let app = App {
            tax: Arc::new(StateEstimates),
            provider: Arc::new(Simulated::new(store.clone(), machine.clone())),
            carrier: Some(Arc::new(SimulatedCarrier::new(store.clone()))),
            store: store.clone(),
            machine,
            entropy: Arc::new(move || u128::try_from(drawn.fetch_add(1, Ordering::SeqCst)).unwrap() << 64),
            listener: Arc::new(|_| {}),
            is_own: Arc::new(|origin| origin == "http://localhost:8080"),
            photos: api::pictures::inline(),
            demo: true,
        };
        let config = Config { demo, ..Config::local("127.0.0.1:8080".parse().unwrap()) };
        let accounts = Accounts::new(app.clone(), &config);
        let server = Server {
            app: app.clone(),
            accounts,
            hub: Hub::default(),
            paypal: None,
            easypost: None,
            config: Arc::new(config),
        };
        let router = Router::new()
            .nest("/v1", router().with_state(server.clone()))
            .merge(api::router(app))
            .layer(from_fn_with_state(server.clone(), identify));
        Self { store, clock, router, server }
    }

    pub fn later(&self, millis: i64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }

    pub async fn call(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/v1{path}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.header("idempotency-key", "a-key").header("user-agent", FIREFOX);
        let response = self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let mut cookies = headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned());
        let cookie = cookies.next();
        assert_eq!(cookies.next(), None, "one cookie is all there is");
        Answer { status, cookie, body: serde_json::from_slice(&bytes).unwrap() }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.call(Method::GET, path, &[(COOKIE.as_str(), cookie)], "").await
    }

    pub async fn post(&self, path: &str, cookie: &str) -> Answer {
        self.call(Method::POST, path, &[(COOKIE.as_str(), cookie)], "null").await
    }

    pub async fn sign_in_with(&self, handle: &str, cookie: &str) -> Answer {
        let body = json!({ "handle": handle }).to_string();
        self.call(Method::POST, "/sign-in/demo", &[(COOKIE.as_str(), cookie)], &body).await
    }

    /// The cookie of a new device of somebody.
    pub async fn sign_in(&self, handle: &str) -> String {
        let answer = self.sign_in_with(handle, "").await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.brought()
    }

    pub async fn is_signed_in(&self, cookie: &str) -> bool {
        self.get("/me", cookie).await.status == StatusCode::OK
    }

    pub async fn devices(&self, cookie: &str) -> Vec<SignedInDevice> {
        serde_json::from_value(self.get("/sessions", cookie).await.body).unwrap()
    }
}
