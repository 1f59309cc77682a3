//! Lines carried from one database to another as they are, some at a time: how much there is makes no difference to what
//! is held in memory.

use super::SqlStore;
use super::link::{Line, args, failed};
use api::store::StoreError;
use futures::TryStreamExt;
use sqlx::SqlitePool;

/// Lines that are carried at once.
const SOME: usize = 200;

/// Every table with what is carried of it. What waits for a worker is leased to nobody where it comes to.
pub(super) const TABLES: [(&str, &str); 15] = [
    ("threads", "id, seq, state"),
    ("summaries", "thread, summary"),
    ("members", "account, thread, read_seq, read_at, unread, muted"),
    ("events", "thread, seq, event"),
    ("timeline", "thread, seq, item"),
    ("messages", "thread, message, seq"),
    ("owners", "entity, thread"),
    ("feed", "account, cursor, thread, seq"),
    ("cursors", "account, cursor"),
    ("places", "place, value"),
    ("sums", "account, sums"),
    ("idempotency", "account, key, record"),
    ("outbox", "at, id, entry"),
    ("due", "at, thread"),
    ("documents", "kind, id, document"),
];

/// Carries everything of one moment into an empty database; all of it or nothing.
///
/// # Errors
/// When one of them fails.
pub(super) async fn carry(from: &SqlStore, to: &SqlStore) -> Result<(), StoreError> {
    let (mut from, mut to) = (from.begin_reading().await?, to.begin().await?);
    for (table, columns) in TABLES {
        let head = format!("INSERT INTO {table} ({columns}) VALUES");
        let mut parts = from.stream(format!("SELECT {columns} FROM {table}")).try_chunks(SOME);
        while let Some(lines) = parts.try_next().await.map_err(|broken| broken.1)? {
            to.run_many(&head, lines.into_iter().map(Line::args).collect(), "").await?;
        }
    }
    from.commit().await?;
    to.commit().await
}

/// Whether nothing is kept in a database yet.
///
/// # Errors
/// When it fails.
pub(super) async fn is_empty(store: &SqlStore) -> Result<bool, StoreError> {
    let mut link = store.read().await?;
    for (table, _) in TABLES {
        if link.line(format!("SELECT 1 FROM {table} LIMIT 1"), args![]).await?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The bytes of photos in a copy, under the names they have elsewhere.
pub(super) struct Photos<'a> {
    pub file: &'a SqlitePool,
}

impl Photos<'_> {
    /// Makes a place for them.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn make(&self) -> Result<(), StoreError> {
        let table = "CREATE TABLE IF NOT EXISTS copied_photos (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT";
        sqlx::query(table).execute(self.file).await.map_err(failed)?;
        Ok(())
    }

    /// Whether there is a place for them: copies of an older program have none.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn are_there(&self) -> Result<bool, StoreError> {
        let asked = "SELECT 1 FROM sqlite_schema WHERE name = 'copied_photos'";
        Ok(sqlx::query(asked).fetch_optional(self.file).await.map_err(failed)?.is_some())
    }

    /// Keeps one.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        let insert = "INSERT INTO copied_photos (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        sqlx::query(insert).bind(name.to_owned()).bind(bytes).execute(self.file).await.map_err(failed)?;
        Ok(())
    }

    /// The next one after a name.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn after(&self, name: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let asked = "SELECT name, bytes FROM copied_photos WHERE name > $1 ORDER BY name LIMIT 1";
        sqlx::query_as(asked).bind(name.to_owned()).fetch_optional(self.file).await.map_err(failed)
    }
}
