//! What has failed for good, for whoever runs a server: work, and webhooks that were given up. Each is listed with why,
//! and can be done again.

use crate::webhooks;
use api::dead_letters::{self as letters, About, NotRetried, Undone};
use api::store::{OutboxEntry, Store, StoreError};
use std::fmt;

/// One that is listed. Its `Display` is one line: name, since when, what it was about, what its last try came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What to have it done again by.
    pub id: String,
    since: String,
    what: String,
    why: String,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, since, what, why } = self;
        write!(f, "{id}  {since}  {what}: {why}")
    }
}

/// Why one was not done again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoRetry {
    id: String,
    why: NotRetried,
}

impl fmt::Display for NoRetry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = &self.id;
        match &self.why {
            NotRetried::Unknown => write!(f, "there is no dead letter {id}"),
            NotRetried::Unreadable => write!(f, "{id} cannot be read: nobody knows what is to be done"),
            NotRetried::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NoRetry {}

/// All of them.
///
/// # Errors
/// When the store fails.
pub async fn all(store: &dyn Store) -> Result<Vec<Listed>, StoreError> {
    let work = letters::all(store).await?.into_iter().map(|letter| listed(letter.id, letter.about));
    let paused = webhooks::paused(store).await?.into_iter().map(|paused| Listed {
        since: paused.since.to_string(),
        what: format!("the webhook {} of {}", paused.url, paused.account),
        why: paused.last.to_owned(),
        id: paused.id,
    });
    Ok(work.chain(paused).collect())
}

/// Has one done again.
///
/// # Errors
/// When there is none of that name, it cannot be read, or the store fails.
pub async fn retry(store: &dyn Store, id: &str) -> Result<(), NoRetry> {
    let not = |why| NoRetry { id: id.to_owned(), why };
    match webhooks::resume(store, id).await {
        Ok(true) => Ok(()),
        Ok(false) => letters::retry(store, id).await.map_err(not),
        Err(error) => Err(not(error.into())),
    }
}

fn listed(id: String, about: About) -> Listed {
    match about {
        About::Failed { at, why, undone } => {
            let what = match *undone {
                Undone::Entry(OutboxEntry { thread, task, .. }) => {
                    format!("{} of {thread}", serde_json::to_string(&task).unwrap_or_default())
                }
                Undone::Timers { thread, .. } => format!("the timers of {thread}"),
            };
            Listed { id, since: at.to_string(), what, why: format!("{} ({})", why.detail, why.code) }
        }
        About::Unreadable(text) => {
            let what = format!("an entry of {} bytes", text.len());
            Listed { id, since: "-".to_owned(), what, why: "it cannot be read".to_owned() }
        }
    }
}
