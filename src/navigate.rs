//! The address is the state: which thread, and which panel beside or above it. Back closes a panel.

use domain::ids::{OrderId, PaymentRequestId, ThreadId};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::location::State;
use leptos_router::params::ParamsMap;
use std::cell::Cell;
use wasm_bindgen::JsValue;

/// What is open beside or above a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Checkout of a request.
    Checkout(PaymentRequestId),
    /// A counter-offer on a request.
    Counter(PaymentRequestId),
    /// The editor of a new request.
    NewRequest,
    /// The editor of a new revision.
    Revise(PaymentRequestId),
    /// An order.
    Order(OrderId),
    /// Handing a parcel of an order over.
    Ship(OrderId),
    /// Handing over the parcels of many orders, by a list of numbers.
    ShipMany,
    /// Help on an order.
    Help(OrderId),
    /// A refund of an order.
    Refund(OrderId),
    /// The receipt of an order.
    Receipt(OrderId),
    /// What the business sells.
    Catalogue,
    /// Who the other side is.
    About,
    /// Search in the thread.
    Search,
}

impl Panel {
    /// Name and value in the query of the address.
    fn query(&self) -> (&'static str, String) {
        match self {
            Self::Checkout(id) => ("checkout", id.to_string()),
            Self::Counter(id) => ("counter", id.to_string()),
            Self::NewRequest => ("request", "new".to_owned()),
            Self::Revise(id) => ("request", id.to_string()),
            Self::Order(id) => ("order", id.to_string()),
            Self::Ship(id) => ("ship", id.to_string()),
            Self::ShipMany => ("panel", "ship".to_owned()),
            Self::Help(id) => ("help", id.to_string()),
            Self::Refund(id) => ("refund", id.to_string()),
            Self::Receipt(id) => ("receipt", id.to_string()),
            Self::Catalogue => ("panel", "catalogue".to_owned()),
            Self::About => ("panel", "about".to_owned()),
            Self::Search => ("panel", "search".to_owned()),
        }
    }

    fn read(get: impl Fn(&str) -> Option<String>) -> Option<Self> {
        fn id<T: std::str::FromStr>(text: Option<String>) -> Option<T> {
            text.and_then(|text| text.parse().ok())
        }
        let request = get("request");
        let editor = match request.as_deref() {
            Some("new") => Some(Self::NewRequest),
            Some(_) => id(request).map(Self::Revise),
            None => None,
        };
        let named = match get("panel").as_deref() {
            Some("catalogue") => Some(Self::Catalogue),
            Some("about") => Some(Self::About),
            Some("search") => Some(Self::Search),
            Some("ship") => Some(Self::ShipMany),
            Some(_) | None => None,
        };
        id(get("checkout"))
            .map(Self::Checkout)
            .or_else(|| id(get("counter")).map(Self::Counter))
            .or_else(|| id(get("ship")).map(Self::Ship))
            .or_else(|| id(get("help")).map(Self::Help))
            .or_else(|| id(get("refund")).map(Self::Refund))
            .or_else(|| id(get("receipt")).map(Self::Receipt))
            .or_else(|| id(get("order")).map(Self::Order))
            .or(editor)
            .or(named)
    }
}

/// What the address says of a list on its page, and not of a panel over it: whose turn, which kind, which words.
const OF_A_LIST: [&str; 3] = ["turn", "kind", "find"];

/// What the address of a thread says when somebody comes to write.
const WRITE: &str = "write";

/// What an entry of the browser's history says of itself when it is a panel that was opened over its page.
const OPENED: &str = "opened";

thread_local! {
    /// Whether the page goes back already: the address says so only a moment later.
    static GOING_BACK: Cell<bool> = const { Cell::new(false) };
    /// Whether it is listened for where the page has gone to.
    static LISTENS: Cell<bool> = const { Cell::new(false) };
}

/// Whether the page without the panel is one step back.
fn is_opened() -> bool {
    let state = window().history().and_then(|history| history.state());
    state.is_ok_and(|state| state.as_string().as_deref() == Some(OPENED))
}

/// Goes one step back, however often it is asked for before that is done.
fn go_back() {
    if GOING_BACK.replace(true) {
        return;
    }
    // Where there is no way back the page stays.
    let went = window().history().and_then(|history| history.back());
    GOING_BACK.set(went.is_ok());
}

/// For as long as the page: whoever went back may have gone by the time it is done.
fn listen_for_arrival() {
    if !LISTENS.replace(true) {
        window_event_listener(leptos::ev::popstate, |_| GOING_BACK.set(false));
    }
}

/// The address of a thread.
pub fn thread_path(thread: &ThreadId) -> String {
    format!("/t/{thread}")
}

/// The address of a thread with a panel open.
pub fn panel_path(thread: &ThreadId, panel: &Panel) -> String {
    let (name, value) = panel.query();
    format!("/t/{thread}?{name}={value}")
}

/// The address of a thread for somebody who comes to write.
pub fn writing_path(thread: &ThreadId) -> String {
    format!("/t/{thread}?{WRITE}=1")
}

/// Whether somebody came to this page to write.
pub fn came_to_write() -> bool {
    use_query_map().with_untracked(|query| query.get(WRITE).is_some())
}

/// The panel that the address names.
pub fn use_panel() -> Memo<Option<Panel>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| Panel::read(|name| query.get(name))))
}

/// Opens and closes panels of the thread in the address. A copy is a handle.
#[derive(Clone, Copy)]
pub struct Panels {
    go: StoredValue<Box<dyn Fn(String, How)>, LocalStorage>,
    path: Memo<String>,
    query: Memo<ParamsMap>,
}

/// What becomes of the entry of the browser's history that one comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// It stays, and a page comes after it.
    Push,
    /// It stays, and a panel over it comes after it.
    Open,
    /// Another takes its place.
    Replace,
    /// Another panel over the same page takes its place.
    Swap,
}

/// The panels of the thread in the address.
pub fn use_panels() -> Panels {
    let navigate = use_navigate();
    let location = use_location();
    listen_for_arrival();
    let go = move |to: String, how: How| {
        let (replace, opened) = match how {
            How::Push => (false, false),
            How::Open => (false, true),
            How::Replace => (true, false),
            How::Swap => (true, is_opened()),
        };
        let state = State::new(opened.then(|| JsValue::from_str(OPENED)));
        navigate(&to, NavigateOptions { replace, state, scroll: false, ..NavigateOptions::default() });
    };
    Panels { go: StoredValue::new_local(Box::new(go)), path: location.pathname, query: location.query }
}

impl Panels {
    /// Opens a panel; Back closes it.
    pub fn open(&self, panel: &Panel) {
        self.show(panel, How::Open);
    }

    /// Shows another panel in place of the one that is open.
    pub fn replace(&self, panel: &Panel) {
        self.show(panel, How::Swap);
    }

    /// Goes to a page, with or without a panel.
    pub fn go(&self, to: &str) {
        self.go.with_value(|go| go(to.to_owned(), How::Push));
    }

    /// Closes the panel that is open; where none is, nothing happens.
    pub fn close(&self) {
        if self.query.with_untracked(|query| Panel::read(|name| query.get(name))).is_none() {
            return;
        }
        if is_opened() {
            go_back();
        } else {
            self.go.with_value(|go| go(self.address(self.of_a_list()), How::Replace));
        }
    }

    /// Says in the address how the list of this page is narrowed down; nothing takes the name out of it. What is
    /// chosen is a step that Back undoes, what is being written is none.
    pub fn narrow<const N: usize>(&self, by: [(&'static str, Option<&str>); N], chosen: bool) {
        let mut query = self.query.get_untracked();
        for (name, value) in by {
            query.remove(name);
            if let Some(value) = value {
                query.insert(name, value.to_owned());
            }
        }
        let how = if chosen { How::Push } else { How::Swap };
        self.go.with_value(|go| go(self.address(query), how));
    }

    fn show(&self, panel: &Panel, how: How) {
        let (name, value) = panel.query();
        let mut query = self.of_a_list();
        query.insert(name, value);
        self.go.with_value(|go| go(self.address(query), how));
    }

    /// What the address says of the list of this page.
    fn of_a_list(&self) -> ParamsMap {
        self.query
            .with_untracked(|query| OF_A_LIST.into_iter().filter_map(|name| Some((name, query.get(name)?))).collect())
    }

    fn address(&self, query: ParamsMap) -> String {
        self.path.get_untracked() + &query.to_query_string()
    }
}
