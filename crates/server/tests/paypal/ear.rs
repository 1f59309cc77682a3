//! Where the simulator's webhooks arrive: each is noted as it came, and carried to the route of the server unless the test
//! wants to do that itself, in an order of its own.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use axum::routing::any;
use serde_json::Value;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower::ServiceExt;

/// One delivery, to the byte.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Delivery {
    pub fn event(&self) -> Value {
        serde_json::from_slice(&self.body).expect("an event")
    }

    pub fn kind(&self) -> String {
        self.event()["event_type"].as_str().expect("a kind").to_owned()
    }

    fn id(&self) -> String {
        self.event()["id"].as_str().expect("a name").to_owned()
    }

    /// With another header.
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut changed = self.clone();
        changed.headers.insert(name, value.parse().expect("a value"));
        changed
    }
}

/// Hears for a server.
pub struct Ear {
    shared: Arc<Shared>,
    address: SocketAddr,
}

struct Shared {
    is_deaf: AtomicBool,
    came: Mutex<Vec<Delivery>>,
    /// The names of events that were answered with success.
    taken: watch::Sender<BTreeSet<String>>,
}

#[derive(Clone)]
struct Way {
    shared: Arc<Shared>,
    server: Router,
}

impl Ear {
    /// Where it will listen, before there is a server to carry to.
    pub async fn place() -> (TcpListener, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hooks/paypal", listener.local_addr().expect("an address"));
        (listener, url)
    }

    /// Carries what comes to a server's routes from now on.
    pub fn listen(listener: TcpListener, server: Router) -> Self {
        let address = listener.local_addr().expect("an address");
        let (is_deaf, came) = (AtomicBool::new(false), Mutex::default());
        let shared = Arc::new(Shared { is_deaf, came, taken: watch::Sender::default() });
        let way = Way { shared: shared.clone(), server };
        let router = Router::new().fallback(any(hear)).with_state(way);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { shared, address }
    }

    /// Notes what comes from now on, and carries nothing.
    pub fn be_deaf(&self, is_deaf: bool) {
        self.shared.is_deaf.store(is_deaf, Ordering::SeqCst);
    }

    /// What came so far, each event once.
    pub fn came(&self) -> Vec<Delivery> {
        let mut seen = BTreeSet::new();
        let came = self.shared.came.lock().expect("no panic while noting").clone();
        came.into_iter().filter(|delivery| seen.insert(delivery.id())).collect()
    }

    /// Until so many events were taken.
    pub async fn has_taken(&self, count: usize) {
        let mut taken = self.shared.taken.subscribe();
        taken.wait_for(|taken| taken.len() >= count).await.expect("the ear is there");
    }

    /// Sends a delivery to the server's route as PayPal does, over HTTP; the status of the answer.
    pub async fn deliver(&self, delivery: &Delivery) -> u16 {
        let mut request = Request::builder().method("POST").uri("/hooks/paypal");
        *request.headers_mut().expect("good so far") = delivery.headers.clone();
        // A test may have changed the body.
        request.headers_mut().expect("good so far").remove("content-length");
        request.headers_mut().expect("good so far").insert("x-by", "the test".parse().expect("a value"));
        let body = String::from_utf8(delivery.body.to_vec()).expect("text");
        let request = request.body(body).expect("a request");
        super::browser::send(self.address, None, request).await.expect("answered").status().as_u16()
    }
}

async fn hear(State(way): State<Way>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("whole");
    // What a test delivers itself is no news.
    if parts.headers.contains_key("x-by") {
        return carried(way.server, parts, body).await;
    }
    let delivery = Delivery { headers: parts.headers.clone(), body: body.clone() };
    let id = delivery.id();
    way.shared.came.lock().expect("no panic while noting").push(delivery);
    let answer = match way.shared.is_deaf.load(Ordering::SeqCst) {
        true => StatusCode::OK.into_response(),
        false => carried(way.server, parts, body).await,
    };
    if answer.status().is_success() {
        way.shared.taken.send_modify(|taken| {
            taken.insert(id);
        });
    }
    answer
}

async fn carried(server: Router, parts: http::request::Parts, body: Bytes) -> Response {
    server.oneshot(Request::from_parts(parts, Body::from(body))).await.expect("infallible")
}

use axum::response::IntoResponse;
