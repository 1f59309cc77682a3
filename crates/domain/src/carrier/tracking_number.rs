//! The number on the parcel, as typed, pasted or scanned.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A tracking number: 5 to 40 capital letters and digits. Blanks, hyphens and invisible characters are taken out,
/// because carriers print them and people copy them, and none of them means anything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct TrackingNumber(String);

/// Why text is not a tracking number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrackingNumberError {
    /// Fewer than 5 characters.
    TooShort,
    /// More than 40 characters.
    TooLong,
    /// Something else than letters and digits.
    NotLettersAndDigits,
}

impl fmt::Display for TrackingNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooShort => "A tracking number has at least 5 characters.",
            Self::TooLong => "A tracking number has at most 40 characters.",
            Self::NotLettersAndDigits => "A tracking number has only letters and digits.",
        })
    }
}

impl TrackingNumber {
    /// Fewest characters.
    pub const MIN: usize = 5;
    /// Most characters: what fits the fields of carriers and processors, and the longest barcode (34) with room.
    pub const MAX: usize = 40;

    /// Letters and digits only, without blanks.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a digit of it is mistyped, when this is its carrier. Carriers add formats, so an unknown one passes.
    pub fn is_mistyped_for(&self, carrier: &super::Carrier) -> bool {
        super::recognise(&self.0).wrong_check_digit.contains(carrier)
    }

    /// In groups of four from the left, for reading aloud: `9400 1112 0108`.
    pub fn grouped(&self) -> String {
        let mut grouped = String::with_capacity(self.0.len() * 5 / 4 + 1);
        for (index, character) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                grouped.push(' ');
            }
            grouped.push(character);
        }
        grouped
    }
}

/// Blanks, hyphens and dashes of any width, and characters that show nothing.
fn means_nothing(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}'..='\u{200f}')
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl TryFrom<String> for TrackingNumber {
    type Error = TrackingNumberError;
    fn try_from(text: String) -> Result<Self, TrackingNumberError> {
        text.parse()
    }
}

impl std::str::FromStr for TrackingNumber {
    type Err = TrackingNumberError;
    fn from_str(text: &str) -> Result<Self, TrackingNumberError> {
        let mut number = String::new();
        for character in text.chars().filter(|character| !means_nothing(*character)) {
            if !character.is_ascii_alphanumeric() {
                return Err(TrackingNumberError::NotLettersAndDigits);
            }
            if number.len() == Self::MAX {
                return Err(TrackingNumberError::TooLong);
            }
            number.push(character.to_ascii_uppercase());
        }
        if number.len() < Self::MIN { Err(TrackingNumberError::TooShort) } else { Ok(Self(number)) }
    }
}

impl From<TrackingNumber> for String {
    fn from(number: TrackingNumber) -> String {
        number.0
    }
}

impl fmt::Display for TrackingNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_hyphens_and_case_make_no_difference() {
        let plain: TrackingNumber = "1Z5R89390357567127".parse().unwrap();
        for text in [" 1z 5r8 939 03 5756 7127\n", "1Z-5R8-939-03-5756-7127", "1Z5R8939\u{200b}0357567127\u{a0}"] {
            assert_eq!(text.parse(), Ok(plain.clone()));
        }
        assert_eq!(plain.grouped(), "1Z5R 8939 0357 5671 27");
    }

    #[test]
    fn what_cannot_be_a_number_is_refused_with_the_reason() {
        let read = |text: &str| text.parse::<TrackingNumber>();
        assert_eq!(read("12-34"), Err(TrackingNumberError::TooShort));
        assert_eq!(read(&"7".repeat(41)), Err(TrackingNumberError::TooLong));
        assert_eq!(read("12345?x=1"), Err(TrackingNumberError::NotLettersAndDigits));
        assert_eq!(read("１２３４５"), Err(TrackingNumberError::NotLettersAndDigits));
        assert!(read(&"7".repeat(40)).is_ok());
    }

    #[test]
    fn a_number_comes_from_json_only_through_the_same_door() {
        let number: TrackingNumber = serde_json::from_str("\"lx 1763-5036\"").unwrap();
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"LX17635036\"");
        assert!(serde_json::from_str::<TrackingNumber>("\"../../a\"").is_err());
    }
}
