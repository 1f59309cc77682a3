//! Beginning the demo anew, and taking everything out.

use crate::app::save_file;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{new_key, use_session};
use crate::ui::{Button, ButtonVariant, ConfirmDialog, IconName};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The two buttons.
#[component]
pub(super) fn Controls() -> impl IntoView {
    let session = use_session();
    let asking = RwSignal::new(false);
    let export = move |()| {
        spawn_local(async move {
            match session.client().export().await {
                Ok(everything) => save_file("bottega-export.json", &format!("{everything:#}")),
                Err(error) => session.toast(sentence(&error)),
            }
        });
    };
    let start_over = move |()| {
        asking.set(false);
        spawn_local(async move {
            if let Err(error) = session.client().reset(&new_key()).await {
                session.toast(sentence(&error));
            }
        });
    };
    view! {
        <Button icon=IconName::Undo on_click=Callback::new(move |()| asking.set(true))>{t().account_start_over()}</Button>
        <Button icon=IconName::Download on_click=Callback::new(export)>{t().account_export()}</Button>
        <Show when=move || asking.get()>
            <ConfirmDialog
                title=t().account_start_over()
                text=t().account_start_over_note()
                confirm_label=t().account_start_over()
                cancel_label=t().account_cancel()
                variant=ButtonVariant::Danger
                on_confirm=Callback::new(start_over)
                on_cancel=Callback::new(move |()| asking.set(false))
            />
        </Show>
    }
}
