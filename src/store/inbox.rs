//! The list of threads: an order, and one signal per row.

use super::{Page, Session, seen};
use api::client::ApiError;
use api::wire::{Cursor, Folder, InboxEntry, InboxPage};
use domain::ids::ThreadId;
use leptos::prelude::*;
use std::collections::{HashMap, HashSet};

/// One row, live.
pub type Entry = RwSignal<InboxEntry>;

/// Where a search through both folders goes on.
pub type Place = (Folder, Option<String>);

/// The list of threads.
#[derive(Clone, Copy)]
pub struct Inbox {
    /// Accepted threads, the most recently active first.
    pub primary: RwSignal<Vec<ThreadId>>,
    /// Strangers who wrote first.
    pub requests: RwSignal<Vec<ThreadId>>,
    /// How many wait under Requests, loaded or not.
    pub waiting: RwSignal<u32>,
    /// The cursor that the list is as new as: what is asked of all threads is asked anew when it moves.
    pub as_of: RwSignal<Cursor>,
    /// Whether the first page is there.
    pub loaded: RwSignal<bool>,
    /// Why the list may be behind what happened.
    pub problem: RwSignal<Option<ApiError>>,
    /// Where the list of each folder goes on.
    pub(super) next: StoredValue<(Option<String>, Option<String>)>,
    entries: StoredValue<HashMap<ThreadId, Entry>>,
}

impl Inbox {
    pub(super) fn new() -> Self {
        Self {
            primary: RwSignal::new(Vec::new()),
            requests: RwSignal::new(Vec::new()),
            waiting: RwSignal::new(0),
            as_of: RwSignal::new(0),
            loaded: RwSignal::new(false),
            problem: RwSignal::new(None),
            next: StoredValue::new((None, None)),
            entries: StoredValue::new(HashMap::new()),
        }
    }

    /// The row of a thread, when it is known.
    pub fn entry(&self, thread: &ThreadId) -> Option<Entry> {
        self.entries.with_value(|entries| entries.get(thread).copied())
    }

    /// How many threads have something unread and are not silent.
    pub fn unread(&self) -> usize {
        let threads = self.primary.get();
        let unread = |thread: &ThreadId| {
            self.entry(thread).is_some_and(|entry| entry.with(|entry| entry.unread > 0 && !entry.muted))
        };
        threads.iter().filter(|thread| unread(thread)).count()
    }

    /// Keeps a row as it is now; a row that did not change wakes nobody.
    pub(super) fn keep(&self, entry: InboxEntry) {
        match self.entry(&entry.thread) {
            Some(known) => {
                if known.with_untracked(|known| *known != entry) {
                    known.set(entry);
                }
            }
            None => {
                let thread = entry.thread.clone();
                // Kept for as long as the page.
                let signal = super::for_good(|| RwSignal::new(entry));
                self.entries.update_value(|entries| {
                    entries.insert(thread, signal);
                });
            }
        }
    }

    /// Notes why it may be behind. That nobody answers is shown elsewhere.
    pub(super) fn note<T>(&self, answer: &Result<T, ApiError>) {
        let problem = answer.as_ref().err().filter(|error| !matches!(error, ApiError::Network(_)));
        if self.problem.with_untracked(|known| known.as_ref() != problem) {
            self.problem.set(problem.cloned());
        }
    }

    /// Changes a row that is known.
    pub(super) fn change(&self, thread: &ThreadId, change: impl FnOnce(&mut InboxEntry)) {
        if let Some(known) = self.entry(thread) {
            known.update(change);
        }
    }

    fn list(&self, folder: Folder) -> RwSignal<Vec<ThreadId>> {
        match folder {
            Folder::Primary => self.primary,
            Folder::Requests => self.requests,
        }
    }
}

impl Session {
    /// Loads the first page of both folders, and keeps what is known beyond them.
    pub(super) async fn load_inbox(&self) -> Result<(), ApiError> {
        let mut as_of = 0;
        for folder in [Folder::Primary, Folder::Requests] {
            let page = self.noticing(self.client().inbox(folder, "", None).await);
            let page = seen::or_last(format!("inbox/{}", folder.as_str()), page).await?;
            self.inner.update_value(|inner| {
                if inner.cursor == 0 {
                    inner.cursor = page.cursor;
                }
            });
            if as_of == 0 {
                as_of = page.cursor;
            }
            if self.inbox.waiting.get_untracked() != page.requests {
                self.inbox.waiting.set(page.requests);
            }
            self.keep_page(folder, page, true);
        }
        self.inbox.loaded.set(true);
        if self.inbox.as_of.get_untracked() != as_of {
            self.inbox.as_of.set(as_of);
        }
        Ok(())
    }

    /// Threads whose names or last words have the words in them: first those of the inbox, then those under Requests.
    ///
    /// # Errors
    /// That nobody answered.
    pub async fn search_inbox(&self, words: &str, from: Option<Place>) -> Result<Page<ThreadId, Place>, ApiError> {
        let (folder, after) = from.unwrap_or((Folder::Primary, None));
        let page = self.noticing(self.client().inbox(folder, words, after.as_deref()).await)?;
        let found = page.entries.iter().map(|entry| entry.thread.clone()).collect();
        page.entries.into_iter().for_each(|entry| self.inbox.keep(entry));
        let next = match (page.next, folder) {
            (Some(next), _) => Some((folder, Some(next))),
            (None, Folder::Primary) => Some((Folder::Requests, None)),
            (None, Folder::Requests) => None,
        };
        Ok((found, next))
    }

    /// Loads the next page of a folder, when there is one.
    ///
    /// # Errors
    /// That nobody answered.
    pub async fn load_more_of_inbox(&self, folder: Folder) -> Result<(), ApiError> {
        let next = self.inbox.next.with_value(|(primary, requests)| match folder {
            Folder::Primary => primary.clone(),
            Folder::Requests => requests.clone(),
        });
        if let Some(next) = next {
            let page = self.noticing(self.client().inbox(folder, "", Some(&next)).await)?;
            self.keep_page(folder, page, false);
        }
        Ok(())
    }

    fn keep_page(&self, folder: Folder, page: InboxPage, first: bool) {
        let list = self.inbox.list(folder);
        let threads: Vec<ThreadId> = page.entries.iter().map(|entry| entry.thread.clone()).collect();
        page.entries.into_iter().for_each(|entry| self.inbox.keep(entry));
        let known = list.get_untracked();
        let of_page: HashSet<&ThreadId> = threads.iter().collect();
        let (again, beyond): (Vec<_>, Vec<_>) = known.iter().partition(|thread| of_page.contains(thread));
        let merged: Vec<ThreadId> = if first {
            // What went to another folder is not beyond the first page, it is gone.
            let stays = beyond.into_iter().filter(|thread| {
                self.inbox.entry(thread).is_some_and(|entry| entry.with_untracked(|entry| entry.folder == folder))
            });
            threads.iter().chain(stays).cloned().collect()
        } else {
            let again: HashSet<&ThreadId> = again.into_iter().collect();
            known.iter().chain(threads.iter().filter(|thread| !again.contains(thread))).cloned().collect()
        };
        let keep_next = first && known.len() > threads.len();
        if !keep_next {
            self.inbox.next.update_value(|(primary, requests)| match folder {
                Folder::Primary => *primary = page.next,
                Folder::Requests => *requests = page.next,
            });
        }
        if merged != known {
            list.set(merged);
        }
    }
}
