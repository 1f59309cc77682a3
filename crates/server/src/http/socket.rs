//! Connections: taken, given a time for everything, and ended in good order.

use super::client::neighbourhood;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use futures::FutureExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard};
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
/// Connections of one address at once. Behind an address can be a house or a school; all of the room is for nobody. From
/// this machine come proxies, whose people are many.
const MOST_OF_ONE: usize = 1_024;
/// Head of a request, in bytes: cookies and long addresses fit, and nothing else needs room.
const HEAD_SIZE: usize = 32 * 1024;
/// How long to wait when the machine has no file handles left.
const BREATH: Duration = Duration::from_millis(100);

/// The other end of a connection. In the extensions of every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// Answers with `router` until `stop` comes; then `stopping` ends what would not end by itself, and requests finish. From
/// `proxies`, and from this machine, as many connections come as there is room for.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    proxies: &[IpAddr],
    stop: impl Future<Output = ()>,
    stopping: impl FnOnce(),
) {
    let graceful = GracefulShutdown::new();
    let (room, each) = (Arc::new(Semaphore::new(MOST_CONNECTIONS)), Each::default());
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
                let address = peer.ip().to_canonical();
                let most = if proxies.contains(&address) || address.is_loopback() { usize::MAX } else { MOST_OF_ONE };
                let Some(own) = each.enter(neighbourhood(address), most) else {
                    // Nobody is told: an answer would take as much as a connection.
                    metrics::counter!("bottega_connections_refused_total").increment(1);
                    continue;
                };
                let answered = connection(stream, peer, router.clone(), graceful.watcher());
                tokio::spawn(answered.map(|()| drop((place, own))));
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

/// How many connections each address has.
#[derive(Clone, Default)]
struct Each(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection of an address, until it is dropped.
struct Own {
    each: Each,
    address: IpAddr,
}

impl Each {
    /// One more of an address; none when it has `most`.
    fn enter(&self, address: IpAddr, most: usize) -> Option<Own> {
        let mut counts = self.lock();
        let count = counts.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Own { each: self.clone(), address })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        // A std mutex: nothing awaits while holding it.
        self.0.lock().expect("no panic while counting")
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let mut counts = self.each.lock();
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_cannot_take_all_the_room_and_gets_back_what_it_gives_up() {
        let (each, greedy) = (Each::default(), IpAddr::from([203, 0, 113, 7]));
        let mut open: Vec<Own> = (0..3).filter_map(|_| each.enter(greedy, 3)).collect();
        assert_eq!(open.len(), 3);
        assert!(each.enter(greedy, 3).is_none());
        assert!(each.enter(IpAddr::from([203, 0, 113, 8]), 3).is_some());
        open.pop();
        assert!(each.enter(greedy, 3).is_some());
        drop(open);
        assert!(each.lock().is_empty());
    }
}
