//! Tabs as the ARIA practices describe them: arrows move and choose, Home and End go to the ends.

use crate::ui::{Chip, ChipTone};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, KeyboardEvent};

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// What tells it from the others.
    pub key: &'static str,
    /// What it says.
    pub label: String,
    /// How many wait behind it, and whether they wait for the reader.
    pub count: Option<(u32, ChipTone)>,
}

/// A row of tabs. The panel is the caller's: `role="tabpanel"`, labelled by the tab's id `tab-<key>`.
#[component]
pub fn Tabs(
    /// What they divide.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs in order.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
    /// The key of the chosen one.
    #[prop(into)]
    selected: Signal<&'static str>,
    /// The id of the panel they fill.
    panel: &'static str,
    /// Called with the key of the chosen one.
    #[prop(into)]
    on_select: Callback<&'static str>,
) -> impl IntoView {
    let list = NodeRef::<Div>::new();
    let choose = move |index: usize| {
        let Some(key) = tabs.read_untracked().get(index).map(|tab| tab.key) else { return };
        on_select.run(key);
        let button = list.get_untracked().and_then(|list| list.children().item(u32::try_from(index).ok()?));
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // A tab that cannot take the focus is not on the page any more.
            let _ = button.focus();
        }
    };
    let keydown = move |event: KeyboardEvent| {
        let count = tabs.read_untracked().len();
        let chosen = selected.get_untracked();
        let Some(current) = tabs.read_untracked().iter().position(|tab| tab.key == chosen) else { return };
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (current + 1) % count,
            "ArrowLeft" | "ArrowUp" => (current + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        choose(next);
    };
    let tab = move |tab: Tab| {
        let key = tab.key;
        let is_selected = Memo::new(move |_| selected.get() == key);
        view! {
            <button
                type="button"
                role="tab"
                id=format!("tab-{key}")
                aria-controls=panel
                aria-selected=move || is_selected.get().to_string()
                tabindex=move || if is_selected.get() { "0" } else { "-1" }
                on:click=move |_| on_select.run(key)
            >
                {tab.label}
                {tab.count.map(|(count, tone)| view! { <Chip tone=tone>{count}</Chip> })}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() node_ref=list on:keydown=keydown>
            {move || tabs.get().into_iter().map(tab).collect_view()}
        </div>
    }
}
