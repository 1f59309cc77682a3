//! SQLite: one connection writes, some read beside it.

use super::group::Group;
use super::lanes::Lanes;
use super::link::failed;
use super::migrate::{SQLITE, migrator, not_migrated};
use super::{Pools, SqlStore};
use api::store::StoreError;
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;

/// Connections that read. Reading takes microseconds; more than this would only share two or four cores.
const READERS: u32 = 4;
/// How long a statement waits for somebody else who writes: a backup, another process.
const PATIENCE: Duration = Duration::from_secs(10);

impl SqlStore {
    /// Lets the file grow no further than so many pages; the pages it has now. As a full disk does, for tests.
    ///
    /// # Errors
    /// When the store fails.
    #[cfg(feature = "failpoints")]
    pub async fn allow_pages(&self, most: Option<u64>) -> Result<u64, StoreError> {
        let mut link = self.begin().await?;
        let now = link.line("PRAGMA page_count", vec![]).await?.map_or(0, |line| line.count(0));
        link.lines(format!("PRAGMA max_page_count = {}", most.unwrap_or(1 << 30)), vec![]).await?;
        link.commit().await?;
        Ok(now)
    }

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
        let writer = writing().connect_with(options.clone()).await.map_err(failed)?;
        migrator(SQLITE).run(&writer).await.map_err(not_migrated)?;
        let readers = Lanes::new(options.pragma("query_only", "ON"), READERS, PATIENCE * 3);
        Ok(Self { pools: Pools::Sqlite { group: Group::begin(writer.clone()), writer, readers } })
    }
}

/// The one that writes.
fn writing() -> SqlitePoolOptions {
    let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE * 3);
    // A thread of this process does not go away by itself; asking it each time is a trip to it.
    let pool = pool.test_before_acquire(false);
    // When the disk is full SQLite has rolled back by itself, and the driver believes that it is still within the
    // transaction: such a connection is given up for a new one.
    pool.before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
}
