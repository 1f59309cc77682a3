//! New recovery codes, which are shown once.

use crate::app::save_file;
use crate::i18n::t;
use crate::store::use_session;
use crate::ui::{Button, IconName};
use leptos::prelude::*;
use stylers::style_sheet;

/// New recovery codes.
#[component]
pub(super) fn Codes(
    /// All of them.
    codes: Vec<String>,
    /// Called when they are kept elsewhere.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/account/codes.css");
    let handle = use_session().me().handle;
    let text = format!("Bottega @{handle}\n\n{}\n", codes.join("\n"));
    let save = move |()| save_file(&format!("bottega-{handle}.txt"), &text);
    view! { class=class,
        <div class="codes" role="group" aria-label=t().codes_title()>
            <p role="status">{t().codes_once()}</p>
            <ol>{codes.into_iter().map(|code| view! { class=class, <li><code>{code}</code></li> }).collect_view()}</ol>
            <div class="buttons">
                <Button icon=IconName::Download on_click=save>{t().codes_save()}</Button>
                <Button on_click=on_done>{t().codes_done()}</Button>
            </div>
        </div>
    }
}

crate::words! {
    codes_title "Your new recovery codes" "I tuoi nuovi codici di recupero";
    codes_once "Keep them where you keep papers: they are not shown again. Each works once, and those before no longer do."
        "Conservali con i tuoi documenti: non saranno mostrati di nuovo. Ognuno vale una volta; quelli di prima non valgono più.";
    codes_save "Save as a file" "Salva come file";
    codes_done "I have kept them" "Li ho conservati";
}
