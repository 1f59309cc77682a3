//! The panes: rail, list and page on a wide screen; one of them, with the navigation below, on a narrow one.

use crate::app::{BottomNav, ListPane, Rail};
use crate::i18n::t;
use crate::store::use_session;
use leptos::prelude::*;
use stylers::style_sheet;

/// The panes around a page.
#[component]
pub fn Shell(
    /// Whether a narrow screen shows the list rather than the page.
    #[prop(optional, into)]
    list: Signal<bool>,
    /// Whether the page takes the place of the list too.
    #[prop(optional)]
    wide: bool,
    /// The page.
    children: Children,
) -> impl IntoView {
    let class = style_sheet!("src/app/shell.css");
    let session = use_session();
    let kind = move || match (wide, list.get()) {
        (true, _) => "wide",
        (false, true) => "list",
        (false, false) => "page",
    };
    let offline = move || {
        (!session.online.get()).then(|| view! { class=class, <p class="offline" role="status">{t().offline()}</p> })
    };
    // Where there are two of it, each says whose it is.
    let whose = crate::url::is_framed().then(|| session.me().name.to_string());
    view! { class=class,
        <div class="shell">
            <Rail />
            <main class="panes" id="main" data-kind=kind aria-label=whose>
                {(!wide).then(|| view! { class=class, <div class="list"><ListPane /></div> })}
                <div class="page">
                    {offline}
                    {children()}
                </div>
            </main>
            {move || (wide || list.get()).then(|| view! { class=class, <div class="bottom"><BottomNav /></div> })}
        </div>
    }
}

crate::words! {
    offline "You’re offline. Messages will be sent later." "Sei offline. I messaggi partiranno più tardi.";
}
