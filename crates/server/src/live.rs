//! The live stream: what happens, to everybody whom it concerns, as server-sent events.

use crate::Server;
use api::wire::News;
use axum::Router;

/// Who listens on this machine. Cheap to clone.
#[derive(Clone, Default)]
pub struct Hub {}

impl Hub {
    /// Tells those who listen here.
    pub fn publish(&self, _news: &News) {}

    /// Ends all streams.
    pub fn close(&self) {}

    /// Ends the streams of a session.
    pub fn close_session(&self, _session: &str) {}
}

/// `GET /v1/stream`.
pub fn router() -> Router<Server> {
    Router::new()
}
