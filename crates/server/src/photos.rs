//! Photos on a server: checked, decoded, written anew without what a camera wrote beside them, and kept as files. Only
//! those who may see one are given it.

mod blobs;
mod bucket;
mod folder;
mod rewrite;
mod routes;

pub use blobs::{BlobError, BlobName, Blobs, MemoryBlobs};
pub use bucket::{Bucket, BucketPlace};
pub use folder::Folder;
pub use routes::router;

use crate::config::PhotoPlace;
use api::pictures::{File, Pictures};
use api::problem::Problem;
use api::store::Answering;
use api::wire::{Photo, UploadPhoto};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::ids::ThreadId;
use rewrite::{Kind, Refused, rewritten};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Pictures that are decoded at once: each takes a processor, and up to a few hundred megabytes.
const TOGETHER: usize = 2;
/// Largest picture that is kept, in bytes. Written anew one without loss can become larger than it came.
const LARGEST: usize = 12 * 1024 * 1024;
/// What the document of a photo says when its bytes are in a file: this, then kind and name.
const KEPT: &str = "file:";

/// Keeps photos as files.
pub struct Photos {
    blobs: Arc<dyn Blobs>,
    room: Arc<Semaphore>,
}

impl Photos {
    /// In the place that a server was started with.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub async fn open(place: &PhotoPlace) -> anyhow::Result<Self> {
        let blobs: Arc<dyn Blobs> = match place {
            PhotoPlace::Folder(folder) => Arc::new(Folder::open(folder)?),
            PhotoPlace::Bucket(place) => Arc::new(Bucket::open(place.clone()).await?),
            PhotoPlace::Memory => Arc::new(MemoryBlobs::default()),
        };
        Ok(Self::over(blobs))
    }

    /// Over a place for bytes.
    pub fn over(blobs: Arc<dyn Blobs>) -> Self {
        Self { blobs, room: Arc::new(Semaphore::new(TOGETHER)) }
    }

    /// Where the bytes are.
    pub fn blobs(&self) -> &dyn Blobs {
        self.blobs.as_ref()
    }

    async fn take(&self, upload: UploadPhoto) -> Result<String, Problem> {
        let kind = Kind::of(&upload.media_type).ok_or(Refused::NotAPicture)?;
        let place = self.room.clone().acquire_owned().await.expect("it is never closed");
        let work = move || {
            let bytes = STANDARD.decode(&upload.data).map_err(|_| Refused::NotAPicture)?;
            let clean = rewritten(kind, &bytes);
            drop(place);
            clean
        };
        let clean = tokio::task::spawn_blocking(work).await.map_err(|_| Problem::from(Refused::Broken))??;
        if clean.bytes.len() > LARGEST {
            return Err(Problem::new(413, "too_large", "This is too large."));
        }
        let name = BlobName::of(&clean.bytes);
        self.blobs.put(&name, clean.bytes).await?;
        Ok(format!("{KEPT}{}:{name}", clean.kind.media_type()))
    }
}

impl Pictures for Photos {
    fn keep(&self, upload: UploadPhoto) -> Answering<'_, Result<String, Problem>> {
        Box::pin(self.take(upload))
    }

    fn address(&self, kept: &Photo, thread: Option<&ThreadId>) -> String {
        match (place(&kept.url), thread) {
            // Kept before there were files.
            (None, _) => kept.url.clone(),
            (Some(_), None) => format!("/v1/photos/{}", kept.id),
            (Some(_), Some(thread)) => format!("/v1/threads/{thread}/photos/{}/file", kept.id),
        }
    }

    fn bytes<'a>(&'a self, kept: &'a Photo) -> Answering<'a, Result<Option<File>, Problem>> {
        Box::pin(async move {
            let Some((kind, name)) = place(&kept.url) else { return Ok(None) };
            Ok(self.blobs.get(&name).await?.map(|bytes| File { media_type: kind.media_type(), bytes }))
        })
    }
}

/// Where the bytes of a photo are; nothing for one that has them in its document.
pub fn name_of(kept: &Photo) -> Option<BlobName> {
    place(&kept.url).map(|(_, name)| name)
}

/// Kind and name that a document says; nothing for one that has the bytes in it.
fn place(kept: &str) -> Option<(Kind, BlobName)> {
    let (kind, name) = kept.strip_prefix(KEPT)?.split_once(':')?;
    Some((Kind::of(kind)?, name.parse().ok()?))
}
