//! Asks before something that cannot be undone.

use crate::ui::{Button, ButtonSize, ButtonVariant, Sheet};
use leptos::prelude::*;

/// Asks before something that cannot be undone.
#[component]
pub fn ConfirmDialog(
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What will happen.
    #[prop(into)]
    text: Signal<String>,
    /// What the button says that does it: the verb, never "OK".
    #[prop(into)]
    confirm_label: String,
    /// What the button says that does not.
    #[prop(into)]
    cancel_label: String,
    /// How loud the first is.
    #[prop(default = ButtonVariant::Danger)]
    variant: ButtonVariant,
    /// While true it is being done.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Called to do it.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// Called to leave it.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let close_label = cancel_label.clone();
    let foot = view! {
        <Button variant size=ButtonSize::Wide pending on_click=on_confirm>
            {confirm_label}
        </Button>
        <Button size=ButtonSize::Wide on_click=on_cancel>
            {cancel_label}
        </Button>
    };
    view! {
        <Sheet title close_label on_close=on_cancel foot=foot.into_any()>
            <p>{move || text.get()}</p>
        </Sheet>
    }
}
