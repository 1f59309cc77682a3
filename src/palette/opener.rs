//! What opens it. It is all of it that a first visit fetches.

use super::dialog::{fetch_palette, palette_view};
use crate::i18n::t;
use crate::parts::apart;
use crate::ui::{IconButton, IconName, Sheet};
use leptos::prelude::*;
use leptos::web_sys::KeyboardEvent;

/// Whether it is open. A copy is a handle.
#[derive(Clone, Copy)]
struct IsOpen(RwSignal<bool>);

/// Lets what is below open it.
pub fn provide_palette() {
    provide_context(IsOpen(RwSignal::new(false)));
}

/// It, while it is open; Ctrl+K opens it anywhere.
#[component]
pub fn Palette() -> impl IntoView {
    let IsOpen(open) = expect_context();
    let shortcut = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key() && event.key() == "k" {
            event.prevent_default();
            // Nobody is taken out of the middle of something.
            let busy = document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some());
            let approving = window().location().pathname().is_ok_and(|path| path.starts_with("/approve/"));
            if !busy && !approving {
                open.set(true);
            }
        }
    });
    on_cleanup(move || shortcut.remove());
    move || {
        open.get().then(|| {
            let close = Callback::new(move |()| open.set(false));
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
    let IsOpen(open) = expect_context();
    view! { <IconButton icon=IconName::Bolt label=t().palette_title() on_click=move |()| open.set(true) /> }
}

crate::words! {
    palette_title "Go to or do" "Vai o fai";
    palette_close "Close" "Chiudi";
}
