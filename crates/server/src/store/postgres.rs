//! PostgreSQL: shared by many servers.

use super::link::failed;
use super::migrate::{POSTGRES, migrator, not_migrated};
use super::{Pools, SqlStore};
use api::store::StoreError;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection};
use std::time::Duration;

/// Connections of one server. A few servers stay below the 100 that PostgreSQL allows by default.
const CONNECTIONS: u32 = 16;
/// How long a call waits for one of them.
const PATIENCE: Duration = Duration::from_secs(10);

/// No statement is broken off.
const FOR_EVER: [(&str, &str); 2] = [("statement_timeout", "0"), ("idle_in_transaction_session_timeout", "0")];
/// However the database is set: what is acknowledged is on the disk.
const DURABLE: [(&str, &str); 1] = [("synchronous_commit", "on")];

impl SqlStore {
    /// Connects, and makes the tables when they are not there. Servers that start together wait for one another.
    ///
    /// # Errors
    /// When it cannot be reached, or was made by a newer program.
    pub async fn postgres(url: &str) -> Result<Self, StoreError> {
        // What hangs is let go: a lost client keeps no lock.
        Self::connect(url, [("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "60s")]).await
    }

    /// The same for what goes over everything, however long that takes.
    ///
    /// # Errors
    /// When it cannot be reached, or was made by a newer program.
    pub(super) async fn patient_postgres(url: &str) -> Result<Self, StoreError> {
        Self::connect(url, FOR_EVER).await
    }

    async fn connect(url: &str, times: [(&str, &str); 2]) -> Result<Self, StoreError> {
        let options: PgConnectOptions = url.parse().map_err(failed)?;
        // A change of tables goes over everything, too.
        let mut once = PgConnection::connect_with(&options.clone().options(FOR_EVER)).await.map_err(failed)?;
        migrator(POSTGRES).run(&mut once).await.map_err(not_migrated)?;
        once.close().await.map_err(failed)?;
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
        let pool = pool.connect_with(options.options(times).options(DURABLE)).await.map_err(failed)?;
        Ok(Self { pools: Pools::Postgres(pool) })
    }
}

/// Runs one statement in a PostgreSQL server, for whoever administers it: tests, set-up.
///
/// # Errors
/// When it cannot be reached, or refuses.
pub async fn administer(url: &str, statement: &str) -> Result<(), StoreError> {
    let mut connection = PgConnection::connect(url).await.map_err(failed)?;
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await.map_err(failed)?;
    connection.close().await.map_err(failed)
}
