//! The one storage seam. One append is one transaction: events, state, rows, inbox, outbox, timers, idempotency.

mod append;
mod documents;
mod index;
#[cfg(target_arch = "wasm32")]
pub mod indexed_db;
mod known;
mod kv;
mod memory;
pub mod tables;
mod work;

pub use append::entities_of;
pub(crate) use documents::try_change;
pub use documents::{change, document};
pub use index::{Held, Index, Sums};
pub use known::{Asked, Known};
pub use kv::{Batch, Kv, KvStore, WriteError, decode, encode, found, going_down, going_up};
pub use memory::MemoryKv;
pub use work::{Claim, Work};

use crate::wire::{Cursor, Folder, Tray};
use domain::command::Answer;
use domain::event::Envelope;
use domain::facts::{OrderRecord, Records, Talk};
use domain::headline::{About, Headline};
use domain::ids::{AccountId, MessageId, PaymentId, ThreadId};
use domain::intent::Intent;
use domain::money::Money;
use domain::queue::Group;
use domain::thread::{Role, Thread};
use domain::time::Timestamp;
use domain::timeline::Row;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::pin::Pin;

/// A future that a handler may wait for.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The store failed; what was asked for did not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// It is full.
    Full,
    /// What is in it cannot be read.
    Corrupt(String),
    /// It does not answer, or forbids.
    Unavailable(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("There is no space left to keep this. Nothing was lost; free some space."),
            Self::Corrupt(_) => f.write_str("What is stored here cannot be read."),
            Self::Unavailable(_) => f.write_str("The storage does not answer."),
        }
    }
}

impl std::error::Error for StoreError {}

/// Why nothing was appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppendError {
    /// Somebody else was first: load and decide again.
    Conflict,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for AppendError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What the inbox shows of a thread, the same for both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Which.
    pub thread: ThreadId,
    /// Who buys.
    pub buyer: AccountId,
    /// Who sells.
    pub seller: AccountId,
    /// Whether it is in both inboxes.
    pub accepted: bool,
    /// Who wrote first.
    pub started_by: Role,
    /// The last row.
    pub last: Option<Row>,
    /// When something last happened.
    pub active_at: Timestamp,
    /// State, turn and time of what matters most.
    pub headline: Option<Headline>,
    /// What the tray shows.
    pub tray: Option<Tray>,
    /// How fast the business answers in it; not kept by earlier builds.
    #[serde(default)]
    pub talk: Talk,
}

impl Summary {
    /// The account on a side.
    pub fn account(&self, role: Role) -> &AccountId {
        match role {
            Role::Buyer => &self.buyer,
            Role::Seller => &self.seller,
        }
    }

    /// Where one side finds it. Whoever starts a thread has it in the inbox; while nothing was said, only there.
    pub fn folder_of(&self, role: Role) -> Option<Folder> {
        match (role == self.started_by, self.accepted, &self.last) {
            (true, ..) => Some(Folder::Primary),
            (false, _, None) => None,
            (false, true, Some(_)) => Some(Folder::Primary),
            (false, false, Some(_)) => Some(Folder::Requests),
        }
    }
}

/// One side's own view of a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The last row that was seen.
    pub read_seq: u64,
    /// When.
    pub read_at: Option<Timestamp>,
    /// Rows of the other side since.
    pub unread: u32,
    /// Whether it is silent.
    pub muted: bool,
}

/// What the world is asked for, or tells, at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxEntry {
    /// Which; asking twice with the same id is asking once.
    pub id: String,
    /// Not before.
    pub at: Timestamp,
    /// In which thread.
    pub thread: ThreadId,
    /// What.
    pub task: Task,
    /// How often it was tried.
    pub attempts: u32,
}

/// What a worker does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "of", rename_all = "snake_case")]
pub enum Task {
    /// Asks the world.
    Ask(Intent),
    /// Asks the processor what became of an attempt in doubt.
    Reconcile(PaymentId),
    /// The processor tells by itself.
    Webhook {
        /// About which attempt.
        payment: PaymentId,
        /// What.
        told: Told,
    },
    /// Something may have changed at the processor: it is looked at.
    Hint {
        /// About which attempt.
        payment: PaymentId,
        /// The name of what told so; what was told once and done is not done again.
        event: String,
    },
    /// Asks once more for news of a parcel, where nobody answered.
    Follow {
        /// Of which order.
        order: domain::ids::OrderId,
        /// Which parcel.
        shipment: domain::ids::ShipmentId,
    },
    /// Tells a thread what was passed on in it, where whoever did it could not: they ended in between.
    TellPassed {
        /// What.
        thing: domain::ids::ThingId,
        /// Which passing of it, counted from 1.
        passing: u32,
    },
    /// The carrier tells.
    Scan {
        /// About which order.
        order: domain::ids::OrderId,
        /// About which parcel.
        shipment: domain::ids::ShipmentId,
        /// What.
        scan: domain::order::TrackingEvent,
    },
}

/// What a processor can tell, without what only we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "of", rename_all = "snake_case")]
pub enum Told {
    /// The money is reserved.
    Authorised,
    /// No.
    Declined(domain::payment::DeclineReason),
    /// The reserved money was taken.
    Captured,
}

impl Told {
    /// The answer, with the number an order would get.
    pub fn answer(self, number: impl FnOnce() -> domain::order::OrderNumber) -> Answer {
        match self {
            Self::Authorised => Answer::Authorised { number: number() },
            Self::Declined(reason) => Answer::Declined(reason),
            Self::Captured => Answer::Captured { fee: None },
        }
    }
}

/// That a call was made, with what it came to: kept for ever, so that repeating it replays it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdempotencyRecord {
    /// Whose key it is.
    pub account: AccountId,
    /// The key.
    pub key: String,
    /// SHA-256 of route and body.
    pub fingerprint: String,
    /// Where its events are; none for a call that is not about a thread.
    pub events: Option<(ThreadId, u64, u64)>,
}

/// One transaction.
#[derive(Clone, Debug)]
pub struct Append {
    /// The thread before; none for a new one.
    pub expected_seq: u64,
    /// The state after.
    pub state: Thread,
    /// Its events.
    pub events: Vec<Envelope>,
    /// Rows that are new or changed.
    pub rows: Vec<Row>,
    /// What the inbox shows after.
    pub summary: Summary,
    /// Who sees how many more unread rows.
    pub unread: Vec<(AccountId, u32)>,
    /// That this call was made.
    pub idempotency: Option<IdempotencyRecord>,
    /// What the world is to be asked for.
    pub outbox: Vec<OutboxEntry>,
    /// The entry this was the outcome of: done with it.
    pub done: Option<OutboxEntry>,
}

impl Append {
    /// Whether losing it would lose money or words: then the store makes sure before it answers.
    pub fn is_precious(&self) -> bool {
        self.idempotency.is_some() || !self.outbox.is_empty() || self.done.is_some()
    }
}

/// An order or request that an index leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place in the index: where the next page goes on.
    pub place: String,
    /// Its thread.
    pub thread: ThreadId,
    /// Which.
    pub about: About,
}

/// Keeps what happened.
pub trait Store: Send + Sync {
    /// A thread's state.
    fn thread<'a>(&'a self, id: &'a ThreadId) -> Answering<'a, Result<Option<Thread>, StoreError>>;
    /// What the inbox shows of it.
    fn summary<'a>(&'a self, id: &'a ThreadId) -> Answering<'a, Result<Option<Summary>, StoreError>>;
    /// One side's own view of it.
    fn member<'a>(&'a self, id: &'a ThreadId, account: &'a AccountId) -> Answering<'a, Result<Member, StoreError>>;
    /// Changes that view, when it is still the one that was read.
    fn set_member<'a>(
        &'a self,
        id: &'a ThreadId,
        account: &'a AccountId,
        was: Member,
        member: Member,
    ) -> Answering<'a, Result<(), AppendError>>;
    /// What one has to know before something is decided. The state is read first: what changes after it was read changes
    /// it too, and then nothing is appended.
    fn known<'a>(&'a self, asked: Asked<'a>) -> Answering<'a, Result<Known, StoreError>> {
        Box::pin(known::one_by_one(self, asked))
    }
    /// Appends, all or nothing; how far the streams of the two go after.
    fn append(&self, append: Append) -> Answering<'_, Result<Vec<(AccountId, Cursor)>, AppendError>>;
    /// The thread that something belongs to.
    fn thread_of<'a>(&'a self, entity: &'a str) -> Answering<'a, Result<Option<ThreadId>, StoreError>>;
    /// The events of a thread after a place.
    fn events_of<'a>(
        &'a self,
        id: &'a ThreadId,
        after: u64,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Envelope>, StoreError>>;
    /// The events of all threads of an account after a cursor, with their cursors.
    fn events<'a>(
        &'a self,
        account: &'a AccountId,
        after: Cursor,
        limit: usize,
    ) -> Answering<'a, Result<Vec<(Cursor, Envelope)>, StoreError>>;
    /// The newest cursor of an account; 0 when nothing has happened.
    fn cursor<'a>(&'a self, account: &'a AccountId) -> Answering<'a, Result<Cursor, StoreError>>;
    /// The newest rows before a place, newest first.
    fn rows<'a>(
        &'a self,
        id: &'a ThreadId,
        before: Option<u64>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Row>, StoreError>>;
    /// The row of a message.
    fn message_row<'a>(
        &'a self,
        id: &'a ThreadId,
        message: &'a MessageId,
    ) -> Answering<'a, Result<Option<Row>, StoreError>>;
    /// The threads in a folder of an account, the most recently active first; `after` is what the last page ended with.
    fn inbox<'a>(
        &'a self,
        account: &'a AccountId,
        folder: Folder,
        after: Option<&'a str>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<(String, ThreadId)>, StoreError>>;
    /// What there is to do for an account, by its rank; `after` is what the last page ended with.
    fn queue<'a>(
        &'a self,
        account: &'a AccountId,
        group: Group,
        after: Option<&'a str>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Found>, StoreError>>;
    /// The orders that an account has bought, the newest first; `after` is what the last page ended with.
    fn bought<'a>(
        &'a self,
        account: &'a AccountId,
        after: Option<&'a str>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Found>, StoreError>>;
    /// What a seller asked for at or after `since` and is open or paid, with the threads it was asked in.
    fn asked<'a>(
        &'a self,
        seller: &'a AccountId,
        since: Timestamp,
    ) -> Answering<'a, Result<Vec<(ThreadId, i64)>, StoreError>>;
    /// What a seller was paid at or after `since`, order by order.
    fn released<'a>(&'a self, seller: &'a AccountId, since: Timestamp)
    -> Answering<'a, Result<Vec<Money>, StoreError>>;
    /// What counts for how a seller is known: the newest orders and answers at or after `since`, at most
    /// [`MOST`](domain::facts::MOST) of each.
    fn records<'a>(&'a self, seller: &'a AccountId, since: Timestamp) -> Answering<'a, Result<Records, StoreError>>;
    /// The first orders that a seller ever had, oldest first, at most `limit`.
    fn first_sold<'a>(
        &'a self,
        seller: &'a AccountId,
        limit: usize,
    ) -> Answering<'a, Result<Vec<OrderRecord>, StoreError>>;
    /// What an account's threads add up to.
    fn sums<'a>(&'a self, account: &'a AccountId) -> Answering<'a, Result<Sums, StoreError>>;
    /// That a call was made.
    fn idempotency<'a>(
        &'a self,
        account: &'a AccountId,
        key: &'a str,
    ) -> Answering<'a, Result<Option<IdempotencyRecord>, StoreError>>;
    /// What a worker has to do, soonest first. What cannot be read is put among the dead letters, as it is.
    fn outbox(&self, limit: usize) -> Answering<'_, Result<Vec<OutboxEntry>, StoreError>>;
    /// Puts an entry in, or at another time, or takes it out.
    fn reschedule(&self, old: Option<OutboxEntry>, new: Option<OutboxEntry>) -> Answering<'_, Result<(), StoreError>>;
    /// Threads in which something happens by itself, soonest first.
    fn due(&self, limit: usize) -> Answering<'_, Result<Vec<(Timestamp, ThreadId)>, StoreError>>;
    /// Gives a worker what is due and nobody else was given; soonest first. Where there is one worker at a time, by
    /// a lock of its own, everything that is due.
    fn claim(&self, claim: Claim) -> Answering<'_, Result<Vec<Work>, StoreError>> {
        Box::pin(async move {
            let entries = self.outbox(claim.limit).await?.into_iter().filter(|entry| entry.at <= claim.now);
            let due = self.due(claim.limit).await?.into_iter().filter(|(at, _)| *at <= claim.now);
            Ok(entries.map(Work::Entry).chain(due.map(|(at, thread)| Work::Timers(at, thread))).collect())
        })
    }
    /// Looks at the timers of a thread that is due `at` a time at another one, or not any more.
    fn postpone<'a>(
        &'a self,
        id: &'a ThreadId,
        at: Timestamp,
        to: Option<Timestamp>,
    ) -> Answering<'a, Result<(), StoreError>>;
    /// A small document: an account, a catalogue, a wallet.
    fn document<'a>(&'a self, kind: &'a str, id: &'a str) -> Answering<'a, Result<Option<String>, StoreError>>;
    /// All documents of a kind, by id.
    fn documents<'a>(&'a self, kind: &'a str) -> Answering<'a, Result<Vec<(String, String)>, StoreError>>;
    /// Replaces a document, when it is still the one that was read and the call of the record was not made before.
    fn put_document<'a>(
        &'a self,
        kind: &'a str,
        id: &'a str,
        was: Option<String>,
        document: String,
        record: Option<IdempotencyRecord>,
    ) -> Answering<'a, Result<(), AppendError>>;
    /// Everything, as it is kept.
    fn export(&self) -> Answering<'_, Result<Vec<(String, String)>, StoreError>>;
    /// Keeps what another store has exported.
    fn import(&self, entries: Vec<(String, String)>) -> Answering<'_, Result<(), StoreError>>;
    /// Forgets everything.
    fn clear(&self) -> Answering<'_, Result<(), StoreError>>;
}
