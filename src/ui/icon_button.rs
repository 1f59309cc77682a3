//! A round button that is only an icon.

use crate::ui::{Icon, IconName, IconSize};
use leptos::prelude::*;

/// How large the target is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconButtonSize {
    /// 44 px.
    #[default]
    Medium,
    /// 32 px, beside others that are not missed easily.
    Small,
}

/// A round button that is only an icon.
#[component]
pub fn IconButton(
    /// Which icon.
    icon: IconName,
    /// What it does, in words: its name, and its tooltip.
    #[prop(into)]
    label: Signal<String>,
    /// How large the target is.
    #[prop(optional)]
    size: IconButtonSize,
    /// Whether something it opens is open.
    #[prop(optional, into)]
    expanded: Option<Signal<bool>>,
    /// While true it cannot be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Called when it is used.
    #[prop(into)]
    on_click: Callback<()>,
    /// Perhaps a badge on its corner.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (class, drawn) = match size {
        IconButtonSize::Medium => ("icon-button", IconSize::Medium),
        IconButtonSize::Small => ("icon-button small", IconSize::Small),
    };
    view! {
        <button
            class=class
            type="button"
            title=move || label.get()
            aria-label=move || label.get()
            aria-expanded=move || expanded.map(|expanded| expanded.get().to_string())
            disabled=move || disabled.get()
            on:click=move |_| on_click.run(())
        >
            <Icon name=icon size=drawn />
            {children.map(|children| children())}
        </button>
    }
}
