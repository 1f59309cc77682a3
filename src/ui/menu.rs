//! A button that opens a list of things to do.

use crate::ui::{IconButton, IconName, MenuItem, MenuPopover};
use leptos::html::Span;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// A button that opens a list of things to do.
#[component]
pub fn Menu(
    /// What the button and the list are called: "More".
    #[prop(into)]
    label: Signal<String>,
    /// The icon of the button.
    #[prop(default = IconName::More)]
    icon: IconName,
    /// The things to do, asked for when it opens.
    items: Callback<(), Vec<MenuItem>>,
) -> impl IntoView {
    let around = NodeRef::<Span>::new();
    let is_open = RwSignal::new(false);
    let button =
        move || around.get_untracked().and_then(|around| around.first_element_child()?.dyn_into::<HtmlElement>().ok());
    let list = move || {
        let anchor = is_open.get().then(button).flatten()?;
        Some(view! {
            <MenuPopover
                label=label.get_untracked()
                items=items.run(())
                anchor
                on_close=move |()| is_open.set(false)
            />
        })
    };
    view! {
        <span node_ref=around>
            <IconButton icon label expanded=is_open on_click=move |()| is_open.update(|open| *open = !*open) />
        </span>
        {list}
    }
}
