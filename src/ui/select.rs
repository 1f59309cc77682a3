//! A labelled choice of one from a list.

use crate::ui::unique_id;
use leptos::prelude::*;

/// One of the things to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// A labelled choice of one from a list.
#[component]
pub fn Select(
    /// What it is for.
    #[prop(into)]
    label: Signal<String>,
    /// Its name in the form.
    name: &'static str,
    /// What can be chosen.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the chosen value.
    #[prop(into)]
    on_change: Callback<String>,
    /// The autofill token of HTML, such as `shipping country`.
    #[prop(optional, into)]
    autocomplete: Option<&'static str>,
    /// While true it cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let id = unique_id("select");
    let options = move || {
        let chosen = value.get();
        let option = |choice: Choice| {
            let selected = choice.value == chosen;
            view! {
                <option value=choice.value selected=selected>
                    {choice.label}
                </option>
            }
        };
        choices.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{move || label.get()}</label>
            <select
                id=id
                name=name
                autocomplete=autocomplete
                disabled=move || disabled.get()
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {options}
            </select>
        </div>
    }
}
