//! Threads whose names or last words, and people whose name, have the words in it; a business can be written to from
//! here.

use super::row::InboxRow;
use crate::i18n::t;
use crate::navigate::thread_path;
use crate::refusal::sentence;
use crate::store::{answer, new_key, paged, use_session};
use crate::ui::{Avatar, ListEnd};
use api::wire::{Account, OpenThread};
use domain::ids::ThreadId;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use stylers::style_sheet;

crate::part! {
    pages, fetch_results;
    /// What a search finds: `on_done` is called when something was chosen. It comes with the pages.
    pub fn results_view(query: Signal<String>, on_done: Callback<()>) {
        view! { <SearchResults query on_done /> }.into_any()
    }
}

/// What a search finds.
#[component]
fn SearchResults(
    /// The words.
    query: Signal<String>,
    /// Called when something was chosen.
    on_done: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/inbox/search.css");
    let session = use_session();
    let words = Memo::new(move |_| query.read().trim().to_owned());
    let threads = paged(move || {
        let words = words.get();
        (!words.is_empty()).then_some(move |from| {
            let words = words.clone();
            async move { session.search_inbox(&words, from).await }
        })
    });
    let people = answer(move || {
        let words = words.get();
        async move { session.client().accounts(&words).await.unwrap_or_default() }
    });
    let business = session.is_business();
    let reachable = move || {
        let people = people.get().unwrap_or_default();
        let known: Vec<String> = threads
            .items
            .get()
            .iter()
            .filter_map(|thread| session.inbox.entry(thread))
            .map(|entry| entry.with_untracked(|entry| entry.peer.handle.to_string()))
            .collect();
        let fits = |account: &Account| {
            (account.business.is_some() || business) && !known.contains(&account.handle.to_string())
        };
        people.into_iter().filter(fits).take(20).collect::<Vec<_>>()
    };
    // Nothing is said before all was looked through.
    let nothing = Memo::new(move |_| {
        let looked = people.read().is_some() && !threads.busy.get() && threads.problem.read().is_none();
        looked && threads.items.read().is_empty() && reachable().is_empty()
    });
    let count = move || match threads.busy.get() {
        true => t().search_under_way().to_owned(),
        false => t().inbox_found(&(threads.items.read().len() + reachable().len()).to_string()),
    };
    let navigate = StoredValue::new_local(use_navigate());
    let problem = RwSignal::new(None::<String>);
    let write_to = move |account: &Account| {
        let peer = account.handle.clone();
        leptos::task::spawn_local(async move {
            match session.client().open_thread(&new_key(), &OpenThread { peer }).await {
                Ok(snapshot) => {
                    let path = thread_path(&snapshot.thread.id);
                    session.keep_thread(snapshot);
                    on_done.run(());
                    navigate.with_value(|navigate| navigate(&path, Default::default()));
                }
                Err(error) => problem.set(Some(sentence(&error))),
            }
        });
    };
    let person = move |account: Account| {
        let (name, avatar) = (account.name.to_string(), Some(account.avatar.to_string()));
        let place = format!("{}, {}", account.city, account.state);
        let shown = name.clone();
        view! { class=class,
            <li>
                <button type="button" class="person" on:click=move |_| write_to(&account)>
                    <Avatar name picture=Signal::stored(avatar) />
                    <span class="text"><span>{shown}</span><span class="muted fine">{place}</span></span>
                </button>
            </li>
        }
    };
    view! { class=class,
        <div class="results" data-scroll="">
            <p class="sr-only" role="status">{count}</p>
            <Show when=move || !threads.items.read().is_empty()>
                <h2>{t().inbox_threads()}</h2>
                <ul>
                    <For each=move || threads.items.get() key=ThreadId::clone let:thread><InboxRow thread /></For>
                </ul>
            </Show>
            <ListEnd
                more=Signal::derive(move || threads.next.read().is_some())
                busy=threads.busy
                problem=Signal::derive(move || threads.problem.read().as_ref().map(sentence))
                more_label=t().list_more()
                retry_label=t().list_retry()
                on_more=move |()| threads.more()
                on_retry=move |()| threads.retry()
            />
            <Show when=move || !reachable().is_empty()>
                <h2>{t().inbox_people()}</h2>
            </Show>
            <Show when=move || nothing.get()>
                <p class="empty muted">{t().inbox_nothing_found()}</p>
            </Show>
            <p class="error" role="alert">{move || problem.get()}</p>
            <ul>{move || reachable().into_iter().map(person).collect_view()}</ul>
        </div>
    }
}
