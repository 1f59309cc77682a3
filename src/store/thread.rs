//! One thread: its state, its rows, and who has seen what.

use super::Session;
use api::client::ApiError;
use api::wire::{InboxEntry, ThreadSnapshot};
use domain::event::Envelope;
use domain::ids::ThreadId;
use domain::thread::{Role, Thread};
use domain::time::Timestamp;
use domain::timeline::{Row, RowItem, changed_message};
use leptos::prelude::*;

/// Rows of one page of history.
const PAGE: u32 = 60;
/// Rows of one page on the way to a row far back.
const LONG_PAGE: u32 = 1_000;

/// What happened to the rows.
#[derive(Clone, Debug)]
pub enum RowChange {
    /// One came at the end.
    Appended(Row),
    /// One looks different now.
    Changed(Row),
    /// Older ones came, oldest first.
    Older(Vec<Row>),
    /// Everything is different.
    Reset(Vec<Row>),
}

impl RowChange {
    /// The rows that it is about.
    pub fn rows(&self) -> &[Row] {
        match self {
            Self::Appended(row) | Self::Changed(row) => std::slice::from_ref(row),
            Self::Older(rows) | Self::Reset(rows) => rows,
        }
    }
}

/// A thread, live.
#[derive(Clone, Copy)]
pub struct ThreadCell {
    /// What decisions are made from.
    pub state: RwSignal<Thread>,
    /// The side one is on.
    pub role: Role,
    /// The last row the other side has seen, and when.
    pub peer_read: RwSignal<(u64, Option<Timestamp>)>,
    /// The last row one had seen when the thread was opened: where the unread divider stands.
    pub read_before: StoredValue<u64>,
    /// Until when the other side counts as typing.
    pub typing_until: RwSignal<Option<f64>>,
    /// When the other side was last known to look at it, in milliseconds since 1970.
    pub peer_here_at: RwSignal<Option<f64>>,
    /// Whether there is older history.
    pub more: RwSignal<bool>,
    rows: StoredValue<Vec<Row>>,
    watcher: StoredValue<Option<Callback<RowChange>>>,
    loading: StoredValue<bool>,
}

impl ThreadCell {
    fn new(snapshot: ThreadSnapshot) -> Self {
        Self {
            state: RwSignal::new(snapshot.thread),
            role: snapshot.entry.role,
            peer_read: RwSignal::new((snapshot.peer_read_seq, snapshot.peer_read_at)),
            read_before: StoredValue::new(snapshot.read_seq),
            typing_until: RwSignal::new(None),
            peer_here_at: RwSignal::new(None),
            more: RwSignal::new(snapshot.more),
            rows: StoredValue::new(snapshot.rows),
            watcher: StoredValue::new(None),
            loading: StoredValue::new(false),
        }
    }

    /// Which thread.
    pub fn id(&self) -> ThreadId {
        self.state.with_untracked(|state| state.id.clone())
    }

    /// The rows that are loaded, oldest first.
    pub fn with_rows<T>(&self, read: impl FnOnce(&[Row]) -> T) -> T {
        self.rows.with_value(|rows| read(rows))
    }

    /// Tells `watcher` what happens to the rows from now on; one at a time.
    pub fn watch(&self, watcher: Option<Callback<RowChange>>) {
        self.watcher.set_value(watcher);
    }

    fn tell(&self, change: RowChange) {
        if let Some(watcher) = self.watcher.get_value() {
            watcher.run(change);
        }
    }

    /// The place of the last row that is loaded.
    pub fn last_seq(&self) -> u64 {
        self.with_rows(|rows| rows.last().map_or(0, |row| row.seq))
    }

    /// The place of the first row that is loaded.
    pub fn first_seq(&self) -> Option<u64> {
        self.with_rows(|rows| rows.first().map(|row| row.seq))
    }

    /// Puts the rows before a place in front. Meanwhile others may have come there: none stands there twice, and what
    /// no longer adjoins is left out.
    fn put_before(&self, place: Option<u64>, mut older: Vec<Row>, more: bool) {
        let (first, came) = (self.first_seq(), older.len());
        older.retain(|row| first.is_none_or(|first| row.seq < first));
        if first > place || (came > 0 && older.is_empty()) {
            return;
        }
        self.rows.update_value(|rows| drop(rows.splice(0..0, older.iter().cloned())));
        self.more.set(more);
        self.tell(RowChange::Older(older));
    }

    fn fold_rows(&self, envelope: &Envelope) {
        if let Some(row) = Row::of(envelope) {
            self.rows.update_value(|rows| rows.push(row.clone()));
            self.tell(RowChange::Appended(row));
        }
        if let Some(message) = changed_message(&envelope.event) {
            let mut changed = None;
            self.rows.update_value(|rows| {
                let of_message = |row: &&mut Row| matches!(&row.item, RowItem::Message(known) if known.id == *message);
                if let Some(row) = rows.iter_mut().rev().find(of_message)
                    && let RowItem::Message(known) = &mut row.item
                {
                    known.apply(&envelope.event, envelope.at);
                    changed = Some(row.clone());
                }
            });
            if let Some(row) = changed {
                self.tell(RowChange::Changed(row));
            }
        }
    }
}

impl Session {
    /// A thread that is loaded.
    pub fn known_thread(&self, id: &ThreadId) -> Option<ThreadCell> {
        self.inner.with_value(|inner| inner.threads.get(id).copied())
    }

    /// A thread, loaded when it is not known.
    ///
    /// # Errors
    /// That there is none, or that nobody answered.
    pub async fn thread(&self, id: &ThreadId) -> Result<ThreadCell, ApiError> {
        match self.known_thread(id) {
            Some(cell) => Ok(cell),
            None => {
                loop {
                    self.inner.update_value(|inner| inner.missed.retain(|missed| missed != id));
                    let snapshot = self.noticing(self.client().thread(id).await);
                    let snapshot = super::seen::or_last(format!("thread/{id}"), snapshot).await?;
                    // What happened meanwhile was told to nobody, and may not be in it.
                    if !self.inner.with_value(|inner| inner.missed.contains(id)) {
                        return Ok(self.keep_thread(snapshot));
                    }
                }
            }
        }
    }

    /// The thread that a request or order belongs to, loaded when it is not known.
    ///
    /// # Errors
    /// That there is none, or that nobody answered.
    pub async fn thread_of(&self, entity: &str) -> Result<ThreadCell, ApiError> {
        let id = self.noticing(self.client().thread_of(entity).await)?;
        self.thread(&id).await
    }

    /// Keeps a thread as it is now.
    pub fn keep_thread(&self, snapshot: ThreadSnapshot) -> ThreadCell {
        let id = snapshot.thread.id.clone();
        self.inbox.keep(snapshot.entry.clone());
        match self.known_thread(&id) {
            // What was asked for earlier and came later is older than what is known.
            Some(cell) if cell.state.with_untracked(|known| known.seq > snapshot.thread.seq) => cell,
            Some(cell) => {
                cell.peer_read.set((snapshot.peer_read_seq, snapshot.peer_read_at));
                cell.more.set(snapshot.more);
                cell.rows.set_value(snapshot.rows.clone());
                cell.state.set(snapshot.thread);
                cell.tell(RowChange::Reset(snapshot.rows));
                cell
            }
            None => {
                let cell = super::for_good(|| ThreadCell::new(snapshot));
                self.inner.update_value(|inner| {
                    inner.threads.insert(id, cell);
                });
                cell
            }
        }
    }

    /// Loads the next page of older rows.
    ///
    /// # Errors
    /// That nobody answered.
    pub async fn load_older(&self, cell: ThreadCell) -> Result<(), ApiError> {
        if !cell.more.get_untracked() || cell.loading.get_value() {
            return Ok(());
        }
        cell.loading.set_value(true);
        let before = cell.first_seq();
        let page = self.noticing(self.client().rows(&cell.id(), before, PAGE).await);
        cell.loading.set_value(false);
        let page = page?;
        cell.put_before(before, page.rows, page.next.is_some());
        Ok(())
    }

    /// Loads everything between the row at a place and those that are loaded, and shows it at once.
    ///
    /// # Errors
    /// That nobody answered.
    pub async fn load_back_to(&self, cell: ThreadCell, seq: u64) -> Result<(), ApiError> {
        let from = cell.first_seq();
        let (mut pages, mut before, mut more) = (Vec::new(), from, cell.more.get_untracked());
        while more && before.is_some_and(|before| before > seq) {
            let page = self.noticing(self.client().rows(&cell.id(), before, LONG_PAGE).await)?;
            (before, more) = (page.next, page.next.is_some());
            pages.push(page.rows);
        }
        if !pages.is_empty() {
            cell.put_before(from, pages.into_iter().rev().flatten().collect(), more);
        }
        Ok(())
    }

    /// Folds one event in, whether it came in an answer or by itself. Repeats are no-ops; a gap is caught up.
    ///
    /// `false` when there is a gap before it.
    pub(super) fn apply(&self, envelope: &Envelope) -> bool {
        let Some(cell) = self.known_thread(&envelope.thread) else {
            self.inner.update_value(|inner| inner.missed.extend([envelope.thread.clone()]));
            self.inbox_is_behind();
            return true;
        };
        let mut state = Some(cell.state.get_untracked());
        match Thread::apply(&mut state, envelope) {
            Ok(false) => {}
            Ok(true) => {
                if let Some(state) = state {
                    cell.state.set(state);
                }
                cell.fold_rows(envelope);
                self.show_in_inbox(cell, envelope);
            }
            Err(_gap) => return false,
        }
        true
    }

    /// Loads a thread anew: a part of what happened in it was never heard of.
    pub(super) fn mend(&self, thread: &ThreadId) {
        let (session, thread) = (*self, thread.clone());
        leptos::task::spawn_local(async move {
            // Without an answer the next event finds the gap again.
            if let Ok(snapshot) = session.noticing(session.client().thread(&thread).await) {
                session.keep_thread(snapshot);
            }
        });
    }

    fn show_in_inbox(&self, cell: ThreadCell, envelope: &Envelope) {
        let id = cell.id();
        let (headline, accepted) = cell.state.with_untracked(|state| (state.headline(), state.accepted));
        let row = Row::of(envelope);
        self.inbox.change(&id, |entry: &mut InboxEntry| {
            entry.headline = headline;
            if accepted {
                entry.folder = api::wire::Folder::Primary;
            }
            if let Some(row) = row {
                entry.active_at = row.at;
                if row.actor != cell.role.into() {
                    entry.unread += 1;
                }
                entry.last = Some(row);
            }
        });
        // Its place, its picture in the tray and its count come from the API.
        self.inbox_is_behind();
    }

    /// Marks everything that is loaded as seen.
    pub fn mark_seen(&self, cell: ThreadCell) {
        let (session, id, seq) = (*self, cell.id(), cell.state.with_untracked(|state| state.seq));
        let unread = self.inbox.entry(&id).is_some_and(|entry| entry.with_untracked(|entry| entry.unread > 0));
        if !unread {
            return;
        }
        self.inbox.change(&id, |entry| entry.unread = 0);
        crate::push::seen(&id);
        leptos::task::spawn_local(async move {
            let body = api::wire::MarkRead { seq };
            // It is marked again with the next row.
            let _marked = session.noticing(session.client().mark_read(&super::new_key(), &id, &body).await);
        });
    }
}
