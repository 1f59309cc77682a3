//! Work that has failed for good: what it was and why, kept until somebody has it done again.

use crate::app::{App, kinds};
use crate::problem::Problem;
use crate::store::{AppendError, OutboxEntry, Store, StoreError};
use domain::ids::ThreadId;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What was to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "of", rename_all = "snake_case")]
pub enum Undone {
    /// An entry of the outbox.
    Entry(OutboxEntry),
    /// The timers of a thread.
    Timers {
        /// When they were due.
        at: Timestamp,
        /// Which.
        thread: ThreadId,
    },
}

/// A dead letter, as it is kept. One that was done again is kept as nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Buried {
    at: Timestamp,
    why: Problem,
    undone: Undone,
}

/// A dead letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// Which.
    pub id: String,
    /// What is known of it.
    pub about: About,
}

/// What is known of a dead letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// It failed too often, or was refused.
    Failed {
        /// Since when it is not tried any more.
        at: Timestamp,
        /// What its last try came to.
        why: Problem,
        /// What was to be done.
        undone: Box<Undone>,
    },
    /// It cannot be read: nobody knows what was to be done.
    Unreadable(String),
}

/// Why a dead letter was not put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRetried {
    /// There is none of that name.
    Unknown,
    /// Nobody knows what is to be done.
    Unreadable,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for NotRetried {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl App {
    /// Keeps that something has failed for good.
    pub(crate) async fn bury(&self, id: &str, undone: Undone, why: Problem, at: Timestamp) -> Result<(), StoreError> {
        let buried = Buried { at, why, undone };
        // What stands there is the same letter, from before it was done again.
        loop {
            let was = self.store.document(kinds::DEAD_LETTER, id).await?;
            let text = crate::store::encode(&buried);
            match self.store.put_document(kinds::DEAD_LETTER, id, was, text, None).await {
                Ok(()) => return Ok(()),
                Err(AppendError::Conflict) => {}
                Err(AppendError::Store(error)) => return Err(error),
            }
        }
    }
}

/// All of them, by name.
///
/// # Errors
/// When the store fails.
pub async fn all(store: &dyn Store) -> Result<Vec<DeadLetter>, StoreError> {
    let kept = store.documents(kinds::DEAD_LETTER).await?.into_iter();
    Ok(kept.filter_map(|(id, text)| Some(DeadLetter { about: about(text)?, id })).collect())
}

fn about(text: String) -> Option<About> {
    match serde_json::from_str::<Option<Buried>>(&text) {
        Ok(Some(Buried { at, why, undone })) => Some(About::Failed { at, why, undone: Box::new(undone) }),
        Ok(None) => None,
        // Set aside by a program that could not read it: a newer one can, and then it can be done.
        Err(_) => Some(match serde_json::from_str::<OutboxEntry>(&text) {
            Ok(entry) => {
                let undone = Box::new(Undone::Entry(entry.clone()));
                About::Failed { at: entry.at, why: Problem::storage_corrupt(), undone }
            }
            Err(_) => About::Unreadable(text),
        }),
    }
}

/// Has one done again, as if it had never been tried. Doing a thing twice is harmless: each has a name of its own.
///
/// # Errors
/// When there is none of that name, it cannot be read, or the store fails.
pub async fn retry(store: &dyn Store, id: &str) -> Result<(), NotRetried> {
    let kept = store.document(kinds::DEAD_LETTER, id).await?.ok_or(NotRetried::Unknown)?;
    match about(kept.clone()) {
        None => return Err(NotRetried::Unknown),
        Some(About::Unreadable(_)) => return Err(NotRetried::Unreadable),
        Some(About::Failed { undone, .. }) => match *undone {
            Undone::Entry(entry) => store.reschedule(None, Some(OutboxEntry { attempts: 0, ..entry })).await?,
            Undone::Timers { at, thread } => store.postpone(&thread, at, Some(at)).await?,
        },
    }
    match store.put_document(kinds::DEAD_LETTER, id, Some(kept), "null".to_owned(), None).await {
        // It failed again in this moment, or somebody else has put it back too.
        Ok(()) | Err(AppendError::Conflict) => Ok(()),
        Err(AppendError::Store(error)) => Err(error.into()),
    }
}
