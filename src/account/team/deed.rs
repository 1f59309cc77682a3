//! What is done about the team, one thing at a time.

use crate::proof::{ProofError, proving};
use crate::store::{Session, new_key};
use api::wire::{Invite, NewInvitation, RenameSeat, SeatName, Team};
use leptos::prelude::*;

/// What is done.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Load it.
    Load,
    /// Invite somebody.
    Invite(SeatName),
    /// Take an invitation back.
    TakeBack(String),
    /// Have somebody act for the business no more.
    Remove(String),
    /// Make somebody else the owner.
    HandOver(String),
    /// Call oneself something.
    Rename(SeatName),
}

/// The team, and what is done about it. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Deeds {
    /// As it was last told.
    pub team: RwSignal<Option<Team>>,
    /// The invitation that was just made, until its link is kept.
    pub made: RwSignal<Option<NewInvitation>>,
    action: Action<Deed, Result<(), ProofError>>,
}

impl Deeds {
    pub fn new(session: Session) -> Self {
        let (team, made) = (RwSignal::new(None), RwSignal::new(None));
        let action = Action::new_local(move |deed: &Deed| {
            let (deed, client, key) = (deed.clone(), session.client(), new_key());
            async move {
                let now = match deed {
                    Deed::Load => client.team().await?,
                    Deed::Invite(name) => {
                        let body = Invite { name };
                        made.set(Some(proving(&client, || client.invite(&key, &body)).await?));
                        client.team().await?
                    }
                    Deed::TakeBack(id) => client.revoke_invitation(&key, &id).await?,
                    Deed::Remove(id) => client.remove_seat(&key, &id).await?,
                    Deed::HandOver(id) => proving(&client, || client.hand_over(&key, &id)).await?,
                    Deed::Rename(name) => client.rename_seat(&key, &RenameSeat { name }).await?,
                };
                team.set(Some(now));
                Ok(())
            }
        });
        Self { team, made, action }
    }

    /// Does something, unless something else is being done.
    pub fn run(&self, deed: Deed) {
        if !self.action.pending().get_untracked() {
            self.action.dispatch_local(deed);
        }
    }

    /// While true something is being done.
    pub fn pending(&self) -> Memo<bool> {
        self.action.pending()
    }

    /// What went wrong with the last thing that was done.
    pub fn problem(&self) -> Option<String> {
        match &*self.action.value().read() {
            Some(Err(error)) => Some(error.sentence()),
            Some(Ok(())) | None => None,
        }
    }
}
