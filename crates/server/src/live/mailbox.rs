//! What one reader has still to be told.

use api::wire::Signal;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard};
use tokio::sync::Notify;

/// Signals that wait for a reader at most. Everything a busy shop causes within seconds fits; more means nobody reads.
pub(super) const ROOM: usize = 256;

/// A queue with an end.
pub(super) struct Mailbox {
    state: Mutex<State>,
    changed: Notify,
}

enum State {
    Open(VecDeque<Signal>),
    Ended,
}

impl Default for Mailbox {
    fn default() -> Self {
        Self { state: Mutex::new(State::Open(VecDeque::new())), changed: Notify::new() }
    }
}

impl Mailbox {
    /// Puts a signal in. False when there was no room: then it has ended.
    pub(super) fn put(&self, signal: &Signal) -> bool {
        let mut state = self.lock();
        let State::Open(waiting) = &mut *state else { return false };
        let is_full = waiting.len() == ROOM;
        let has_room = match (waiting.back_mut(), signal) {
            // Only the newest cursor matters, and saying the same twice says nothing.
            (Some(Signal::Events { cursor }), Signal::Events { cursor: newer }) => {
                *cursor = (*cursor).max(*newer);
                true
            }
            (Some(last), signal) if last == signal => true,
            (Some(_) | None, signal) => {
                if !is_full {
                    waiting.push_back(signal.clone());
                }
                !is_full
            }
        };
        if !has_room {
            *state = State::Ended;
        }
        self.changed.notify_one();
        has_room
    }

    /// Nothing more is told, not even what waits.
    pub(super) fn end(&self) {
        *self.lock() = State::Ended;
        self.changed.notify_one();
    }

    /// The next signal, when it comes; none at the end. For one reader: a second would miss signals.
    pub(super) async fn take(&self) -> Option<Signal> {
        loop {
            match &mut *self.lock() {
                State::Ended => return None,
                State::Open(waiting) => {
                    if let Some(signal) = waiting.pop_front() {
                        return Some(signal);
                    }
                }
            }
            // What changed since the look above has left a permit.
            self.changed.notified().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A std mutex: nothing awaits while holding it.
        self.state.lock().expect("no panic while holding the mailbox")
    }
}
