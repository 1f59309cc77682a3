//! Sockets. Not axum's own server: that one cannot end a connection without an answer.

use super::HangUp;
use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::{fmt, io};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tower::ServiceExt;

/// Why a connection ended without an answer: it was asked for.
#[derive(Debug)]
struct HungUp;

impl fmt::Display for HungUp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("hung up, as planned")
    }
}

impl std::error::Error for HungUp {}

/// Serves until it is dropped; connections end with it.
pub(crate) async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    let mut connections = JoinSet::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => accepted?.0,
            Some(_) = connections.join_next() => continue,
        };
        let router = router.clone();
        connections.spawn(async move {
            let service = service_fn(move |request: hyper::Request<Incoming>| {
                let router = router.clone();
                async move {
                    let answer = router.oneshot(request).await.unwrap_or_else(|never| match never {});
                    if answer.extensions().get::<HangUp>().is_some() { Err(HungUp) } else { Ok(answer) }
                }
            });
            // A caller that goes away is no news.
            drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
        });
    }
}
