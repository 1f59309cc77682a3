//! The router, called in process as one account, with a record of everything that went over the wire.

use crate::client::{ApiError, Transport};
use crate::extract::Caller;
use axum::Router;
use axum::body::Body;
use domain::ids::AccountId;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

/// One call and its answer, as they travelled.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// GET or POST.
    pub method: http::Method,
    /// Path and query.
    pub path: String,
    /// What was sent.
    pub sent: String,
    /// The status of the answer.
    pub status: u16,
    /// What came back.
    pub received: String,
}

/// Carries requests to a router in this process. Cheap to clone; clones share their record.
#[derive(Clone)]
pub struct InProcess {
    router: Router,
    caller: Option<AccountId>,
    record: Arc<Mutex<Vec<Exchange>>>,
}

impl InProcess {
    /// A way to `router` for `caller`, or for somebody who is not signed in.
    pub fn new(router: Router, caller: Option<AccountId>) -> Self {
        Self { router, caller, record: Arc::default() }
    }

    /// Everything that travelled so far.
    pub fn record(&self) -> Vec<Exchange> {
        self.record.lock().expect("no panic while recording").clone()
    }
}

impl Transport for InProcess {
    async fn send(&self, request: http::Request<String>) -> Result<http::Response<String>, ApiError> {
        let (method, path) = (request.method().clone(), request.uri().to_string());
        let sent = request.body().clone();
        let mut request = request.map(Body::from);
        if let Some(caller) = &self.caller {
            request.extensions_mut().insert(Caller(caller.clone()));
        }
        let answered = self.router.clone().oneshot(request).await;
        let (parts, body) = answered.unwrap_or_else(|never| match never {}).into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await;
        let bytes = bytes.map_err(|error| ApiError::Network(error.to_string()))?;
        let received = String::from_utf8(bytes.to_vec()).map_err(|error| ApiError::Decode(error.to_string()))?;
        let exchange = Exchange { method, path, sent, status: parts.status.as_u16(), received: received.clone() };
        self.record.lock().expect("no panic while recording").push(exchange);
        Ok(http::Response::from_parts(parts, received))
    }
}
