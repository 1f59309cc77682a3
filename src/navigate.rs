//! The address is the state: which thread, and which panel beside or above it. Back closes a panel.

use domain::ids::{OrderId, PaymentRequestId, ThreadId};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use std::cell::Cell;

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

thread_local! {
    /// How many panels of this page can be closed by going back.
    static OPENED: Cell<u32> = const { Cell::new(0) };
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

/// The panel that the address names.
pub fn use_panel() -> Memo<Option<Panel>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| Panel::read(|name| query.get(name))))
}

/// Opens and closes panels of the thread in the address. A copy is a handle.
#[derive(Clone, Copy)]
pub struct Panels {
    go: StoredValue<Box<dyn Fn(String, bool)>, LocalStorage>,
    path: Memo<String>,
}

/// The panels of the thread in the address.
pub fn use_panels() -> Panels {
    let navigate = use_navigate();
    let location = use_location();
    let path = Memo::new(move |_| location.pathname.get());
    let go = move |to: String, replace: bool| {
        navigate(&to, NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    };
    Panels { go: StoredValue::new_local(Box::new(go)), path }
}

impl Panels {
    /// Opens a panel; Back closes it.
    pub fn open(&self, panel: &Panel) {
        OPENED.set(OPENED.get() + 1);
        self.show(panel, false);
    }

    /// Shows another panel in place of the one that is open.
    pub fn replace(&self, panel: &Panel) {
        self.show(panel, true);
    }

    /// Goes to a page, with or without a panel.
    pub fn go(&self, to: &str) {
        self.go.with_value(|go| go(to.to_owned(), false));
    }

    /// Closes the panel that is open.
    pub fn close(&self) {
        if OPENED.get() > 0 {
            OPENED.set(OPENED.get() - 1);
            if let Ok(history) = window().history() {
                // Where there is no way back the page stays.
                let _back = history.back();
            }
        } else {
            self.go.with_value(|go| go(self.path.get_untracked(), true));
        }
    }

    fn show(&self, panel: &Panel, replace: bool) {
        let (name, value) = panel.query();
        self.go.with_value(|go| go(format!("{}?{name}={value}", self.path.get_untracked()), replace));
    }
}
