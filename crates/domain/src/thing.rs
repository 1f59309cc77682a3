//! Something digital that somebody owns: who holds it, to whom it is lent, and when it is good no more.
//!
//! A thing outlives the thread that it was bought in, and goes from hand to hand through others: so it is a value of its
//! own, not a part of the fold of a thread.

#[cfg(test)]
mod tests;

use crate::ids::{AccountId, OrderId, ThingId};
use crate::order::Order;
use crate::picture::SitePath;
use crate::text::{ItemName, Label};
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Most pieces of one request that are owned one by one.
pub const MAX_PIECES: u32 = 50;
/// Longest that something is lent for.
pub const LONGEST_LOAN: Span = Span::days(366);

/// What kind of thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ThingKind {
    /// Lets somebody in, once.
    Ticket,
    /// Makes a program run; the seller's program redeems it.
    LicenceKey,
}

/// Something digital that somebody owns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    /// Which.
    pub id: ThingId,
    /// What kind.
    pub kind: ThingKind,
    /// What it is called.
    pub title: ItemName,
    /// What is special about it.
    pub detail: Option<Label>,
    /// What it looks like.
    pub picture: Option<SitePath>,
    /// Who sold it, and redeems it.
    pub seller: AccountId,
    /// What it was bought with.
    pub order: OrderId,
    /// Since when there is one.
    pub granted_at: Timestamp,
    /// Whose it is, also while it is lent.
    pub holder: AccountId,
    /// Where it stands.
    pub state: ThingState,
}

/// Where a thing stands. Nothing comes after the last two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ThingState {
    /// With its holder.
    Held,
    /// With somebody else; it comes back by itself.
    Lent {
        /// With whom.
        to: AccountId,
        /// From when on it is the holder's again.
        until: Timestamp,
    },
    /// Used up.
    Redeemed {
        /// When.
        at: Timestamp,
    },
    /// Taken back, with the money.
    Revoked {
        /// When.
        at: Timestamp,
    },
}

/// Why nothing was done with a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThingRefusal {
    /// It is somebody else's.
    NotYours,
    /// It is lent: until it is back nobody passes it on.
    Lent,
    /// It is not lent.
    NotLent,
    /// It was redeemed already.
    Redeemed,
    /// It was taken back.
    Revoked,
    /// A loan ends later than now, and within [`LONGEST_LOAN`].
    BadEnd,
}

impl ThingId {
    /// The one for a piece of a line of an order, both counted from nothing: granting again names the same one.
    pub fn of_piece(order: &OrderId, line: usize, piece: u32) -> Option<Self> {
        let order = &order.as_str()[OrderId::PREFIX.len()..];
        format!("{}{order}.{line}.{piece}", Self::PREFIX).parse().ok()
    }

    /// The line that it is a piece of.
    pub fn line(&self) -> Option<usize> {
        self.as_str().rsplit('.').nth(1)?.parse().ok()
    }
}

/// What the buyer of an order owns by it, as it is on the day it is granted.
pub fn granted(order: &Order, buyer: &AccountId, seller: &AccountId) -> Vec<Thing> {
    let Some(granted_at) = order.granted_at else { return Vec::new() };
    let lines = order.terms.items().iter().enumerate();
    let owned = lines.filter_map(|(line, item)| Some((line, item, item.thing?)));
    let pieces = owned.flat_map(|(line, item, kind)| (0..item.quantity).map(move |piece| (line, item, kind, piece)));
    pieces
        .filter_map(|(line, item, kind, piece)| {
            Some(Thing {
                id: ThingId::of_piece(&order.id, line, piece)?,
                kind,
                title: item.name.clone(),
                detail: item.detail.clone(),
                picture: item.picture.clone(),
                seller: seller.clone(),
                order: order.id.clone(),
                granted_at,
                holder: buyer.clone(),
                state: ThingState::Held,
            })
        })
        .collect()
}

impl Thing {
    /// Who can show it now: its holder, or whom it is lent to; nobody when it is good no more.
    pub fn bearer(&self, now: Timestamp) -> Option<&AccountId> {
        match &self.state {
            ThingState::Held => Some(&self.holder),
            ThingState::Lent { to, until } => Some(if now < *until { to } else { &self.holder }),
            ThingState::Redeemed { .. } | ThingState::Revoked { .. } => None,
        }
    }

    /// To whom it is lent now.
    pub fn borrower(&self, now: Timestamp) -> Option<(&AccountId, Timestamp)> {
        match &self.state {
            ThingState::Lent { to, until } if now < *until => Some((to, *until)),
            ThingState::Lent { .. } | ThingState::Held | ThingState::Redeemed { .. } | ThingState::Revoked { .. } => {
                None
            }
        }
    }

    /// Given to somebody for good.
    ///
    /// # Errors
    /// [`ThingRefusal`] unless `by` holds it and it is neither lent nor used up.
    pub fn pass_on(&self, by: &AccountId, to: &AccountId, now: Timestamp) -> Result<Self, ThingRefusal> {
        self.in_the_hand_of(by, now)?;
        Ok(Self { holder: to.clone(), state: ThingState::Held, ..self.clone() })
    }

    /// Lent to somebody for a while.
    ///
    /// # Errors
    /// As [`Self::pass_on`], and [`ThingRefusal::BadEnd`].
    pub fn lend(&self, by: &AccountId, to: &AccountId, until: Timestamp, now: Timestamp) -> Result<Self, ThingRefusal> {
        self.in_the_hand_of(by, now)?;
        if until <= now || until > now.plus(LONGEST_LOAN) {
            return Err(ThingRefusal::BadEnd);
        }
        Ok(Self { state: ThingState::Lent { to: to.clone(), until }, ..self.clone() })
    }

    /// Taken back before the loan is over.
    ///
    /// # Errors
    /// [`ThingRefusal`] unless `by` holds it and it is lent.
    pub fn end_loan(&self, by: &AccountId, now: Timestamp) -> Result<Self, ThingRefusal> {
        self.good_for(by)?;
        self.borrower(now).ok_or(ThingRefusal::NotLent)?;
        Ok(Self { state: ThingState::Held, ..self.clone() })
    }

    /// Used up, by the seller, whoever shows it.
    ///
    /// # Errors
    /// [`ThingRefusal`] unless `by` sold it and it is still good.
    pub fn redeem(&self, by: &AccountId, now: Timestamp) -> Result<Self, ThingRefusal> {
        if *by != self.seller {
            return Err(ThingRefusal::NotYours);
        }
        self.good()?;
        Ok(Self { state: ThingState::Redeemed { at: now }, ..self.clone() })
    }

    /// Taken back, because the money went back; also what was redeemed. Once it was, nothing changes.
    #[must_use]
    pub fn revoke(&self, now: Timestamp) -> Self {
        match self.state {
            ThingState::Revoked { .. } => self.clone(),
            ThingState::Held | ThingState::Lent { .. } | ThingState::Redeemed { .. } => {
                Self { state: ThingState::Revoked { at: now }, ..self.clone() }
            }
        }
    }

    fn good(&self) -> Result<(), ThingRefusal> {
        match self.state {
            ThingState::Held | ThingState::Lent { .. } => Ok(()),
            ThingState::Redeemed { .. } => Err(ThingRefusal::Redeemed),
            ThingState::Revoked { .. } => Err(ThingRefusal::Revoked),
        }
    }

    fn good_for(&self, by: &AccountId) -> Result<(), ThingRefusal> {
        if self.holder == *by { self.good() } else { Err(ThingRefusal::NotYours) }
    }

    fn in_the_hand_of(&self, by: &AccountId, now: Timestamp) -> Result<(), ThingRefusal> {
        self.good_for(by)?;
        self.borrower(now).map_or(Ok(()), |_| Err(ThingRefusal::Lent))
    }
}
