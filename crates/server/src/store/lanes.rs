//! Connections to a SQLite file that read. The driver's own pool asks each connection, before and after it is used,
//! whether it is still there: each time a trip to its thread, which costs as much as what it is wanted for.

use super::link::failed;
use api::store::StoreError;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections that read.
#[derive(Debug)]
pub(super) struct Lanes {
    options: SqliteConnectOptions,
    most: u32,
    patience: Duration,
    room: Arc<Semaphore>,
    free: Mutex<Vec<SqliteConnection>>,
}

/// A connection that is one's own until it is let go.
#[derive(Debug)]
pub struct Held {
    // None only while it is let go.
    connection: Option<SqliteConnection>,
    home: Arc<Lanes>,
    /// Whether nobody else may have it afterwards.
    spent: bool,
    _room: OwnedSemaphorePermit,
}

impl Lanes {
    /// At most so many at once; who wants another one waits so long.
    pub fn new(options: SqliteConnectOptions, most: u32, patience: Duration) -> Arc<Self> {
        let room = Arc::new(Semaphore::new(most as usize));
        Arc::new(Self { options, most, patience, room, free: Mutex::default() })
    }

    /// One of them.
    ///
    /// # Errors
    /// When none becomes free, they were closed, or the file cannot be opened.
    pub async fn hold(self: &Arc<Self>) -> Result<Held, StoreError> {
        let room = tokio::time::timeout(self.patience, self.room.clone().acquire_owned());
        let gone = |why: &str| StoreError::Unavailable(why.to_owned());
        let room = room.await.map_err(|_| gone("no connection became free"))?.map_err(|_| gone("it was closed"))?;
        // A std mutex: nothing awaits while holding it.
        let free = self.free.lock().expect("no panic while holding it").pop();
        let connection = match free {
            Some(connection) => connection,
            None => SqliteConnection::connect_with(&self.options).await.map_err(failed)?,
        };
        Ok(Held { connection: Some(connection), home: self.clone(), spent: false, _room: room })
    }

    /// Closes all of them, after what is under way.
    pub async fn close(&self) {
        // What it waits for is let go in any case; after it nobody gets another one.
        let _all = self.room.acquire_many(self.most).await;
        self.room.close();
        let free = std::mem::take(&mut *self.free.lock().expect("no panic while holding it"));
        for connection in free {
            if let Err(error) = connection.close().await {
                tracing::warn!(%error, "a connection did not close in good order");
            }
        }
    }
}

impl Held {
    /// Nobody else has it afterwards: something went wrong with it, or a transaction is open on it.
    pub fn spend(&mut self) {
        self.spent = true;
    }
}

impl Deref for Held {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        self.connection.as_ref().expect("held until it is let go")
    }
}

impl DerefMut for Held {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.connection.as_mut().expect("held until it is let go")
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let (Some(connection), false) = (self.connection.take(), self.spent) {
            // A lock that somebody broke keeps none of them: another one is opened.
            if let Ok(mut free) = self.home.free.lock() {
                free.push(connection);
            }
        }
    }
}
