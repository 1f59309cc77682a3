//! The rows of one thread, and the way a log on the screen hears of their changes.

use crate::thread::row::{Row, RowKey, Rows};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::{Ref, RefCell};
use std::rc::Rc;

/// What changed in a timeline. Positions are those after the change, but for what was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Everything.
    Reset,
    /// One row came in at this position.
    Inserted(usize),
    /// So many older rows came in front.
    Prepended(usize),
    /// The row at this position is another.
    Replaced(usize),
    /// The row that was at this position has gone.
    Removed(usize),
    /// The log is to show the row at this position.
    Sought(usize),
    /// The log is to show the end.
    EndSought,
    /// What is said below a row changed.
    Noted(usize),
}

type Observer = Rc<dyn Fn(Change)>;

struct Inner<R> {
    rows: R,
    has_older: bool,
    note: Option<(RowKey, String)>,
    observer: Option<Observer>,
}

/// The rows of one thread. A handle: clones are the same timeline. Whoever owns it changes it; the log that shows it
/// hears of each change at once and touches only what changed.
pub struct Timeline<R: Rows = Vec<Row>> {
    // A browser has one thread; contexts and signals ask for `Send` all the same.
    inner: SendWrapper<Rc<RefCell<Inner<R>>>>,
    at_end: ArcRwSignal<bool>,
    unseen: ArcRwSignal<usize>,
}

impl<R: Rows> Clone for Timeline<R> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), at_end: self.at_end.clone(), unseen: self.unseen.clone() }
    }
}

impl<R: Rows> Timeline<R> {
    /// A timeline of rows, oldest first. `has_older` says whether there are more before them.
    pub fn new(rows: R, has_older: bool) -> Self {
        let inner = Inner { rows, has_older, note: None, observer: None };
        Self {
            inner: SendWrapper::new(Rc::new(RefCell::new(inner))),
            at_end: ArcRwSignal::new(true),
            unseen: ArcRwSignal::new(0),
        }
    }

    /// The rows, to read.
    pub fn rows(&self) -> Ref<'_, R> {
        Ref::map(self.inner.borrow(), |inner| &inner.rows)
    }

    /// Whether there is more before the first row.
    pub fn has_older(&self) -> bool {
        self.inner.borrow().has_older
    }

    /// Says whether there is more before the first row.
    pub fn set_has_older(&self, has_older: bool) {
        self.inner.borrow_mut().has_older = has_older;
    }

    /// Whether the end is in sight.
    pub fn at_end(&self) -> Signal<bool> {
        self.at_end.clone().into()
    }

    /// How many rows came in while the end was out of sight.
    pub fn unseen(&self) -> Signal<usize> {
        self.unseen.clone().into()
    }

    /// Shows the row of this key, if it is here.
    pub fn jump_to(&self, key: RowKey) -> bool {
        let position = self.rows().position(key);
        if let Some(position) = position {
            self.tell(Change::Sought(position));
        }
        position.is_some()
    }

    /// Shows the end.
    pub fn jump_to_end(&self) {
        self.tell(Change::EndSought);
    }

    /// Says something below one row and nowhere else, such as "Seen 10:32".
    pub fn set_note(&self, note: Option<(RowKey, String)>) {
        let old = {
            let mut inner = self.inner.borrow_mut();
            if inner.note == note {
                return;
            }
            std::mem::replace(&mut inner.note, note.clone())
        };
        for (key, _) in [old, note].into_iter().flatten() {
            let position = self.rows().position(key);
            if let Some(position) = position {
                self.tell(Change::Noted(position));
            }
        }
    }

    /// Changes the rows, and says how.
    pub fn change(&self, change: impl FnOnce(&mut R) -> Change) {
        let change = change(&mut self.inner.borrow_mut().rows);
        self.tell(change);
    }

    pub(super) fn note_of(&self, key: RowKey) -> Option<String> {
        let inner = self.inner.borrow();
        inner.note.as_ref().filter(|(noted, _)| *noted == key).map(|(_, note)| note.clone())
    }

    pub(super) fn observe(&self, observer: Observer) {
        self.inner.borrow_mut().observer = Some(observer);
    }

    /// Forgets the observer, unless another has taken its place.
    pub(super) fn forget(&self, observer: &Observer) {
        let mut inner = self.inner.borrow_mut();
        if inner.observer.as_ref().is_some_and(|current| Rc::ptr_eq(current, observer)) {
            inner.observer = None;
        }
    }

    pub(super) fn set_at_end(&self, at_end: bool) {
        if self.at_end.get_untracked() != at_end {
            self.at_end.set(at_end);
        }
        if at_end && self.unseen.get_untracked() != 0 {
            self.unseen.set(0);
        }
    }

    pub(super) fn count_unseen(&self) {
        self.unseen.update(|unseen| *unseen += 1);
    }

    fn tell(&self, change: Change) {
        // Let go of the rows first: the observer reads them.
        let observer = self.inner.borrow().observer.clone();
        if let Some(observer) = observer {
            observer(change);
        }
    }
}

impl Timeline {
    /// Adds a row at the end.
    pub fn append(&self, row: Row) {
        self.change(|rows| {
            rows.push(row);
            Change::Inserted(rows.len() - 1)
        });
    }

    /// Adds a row before the one of this key, or at the end when that is not here.
    pub fn insert_before(&self, key: RowKey, row: Row) {
        self.change(|rows| {
            let position = rows.position(key).unwrap_or(rows.len());
            rows.insert(position, row);
            Change::Inserted(position)
        });
    }

    /// Adds older rows in front, oldest first.
    pub fn prepend(&self, older: Vec<Row>, has_older: bool) {
        self.set_has_older(has_older);
        self.change(|rows| {
            let count = older.len();
            rows.splice(0..0, older);
            Change::Prepended(count)
        });
    }

    /// Puts another row in the place of the one of this key: an edit, a reaction, an own message that has arrived.
    /// Says whether it was here.
    pub fn replace(&self, key: RowKey, row: Row) -> bool {
        let position = self.rows().position(key);
        if let Some(position) = position {
            self.change(|rows| {
                rows[position] = row;
                Change::Replaced(position)
            });
        }
        position.is_some()
    }

    /// Takes the row of this key out. Says whether it was here.
    pub fn remove(&self, key: RowKey) -> bool {
        let position = self.rows().position(key);
        if let Some(position) = position {
            self.change(|rows| {
                rows.remove(position);
                Change::Removed(position)
            });
        }
        position.is_some()
    }

    /// Starts over with other rows.
    pub fn reset(&self, rows: Vec<Row>, has_older: bool) {
        self.set_has_older(has_older);
        self.change(|all| {
            *all = rows;
            Change::Reset
        });
    }
}
