//! Saved replies, offered to a seller who begins with a slash.

use super::composer_aid::ComposerAid;
use crate::headline::first_name;
use crate::i18n::t;
use crate::parts::apart;
use crate::store::{ThreadCell, answer, use_session};
use crate::ui::bring_into_sight;
use domain::replies::{Facts, SavedReplies, SavedReply};
use domain::thread::Role;
use leptos::prelude::*;
use leptos::web_sys::KeyboardEvent;
use stylers::style_sheet;

/// The id of the list.
const LIST: &str = "replies-list";

crate::part! {
    panels, fetch_replies;
    /// What is offered for the draft. It comes with the panels.
    pub fn replies_view(cell: ThreadCell, draft: RwSignal<String>, aid: ComposerAid) {
        view! { <Replies cell draft aid /> }.into_any()
    }
}

/// What helps a seller to write in a thread: a slash offers saved replies. Who buys has none.
pub(super) fn saved_replies(cell: ThreadCell, draft: RwSignal<String>) -> Option<ComposerAid> {
    let slash = Memo::new(move |_| asked(&draft.read()).is_some());
    let replies = move |aid: ComposerAid| {
        // A part that does not come offers nothing, and the slash is a letter.
        let offer = move || apart(fetch_replies, move || replies_view(cell, draft, aid), |_| ().into_any());
        (move || slash.get().then(offer)).into_any()
    };
    (cell.role == Role::Seller).then(|| ComposerAid::new(Callback::new(replies)))
}

/// What stands after the slash, when that is all there is.
fn asked(draft: &str) -> Option<&str> {
    draft.strip_prefix('/').filter(|rest| !rest.contains(char::is_whitespace))
}

/// Those whose short name begins so, and then those that have it elsewhere.
fn matching(replies: &SavedReplies, asked: &str) -> Vec<SavedReply> {
    let asked = asked.to_lowercase();
    let begins = |reply: &&SavedReply| reply.shortcut.as_str().starts_with(&asked);
    // Not by its text: a slash and a word can be what somebody means to send.
    let has = |reply: &&SavedReply| !begins(reply) && reply.shortcut.as_str().contains(&asked);
    let all = replies.all();
    all.iter().filter(begins).chain(all.iter().filter(has)).cloned().collect()
}

/// What the thread knows of the one across and the newest order.
fn facts(cell: ThreadCell) -> Facts {
    let peer = use_session().inbox.entry(&cell.id());
    let peer = peer.map(|entry| entry.with_untracked(|entry| entry.peer.name.to_string()));
    cell.state.with_untracked(|thread| {
        let order = thread.orders.values().max_by_key(|order| order.placed_at);
        let parcel = order.and_then(|order| order.shipments.iter().rev().find_map(|parcel| parcel.tracking.as_ref()));
        let items =
            order.map(|order| order.terms.items().iter().map(|item| item.name.as_str()).collect::<Vec<_>>().join(", "));
        Facts {
            name: peer.map(|peer| first_name(&peer).to_owned()),
            order: order.map(|order| order.number.as_str().to_owned()),
            tracking: parcel.map(|number| number.as_str().to_owned()),
            item: items,
        }
    })
}

fn option_id(index: usize) -> String {
    format!("reply-{index}")
}

/// The list above the field.
#[component]
fn Replies(cell: ThreadCell, draft: RwSignal<String>, aid: ComposerAid) -> impl IntoView {
    let class = style_sheet!("src/thread/replies.css");
    let session = use_session();
    let facts = StoredValue::new(facts(cell));
    // What cannot be asked for is not offered; the slash is a letter then.
    let loaded = answer(move || async move { session.client().replies().await.ok() });
    let left = RwSignal::new(None::<String>);
    let offered = Memo::new(move |_| {
        let draft = draft.read();
        let asked = asked(&draft).filter(|_| left.read().as_ref() != Some(&*draft))?;
        let loaded = loaded.read();
        Some(matching(loaded.as_ref()?.as_ref()?, asked))
    });
    let count = move || offered.read().as_ref().map_or(0, Vec::len);
    let at = RwSignal::new(0_usize);
    let current = Memo::new(move |_| at.get().min(count().saturating_sub(1)));
    Effect::new(move || aid.offer((count() > 0).then(|| (LIST.to_owned(), option_id(current.get())))));
    let choose = move |index: usize| {
        let chosen = offered.with_untracked(|offered| offered.as_ref()?.get(index).cloned());
        if let Some(reply) = chosen {
            draft.set(facts.with_value(|facts| reply.filled(facts)));
        }
    };
    let go = move |to: usize| {
        at.set(to);
        bring_into_sight(&option_id(to));
    };
    let keys = move |event: KeyboardEvent| {
        let count = untrack(count);
        if count == 0 || event.is_composing() || event.shift_key() {
            return false;
        }
        let here = current.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => go((here + 1) % count),
            "ArrowUp" => go((here + count - 1) % count),
            "Enter" | "Tab" => choose(here),
            "Escape" => {
                event.stop_propagation();
                left.set(Some(draft.get_untracked()));
            }
            _letters => {
                at.set(0);
                return false;
            }
        }
        true
    };
    aid.take_keys(Some(Callback::new(keys)));
    on_cleanup(move || {
        aid.take_keys(None);
        aid.offer(None);
    });
    let option = move |(index, reply): (usize, SavedReply)| {
        view! { class=class,
            <li
                id=option_id(index)
                role="option"
                aria-selected=move || (current.get() == index).to_string()
                // The field keeps the focus.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| choose(index)
            >
                <b>{format!("/{}", reply.shortcut.as_str())}</b>
                <span>{facts.with_value(|facts| reply.filled(facts))}</span>
            </li>
        }
    };
    let list = move || {
        let replies = offered.get().filter(|replies| !replies.is_empty())?;
        Some(view! { class=class,
            <ul id=LIST class="saved-replies" role="listbox" aria-label=t().replies_title() data-scroll="">
                {replies.into_iter().enumerate().map(option).collect_view()}
            </ul>
        })
    };
    let none = move || {
        let none = loaded.with(|loaded| matches!(loaded, Some(Some(replies)) if replies.all().is_empty()));
        (none && offered.read().is_some()).then(|| {
            view! { class=class,
                <p class="no-replies">
                    {t().replies_none()}
                    <a class="link" href="/you?panel=replies">{t().replies_write()}</a>
                </p>
            }
        })
    };
    let said = move || match count() {
        0 => String::new(),
        count => t().replies_count(&count.to_string()),
    };
    view! {
        <p class="sr-only" role="status">{said}</p>
        {list}
        {none}
    }
}

crate::words! {
    replies_none "No saved replies yet." "Ancora nessuna risposta salvata.";
    replies_write "Write some" "Scrivine";
    replies_count(n) "{n} saved replies" "{n} risposte salvate";
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::replies::RepliesDraft;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn a_slash_asks_only_where_nothing_else_is_written() {
        assert_eq!(asked("/"), Some(""));
        assert_eq!(asked("/shi"), Some("shi"));
        for other in ["", "shi", "/shi pped", "1/2", "/a\n"] {
            assert_eq!(asked(other), None, "{other}");
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn what_begins_so_comes_before_what_has_it_elsewhere() {
        let reply = |shortcut: &str, text: &str| SavedReply {
            shortcut: shortcut.parse().expect("a short name"),
            text: text.parse().expect("short"),
        };
        let replies = vec![reply("not-sent", "Not yet."), reply("wax", "It was sent."), reply("sent", "It is away.")];
        let replies = SavedReplies::try_from(RepliesDraft { replies }).expect("three names");
        let names = |asked: &str| {
            matching(&replies, asked).into_iter().map(|reply| String::from(reply.shortcut)).collect::<Vec<_>>()
        };
        assert_eq!(names("Sent"), ["sent", "not-sent"], "its text is not looked at");
        assert_eq!(names(""), ["not-sent", "wax", "sent"]);
        assert!(names("zebra").is_empty());
    }
}
