//! Identifiers: a prefix that says what they name, then letters and digits.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The text is not an identifier of the expected kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdError {
    expected: &'static str,
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an id that starts with {}", self.expected)
    }
}

/// Longest identifier, prefix included, in characters.
pub const MAX_LENGTH: usize = 64;

fn well_formed(text: &str, prefix: &str) -> bool {
    text.len() <= MAX_LENGTH
        && text.strip_prefix(prefix).is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
        })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schema", schemars(extend("pattern" = concat!("^", $prefix, "[0-9A-Za-z.-]+$"))))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// What every identifier of this kind starts with.
            pub const PREFIX: &'static str = $prefix;

            /// The whole identifier, prefix included.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The one of this kind that `command` brings about. A command makes at most one of each kind, so
            /// repeating it names the same thing again.
            pub fn of(command: &CommandId) -> Self {
                Self(format!("{}{}", $prefix, &command.0[CommandId::PREFIX.len()..]))
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                if well_formed(&text, $prefix) { Ok(Self(text)) } else { Err(IdError { expected: $prefix }) }
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// One accepted command; whatever it brings about is named after it.
    CommandId "cmd_";
    /// A person or a business.
    AccountId "acc_";
    /// The conversation of one buyer and one seller.
    ThreadId "thr_";
    /// What somebody said.
    MessageId "msg_";
    /// A picture that somebody sent.
    PhotoId "pho_";
    /// Something a business sells.
    ProductId "prd_";
    /// The seller's structured ask.
    PaymentRequestId "pr_";
    /// The buyer's changed amount on an open request.
    CounterOfferId "ctr_";
    /// One attempt to pay a request.
    PaymentId "pay_";
    /// Money on its way back.
    RefundId "re_";
    /// What exists once a payment is authorised.
    OrderId "ord_";
    /// One parcel of an order.
    ShipmentId "shp_";
    /// What the carrier said, where and when.
    TrackingEventId "trk_";
    /// Help on an order.
    CaseId "case_";
    /// What a buyer complained of to the processor.
    DisputeId "dsp_";
    /// A saved way to pay.
    MethodId "pm_";
    /// A saved address.
    AddressId "adr_";
    /// Something digital that somebody owns.
    ThingId "thg_";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_prefix_and_refuses_another_kind() {
        assert!("pr_17".parse::<PaymentRequestId>().is_ok());
        assert!("pay_17".parse::<PaymentRequestId>().is_err());
        assert!("pr_".parse::<PaymentRequestId>().is_err());
        assert!("pr_1/../2".parse::<PaymentRequestId>().is_err());
    }

    #[test]
    fn the_same_command_names_the_same_thing() {
        let command: CommandId = "cmd_01J".parse().unwrap();
        assert_eq!(PaymentId::of(&command).as_str(), "pay_01J");
        assert_eq!(PaymentId::of(&command), PaymentId::of(&command));
    }
}
