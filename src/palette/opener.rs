//! What opens it. It is all of it that a first visit fetches.

use super::dialog::{fetch_palette, palette_view};
use crate::i18n::t;
use crate::parts::apart;
use crate::ui::{IconButton, IconName, Sheet};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, KeyboardEvent};

/// Whether it is open, and from where. A copy is a handle.
#[derive(Clone, Copy)]
struct IsOpen {
    open: RwSignal<bool>,
    opener: StoredValue<Option<HtmlElement>, LocalStorage>,
}

impl IsOpen {
    fn open(self) {
        self.opener.set_value(document().active_element().and_then(|element| element.dyn_into().ok()));
        self.open.set(true);
    }

    /// Whoever opened it has the focus again, once it has left the page: while it is modal nothing outside of it takes it.
    fn close(self) {
        self.open.set(false);
        request_animation_frame(move || {
            if let Some(opener) = self.opener.try_get_value().flatten().filter(|opener| opener.is_connected()) {
                let _focused = opener.focus();
            }
        });
    }
}

/// Lets what is below open it.
pub fn provide_palette() {
    provide_context(IsOpen { open: RwSignal::new(false), opener: StoredValue::new_local(None) });
}

/// It, while it is open; Ctrl+K opens it anywhere.
#[component]
pub fn Palette() -> impl IntoView {
    let is_open: IsOpen = expect_context();
    let shortcut = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key() && event.key() == "k" {
            event.prevent_default();
            // Nobody is taken out of the middle of something.
            let busy = document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some());
            let approving = window().location().pathname().is_ok_and(|path| path.starts_with("/approve/"));
            if !busy && !approving {
                is_open.open();
            }
        }
    });
    on_cleanup(move || shortcut.remove());
    move || {
        is_open.open.get().then(|| {
            let close = Callback::new(move |()| is_open.close());
            let around = move |view: AnyView| {
                view! { <Sheet title=t().palette_title() close_label=t().palette_close() on_close=close>{view}</Sheet> }
                    .into_any()
            };
            apart(fetch_palette, move || palette_view(close), around)
        })
    }
}

/// A button that opens it.
#[component]
pub fn PaletteButton() -> impl IntoView {
    let is_open: IsOpen = expect_context();
    view! { <IconButton icon=IconName::Bolt label=t().palette_title() on_click=move |()| is_open.open() /> }
}

crate::words! {
    palette_title "Go to or do" "Vai o fai";
    palette_close "Close" "Chiudi";
}
