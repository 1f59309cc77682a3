//! A pane beside the talk on a wide screen, over it on a narrow one.

use crate::navigate::Panel;
use leptos::prelude::*;
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

/// A pane beside the talk.
#[component]
pub(super) fn PanelFrame(children: Children) -> impl IntoView {
    let class = style_sheet!("src/thread/panel_frame.css");
    view! { class=class, <aside class="panel-frame">{children()}</aside> }
}
