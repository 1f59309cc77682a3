//! A store over an ordered map of texts that writes several entries at once, or none.

use super::tables as keys;
use super::{Answering, Append, AppendError, IdempotencyRecord, Member, OutboxEntry, Store, StoreError, Summary};
use crate::wire::Cursor;
use domain::event::{Envelope, Event};
use domain::ids::{AccountId, MessageId, ThreadId};
use domain::message::{Content, Message};
use domain::thread::Thread;
use domain::time::Timestamp;
use domain::timeline::{Row, RowItem};
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
    kv: K,
}

impl<K: Kv> KvStore<K> {
    /// A store over `kv`.
    pub fn new(kv: K) -> Self {
        Self { kv }
    }

    async fn read<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        self.kv.get(key).await?.map(|text| decode(key, &text)).transpose()
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

    async fn write(&self, batch: Batch) -> Result<(), AppendError> {
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

    async fn try_append(&self, append: &Append) -> Result<Cursor, AppendError> {
        let id = &append.state.id;
        let mut batch = Batch { strict: append.is_precious(), ..Batch::default() };
        let mut put = Vec::new();

        let (state_key, summary_key) = (keys::state(id), keys::summary(id));
        let mut wanted = vec![state_key.clone(), keys::CURSOR.to_owned(), summary_key.clone()];
        wanted.extend(append.unread.iter().map(|(account, _)| keys::member(account, id)));
        let mut found = self.kv.get_many(&wanted).await?.into_iter();
        let mut next = || found.next().flatten();

        let before = next();
        let known: Option<Thread> = before.as_deref().map(|text| decode(&state_key, text)).transpose()?;
        if known.as_ref().map_or(0, |thread| thread.seq) != append.expected_seq {
            return Err(AppendError::Conflict);
        }
        batch.expect.push((state_key.clone(), before));
        put.push((state_key, Some(encode(&append.state))));

        let cursor_text = next();
        let mut cursor: Cursor = cursor_text.as_deref().and_then(|text| text.parse().ok()).unwrap_or(0);
        batch.expect.push((keys::CURSOR.to_owned(), cursor_text));
        for envelope in &append.events {
            cursor += 1;
            put.push((keys::event(id, envelope.seq), Some(encode(envelope))));
            put.push((keys::feed(cursor), Some(keys::event(id, envelope.seq))));
            put.extend(entities_of(id, &envelope.event).map(|entity| (keys::owner(&entity), Some(id.to_string()))));
        }
        put.push((keys::CURSOR.to_owned(), Some(cursor.to_string())));

        for row in &append.rows {
            put.push((keys::row(id, row.seq), Some(encode(row))));
            if let RowItem::Message(message) = &row.item {
                put.push((keys::message(id, &message.id), Some(row.seq.to_string())));
            }
        }

        let old: Option<Summary> = next().as_deref().map(|text| decode(&summary_key, text)).transpose()?;
        for account in [&append.summary.buyer, &append.summary.seller] {
            if let Some(old) = &old {
                put.push((keys::inbox(account, old.active_at, id), None));
            }
            put.push((keys::inbox(account, append.summary.active_at, id), Some(id.to_string())));
        }
        put.push((summary_key, Some(encode(&append.summary))));

        for (account, more) in &append.unread {
            let key = keys::member(account, id);
            let text = next();
            let mut member: Member = text.as_deref().map(|text| decode(&key, text)).transpose()?.unwrap_or_default();
            batch.expect.push((key.clone(), text));
            member.unread += more;
            put.push((key, Some(encode(&member))));
        }

        if let Some(due) = known.as_ref().and_then(Thread::due) {
            put.push((keys::due(due, id), None));
        }
        if let Some(due) = append.state.due() {
            put.push((keys::due(due, id), Some(id.to_string())));
        }

        if let Some(record) = &append.idempotency {
            let key = keys::idempotency(&record.account, &record.key);
            batch.expect.push((key.clone(), None));
            put.push((key, Some(encode(record))));
        }
        if let Some(done) = &append.done {
            // Whoever did it first has taken it out: the outcome is told once.
            batch.expect.push((keys::outbox(done), Some(encode(done))));
            put.push((keys::outbox(done), None));
        }
        put.extend(append.outbox.iter().map(|entry| (keys::outbox(entry), Some(encode(entry)))));

        batch.write = put;
        self.write(batch).await?;
        Ok(cursor)
    }
}

fn encode<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("our own types have text keys and no failing serialisers")
}

fn decode<T: DeserializeOwned>(key: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("{key}: {error}")))
}

/// The things an event brings into the world, to find their thread by.
fn entities_of(thread: &ThreadId, event: &Event) -> impl Iterator<Item = String> {
    let names = match event {
        Event::RequestSent { request, .. } => [Some(request.to_string()), None],
        Event::PaymentStarted { payment, .. } => [Some(payment.to_string()), None],
        Event::PaymentAuthorised { order, .. } => [Some(order.to_string()), None],
        // A picture can be sent in several threads: in each of them it is another thing.
        Event::MessagePosted { message: Message { content: Some(Content::Photo { photo, .. }), .. } } => {
            [Some(format!("{thread}.{photo}")), None]
        }
        _brings_nothing => [None, None],
    };
    names.into_iter().flatten()
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

    fn append(&self, append: Append) -> Answering<'_, Result<Cursor, AppendError>> {
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

    fn events(&self, after: Cursor, limit: usize) -> Answering<'_, Result<Vec<(Cursor, Envelope)>, StoreError>> {
        Box::pin(async move {
            let pointers = self.kv.range(keys::feed(after + 1), keys::feed_end(), limit, false).await?;
            let places: Vec<String> = pointers.into_iter().map(|(_, place)| place).collect();
            let texts = self.kv.get_many(&places).await?;
            let told = (after + 1..).zip(places.iter().zip(texts));
            told.filter_map(|(cursor, (place, text))| Some((cursor, decode(place, &text?))))
                .map(|(cursor, envelope)| Ok((cursor, envelope?)))
                .collect()
        })
    }

    fn cursor(&self) -> Answering<'_, Result<Cursor, StoreError>> {
        Box::pin(async move { Ok(self.kv.get(keys::CURSOR).await?.and_then(|text| text.parse().ok()).unwrap_or(0)) })
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
        after: Option<&'a str>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<(String, ThreadId)>, StoreError>> {
        Box::pin(async move {
            let (from, end) = keys::inbox_range(account);
            let to = match after {
                Some(after) if after.as_bytes() > from.as_bytes() && after.as_bytes() < end.as_bytes() => {
                    after.to_owned()
                }
                Some(_) | None => end,
            };
            let listed = self.kv.range(from, to, limit, true).await?;
            Ok(listed.into_iter().filter_map(|(key, id)| Some((key, id.parse().ok()?))).collect())
        })
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
    ) -> Answering<'a, Result<(), AppendError>> {
        Box::pin(async move {
            let key = keys::document(kind, id);
            let batch = Batch { expect: vec![(key.clone(), was)], write: vec![(key, Some(document))], strict: true };
            self.write(batch).await
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
