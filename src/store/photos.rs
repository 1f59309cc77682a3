//! Photos that somebody sent: loaded once, kept for as long as the page.

use super::Session;
use api::client::{ApiError, IdempotencyKey};
use api::wire::{Photo, UploadPhoto};
use domain::ids::{PhotoId, ThreadId};
use domain::picture::Picture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::collections::HashMap;

type Address = RwSignal<Option<String>>;

thread_local! {
    static KNOWN: RefCell<HashMap<PhotoId, Address>> = RefCell::default();
}

fn place(photo: &PhotoId) -> Address {
    let fresh = || super::for_good(|| RwSignal::new(None));
    KNOWN.with_borrow_mut(|known| *known.entry(photo.clone()).or_insert_with(fresh))
}

/// Where an image element finds a photo that was loaded.
pub fn known_photo(photo: &PhotoId) -> Option<String> {
    place(photo).get_untracked()
}

/// Keeps a photo for as long as the page.
fn remember_photo(photo: &Photo) {
    place(&photo.id).set(Some(photo.url.clone()));
}

impl Session {
    /// Sends a picture up; it is known here from then on.
    ///
    /// # Errors
    /// What the API refused, or that nobody answered.
    pub async fn upload(&self, key: &IdempotencyKey, upload: &UploadPhoto) -> Result<PhotoId, ApiError> {
        let photo = self.noticing(self.client().upload(key, upload).await)?;
        remember_photo(&photo);
        Ok(photo.id)
    }

    /// Loads a photo of a thread; says whether it is there.
    pub async fn load_photo(&self, thread: &ThreadId, photo: &PhotoId) -> bool {
        let loaded = self.noticing(self.client().photo(thread, photo).await);
        loaded.as_ref().map(remember_photo).is_ok()
    }

    /// Where an image element finds a picture of what is sold in a thread; a photo is loaded first.
    pub fn picture(&self, thread: &ThreadId, picture: &Picture) -> Signal<Option<String>> {
        match picture {
            Picture::Site(path) => Signal::stored(Some(path.to_string())),
            Picture::Photo(photo) => {
                let address = place(photo);
                if address.read_untracked().is_none() {
                    let (session, thread, photo) = (*self, thread.clone(), photo.clone());
                    spawn_local(async move {
                        // What does not come is asked for again by whoever shows it next.
                        let _there = session.load_photo(&thread, &photo).await;
                    });
                }
                address.into()
            }
        }
    }
}
