//! What somebody chooses when an account is made.

use crate::order::OrderNumber;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What follows the @: 3 to 30 small letters, digits, dots and underscores, with a letter or digit at both ends and no
/// two signs in a row. Small letters only, so that no two handles look the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[0-9a-z]+([._][0-9a-z]+)*$")))]
#[serde(try_from = "String", into = "String")]
pub struct Handle(Text<30>);

/// Fewest characters of a handle.
const SHORTEST: usize = 3;

/// The text is no handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandleError;

impl fmt::Display for HandleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A handle has 3 to 30 small letters, digits, single dots and underscores.")
    }
}

impl Handle {
    /// The characters after the @.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl TryFrom<String> for Handle {
    type Error = HandleError;
    fn try_from(text: String) -> Result<Self, HandleError> {
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if text.len() < SHORTEST || !text.split(['.', '_']).all(plain) {
            return Err(HandleError);
        }
        Text::try_from(text).map(Self).map_err(|_| HandleError)
    }
}

impl std::str::FromStr for Handle {
    type Err = HandleError;
    fn from_str(text: &str) -> Result<Self, HandleError> {
        Self::try_from(text.to_owned())
    }
}

impl From<Handle> for String {
    fn from(handle: Handle) -> String {
        handle.0.into()
    }
}

impl From<Handle> for Text<30> {
    fn from(handle: Handle) -> Self {
        handle.0
    }
}

/// What the order numbers of a business start with: 1 to 4 capital letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[A-Z]{1,4}$")))]
#[serde(try_from = "String", into = "String")]
pub struct OrderPrefix(Text<4>);

/// The text is no prefix of order numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderPrefixError;

impl fmt::Display for OrderPrefixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Order numbers start with 1 to 4 capital letters.")
    }
}

impl TryFrom<String> for OrderPrefix {
    type Error = OrderPrefixError;
    fn try_from(text: String) -> Result<Self, OrderPrefixError> {
        // Whatever order numbers are made of, this can begin one.
        OrderNumber::try_from(format!("{text}-1")).map_err(|_| OrderPrefixError)?;
        Text::try_from(text).map(Self).map_err(|_| OrderPrefixError)
    }
}

impl std::str::FromStr for OrderPrefix {
    type Err = OrderPrefixError;
    fn from_str(text: &str) -> Result<Self, OrderPrefixError> {
        Self::try_from(text.to_owned())
    }
}

impl From<OrderPrefix> for String {
    fn from(prefix: OrderPrefix) -> String {
        prefix.0.into()
    }
}

impl From<OrderPrefix> for Text<4> {
    fn from(prefix: OrderPrefix) -> Self {
        prefix.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_small_letters_digits_and_single_signs_between_them() {
        for handle in ["abc", "kai.shapes", "a_b", "7.of.9", "fern.and.co"] {
            assert_eq!(handle.parse::<Handle>().unwrap().as_str(), handle);
        }
        let long = "a".repeat(31);
        for other in
            ["", "ab", "Kai", "kai shapes", ".kai", "kai.", "kai..shapes", "a._b", "kai-shapes", "caffè", " abc", &long]
        {
            assert_eq!(other.parse::<Handle>(), Err(HandleError), "{other}");
        }
    }

    #[test]
    fn a_prefix_begins_order_numbers() {
        assert!("K".parse::<OrderPrefix>().is_ok() && "KAIS".parse::<OrderPrefix>().is_ok());
        for other in ["", "k", "KAISH", "K1", "K-", " K", "É"] {
            assert_eq!(other.parse::<OrderPrefix>(), Err(OrderPrefixError), "{other}");
        }
    }
}
