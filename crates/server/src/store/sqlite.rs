//! SQLite: one connection writes, some read beside it.

use super::link::failed;
use super::migrate::{SQLITE, migrator, not_migrated};
use super::{Pools, SqlStore};
use api::store::StoreError;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;

/// Connections that read. Reading takes microseconds; more than this would only share two or four cores.
const READERS: u32 = 4;
/// How long a statement waits for somebody else who writes: a backup, another process.
const PATIENCE: Duration = Duration::from_secs(10);

impl SqlStore {
    /// Opens a file, and makes it when it is not there.
    ///
    /// # Errors
    /// When it cannot be read or written, or was made by a newer program.
    pub async fn sqlite(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An answer is given when it is on the disk, not before.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE);
        let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE * 3);
        let writer = writer.connect_with(options.clone()).await.map_err(failed)?;
        migrator(SQLITE).run(&writer).await.map_err(not_migrated)?;
        // A file has one server: whoever had something before is gone.
        for table in ["outbox", "due"] {
            let freed = format!("UPDATE {table} SET claimed_until = NULL WHERE claimed_until IS NOT NULL");
            sqlx::query(AssertSqlSafe(freed)).execute(&writer).await.map_err(failed)?;
        }
        let readers = SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(PATIENCE * 3);
        let readers = readers.connect_with(options.pragma("query_only", "ON")).await.map_err(failed)?;
        Ok(Self { pools: Pools::Sqlite { writer, readers } })
    }
}
