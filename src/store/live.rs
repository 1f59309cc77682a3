//! What happens elsewhere: heard, fetched, folded in. A gap is caught up, never skipped.

use super::Session;
use api::wire::Signal as Told;
use domain::ids::ThreadId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;
use std::rc::Rc;
use std::time::Duration;

/// For how long somebody counts as typing after the last key, in milliseconds.
const TYPING: f64 = 4_000.0;

impl Session {
    pub(super) fn listen(&self) {
        let session = *self;
        let place = move || session.inner.with_value(|inner| inner.cursor);
        self.client().transport().listen(Rc::new(place), Rc::new(move |told| session.hear(told)));
        let again = move |_| {
            session.catch_up();
            session.flush();
        };
        let _kept = window_event_listener(leptos::ev::online, again);
        let _kept = window_event_listener(leptos::ev::visibilitychange, move |_| {
            session.set_looked_at.set(!document().hidden());
            session.look_at_the_clock();
            session.catch_up();
        });
    }

    fn hear(&self, told: &Told) {
        match told {
            Told::Events { cursor } => {
                if self.inner.with_value(|inner| *cursor > inner.cursor) {
                    self.catch_up();
                }
            }
            Told::Typing { thread, by } => {
                if let Some(cell) = self.known_thread(thread).filter(|cell| cell.role != *by) {
                    cell.typing_until.set(Some(js_sys::Date::now() + TYPING));
                    cell.peer_here_at.set(Some(js_sys::Date::now()));
                }
            }
            Told::Here { thread, by } => {
                if let Some(cell) = self.known_thread(thread).filter(|cell| cell.role != *by) {
                    cell.peer_here_at.set(Some(js_sys::Date::now()));
                }
            }
            Told::Read { thread, by, seq, at } => {
                if let Some(cell) = self.known_thread(thread) {
                    if cell.role != *by {
                        // Monotonic: a late word never takes back what was seen.
                        cell.peer_read.update(|read| {
                            if *seq > read.0 {
                                *read = (*seq, Some(*at));
                            }
                        });
                    } else {
                        self.inbox_is_behind();
                    }
                }
            }
            Told::Clock => {
                self.the_clock_was_set();
                self.catch_up();
            }
            Told::Restored => {
                spawn_local(async {
                    super::forget_seen().await;
                    crate::url::reload();
                });
            }
            Told::Reset => {
                spawn_local(async {
                    super::forget_written().await;
                    crate::url::reload();
                });
            }
        }
    }

    /// Fetches what happened since, once at a time; what comes in between is fetched after.
    pub(super) fn catch_up(&self) {
        let mut busy = false;
        self.inner.update_value(|inner| {
            busy = inner.catching_up;
            inner.behind = busy;
            inner.catching_up = true;
        });
        if busy {
            return;
        }
        let session = *self;
        spawn_local(async move {
            loop {
                let cursor = session.inner.with_value(|inner| inner.cursor);
                let page = session.noticing(session.client().events(cursor).await);
                session.inbox.note(&page);
                let Ok(page) = page else { break };
                // In the order of the stream nothing is missing but what was lost before.
                let torn = page.events.iter().filter(|envelope| !session.apply(envelope));
                let torn: HashSet<&ThreadId> = torn.map(|envelope| &envelope.thread).collect();
                torn.into_iter().for_each(|thread| session.mend(thread));
                let mut again = page.more;
                session.inner.update_value(|inner| {
                    inner.cursor = page.cursor.max(inner.cursor);
                    again |= std::mem::take(&mut inner.behind);
                });
                if !again {
                    break;
                }
            }
            session.inner.update_value(|inner| inner.catching_up = false);
        });
    }

    /// Loads the list of threads anew, soon.
    pub fn refresh_inbox(&self) {
        self.inbox_is_behind();
    }

    /// The order of the inbox, and threads that are not loaded, come from the API; soon, and once for many events.
    pub(super) fn inbox_is_behind(&self) {
        thread_local! {
            static PLANNED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
        }
        if PLANNED.replace(true) {
            return;
        }
        let session = *self;
        let load = move || {
            PLANNED.set(false);
            spawn_local(async move {
                // A page that could not be loaded is loaded with the next event.
                session.inbox.note(&session.load_inbox().await);
            });
        };
        set_timeout(load, Duration::from_millis(120));
    }
}
