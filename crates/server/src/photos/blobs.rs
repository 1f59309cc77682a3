//! Where bytes are kept under the hash of what they are: the same bytes twice are one, and none is ever changed.

use api::problem::Problem;
use api::store::Answering;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt;
use std::sync::Mutex;

/// The SHA-256 of bytes, in hexadecimal: safe as the name of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlobName(String);

/// The text is no name of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoBlobName;

impl BlobName {
    /// The name of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(domain::text::hex(&Sha256::digest(bytes)))
    }

    /// 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for BlobName {
    type Err = NoBlobName;
    fn from_str(text: &str) -> Result<Self, NoBlobName> {
        let is_hash = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if is_hash { Ok(Self(text.to_owned())) } else { Err(NoBlobName) }
    }
}

impl fmt::Display for BlobName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The place for bytes failed; what it says is for the log.
#[derive(Debug)]
pub struct BlobError(pub String);

impl From<BlobError> for Problem {
    fn from(BlobError(why): BlobError) -> Self {
        tracing::error!(why, "the place for photos failed");
        Self::new(503, "storage_unavailable", "The storage does not answer.")
    }
}

/// A place for bytes.
pub trait Blobs: Send + Sync {
    /// Keeps bytes; once this is done they outlast the machine's end.
    fn put<'a>(&'a self, name: &'a BlobName, bytes: Vec<u8>) -> Answering<'a, Result<(), BlobError>>;
    /// The bytes of a name.
    fn get<'a>(&'a self, name: &'a BlobName) -> Answering<'a, Result<Option<Vec<u8>>, BlobError>>;
}

/// In this process, for as long as it runs: beside a database that forgets, too.
#[derive(Default)]
pub struct MemoryBlobs(Mutex<HashMap<BlobName, Vec<u8>>>);

impl Blobs for MemoryBlobs {
    fn put<'a>(&'a self, name: &'a BlobName, bytes: Vec<u8>) -> Answering<'a, Result<(), BlobError>> {
        // A std mutex: nothing awaits while holding it.
        self.0.lock().expect("no panic while keeping").insert(name.clone(), bytes);
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(&'a self, name: &'a BlobName) -> Answering<'a, Result<Option<Vec<u8>>, BlobError>> {
        let bytes = self.0.lock().expect("no panic while keeping").get(name).cloned();
        Box::pin(async { Ok(bytes) })
    }
}
