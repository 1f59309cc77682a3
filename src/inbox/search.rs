//! Threads and people whose name has the words in it; a business can be written to from here.

use super::row::InboxRow;
use crate::i18n::t;
use crate::navigate::thread_path;
use crate::refusal::sentence;
use crate::store::{answer, new_key, use_session};
use crate::ui::Avatar;
use api::wire::{Account, Folder, OpenThread};
use domain::ids::ThreadId;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use stylers::style_sheet;

/// What a search finds.
#[component]
pub(super) fn SearchResults(
    /// The words.
    query: Signal<String>,
    /// Called when something was chosen.
    on_done: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/inbox/search.css");
    let session = use_session();
    let threads = Memo::new(move |_| {
        let needle = query.read().trim().to_lowercase();
        let known = [Folder::Primary, Folder::Requests].map(|folder| match folder {
            Folder::Primary => session.inbox.primary.get(),
            Folder::Requests => session.inbox.requests.get(),
        });
        let fits = |thread: &ThreadId| {
            !needle.is_empty()
                && session.inbox.entry(thread).is_some_and(|entry| {
                    entry.with(|entry| {
                        format!("{} {}", entry.peer.name, entry.peer.handle).to_lowercase().contains(&needle)
                    })
                })
        };
        known.into_iter().flatten().filter(fits).take(20).collect::<Vec<_>>()
    });
    let people = answer(move || {
        let words = query.get();
        async move { session.client().accounts(words.trim()).await.unwrap_or_default() }
    });
    let business = session.is_business();
    let reachable = move || {
        let people = people.get().unwrap_or_default();
        let known: Vec<String> = threads
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
    // Nothing is said before anything was looked for.
    let found = Memo::new(move |_| people.read().as_ref().map(|_| threads.read().len() + reachable().len()));
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
            <p class="sr-only" role="status">
                {move || t().inbox_found(&(threads.read().len() + reachable().len()).to_string())}
            </p>
            <Show when=move || !threads.read().is_empty()>
                <h2>{t().inbox_threads()}</h2>
                <ul>
                    <For each=move || threads.get() key=ThreadId::clone let:thread><InboxRow thread /></For>
                </ul>
            </Show>
            <Show when=move || !reachable().is_empty()>
                <h2>{t().inbox_people()}</h2>
            </Show>
            <Show when=move || found.get() == Some(0)>
                <p class="empty muted">{t().inbox_nothing_found()}</p>
            </Show>
            <p class="error" role="alert">{move || problem.get()}</p>
            <ul>{move || reachable().into_iter().map(person).collect_view()}</ul>
        </div>
    }
}
