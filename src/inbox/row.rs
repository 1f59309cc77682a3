//! One thread in the list: who, the last thing, whose turn.

use crate::format::ago;
use crate::headline::{first_name, short};
use crate::i18n::t;
use crate::navigate::thread_path;
use crate::store::use_session;
use crate::thread::lines;
use crate::ui::{Avatar, Icon, IconName};
use api::wire::InboxEntry;
use domain::ids::ThreadId;
use domain::message::{Content, Message};
use domain::thread::{Actor, Role};
use domain::time::Timestamp;
use domain::timeline::RowItem;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use stylers::style_sheet;

/// One thread in the list.
#[component]
pub(super) fn InboxRow(
    /// Which.
    thread: ThreadId,
) -> impl IntoView {
    let class = style_sheet!("src/inbox/row.css");
    let session = use_session();
    let location = use_location();
    let path = thread_path(&thread);
    let here = path.clone();
    let current = move || location.pathname.with(|path| *path == here).then_some("page");
    session.inbox.entry(&thread).map(move |entry| {
        let unread = Memo::new(move |_| entry.with(|entry| entry.unread));
        let minute = Memo::new(move |_| session.now.get().as_millis() / 60_000);
        let preview = Memo::new(move |_| {
            // Minutes are enough for a row: seconds would wake every row every second.
            let now = Timestamp::from_millis(minute.get() * 60_000 + 59_999);
            entry.with(|entry| preview(entry, now))
        });
        let name = move || entry.with(|entry| entry.peer.name.to_string());
        let picture = move || entry.with(|entry| Some(entry.peer.avatar.to_string()));
        let spoken = move || match unread.get() {
            0 => None,
            count => Some(view! { <span class="sr-only">{t().inbox_unread(&count.to_string())}</span> }),
        };
        let end = move || {
            if unread.get() > 0 {
                view! { class=class, <span class="dot" aria-hidden="true"></span> }.into_any()
            } else if entry.with(|entry| entry.muted) {
                view! { class=class,
                    <span class="muted-icon"><Icon name=IconName::Mute /></span>
                    <span class="sr-only">{t().inbox_muted()}</span>
                }
                .into_any()
            } else {
                ().into_any()
            }
        };
        view! { class=class,
            <li class="inbox-row">
                <a href=path aria-current=current data-unread=move || (unread.get() > 0).then_some("")>
                    <Avatar name=Signal::derive(name) picture=Signal::derive(picture) />
                    <span class="text">
                        <span class="name">{name}</span>
                        <span class="preview">
                            {move || preview.get().turn.map(|turn| view! { class=class, <b class="turn">{turn}</b> })}
                            <span dir="auto">{move || preview.get().text}</span>
                            <span class="when">{move || format!("· {}", preview.get().when)}</span>
                        </span>
                    </span>
                    {spoken}
                    {end}
                </a>
            </li>
        }
    })
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Preview {
    turn: Option<String>,
    text: String,
    when: String,
}

/// What was said last, unless it is one's own turn or something happened after: then the headline.
fn preview(entry: &InboxEntry, now: Timestamp) -> Preview {
    let when = ago(entry.active_at, now);
    let name = entry.peer.name.as_str();
    let said = entry.last.as_ref().and_then(|row| match &row.item {
        RowItem::Message(message) => Some(said(message, entry.role, name)),
        RowItem::Event(_) => None,
    });
    let line = entry.headline.as_ref().map(|headline| short(headline, entry.role, name, now));
    match (line, said) {
        (Some(line), None) => Preview { turn: line.turn, text: line.text, when },
        (Some(line), Some(_)) if line.mine => Preview { turn: line.turn, text: line.text, when },
        (Some(_) | None, Some(said)) => Preview { turn: None, text: said, when },
        (None, None) => {
            let happened = entry.last.as_ref().and_then(|row| match &row.item {
                RowItem::Event(event) => lines::of(event, row.actor, entry.role, name).map(|line| line.text),
                RowItem::Message(_) => None,
            });
            Preview { turn: None, text: happened.unwrap_or_else(|| t().inbox_say_hello().to_owned()), when }
        }
    }
}

fn said(message: &Message, role: Role, peer: &str) -> String {
    let mine = Actor::from(message.author) == role.into();
    match &message.content {
        Some(Content::Text { text }) if mine => t().inbox_you_said(text.as_str()),
        Some(Content::Text { text }) => text.to_string(),
        Some(Content::Photo { .. }) if mine => t().inbox_you_sent_photo().to_owned(),
        Some(Content::Photo { .. }) => t().inbox_sent_photo(first_name(peer)),
        Some(Content::Product { name, .. }) => name.to_string(),
        None => t().inbox_unsent().to_owned(),
    }
}
