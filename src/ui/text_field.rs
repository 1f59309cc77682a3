//! A labelled field for one value, with what is wrong about it beside it.

use crate::ui::unique_id;
use leptos::prelude::*;
use stylers::style_sheet;

/// What is typed into a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    #[default]
    Text,
    /// Several lines; it grows.
    Lines,
    /// An address of e-mail.
    Email,
    /// A telephone number.
    Telephone,
    /// Not shown while it is typed.
    Password,
    /// A day.
    Date,
}

/// A labelled field for one value, with what is wrong about it beside it.
#[component]
pub fn TextField(
    /// What it is for.
    #[prop(into)]
    label: Signal<String>,
    /// Its name in the form.
    name: &'static str,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole value at each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Called when it is left: the time to validate.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
    /// What is wrong and how to put it right.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is typed.
    #[prop(optional)]
    kind: FieldKind,
    /// The autofill token of HTML, such as `shipping postal-code`.
    #[prop(optional, into)]
    autocomplete: Option<&'static str>,
    /// Which keyboard a phone shows, such as `decimal`.
    #[prop(optional, into)]
    inputmode: Option<&'static str>,
    /// The longest value, in characters.
    #[prop(optional, into)]
    max_length: Option<u32>,
    /// Whether it has to be filled in.
    #[prop(optional)]
    required: bool,
    /// While true it cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let class = style_sheet!("src/ui/text_field.css");
    let id = unique_id("field");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = {
        let (hint_id, error_id) = (hint.is_some().then(|| hint_id.clone()), error_id.clone());
        move || match (error.read().is_some(), &hint_id) {
            (true, Some(hint_id)) => Some(format!("{error_id} {hint_id}")),
            (true, None) => Some(error_id.clone()),
            (false, hint_id) => hint_id.clone(),
        }
    };
    let invalid = move || error.read().is_some().then_some("true");
    let blur = move |_| {
        // A field that has the focus while it leaves the page is blurred after its owner has gone.
        if let Some(on_blur) = on_blur {
            let _gone = on_blur.try_run(());
        }
    };
    let control = if kind == FieldKind::Lines {
        view! {
            <textarea
                id=id.clone()
                name=name
                autocomplete=autocomplete
                maxlength=max_length
                required=required
                disabled=move || disabled.get()
                aria-invalid=invalid
                aria-describedby=described_by
                prop:value=move || value.get()
                on:input=move |event| on_input.run(event_target_value(&event))
                on:blur=blur
            ></textarea>
        }
        .into_any()
    } else {
        let kind = match kind {
            FieldKind::Text | FieldKind::Lines => "text",
            FieldKind::Email => "email",
            FieldKind::Telephone => "tel",
            FieldKind::Password => "password",
            FieldKind::Date => "date",
        };
        view! {
            <input
                id=id.clone()
                name=name
                type=kind
                autocomplete=autocomplete
                inputmode=inputmode
                maxlength=max_length
                required=required
                disabled=move || disabled.get()
                aria-invalid=invalid
                aria-describedby=described_by
                prop:value=move || value.get()
                on:input=move |event| on_input.run(event_target_value(&event))
                on:blur=blur
            />
        }
        .into_any()
    };
    let shown_error = move || {
        let error_id = error_id.clone();
        error.get().map(|error| view! { <p class="error" id=error_id>{error}</p> })
    };
    view! { class=class,
        <div class="text-field">
            <div class="field">
                <label for=id>{move || label.get()}</label>
                {control}
            </div>
            {shown_error}
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}
