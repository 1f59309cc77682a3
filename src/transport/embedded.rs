//! The router in this page, kept in IndexedDB. Other tabs and frames of the same browser are told by BroadcastChannel.

use super::Listener;
use crate::locks::{Busy, hold};
use api::Caller;
use api::app::App;
use api::carrier::simulated::SimulatedCarrier;
use api::client::{ApiError, Transport};
use api::problem::Problem;
use api::provider::simulated::Simulated;
use api::store::indexed_db::IndexedDbKv;
use api::store::{Kv, KvStore, Store};
use api::tax::StateEstimates;
use api::wire::{News, Signal as Told};
use axum::Router;
use domain::ids::AccountId;
use leptos::prelude::{set_interval, window};
use leptos::task::spawn_local;
use leptos::web_sys::{BroadcastChannel, MessageEvent};
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// The database of this site.
const DATABASE: &str = "bottega";
/// What tabs and frames tell each other.
const CHANNEL: &str = "bottega";
/// Only one of them lets things happen by themselves.
const WORKER_LOCK: &str = "bottega-worker";

type Listeners = Rc<RefCell<Vec<Listener>>>;
/// Whose page it is, once that is known.
type Whose = Rc<RefCell<Option<AccountId>>>;

/// The router in this page.
#[derive(Clone)]
pub struct Embedded {
    app: App,
    router: Router,
    account: AccountId,
    listeners: Listeners,
    offline: Rc<Cell<bool>>,
    _channel: Rc<BroadcastChannel>,
}

fn unusable(error: impl std::fmt::Display) -> ApiError {
    ApiError::Problem(Problem::new(503, "storage_unavailable", error.to_string()))
}

fn machine() -> api::clock::Machine {
    // The page's clock has no fractions of a millisecond that matter here.
    Arc::new(|| js_sys::Date::now() as i64)
}

fn entropy() -> api::app::Entropy {
    Arc::new(|| {
        let mut bytes = [0u8; 16];
        let drawn = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
        drawn.expect("every browser that runs wasm draws random numbers");
        u128::from_le_bytes(bytes)
    })
}

/// The page itself, and no other.
fn own_origin() -> api::app::OwnOrigin {
    let own = window().location().origin().ok();
    Arc::new(move |origin| own.as_deref() == Some(origin))
}

impl Embedded {
    /// Opens the store of this browser, with the demo world in it when it is new.
    pub(super) async fn open(handle: &str) -> Result<Self, ApiError> {
        let kv = IndexedDbKv::open(DATABASE).await.map_err(|error| ApiError::Problem(error.into()))?;
        let store: Arc<dyn Store> = Arc::new(KvStore::open(kv).await.map_err(|error| ApiError::Problem(error.into()))?);
        let listeners: Listeners = Rc::default();
        let whose: Whose = Rc::default();
        let channel = Rc::new(BroadcastChannel::new(CHANNEL).map_err(|_| unusable("no BroadcastChannel"))?);
        let app = App {
            tax: Arc::new(StateEstimates),
            provider: Arc::new(Simulated::new(store.clone(), machine())),
            carrier: Some(Arc::new(SimulatedCarrier::new(store.clone()))),
            store,
            machine: machine(),
            entropy: entropy(),
            listener: teller(listeners.clone(), channel.clone(), whose.clone()),
            photos: api::pictures::inline(),
            is_own: own_origin(),
            demo: true,
        };
        api::demo::seed_if_empty(&app).await.map_err(ApiError::Problem)?;
        let account = app.account_named(handle).await.map_err(ApiError::Problem)?;
        *whose.borrow_mut() = Some(account.clone());
        let offline = Rc::new(Cell::new(false));
        hear(&channel, listeners.clone(), offline.clone(), account.clone());
        let embedded = Self { router: api::router(app.clone()), app, account, listeners, offline, _channel: channel };
        embedded.let_things_happen();
        Ok(embedded)
    }

    pub(super) fn listen(&self, listener: Listener) {
        self.listeners.borrow_mut().push(listener);
    }

    /// Once a second, in one tab: what is due happens.
    fn let_things_happen(&self) {
        let app = self.app.clone();
        let every_second = move || tick(&app, Busy::Skip);
        set_interval(every_second, Duration::from_secs(1));
        tick(&self.app, Busy::Wait);
    }
}

impl Transport for Embedded {
    async fn send(&self, request: http::Request<String>) -> Result<http::Response<String>, ApiError> {
        if self.offline.get() {
            return Err(ApiError::Network("this side is offline".to_owned()));
        }
        let changes = request.method() != http::Method::GET;
        let mut request = request.map(axum::body::Body::from);
        request.extensions_mut().insert(Caller(self.account.clone()));
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let bytes =
            axum::body::to_bytes(body, usize::MAX).await.map_err(|error| ApiError::Decode(error.to_string()))?;
        let text = String::from_utf8(bytes.to_vec()).map_err(|error| ApiError::Decode(error.to_string()))?;
        if changes {
            tick(&self.app, Busy::Wait);
        }
        Ok(http::Response::from_parts(parts, text))
    }
}

/// Works off what is due, in one tab at a time.
fn tick(app: &App, busy: Busy) {
    let app = app.clone();
    hold(WORKER_LOCK, busy, move || async move {
        // What fails stays due and is tried again in a second.
        let _tried = app.tick().await;
    });
}

/// Tells this page and all others.
fn teller(listeners: Listeners, channel: Rc<BroadcastChannel>, whose: Whose) -> api::app::Listener {
    let here = SendWrapper::new((listeners, channel, whose));
    Arc::new(move |news: &News| {
        let (listeners, channel, whose) = &*here;
        if let Ok(text) = serde_json::to_string(news) {
            // A closed channel means that the page is going away.
            let _sent = channel.post_message(&JsValue::from_str(&text));
        }
        let told = whose.borrow().as_ref().and_then(|account| news.heard_by(account)).cloned();
        let (listeners, Some(told)) = (listeners.clone(), told) else { return };
        // Not in the middle of the call that caused it.
        spawn_local(async move {
            let listeners: Vec<Listener> = listeners.borrow().clone();
            listeners.iter().for_each(|listener| listener(&told));
        });
    })
}

/// Hears what other tabs and frames tell, and whether this side is to play offline.
fn hear(channel: &BroadcastChannel, listeners: Listeners, offline: Rc<Cell<bool>>, account: AccountId) {
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let Some(text) = message.data().as_string() else { return };
        if let Some(rest) = text.strip_prefix("offline ") {
            if let Some((who, is)) = rest.split_once(' ')
                && who == account.as_str()
            {
                offline.set(is == "true");
                crate::store::connection_changed();
            }
        } else if let Ok(news) = serde_json::from_str::<News>(&text)
            && let Some(told) = news.heard_by(&account)
        {
            let listeners: Vec<Listener> = listeners.borrow().clone();
            listeners.iter().for_each(|listener| listener(told));
        }
    });
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // It listens for as long as the page is there.
    heard.forget();
}

pub(super) async fn start_afresh() -> Result<(), ApiError> {
    IndexedDbKv::delete(DATABASE).await.map_err(|error| ApiError::Problem(error.into()))?;
    if let (Ok(channel), Ok(reset)) =
        (BroadcastChannel::new(CHANNEL), serde_json::to_string(&News::to_everyone(Told::Reset)))
    {
        // Nobody listens where no other page is open.
        let _told = channel.post_message(&JsValue::from_str(&reset));
        channel.close();
    }
    Ok(())
}

pub(super) async fn export_raw() -> Result<String, ApiError> {
    let kv = IndexedDbKv::open(DATABASE).await.map_err(|error| ApiError::Problem(error.into()))?;
    let entries = kv.range(String::new(), "\u{ffff}".to_owned(), usize::MAX, false).await;
    let entries = entries.map_err(|error| ApiError::Problem(error.into()))?;
    serde_json::to_string_pretty(&entries).map_err(|error| ApiError::Decode(error.to_string()))
}
