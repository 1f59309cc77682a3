//! A small panel beside what it is about.

use crate::ui::menu_popover::{leaves, place};
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, KeyboardEvent};
use stylers::style_sheet;

/// A small panel beside what it is about. It is open for as long as it is mounted.
#[component]
pub fn Popover(
    /// What it is, in words.
    #[prop(into)]
    label: String,
    /// What it stands beside; it takes the focus back.
    anchor: HtmlElement,
    /// Called on Esc and when the focus goes elsewhere.
    #[prop(into)]
    on_close: Callback<()>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let class = style_sheet!("src/ui/popover.css");
    let panel = NodeRef::<Div>::new();
    let anchor = StoredValue::new_local(anchor);
    Effect::new(move || {
        let (Some(panel), Some(anchor)) = (panel.get(), anchor.try_get_value()) else { return };
        place(&panel, &anchor);
        let first = panel.query_selector("button, input, a[href]").ok().flatten();
        if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            let _ = first.focus();
        }
    });
    let keydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            if let Some(anchor) = anchor.try_get_value() {
                let _ = anchor.focus();
            }
            on_close.run(());
        }
    };
    let focusout = move |event: ev::FocusEvent| {
        if panel.get_untracked().is_some_and(|panel| leaves(&panel, &event)) {
            on_close.run(());
        }
    };
    view! { class=class,
        <div class="popover" role="dialog" tabindex="-1" aria-label=label node_ref=panel on:keydown=keydown on:focusout=focusout>
            {children()}
        </div>
    }
}
