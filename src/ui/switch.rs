//! On or off, at once.

use leptos::prelude::*;
use stylers::style_sheet;

/// On or off, at once, with what it is for at the start of the row.
#[component]
pub fn Switch(
    /// What it turns on.
    #[prop(into)]
    label: Signal<String>,
    /// What that brings about.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the new state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// While true it cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let class = style_sheet!("src/ui/switch.css");
    view! { class=class,
        <label class="switch-row">
            <span class="switch-words">
                {move || label.get()} {hint.map(|hint| view! { <span class="hint">{hint}</span> })}
            </span>
            <input
                class="switch"
                type="checkbox"
                role="switch"
                prop:checked=move || checked.get()
                disabled=move || disabled.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
        </label>
    }
}
