//! Over the network: fetch for calls, and one stream for all tabs of what happens elsewhere.

mod live;

use super::{Listener, Place};
use api::client::{ApiError, Transport};
use api::wire::BELIEVED_ACCOUNT;
use domain::ids::AccountId;
use gloo_net::http::{Method, RequestBuilder};
use live::Tabs;
use std::cell::{Cell, OnceCell};
use std::rc::Rc;

/// The server this page came from. A copy is a handle.
#[derive(Clone, Default)]
pub struct Fetch {
    /// Whose page it is, once that is known.
    account: Rc<OnceCell<AccountId>>,
    /// The other tabs of the same person, once this one listens.
    tabs: Rc<OnceCell<Tabs>>,
    /// Whether this page is about to go by itself.
    leaving: Rc<Cell<bool>>,
}

fn network(error: impl std::fmt::Display) -> ApiError {
    ApiError::Network(error.to_string())
}

impl Transport for Fetch {
    async fn send(&self, request: http::Request<String>) -> Result<http::Response<String>, ApiError> {
        let (parts, body) = request.into_parts();
        let method = if parts.method.as_str() == "GET" { Method::GET } else { Method::POST };
        let mut builder = RequestBuilder::new(&parts.uri.to_string()).method(method);
        for (name, value) in &parts.headers {
            builder = builder.header(name.as_str(), value.to_str().unwrap_or_default());
        }
        if let Some(account) = self.account.get() {
            builder = builder.header(BELIEVED_ACCOUNT, account.as_str());
        }
        let request = if body.is_empty() { builder.build() } else { builder.body(body) };
        let response = request.map_err(network)?.send().await.map_err(network)?;
        let status = response.status();
        let text = response.text().await.map_err(network)?;
        if status == 401 && self.account.get().is_some() && !self.leaving.get() {
            // Signed out meanwhile, or somebody else is signed in: the page begins anew, at the same address. What was
            // written and not sent is kept in the browser.
            crate::url::note_signed_out();
            crate::url::reload();
        }
        http::Response::builder().status(status).body(text).map_err(network)
    }
}

impl Fetch {
    /// From now on this page is somebody's.
    pub(super) fn belong_to(&self, account: &AccountId) {
        // It was nobody's before: who is somebody else loads the page anew.
        let _first = self.account.set(account.clone());
    }

    /// Tells `listener` what happens after `place` from now on.
    pub(super) fn listen(&self, place: Place, listener: Listener) {
        let Some(account) = self.account.get() else { return };
        if let Some(tabs) = Tabs::open(account, place, listener) {
            tabs.take_turns();
            let _first = self.tabs.set(tabs);
        }
    }

    /// Who is signed in has changed, by this page, which goes now: the other tabs look too.
    pub(super) fn signed_out(&self) {
        self.leaving.set(true);
        if let Some(tabs) = self.tabs.get() {
            tabs.tell_to_look();
        }
    }
}
