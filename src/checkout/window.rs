//! The processor's own window. Closing it means nothing: what became of the payment is asked of the API.

use crate::i18n::t;
use crate::store::Session;
use domain::ids::PaymentId;
use leptos::prelude::*;
use leptos::web_sys::{BroadcastChannel, MessageEvent, Window};
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

/// What the processor's window tells the page that opened it.
const CHANNEL: &str = "bottega-approval";
/// Its name, so that opening it again finds it.
const NAME: &str = "pay";
const FEATURES: &str = "popup,width=480,height=720";

/// Where the processor's window for a payment is. The simulated processor's is a page of this app, for whoever plays here.
pub(super) async fn address(session: Session, payment: &PaymentId) -> Option<String> {
    let url = session.client().approval(payment).await.ok()?.url;
    if !url.starts_with('/') {
        return Some(url);
    }
    let origin = window().location().origin().unwrap_or_default();
    Some(format!("{origin}{url}?as={}", session.me().handle))
}

/// The window itself, when the browser opened one.
pub(super) struct Opened(Option<Window>);

impl Opened {
    /// Shows an address in it.
    pub fn show(&self, address: &str) {
        if let Some(opened) = self.0.as_ref().filter(|opened| !is_closed(opened)) {
            // A window that cannot be steered leaves the link.
            let _shown = opened.location().set_href(address);
        }
    }

    /// Closes it: it is no longer needed.
    pub fn close(&self) {
        if let Some(opened) = &self.0 {
            // Closed already is closed.
            let _closed = opened.close();
        }
    }
}

/// The processor's window, as the page that opens it sees it. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct ApprovalWindow {
    window: StoredValue<Option<Window>, LocalStorage>,
    /// Whether one was opened and has not been found closed.
    pub is_open: RwSignal<bool>,
}

impl ApprovalWindow {
    pub fn new() -> Self {
        Self { window: StoredValue::new_local(None), is_open: RwSignal::new(false) }
    }

    /// Opens it empty. Only inside a tap; a browser that blocks it leaves the link.
    pub fn open_blank(self) {
        self.keep(window().open_with_url_and_target_and_features("about:blank", NAME, FEATURES));
        self.window.with_value(|opened| {
            if let Some(body) = opened.as_ref().and_then(Window::document).and_then(|page| page.body()) {
                body.set_text_content(Some(t().checkout_opening()));
            }
        });
    }

    /// Opens it at an address. Only inside a tap.
    pub fn open_at(self, address: &str) {
        self.keep(window().open_with_url_and_target_and_features(address, NAME, FEATURES));
    }

    fn keep(self, opened: Result<Option<Window>, JsValue>) {
        let opened = opened.ok().flatten();
        self.is_open.set(opened.is_some());
        self.window.set_value(opened);
    }

    /// Shows an address in it, when it is open.
    pub fn show(self, address: &str) {
        self.opened().show(address);
    }

    /// The window itself, for what goes on when the sheet was left.
    pub fn opened(self) -> Opened {
        Opened(self.window.try_get_value().flatten())
    }

    /// Whether the sheet that opened it was left.
    pub fn is_gone(self) -> bool {
        self.window.is_disposed()
    }

    /// Notices that somebody closed it.
    pub fn found_closed(self) -> bool {
        let closed = self.window.with_value(|opened| opened.as_ref().is_some_and(is_closed));
        if closed {
            self.window.set_value(None);
            self.is_open.set(false);
        }
        closed
    }

    /// Closes it: it is no longer needed.
    pub fn close(self) {
        self.opened().close();
        // The sheet may have been left meanwhile.
        let _gone = self.window.try_set_value(None);
        let _gone = self.is_open.try_set(false);
    }
}

fn is_closed(window: &Window) -> bool {
    window.closed().unwrap_or(true)
}

/// Tells the page that opened this window that something was done in it.
pub(super) fn tell_opener(payment: &PaymentId) {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        // Without a channel the events and the focus tell it.
        let _told = channel.post_message(&JsValue::from_str(payment.as_str()));
        channel.close();
    }
}

/// Calls `heard` whenever something was done in a processor's window, until the owner is cleaned up.
pub(super) fn on_told(heard: impl Fn(String) + 'static) {
    let Ok(channel) = BroadcastChannel::new(CHANNEL) else { return };
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        if let Some(payment) = message.data().as_string() {
            heard(payment);
        }
    });
    channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    let kept = StoredValue::new_local((channel, listener));
    on_cleanup(move || {
        kept.try_update_value(|(channel, _)| {
            channel.set_onmessage(None);
            channel.close();
        });
    });
}
