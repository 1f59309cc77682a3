//! A pane beside the talk on a wide screen, over it on a narrow one.

use crate::navigate::Panel;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement, KeyboardEvent};
use stylers::style_sheet;

/// Where a panel is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PanelKind {
    /// A sheet or dialog over everything.
    Above,
    /// A pane of its own.
    Beside,
}

impl PanelKind {
    pub(super) fn of(panel: &Panel) -> Self {
        match panel {
            Panel::Checkout(_)
            | Panel::Counter(_)
            | Panel::Ship(_)
            | Panel::ShipMany
            | Panel::Help(_)
            | Panel::Refund(_)
            | Panel::Receipt(_) => Self::Above,
            Panel::NewRequest
            | Panel::Revise(_)
            | Panel::Order(_)
            | Panel::Catalogue
            | Panel::About
            | Panel::Search => Self::Beside,
        }
    }
}

/// Whether a key closes the panel beside the talk: Esc, when nothing nearer to the focus wants it.
pub(super) fn is_for_panel(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |nearer: &str| target.as_ref().is_some_and(|target| target.closest(nearer).ok().flatten().is_some());
    // A field to search in is emptied first.
    let search = target.as_ref().and_then(|target| target.dyn_ref::<HtmlInputElement>());
    let empties = search.is_some_and(|field| field.type_() == "search" && !field.value().is_empty());
    event.key() == "Escape"
        && !event.default_prevented()
        && !event.is_composing()
        && !empties
        && !within("dialog, [popover]")
}

/// A pane beside the talk.
#[component]
pub(super) fn PanelFrame(children: Children) -> impl IntoView {
    let class = style_sheet!("src/thread/panel_frame.css");
    view! { class=class, <aside class="panel-frame">{children()}</aside> }
}
