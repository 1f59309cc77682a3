//! The built app: files, and `index.html` for every address of the app.

use crate::http::content_policy;
use crate::wallet_label::WalletLabel;
use api::problem::Problem;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;
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

/// Who answers the app's calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answers {
    /// Whoever the build says: a demo has its API inside the page.
    AsBuilt,
    /// The server that these files come from.
    ThisServer {
        /// What it calls the wallet, if not as the build does.
        wallet_label: Option<WalletLabel>,
    },
}

struct Pages {
    policy: HeaderValue,
    /// What is delivered in the place of the built `index.html`.
    index: Option<Index>,
}

struct Index {
    html: String,
    tag: HeaderValue,
}

/// A folder as a service: `index.html` for every address of the app, the policy of its inline scripts on all.
///
/// # Errors
/// When there is no readable `index.html`.
pub fn router(folder: &Path, answers: Answers) -> anyhow::Result<Router> {
    crate::config::ensure_built(folder)?;
    let built = std::fs::read_to_string(folder.join("index.html"))?;
    let policy = HeaderValue::from_str(&content_policy::policy(&built))?;
    let index = match answers {
        Answers::AsBuilt => None,
        Answers::ThisServer { wallet_label } => {
            let html = asking_this_server(&built, wallet_label.as_ref());
            let hash = domain::text::hex(&Sha256::digest(&html)[..8]);
            Some(Index { html, tag: HeaderValue::from_str(&format!("\"{hash}\""))? })
        }
    };
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip().append_index_html_on_directories(false);
    let pages = Arc::new(Pages { policy, index });
    Ok(Router::new().fallback_service(files).layer(middleware::from_fn_with_state(pages, answer)))
}

async fn answer(State(pages): State<Arc<Pages>>, mut request: Request, next: Next) -> Response {
    let asked = request.uri().path().to_owned();
    let mut response = match (target(&asked), &pages.index) {
        // Not a page: it would only confuse a client of the API.
        (Target::Api, _) => return Problem::not_found().into_response(),
        (Target::App, Some(index)) => index.deliver(&request),
        (Target::App, None) => {
            *request.uri_mut() = Uri::from_static("/index.html");
            next.run(request).await
        }
        (Target::File, _) => next.run(request).await,
    };
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let caching = if found && is_hashed(&asked) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::CONTENT_SECURITY_POLICY, pages.policy.clone());
    // A cache on the way keeps one for each way of pressing.
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

impl Index {
    fn deliver(&self, request: &Request) -> Response {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return StatusCode::METHOD_NOT_ALLOWED.into_response();
        }
        let known = request.headers().get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let tag = [(header::ETAG, self.tag.clone())];
        let html = [(header::CONTENT_TYPE, HeaderValue::from_static("text/html"))];
        // A tag becomes a weak one (`W/"…"`) where the answer is compressed.
        if known.is_some_and(|known| self.tag.to_str().is_ok_and(|tag| known.contains(tag))) {
            return (StatusCode::NOT_MODIFIED, tag).into_response();
        }
        (tag, html, self.html.clone()).into_response()
    }
}

/// The page with its `<meta name="api">` set to `fetch`, and beside it what else this server says to pages. A build that
/// can do both still obeys `?api=embedded`.
fn asking_this_server(html: &str, wallet_label: Option<&WalletLabel>) -> String {
    let label = wallet_label.map(|label| format!("<meta name=\"wallet-label\" content=\"{}\">", label.escaped()));
    let label = label.unwrap_or_default();
    let is_api = |tag: &str| tag.split(['"', '\'', ' ', '=', '/']).any(|word| word == "api");
    let mut parts = html.split("<meta");
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        let (tag, beside) =
            if is_api(tag) { (tag.replace("embedded", "fetch"), label.as_str()) } else { (tag.to_owned(), "") };
        let end = if part.contains('>') { ">" } else { "" };
        page.extend(["<meta", &tag, end, beside, rest]);
    }
    page
}

#[derive(Debug, PartialEq, Eq)]
enum Target {
    App,
    File,
    Api,
}

fn target(path: &str) -> Target {
    if path == "/v1" || path.starts_with("/v1/") {
        return Target::Api;
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.') {
        // Whoever asks for the page by its name gets it as it is delivered.
        Some(_) if path == "/index.html" => Target::App,
        Some((_, ending)) if FILES.contains(&ending) => Target::File,
        Some(_) | None => Target::App,
    }
}

/// Digits of a content hash: 16, of which Trunk leaves out the zeros that it begins with.
const HASH: RangeInclusive<usize> = 12..=16;

/// Whether a part of the path carries a content hash, as in `bottega-ed7075ea3ef612e1_bg.wasm` or `app-…/`.
fn is_hashed(path: &str) -> bool {
    path.split(['/', '.', '_']).filter_map(|part| part.rsplit_once('-')).any(|(_, hash)| {
        HASH.contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}

#[cfg(test)]
mod tests;
