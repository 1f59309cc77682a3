//! Copies of a database with its photos. A copy of either kind is one SQLite file, and can be brought back into either
//! kind.

use super::copy::{self, Photos};
use super::link::{args, failed};
use super::{Place, Pools, SqlStore};
use crate::photos::{self, BlobError, BlobName, Blobs};
use api::app::kinds;
use api::store::StoreError;
use api::wire::Photo;
use sqlx::{AssertSqlSafe, SqlitePool};
use std::path::{Path, PathBuf};

/// Documents that are looked at at once.
const SOME: usize = 200;

/// What was carried beside the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Photos.
    pub photos: usize,
    /// Photos whose bytes are not where they should be.
    pub missing: usize,
}

fn unusable(path: &Path, why: impl std::fmt::Display) -> StoreError {
    StoreError::Unavailable(format!("{}: {why}", path.display()))
}

fn lost(BlobError(why): BlobError) -> StoreError {
    StoreError::Unavailable(format!("the place for photos: {why}"))
}

/// Copies what is kept in `place`, and the photos of it, into a new file, as it is at one moment; servers go on meanwhile.
///
/// # Errors
/// When there is such a file already, the place cannot be read, or the copy is not whole.
pub async fn backup(place: &Place, pictures: &dyn Blobs, to: &Path) -> Result<Carried, StoreError> {
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
            let copy = SqlStore::sqlite(&unfinished).await?;
            copy::carry(&SqlStore::patient_postgres(url).await?, &copy).await?;
            copy.close().await;
        }
    }
    let copy = SqlStore::sqlite(&unfinished).await?;
    // After the database: what it names is there, and stays as it is.
    let carried = copy.take_photos(pictures).await?;
    copy.is_whole().await?;
    copy.close().await;
    let file = std::fs::File::open(&unfinished).map_err(|error| unusable(&unfinished, error))?;
    file.sync_all().map_err(|error| unusable(&unfinished, error))?;
    std::fs::rename(&unfinished, to).map_err(|error| unusable(to, error))?;
    Ok(carried)
}

/// Brings a copy back into a place where nothing is kept yet, and its photos into theirs.
///
/// # Errors
/// When the copy is not whole, the place is not empty, or cannot be written.
pub async fn restore(from: &Path, place: &Place, pictures: &dyn Blobs) -> Result<Carried, StoreError> {
    if !from.is_file() {
        return Err(unusable(from, "there is no such copy"));
    }
    let copy = SqlStore::sqlite(from).await?;
    copy.is_whole().await?;
    let target = match place {
        Place::Memory => return Err(StoreError::Unavailable("what is in memory is gone at once".to_owned())),
        Place::Sqlite(path) => SqlStore::sqlite(path).await?,
        Place::Postgres(url) => SqlStore::patient_postgres(url).await?,
    };
    if !copy::is_empty(&target).await? {
        return Err(StoreError::Unavailable(
            "there is something in it already; restore into an empty database".to_owned(),
        ));
    }
    // Photos first: where this ends in the middle, the database is empty, and it can be done again.
    let carried = copy.give_photos(pictures).await?;
    copy::carry(&copy, &target).await?;
    copy.close().await;
    target.close().await;
    Ok(carried)
}

impl SqlStore {
    fn file(&self) -> Result<&SqlitePool, StoreError> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => Ok(writer),
            Pools::Postgres(_) => Err(StoreError::Unavailable("it is no file".to_owned())),
        }
    }

    async fn copy_into(&self, path: &Path) -> Result<(), StoreError> {
        // It only reads here, but those that may only read refuse it.
        let copy = sqlx::query(AssertSqlSafe("VACUUM INTO $1".to_owned())).bind(path.display().to_string());
        copy.execute(self.file()?).await.map_err(failed)?;
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

    /// Takes the bytes of all photos that are named here.
    async fn take_photos(&self, pictures: &dyn Blobs) -> Result<Carried, StoreError> {
        let kept = Photos { file: self.file()? };
        kept.make().await?;
        let (mut carried, mut last) = (Carried::default(), String::new());
        loop {
            let asked = "SELECT id, document FROM documents WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3";
            let lines = self.read().await?.lines(asked, args![kinds::PHOTO, last.as_str(), SOME]).await?;
            let Some(newest) = lines.last() else { return Ok(carried) };
            last = newest.text(0);
            for line in &lines {
                // What cannot be read, or has its bytes in it, is in the database as it is.
                let photo: Option<Photo> = serde_json::from_str(&line.text(1)).ok();
                let Some(name) = photo.and_then(|photo| photos::name_of(&photo)) else { continue };
                match pictures.get(&name).await.map_err(lost)? {
                    Some(bytes) => {
                        kept.put(name.as_str(), bytes).await?;
                        carried.photos += 1;
                    }
                    None => carried.missing += 1,
                }
            }
        }
    }

    /// Gives the bytes of photos back.
    async fn give_photos(&self, pictures: &dyn Blobs) -> Result<Carried, StoreError> {
        let kept = Photos { file: self.file()? };
        let (mut carried, mut last) = (Carried::default(), String::new());
        if !kept.are_there().await? {
            return Ok(carried);
        }
        while let Some((name, bytes)) = kept.after(&last).await? {
            let found = BlobName::of(&bytes);
            if found.as_str() != name {
                return Err(StoreError::Corrupt(format!("the copy is damaged: the photo {name} is another one")));
            }
            pictures.put(&found, bytes).await.map_err(lost)?;
            carried.photos += 1;
            last = name;
        }
        Ok(carried)
    }
}
