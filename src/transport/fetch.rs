//! Over the network: fetch for calls, one EventSource for what happens elsewhere.

use super::Listener;
use api::client::{ApiError, Transport};
use api::wire::Signal as Told;
use gloo_net::http::{Method, RequestBuilder};
use leptos::web_sys::{EventSource, MessageEvent};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The server this page came from.
#[derive(Clone, Copy, Debug)]
pub struct Fetch;

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
        let request = if body.is_empty() { builder.build() } else { builder.body(body) };
        let response = request.map_err(network)?.send().await.map_err(network)?;
        let status = response.status();
        let text = response.text().await.map_err(network)?;
        http::Response::builder().status(status).body(text).map_err(network)
    }
}

impl Fetch {
    pub(super) fn listen(self, listener: Listener) {
        // The browser opens it again by itself when it breaks.
        let Ok(source) = EventSource::new("/v1/stream") else { return };
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let text = message.data().as_string();
            if let Some(told) = text.and_then(|text| serde_json::from_str::<Told>(&text).ok()) {
                listener(&told);
            }
        });
        source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        // It listens for as long as the page is there.
        heard.forget();
    }
}
