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
use std::collections::HashMap;
use tokio::sync::mpsc;

/// What servers of one database listen to.
const CHANNEL: &str = "bottega_news";
/// Longest message that PostgreSQL carries, in bytes; ours are a tenth of it.
const LONGEST: usize = 7_999;

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
}

/// The other servers. Cheap to clone; it takes without waiting.
#[derive(Clone, Debug)]
pub struct Elsewhere {
    queue: mpsc::UnboundedSender<Told>,
}

impl Elsewhere {
    /// Tells them, soon.
    pub fn tell(&self, news: &News) {
        // Nobody takes it only while this server ends.
        let _queued = self.queue.send(Told::News(news.clone()));
    }

    /// Tells them that a session is not valid any more.
    pub fn ended(&self, session: &str) {
        let _queued = self.queue.send(Told::Ended(session.to_owned()));
    }
}

impl SqlStore {
    /// Listens to the other servers of the database for `hub`, and gives the way to tell them.
    ///
    /// # Errors
    /// When the database cannot be listened to.
    pub async fn announce(&self, hub: Hub) -> Result<Elsewhere, StoreError> {
        let (queue, taken) = mpsc::unbounded_channel();
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
                tokio::spawn(tell_on(pool.clone(), taken, me));
            }
        }
        Ok(Elsewhere { queue })
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

async fn tell_on(pool: PgPool, mut taken: mpsc::UnboundedReceiver<Told>, me: String) {
    let mut some = Vec::new();
    while taken.recv_many(&mut some, 256).await > 0 {
        for told in newest(some.drain(..)) {
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

/// Of the cursors of one account only the last; everything else as it is.
fn newest(told: impl Iterator<Item = Told>) -> Vec<Told> {
    let (mut cursors, mut others): (HashMap<AccountId, u64>, Vec<Told>) = (HashMap::new(), Vec::new());
    for told in told {
        match told {
            Told::News(News { to: Some(account), signal: Signal::Events { cursor } }) => {
                let known = cursors.entry(account).or_default();
                *known = (*known).max(cursor);
            }
            other @ (Told::News(_) | Told::Ended(_)) => others.push(other),
        }
    }
    let last = cursors.into_iter().map(|(account, cursor)| Told::News(News::to(account, Signal::Events { cursor })));
    last.chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_events_of_one_account_are_one_message() {
        let kai: AccountId = "acc_kai".parse().unwrap();
        let events = |cursor| Told::News(News::to(kai.clone(), Signal::Events { cursor }));
        let clock = Told::News(News::to_everyone(Signal::Clock));
        let told = newest([events(3), clock.clone(), events(5), Told::Ended("one".to_owned()), events(4)].into_iter());
        assert_eq!(told, [events(5), clock, Told::Ended("one".to_owned())]);
    }
}
