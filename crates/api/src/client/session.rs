//! Signing in and out, and where one is signed in. Only a server answers.

use super::{Answer, Client, IdempotencyKey, Transport};
use crate::wire::{Account, SignInDemo, SignInWays, SignedInDevice};

impl<T: Transport> Client<T> {
    /// The ways there are to sign in; also for who is nobody yet.
    pub async fn sign_in_ways(&self) -> Answer<SignInWays> {
        self.get("/sign-in").await
    }
    /// Becomes somebody of the demo.
    pub async fn sign_in_demo(&self, key: &IdempotencyKey, body: &SignInDemo) -> Answer<Account> {
        self.post("/sign-in/demo", key, body).await
    }
    /// Ends this session.
    pub async fn sign_out(&self, key: &IdempotencyKey) -> Answer<()> {
        self.post("/sign-out", key, &()).await
    }
    /// Where one is signed in, this device first.
    pub async fn sessions(&self) -> Answer<Vec<SignedInDevice>> {
        self.get("/sessions").await
    }
    /// Signs another device out, or this one.
    pub async fn revoke_session(&self, key: &IdempotencyKey, id: &str) -> Answer<()> {
        self.post(&format!("/sessions/{id}/revoke"), key, &()).await
    }
}
