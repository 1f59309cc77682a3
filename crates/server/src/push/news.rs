//! What there is to tell one browser: the newest of each thread, as it stands now.

use super::kept::Kept;
use super::notice::{asks_to_talk, notice, said};
use api::app::App;
use api::store::StoreError;
use api::wire::Cursor;
use domain::event::{Envelope, Event};
use domain::ids::ThreadId;
use domain::time::Span;
use domain::timeline::RowItem;
use std::collections::BTreeMap;

/// Events that are read at once.
const PAGE: usize = 100;
/// Threads that one is told of at once. Whoever was away for longer finds the rest in the inbox.
const THREADS: usize = 10;
/// What is older is no news.
const AGE: Span = Span::days(1);

/// Something to tell.
pub(super) struct Told {
    /// Up to where in the stream this tells everything of its thread.
    pub cursor: Cursor,
    /// Where.
    pub thread: ThreadId,
    /// Who.
    pub title: String,
    /// What.
    pub text: String,
}

/// What there is to tell one browser, in the order of its account's stream; and up to where that was looked for.
///
/// # Errors
/// When the store fails.
pub(super) async fn news_for(app: &App, kept: &Kept) -> Result<(Vec<Told>, Cursor), StoreError> {
    // Where everything began anew, or an older copy was brought back, cursors did, too.
    let mut cursor = kept.cursor.min(app.store.cursor(&kept.account).await?);
    let (mut newest, now) = (BTreeMap::new(), app.now().await?);
    loop {
        let page = app.told_to(&kept.account, cursor, PAGE).await?;
        let Some((last, _)) = page.last() else { break };
        cursor = *last;
        for (at, envelope) in page.into_iter().filter_map(|(at, told)| Some((at, told?))) {
            if envelope.at.plus(AGE) > now
                && let Some(told) = told(app, kept, at, &envelope).await?
            {
                newest.insert(envelope.thread, told);
            }
        }
    }
    let mut all: Vec<Told> = newest.into_values().collect();
    all.sort_by_key(|told| told.cursor);
    Ok((all.split_off(all.len().saturating_sub(THREADS)), cursor))
}

/// What is told of one event; nothing of what was read, silenced, or taken back.
async fn told(app: &App, kept: &Kept, cursor: Cursor, envelope: &Envelope) -> Result<Option<Told>, StoreError> {
    let thread = &envelope.thread;
    let Some(state) = app.store.thread(thread).await? else { return Ok(None) };
    let Some(reader) = state.role_of(&kept.account) else { return Ok(None) };
    let Some(text) = notice(envelope, reader, kept.to.language) else { return Ok(None) };
    let member = app.store.member(thread, &kept.account).await?;
    if member.muted || member.read_seq >= envelope.seq {
        return Ok(None);
    }
    let text = if !state.is_taken_by(reader) {
        // Of a stranger only that there is one: their words are not for a locked screen.
        Some(asks_to_talk(kept.to.language).to_owned())
    } else if let Event::MessagePosted { message } = &envelope.event {
        // As it reads now: it may have been edited, or taken back.
        let row = app.store.message_row(thread, &message.id).await?;
        row.and_then(|row| match row.item {
            RowItem::Message(message) => said(&message, kept.to.language),
            RowItem::Event(_) => None,
        })
    } else {
        Some(text)
    };
    let Some(text) = text else { return Ok(None) };
    let peer = app.account(state.account(reader.other())).await?;
    let title = peer.map_or_else(|| "Bottega".to_owned(), |peer| peer.name.to_string());
    Ok(Some(Told { cursor, thread: thread.clone(), title, text }))
}
