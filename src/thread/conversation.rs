//! The log and the composer of one thread, fed from the store.

use super::conversation_rows::{RowBook, pending_row};
use super::leave_notice::LeaveNotice;
use super::replies::saved_replies;
use super::seek::{Shown, go_to_message, show};
use super::speech::{composer_words, log_words};
use super::writing::Writing;
use crate::i18n::t;
use crate::navigate::{Panel, came_to_write, use_panels};
use crate::order::{OrderCard, UndoPill};
use crate::payment_request::PaymentRequestCard;
use crate::push::PushOffer;
use crate::refusal::sentence;
use crate::store::{RowChange, Session, ThreadCell, known_photo, new_key, use_session};
use crate::thread::{CardRef, Composer, LogAction, ThreadLog, Timeline};
use crate::ui::{Button, ButtonVariant, IconName};
use api::client::ApiError;
use api::wire::React;
use domain::ids::{MessageId, PaymentRequestId, ThreadId};
use domain::message::{Content, Message};
use domain::thread::Role;
use domain::time::Span;
use domain::timeline::RowItem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stylers::style_sheet;

/// The talk.
#[component]
pub(super) fn Conversation(cell: ThreadCell) -> impl IntoView {
    let class = style_sheet!("src/thread/conversation.css");
    let session = use_session();
    let panels = use_panels();
    let id = cell.id();
    let me = cell.role;
    let entry = session.inbox.entry(&id);
    let peer =
        Signal::derive(move || entry.map(|entry| entry.with(|entry| entry.peer.name.to_string())).unwrap_or_default());
    let picture = Signal::derive(move || entry.map(|entry| entry.with(|entry| entry.peer.avatar.to_string())));

    let book = StoredValue::new(RowBook::new(me, peer.get_untracked()));
    let first = cell.with_rows(|rows| {
        let mut all = Vec::new();
        book.update_value(|book| {
            all = book.rows(rows);
            book.mark_unread(&mut all, rows, cell.read_before.get_value());
        });
        all
    });
    let timeline = Timeline::new(first, cell.more.get_untracked());
    show(Some(Shown { thread: id.clone(), timeline: timeline.clone(), book }));

    // What happens to the rows of the store happens to the timeline.
    let shown = timeline.clone();
    let watch = move |change: RowChange| {
        load_photos(session, change.rows(), cell.id(), shown.clone(), book);
        match change {
            RowChange::Appended(row) => {
                let own = matches!(&row.item, RowItem::Message(message) if message.author == me);
                let mut rows = Vec::new();
                book.update_value(|book| rows = book.rows(std::slice::from_ref(&row)));
                if let (true, RowItem::Message(message)) = (own, &row.item) {
                    // The echo and what came of it are one bubble.
                    let echo = RowBook::echo_key(&message.id);
                    if let Some(row) = rows.first().cloned()
                        && shown.replace(echo, row)
                    {
                        return;
                    }
                }
                let echoes = shown.rows().iter().find(|row| RowBook::is_echo(row.key)).map(|row| row.key);
                for row in rows {
                    match echoes {
                        Some(echo) => shown.insert_before(echo, row),
                        None => shown.append(row),
                    }
                }
            }
            RowChange::Changed(row) => {
                book.update_value(|book| {
                    for row in book.rows(std::slice::from_ref(&row)) {
                        shown.replace(row.key, row);
                    }
                });
            }
            RowChange::Older(rows) => {
                let mut older = Vec::new();
                book.update_value(|book| older = book.rows(&rows));
                shown.prepend(older, cell.more.get_untracked());
            }
            RowChange::Reset(rows) => {
                let mut all = Vec::new();
                book.update_value(|book| all = book.rows(&rows));
                shown.reset(all, cell.more.get_untracked());
            }
        }
    };
    cell.watch(Some(Callback::new(watch)));
    cell.with_rows(|rows| load_photos(session, rows, id.clone(), timeline.clone(), book));
    on_cleanup(move || {
        // What is new the next time begins after this.
        if entry.is_none_or(|entry| entry.with_untracked(|entry| entry.unread == 0)) {
            cell.read_before.set_value(cell.state.with_untracked(|state| state.seq));
        }
        cell.watch(None);
        show(None);
    });

    // What is not sent yet stands at the end.
    let shown = timeline.clone();
    let thread = id.clone();
    Effect::new(move |before: Option<Vec<MessageId>>| {
        let pending: Vec<_> = session.pending.get().into_iter().filter(|pending| pending.thread == thread).collect();
        let (online, now) = (session.online.get(), session.now_untracked());
        for said in &pending {
            let row = pending_row(said, online, now);
            if !shown.replace(row.key, row.clone()) {
                shown.append(row);
            }
        }
        let now: Vec<MessageId> = pending.into_iter().map(|pending| pending.id).collect();
        for gone in before.unwrap_or_default().iter().filter(|id| !now.contains(id)) {
            // Sent: the row that came in its place has another key. Discarded: it goes.
            shown.remove(RowBook::echo_key(gone));
        }
        now
    });

    // Seen by me: what is at the end of a page that is looked at.
    let at_end = timeline.at_end();
    Effect::new(move || {
        cell.state.track();
        if at_end.get() && session.looked_at.get() {
            session.mark_seen(cell);
        }
    });
    // Seen by the other: under the last own message they saw.
    let shown = timeline.clone();
    Effect::new(move || {
        let (read, at) = cell.peer_read.get();
        cell.state.track();
        let last = cell.with_rows(|rows| {
            let own =
                |row: &&domain::timeline::Row| matches!(&row.item, RowItem::Message(message) if message.author == me);
            rows.iter().rev().find(own).map(|row| row.seq)
        });
        let note = last.filter(|last| *last <= read).map(|seq| {
            let text = at.map_or_else(|| t().talk_seen().to_owned(), |at| t().talk_seen_at(&crate::format::clock(at)));
            (RowBook::key(seq, 0), text)
        });
        shown.set_note(note);
    });

    let typing = Signal::derive(move || {
        session.now.track();
        cell.typing_until.get().is_some_and(|until| js_sys::Date::now() < until)
    });
    let loading = RwSignal::new(false);
    let older = move |()| {
        if loading.get_untracked() {
            return;
        }
        loading.set(true);
        spawn_local(async move {
            // What could not be loaded is asked for with the next scroll.
            let _loaded = session.load_older(cell).await;
            loading.set(false);
        });
    };

    let writing = Writing::new(session, id.clone());
    let begins = came_to_write();
    let aid = saved_replies(cell, writing.draft);
    let link = RwSignal::new(None::<(String, String)>);
    let message_at = move |key: u64| {
        cell.with_rows(|rows| {
            rows.iter().find(|row| RowBook::key(row.seq, 0) == key).and_then(|row| match &row.item {
                RowItem::Message(message) => Some(message.clone()),
                RowItem::Event(_) => None,
            })
        })
    };
    let act_id = id.clone();
    let act = move |action: LogAction| {
        let id = act_id.clone();
        match action {
            LogAction::React { key, emoji } => {
                if let Some(message) = message_at(key) {
                    run(session, async move {
                        let client = session.client();
                        session.commit(client.react(&new_key(), &id, &message.id, &React { emoji })).await
                    });
                }
            }
            LogAction::Reply(key) => {
                if let Some(message) = message_at(key) {
                    let excerpt = excerpt(&message);
                    let own = message.author == me;
                    writing.reply(message.id, own, excerpt);
                }
            }
            LogAction::Copy(key) => {
                if let Some(Content::Text { text }) = message_at(key).and_then(|message| message.content) {
                    // A browser that does not let write says so by itself.
                    let _copied = window().navigator().clipboard().write_text(text.as_str());
                    session.toast(t().talk_copied());
                }
            }
            LogAction::Edit(key) => {
                if let Some(message) = message_at(key)
                    && let Some(Content::Text { text }) = &message.content
                {
                    writing.edit(message.id, text.to_string());
                }
            }
            LogAction::Unsend(key) => {
                if let Some(message) = message_at(key) {
                    run(session, async move {
                        let client = session.client();
                        session.commit(client.unsend(&new_key(), &id, &message.id)).await
                    });
                }
            }
            LogAction::Retry(key) => pending_at(session, key).iter().for_each(|id| session.retry(id)),
            LogAction::Discard(key) => pending_at(session, key).iter().for_each(|id| session.discard(id)),
            LogAction::OpenPhoto(key) => {
                if let Some(Content::Photo { photo, .. }) = message_at(key).and_then(|message| message.content)
                    && let Some(url) = known_photo(&photo)
                {
                    link.set(Some((url, String::new())));
                }
            }
            LogAction::OpenProduct(_) => panels.open(&Panel::Catalogue),
            LogAction::OpenQuote(key) => {
                if let Some(quote) = message_at(key).and_then(|message| message.reply_to) {
                    loading.set(true);
                    run(session, async move {
                        let gone_to = go_to_message(session, cell, &quote.id).await;
                        loading.set(false);
                        gone_to
                    });
                }
            }
            LogAction::OpenLink { href, host } => link.set(Some((href, host))),
        }
    };
    let editable = move |key: u64| {
        message_at(key).is_some_and(|message| {
            session.now_untracked() < message.sent_at.plus(Span::minutes(15))
                && matches!(message.content, Some(Content::Text { .. }))
        })
    };

    let lead = move |()| match me {
        Role::Buyer => panels.open(&Panel::Catalogue),
        Role::Seller => panels.open(&Panel::NewRequest),
    };
    let (lead_icon, lead_label) = match me {
        Role::Buyer => (IconName::Bag, t().thread_catalogue()),
        Role::Seller => (IconName::Tag, t().talk_request()),
    };
    let catalogue = (me == Role::Seller).then(|| Callback::new(move |()| panels.open(&Panel::Catalogue)));

    let card = move |card: CardRef| {
        let about = card.id.to_string();
        if let Ok(request) = about.parse::<PaymentRequestId>() {
            view! { <PaymentRequestCard cell request /> }.into_any()
        } else if let Ok(order) = about.parse::<domain::ids::OrderId>() {
            let pill = order.clone();
            view! { class=class, <div class="order-row"><UndoPill cell order=pill /><OrderCard cell order /></div> }
                .into_any()
        } else {
            ().into_any()
        }
    };
    let accepted = Memo::new(move |_| cell.state.with(|state| state.is_taken_by(me)));
    let accept_id = StoredValue::new(id);
    let accept = Action::new_local(move |(): &()| {
        let (client, id) = (session.client(), accept_id.get_value());
        async move { session.commit(client.accept_thread(&new_key(), &id)).await }
    });
    let refusal = move || match &*accept.value().read() {
        Some(Err(error)) => Some(sentence(error)),
        Some(Ok(())) | None => None,
    };
    let label = Signal::derive(move || t().talk_label(&peer.read()));
    let compose = move || {
        if accepted.get() {
            view! {
                <Composer
                    peer
                    words=composer_words()
                    draft=writing.draft
                    context=writing.context
                    lead_icon
                    lead_label
                    on_lead=Callback::new(lead)
                    on_catalogue=catalogue
                    begins
                    aid
                    on_send=Callback::new(move |text: String| writing.send(&text))
                    on_photo=Callback::new(move |file| writing.attach(file))
                    on_typing=Callback::new(move |()| writing.tell_typing())
                />
            }
            .into_any()
        } else {
            view! { class=class,
                <div class="accept">
                    <p><b>{t().talk_stranger(&peer.read())}</b></p>
                    <p class="muted fine">{t().talk_stranger_note()}</p>
                    <p class="error" role="alert">{refusal}</p>
                    <Button
                        variant=ButtonVariant::Primary
                        pending=accept.pending()
                        on_click=Callback::new(move |()| {
                            accept.dispatch(());
                        })
                    >
                        {t().talk_accept()}
                    </Button>
                </div>
            }
            .into_any()
        }
    };
    let notice = move || {
        link.get()
            .map(|(href, host)| view! { <LeaveNotice href host on_close=Callback::new(move |()| link.set(None)) /> })
    };
    let timeline = StoredValue::new_local(timeline);
    view! { class=class,
        <div class="conversation">
            <ThreadLog
                timeline=Signal::derive_local(move || timeline.get_value())
                me=me
                peer
                peer_picture=picture
                label
                words=log_words()
                amount=crate::format::money
                photo=known_photo
                card=Callback::new(card)
                typing
                loading_older=loading
                is_editable=Callback::new(editable)
                on_reach_oldest=Callback::new(older)
                on_action=Callback::new(act)
            />
            <PushOffer cell peer />
            {compose}
            {notice}
        </div>
    }
}

/// The own message behind an echo.
fn pending_at(session: Session, key: u64) -> Option<MessageId> {
    session.pending.with_untracked(|all| {
        all.iter().find(|pending| RowBook::echo_key(&pending.id) == key).map(|pending| pending.id.clone())
    })
}

/// Does something about a message; what goes wrong is told at the edge of the page.
fn run(session: Session, work: impl Future<Output = Result<(), ApiError>> + 'static) {
    spawn_local(async move {
        if let Err(error) = work.await {
            session.toast(sentence(&error));
        }
    });
}

fn excerpt(message: &Message) -> String {
    match &message.content {
        Some(Content::Text { text }) => text.to_string(),
        Some(Content::Product { name, .. }) => name.to_string(),
        Some(Content::Photo { .. }) => t().talk_photo().to_owned(),
        None => String::new(),
    }
}

fn load_photos(
    session: Session,
    rows: &[domain::timeline::Row],
    thread: ThreadId,
    timeline: Timeline,
    book: StoredValue<RowBook>,
) {
    for row in rows {
        let RowItem::Message(Message { content: Some(Content::Photo { photo, .. }), .. }) = &row.item else { continue };
        if known_photo(photo).is_some() {
            continue;
        }
        let (row, photo, thread, timeline) = (row.clone(), photo.clone(), thread.clone(), timeline.clone());
        spawn_local(async move {
            if session.load_photo(&thread, &photo).await {
                book.update_value(|book| {
                    for row in book.rows(std::slice::from_ref(&row)) {
                        timeline.replace(row.key, row);
                    }
                });
            }
        });
    }
}
