//! Copies of a database. A copy of either kind is a SQLite file, and can be brought back into either kind.

use super::link::{args, failed};
use super::{Place, Pools, SqlStore, open};
use api::store::{Store, StoreError};
use sqlx::AssertSqlSafe;
use std::path::{Path, PathBuf};

fn unusable(path: &Path, why: impl std::fmt::Display) -> StoreError {
    StoreError::Unavailable(format!("{}: {why}", path.display()))
}

/// Copies what is kept in `place` into a new file, as it is at one moment; servers go on meanwhile.
///
/// # Errors
/// When there is such a file already, the place cannot be read, or the copy is not whole.
pub async fn backup(place: &Place, to: &Path) -> Result<(), StoreError> {
    if to.exists() {
        return Err(unusable(to, "is there already; a copy never replaces another"));
    }
    // Under another name until it is whole.
    let unfinished = PathBuf::from(format!("{}.unfinished", to.display()));
    if unfinished.exists() {
        std::fs::remove_file(&unfinished).map_err(|error| unusable(&unfinished, error))?;
    }
    match place {
        Place::Memory => return Err(StoreError::Unavailable("what is in memory cannot be copied".to_owned())),
        Place::Sqlite(path) => {
            if !path.is_file() {
                return Err(unusable(path, "there is no such database"));
            }
            SqlStore::sqlite(path).await?.copy_into(&unfinished).await?;
        }
        Place::Postgres(url) => {
            let entries = SqlStore::postgres(url).await?.export().await?;
            let copy = SqlStore::sqlite(&unfinished).await?;
            copy.import(entries).await?;
            copy.close().await;
        }
    }
    let copy = SqlStore::sqlite(&unfinished).await?;
    copy.is_whole().await?;
    copy.close().await;
    let file = std::fs::File::open(&unfinished).map_err(|error| unusable(&unfinished, error))?;
    file.sync_all().map_err(|error| unusable(&unfinished, error))?;
    std::fs::rename(&unfinished, to).map_err(|error| unusable(to, error))
}

/// Brings a copy back into a place where nothing is kept yet.
///
/// # Errors
/// When the copy is not whole, the place is not empty, or cannot be written.
pub async fn restore(from: &Path, place: &Place) -> Result<(), StoreError> {
    if !from.is_file() {
        return Err(unusable(from, "there is no such copy"));
    }
    let copy = SqlStore::sqlite(from).await?;
    copy.is_whole().await?;
    let entries = copy.export().await?;
    copy.close().await;
    let target = open(place).await?.store;
    if !target.export().await?.is_empty() {
        return Err(StoreError::Unavailable(
            "there is something in it already; restore into an empty database".to_owned(),
        ));
    }
    target.import(entries).await
}

impl SqlStore {
    async fn copy_into(&self, path: &Path) -> Result<(), StoreError> {
        // It only reads here, but those that may only read refuse it.
        let Pools::Sqlite { writer, .. } = &self.pools else { return Ok(()) };
        let copy = sqlx::query(AssertSqlSafe("VACUUM INTO $1".to_owned())).bind(path.display().to_string());
        copy.execute(writer).await.map_err(failed)?;
        Ok(())
    }

    /// What SQLite itself finds wrong with its file.
    async fn is_whole(&self) -> Result<(), StoreError> {
        let found = self.read().await?.line("PRAGMA integrity_check", args![]).await?.map(|line| line.text(0));
        match found.as_deref() {
            Some("ok") => Ok(()),
            wrong => Err(StoreError::Corrupt(format!("the copy is damaged: {}", wrong.unwrap_or("no answer")))),
        }
    }
}
