//! Who is signed in, and how one signs in: with a passkey, with a recovery code, and in a demo as anybody of it; and who
//! acts for a business.

mod ceremony;
mod cookie;
mod device;
mod identify;
mod passkeys;
mod recovery;
mod relying_party;
mod routes;
mod seat;
mod session;
mod sign_up;
mod team;
mod token;

pub use identify::identify;
pub(crate) use routes::Body;
pub use routes::router;
pub use seat::SeatId;

use crate::config::Config;
use crate::keys::Keys;
use api::app::{App, kinds};
use api::problem::Problem;
use api::store::StoreError;
use api::wire::{Device, SignedInDevice};
use domain::ids::AccountId;
use domain::time::Timestamp;
use session::{Proof, Session};
use std::sync::Arc;
use token::Token;
use webauthn_rs::Webauthn;

/// Most devices that one person is signed in on; the oldest makes room.
const MOST: usize = 30;

/// Which session a request belongs to: the SHA-256 of what its cookie brings, in hexadecimal. Knowing it opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SessionId(pub String);

/// Knows who somebody is. Cheap to clone.
#[derive(Clone)]
pub struct Accounts {
    app: App,
    /// What passkeys are bound to; none where the address has no name.
    party: Option<Arc<Webauthn>>,
}

impl Accounts {
    /// Over the API's own store.
    pub fn new(app: App, config: &Config) -> Self {
        Self { app, party: relying_party::of(&config.origin).map(Arc::new) }
    }

    fn relying_party(&self) -> Result<&Webauthn, Problem> {
        let none = || Problem::new(404, "no_passkeys_here", "Passkeys need an address with a name.");
        self.party.as_deref().ok_or_else(none)
    }

    /// Sessions live by the machine's clock, also where a demo has another one.
    fn now(&self) -> Timestamp {
        Timestamp::from_millis((self.app.machine)())
    }

    /// Whether a session, or a key in its place, was one and is not any more.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn has_ended(&self, SessionId(id): &SessionId) -> Result<bool, StoreError> {
        match self.app.document::<Option<Session>>(kinds::SESSION, id).await? {
            Some(Some(session)) => Ok(session.is_over(self.now()) || !self.is_still_seated(&session).await?),
            Some(None) => Ok(true),
            None => Keys::of(&self.app).was_revoked(id).await,
        }
    }

    /// Signs a device in; what it proves that with from now on, and the sessions that had to make room.
    async fn open(&self, seat: &SeatId, device: Device, proof: Proof) -> Result<(Token, Vec<SessionId>), Problem> {
        let token = Token::draw();
        let SessionId(id) = token.session();
        let session = Session::begun(seat, device, proof, self.now());
        self.app.change(kinds::SESSION, &id, |_: Option<Option<Session>>| Some(session.clone())).await?;
        let add = |known: Option<Vec<String>>| known.into_iter().flatten().chain([id.clone()]).collect();
        let all: Vec<String> = self.app.change(kinds::SESSIONS, seat.as_str(), add).await?;
        // Removed in this moment: whoever did it may have listed the sessions before.
        if !self.is_seated(seat).await? {
            self.end(seat, &token.session()).await?;
            return Err(Problem::signed_out());
        }
        let mut gone = Vec::new();
        for id in all.iter().take(all.len().saturating_sub(MOST)) {
            let id = SessionId(id.clone());
            self.end(seat, &id).await?;
            gone.push(id);
        }
        Ok((token, gone))
    }

    /// Signs somebody in from beside the server, on the same database: for what measures it. What a browser would bring.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn cookie_for(&self, account: &AccountId) -> Result<String, Problem> {
        let (token, _) =
            self.open(&SeatId::first(account), device::in_headers(&http::HeaderMap::new()), Proof::Demo).await?;
        Ok(cookie::brought(&token))
    }

    /// Makes sure that a session has proved in the last five minutes who it is, with a passkey or a recovery code. Who
    /// has neither, as the people of a demo, has nothing to prove it with.
    ///
    /// # Errors
    /// `step_up_needed` when it has not, or when the store fails.
    pub async fn stepped_up(&self, account: &AccountId, session: &SessionId) -> Result<(), Problem> {
        let session = self.session(session).await?;
        let now = self.now();
        if session.as_ref().is_some_and(|session| session.has_proved(now)) {
            return Ok(());
        }
        let seat = session.map_or_else(|| SeatId::first(account), |session| session.seat());
        let has_none = self.keys(&seat).await?.is_none_or(|keys| keys.keys.is_empty())
            && self.recovery_codes_left(&seat).await? == 0;
        if has_none { Ok(()) } else { Err(Problem::step_up_needed()) }
    }

    /// A session has proved once more who it is.
    async fn step_up(&self, SessionId(id): &SessionId) -> Result<(), StoreError> {
        let now = self.now();
        let prove = |known: Option<Option<Session>>| known.flatten().map(|session| session.proved(now));
        self.app.change(kinds::SESSION, id, prove).await?;
        Ok(())
    }

    /// Whose session a token is, when it has not ended; that it was seen is noted, to the hour.
    async fn find(&self, token: &Token) -> Result<Option<(SeatId, SessionId)>, StoreError> {
        let (id, now) = (token.session(), self.now());
        let Some(session) = self.session(&id).await? else { return Ok(None) };
        if session.is_over(now) || !self.is_still_seated(&session).await? {
            self.end(&session.seat(), &id).await?;
            return Ok(None);
        }
        if session.is_to_be_noted(now) {
            let note = |known: Option<Option<Session>>| known.flatten().map(|session| session.seen(now));
            // One that was ended in this moment stays ended.
            if self.app.change(kinds::SESSION, &id.0, note).await?.is_none() {
                return Ok(None);
            }
        }
        Ok(Some((session.seat(), id)))
    }

    /// Whether who is signed in still acts for the account. It is asked of staff alone: whoever removes the first of an
    /// account, who was its owner, ends the sessions one by one.
    async fn is_still_seated(&self, session: &Session) -> Result<bool, StoreError> {
        let seat = session.seat();
        Ok(seat == SeatId::first(&session.account) || self.is_seated(&seat).await?)
    }

    /// Where somebody is signed in: this device first, then the last seen.
    async fn devices(&self, seat: &SeatId, current: &SessionId) -> Result<Vec<SignedInDevice>, StoreError> {
        let mut devices = Vec::new();
        for id in self.listed(seat).await? {
            if let Some(session) = self.session(&id).await?.filter(|session| !session.is_over(self.now())) {
                devices.push(session.told(&id, current));
            }
        }
        devices.sort_by_key(|device| (!device.current, std::cmp::Reverse(device.last_seen_at)));
        Ok(devices)
    }

    /// When something last came from somebody.
    async fn last_seen(&self, seat: &SeatId) -> Result<Option<Timestamp>, StoreError> {
        let devices = self.devices(seat, &SessionId(String::new())).await?;
        Ok(devices.into_iter().map(|device| device.last_seen_at).max())
    }

    /// Ends one of somebody's own sessions.
    ///
    /// # Errors
    /// 404 when they have no such session, or when the store fails.
    async fn revoke(&self, seat: &SeatId, id: &SessionId) -> Result<(), Problem> {
        if !self.listed(seat).await?.contains(id) {
            return Err(Problem::not_found());
        }
        Ok(self.end(seat, id).await?)
    }

    async fn end(&self, seat: &SeatId, id: &SessionId) -> Result<(), StoreError> {
        self.app.change(kinds::SESSION, &id.0, |_: Option<Option<Session>>| None).await?;
        let without = |known: Option<Vec<String>>| known.into_iter().flatten().filter(|known| *known != id.0).collect();
        let _left: Vec<String> = self.app.change(kinds::SESSIONS, seat.as_str(), without).await?;
        Ok(())
    }

    async fn listed(&self, seat: &SeatId) -> Result<Vec<SessionId>, StoreError> {
        let listed: Option<Vec<String>> = self.app.document(kinds::SESSIONS, seat.as_str()).await?;
        Ok(listed.into_iter().flatten().map(SessionId).collect())
    }

    /// A session; what has ended is kept as nothing.
    async fn session(&self, SessionId(id): &SessionId) -> Result<Option<Session>, StoreError> {
        Ok(self.app.document::<Option<Session>>(kinds::SESSION, id).await?.flatten())
    }
}
