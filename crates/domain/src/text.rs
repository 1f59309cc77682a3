//! Text from people: trimmed, bounded, without control characters, and never empty.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Trimmed, not empty, at most `MAX` characters, no control characters but the line feed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

/// Why text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// Nothing but blanks.
    Empty,
    /// More characters than the field holds.
    TooLong {
        /// How many it holds.
        max: usize,
    },
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("This cannot be empty."),
            Self::TooLong { max } => write!(f, "At most {max} characters fit here."),
        }
    }
}

impl<const MAX: usize> Text<MAX> {
    /// The most characters that fit.
    pub const MAX: usize = MAX;

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// With every card number in it masked: what people write is kept, a card number never.
    #[must_use]
    pub fn without_cards(self) -> Self {
        let masked = match crate::scan::mask_card_numbers(&self.0) {
            std::borrow::Cow::Borrowed(_) => return self,
            std::borrow::Cow::Owned(masked) => masked,
        };
        // A masked number is shorter than the number.
        Self::try_from(masked).unwrap_or(self)
    }
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        let text: String = text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        if text.is_empty() {
            Err(TextError::Empty)
        } else if text.chars().count() > MAX {
            Err(TextError::TooLong { max: MAX })
        } else {
            Ok(Self(text))
        }
    }
}

impl<const MAX: usize> std::str::FromStr for Text<MAX> {
    type Err = TextError;
    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::try_from(text.to_owned())
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> String {
        text.0
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "schema")]
impl<const MAX: usize> schemars::JsonSchema for Text<MAX> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Text{MAX}").into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "minLength": 1, "maxLength": MAX })
    }
}

/// What somebody says in a thread (Instagram's own limit is 1,000 bytes a message; ours is in characters).
pub type MessageText = Text<2000>;
/// The name of an item: at most 60 characters (Meta's order message).
pub type ItemName = Text<60>;
/// The seller's note on a request: at most 1,024 characters (Meta's order message).
pub type Note = Text<1024>;
/// Short words: a place, a label, a reason.
pub type Label = Text<120>;

/// Bytes in hexadecimal, two lower-case digits each.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| DIGITS[usize::from(half)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_bounded_and_free_of_control_characters() {
        assert_eq!("  two\u{0}words\n".parse::<ItemName>().unwrap().as_str(), "twowords");
        assert_eq!(" \n ".parse::<ItemName>(), Err(TextError::Empty));
        assert_eq!("é".repeat(61).parse::<ItemName>(), Err(TextError::TooLong { max: 60 }));
        assert!("é".repeat(60).parse::<ItemName>().is_ok());
    }
}
