//! What a business writes often: texts under a short name, with places for what differs.

use crate::text::MessageText;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fmt;

/// The short name of a reply, without the slash: 1 to 24 small letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shortcut(String);

/// Not a short name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortcutError;

impl fmt::Display for ShortcutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A short name is 1 to 24 letters, digits and hyphens, like on-its-way.")
    }
}

impl Shortcut {
    /// The most characters.
    pub const MAX: usize = 24;

    /// Without the slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Shortcut {
    type Err = ShortcutError;
    /// As people type it: with or without the slash, in small letters or not.
    fn from_str(text: &str) -> Result<Self, ShortcutError> {
        let text = text.trim();
        let name = text.strip_prefix('/').unwrap_or(text).to_lowercase();
        let fits = (1..=Self::MAX).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(name)) } else { Err(ShortcutError) }
    }
}

impl TryFrom<String> for Shortcut {
    type Error = ShortcutError;
    fn try_from(text: String) -> Result<Self, ShortcutError> {
        text.parse()
    }
}

impl From<Shortcut> for String {
    fn from(shortcut: Shortcut) -> String {
        shortcut.0
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Shortcut {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Shortcut".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[a-z0-9-]{1,24}$" })
    }
}

/// A text that is written often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SavedReply {
    /// What it is found by.
    pub shortcut: Shortcut,
    /// What it says; `{name}`, `{order}`, `{tracking}` and `{item}` stand for what differs.
    pub text: MessageText,
}

/// What a reply is filled in with. What is not known stays in the text as it stands, for whoever sends it to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What the one across is called.
    pub name: Option<String>,
    /// The number of the newest order.
    pub order: Option<String>,
    /// The number of its newest parcel.
    pub tracking: Option<String>,
    /// What is in it.
    pub item: Option<String>,
}

impl Facts {
    /// The names that can stand in a text.
    pub const NAMES: [&str; 4] = ["{name}", "{order}", "{tracking}", "{item}"];

    fn of(&self, name: &str) -> Option<&str> {
        let fact = match name {
            "{name}" => &self.name,
            "{order}" => &self.order,
            "{tracking}" => &self.tracking,
            "{item}" => &self.item,
            _no_name => return None,
        };
        fact.as_deref()
    }
}

impl SavedReply {
    /// What it says to somebody. What is filled in is not looked at again: a thing called `{name}` stays that.
    pub fn filled(&self, facts: &Facts) -> String {
        let (mut filled, mut rest) = (String::new(), self.text.as_str());
        while let Some(begin) = rest.find('{') {
            let (before, from) = rest.split_at(begin);
            filled.push_str(before);
            let end = from.find('}').map_or(from.len(), |end| end + 1);
            let (place, after) = from.split_at(end);
            match facts.of(place) {
                Some(fact) => {
                    filled.push_str(fact);
                    rest = after;
                }
                // A brace may stand for itself, and a name after it.
                None => {
                    filled.push('{');
                    rest = &from[1..];
                }
            }
        }
        filled + rest
    }
}

/// What a business keeps: at most 100 replies, each under a short name of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RepliesDraft", into = "RepliesDraft")]
pub struct SavedReplies(Vec<SavedReply>);

/// The same before it was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepliesDraft {
    /// In the order in which they are offered.
    pub replies: Vec<SavedReply>,
}

/// Why replies cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepliesError {
    /// More than there is room for.
    TooMany,
    /// Two have the same short name.
    Twice(Shortcut),
}

impl fmt::Display for RepliesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany => write!(f, "At most {} replies are kept.", SavedReplies::MAX),
            Self::Twice(shortcut) => write!(f, "Two replies are called /{}.", shortcut.as_str()),
        }
    }
}

impl SavedReplies {
    /// The most replies.
    pub const MAX: usize = 100;

    /// They, in the order in which they are offered.
    pub fn all(&self) -> &[SavedReply] {
        &self.0
    }

    /// With every card number in them masked.
    #[must_use]
    pub fn without_cards(self) -> Self {
        Self(self.0.into_iter().map(|reply| SavedReply { text: reply.text.without_cards(), ..reply }).collect())
    }
}

impl TryFrom<RepliesDraft> for SavedReplies {
    type Error = RepliesError;
    fn try_from(draft: RepliesDraft) -> Result<Self, RepliesError> {
        if draft.replies.len() > Self::MAX {
            return Err(RepliesError::TooMany);
        }
        let mut known = HashSet::new();
        match draft.replies.iter().find(|reply| !known.insert(&reply.shortcut)) {
            Some(reply) => Err(RepliesError::Twice(reply.shortcut.clone())),
            None => Ok(Self(draft.replies)),
        }
    }
}

impl From<SavedReplies> for RepliesDraft {
    fn from(replies: SavedReplies) -> Self {
        Self { replies: replies.0 }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for SavedReplies {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SavedReplies".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let reply = generator.subschema_for::<SavedReply>();
        schemars::json_schema!({
            "type": "object",
            "description": "What a business writes often, each under a short name of its own.",
            "properties": { "replies": { "type": "array", "items": reply, "maxItems": Self::MAX } },
            "required": ["replies"],
            "additionalProperties": false,
        })
    }
}

#[cfg(test)]
mod tests;
