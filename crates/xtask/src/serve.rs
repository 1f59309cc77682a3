//! Serves a folder on this machine, with the headers a real server sends.

use crate::content_policy;
use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;
use tower_http::services::ServeDir;

/// Files of the app itself. Any other ending belongs to a name in an address of the app (`/shop/kai.shapes`).
const FILES: [&str; 17] = [
    "avif",
    "css",
    "html",
    "ico",
    "jpg",
    "js",
    "json",
    "map",
    "mjs",
    "png",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "webp",
    "woff2",
    "xml",
];

const HEADERS: [(HeaderName, &str); 5] = [
    // Not `same-origin`: with it `popup.closed` reads true while PayPal's window is open.
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin-allow-popups"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(self), publickey-credentials-get=(self)",
    ),
];

/// Reserves the port at once, so that a busy one is known before anything is built.
pub fn reserve(port: u16) -> Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .with_context(|| format!("Port {port} is not free. Choose another: cargo xtask run --port {}", port ^ 1))
}

/// A server in a thread of its own; it ends when this is dropped.
pub struct Server {
    url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<()>>>,
}

impl Server {
    /// Serves the folder on a port of the system's choice.
    pub fn start(folder: &Path) -> Result<Self> {
        Self::on(reserve(0)?, folder)
    }

    fn on(listener: TcpListener, folder: &Path) -> Result<Self> {
        let url = format!("http://{}", listener.local_addr()?);
        let app = app(folder)?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || serve(listener, app, async { drop(stopped.await) }));
        Ok(Self { url, stop: Some(stop), thread: Some(thread) })
    }

    /// The address without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Serves the folder until ctrl-c.
pub fn until_ctrl_c(listener: TcpListener, folder: &Path) -> Result<()> {
    serve(listener, app(folder)?, async { drop(tokio::signal::ctrl_c().await) })
}

fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()> + Send + 'static) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    listener.set_nonblocking(true)?;
    let (stopping, stopped) = oneshot::channel::<()>();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let graceful = axum::serve(listener, app).with_graceful_shutdown(async {
            stop.await;
            drop(stopping);
        });
        // A browser keeps connections open: what is under way may finish, then we go.
        let patience = async {
            drop(stopped.await);
            tokio::time::sleep(Duration::from_millis(300)).await;
        };
        tokio::select! {
            ended = graceful => Ok(ended?),
            () = patience => Ok(()),
        }
    })
}

/// The folder as a service: `index.html` for every address of the app, the policy of its inline scripts on all.
fn app(folder: &Path) -> Result<Router> {
    let index = std::fs::read_to_string(folder.join("index.html"))
        .with_context(|| format!("There is nothing to serve in {}: build first.", folder.display()))?;
    let policy = HeaderValue::from_str(&content_policy::policy(&index))?;
    let files = ServeDir::new(folder).precompressed_br().append_index_html_on_directories(false);
    Ok(Router::new().fallback_service(files).layer(middleware::from_fn_with_state(policy, answer)))
}

async fn answer(State(policy): State<HeaderValue>, mut request: Request, next: Next) -> Response {
    let asked = request.uri().path().to_owned();
    let mut response = match target(&asked) {
        Target::Nothing => StatusCode::NOT_FOUND.into_response(),
        Target::File => next.run(request).await,
        Target::App => {
            *request.uri_mut() = Uri::from_static("/index.html");
            next.run(request).await
        }
    };
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let forever = found && is_hashed(&asked);
    let caching = if forever { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[derive(Debug, PartialEq, Eq)]
enum Target {
    App,
    File,
    /// The API of a served build is a server's: an answer in HTML would only confuse its client.
    Nothing,
}

fn target(path: &str) -> Target {
    if path == "/v1" || path.starts_with("/v1/") {
        return Target::Nothing;
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.') {
        Some((_, ending)) if FILES.contains(&ending) => Target::File,
        _ => Target::App,
    }
}

/// Whether a part of the path carries Trunk's content hash, as in `bottega-ed7075ea3ef612e1_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    path.split(['/', '.', '_']).filter_map(|part| part.rsplit_once('-')).any(|(_, hash)| {
        hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}

#[cfg(test)]
mod tests;
