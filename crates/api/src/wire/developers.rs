//! What programs of a business work with: keys. Only a server has them.

use domain::text::Text;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Makes a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeKey {
    /// What it is for, to know it again.
    pub name: Text<80>,
}

/// A key, as its owner sees it: never the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct ApiKey {
    /// Which; knowing it opens nothing.
    pub id: String,
    /// What it is for.
    pub name: Text<80>,
    /// The last four characters of the secret.
    pub hint: String,
    /// Since when there is one.
    pub created_at: Timestamp,
    /// When a program last used it, to the hour; none when none has.
    pub last_used_at: Option<Timestamp>,
}

/// A key that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct NewKey {
    /// The key.
    pub key: ApiKey,
    /// What a program sends as `Authorization: Bearer bk_…`. It is told this once.
    pub secret: String,
}
