//! Signing in, and where one is signed in. Only a server has sessions.

use super::Account;
use domain::text::Text;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The header in which a page says whom it believes to be signed in. A browser has one session: after somebody else has
/// signed in, a page that was open before would act for the wrong person. It opens nothing; it only prevents that.
pub const BELIEVED_ACCOUNT: &str = "bottega-account";

/// The ways there are to sign in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct SignInWays {
    /// Whether one can have an account of one's own, with a passkey: only at an address that has a name.
    #[serde(default)]
    pub passkeys: bool,
    /// In a demo: whom one can be, without proving it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demo: Option<Vec<Account>>,
}

/// Be somebody of the demo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInDemo {
    /// Whom.
    pub handle: Text<30>,
}

/// A device that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct SignedInDevice {
    /// The session; knowing it opens nothing.
    pub id: String,
    /// What it says it is.
    pub device: Device,
    /// Since when.
    pub created_at: Timestamp,
    /// When something last came from it, to the hour.
    pub last_seen_at: Timestamp,
    /// When it ends if nothing comes from it any more.
    pub expires_at: Timestamp,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// What a browser says it is: its family and what it runs on, and nothing that would tell one person's from another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Device {
    /// The browser.
    pub browser: Browser,
    /// What it runs on.
    pub system: System,
}

/// Families of browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Browser {
    /// Chrome and Chromium.
    Chrome,
    /// Edge.
    Edge,
    /// Firefox.
    Firefox,
    /// Safari.
    Safari,
    /// Another one, or a program.
    Other,
}

/// What browsers run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum System {
    /// Android.
    Android,
    /// iPhone and iPad.
    Ios,
    /// Linux.
    Linux,
    /// A Mac.
    Mac,
    /// Windows.
    Windows,
    /// Something else.
    Other,
}
