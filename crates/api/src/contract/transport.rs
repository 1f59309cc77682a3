//! The ways of the cases to an API, with a record of everything that goes over the wire.

use crate::client::{ApiError, Transport};
use crate::extract::Caller;
use crate::store::Answering;
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

/// Carries a request somewhere.
pub trait Carry: Send + Sync {
    /// Brings it there, and the answer back.
    fn carry(&self, request: http::Request<String>) -> Answering<'_, Result<http::Response<String>, ApiError>>;
}

/// A way to the API that remembers. Cheap to clone; clones share their record.
#[derive(Clone)]
pub struct Wire {
    carrier: Arc<dyn Carry>,
    record: Arc<Mutex<Vec<Exchange>>>,
}

impl Wire {
    /// A way that goes by `carrier`.
    pub fn by(carrier: impl Carry + 'static) -> Self {
        Self { carrier: Arc::new(carrier), record: Arc::default() }
    }

    /// A way to `router` in this process for `caller`, or for somebody who is not signed in.
    pub fn in_process(router: Router, caller: Option<AccountId>) -> Self {
        Self::by(InProcess { router, caller })
    }

    /// Everything that travelled so far.
    pub fn record(&self) -> Vec<Exchange> {
        self.record.lock().expect("no panic while recording").clone()
    }
}

impl Transport for Wire {
    async fn send(&self, request: http::Request<String>) -> Result<http::Response<String>, ApiError> {
        let (method, path) = (request.method().clone(), request.uri().to_string());
        let sent = request.body().clone();
        let response = self.carrier.carry(request).await?;
        let (status, received) = (response.status().as_u16(), response.body().clone());
        let exchange = Exchange { method, path, sent, status, received };
        self.record.lock().expect("no panic while recording").push(exchange);
        Ok(response)
    }
}

struct InProcess {
    router: Router,
    caller: Option<AccountId>,
}

impl Carry for InProcess {
    fn carry(&self, request: http::Request<String>) -> Answering<'_, Result<http::Response<String>, ApiError>> {
        let answering = async move {
            let mut request = request.map(Body::from);
            if let Some(caller) = &self.caller {
                request.extensions_mut().insert(Caller(caller.clone()));
            }
            let answered = self.router.clone().oneshot(request).await;
            let (parts, body) = answered.unwrap_or_else(|never| match never {}).into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await;
            let bytes = bytes.map_err(|error| ApiError::Network(error.to_string()))?;
            let received = String::from_utf8(bytes.to_vec()).map_err(|error| ApiError::Decode(error.to_string()))?;
            Ok(http::Response::from_parts(parts, received))
        };
        Box::pin(answering)
    }
}
