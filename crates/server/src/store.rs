//! The store in a database server's tables: SQLite for one machine, PostgreSQL for many.
//!
//! Written once over [`Link`], which runs the same statements on both. One append is one transaction.

mod append;
mod backup;
mod copy;
mod dump;
mod facts;
mod group;
mod lanes;
mod link;
mod migrate;
mod news;
mod postgres;
mod read;
mod sqlite;
mod work;

pub use backup::{Carried, backup, restore};
pub use link::{Arg, Line, Link};
pub use news::Elsewhere;
pub use postgres::administer;

use api::store::{KvStore, MemoryKv, Store, StoreError};
use group::Group;
use lanes::Lanes;
use sqlx::{PgPool, SqlitePool};
use std::fmt;
use std::sync::Arc;

/// Where a server keeps everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this process, for as long as it runs.
    Memory,
    /// In a file on this machine.
    Sqlite(std::path::PathBuf),
    /// In a PostgreSQL server, shared with other servers.
    Postgres(String),
}

/// Why a place cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPlace(String);

impl fmt::Display for NoPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = &self.0;
        write!(f, "`{asked}` is no database: say `sqlite:<file>`, `postgres://user@host/name` or `memory`.")
    }
}

impl std::error::Error for NoPlace {}

impl std::str::FromStr for Place {
    type Err = NoPlace;
    fn from_str(text: &str) -> Result<Self, NoPlace> {
        match text.split_once(':') {
            None if text == "memory" => Ok(Self::Memory),
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(path.trim_start_matches("//").into())),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(text.to_owned())),
            Some(_) | None => Err(NoPlace(text.to_owned())),
        }
    }
}

/// The connections of one database.
#[derive(Clone, Debug)]
enum Pools {
    /// One that writes, with the way to it that appends take together, and some that read beside it.
    Sqlite { writer: SqlitePool, group: Group, readers: Arc<Lanes> },
    /// Any of them does either.
    Postgres(PgPool),
}

/// A [`Store`] in tables. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SqlStore {
    pools: Pools,
}

/// A store that is ready.
pub struct Opened {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The database, where other servers may use it too.
    pub shared: Option<SqlStore>,
}

/// Opens the store of a place, and brings its tables up to date.
///
/// # Errors
/// When it cannot be reached, or was made by a newer program.
pub async fn open(place: &Place) -> Result<Opened, StoreError> {
    Ok(match place {
        Place::Sqlite(path) => {
            let tables = SqlStore::sqlite(path).await?;
            tables.free_leases().await?;
            tables.count_what_was_kept().await?;
            Opened { store: Arc::new(tables), shared: None }
        }
        Place::Memory => open_beside(place).await?,
        Place::Postgres(_) => {
            let opened = open_beside(place).await?;
            if let Some(tables) = &opened.shared {
                tables.count_what_was_kept().await?;
            }
            opened
        }
    })
}

/// The same, beside a server that may be at work there: what it has leased stays its own.
///
/// # Errors
/// When it cannot be reached, or was made by a newer program.
pub async fn open_beside(place: &Place) -> Result<Opened, StoreError> {
    Ok(match place {
        Place::Memory => Opened { store: Arc::new(KvStore::open(MemoryKv::default()).await?), shared: None },
        // Whoever looks beside a server has no use for an empty one, and would take it for theirs.
        Place::Sqlite(path) if !path.exists() => {
            return Err(StoreError::Unavailable(format!("there is no database at {}, see --database", path.display())));
        }
        Place::Sqlite(path) => Opened { store: Arc::new(SqlStore::sqlite(path).await?), shared: None },
        Place::Postgres(url) => {
            let tables = SqlStore::postgres(url).await?;
            Opened { store: Arc::new(tables.clone()), shared: Some(tables) }
        }
    })
}

impl SqlStore {
    /// A connection to read with.
    async fn read(&self) -> Result<Link, StoreError> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => readers.hold().await.map(Link::SqliteRead),
            Pools::Postgres(pool) => pool.acquire().await.map(Link::PostgresRead).map_err(link::failed),
        }
    }

    /// A transaction to write in. Dropped before it was committed, it did nothing.
    async fn begin(&self) -> Result<Link, StoreError> {
        match &self.pools {
            // At once the one that writes: it never finds in the middle that somebody else was first.
            Pools::Sqlite { writer, .. } => writer.begin_with("BEGIN IMMEDIATE").await.map(Link::SqliteWrite),
            Pools::Postgres(pool) => pool.begin().await.map(Link::PostgresWrite),
        }
        .map_err(link::failed)
    }

    /// A transaction to read several things of one moment in. Writers go on.
    async fn begin_reading(&self) -> Result<Link, StoreError> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => {
                let mut held = readers.hold().await?;
                // Whatever becomes of it, nobody else reads in this moment.
                held.spend();
                let mut link = Link::SqliteRead(held);
                link.run("BEGIN", Vec::new()).await?;
                Ok(link)
            }
            Pools::Postgres(pool) => {
                let moment = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                pool.begin_with(moment).await.map(Link::PostgresWrite).map_err(link::failed)
            }
        }
    }

    fn is_postgres(&self) -> bool {
        matches!(self.pools, Pools::Postgres(_))
    }

    /// Closes every connection, after what is under way.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_by_its_kind() {
        assert_eq!("memory".parse(), Ok(Place::Memory));
        assert_eq!("sqlite:shop.db".parse(), Ok(Place::Sqlite("shop.db".into())));
        assert_eq!("sqlite:///var/shop.db".parse(), Ok(Place::Sqlite("/var/shop.db".into())));
        let url = "postgres://bottega@db/shop";
        assert_eq!(url.parse(), Ok(Place::Postgres(url.to_owned())));
        for wrong in ["", "shop.db", "sqlite:", "mysql://db/shop"] {
            assert!(wrong.parse::<Place>().is_err(), "{wrong}");
        }
    }
}
