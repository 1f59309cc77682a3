//! What happened on one server, told to the others of the same database: LISTEN and NOTIFY. A message is only a hint
//! with a cursor in it; one that is lost costs a stream no more than the time until its next heartbeat.

use super::link::failed;
use super::{Pools, SqlStore};
use crate::live::Hub;
use api::store::StoreError;
use api::wire::{News, Signal};
use domain::ids::AccountId;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// What servers of one database listen to.
const CHANNEL: &str = "bottega_news";
/// Longest message that PostgreSQL carries, in bytes; ours are a tenth of it.
const LONGEST: usize = 7_999;

/// Most that waits to be told; a database that is gone for a while fills no memory.
const MOST: usize = 10_000;

/// A message between servers.
#[derive(Debug, Serialize, Deserialize)]
struct Message {
    /// The server that told it: it has told its own readers already.
    from: String,
    told: Told,
}

/// What servers tell each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Told {
    /// Something for readers.
    News(News),
    /// A session is not valid any more.
    Ended(String),
    /// There was more than could be told: whoever listens had better look for themselves.
    TooMuch,
}

/// The other servers. Cheap to clone; it takes without waiting, and never more than so much.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere {
    waiting: Arc<Waiting>,
}

/// What they are to be told.
#[derive(Debug, Default)]
struct Waiting {
    // A std mutex: nothing awaits while holding it.
    untold: Mutex<Untold>,
    bell: Notify,
}

/// Of the cursors of one account only the last; everything else as it came.
#[derive(Debug, Default, PartialEq, Eq)]
struct Untold {
    cursors: BTreeMap<AccountId, u64>,
    others: Vec<Told>,
    too_much: bool,
}

impl Untold {
    fn put(&mut self, told: Told) {
        match told {
            Told::News(News { to: Some(account), signal: Signal::Events { cursor } }) => {
                let known = self.cursors.entry(account).or_default();
                *known = (*known).max(cursor);
            }
            other @ (Told::News(_) | Told::Ended(_) | Told::TooMuch) => self.others.push(other),
        }
        if self.cursors.len() + self.others.len() > MOST {
            *self = Self { too_much: true, ..Self::default() };
        }
    }

    fn take(&mut self) -> Vec<Told> {
        let Self { cursors, others, too_much } = std::mem::take(self);
        let too_much = too_much.then_some(Told::TooMuch);
        let events = |(account, cursor)| Told::News(News::to(account, Signal::Events { cursor }));
        too_much.into_iter().chain(cursors.into_iter().map(events)).chain(others).collect()
    }
}

impl Elsewhere {
    /// Tells them, soon.
    pub fn tell(&self, news: &News) {
        self.put(Told::News(news.clone()));
    }

    /// Tells them that a session is not valid any more.
    pub fn ended(&self, session: &str) {
        self.put(Told::Ended(session.to_owned()));
    }

    fn put(&self, told: Told) {
        self.waiting.untold.lock().expect("no panic while putting").put(told);
        self.waiting.bell.notify_one();
    }

    /// What there is to tell, as soon as there is something.
    async fn untold(&self) -> Vec<Told> {
        self.waiting.bell.notified().await;
        self.waiting.untold.lock().expect("no panic while putting").take()
    }
}

impl SqlStore {
    /// Listens to the other servers of the database for `hub`, and gives the way to tell them.
    ///
    /// # Errors
    /// When the database cannot be listened to.
    pub async fn announce(&self, hub: Hub) -> Result<Elsewhere, StoreError> {
        let elsewhere = Elsewhere::default();
        match &self.pools {
            // A file is this server's alone.
            Pools::Sqlite { .. } => {}
            Pools::Postgres(pool) => {
                let mut random = [0; 16];
                getrandom::fill(&mut random).map_err(|error| StoreError::Unavailable(error.to_string()))?;
                let me = format!("{:032x}", u128::from_le_bytes(random));
                let mut listener = PgListener::connect_with(pool).await.map_err(failed)?;
                listener.listen(CHANNEL).await.map_err(failed)?;
                tokio::spawn(hear(listener, hub, me.clone()));
                tokio::spawn(tell_on(pool.clone(), elsewhere.clone(), me));
            }
        }
        Ok(elsewhere)
    }
}

async fn hear(mut listener: PgListener, hub: Hub, me: String) {
    let mut was_lost = false;
    loop {
        match listener.try_recv().await {
            Ok(Some(heard)) => {
                if std::mem::take(&mut was_lost) {
                    hub.cut_all();
                }
                match serde_json::from_str(heard.payload()) {
                    Ok(Message { from, told: Told::News(news) }) if from != me => hub.publish(&news),
                    Ok(Message { from, told: Told::Ended(session) }) if from != me => hub.close_session_here(&session),
                    Ok(Message { from, told: Told::TooMuch }) if from != me => hub.cut_all(),
                    // One's own, or of a newer program.
                    Ok(_) | Err(_) => {}
                }
            }
            // The connection was lost and is there again; what was told meanwhile was not heard.
            Ok(None) => hub.cut_all(),
            Err(error) => {
                // Once now, and once more with the first thing that is heard again.
                if !std::mem::replace(&mut was_lost, true) {
                    hub.cut_all();
                }
                tracing::warn!(%error, "other servers cannot be heard; it is tried again");
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            }
        }
    }
}

async fn tell_on(pool: PgPool, elsewhere: Elsewhere, me: String) {
    while !pool.is_closed() {
        for told in elsewhere.untold().await {
            let Ok(text) = serde_json::to_string(&Message { from: me.clone(), told }) else { continue };
            if text.len() > LONGEST {
                tracing::error!(bytes = text.len(), "news too long for other servers");
                continue;
            }
            let told = sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(text).execute(&pool).await;
            if let Err(error) = told {
                tracing::warn!(%error, "other servers could not be told; their streams find it themselves");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_events_of_one_account_are_one_message() {
        let kai: AccountId = "acc_kai".parse().unwrap();
        let events = |cursor| Told::News(News::to(kai.clone(), Signal::Events { cursor }));
        let clock = Told::News(News::to_everyone(Signal::Clock));
        let mut untold = Untold::default();
        for told in [events(3), clock.clone(), events(5), Told::Ended("one".to_owned()), events(4)] {
            untold.put(told);
        }
        assert_eq!(untold.take(), [events(5), clock, Told::Ended("one".to_owned())]);
        assert_eq!(untold.take(), []);
    }

    #[test]
    fn what_is_too_much_to_tell_is_told_as_that() {
        let mut untold = Untold::default();
        for number in 0..MOST {
            untold.put(Told::Ended(number.to_string()));
        }
        assert_eq!(untold.others.len(), MOST);
        untold.put(Told::News(News::to_everyone(Signal::Clock)));
        untold.put(Told::Ended("last".to_owned()));
        assert_eq!(untold.take(), [Told::TooMuch, Told::Ended("last".to_owned())]);
    }
}
