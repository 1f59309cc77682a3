//! Going to a row of the thread on the screen, however far back it is.

use super::conversation_rows::RowBook;
use super::timeline::Timeline;
use crate::store::{Session, ThreadCell};
use api::client::ApiError;
use domain::ids::{MessageId, ThreadId};
use domain::timeline::RowItem;
use leptos::prelude::*;
use std::cell::RefCell;

/// What is on the screen.
pub(super) struct Shown {
    pub thread: ThreadId,
    pub timeline: Timeline,
    pub book: StoredValue<RowBook>,
}

thread_local! {
    static SHOWN: RefCell<Option<Shown>> = const { RefCell::new(None) };
}

/// Says what is on the screen from now on.
pub(super) fn show(shown: Option<Shown>) {
    SHOWN.set(shown);
}

/// Shows the card of a request or order; `None` when another thread is on the screen by now, `false` when the card is
/// not loaded.
fn seek_card(thread: &ThreadId, about: &str) -> Option<bool> {
    SHOWN.with_borrow(|shown| {
        let Shown { timeline, book, .. } = shown.as_ref().filter(|shown| shown.thread == *thread)?;
        let key = book.with_value(|book| book.card_of(about));
        Some(key.is_some_and(|key| timeline.jump_to(key)))
    })
}

/// Goes to the card of a request or order; older rows are loaded until it is there.
///
/// # Errors
/// That nobody answered.
pub(super) async fn go_to_card(session: Session, cell: ThreadCell, about: &str) -> Result<(), ApiError> {
    let thread = cell.id();
    let mut looked = None;
    while seek_card(&thread, about) == Some(false) && cell.more.get_untracked() {
        let first = cell.first_seq();
        // They are being loaded for somebody else already.
        if looked == Some(first) {
            break;
        }
        looked = Some(first);
        session.load_older(cell).await?;
    }
    Ok(())
}

/// Shows a row that is loaded; `false` when it is not, or another thread is on the screen by now.
fn seek_row(thread: &ThreadId, seq: u64) -> bool {
    SHOWN.with_borrow(|shown| {
        let shown = shown.as_ref().filter(|shown| shown.thread == *thread);
        shown.is_some_and(|shown| shown.timeline.jump_to(RowBook::key(seq, 0)))
    })
}

/// Goes to the row at a place of the thread; what lies between is loaded first.
///
/// # Errors
/// That nobody answered.
pub(super) async fn go_to(session: Session, cell: ThreadCell, seq: u64) -> Result<(), ApiError> {
    let thread = cell.id();
    if !seek_row(&thread, seq) {
        session.load_back_to(cell, seq).await?;
        // Whoever is in another conversation by now stays there.
        let _shown = seek_row(&thread, seq);
    }
    Ok(())
}

/// Goes to a message.
///
/// # Errors
/// That there is none, or that nobody answered.
pub(super) async fn go_to_message(session: Session, cell: ThreadCell, message: &MessageId) -> Result<(), ApiError> {
    let loaded = cell.with_rows(|rows| {
        let is_it = |row: &&domain::timeline::Row| matches!(&row.item, RowItem::Message(known) if known.id == *message);
        rows.iter().find(is_it).map(|row| row.seq)
    });
    let seq = match loaded {
        Some(seq) => seq,
        None => session.client().message(&cell.id(), message).await?.seq,
    };
    go_to(session, cell, seq).await
}
