//! Web Push: being told while nobody looks. Only a server does it.

use serde::{Deserialize, Serialize};

/// What a browser needs to let this server tell it something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct PushKey {
    /// The server's public key (RFC 8292): an uncompressed point of P-256, in base64url.
    pub key: String,
}

/// Which language somebody is told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    En,
    /// Italian.
    It,
}

/// A browser that is to be told, as its `PushSubscription` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PushTo {
    /// Where its push service takes what is for it: an https address.
    pub endpoint: String,
    /// Its public key (RFC 8291): an uncompressed point of P-256, in base64url.
    pub p256dh: String,
    /// What it authenticates with: 16 bytes in base64url.
    pub auth: String,
    /// In which language.
    pub language: Language,
}

/// A browser that is not to be told any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PushNoMore {
    /// Where it was told.
    pub endpoint: String,
}
