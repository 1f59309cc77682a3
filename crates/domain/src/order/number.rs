//! What people call an order.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A letter or more of the business, a dash, a number: `K-2041`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct OrderNumber(String);

/// Not an order number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderNumberError;

impl fmt::Display for OrderNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an order number is letters, a dash and digits, like K-2041")
    }
}

impl TryFrom<String> for OrderNumber {
    type Error = OrderNumberError;
    fn try_from(text: String) -> Result<Self, OrderNumberError> {
        let fits = text.split_once('-').is_some_and(|(letters, digits)| {
            (1..=4).contains(&letters.len())
                && letters.bytes().all(|byte| byte.is_ascii_uppercase())
                && (1..=10).contains(&digits.len())
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
        if fits { Ok(Self(text)) } else { Err(OrderNumberError) }
    }
}

impl From<OrderNumber> for String {
    fn from(number: OrderNumber) -> String {
        number.0
    }
}

impl OrderNumber {
    /// The number as people say it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
