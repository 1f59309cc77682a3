//! Words somebody said in this thread, found again.

use super::conversation::seek_row;
use crate::format::day_and_clock;
use crate::i18n::t;
use crate::store::{ThreadCell, answer, use_session};
use crate::ui::{IconButton, IconName};
use domain::message::Content;
use domain::timeline::{Row, RowItem};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stylers::style_sheet;

/// Pages of history that are loaded at most to reach what was found.
const REACH: usize = 40;

/// Search in the thread.
#[component]
pub(super) fn SearchPanel(cell: ThreadCell, on_close: Callback<()>) -> impl IntoView {
    let class = style_sheet!("src/thread/search_panel.css");
    let session = use_session();
    let query = RwSignal::new(String::new());
    let field = NodeRef::<Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            // A field that was just put there takes the focus.
            let _focused = field.focus();
        }
    });
    let found = answer(move || {
        let words = query.get();
        async move {
            if words.trim().is_empty() {
                return Vec::new();
            }
            let page = session.client().search(&cell.id(), words.trim()).await;
            page.map(|page| page.rows.into_iter().rev().collect()).unwrap_or_default()
        }
    });
    let show = move |seq: u64| {
        spawn_local(async move {
            for _ in 0..REACH {
                if seek_row(seq) || session.load_older(cell).await.is_err() {
                    break;
                }
            }
        });
    };
    let hit = move |row: Row| {
        let text = match &row.item {
            RowItem::Message(message) => match &message.content {
                Some(Content::Text { text }) => text.to_string(),
                Some(Content::Product { name, .. }) => name.to_string(),
                Some(Content::Photo { .. }) | None => String::new(),
            },
            RowItem::Event(_) => String::new(),
        };
        let seq = row.seq;
        view! { class=class,
            <li>
                <button type="button" on:click=move |_| show(seq)>
                    <span dir="auto">{text}</span>
                    <time class="muted fine">{day_and_clock(row.at)}</time>
                </button>
            </li>
        }
    };
    let count = move || {
        (!query.read().trim().is_empty())
            .then(|| t().inbox_found(&found.get().map_or(0, |found| found.len()).to_string()))
    };
    view! { class=class,
        <section class="search-panel" aria-label=t().thread_search()>
            <header>
                <label class="search">
                    <span class="sr-only">{t().thread_search()}</span>
                    <input
                        type="search"
                        name="thread-search"
                        node_ref=field
                        placeholder=t().thread_search()
                        on:input=move |event| query.set(event_target_value(&event))
                    />
                </label>
                <IconButton icon=IconName::Close label=t().talk_close() on_click=on_close />
            </header>
            <p class="muted fine count" role="status">{count}</p>
            <ul data-scroll="">{move || found.get().unwrap_or_default().into_iter().map(hit).collect_view()}</ul>
        </section>
    }
}
