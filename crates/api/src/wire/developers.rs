//! What programs of a business work with: keys, and webhooks. Only a server has them.

use super::Cursor;
use domain::event::Envelope;
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

/// Registers an address to be told at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeWebhook {
    /// An https address.
    pub url: String,
}

/// Tells a webhook again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Replay {
    /// What happened after this cursor.
    pub after: Cursor,
}

/// An address that is told what happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Webhook {
    /// Which.
    pub id: String,
    /// Where.
    pub url: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Up to where it has been told.
    pub cursor: Cursor,
    /// How it goes.
    pub state: WebhookState,
}

/// How it goes with a webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum WebhookState {
    /// It is told.
    Active,
    /// The last delivery failed; it is tried again.
    Retrying {
        /// Since when.
        since: Timestamp,
        /// How often it was tried.
        attempts: u32,
        /// When it is tried again.
        next_at: Timestamp,
        /// What came of the last try.
        last: DeliveryOutcome,
    },
    /// It has failed for three days and is left alone until it is replayed.
    Paused {
        /// Since when it is left alone.
        since: Timestamp,
        /// What came of the last try.
        last: DeliveryOutcome,
    },
}

/// A webhook that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct NewWebhook {
    /// The webhook.
    pub webhook: Webhook,
    /// What deliveries are signed with. It is told this once.
    pub secret: String,
}

/// The body of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct WebhookEvent {
    /// The delivery; the same each time it is tried.
    pub id: String,
    /// Its place in the stream of the business.
    pub cursor: Cursor,
    /// What happened, as the business may see it.
    pub event: Envelope,
}

/// One try to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Delivery {
    /// The delivery; the same each time it is tried.
    pub id: String,
    /// Its place in the stream of the business.
    pub cursor: Cursor,
    /// The kind of what happened.
    pub event: String,
    /// When it was tried.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: DeliveryOutcome,
}

/// What came of a try to deliver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DeliveryOutcome {
    /// It was taken.
    Delivered {
        /// The status of the answer, 200 to 299.
        status: u16,
    },
    /// It was answered with something else; redirections are not followed.
    Refused {
        /// The status of the answer.
        status: u16,
    },
    /// There was no answer.
    Unanswered {
        /// Why.
        why: Silence,
    },
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// It did not come within ten seconds.
    TimedOut,
    /// Nobody can be reached there.
    Unreachable,
    /// The address leads into a network that nobody is to be reached in from here.
    ForbiddenAddress,
}
