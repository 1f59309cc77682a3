//! An EasyPost for tests: it notes what it is asked, and answers as it is told to.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// A call, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub authorization: String,
    pub tracker: Value,
}

#[derive(Default)]
struct Inner {
    asked: Vec<Asked>,
    /// What it answers instead of success.
    answers: Option<StatusCode>,
    /// Its names for numbers; registered again, a number has the same.
    names: BTreeMap<String, String>,
    made: u32,
    /// The scans that it knows already.
    scans: Vec<Value>,
}

/// The fake. Cheap to clone.
#[derive(Clone)]
pub struct Fake {
    inner: Arc<Mutex<Inner>>,
    pub url: String,
}

impl Fake {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let fake = Self { inner: Arc::default(), url };
        let router = Router::new().route("/v2/trackers", post(register)).with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        fake
    }

    fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.inner.lock().expect("no panic while answering"))
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.with(|inner| inner.asked.clone())
    }

    /// From now on it answers this, whatever it has done; or success again.
    pub fn answer(&self, status: Option<u16>) {
        self.with(|inner| inner.answers = status.map(|status| StatusCode::from_u16(status).expect("a status")));
    }

    /// The carrier uses its numbers anew: they are other parcels from now on.
    pub fn recycle(&self) {
        self.with(|inner| inner.names.clear());
    }

    /// It knows these scans of what is registered from now on.
    pub fn know(&self, scans: &[Value]) {
        self.with(|inner| inner.scans = scans.to_vec());
    }
}

async fn register(State(fake): State<Fake>, headers: HeaderMap, Json(body): Json<Value>) -> (StatusCode, Json<Value>) {
    fake.with(|inner| {
        let authorization = headers["authorization"].to_str().expect("text").to_owned();
        let tracker = body["tracker"].clone();
        let number = tracker["tracking_code"].as_str().expect("a number").to_owned();
        inner.asked.push(Asked { authorization, tracker: tracker.clone() });
        // Done before it is answered: an answer can be lost.
        if !inner.names.contains_key(&number) {
            inner.made += 1;
            inner.names.insert(number.clone(), format!("trk_{}", inner.made));
        }
        match inner.answers {
            Some(status) => (status, Json(json!({ "error": { "code": "TRACKER.CREATE.ERROR", "message": "no" } }))),
            None => (
                StatusCode::CREATED,
                Json(json!({ "id": inner.names[&number], "object": "Tracker", "tracking_code": number,
                    "carrier": tracker["carrier"], "status": "unknown", "est_delivery_date": null,
                    "tracking_details": inner.scans })),
            ),
        }
    })
}
