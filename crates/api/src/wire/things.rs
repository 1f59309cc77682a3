//! What somebody owns that is digital, and the proof that it is genuine.

use domain::ids::{ThingId, ThreadId};
use domain::picture::SitePath;
use domain::text::{ItemName, Label, Text};
use domain::thing::ThingKind;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Who has sold something, as anybody may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Issuer {
    /// What its page is called.
    pub handle: Text<30>,
    /// Its name.
    pub name: Text<80>,
}

/// Something that one owns, has owned until it was used up, or is lent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct OwnedThing {
    /// Which.
    pub id: ThingId,
    /// What kind.
    pub kind: ThingKind,
    /// What it is called.
    pub title: ItemName,
    /// What is special about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Label>,
    /// What it looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<SitePath>,
    /// Who sold it.
    pub seller: Issuer,
    /// Since when there is one.
    pub granted_at: Timestamp,
    /// Where it stands, for whoever asks.
    pub state: OwnedState,
    /// What proves it and redeems it, while it is in one's own hand: 256 random bits in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// Where something stands for whoever has to do with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OwnedState {
    /// One's own, and in one's hand.
    Held,
    /// One's own, lent to somebody.
    LentOut {
        /// To whom.
        to: Text<80>,
        /// From when on it is back.
        until: Timestamp,
    },
    /// Somebody else's, lent to oneself.
    Borrowed {
        /// Until when.
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

/// A page of what one owns, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct ThingsPage {
    /// The things.
    pub things: Vec<OwnedThing>,
    /// Where the next page begins, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
}

/// Give or lend something to the other side of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PassOn {
    /// The thread; the other one in it gets it.
    pub thread: ThreadId,
    /// Until when it is lent; without, it is given for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What a code proves, signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Proof {
    /// The text that is signed: a [`ProofRecord`] as JSON, its names in the order of the alphabet, without blanks.
    pub record: String,
    /// ECDSA over P-256 with SHA-256 of that text (FIPS 186-5): r and s, 32 bytes each, in hexadecimal.
    pub signature: String,
    /// The key it was signed with: an uncompressed point (SEC 1, 2.3.3) in hexadecimal.
    pub key: String,
}

/// What is known of a code at a time. Whose it is is not among it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct ProofRecord {
    /// When this was true.
    pub as_of: Timestamp,
    /// The code.
    pub code: String,
    /// What is special about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Label>,
    /// Since when there is one.
    pub granted_at: Timestamp,
    /// What kind of thing it is of.
    pub kind: ThingKind,
    /// Who sold it.
    pub seller: Issuer,
    /// Where it stands.
    pub state: ProofState,
    /// What it is called.
    pub title: ItemName,
}

/// Where what a code is of stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ProofState {
    /// Genuine, and good.
    Good,
    /// Genuine, and somebody else's by now, who has another code.
    PassedOn,
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

impl Proof {
    /// What is signed, read.
    pub fn read(&self) -> Option<ProofRecord> {
        serde_json::from_str(&self.record).ok()
    }
}
