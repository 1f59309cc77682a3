//! Connections: taken, given a time for everything, and ended in good order.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use futures::FutureExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// Whoever has not said by then what they want, first or next, is let go: nobody holds a connection for nothing.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// Whoever does not take what is sent for so long is not there any more. Longer than two heartbeats of the stream.
const WRITE_TIME: Duration = Duration::from_secs(40);
/// How long requests may finish once the server is to end.
const LAST_REQUESTS: Duration = Duration::from_secs(10);
/// Connections at once: a stream each for many people, and far below what a process may open.
const MOST_CONNECTIONS: usize = 16_384;
/// Head of a request, in bytes: cookies and long addresses fit, and nothing else needs room.
const HEAD_SIZE: usize = 32 * 1024;
/// How long to wait when the machine has no file handles left.
const BREATH: Duration = Duration::from_millis(100);

/// The other end of a connection. In the extensions of every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// Answers with `router` until `stop` comes; then `stopping` ends what would not end by itself, and requests finish.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>, stopping: impl FnOnce()) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = room.clone().acquire_owned().await.expect("the room is never closed");
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut stop => break,
            next = next => next,
        };
        match accepted {
            Ok((stream, peer)) => {
                let answered = connection(stream, peer, router.clone(), graceful.watcher());
                tokio::spawn(answered.map(|()| drop(place)));
            }
            Err(error) if is_about_one_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection could be taken");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    drop(listener);
    stopping();
    if tokio::time::timeout(LAST_REQUESTS, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, watcher: Watcher) {
    // Small answers go at once; a failure costs only speed.
    let _set = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer.ip()));
        router.clone().oneshot(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(HEAD_SIZE);
    let served = watcher.watch(http.serve_connection(TokioIo::new(Box::pin(stream)), service)).await;
    if let Err(error) = served {
        // Connections break all the time; what matters of a request is logged where it is answered.
        tracing::debug!(%error, "a connection broke");
    }
}

/// Whether only the one connection that was to be taken is concerned.
fn is_about_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}
