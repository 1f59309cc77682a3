//! Proving who one is: passkeys, recovery codes, and how an account is made. Only a server knows of them.

use super::Device;
use domain::profile::{Handle, OrderPrefix};
use domain::text::{Label, Text};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a passkey is called by its owner.
pub type PasskeyName = Text<60>;

/// Make an account: what others will see of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// What follows the @; nobody else has it.
    pub handle: Handle,
    /// What people say.
    pub name: Text<80>,
    /// Where.
    pub city: Label,
    /// Two-letter state, or its name.
    pub state: Label,
    /// Set for a business: what its order numbers start with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_prefix: Option<OrderPrefix>,
}

/// What a browser is asked to do with a passkey (WebAuthn level 3), and the name of the ceremony that its answer ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Ceremony {
    /// Which; good once, for ten minutes.
    pub id: String,
    /// The options, as `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` reads them.
    pub options: Value,
}

/// What the browser did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FinishCeremony {
    /// Which ceremony it ends.
    pub id: String,
    /// As `PublicKeyCredential.toJSON` tells it.
    pub credential: Value,
}

/// Sign in with a recovery code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInRecovery {
    /// Who one is.
    pub handle: Text<30>,
    /// A code that was not used yet; small letters, blanks and dashes do not matter.
    pub code: Text<40>,
}

/// A passkey of an account; knowing its id opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct KnownPasskey {
    /// Which.
    pub id: String,
    /// What its owner calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<PasskeyName>,
    /// What it was made on.
    pub device: Device,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Timestamp,
}

/// What an account can be proved with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Proofs {
    /// The oldest first.
    pub passkeys: Vec<KnownPasskey>,
    /// How many recovery codes are left.
    pub recovery_codes: usize,
}

/// Call a passkey something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RenamePasskey {
    /// What.
    pub name: PasskeyName,
}

/// New recovery codes. They are told once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct RecoveryCodes {
    /// Each good once.
    pub codes: Vec<String>,
}
