//! A row with what was chosen, that opens in place into what can be chosen.

use crate::ui::{Icon, IconName, IconSize, unique_id};
use leptos::prelude::*;

/// A row that opens in place; one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    /// Where it goes.
    Address,
    /// How it travels.
    Delivery,
    /// What is paid with.
    Method,
}

/// A row with what was chosen, that opens into what can be chosen.
#[component]
pub(super) fn FoldRow(
    /// Which.
    fold: Fold,
    /// Which one is open.
    open: RwSignal<Option<Fold>>,
    /// Its icon.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Its picture instead.
    #[prop(optional)]
    picture: Option<Signal<&'static str>>,
    /// What it is about.
    label: Signal<String>,
    /// What was chosen.
    value: Signal<String>,
    /// What can be chosen.
    children: Children,
) -> impl IntoView {
    let id = unique_id("fold");
    let is_open = move || open.get() == Some(fold);
    let toggle = move |_| open.set(if open.get_untracked() == Some(fold) { None } else { Some(fold) });
    view! {
        <li>
            <button
                class="row"
                type="button"
                aria-expanded=move || is_open().to_string()
                aria-controls=id.clone()
                on:click=toggle
            >
                {picture.map(|picture| view! { <img class="pay-mark" src=move || picture.get() alt="" /> })}
                {icon.map(|name| view! { <Icon name /> })}
                <div>
                    <p class="label">{move || label.get()}</p>
                    <p class="value">{move || value.get()}</p>
                </div>
                <Icon name=IconName::Next size=IconSize::Tiny />
            </button>
            <div class="fold" id=id hidden=move || !is_open()>
                {children()}
            </div>
        </li>
    }
}
