//! A nervous finger: each tap on Pay counts twice. A switch of the demo, kept where all frames see it.

use leptos::prelude::{document, window, window_event_listener};
use leptos::web_sys::{Element, HtmlElement, MouseEvent};
use wasm_bindgen::JsCast;

const KEY: &str = "bottega.double-tap";

/// Whether it is on.
pub(super) fn is_on() -> bool {
    let storage = window().local_storage().ok().flatten();
    storage.and_then(|storage| storage.get_item(KEY).ok().flatten()).is_some()
}

/// Turns it on or off.
pub(super) fn set(on: bool) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Where nothing can be kept the switch does nothing, and the list shows that.
        let _kept = if on { storage.set_item(KEY, "1") } else { storage.remove_item(KEY) };
    }
}

/// Taps a second time, in the same moment, on the button that pays.
pub fn listen() {
    let _kept = window_event_listener(leptos::ev::click, |event: MouseEvent| {
        if !event.is_trusted() || !is_on() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("dialog form button[type=submit]").ok().flatten());
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            debug_assert!(document().contains(Some(&button)), "what was tapped is on the page");
            button.click();
        }
    });
}
