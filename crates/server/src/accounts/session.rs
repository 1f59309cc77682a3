//! A session as it is kept: who, on what, and until when.

use super::{SeatId, SessionId};
use api::wire::{Device, SignedInDevice};
use domain::ids::AccountId;
use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a session lasts that nothing comes from.
const IDLE: Span = Span::days(30);
/// How long it lasts at most.
pub(super) const LIFE: Span = Span::days(180);
/// How exactly it is known when something last came: a write for every call would cost more than it tells.
const NOTED: Span = Span::hours(1);

/// How long a proof counts for what asks for one.
const PROVED: Span = Span::minutes(5);

/// What a session began with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// A passkey or a recovery code.
    Given,
    /// Somebody of the demo: nothing was proved.
    Demo,
}

/// A session as it is kept, under the SHA-256 of its token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Session {
    /// Who is signed in.
    pub account: AccountId,
    /// Who of them; without a word it is the first, as it was before there were others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seat: Option<SeatId>,
    device: Device,
    created_at: Timestamp,
    last_seen_at: Timestamp,
    /// When it was last proved who it is.
    #[serde(default)]
    proved_at: Option<Timestamp>,
}

impl Session {
    /// One that begins now.
    pub fn begun(seat: &SeatId, device: Device, proof: Proof, now: Timestamp) -> Self {
        let proved_at = match proof {
            Proof::Given => Some(now),
            Proof::Demo => None,
        };
        let account = seat.account().clone();
        let seat = Some(seat).filter(|seat| **seat != SeatId::first(&account)).cloned();
        Self { account, seat, device, created_at: now, last_seen_at: now, proved_at }
    }

    /// Who of the account is signed in.
    pub fn seat(&self) -> SeatId {
        self.seat.clone().unwrap_or_else(|| SeatId::first(&self.account))
    }

    /// The same, proved now.
    pub fn proved(self, now: Timestamp) -> Self {
        Self { proved_at: Some(now), ..self }
    }

    /// Whether it was proved just now.
    pub fn has_proved(&self, now: Timestamp) -> bool {
        self.proved_at.is_some_and(|at| now < at.plus(PROVED))
    }

    /// When it ends if nothing comes any more.
    fn expires_at(&self) -> Timestamp {
        self.last_seen_at.plus(IDLE).min(self.created_at.plus(LIFE))
    }

    /// Whether it has ended by itself.
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.expires_at()
    }

    /// Whether it is long enough ago that something was noted.
    pub fn is_to_be_noted(&self, now: Timestamp) -> bool {
        now >= self.last_seen_at.plus(NOTED)
    }

    /// The same, seen now.
    pub fn seen(self, now: Timestamp) -> Self {
        Self { last_seen_at: self.last_seen_at.max(now), ..self }
    }

    /// As its owner sees it from the device `current`.
    pub fn told(self, id: &SessionId, current: &SessionId) -> SignedInDevice {
        SignedInDevice {
            id: id.0.clone(),
            expires_at: self.expires_at(),
            device: self.device,
            created_at: self.created_at,
            last_seen_at: self.last_seen_at,
            current: id == current,
        }
    }
}
