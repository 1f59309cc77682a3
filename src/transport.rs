//! Picks who answers: this page itself, or the server it came from.

#[cfg(all(feature = "embedded", target_arch = "wasm32"))]
mod embedded;
mod fetch;

use api::client::{ApiError, Transport};
use api::wire::{Cursor, Signal as Told};
use domain::ids::AccountId;
use std::rc::Rc;

/// Hears what happens elsewhere.
pub type Listener = Rc<dyn Fn(&Told)>;

/// Says up to where what happened is known.
pub type Place = Rc<dyn Fn() -> Cursor>;

/// The way to the API.
#[derive(Clone)]
pub enum AnyTransport {
    /// The router in this page.
    #[cfg(all(feature = "embedded", target_arch = "wasm32"))]
    Embedded(embedded::Embedded),
    /// The server this page came from.
    Fetch(fetch::Fetch),
}

impl Transport for AnyTransport {
    async fn send(&self, request: http::Request<String>) -> Result<http::Response<String>, ApiError> {
        match self {
            #[cfg(all(feature = "embedded", target_arch = "wasm32"))]
            Self::Embedded(embedded) => embedded.send(request).await,
            Self::Fetch(fetch) => fetch.send(request).await,
        }
    }
}

impl AnyTransport {
    /// Opens the way for whoever `handle` names; the server knows by itself who one is.
    ///
    /// # Errors
    /// When nothing answers, or what is stored cannot be used.
    pub async fn open(handle: &str) -> Result<Self, ApiError> {
        match wanted() {
            #[cfg(all(feature = "embedded", target_arch = "wasm32"))]
            Wanted::Embedded => embedded::Embedded::open(handle).await.map(Self::Embedded),
            Wanted::Fetch => {
                let _the_session_tells = handle;
                Ok(Self::Fetch(fetch::Fetch::default()))
            }
        }
    }

    /// This page is somebody's from now on: it never acts for whoever else signs in.
    pub fn belong_to(&self, account: &AccountId) {
        match self {
            // It was opened for somebody.
            #[cfg(all(feature = "embedded", target_arch = "wasm32"))]
            Self::Embedded(_) => {}
            Self::Fetch(fetch) => fetch.belong_to(account),
        }
    }

    /// Tells `listener` what happens elsewhere after `place`, from now on.
    pub fn listen(&self, place: Place, listener: Listener) {
        match self {
            #[cfg(all(feature = "embedded", target_arch = "wasm32"))]
            Self::Embedded(embedded) => embedded.listen(listener),
            Self::Fetch(fetch) => fetch.listen(place, listener),
        }
    }

    /// Somebody signed out, or somebody else in, by this page, which is about to be loaded anew: the other tabs of this
    /// browser notice it at once.
    pub fn signed_out(&self) {
        match self {
            // Nobody signs out of a page.
            #[cfg(all(feature = "embedded", target_arch = "wasm32"))]
            Self::Embedded(_) => {}
            Self::Fetch(fetch) => fetch.signed_out(),
        }
    }
}

/// Whether the API keeps everything in this browser.
pub fn is_kept_here() -> bool {
    match wanted() {
        #[cfg(all(feature = "embedded", target_arch = "wasm32"))]
        Wanted::Embedded => true,
        Wanted::Fetch => false,
    }
}

/// Forgets everything that an embedded API has stored; every page of this browser begins anew.
///
/// # Errors
/// When the browser refuses to forget.
pub async fn start_afresh() -> Result<(), ApiError> {
    #[cfg(all(feature = "embedded", target_arch = "wasm32"))]
    return embedded::start_afresh().await;
    #[cfg(not(all(feature = "embedded", target_arch = "wasm32")))]
    Ok(())
}

/// Everything that an embedded API has stored, readable or not, as text.
///
/// # Errors
/// When the browser does not give it.
pub async fn export_raw() -> Result<String, ApiError> {
    #[cfg(all(feature = "embedded", target_arch = "wasm32"))]
    return embedded::export_raw().await;
    #[cfg(not(all(feature = "embedded", target_arch = "wasm32")))]
    Err(ApiError::Decode("there is nothing stored in this page".to_owned()))
}

enum Wanted {
    #[cfg(all(feature = "embedded", target_arch = "wasm32"))]
    Embedded,
    Fetch,
}

/// `?api=embedded` wins over the page's own `<meta name="api">`.
fn wanted() -> Wanted {
    let asked = crate::url::query_value("api").or_else(|| crate::page::said("api")).unwrap_or_default();
    match asked.as_str() {
        #[cfg(all(feature = "embedded", target_arch = "wasm32"))]
        "embedded" => Wanted::Embedded,
        _the_server => Wanted::Fetch,
    }
}
