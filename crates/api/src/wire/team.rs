//! Who acts for a business: its owner, and staff who were invited. To customers they are all the business. Only a server
//! knows of them.

use super::Account;
use domain::text::Text;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What people of a business call each other.
pub type SeatName = Text<60>;

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SeatRole {
    /// Everything. There is one.
    Owner,
    /// Whatever is done in conversations; and what is their own: passkeys, recovery codes, devices.
    Staff,
}

/// Somebody who acts for the business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Seat {
    /// Which; knowing it opens nothing.
    pub id: String,
    /// Who.
    pub name: SeatName,
    /// What they may do.
    pub role: SeatRole,
    /// Since when.
    pub joined_at: Timestamp,
    /// When something last came from them, to the hour; none when they are signed in nowhere.
    pub last_seen_at: Option<Timestamp>,
}

/// An invitation that nobody has taken yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Invitation {
    /// Which; knowing it opens nothing.
    pub id: String,
    /// For whom.
    pub name: SeatName,
    /// Since when.
    pub invited_at: Timestamp,
    /// Until when it can be taken.
    pub expires_at: Timestamp,
}

/// Everybody who acts for a business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Team {
    /// The seat of whoever asks.
    pub you: String,
    /// Those who have been here longest first.
    pub seats: Vec<Seat>,
    /// Told to the owner alone.
    pub invitations: Vec<Invitation>,
}

/// Invite somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// Whom.
    pub name: SeatName,
}

/// An invitation that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct NewInvitation {
    /// The invitation.
    pub invitation: Invitation,
    /// What follows in the link `/join#…`: a browser sends that to nobody. It is told this once, and good once.
    pub secret: String,
}

/// What somebody brings who was invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Invited {
    /// What stood in the link.
    pub secret: Text<160>,
}

/// What somebody is invited to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct InvitedTo {
    /// By which business.
    pub business: Account,
    /// As whom.
    pub name: SeatName,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Call oneself something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RenameSeat {
    /// What.
    pub name: SeatName,
}

/// Something that was done about who and what acts for the business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct TeamDeed {
    /// When.
    pub at: Timestamp,
    /// By whom, as they were called then.
    pub by: SeatName,
    /// What.
    pub act: TeamAct,
}

/// What can be done about who and what acts for a business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TeamAct {
    /// Somebody was invited.
    Invited {
        /// Whom.
        name: SeatName,
    },
    /// An invitation was taken back.
    InvitationRevoked {
        /// Whose.
        name: SeatName,
    },
    /// Whoever did it has taken an invitation.
    Joined,
    /// Somebody acts for the business no more.
    Removed {
        /// Who.
        name: SeatName,
    },
    /// Somebody else is the owner.
    HandedOver {
        /// Who.
        to: SeatName,
    },
    /// Whoever did it is called something else.
    Renamed {
        /// What.
        to: SeatName,
    },
    /// Whoever did it has signed in with a recovery code, and was signed out elsewhere.
    Recovered,
    /// A program can act for the business.
    KeyMade {
        /// What the key is for.
        name: Text<80>,
    },
    /// A program can act for the business no more.
    KeyRevoked {
        /// What the key was for.
        name: Text<80>,
    },
    /// The business is paid elsewhere.
    PayeeChosen,
    /// An address is told what happens.
    WebhookMade {
        /// Which.
        url: String,
    },
    /// An address is told from an earlier moment on.
    WebhookReplayed {
        /// Which.
        url: String,
    },
    /// An address is told nothing any more.
    WebhookRemoved {
        /// Which.
        url: String,
    },
}
