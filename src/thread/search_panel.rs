//! Words somebody said in this thread, found again.

use super::seek::go_to;
use crate::format::day_and_clock;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{ThreadCell, paged, use_session};
use crate::ui::{IconButton, IconName, ListEnd, near_end};
use domain::message::Content;
use domain::timeline::{Row, RowItem};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stylers::style_sheet;

/// Search in the thread, back to its first message.
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
    let words = Memo::new(move |_| query.read().trim().to_owned());
    let found = paged(move || {
        let words = words.get();
        (!words.is_empty()).then_some(move |before| {
            let words = words.clone();
            async move {
                let page = session.client().search(&cell.id(), &words, before).await?;
                Ok((page.rows.into_iter().rev().collect::<Vec<_>>(), page.next))
            }
        })
    });
    let going = RwSignal::new(false);
    let show = move |seq: u64| {
        going.set(true);
        // Where there is no room beside the talk the panel stands before it.
        let covers = covers_the_talk();
        spawn_local(async move {
            // The panel may have been closed meanwhile.
            match go_to(session, cell, seq).await {
                Ok(()) if covers => drop(on_close.try_run(())),
                Ok(()) => {}
                Err(error) => session.toast(sentence(&error)),
            }
            let _gone = going.try_set(false);
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
        let count = found.items.read().len().to_string();
        match (words.read().is_empty(), going.get(), found.busy.get()) {
            (true, ..) => None,
            (false, true, _) => Some(t().search_going_there().to_owned()),
            (false, false, true) => Some(t().search_under_way().to_owned()),
            (false, false, false) if found.next.read().is_some() => Some(t().search_so_far(&count)),
            (false, false, false) => Some(t().inbox_found(&count)),
        }
    };
    // How much of the thread was looked at.
    let looked_at = move || {
        let last = cell.last_seq();
        let left = found.next.get().unwrap_or(last).min(last);
        ((last - left) as f64 / last.max(1) as f64).to_string()
    };
    let progress = move || {
        found
            .busy
            .get()
            .then(|| view! { <progress class="meter" aria-label=t().search_under_way() value=looked_at></progress> })
    };
    let problem = Signal::derive(move || found.problem.read().as_ref().map(sentence));
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
            <div class="count">
                <p class="muted fine" role="status">{count}</p>
                {progress}
            </div>
            <div class="hits" data-scroll="" on:scroll=move |event| if near_end(&event) { found.more() }>
                <ul>
                    <For each=move || found.items.get() key=|row| row.seq children=hit />
                </ul>
                <ListEnd
                    more=Signal::derive(move || found.next.read().is_some())
                    busy=found.busy
                    problem
                    more_label=t().list_more()
                    retry_label=t().list_retry()
                    on_more=Callback::new(move |()| found.more())
                    on_retry=Callback::new(move |()| found.retry())
                />
            </div>
        </section>
    }
}

/// As the style of the panel's frame has it.
fn covers_the_talk() -> bool {
    let beside = window().match_media("(min-width: 1100px)").ok().flatten();
    beside.is_none_or(|beside| !beside.matches())
}

crate::words! {
    search_under_way "Searching…" "Cerco…";
    search_going_there "Going there…" "Ci vado…";
    search_so_far(n) "{n} found so far" "{n} trovati finora";
}
