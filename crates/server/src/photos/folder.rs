//! Bytes as files of a folder. A file appears under its name only when all of it is on the disk.

use super::blobs::{BlobError, BlobName, Blobs};
use anyhow::Context;
use api::store::Answering;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A folder of files. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens a folder, and makes it when there is none.
    ///
    /// # Errors
    /// When it cannot be made, or cannot be written to.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let folder = Self { path: path.to_owned() };
        let usable = || {
            fs::create_dir_all(path)?;
            let (probe, mut file) = folder.begin()?;
            file.write_all(b"probe")?;
            fs::remove_file(probe)
        };
        usable().with_context(|| format!("photos cannot be kept in {}, see --photos", path.display()))?;
        Ok(folder)
    }

    /// A file that nobody else writes.
    fn begin(&self) -> io::Result<(PathBuf, fs::File)> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).expect("the system gives random numbers");
        let path = self.path.join(format!(".{:032x}.part", u128::from_le_bytes(random)));
        let file = fs::File::options().write(true).create_new(true).open(&path)?;
        Ok((path, file))
    }

    /// Where a file is. Many files in one folder are slow on some systems: the first digits are folders.
    fn place(&self, name: &BlobName) -> (PathBuf, PathBuf) {
        let folder = self.path.join(&name.as_str()[..2]);
        let file = folder.join(name.as_str());
        (folder, file)
    }

    fn write(&self, name: &BlobName, bytes: &[u8]) -> io::Result<()> {
        let (folder, place) = self.place(name);
        if place.is_file() {
            return Ok(());
        }
        fs::create_dir_all(&folder)?;
        let (path, mut file) = self.begin()?;
        let moved = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&path, &place));
        if let Err(error) = moved {
            // What is left of it is in nobody's way; why it failed matters more than whether it can be cleared away.
            let _cleared = fs::remove_file(&path);
            return Err(error);
        }
        // The names, too, have to outlast the machine's end.
        fs::File::open(&folder)?.sync_all()?;
        fs::File::open(&self.path)?.sync_all()
    }
}

impl Blobs for Folder {
    fn put<'a>(&'a self, name: &'a BlobName, bytes: Vec<u8>) -> Answering<'a, Result<(), BlobError>> {
        let (folder, name) = (self.clone(), name.clone());
        Box::pin(async move {
            let written = tokio::task::spawn_blocking(move || folder.write(&name, &bytes)).await;
            let written = written.unwrap_or_else(|broken| Err(io::Error::other(broken)));
            written.map_err(|error| BlobError(error.to_string()))
        })
    }

    fn get<'a>(&'a self, name: &'a BlobName) -> Answering<'a, Result<Option<Vec<u8>>, BlobError>> {
        Box::pin(async move {
            match tokio::fs::read(self.place(name).1).await {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(BlobError(error.to_string())),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_kept_is_there_afterwards_and_nothing_half_written() {
        let place = tempfile::tempdir().unwrap();
        let (bytes, folder) = (b"a picture".to_vec(), Folder::open(place.path()).unwrap());
        let name = BlobName::of(&bytes);
        assert_eq!(folder.get(&name).await.unwrap(), None);
        folder.put(&name, bytes.clone()).await.unwrap();
        folder.put(&name, bytes.clone()).await.unwrap();
        assert_eq!(Folder::open(place.path()).unwrap().get(&name).await.unwrap(), Some(bytes));
        let left: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, [&name.as_str()[..2]]);
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_said_at_once() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("file");
        fs::write(&file, "").unwrap();
        let said = Folder::open(&file.join("photos")).unwrap_err().to_string();
        assert!(said.contains("--photos"), "{said}");
    }

    #[test]
    fn only_a_hash_names_a_file() {
        for other in ["", "..", "../../etc/passwd", &"A".repeat(64), &"a".repeat(63), &"/".repeat(64)] {
            assert!(other.parse::<BlobName>().is_err(), "{other}");
        }
        assert!("0".repeat(64).parse::<BlobName>().is_ok());
    }
}
