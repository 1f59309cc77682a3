//! In the browser's IndexedDB: one database, one object store, texts by text.

use super::kv::{Batch, Kv, WriteError};
use super::{Answering, StoreError};
use futures::channel::oneshot;
use futures::future::{Either, join_all, select};
use indexed_db_futures::KeyRange;
use indexed_db_futures::cursor::CursorDirection;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::{Build, BuildPrimitive, QuerySource};
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions};
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::spawn_local;

/// The version of the layout. Another layout is another number and another arm in [`upgrade`]; a page of an older one
/// then lets go of the database, and does not write into the new one.
const VERSION: u32 = 3;
const ENTRIES: &str = "entries";

/// An ordered map in IndexedDB. A page has one thread, so what is wrapped is only ever used by the one that made it.
#[derive(Debug)]
pub struct IndexedDbKv {
    database: SendWrapper<Database>,
}

impl IndexedDbKv {
    /// Opens the database of that name, and makes it when it is not there.
    ///
    /// # Errors
    /// When the browser has none, forbids it, or another page holds an older layout open.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        let (blocked, told) = oneshot::channel();
        let opening = Database::open(name.to_owned())
            .with_version(VERSION)
            .with_on_blocked(move |_event| {
                let _nobody_waits_any_more = blocked.send(());
                Ok(())
            })
            .with_on_upgrade_needed(|event, database| upgrade(event.old_version(), &database))
            .build()
            .map_err(not_opened)?;
        // The sender lives in the request, so this resolves only when it is told, or never matters.
        let database = match select(opening, told).await {
            Either::Left((opened, _)) => opened.map_err(not_opened)?,
            Either::Right((Err(_), opening)) => opening.await.map_err(not_opened)?,
            Either::Right((Ok(()), opening)) => {
                // It goes on when the other page closes; somebody has to be there to do the upgrade then.
                spawn_local(async move {
                    if let Ok(database) = opening.await {
                        database.close();
                    }
                });
                return Err(StoreError::Unavailable("another page holds an older version open".to_owned()));
            }
        };
        close_when_asked(&database)?;
        Ok(Self { database: SendWrapper::new(database) })
    }

    /// Deletes the database of that name: to start afresh when what is in it cannot be read.
    ///
    /// # Errors
    /// When the browser has none or forbids it.
    pub async fn delete(name: &str) -> Result<(), StoreError> {
        Database::delete_by_name(name).map_err(not_opened)?.await.map_err(failed)
    }

    fn read(&self) -> Result<Transaction<'_>, Error> {
        self.database.transaction(ENTRIES).with_mode(TransactionMode::Readonly).build()
    }

    fn change(&self, strict: bool) -> Result<Transaction<'_>, Error> {
        let durability = if strict { TransactionDurability::Strict } else { TransactionDurability::Relaxed };
        let options = TransactionOptions::new().with_durability(durability);
        self.database.transaction(ENTRIES).with_mode(TransactionMode::Readwrite).with_options(options).build()
    }

    async fn write_now(&self, batch: Batch) -> Result<(), WriteError> {
        let broken = |error| WriteError::Store(failed(error));
        let transaction = self.change(batch.strict).map_err(broken)?;
        let store = transaction.object_store(ENTRIES).map_err(broken)?;
        let expected = batch.expect.iter().map(|(key, _)| key.as_str());
        let found = texts(&store, expected).await.map_err(broken)?;
        if batch.expect.iter().zip(&found).any(|((_, expected), found)| expected != found) {
            // Dropping the transaction rolls it back.
            return Err(WriteError::Changed);
        }
        let mut puts = Vec::new();
        for (key, text) in batch.write {
            match text {
                Some(text) => puts.push(store.put(text).with_key(key).without_key_type().primitive().map_err(broken)?),
                None => drop(store.delete(key).primitive().map_err(broken)?),
            }
        }
        finished(transaction, puts).await.map_err(WriteError::Store)
    }

    async fn page(
        &self,
        from: String,
        to: String,
        limit: u32,
        newest_first: bool,
    ) -> Result<Vec<(String, String)>, Error> {
        let transaction = self.read()?;
        let store = transaction.object_store(ENTRIES)?;
        if !newest_first {
            return entries(&store, &(from..to).into(), limit).await;
        }
        // The last `limit` entries: a cursor says where they begin, unless there are no more than that at all.
        let keys = store.get_all_keys::<String>().with_query::<String, _>(from.clone()..to.clone()).with_limit(limit);
        let backwards = store.open_key_cursor().with_query::<String, _>(from.clone()..to.clone());
        let backwards = backwards.with_direction(CursorDirection::Prev).primitive()?;
        let keys = keys.primitive()?.await?.count();
        let begins = match backwards.await? {
            Some(mut cursor) if keys == limit as usize => {
                cursor.advance_by(limit - 1).await?;
                cursor.primary_key::<String>()?.unwrap_or(from)
            }
            Some(_) | None => from,
        };
        let mut entries = entries(&store, &(begins..to).into(), limit).await?;
        entries.reverse();
        Ok(entries)
    }
}

impl Kv for IndexedDbKv {
    fn get<'a>(&'a self, key: &'a str) -> Answering<'a, Result<Option<String>, StoreError>> {
        Box::pin(SendWrapper::new(async move {
            let transaction = self.read().map_err(failed)?;
            let store = transaction.object_store(ENTRIES).map_err(failed)?;
            let mut found = texts(&store, [key]).await.map_err(failed)?;
            Ok(found.pop().flatten())
        }))
    }

    fn get_many<'a>(&'a self, keys: &'a [String]) -> Answering<'a, Result<Vec<Option<String>>, StoreError>> {
        Box::pin(SendWrapper::new(async move {
            let transaction = self.read().map_err(failed)?;
            let store = transaction.object_store(ENTRIES).map_err(failed)?;
            texts(&store, keys.iter().map(String::as_str)).await.map_err(failed)
        }))
    }

    fn range(
        &self,
        from: String,
        to: String,
        limit: usize,
        newest_first: bool,
    ) -> Answering<'_, Result<Vec<(String, String)>, StoreError>> {
        Box::pin(SendWrapper::new(async move {
            // IndexedDB takes 0 for "no limit", and throws when a range runs backwards.
            if limit == 0 || from >= to {
                return Ok(Vec::new());
            }
            let limit = u32::try_from(limit).unwrap_or(u32::MAX);
            self.page(from, to, limit, newest_first).await.map_err(failed)
        }))
    }

    fn write(&self, batch: Batch) -> Answering<'_, Result<(), WriteError>> {
        Box::pin(SendWrapper::new(self.write_now(batch)))
    }

    fn clear(&self) -> Answering<'_, Result<(), StoreError>> {
        Box::pin(SendWrapper::new(async move {
            let transaction = self.change(true).map_err(failed)?;
            let store = transaction.object_store(ENTRIES).map_err(failed)?;
            let clearing = store.clear().map_err(failed)?;
            finished(transaction, vec![clearing]).await
        }))
    }
}

fn upgrade(from: f64, database: &Database) -> Result<(), Error> {
    if from < 1.0 {
        database.create_object_store(ENTRIES).build()?;
    }
    // From 1 to 2 the index became another, from 2 to 3 the streams. `KvStore::open` writes them anew: it knows what
    // the texts say.
    Ok(())
}

/// A page that wants to delete the database, or to open it with a newer layout, is let through: this one then finds
/// its storage unavailable and says so.
fn close_when_asked(database: &Database) -> Result<(), StoreError> {
    let mut changes = database.version_changes().map_err(failed)?;
    let database = database.clone();
    spawn_local(async move {
        if changes.recv().await.is_some() {
            database.close();
        }
    });
    Ok(())
}

/// All asked for before any is waited for: one trip for as many as there are.
async fn texts<'a>(
    store: &ObjectStore<'_>,
    keys: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<Option<String>>, Error> {
    let asked: Result<Vec<_>, Error> = keys.into_iter().map(|key| store.get::<String, _, _>(key).primitive()).collect();
    join_all(asked?).await.into_iter().collect()
}

async fn entries(
    store: &ObjectStore<'_>,
    range: &KeyRange<String>,
    limit: u32,
) -> Result<Vec<(String, String)>, Error> {
    let keys = store.get_all_keys::<String>().with_query::<String, _>(range.clone()).with_limit(limit).primitive()?;
    let texts = store.get_all::<String>().with_query::<String, _>(range.clone()).with_limit(limit).primitive()?;
    let (keys, texts) = (keys.await?, texts.await?);
    keys.zip(texts).map(|(key, text)| Ok((key?, text?))).collect()
}

/// Waits until the browser says that everything is written. Not `commit()`: a commit that fails for want of space
/// would only say "aborted", and the transaction would be gone with its reason.
async fn finished(
    transaction: Transaction<'_>,
    writes: Vec<indexed_db_futures::future::VoidRequest>,
) -> Result<(), StoreError> {
    let outcome = transaction.on_done().map_err(failed)?.await;
    if outcome.is_ok() {
        return Ok(());
    }
    if let Some(error) = transaction.error() {
        return Err(failed(error));
    }
    // One of the writes knows why; the others were only aborted with it.
    for write in writes {
        match write.await {
            Ok(()) | Err(Error::DomException(DomException::AbortError(_))) => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Err(StoreError::Unavailable("the transaction was aborted".to_owned()))
}

fn failed(error: Error) -> StoreError {
    match error {
        Error::DomException(exception) => match web_sys::DomException::from(exception.clone()).name().as_str() {
            "QuotaExceededError" => StoreError::Full,
            // No object store of ours: not a database that this program made.
            "NotFoundError" => StoreError::Corrupt(exception.message()),
            name => StoreError::Unavailable(format!("{name}: {}", exception.message())),
        },
        Error::Serialisation(error) => StoreError::Corrupt(error.to_string()),
        Error::MissingData(error) => StoreError::Unavailable(error.to_string()),
        Error::Unknown(error) => StoreError::Unavailable(error.to_string()),
    }
}

fn not_opened(error: OpenDbError) -> StoreError {
    match error {
        OpenDbError::Base(error) => failed(error),
        OpenDbError::VersionZero | OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => {
            StoreError::Unavailable(error.to_string())
        }
    }
}
