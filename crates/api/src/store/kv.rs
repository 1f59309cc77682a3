//! A store over an ordered map of texts that writes several entries at once, or none.

use super::index::{Sums, renew};
use super::tables as keys;
use super::{
    Answering, Append, AppendError, Found, IdempotencyRecord, Member, OutboxEntry, Store, StoreError, Summary,
};
use crate::wire::{Cursor, Folder};
use domain::event::Envelope;
use domain::facts::{MOST, OrderRecord, Records};
use domain::headline::About;
use domain::ids::{AccountId, MessageId, ThreadId};
use domain::money::Money;
use domain::queue::Group;
use domain::thread::Thread;
use domain::time::Timestamp;
use domain::timeline::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Entries that are written together, if what was read is still there.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// What has to be there, or not to be there, as it was read.
    pub expect: Vec<(String, Option<String>)>,
    /// What is written; `None` removes.
    pub write: Vec<(String, Option<String>)>,
    /// Whether it has to be on the disk before the answer.
    pub strict: bool,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// Something expected has changed.
    Changed,
    /// The store failed.
    Store(StoreError),
}

/// An ordered map of texts.
pub trait Kv: Send + Sync {
    /// One entry.
    fn get<'a>(&'a self, key: &'a str) -> Answering<'a, Result<Option<String>, StoreError>>;
    /// Several entries, in the order of the keys; in one trip where a trip costs something.
    fn get_many<'a>(&'a self, keys: &'a [String]) -> Answering<'a, Result<Vec<Option<String>>, StoreError>> {
        Box::pin(async move {
            let mut texts = Vec::with_capacity(keys.len());
            for key in keys {
                texts.push(self.get(key).await?);
            }
            Ok(texts)
        })
    }
    /// Entries with `from <= key < to`, in order of the key or against it.
    fn range(
        &self,
        from: String,
        to: String,
        limit: usize,
        newest_first: bool,
    ) -> Answering<'_, Result<Vec<(String, String)>, StoreError>>;
    /// Writes all or nothing.
    fn write(&self, batch: Batch) -> Answering<'_, Result<(), WriteError>>;
    /// Forgets everything.
    fn clear(&self) -> Answering<'_, Result<(), StoreError>>;
}

/// A [`Store`] over a [`Kv`].
#[derive(Debug)]
pub struct KvStore<K> {
    pub(super) kv: K,
}

impl<K: Kv> KvStore<K> {
    /// A store over `kv`, which is empty or was written in this layout.
    pub fn new(kv: K) -> Self {
        Self { kv }
    }

    /// A store over `kv`, whatever layout it was written in.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub async fn open(kv: K) -> Result<Self, StoreError> {
        renew(&kv).await?;
        Ok(Self { kv })
    }

    async fn found(
        &self,
        (from, to): (String, String),
        limit: usize,
        newest_first: bool,
    ) -> Result<Vec<Found>, StoreError> {
        let listed = self.kv.range(from, to, limit, newest_first).await?;
        Ok(listed.into_iter().filter_map(found).collect())
    }

    async fn read<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        self.kv.get(key).await?.map(|text| decode(key, &text)).transpose()
    }

    async fn values<T: DeserializeOwned>(
        &self,
        (from, to): (String, String),
        limit: usize,
        newest_first: bool,
    ) -> Result<Vec<T>, StoreError> {
        Ok(self.list(from, to, limit, newest_first).await?.into_iter().map(|(_, value)| value).collect())
    }

    async fn list<T: DeserializeOwned>(
        &self,
        from: String,
        to: String,
        limit: usize,
        newest_first: bool,
    ) -> Result<Vec<(String, T)>, StoreError> {
        let entries = self.kv.range(from, to, limit, newest_first).await?;
        entries.into_iter().map(|(key, text)| decode(&key, &text).map(|value| (key, value))).collect()
    }

    pub(super) async fn write(&self, batch: Batch) -> Result<(), AppendError> {
        self.kv.write(batch).await.map_err(|error| match error {
            WriteError::Changed => AppendError::Conflict,
            WriteError::Store(error) => AppendError::Store(error),
        })
    }

    /// Writes, whatever is there.
    async fn write_in_any_case(&self, write: Vec<(String, Option<String>)>) -> Result<(), StoreError> {
        match self.kv.write(Batch { write, strict: true, expect: Vec::new() }).await {
            Ok(()) | Err(WriteError::Changed) => Ok(()),
            Err(WriteError::Store(error)) => Err(error),
        }
    }

    /// Makes dead letters of entries that cannot be read: they stay to be seen, and are in nobody's way.
    async fn set_aside(&self, unreadable: impl Iterator<Item = (String, String)>) -> Result<(), StoreError> {
        let moved = unreadable.flat_map(|(key, text)| [(keys::dead_letter(&key), Some(text)), (key, None)]);
        self.write_in_any_case(moved.collect()).await
    }
}

/// As it is kept.
pub fn encode<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("our own types have text keys and no failing serialisers")
}

/// As it was before it was kept.
///
/// # Errors
/// When it cannot be read; says where it stands.
pub fn decode<T: DeserializeOwned>(key: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("{key}: {error}")))
}

/// The part of a range that comes after a place of it, against the order of the keys; all of it after none.
pub fn going_down((from, end): (String, String), after: Option<&str>) -> (String, String) {
    match after {
        Some(after) if after > from.as_str() && after < end.as_str() => (from, after.to_owned()),
        Some(_) | None => (from, end),
    }
}

/// The same in the order of the keys.
pub fn going_up((from, end): (String, String), after: Option<&str>) -> (String, String) {
    match after {
        // No key lies between a key and the same with this at its end: none has such a character. (Not the smallest
        // one of all: PostgreSQL takes no text with a zero in it.)
        Some(after) if after > from.as_str() && after < end.as_str() => (format!("{after}\u{1}"), end),
        Some(_) | None => (from, end),
    }
}

/// What stands at a place of an index.
pub fn found((place, thread): (String, String)) -> Option<Found> {
    let name = keys::about(&place);
    let about = match (name.parse(), name.parse()) {
        (Ok(order), _) => About::Order(order),
        (Err(_), Ok(request)) => About::Request(request),
        (Err(_), Err(_)) => return None,
    };
    Some(Found { thread: thread.parse().ok()?, about, place })
}

impl<K: Kv> Store for KvStore<K> {
    fn thread<'a>(&'a self, id: &'a ThreadId) -> Answering<'a, Result<Option<Thread>, StoreError>> {
        Box::pin(async move { self.read(&keys::state(id)).await })
    }

    fn summary<'a>(&'a self, id: &'a ThreadId) -> Answering<'a, Result<Option<Summary>, StoreError>> {
        Box::pin(async move { self.read(&keys::summary(id)).await })
    }

    fn member<'a>(&'a self, id: &'a ThreadId, account: &'a AccountId) -> Answering<'a, Result<Member, StoreError>> {
        Box::pin(async move { Ok(self.read(&keys::member(account, id)).await?.unwrap_or_default()) })
    }

    fn set_member<'a>(
        &'a self,
        id: &'a ThreadId,
        account: &'a AccountId,
        was: Member,
        member: Member,
    ) -> Answering<'a, Result<(), AppendError>> {
        Box::pin(async move {
            let key = keys::member(account, id);
            let text = self.kv.get(&key).await?;
            let known: Member = text.as_deref().map(|text| decode(&key, text)).transpose()?.unwrap_or_default();
            if known != was {
                return Err(AppendError::Conflict);
            }
            let write = vec![(key.clone(), Some(encode(&member)))];
            self.write(Batch { expect: vec![(key, text)], write, strict: false }).await
        })
    }

    fn append(&self, append: Append) -> Answering<'_, Result<Vec<(AccountId, Cursor)>, AppendError>> {
        Box::pin(async move { self.try_append(&append).await })
    }

    fn thread_of<'a>(&'a self, entity: &'a str) -> Answering<'a, Result<Option<ThreadId>, StoreError>> {
        Box::pin(async move { Ok(self.kv.get(&keys::owner(entity)).await?.and_then(|id| id.parse().ok())) })
    }

    fn events_of<'a>(
        &'a self,
        id: &'a ThreadId,
        after: u64,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Envelope>, StoreError>> {
        Box::pin(async move {
            let listed = self.list(keys::event(id, after + 1), keys::event_end(id), limit, false).await?;
            Ok(listed.into_iter().map(|(_, envelope)| envelope).collect())
        })
    }

    fn events<'a>(
        &'a self,
        account: &'a AccountId,
        after: Cursor,
        limit: usize,
    ) -> Answering<'a, Result<Vec<(Cursor, Envelope)>, StoreError>> {
        Box::pin(async move {
            let (from, end) = (keys::feed(account, after + 1), keys::feed_end(account));
            let pointers = self.kv.range(from, end, limit, false).await?;
            let places: Vec<String> = pointers.into_iter().map(|(_, place)| place).collect();
            let texts = self.kv.get_many(&places).await?;
            let told = (after + 1..).zip(places.iter().zip(texts));
            told.filter_map(|(cursor, (place, text))| Some((cursor, decode(place, &text?))))
                .map(|(cursor, envelope)| Ok((cursor, envelope?)))
                .collect()
        })
    }

    fn cursor<'a>(&'a self, account: &'a AccountId) -> Answering<'a, Result<Cursor, StoreError>> {
        Box::pin(async move {
            let text = self.kv.get(&keys::cursor(account)).await?;
            Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
        })
    }

    fn rows<'a>(
        &'a self,
        id: &'a ThreadId,
        before: Option<u64>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Row>, StoreError>> {
        Box::pin(async move {
            let to = before.map_or_else(|| keys::row_end(id), |seq| keys::row(id, seq));
            let listed = self.list(keys::row(id, 0), to, limit, true).await?;
            Ok(listed.into_iter().map(|(_, row)| row).collect())
        })
    }

    fn message_row<'a>(
        &'a self,
        id: &'a ThreadId,
        message: &'a MessageId,
    ) -> Answering<'a, Result<Option<Row>, StoreError>> {
        Box::pin(async move {
            match self.kv.get(&keys::message(id, message)).await?.and_then(|seq| seq.parse().ok()) {
                Some(seq) => self.read(&keys::row(id, seq)).await,
                None => Ok(None),
            }
        })
    }

    fn inbox<'a>(
        &'a self,
        account: &'a AccountId,
        folder: Folder,
        after: Option<&'a str>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<(String, ThreadId)>, StoreError>> {
        Box::pin(async move {
            let (from, to) = going_down(keys::inbox_range(account, folder), after);
            let listed = self.kv.range(from, to, limit, true).await?;
            Ok(listed.into_iter().filter_map(|(key, id)| Some((key, id.parse().ok()?))).collect())
        })
    }

    fn queue<'a>(
        &'a self,
        account: &'a AccountId,
        group: Group,
        after: Option<&'a str>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Found>, StoreError>> {
        Box::pin(async move {
            let range = going_up(keys::queue_range(account, group), after);
            self.found(range, limit, false).await
        })
    }

    fn bought<'a>(
        &'a self,
        account: &'a AccountId,
        after: Option<&'a str>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Found>, StoreError>> {
        Box::pin(async move { self.found(going_down(keys::bought_range(account), after), limit, true).await })
    }

    fn asked<'a>(
        &'a self,
        seller: &'a AccountId,
        since: Timestamp,
    ) -> Answering<'a, Result<Vec<(ThreadId, i64)>, StoreError>> {
        Box::pin(async move { self.values(keys::asked_since(seller, since), usize::MAX, false).await })
    }

    fn released<'a>(
        &'a self,
        seller: &'a AccountId,
        since: Timestamp,
    ) -> Answering<'a, Result<Vec<Money>, StoreError>> {
        Box::pin(async move { self.values(keys::released_since(seller, since), usize::MAX, false).await })
    }

    fn records<'a>(&'a self, seller: &'a AccountId, since: Timestamp) -> Answering<'a, Result<Records, StoreError>> {
        Box::pin(async move {
            let orders = self.values(keys::sold_since(seller, since), MOST, true).await?;
            let replies = self.values(keys::replied_since(seller, since), MOST, true).await?;
            Ok(Records { orders, replies })
        })
    }

    fn first_sold<'a>(
        &'a self,
        seller: &'a AccountId,
        limit: usize,
    ) -> Answering<'a, Result<Vec<OrderRecord>, StoreError>> {
        Box::pin(self.values(keys::sold_since(seller, Timestamp::from_millis(0)), limit, false))
    }

    fn sums<'a>(&'a self, account: &'a AccountId) -> Answering<'a, Result<Sums, StoreError>> {
        Box::pin(async move { Ok(self.read(&keys::sums(account)).await?.unwrap_or_default()) })
    }

    fn idempotency<'a>(
        &'a self,
        account: &'a AccountId,
        key: &'a str,
    ) -> Answering<'a, Result<Option<IdempotencyRecord>, StoreError>> {
        Box::pin(async move { self.read(&keys::idempotency(account, key)).await })
    }

    fn outbox(&self, limit: usize) -> Answering<'_, Result<Vec<OutboxEntry>, StoreError>> {
        Box::pin(async move {
            let (from, to) = keys::outbox_range();
            loop {
                let listed = self.kv.range(from.clone(), to.clone(), limit, false).await?;
                let read: Vec<_> =
                    listed.into_iter().map(|(key, text)| (serde_json::from_str(&text), key, text)).collect();
                if read.iter().all(|(entry, ..)| entry.is_ok()) {
                    return Ok(read.into_iter().filter_map(|(entry, ..)| entry.ok()).collect());
                }
                let unreadable =
                    read.into_iter().filter(|(entry, ..): &(serde_json::Result<OutboxEntry>, _, _)| entry.is_err());
                self.set_aside(unreadable.map(|(_, key, text)| (key, text))).await?;
            }
        })
    }

    fn reschedule(&self, old: Option<OutboxEntry>, new: Option<OutboxEntry>) -> Answering<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let mut batch = Batch { strict: true, ..Batch::default() };
            if let Some(old) = &old {
                batch.expect.push((keys::outbox(old), Some(encode(old))));
                batch.write.push((keys::outbox(old), None));
            }
            batch.write.extend(new.iter().map(|entry| (keys::outbox(entry), Some(encode(entry)))));
            match self.kv.write(batch).await {
                // Somebody else has taken it out: it is done.
                Ok(()) | Err(WriteError::Changed) => Ok(()),
                Err(WriteError::Store(error)) => Err(error),
            }
        })
    }

    fn due(&self, limit: usize) -> Answering<'_, Result<Vec<(Timestamp, ThreadId)>, StoreError>> {
        Box::pin(async move {
            let (from, to) = keys::due_range();
            let listed = self.kv.range(from, to, limit, false).await?;
            Ok(listed.into_iter().filter_map(|(key, _)| keys::read_due(&key)).collect())
        })
    }

    fn postpone<'a>(
        &'a self,
        id: &'a ThreadId,
        at: Timestamp,
        to: Option<Timestamp>,
    ) -> Answering<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let mut write = vec![(keys::due(at, id), None)];
            write.extend(to.map(|to| (keys::due(to, id), Some(id.to_string()))));
            self.write_in_any_case(write).await
        })
    }

    fn document<'a>(&'a self, kind: &'a str, id: &'a str) -> Answering<'a, Result<Option<String>, StoreError>> {
        Box::pin(async move { self.kv.get(&keys::document(kind, id)).await })
    }

    fn documents<'a>(&'a self, kind: &'a str) -> Answering<'a, Result<Vec<(String, String)>, StoreError>> {
        Box::pin(async move {
            let from = keys::document(kind, "");
            let prefix = from.len();
            let listed = self.kv.range(from.clone(), keys::after(&from), usize::MAX, false).await?;
            Ok(listed.into_iter().map(|(key, text)| (key[prefix..].to_owned(), text)).collect())
        })
    }

    fn put_document<'a>(
        &'a self,
        kind: &'a str,
        id: &'a str,
        was: Option<String>,
        document: String,
        record: Option<IdempotencyRecord>,
    ) -> Answering<'a, Result<(), AppendError>> {
        Box::pin(async move {
            let key = keys::document(kind, id);
            let (mut expect, mut write) = (vec![(key.clone(), was)], vec![(key, Some(document))]);
            if let Some(record) = record {
                let key = keys::idempotency(&record.account, &record.key);
                expect.push((key.clone(), None));
                write.push((key, Some(encode(&record))));
            }
            self.write(Batch { expect, write, strict: true }).await
        })
    }

    fn export(&self) -> Answering<'_, Result<Vec<(String, String)>, StoreError>> {
        Box::pin(async move { self.kv.range(String::new(), "\u{ffff}".to_owned(), usize::MAX, false).await })
    }

    fn import(&self, entries: Vec<(String, String)>) -> Answering<'_, Result<(), StoreError>> {
        Box::pin(async move {
            self.write_in_any_case(entries.into_iter().map(|(key, text)| (key, Some(text))).collect()).await
        })
    }

    fn clear(&self) -> Answering<'_, Result<(), StoreError>> {
        self.kv.clear()
    }
}
