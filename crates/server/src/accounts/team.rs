//! Who acts for a business: seats, invitations, and what was done about them. All of it is one document, so that of two
//! things done at once each is decided by what the other has left.

mod join;
mod routes;

pub(super) use routes::router;

use super::token::Token;
use super::{Accounts, SeatId, SessionId};
use crate::keys::Keys;
use api::app::kinds;
use api::problem::Problem;
use api::store::StoreError;
use api::wire::{Account, Invitation, NewInvitation, Seat, SeatName, SeatRole, Team, TeamAct, TeamDeed};
use domain::ids::AccountId;
use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// Most people who act for a business, those who are invited with them.
const MOST: usize = 20;
/// How long an invitation can be taken.
const INVITED: Span = Span::days(7);
/// How much of what was done is kept.
const LOG: usize = 200;

/// Somebody who acts for an account, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    id: SeatId,
    name: SeatName,
    role: SeatRole,
    joined_at: Timestamp,
}

/// Everybody who acts for an account. Where there is no such document it is its first seat alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kin {
    seats: Vec<Kept>,
    /// By the SHA-256 of what stood in the link.
    invitations: Vec<Invitation>,
    /// Who was removed, until nothing of theirs opens anything: a server may end in between.
    leaving: Vec<SeatId>,
    /// The newest last.
    log: Vec<TeamDeed>,
}

impl Kin {
    fn of(account: &Account) -> Self {
        let name: String = account.name.as_str().chars().take(60).collect();
        let name = SeatName::try_from(name).unwrap_or_else(|_| owners_name());
        let owner = Kept { id: SeatId::first(&account.id), name, role: SeatRole::Owner, joined_at: account.joined_at };
        Self { seats: vec![owner], invitations: Vec::new(), leaving: Vec::new(), log: Vec::new() }
    }

    fn seat(&self, id: &SeatId) -> Option<&Kept> {
        self.seats.iter().find(|seat| seat.id == *id)
    }

    fn is_owner(&self, id: &SeatId) -> bool {
        self.seat(id).is_some_and(|seat| seat.role == SeatRole::Owner)
    }

    fn called(&self, id: &SeatId) -> SeatName {
        self.seat(id).map_or_else(owners_name, |seat| seat.name.clone())
    }

    /// Writes down what somebody did.
    fn note(&mut self, by: &SeatId, at: Timestamp, act: TeamAct) {
        let by = self.called(by);
        self.log.push(TeamDeed { at, by, act });
        self.log.drain(..self.log.len().saturating_sub(LOG));
    }

    /// What the owner alone does.
    fn owned_by(&self, by: &SeatId) -> Result<(), Problem> {
        if self.is_owner(by) { Ok(()) } else { Err(only_owner()) }
    }

    fn forget_old_invitations(&mut self, now: Timestamp) {
        self.invitations.retain(|invitation| now < invitation.expires_at);
    }

    fn invite(&mut self, by: &SeatId, invitation: Invitation) -> Result<(), Problem> {
        self.owned_by(by)?;
        self.forget_old_invitations(invitation.invited_at);
        if self.seats.len() + self.invitations.len() >= MOST {
            let detail = format!("A business has at most {MOST} people, those who are invited with them.");
            return Err(Problem::new(409, "team_full", detail));
        }
        self.note(by, invitation.invited_at, TeamAct::Invited { name: invitation.name.clone() });
        self.invitations.push(invitation);
        Ok(())
    }

    fn take_back(&mut self, by: &SeatId, id: &str, now: Timestamp) -> Result<(), Problem> {
        self.owned_by(by)?;
        let invitation = self.taken_out(id, now).ok_or_else(Problem::not_found)?;
        self.note(by, now, TeamAct::InvitationRevoked { name: invitation.name });
        Ok(())
    }

    fn admit(&mut self, seat: &SeatId, invitation: &str, now: Timestamp) -> Result<(), Problem> {
        let Invitation { name, .. } = self.taken_out(invitation, now).ok_or_else(invitation_over)?;
        self.seats.push(Kept { id: seat.clone(), name, role: SeatRole::Staff, joined_at: now });
        self.note(seat, now, TeamAct::Joined);
        Ok(())
    }

    fn taken_out(&mut self, id: &str, now: Timestamp) -> Option<Invitation> {
        self.forget_old_invitations(now);
        let place = self.invitations.iter().position(|invitation| invitation.id == id)?;
        Some(self.invitations.remove(place))
    }

    fn remove(&mut self, by: &SeatId, id: &str, now: Timestamp) -> Result<(), Problem> {
        self.owned_by(by)?;
        if self.leaving.iter().any(|leaving| leaving.as_str() == id) {
            // Begun before: what is left of it is done by whoever looks.
            return Ok(());
        }
        let place = self.seats.iter().position(|seat| seat.id.as_str() == id).ok_or_else(Problem::not_found)?;
        if self.seats[place].role == SeatRole::Owner {
            return Err(Problem::new(409, "owner_stays", "Make somebody else the owner first."));
        }
        let seat = self.seats.remove(place);
        self.note(by, now, TeamAct::Removed { name: seat.name });
        self.leaving.push(seat.id);
        Ok(())
    }

    fn hand_over(&mut self, by: &SeatId, id: &str, now: Timestamp) -> Result<(), Problem> {
        self.owned_by(by)?;
        let to = self.seats.iter().find(|seat| seat.id.as_str() == id).ok_or_else(Problem::not_found)?;
        self.note(by, now, TeamAct::HandedOver { to: to.name.clone() });
        for seat in &mut self.seats {
            seat.role = if seat.id.as_str() == id { SeatRole::Owner } else { SeatRole::Staff };
        }
        Ok(())
    }

    fn rename(&mut self, id: &SeatId, name: &SeatName, now: Timestamp) -> Result<(), Problem> {
        self.note(id, now, TeamAct::Renamed { to: name.clone() });
        let seat = self.seats.iter_mut().find(|seat| seat.id == *id).ok_or_else(Problem::not_found)?;
        seat.name = name.clone();
        Ok(())
    }
}

fn owners_name() -> SeatName {
    "?".to_owned().try_into().expect("not empty")
}

/// What the owner of a business alone does.
pub(super) fn only_owner() -> Problem {
    Problem::new(403, "only_owner", "Only the owner of the business can do this.")
}

/// It was taken, taken back, is too old, or never was.
fn invitation_over() -> Problem {
    Problem::new(410, "invitation_over", "This invitation was used or taken back, or is too old.")
}

impl Accounts {
    /// Who acts for an account; nothing where that is its first seat alone.
    async fn kin(&self, account: &AccountId) -> Result<Option<Kin>, StoreError> {
        self.app.document(kinds::TEAM, account.as_str()).await
    }

    /// Whether somebody acts for their account: not yet who is about to join, and not any more who was removed.
    pub(super) async fn is_seated(&self, seat: &SeatId) -> Result<bool, StoreError> {
        let kin = self.kin(seat.account()).await?;
        Ok(kin.map_or(*seat == SeatId::first(seat.account()), |kin| kin.seat(seat).is_some()))
    }

    /// Whether somebody is the owner of their account.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_owner(&self, seat: &SeatId) -> Result<bool, StoreError> {
        let kin = self.kin(seat.account()).await?;
        Ok(kin.map_or(*seat == SeatId::first(seat.account()), |kin| kin.is_owner(seat)))
    }

    /// Everybody who acts for an account.
    pub(super) async fn seats(&self, account: &AccountId) -> Result<Vec<SeatId>, StoreError> {
        let kin = self.kin(account).await?;
        Ok(kin.map_or_else(|| vec![SeatId::first(account)], |kin| kin.seats.into_iter().map(|seat| seat.id).collect()))
    }

    /// What somebody is called in their account.
    pub(super) async fn name_of(&self, seat: &SeatId, account: &Account) -> Result<SeatName, StoreError> {
        Ok(self.kin(&account.id).await?.unwrap_or_else(|| Kin::of(account)).called(seat))
    }

    /// Changes who acts for an account, again when somebody else was first; what is refused changes nothing.
    async fn change_kin(
        &self,
        account: &AccountId,
        change: impl Fn(&mut Kin) -> Result<(), Problem>,
    ) -> Result<Kin, Problem> {
        let whole = self.app.account(account).await?.ok_or_else(Problem::not_found)?;
        let refused = Mutex::new(None);
        let changed = |known: Option<Kin>| {
            let kin = known.unwrap_or_else(|| Kin::of(&whole));
            let mut changed = kin.clone();
            let refusal = change(&mut changed).err();
            let kin = if refusal.is_none() { changed } else { kin };
            *refused.lock().unwrap_or_else(PoisonError::into_inner) = refusal;
            kin
        };
        let kin = self.app.change(kinds::TEAM, account.as_str(), changed).await?;
        match refused.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(refusal) => Err(refusal),
            None => Ok(kin),
        }
    }

    /// Writes down what somebody did for a business; of a person's own account there is nobody to tell.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn note(&self, by: &SeatId, act: TeamAct) -> Result<(), Problem> {
        let account = self.app.account(by.account()).await?;
        if account.is_none_or(|account| account.business.is_none()) {
            return Ok(());
        }
        let now = self.now();
        self.change_kin(by.account(), |kin| {
            kin.note(by, now, act.clone());
            Ok(())
        })
        .await?;
        Ok(())
    }

    /// The team as `seat` sees it.
    async fn team(&self, seat: &SeatId) -> Result<Team, Problem> {
        let account = self.app.account(seat.account()).await?.ok_or_else(Problem::not_found)?;
        let mut kin = self.kin(&account.id).await?.unwrap_or_else(|| Kin::of(&account));
        let is_owner = kin.is_owner(seat);
        kin.forget_old_invitations(self.now());
        let mut seats = Vec::new();
        for Kept { id, name, role, joined_at } in kin.seats {
            let last_seen_at = self.last_seen(&id).await?;
            seats.push(Seat { id: id.into(), name, role, joined_at, last_seen_at });
        }
        let invitations = if is_owner { kin.invitations } else { Vec::new() };
        Ok(Team { you: seat.as_str().to_owned(), seats, invitations })
    }

    /// What was done about the team, the newest first.
    async fn team_log(&self, seat: &SeatId) -> Result<Vec<TeamDeed>, Problem> {
        let Some(kin) = self.kin(seat.account()).await? else { return Ok(Vec::new()) };
        kin.owned_by(seat)?;
        Ok(kin.log.into_iter().rev().collect())
    }

    async fn invite(&self, by: &SeatId, name: SeatName) -> Result<NewInvitation, Problem> {
        let (token, now) = (Token::draw(), self.now());
        let SessionId(id) = token.session();
        let invitation = Invitation { id, name, invited_at: now, expires_at: now.plus(INVITED) };
        self.change_kin(by.account(), |kin| kin.invite(by, invitation.clone())).await?;
        Ok(NewInvitation { invitation, secret: join::written(by.account(), &token) })
    }

    async fn revoke_invitation(&self, by: &SeatId, id: &str) -> Result<(), Problem> {
        let now = self.now();
        self.change_kin(by.account(), |kin| kin.take_back(by, id, now)).await?;
        Ok(())
    }

    async fn hand_over(&self, by: &SeatId, id: &str) -> Result<(), Problem> {
        let now = self.now();
        self.change_kin(by.account(), |kin| kin.hand_over(by, id, now)).await?;
        Ok(())
    }

    async fn rename_seat(&self, seat: &SeatId, name: &SeatName) -> Result<(), Problem> {
        let now = self.now();
        self.change_kin(seat.account(), |kin| kin.rename(seat, name, now)).await?;
        Ok(())
    }

    /// Removes somebody: from here on nothing of theirs signs in; what they are signed in with is ended by [`Self::see_off`].
    async fn remove_seat(&self, by: &SeatId, id: &str) -> Result<(), Problem> {
        let now = self.now();
        self.change_kin(by.account(), |kin| kin.remove(by, id, now)).await?;
        Ok(())
    }

    /// Ends what is left of those who were removed, also by a server that ended in the middle of it: what they are signed in
    /// with, their keys and webhooks; the sessions that have ended now, and the keys.
    async fn see_off(&self, account: &AccountId) -> Result<Vec<SessionId>, Problem> {
        let leaving = self.kin(account).await?.map(|kin| kin.leaving).unwrap_or_default();
        let mut ended = Vec::new();
        for seat in &leaving {
            for session in self.listed(seat).await? {
                self.end(seat, &session).await?;
                ended.push(session);
            }
            self.forget_proofs(seat).await?;
            ended.extend(Keys::of(&self.app).end_those_of(seat).await?.into_iter().map(SessionId));
        }
        if !leaving.is_empty() {
            self.change_kin(account, |kin| {
                kin.leaving.retain(|seat| !leaving.contains(seat));
                Ok(())
            })
            .await?;
        }
        Ok(ended)
    }
}
