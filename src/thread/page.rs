//! A thread: header, turn line, log, composer, and the panel that the address names.

use super::conversation::Conversation;
use super::header::ThreadHeader;
use super::panel_frame::{PanelFrame, PanelKind, is_for_panel};
use super::panels::{fetch_panels, panel_view};
use crate::damage::{WayOut, is_damage};
use crate::i18n::t;
use crate::navigate::{use_panel, use_panels};
use crate::parts::apart;
use crate::refusal::sentence;
use crate::store::{ThreadCell, answer, use_session};
use crate::ui::{IconButton, IconName, Skeleton, SkeletonKind};
use api::client::ApiError;
use domain::ids::ThreadId;
use leptos::prelude::*;
use leptos::web_sys::KeyboardEvent;
use leptos_router::hooks::use_params_map;
use stylers::style_sheet;

/// The thread in the address.
#[component]
pub fn ThreadPage() -> impl IntoView {
    let session = use_session();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("thread")?.parse::<ThreadId>().ok()));
    let loaded = answer(move || {
        let id = id.get();
        async move {
            let cell = match &id {
                Some(id) => session.thread(id).await,
                None => Err(ApiError::Problem(api::problem::Problem::not_found())),
            };
            (id, cell)
        }
    });
    move || {
        let id = id.get();
        // One that was open before is there at once.
        let known = id.as_ref().and_then(|id| session.known_thread(id));
        match known.map(Ok).or_else(|| loaded.get().filter(|(of, _)| *of == id).map(|(_, cell)| cell)) {
            None => view! { <Skeleton kind=SkeletonKind::Bubbles label=t().loading() /> }.into_any(),
            Some(Ok(cell)) => view! { <ThreadView cell /> }.into_any(),
            Some(Err(error)) => view! { <NoThread error /> }.into_any(),
        }
    }
}

#[component]
fn NoThread(error: ApiError) -> impl IntoView {
    let class = style_sheet!("src/thread/no_thread.css");
    let damaged = is_damage(&error);
    let words = if damaged { t().thread_damaged().to_owned() } else { sentence(&error) };
    view! { class=class,
        <div class="no-thread">
            <h1>{t().thread_not_shown()}</h1>
            <p role="alert">{words}</p>
            <a class="button primary" href="/">{t().thread_back()}</a>
            {damaged.then(|| view! { <WayOut /> })}
        </div>
    }
}

#[component]
fn ThreadView(cell: ThreadCell) -> impl IntoView {
    let class = style_sheet!("src/thread/page.css");
    let panel = use_panel();
    let panels = use_panels();
    let beside = Memo::new(move |_| panel.get().is_some_and(|panel| PanelKind::of(&panel) == PanelKind::Beside));
    let shown = move || {
        let panel = panel.get()?;
        let kind = PanelKind::of(&panel);
        // Goes with the panel: what ends after it was left closes no other.
        let close = Callback::new(move |()| panels.close());
        // Not a dialog yet: what comes gives the focus back to who opened it.
        let around = move |view: AnyView| {
            view! { class=class,
                <div class="coming" data-above=(kind == PanelKind::Above).then_some("")>
                    <IconButton icon=IconName::Close label=t().talk_close() on_click=close />
                    {view}
                </div>
            }
            .into_any()
        };
        let view = apart(fetch_panels, move || panel_view(panel.clone(), cell, close), around);
        Some(match kind {
            PanelKind::Above => view,
            PanelKind::Beside => view! { <PanelFrame>{view}</PanelFrame> }.into_any(),
        })
    };
    let keydown = move |event: KeyboardEvent| {
        if beside.get_untracked() && is_for_panel(&event) {
            event.prevent_default();
            panels.close();
        }
    };
    view! { class=class,
        <div class="thread-page" data-beside=move || beside.get().then_some("") on:keydown=keydown>
            <section class="talk">
                <ThreadHeader cell />
                <Conversation cell />
            </section>
            {shown}
        </div>
    }
}

crate::words! {
    thread_not_shown "This conversation cannot be shown" "Questa conversazione non si può mostrare";
    thread_damaged "It is damaged in this browser. The others still work. You can export what is stored, and start afresh."
        "È danneggiata in questo browser. Le altre funzionano ancora. Puoi esportare i dati e ricominciare da capo.";
}
