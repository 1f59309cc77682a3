//! Small texts in databases of the browser, beside the one an embedded API may have. They survive a reload, and a
//! browser that is killed.

use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;
use indexed_db_futures::prelude::{Build, BuildPrimitive, QuerySource};
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode, TransactionOptions};

/// The one layout there is.
const VERSION: u32 = 1;
const TEXTS: &str = "texts";

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawer {
    /// What was said and is not sent: on the disk before it counts as kept.
    Outbox,
    /// What was seen, to be shown without a connection. It can be fetched again.
    Seen,
}

impl Drawer {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Outbox, Self::Seen];

    fn name(self) -> &'static str {
        match self {
            Self::Outbox => "bottega-outbox",
            Self::Seen => "bottega-seen",
        }
    }

    fn durability(self) -> TransactionDurability {
        match self {
            Self::Outbox => TransactionDurability::Strict,
            Self::Seen => TransactionDurability::Relaxed,
        }
    }
}

/// Nothing was kept: the browser has no database, forbids it, or has no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotKept;

/// What is kept under a key.
///
/// # Errors
/// When the browser does not let it be read.
pub(super) async fn read(drawer: Drawer, key: &str) -> Result<Option<String>, NotKept> {
    let database = open(drawer).await?;
    let found = async {
        let transaction = database.transaction(TEXTS).with_mode(TransactionMode::Readonly).build()?;
        transaction.object_store(TEXTS)?.get::<String, _, _>(key).primitive()?.await
    };
    let found = found.await;
    database.close();
    found.map_err(|_: Error| NotKept)
}

/// Changes what is kept under a key, or takes it away; what other tabs change meanwhile waits, or was there before.
///
/// # Errors
/// When nothing was changed.
pub(super) async fn change(
    drawer: Drawer,
    key: &str,
    change: impl FnOnce(Option<String>) -> Option<String>,
) -> Result<(), NotKept> {
    let database = open(drawer).await?;
    let changed = async {
        let options = TransactionOptions::new().with_durability(drawer.durability());
        let transaction = database.transaction(TEXTS).with_mode(TransactionMode::Readwrite).with_options(options);
        let transaction = transaction.build()?;
        let store = transaction.object_store(TEXTS)?;
        let was = store.get::<String, _, _>(key).primitive()?.await?;
        let put = match change(was) {
            Some(text) => Some(store.put(text).with_key(key.to_owned()).without_key_type().primitive()?),
            None => {
                store.delete(key.to_owned()).primitive()?.await?;
                None
            }
        };
        if let Some(put) = put {
            put.await?;
        }
        Ok::<_, Error>(transaction.on_done()?.await.is_ok())
    };
    let changed = changed.await;
    database.close();
    if changed == Ok(true) { Ok(()) } else { Err(NotKept) }
}

/// Forgets what is in a drawer: the next one here may be somebody else.
pub(super) async fn forget(drawer: Drawer) {
    if let Ok(deleting) = Database::delete_by_name(drawer.name()) {
        // What cannot be deleted cannot be read either.
        let _gone = deleting.await;
    }
}

async fn open(drawer: Drawer) -> Result<Database, NotKept> {
    let opening =
        Database::open(drawer.name().to_owned()).with_version(VERSION).with_on_upgrade_needed(|_, database| {
            database.create_object_store(TEXTS).build()?;
            Ok(())
        });
    opening.build().map_err(|_| NotKept)?.await.map_err(|_| NotKept)
}
