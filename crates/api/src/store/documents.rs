//! Documents that are values: read, changed and put back.

use super::{AppendError, IdempotencyRecord, Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn read<T: DeserializeOwned>(kind: &str, id: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("{kind}/{id}: {error}")))
}

/// A document of a kind.
///
/// # Errors
/// When the store fails, or what is there cannot be read.
pub async fn document<T: DeserializeOwned>(store: &dyn Store, kind: &str, id: &str) -> Result<Option<T>, StoreError> {
    store.document(kind, id).await?.map(|text| read(kind, id, &text)).transpose()
}

/// Reads a document, changes it and puts it back, again when somebody else was first.
///
/// # Errors
/// When the store fails, or what is there cannot be read.
pub async fn change<T, F>(store: &dyn Store, kind: &str, id: &str, change: F) -> Result<T, StoreError>
where
    T: Serialize + DeserializeOwned,
    F: Fn(Option<T>) -> T,
{
    loop {
        match try_change(store, kind, id, &change, None).await {
            Ok(changed) => return Ok(changed),
            Err(AppendError::Conflict) => {}
            Err(AppendError::Store(error)) => return Err(error),
        }
    }
}

/// The same, once; with a record that is written with it.
pub(crate) async fn try_change<T, F>(
    store: &dyn Store,
    kind: &str,
    id: &str,
    change: &F,
    record: Option<IdempotencyRecord>,
) -> Result<T, AppendError>
where
    T: Serialize + DeserializeOwned,
    F: Fn(Option<T>) -> T,
{
    let was = store.document(kind, id).await?;
    let parsed = was.as_deref().map(|text| read(kind, id, text)).transpose()?;
    let changed = change(parsed);
    let text = serde_json::to_string(&changed).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    store.put_document(kind, id, was, text, record).await?;
    Ok(changed)
}
