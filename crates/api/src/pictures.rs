//! Where the bytes of photos are. Inside a page they stand in the photo's own document; a server keeps them elsewhere.

use crate::problem::Problem;
use crate::store::Answering;
use crate::wire::{Photo, UploadPhoto};
use domain::ids::ThreadId;
use std::sync::Arc;

/// The bytes of a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What they are: image/jpeg, image/png or image/webp.
    pub media_type: &'static str,
    /// They themselves.
    pub bytes: Vec<u8>,
}

/// Keeps the bytes of photos.
pub trait Pictures: Send + Sync {
    /// Keeps what was sent up; what the photo's document says of where it is.
    ///
    /// # Errors
    /// When it is no picture that is taken, or cannot be kept.
    fn keep(&self, upload: UploadPhoto) -> Answering<'_, Result<String, Problem>>;
    /// Where an image element of somebody finds a photo that is kept: of a thread they are in, or their own.
    fn address(&self, kept: &Photo, thread: Option<&ThreadId>) -> String;
    /// The bytes of a photo, where they do not stand in its document.
    ///
    /// # Errors
    /// When they cannot be read.
    fn bytes<'a>(&'a self, kept: &'a Photo) -> Answering<'a, Result<Option<File>, Problem>>;
}

/// Bytes that stand in the document, as a `data:` URL.
struct Inline;

impl Pictures for Inline {
    fn keep(&self, upload: UploadPhoto) -> Answering<'_, Result<String, Problem>> {
        let UploadPhoto { media_type, data } = upload;
        Box::pin(async move { Ok(format!("data:{media_type};base64,{data}")) })
    }

    fn address(&self, kept: &Photo, _thread: Option<&ThreadId>) -> String {
        kept.url.clone()
    }

    fn bytes<'a>(&'a self, _kept: &'a Photo) -> Answering<'a, Result<Option<File>, Problem>> {
        Box::pin(async { Ok(None) })
    }
}

/// Photos that stand in their documents.
pub fn inline() -> Arc<dyn Pictures> {
    Arc::new(Inline)
}
