//! The live stream: what happens, to everybody whom it concerns, as server-sent events.
//!
//! A signal is only a hint: what happened is fetched from `/v1/events`. So one that is lost costs nothing but time, and
//! a reader who is too slow for its signals is cut; it comes again, and catches up from where it was.

mod mailbox;
mod stream;

use crate::Server;
use crate::accounts::SessionId;
use crate::store::Elsewhere;
use api::problem::Problem;
use api::wire::{News, Signal};
use axum::Router;
use axum::routing::get;
use domain::ids::AccountId;
use mailbox::Mailbox;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

/// Streams of one browser, or of one key, at once: one for all of its tabs, and room for what is not yet closed. An account
/// has as many browsers as sessions.
pub const STREAMS_EACH: usize = 20;

/// Who listens on this machine. Cheap to clone.
#[derive(Clone, Default)]
pub struct Hub {
    readers: Arc<Mutex<Readers>>,
    elsewhere: Arc<OnceLock<Elsewhere>>,
}

#[derive(Default)]
struct Readers {
    of: HashMap<AccountId, Vec<Reader>>,
    next: u64,
    closed: bool,
}

struct Reader {
    number: u64,
    session: Option<SessionId>,
    mailbox: Arc<Mailbox>,
}

impl Hub {
    /// Tells those who listen here. Whoever has no room for it is cut.
    pub fn publish(&self, news: &News) {
        metrics::counter!("bottega_signals_published_total").increment(1);
        let mut readers = self.lock();
        match &news.to {
            Some(account) => {
                if let Some(theirs) = readers.of.get_mut(account) {
                    tell(theirs, &news.signal);
                }
            }
            None => readers.of.values_mut().for_each(|theirs| tell(theirs, &news.signal)),
        }
        readers.of.retain(|_, theirs| !theirs.is_empty());
    }

    /// Ends the streams of a session, here and at other servers: it is not valid any more.
    pub fn close_session(&self, session: &str) {
        self.close_session_here(session);
        if let Some(elsewhere) = self.elsewhere.get() {
            elsewhere.ended(session);
        }
    }

    /// Ends the streams of a session on this machine.
    pub fn close_session_here(&self, session: &str) {
        self.end(|reader| reader.session.as_ref().is_some_and(|SessionId(id)| id == session));
    }

    /// The other servers, which are told too from now on.
    pub fn tell_elsewhere(&self, elsewhere: Elsewhere) {
        // The first is the only one.
        let _known = self.elsewhere.set(elsewhere);
    }

    /// Ends all streams: something may have happened that nobody told. Who comes again catches up.
    pub fn cut_all(&self) {
        self.end(|_| true);
    }

    /// Ends all streams, and lets none begin: the server is about to end.
    pub fn close(&self) {
        self.lock().closed = true;
        self.end(|_| true);
    }

    /// How many streams an account has here.
    pub fn streams_of(&self, account: &AccountId) -> usize {
        self.lock().of.get(account).map_or(0, Vec::len)
    }

    /// A place among those who are told.
    fn listen(&self, account: &AccountId, session: Option<SessionId>) -> Result<Place, Problem> {
        let mut readers = self.lock();
        if readers.closed {
            return Err(Problem::new(503, "going_away", "This server is about to end. Try again."));
        }
        let is_own = |reader: &&Reader| reader.session == session;
        if readers.of.get(account).is_some_and(|theirs| theirs.iter().filter(is_own).count() >= STREAMS_EACH) {
            return Err(Problem::new(429, "too_many_streams", "You have Bottega open in too many places."));
        }
        let (number, mailbox) = (readers.next, Arc::new(Mailbox::default()));
        readers.next += 1;
        readers.of.entry(account.clone()).or_default().push(Reader { number, session, mailbox: mailbox.clone() });
        metrics::gauge!("bottega_streams_open").increment(1.0);
        Ok(Place { hub: self.clone(), account: account.clone(), number, mailbox })
    }

    fn end(&self, which: impl Fn(&Reader) -> bool) {
        let mut readers = self.lock();
        for theirs in readers.of.values_mut() {
            theirs.retain(|reader| {
                let ends = which(reader);
                if ends {
                    reader.mailbox.end();
                }
                !ends
            });
        }
        readers.of.retain(|_, theirs| !theirs.is_empty());
    }

    fn lock(&self) -> MutexGuard<'_, Readers> {
        // A std mutex: nothing awaits while holding it.
        self.readers.lock().expect("no panic while holding the readers")
    }
}

/// Puts a signal into every mailbox; a full one is gone.
fn tell(readers: &mut Vec<Reader>, signal: &Signal) {
    readers.retain(|reader| {
        let took = reader.mailbox.put(signal);
        if !took {
            metrics::counter!("bottega_streams_cut_total").increment(1);
        }
        took
    });
}

/// A place among those who are told; given up when it is dropped.
struct Place {
    hub: Hub,
    account: AccountId,
    number: u64,
    mailbox: Arc<Mailbox>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut readers = self.hub.lock();
        if let Some(theirs) = readers.of.get_mut(&self.account) {
            theirs.retain(|reader| reader.number != self.number);
            if theirs.is_empty() {
                readers.of.remove(&self.account);
            }
        }
        metrics::gauge!("bottega_streams_open").decrement(1.0);
    }
}

/// `GET /stream`, below `/v1`.
pub fn router() -> Router<Server> {
    Router::new().route("/stream", get(stream::open))
}

#[cfg(test)]
mod tests;
