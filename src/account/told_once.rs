//! A secret that is shown once: to be copied, or put down somewhere else.

use crate::i18n::t;
use crate::store::use_session;
use crate::ui::{Button, IconName};
use leptos::prelude::*;
use leptos::task::spawn_local;
use stylers::style_sheet;

/// A secret that is shown once.
#[component]
pub(super) fn ToldOnce(
    /// What it is.
    #[prop(into)]
    title: String,
    /// What it is for, and that it is not shown again.
    note: &'static str,
    /// The secret itself.
    secret: String,
    /// Called when it is kept elsewhere.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/account/codes.css");
    let session = use_session();
    let shown = secret.clone();
    let copy = move |()| {
        let copied = window().navigator().clipboard().write_text(&secret);
        spawn_local(async move {
            let copied = wasm_bindgen_futures::JsFuture::from(copied).await;
            session.toast(if copied.is_ok() { t().told_copied() } else { t().told_not_copied() });
        });
    };
    view! { class=class,
        <div class="codes" role="group" aria-label=title>
            <p role="status">{note}</p>
            <p><code>{shown}</code></p>
            <div class="buttons">
                <Button icon=IconName::Copy on_click=copy>{t().told_copy()}</Button>
                <Button on_click=on_done>{t().told_done()}</Button>
            </div>
        </div>
    }
}

crate::words! {
    told_copy "Copy" "Copia";
    told_done "Done" "Fatto";
    told_copied "Copied" "Copiato";
    told_not_copied "It could not be copied. Select it instead." "Non è stato possibile copiarlo. Selezionalo tu.";
}
