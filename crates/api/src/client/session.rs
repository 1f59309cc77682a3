//! Signing in and out, and where one is signed in. Only a server answers.

use super::{Answer, Client, IdempotencyKey, Transport};
use crate::wire::{
    Account, Ceremony, FinishCeremony, Proofs, PushKey, PushNoMore, PushTo, RecoveryCodes, RenamePasskey, SignInDemo,
    SignInRecovery, SignInWays, SignUp, SignedInDevice,
};

impl<T: Transport> Client<T> {
    /// The ways there are to sign in; also for who is nobody yet.
    pub async fn sign_in_ways(&self) -> Answer<SignInWays> {
        self.get("/sign-in").await
    }
    /// Becomes somebody of the demo.
    pub async fn sign_in_demo(&self, key: &IdempotencyKey, body: &SignInDemo) -> Answer<Account> {
        self.post("/sign-in/demo", key, body).await
    }
    /// What this browser needs to be told while nobody looks.
    pub async fn push_key(&self) -> Answer<PushKey> {
        self.get("/push").await
    }
    /// Tells this browser from now on.
    pub async fn push(&self, key: &IdempotencyKey, body: &PushTo) -> Answer<()> {
        self.post("/push", key, body).await
    }
    /// Tells it nothing any more.
    pub async fn stop_push(&self, key: &IdempotencyKey, body: &PushNoMore) -> Answer<()> {
        self.post("/push/stop", key, body).await
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
    /// Begins to make an account.
    pub async fn sign_up(&self, key: &IdempotencyKey, body: &SignUp) -> Answer<Ceremony> {
        self.post("/sign-up/begin", key, body).await
    }
    /// Makes it, with its first passkey, and signs in.
    pub async fn finish_sign_up(&self, key: &IdempotencyKey, body: &FinishCeremony) -> Answer<Account> {
        self.post("/sign-up/finish", key, body).await
    }
    /// Begins to sign in with a passkey, whoever one is.
    pub async fn sign_in_passkey(&self, key: &IdempotencyKey) -> Answer<Ceremony> {
        self.post("/sign-in/passkey/begin", key, &()).await
    }
    /// Signs in with it.
    pub async fn finish_sign_in(&self, key: &IdempotencyKey, body: &FinishCeremony) -> Answer<Account> {
        self.post("/sign-in/passkey/finish", key, body).await
    }
    /// Signs in with a recovery code; all other sessions of the account end.
    pub async fn sign_in_recovery(&self, key: &IdempotencyKey, body: &SignInRecovery) -> Answer<Account> {
        self.post("/sign-in/recovery", key, body).await
    }
    /// What one's account can be proved with.
    pub async fn proofs(&self) -> Answer<Proofs> {
        self.get("/passkeys").await
    }
    /// Begins to add a passkey to one's account.
    pub async fn add_passkey(&self, key: &IdempotencyKey) -> Answer<Ceremony> {
        self.post("/passkeys/begin", key, &()).await
    }
    /// Adds it.
    pub async fn finish_add_passkey(&self, key: &IdempotencyKey, body: &FinishCeremony) -> Answer<Proofs> {
        self.post("/passkeys/finish", key, body).await
    }
    /// Calls a passkey something.
    pub async fn rename_passkey(&self, key: &IdempotencyKey, id: &str, body: &RenamePasskey) -> Answer<Proofs> {
        self.post(&format!("/passkeys/{id}/rename"), key, body).await
    }
    /// Takes a passkey away.
    pub async fn remove_passkey(&self, key: &IdempotencyKey, id: &str) -> Answer<Proofs> {
        self.post(&format!("/passkeys/{id}/remove"), key, &()).await
    }
    /// Makes new recovery codes; those before are good for nothing.
    pub async fn new_recovery_codes(&self, key: &IdempotencyKey) -> Answer<RecoveryCodes> {
        self.post("/recovery-codes", key, &()).await
    }
    /// Begins to prove once more who one is.
    pub async fn step_up(&self, key: &IdempotencyKey) -> Answer<Ceremony> {
        self.post("/step-up/begin", key, &()).await
    }
    /// Proves it: for five minutes this session may do what asks for it.
    pub async fn finish_step_up(&self, key: &IdempotencyKey, body: &FinishCeremony) -> Answer<()> {
        self.post("/step-up/finish", key, body).await
    }
}
