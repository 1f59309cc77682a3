//! PayPal as the processor: money is reserved by an order that is authorised, taken by a capture of that, and every word
//! of PayPal's is a hint to look. What PayPal calls things is kept beside our own names, as documents.

mod authorise;
mod compare;
mod dispute;
mod kept;
mod look;
mod map;
mod order;
mod payee;
mod provider;
mod routes;
mod sealed;
mod take;
mod told;

pub use compare::Comparing;
pub use payee::router as payee;
pub use routes::routes;
pub use sealed::WalletKey;

use ::paypal::{MerchantId, PayPal, Webhooks};
use api::provider::simulated::Simulated;
use api::store::Store;
use std::sync::Arc;
use url::Url;

/// PayPal, as far as a shop of ours is concerned. Cheap to clone.
#[derive(Clone)]
pub struct PayPalProvider(Arc<Inner>);

struct Inner {
    paypal: PayPal,
    webhooks: Webhooks,
    store: Arc<dyn Store>,
    /// What seals the tokens of wallets.
    key: WalletKey,
    /// Where buyers come back to.
    origin: Url,
    /// The account of our keys: what a seller is paid to who has named no other.
    merchant: Option<MerchantId>,
    /// The simulated processor of a demo, for what was paid with it.
    simulated: Option<Simulated>,
    /// Milliseconds since 1970.
    machine: api::clock::Machine,
}

/// What it takes to be paid by PayPal.
pub struct Parts {
    /// The client.
    pub paypal: PayPal,
    /// The check of its webhooks.
    pub webhooks: Webhooks,
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What seals the tokens of wallets.
    pub key: WalletKey,
    /// Where buyers come back to.
    pub origin: Url,
    /// The account of our keys, where it is known: an order for another is never taken.
    pub merchant: Option<MerchantId>,
    /// The simulated processor of a demo.
    pub simulated: Option<Simulated>,
    /// The machine's clock.
    pub machine: api::clock::Machine,
}

impl PayPalProvider {
    /// A processor of these parts.
    pub fn new(parts: Parts) -> Self {
        let Parts { paypal, webhooks, store, key, origin, merchant, simulated, machine } = parts;
        Self(Arc::new(Inner { paypal, webhooks, store, key, origin, merchant, simulated, machine }))
    }

    fn store(&self) -> &dyn Store {
        self.0.store.as_ref()
    }
}
