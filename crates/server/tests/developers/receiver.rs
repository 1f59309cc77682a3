//! A shop's own server on this machine: it remembers what it was sent, and answers as the test wants.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// What came, and how it was signed.
#[derive(Clone, Debug)]
pub struct Received {
    pub signature: String,
    pub delivery: String,
    pub cursor: u64,
    pub body: String,
}

#[derive(Clone, Default)]
struct Shared {
    received: Arc<Mutex<Vec<Received>>>,
    answers: Arc<Mutex<VecDeque<Reply>>>,
}

/// What a receiver does with one delivery.
#[derive(Clone, Copy, Debug)]
pub enum Reply {
    Status(u16),
    /// Sends to another place.
    Redirect,
    /// Breaks off the connection without an answer.
    BreakOff,
}

pub struct Receiver {
    pub address: SocketAddr,
    shared: Shared,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, shared) = (listener.local_addr().unwrap(), Shared::default());
        let router = Router::new().fallback(take).with_state(shared.clone());
        // It ends with the runtime of the test.
        tokio::spawn(server::http::serve(listener, router, &[], std::future::pending(), || {}));
        Self { address, shared }
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// Answers the next deliveries so; after them with 200.
    pub fn answer(&self, replies: &[Reply]) {
        *self.shared.answers.lock().unwrap() = replies.iter().copied().collect();
    }

    /// What came since this was last asked.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut self.shared.received.lock().unwrap())
    }
}

async fn take(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let said = |name: &str| headers[name].to_str().unwrap().to_owned();
    let cursor = said("bottega-cursor").parse().unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    let received = Received { signature: said("bottega-signature"), delivery: said("bottega-delivery"), cursor, body };
    shared.received.lock().unwrap().push(received);
    let reply = shared.answers.lock().unwrap().pop_front().unwrap_or(Reply::Status(200));
    match reply {
        Reply::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Reply::Redirect => (StatusCode::TEMPORARY_REDIRECT, [("location", "/elsewhere")]).into_response(),
        // The connection's task ends, and with it the connection.
        Reply::BreakOff => panic!("the receiver breaks off"),
    }
}
