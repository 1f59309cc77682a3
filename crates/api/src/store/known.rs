//! What one has to know before something is decided.

use super::{IdempotencyRecord, Store, StoreError, Summary};
use domain::ids::{AccountId, MessageId, ThreadId};
use domain::thread::Thread;
use domain::timeline::Row;

/// What one has to know before something is decided.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// In which thread.
    pub thread: &'a ThreadId,
    /// About which message.
    pub message: Option<&'a MessageId>,
    /// Whether this call was made before: whose, and its key.
    pub call: Option<(&'a AccountId, &'a str)>,
    /// A document that is needed, too: its kind and id.
    pub document: Option<(&'a str, &'a str)>,
}

/// What is known before something is decided.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The state of the thread.
    pub thread: Option<Thread>,
    /// What the inbox shows of it.
    pub summary: Option<Summary>,
    /// The row of the message.
    pub row: Option<Row>,
    /// That the call was made.
    pub record: Option<IdempotencyRecord>,
    /// The document.
    pub document: Option<String>,
}

/// The same from a store that answers one question at a time.
pub(super) async fn one_by_one<S: Store + ?Sized>(store: &S, asked: Asked<'_>) -> Result<Known, StoreError> {
    let thread = store.thread(asked.thread).await?;
    // Together: in a page each question is a trip.
    let (summary, row, record, document) = futures::try_join!(
        store.summary(asked.thread),
        async {
            match asked.message {
                Some(message) => store.message_row(asked.thread, message).await,
                None => Ok(None),
            }
        },
        async {
            match asked.call {
                Some((account, key)) => store.idempotency(account, key).await,
                None => Ok(None),
            }
        },
        async {
            match asked.document {
                Some((kind, id)) => store.document(kind, id).await,
                None => Ok(None),
            }
        }
    )?;
    Ok(Known { thread, summary, row, record, document })
}
