//! A server that writes down what it is sent, and answers everything with the least that is an answer.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, Method};
use paypal::{PayPal, Settings};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// A call as it came.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub method: Method,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Sent,
}

/// What a call carried.
#[derive(Clone, Debug, PartialEq)]
pub enum Sent {
    Nothing,
    Json(Value),
    /// Name, type and JSON of each part.
    Form(Vec<(String, String, Value)>),
}

impl Recorded {
    pub fn json(&self) -> &Value {
        match &self.body {
            Sent::Json(body) => body,
            Sent::Nothing | Sent::Form(_) => panic!("no JSON in {self:?}"),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("text"))
    }

    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<Recorded>>>);

impl Recorder {
    /// A recorder, and a client that speaks to it.
    pub async fn start() -> (Self, PayPal) {
        let recorder = Self::default();
        let router = Router::new().fallback(record).with_state(recorder.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port of this machine");
        let base = format!("http://{}/below/", listener.local_addr().expect("bound"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let client = PayPal::new(Settings::new(&base, "client", "secret").expect("loopback")).expect("a client");
        (recorder, client)
    }

    /// The only call since the last look, the token's left aside.
    pub fn only(&self) -> Recorded {
        let mut calls = std::mem::take(&mut *self.0.lock().expect("no panic while recording"));
        calls.retain(|call| call.path != "/below/v1/oauth2/token");
        assert_eq!(calls.len(), 1, "{calls:?}");
        calls.remove(0)
    }

    /// All calls since the last look.
    pub fn all(&self) -> Vec<Recorded> {
        std::mem::take(&mut *self.0.lock().expect("no panic while recording"))
    }
}

async fn record(State(recorder): State<Recorder>, request: Request) -> String {
    let (parts, body) = request.into_parts();
    let (method, headers) = (parts.method.clone(), parts.headers.clone());
    let path = parts.uri.path().to_owned();
    let query = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let query = query.map(|(key, value)| (key.into_owned(), value.into_owned())).collect();
    let kind = headers.get("content-type").map(|kind| kind.to_str().expect("text").to_owned()).unwrap_or_default();
    let body = match kind.as_str() {
        "application/json" => {
            let bytes = to_bytes(body, usize::MAX).await.expect("a body");
            Sent::Json(serde_json::from_slice(&bytes).expect("JSON"))
        }
        form if form.starts_with("multipart/form-data") => form_of(Request::from_parts(parts, body)).await,
        _ => Sent::Nothing,
    };
    let answer = least(&path);
    recorder.0.lock().expect("no panic while recording").push(Recorded { method, path, query, headers, body });
    answer.to_string()
}

async fn form_of(request: Request<Body>) -> Sent {
    let mut form = Multipart::from_request(request, &()).await.expect("a form");
    let mut parts = Vec::new();
    while let Some(part) = form.next_field().await.expect("a part") {
        let (name, kind) =
            (part.name().unwrap_or_default().to_owned(), part.content_type().unwrap_or_default().to_owned());
        let json = serde_json::from_slice(&part.bytes().await.expect("bytes")).expect("JSON");
        parts.push((name, kind, json));
    }
    Sent::Form(parts)
}

/// The least that every call takes for an answer: about the thing that was asked about.
fn least(path: &str) -> Value {
    let parts: Vec<&str> = path.trim_start_matches("/below/").split('/').collect();
    let id = parts.get(3).copied().unwrap_or("NEW");
    let vault = parts.get(2).is_some_and(|part| part.ends_with("tokens"));
    let id = if vault { parts.get(3).copied().unwrap_or("NEW") } else { id };
    json!({"access_token": "A1", "expires_in": 32_400, "id": id, "dispute_id": id, "status": "CREATED"})
}
