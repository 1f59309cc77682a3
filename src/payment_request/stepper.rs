//! How many: one less, one more.

use crate::i18n::t;
use crate::ui::{Icon, IconName, IconSize};
use leptos::prelude::*;
use stylers::style_sheet;

/// How many of something, with a button on either side.
#[component]
pub fn Stepper(
    /// Of what.
    #[prop(into)]
    label: Signal<String>,
    /// How many.
    #[prop(into)]
    value: Signal<u32>,
    /// The fewest.
    #[prop(default = 1)]
    fewest: u32,
    /// The most.
    #[prop(default = domain::terms::MAX_QUANTITY)]
    most: u32,
    /// Called with the new number.
    #[prop(into)]
    on_change: Callback<u32>,
) -> impl IntoView {
    let class = style_sheet!("src/payment_request/stepper.css");
    view! { class=class,
        <div class="stepper" role="group" aria-label=move || label.get()>
            <button
                type="button"
                aria-label=t().editor_one_less()
                disabled=move || { value.get() <= fewest }
                on:click=move |_| on_change.run(value.get_untracked().saturating_sub(1).max(fewest))
            >
                <Icon name=IconName::Minus size=IconSize::Tiny />
            </button>
            <output aria-live="polite">{move || value.get()}</output>
            <button
                type="button"
                aria-label=t().editor_one_more()
                disabled=move || { value.get() >= most }
                on:click=move |_| on_change.run(value.get_untracked().saturating_add(1).min(most))
            >
                <Icon name=IconName::Plus size=IconSize::Tiny />
            </button>
        </div>
    }
}
