//! Keys for programs, webhooks, and where a business is paid. Only a server answers.

use super::{Answer, Client, IdempotencyKey, Transport};
use crate::wire::{ApiKey, Delivery, MakeKey, MakeWebhook, NewKey, NewWebhook, Payee, Replay, SetPayee, Webhook};

impl<T: Transport> Client<T> {
    /// The keys of one's programs, the oldest first.
    pub async fn keys(&self) -> Answer<Vec<ApiKey>> {
        self.get("/keys").await
    }
    /// Makes a key; its secret is told this once.
    pub async fn make_key(&self, key: &IdempotencyKey, body: &MakeKey) -> Answer<NewKey> {
        self.post("/keys", key, body).await
    }
    /// Ends a key.
    pub async fn revoke_key(&self, key: &IdempotencyKey, id: &str) -> Answer<()> {
        self.post(&format!("/keys/{id}/revoke"), key, &()).await
    }
    /// Where one's business is paid.
    pub async fn payee(&self) -> Answer<Payee> {
        self.get("/payee").await
    }
    /// Chooses where it is paid from now on.
    pub async fn set_payee(&self, key: &IdempotencyKey, body: &SetPayee) -> Answer<Payee> {
        self.post("/payee", key, body).await
    }
    /// Where one's programs are told what happens, the oldest first.
    pub async fn webhooks(&self) -> Answer<Vec<Webhook>> {
        self.get("/webhooks").await
    }
    /// Tells an address from now on; the secret of its signatures is told this once.
    pub async fn make_webhook(&self, key: &IdempotencyKey, body: &MakeWebhook) -> Answer<NewWebhook> {
        self.post("/webhooks", key, body).await
    }
    /// Tells an address nothing any more.
    pub async fn remove_webhook(&self, key: &IdempotencyKey, id: &str) -> Answer<()> {
        self.post(&format!("/webhooks/{id}/remove"), key, &()).await
    }
    /// The last tries to deliver, the oldest first.
    pub async fn deliveries(&self, id: &str) -> Answer<Vec<Delivery>> {
        self.get(&format!("/webhooks/{id}/deliveries")).await
    }
    /// Tells it again what happened after a cursor; one that was paused goes on.
    pub async fn replay_webhook(&self, key: &IdempotencyKey, id: &str, body: &Replay) -> Answer<Webhook> {
        self.post(&format!("/webhooks/{id}/replay"), key, body).await
    }
}
