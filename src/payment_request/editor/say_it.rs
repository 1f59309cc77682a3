//! One field for everything: say it and it fills in.

use super::Editor;
use super::said::Heard;
use crate::i18n::t;
use crate::ui::{Icon, IconName, IconSize};
use leptos::prelude::*;

/// One field for everything, read while it is typed.
#[component]
pub(super) fn SayIt(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let heard = Memo::new(move |_| {
        let text = editor.draft.with(|draft| draft.say.clone());
        editor.products.with(|products| Heard::of(&text, editor.currency(), products))
    });
    let say = move |text: String| {
        let heard = editor.products.with_untracked(|products| Heard::of(&text, editor.currency(), products));
        editor.change(|draft| {
            draft.say = text;
            draft.hear(heard);
        });
    };
    let filled = move || {
        heard.with(Heard::filled).map(|filled| {
            view! {
                <p class="found">
                    <Icon name=IconName::Check size=IconSize::Tiny />
                    {filled}
                </p>
            }
        })
    };
    let not_understood = move || {
        let parts = heard.with(|heard| heard.not_understood.clone());
        (!parts.is_empty()).then(|| {
            let parts: Vec<String> = parts.iter().map(|part| format!("“{part}”")).collect();
            view! {
                <p class="lost">
                    <Icon name=IconName::Warning size=IconSize::Tiny />
                    {t().editor_not_understood(&parts.join(", "))}
                </p>
            }
        })
    };
    view! {
        <div class="say">
            <label for="say-it">
                <Icon name=IconName::Spark size=IconSize::Tiny />
                {t().editor_say()}
            </label>
            <input
                id="say-it"
                name="say-it"
                autocomplete="off"
                placeholder=t().editor_say_example()
                prop:value=move || editor.draft.with(|draft| draft.say.clone())
                on:input=move |event| say(event_target_value(&event))
                on:keydown=move |event| {
                    // Enter ends the sentence; it does not send the request.
                    if event.key() == "Enter" {
                        event.prevent_default();
                    }
                }
            />
            <div role="status">{filled} {not_understood}</div>
        </div>
    }
}
