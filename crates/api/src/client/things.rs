//! What one owns that is digital.

use super::{Answer, Client, IdempotencyKey, Transport, encode};
use crate::wire::{PassOn, Proof, ThingsPage};
use domain::ids::ThingId;

impl<T: Transport> Client<T> {
    /// A page of what one owns, the newest first.
    pub async fn things(&self, after: Option<u32>) -> Answer<ThingsPage> {
        let after = after.map(|after| format!("?after={after}")).unwrap_or_default();
        self.get(&format!("/wallet/things{after}")).await
    }
    /// Gives or lends something to the other side of a thread.
    pub async fn pass_on(&self, key: &IdempotencyKey, thing: &ThingId, body: &PassOn) -> Answer<()> {
        self.post(&format!("/wallet/things/{thing}/pass-on"), key, body).await
    }
    /// Takes back what is lent.
    pub async fn end_loan(&self, key: &IdempotencyKey, thing: &ThingId) -> Answer<()> {
        self.post(&format!("/wallet/things/{thing}/end-loan"), key, &()).await
    }
    /// What a code proves; nobody has to be signed in.
    pub async fn proof(&self, code: &str) -> Answer<Proof> {
        self.get(&format!("/proofs/{}", encode(code))).await
    }
    /// Uses up what a code is of, as its seller.
    pub async fn redeem(&self, key: &IdempotencyKey, code: &str) -> Answer<Proof> {
        self.post(&format!("/proofs/{}/redeem", encode(code)), key, &()).await
    }
}
