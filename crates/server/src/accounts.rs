//! Who is signed in: sessions, passkeys, recovery codes, keys for programs.

use crate::Server;
use crate::config::Config;
use api::app::App;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

/// Which session a request came with. In its extensions, beside `Caller`, when it came with one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionId(pub String);

/// Knows who somebody is.
#[derive(Clone)]
pub struct Accounts {
    app: App,
}

impl Accounts {
    /// Over the API's own store.
    pub fn new(app: App, _config: &Config) -> Self {
        Self { app }
    }
}

/// The routes of signing in and out, below `/v1`.
pub fn router() -> Router<Server> {
    Router::new()
}

/// Puts who calls into a request, when it brings a session or a key that is valid.
pub async fn identify(State(server): State<Server>, request: Request, next: Next) -> Response {
    let _accounts = &server.accounts.app;
    next.run(request).await
}
