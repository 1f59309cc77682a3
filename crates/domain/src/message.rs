//! What people say: text, photos, product shares, replies and reactions.

use crate::ids::{MessageId, PhotoId, ProductId};
use crate::money::Money;
use crate::picture::SitePath;
use crate::text::{ItemName, MessageText};
use crate::thread::Role;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a message carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Content {
    /// Words.
    Text {
        /// The words.
        text: MessageText,
    },
    /// A picture, already downsized and free of metadata.
    Photo {
        /// Where its bytes are.
        photo: PhotoId,
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// Something from the seller's catalogue, as it was when it was shared.
    Product {
        /// Which.
        product: ProductId,
        /// Its name.
        name: ItemName,
        /// Its price.
        price: Money,
        /// Its picture.
        picture: Option<SitePath>,
    },
}

/// A message as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// Who said it.
    pub author: Role,
    /// When.
    pub sent_at: Timestamp,
    /// What; `None` once it was unsent.
    pub content: Option<Content>,
    /// The message it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Quote>,
    /// When it was last edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// The buyer's and the seller's reaction.
    #[serde(default, skip_serializing_if = "Reactions::is_empty")]
    pub reactions: Reactions,
    /// Whether the receiver is warned that this leads away from protected payment.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off_platform: bool,
}

/// What a reply shows of the message it answers, as it was then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quote {
    /// Which message.
    pub id: MessageId,
    /// Who had said it.
    pub author: Role,
    /// Its first words; `None` for a picture.
    pub excerpt: Option<String>,
}

/// One reaction of each side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reactions {
    /// The buyer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer: Option<Emoji>,
    /// The seller's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller: Option<Emoji>,
}

impl Reactions {
    /// Whether nobody reacted.
    pub fn is_empty(&self) -> bool {
        self.buyer.is_none() && self.seller.is_none()
    }
    /// The reaction of one side.
    pub fn of(&self, role: Role) -> Option<&Emoji> {
        match role {
            Role::Buyer => self.buyer.as_ref(),
            Role::Seller => self.seller.as_ref(),
        }
    }
    pub(crate) fn set(&mut self, role: Role, emoji: Option<Emoji>) {
        match role {
            Role::Buyer => self.buyer = emoji,
            Role::Seller => self.seller = emoji,
        }
    }
}

/// One emoji: up to 10 characters (joined sequences), none of them a letter, a digit alone or a blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Emoji(String);

/// The text is not an emoji.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmojiError;

impl fmt::Display for EmojiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reaction is one emoji")
    }
}

impl Emoji {
    /// The emoji itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// What a double tap means.
    pub fn heart() -> Self {
        Self("❤️".to_owned())
    }
}

impl TryFrom<String> for Emoji {
    type Error = EmojiError;
    fn try_from(text: String) -> Result<Self, EmojiError> {
        let pictorial = |c: char| matches!(u32::from(c), 0x200d | 0x20e3 | 0xfe0f | 0x2190..=0x2bff | 0x3030..=0x303d | 0x3297..=0x3299 | 0x1f000..=0x1faff | 0xe0020..=0xe007f);
        let starts_pictorial = text.chars().next().is_some_and(|c| u32::from(c) >= 0x2190 && pictorial(c));
        if starts_pictorial && text.chars().count() <= 10 && text.chars().all(pictorial) {
            Ok(Self(text))
        } else {
            Err(EmojiError)
        }
    }
}

impl From<Emoji> for String {
    fn from(emoji: Emoji) -> String {
        emoji.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reaction_is_an_emoji_and_nothing_else() {
        for good in ["❤️", "😂", "👍🏽", "🏄‍♀️", "🇮🇹"] {
            assert!(Emoji::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in ["", "Paid", "<b>", "1", " ", "❤️ paid"] {
            assert!(Emoji::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
