//! Carriers, and which of them a tracking number could belong to.
//!
//! A number is recognised by its pattern and, where the format has one, its check digit. The formats are those of
//! `tracking_number_data` 1.3.2 (MIT; the licence and the data stand in `carrier/data`). The data judges the table in
//! the tests and is not part of the program.

mod check_digit;
mod formats;
mod pattern;
mod postal_operators;
#[cfg(test)]
mod tests;
mod tracking_number;

pub use tracking_number::{TrackingNumber, TrackingNumberError};

use crate::text::Label;
use formats::{FORMATS, Format, Verdict};
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! carriers {
    ($($variant:ident $code:literal $name:literal;)*) => {
        /// Who carries a parcel. On the wire a known one is its code, `"ups"`, another one `{"other": "Bartolini"}`.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Carrier {
            $(#[doc = $name] #[serde(rename = $code)] $variant,)*
            /// Nobody: the buyer fetches it. No seller hands a parcel to it; it is there where things lie ready.
            #[serde(rename = "pickup")]
            Pickup,
            /// One that the seller names and whose numbers we do not know.
            #[serde(rename = "other")]
            Other(Label),
        }

        impl Carrier {
            /// Every carrier whose numbers are recognised.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// What people call it.
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Pickup => "Pickup",
                    Self::Other(name) => name.as_str(),
                }
            }

            /// The courier code of the data; nothing for one we do not know.
            pub fn code(&self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => Some($code),)*
                    Self::Pickup | Self::Other(_) => None,
                }
            }
        }
    };
}

carriers! {
    Usps "usps" "USPS";
    Ups "ups" "UPS";
    Fedex "fedex" "FedEx";
    Dhl "dhl" "DHL";
    Amazon "amazon" "Amazon";
    Ontrac "ontrac" "OnTrac";
    Lasership "lasership" "LaserShip";
    Speedee "speedee" "Spee-Dee Delivery";
    Gofo "gofo" "GOFO Express";
    OldDominion "old_dominion" "Old Dominion Freight Line";
    CanadaPost "canada_post" "Canada Post";
    Purolator "purolator" "Purolator";
    Canpar "canpar" "Canpar";
    Dpd "dpd" "DPD";
    Yodel "yodel" "Yodel";
    Landmark "landmark" "Landmark Global";
    Yunexpress "yunexpress" "YunExpress";
    S10 "s10" "International post";
}

impl fmt::Display for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What the check digit says of a number that is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckDigit {
    /// It is there and right.
    Right,
    /// The format has none: only the pattern speaks for it.
    None,
}

/// One carrier that a number could belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognition {
    /// Who would carry it.
    pub carrier: Carrier,
    /// The carrier's service or number format; for international post the operator of the country that issued it.
    pub service: &'static str,
    /// How much that is worth.
    pub check: CheckDigit,
    /// Where the carrier shows the parcel, when it has such a page.
    pub tracking_url: Option<String>,
}

/// What a number looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The carriers it could belong to, each once. Best first: a right check digit before none, then the pattern that
    /// fixes more of the number, then the carrier used more in the United States.
    pub matches: Vec<Recognition>,
    /// The carriers whose pattern it has, with a check digit that is wrong: most likely a typing error. None that
    /// also stands in `matches`.
    pub wrong_check_digit: Vec<Carrier>,
}

impl Recognised {
    /// The best guess.
    pub fn best(&self) -> Option<&Recognition> {
        self.matches.first()
    }

    /// The carrier to name in "the check digit is wrong": only when the number is otherwise nobody's.
    pub fn mistyped(&self) -> Option<&Carrier> {
        if self.matches.is_empty() { self.wrong_check_digit.first() } else { None }
    }
}

/// Which carriers a typed or pasted number could belong to. Text that is not a tracking number is nobody's.
pub fn recognise(text: &str) -> Recognised {
    let mut recognised = Recognised { matches: Vec::new(), wrong_check_digit: Vec::new() };
    let Ok(number) = text.parse::<TrackingNumber>() else { return recognised };
    let mut found: Vec<(CheckDigit, u32, Recognition)> = Vec::new();
    for format in FORMATS {
        match format.judge(&number) {
            Verdict::Matches { specificity, check } => {
                found.push((check, specificity, recognition(format, &number, check)));
            }
            Verdict::WrongCheckDigit => recognised.wrong_check_digit.push(format.carrier.clone()),
            Verdict::Different => {}
        }
    }
    // Stable: what ties stays in the order of the table.
    found.sort_by_key(|(check, specificity, _)| (*check, std::cmp::Reverse(*specificity)));
    for (_, _, recognition) in found {
        if !recognised.matches.iter().any(|better| better.carrier == recognition.carrier) {
            recognised.matches.push(recognition);
        }
    }
    recognised.wrong_check_digit.dedup();
    recognised.wrong_check_digit.retain(|carrier| recognised.matches.iter().all(|found| found.carrier != *carrier));
    recognised
}

impl Carrier {
    /// Where this carrier shows that parcel, also when the number is not recognised as one of its own. Nothing when
    /// the carrier has no such page or is not known.
    pub fn tracking_url(&self, number: &TrackingNumber) -> Option<String> {
        let own = recognise(number.as_str()).matches.into_iter().find(|found| found.carrier == *self);
        match own {
            Some(recognition) => recognition.tracking_url,
            None => {
                let format = FORMATS.iter().find(|format| format.carrier == *self && format.url.is_some())?;
                format.tracking_url(number)
            }
        }
    }
}

fn recognition(format: &Format, number: &TrackingNumber, check: CheckDigit) -> Recognition {
    let operator = format.operator(number);
    Recognition {
        carrier: format.carrier.clone(),
        service: operator.unwrap_or(format.name),
        check,
        tracking_url: format.tracking_url(number),
    }
}
