//! Who acts for a business. Only a server answers.

use super::{Answer, Client, IdempotencyKey, Transport};
use crate::wire::{
    Account, Ceremony, FinishCeremony, Invite, Invited, InvitedTo, NewInvitation, RenameSeat, Team, TeamDeed,
};

impl<T: Transport> Client<T> {
    /// Everybody who acts for one's business.
    pub async fn team(&self) -> Answer<Team> {
        self.get("/team").await
    }
    /// What was done about that, the newest first; for the owner alone.
    pub async fn team_log(&self) -> Answer<Vec<TeamDeed>> {
        self.get("/team/log").await
    }
    /// Calls oneself something.
    pub async fn rename_seat(&self, key: &IdempotencyKey, body: &RenameSeat) -> Answer<Team> {
        self.post("/team/name", key, body).await
    }
    /// Invites somebody; the secret of the link is told this once.
    pub async fn invite(&self, key: &IdempotencyKey, body: &Invite) -> Answer<NewInvitation> {
        self.post("/team/invitations", key, body).await
    }
    /// Takes an invitation back.
    pub async fn revoke_invitation(&self, key: &IdempotencyKey, id: &str) -> Answer<Team> {
        self.post(&format!("/team/invitations/{id}/revoke"), key, &()).await
    }
    /// Has somebody act for the business no more.
    pub async fn remove_seat(&self, key: &IdempotencyKey, id: &str) -> Answer<Team> {
        self.post(&format!("/team/seats/{id}/remove"), key, &()).await
    }
    /// Makes somebody else the owner.
    pub async fn hand_over(&self, key: &IdempotencyKey, id: &str) -> Answer<Team> {
        self.post(&format!("/team/seats/{id}/hand-over"), key, &()).await
    }
    /// What one is invited to; also for who is nobody yet.
    pub async fn invited_to(&self, key: &IdempotencyKey, body: &Invited) -> Answer<InvitedTo> {
        self.post("/join/look", key, body).await
    }
    /// Begins to take an invitation.
    pub async fn join(&self, key: &IdempotencyKey, body: &Invited) -> Answer<Ceremony> {
        self.post("/join/begin", key, body).await
    }
    /// Takes it, with a passkey of one's own, and signs in.
    pub async fn finish_join(&self, key: &IdempotencyKey, body: &FinishCeremony) -> Answer<Account> {
        self.post("/join/finish", key, body).await
    }
}
