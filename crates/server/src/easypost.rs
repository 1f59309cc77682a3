//! EasyPost as the one who tells of parcels: a tracking number is registered there, and what carriers say of it comes to
//! `/hooks/easypost`. What EasyPost calls a parcel is kept beside our own names, as documents.

mod client;
mod kept;
mod routes;
mod scans;
mod signature;
mod tracker;
mod word;

pub use client::{ApiKey, Base};
pub use routes::routes;
pub use signature::WebhookSecret;

use api::store::Store;
use client::Client;
use std::sync::Arc;

/// EasyPost, as far as parcels of ours are concerned. Cheap to clone.
#[derive(Clone)]
pub struct EasyPost(Arc<Inner>);

struct Inner {
    client: Client,
    secret: WebhookSecret,
    store: Arc<dyn Store>,
}

impl EasyPost {
    /// Registers at `base` with `key`, and believes what is signed with `secret`. Nothing is sent yet.
    ///
    /// # Errors
    /// When this machine has no certificates to know EasyPost by.
    pub fn new(base: Base, key: ApiKey, secret: WebhookSecret, store: Arc<dyn Store>) -> Result<Self, reqwest::Error> {
        Ok(Self(Arc::new(Inner { client: Client::new(base, key)?, secret, store })))
    }

    fn store(&self) -> &dyn Store {
        self.0.store.as_ref()
    }
}
