//! Where a parcel goes: a postal address whose state and ZIP code agree, and how much of it the seller may see.

mod states;

pub use states::{Region, RegionError, UsState};

use crate::market::Country;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A postal address in the United States.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "AddressDraft", into = "AddressDraft")]
pub struct Address {
    /// Who receives it.
    pub name: Text<80>,
    /// Street and number.
    pub line1: Text<120>,
    /// Apartment or company.
    pub line2: Option<Text<120>>,
    /// City.
    pub city: Text<80>,
    /// Two-letter state.
    pub state: UsState,
    /// Five digits, or nine.
    pub zip: Zip,
    /// For the driver only.
    pub phone: Option<Phone>,
}

/// An address as it was typed: nothing is checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddressDraft {
    /// Who receives it.
    pub name: String,
    /// Street and number.
    pub line1: String,
    /// Apartment or company; may be empty.
    #[serde(default)]
    pub line2: String,
    /// City.
    pub city: String,
    /// Two-letter state, or its name.
    pub state: String,
    /// ZIP code.
    pub zip: String,
    /// Phone; may be empty.
    #[serde(default)]
    pub phone: String,
}

/// One field of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AddressField {
    /// Full name.
    Name,
    /// Street address.
    Line1,
    /// Apartment or company.
    Line2,
    /// City.
    City,
    /// State.
    State,
    /// ZIP code.
    Zip,
    /// Phone.
    Phone,
}

/// Whether a part has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Without it nothing arrives.
    Required,
    /// It may be empty.
    Optional,
}

/// The parts of an address in the United States, in the form's order (USPS Publication 28).
pub const PARTS: [(AddressField, Need); 7] = [
    (AddressField::Name, Need::Required),
    (AddressField::Line1, Need::Required),
    (AddressField::Line2, Need::Optional),
    (AddressField::City, Need::Required),
    (AddressField::State, Need::Required),
    (AddressField::Zip, Need::Required),
    (AddressField::Phone, Need::Optional),
];

impl AddressField {
    /// Whether it has to be there.
    pub fn need(self) -> Need {
        PARTS.iter().find(|(field, _)| *field == self).map_or(Need::Optional, |(_, need)| *need)
    }

    /// The field's name in JSON and in the form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Line1 => "line1",
            Self::Line2 => "line2",
            Self::City => "city",
            Self::State => "state",
            Self::Zip => "zip",
            Self::Phone => "phone",
        }
    }
}

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressProblem {
    /// It is empty.
    Missing,
    /// It is longer than fits on a label.
    TooLong,
    /// There is no such state.
    UnknownState,
    /// Not five or nine digits.
    BadZip,
    /// The ZIP code lies in another state.
    ZipNotInState,
    /// Not a phone number of ten digits.
    BadPhone,
}

impl fmt::Display for AddressProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "it is empty",
            Self::TooLong => "it is longer than fits on a label",
            Self::UnknownState => "there is no such state",
            Self::BadZip => "a ZIP code has five or nine digits",
            Self::ZipNotInState => "the ZIP code lies in another state",
            Self::BadPhone => "a phone number has ten digits",
        })
    }
}

/// Every field that is wrong, in the form's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressErrors(pub Vec<(AddressField, AddressProblem)>);

impl fmt::Display for AddressErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<_> = self.0.iter().map(|(field, _)| field.as_str()).collect();
        write!(f, "check these fields of the address: {}", fields.join(", "))
    }
}

impl TryFrom<AddressDraft> for Address {
    type Error = AddressErrors;
    fn try_from(draft: AddressDraft) -> Result<Self, AddressErrors> {
        fn text<const MAX: usize>(value: &str) -> Result<Text<MAX>, AddressProblem> {
            value.parse().map_err(|error| match error {
                crate::text::TextError::Empty => AddressProblem::Missing,
                crate::text::TextError::TooLong { .. } => AddressProblem::TooLong,
            })
        }
        let mut errors = Vec::new();
        fn keep<T>(
            errors: &mut Vec<(AddressField, AddressProblem)>,
            field: AddressField,
            result: Result<T, AddressProblem>,
        ) -> Option<T> {
            result.map_err(|problem| errors.push((field, problem))).ok()
        }
        let name = keep(&mut errors, AddressField::Name, text(&draft.name));
        let line1 = keep(&mut errors, AddressField::Line1, text(&draft.line1));
        let line2 = match draft.line2.trim() {
            "" => Some(None),
            line => keep(&mut errors, AddressField::Line2, text(line)).map(Some),
        };
        let city = keep(&mut errors, AddressField::City, text(&draft.city));
        let state = keep(&mut errors, AddressField::State, draft.state.parse::<UsState>());
        let zip = keep(&mut errors, AddressField::Zip, draft.zip.parse::<Zip>());
        let zip = match (state, zip) {
            (Some(state), Some(zip)) if !state.contains(&zip) => {
                keep(&mut errors, AddressField::Zip, Err(AddressProblem::ZipNotInState))
            }
            (_, zip) => zip,
        };
        let phone = match draft.phone.trim() {
            "" => Some(None),
            phone => keep(&mut errors, AddressField::Phone, phone.parse::<Phone>()).map(Some),
        };
        match (name, line1, line2, city, state, zip, phone) {
            (Some(name), Some(line1), Some(line2), Some(city), Some(state), Some(zip), Some(phone)) => {
                Ok(Self { name, line1, line2, city, state, zip, phone })
            }
            _ => Err(AddressErrors(errors)),
        }
    }
}

impl AddressDraft {
    /// What was typed for one part.
    pub fn part_mut(&mut self, field: AddressField) -> &mut String {
        match field {
            AddressField::Name => &mut self.name,
            AddressField::Line1 => &mut self.line1,
            AddressField::Line2 => &mut self.line2,
            AddressField::City => &mut self.city,
            AddressField::State => &mut self.state,
            AddressField::Zip => &mut self.zip,
            AddressField::Phone => &mut self.phone,
        }
    }
}

impl From<Address> for AddressDraft {
    fn from(address: Address) -> Self {
        Self {
            name: address.name.into(),
            line1: address.line1.into(),
            line2: address.line2.map(String::from).unwrap_or_default(),
            city: address.city.into(),
            state: address.state.code().to_owned(),
            zip: address.zip.0,
            phone: address.phone.map(|phone| phone.0).unwrap_or_default(),
        }
    }
}

impl Address {
    /// The country the address lies in.
    pub fn country(&self) -> Country {
        Country::US
    }
}

/// A phone number of the North American plan, ten digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// The ten digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Phone {
    type Err = AddressProblem;
    fn from_str(text: &str) -> Result<Self, AddressProblem> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let digits = if digits.len() == 11 { digits.strip_prefix('1').unwrap_or(&digits) } else { &digits };
        let only_phone_characters = text.chars().all(|c| c.is_ascii_digit() || " ()+-.".contains(c));
        if digits.len() == 10 && only_phone_characters {
            Ok(Self(digits.to_owned()))
        } else {
            Err(AddressProblem::BadPhone)
        }
    }
}

/// As it is written: `(650) 555-0117`.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (area, rest) = self.0.split_at(3);
        let (exchange, line) = rest.split_at(3);
        write!(f, "({area}) {exchange}-{line}")
    }
}

/// A ZIP code: five digits, or nine as `92024-1234`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zip(String);

impl Zip {
    /// As printed on a label.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Zip {
    type Err = AddressProblem;
    fn from_str(text: &str) -> Result<Self, AddressProblem> {
        let digits: String = text.trim().chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        if text.trim().is_empty() {
            return Err(AddressProblem::Missing);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(AddressProblem::BadZip);
        }
        match digits.len() {
            5 => Ok(Self(digits)),
            9 => Ok(Self(format!("{}-{}", &digits[..5], &digits[5..]))),
            _ => Err(AddressProblem::BadZip),
        }
    }
}

/// How much of the address one is allowed to see: all of it, or the town.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Destination {
    /// The whole address: the buyer always, the seller once it is paid.
    Address {
        /// The address.
        address: Box<Address>,
    },
    /// City and state: what the seller sees before.
    Town {
        /// City.
        city: String,
        /// Two-letter state.
        state: String,
    },
    /// Nothing to deliver.
    Digital,
    /// The buyer fetches it.
    Pickup,
}

impl Destination {
    /// The state it lies in; nothing for what goes nowhere.
    pub fn state(&self) -> Option<UsState> {
        match self {
            Self::Address { address } => Some(address.state),
            Self::Town { state, .. } => state.parse().ok(),
            Self::Digital | Self::Pickup => None,
        }
    }

    /// The same with everything but the town gone.
    #[must_use]
    pub fn town_only(&self) -> Self {
        match self {
            Self::Address { address } => {
                Self::Town { city: address.city.to_string(), state: address.state.code().to_owned() }
            }
            Self::Town { .. } | Self::Digital | Self::Pickup => self.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> AddressDraft {
        AddressDraft {
            name: "Maya Torres".into(),
            line1: "1180 Neptune Ave".into(),
            city: "Encinitas".into(),
            state: "ca".into(),
            zip: "92024".into(),
            phone: "(760) 555-0134".into(),
            ..AddressDraft::default()
        }
    }

    fn problems(draft: AddressDraft) -> Vec<(AddressField, AddressProblem)> {
        Address::try_from(draft).expect_err("refused").0
    }

    #[test]
    fn an_address_as_people_type_it_is_read() {
        let address = Address::try_from(draft()).unwrap();
        assert_eq!(address.state.code(), "CA");
        let phone = address.phone.unwrap();
        assert_eq!((phone.as_str(), phone.to_string().as_str()), ("7605550134", "(760) 555-0134"));
    }

    #[test]
    fn a_zip_code_of_another_state_is_refused_beside_the_zip() {
        let draft = AddressDraft { zip: "10001".into(), ..draft() };
        assert_eq!(problems(draft), [(AddressField::Zip, AddressProblem::ZipNotInState)]);
    }

    #[test]
    fn exactly_the_required_parts_are_missed_when_they_are_empty() {
        for (field, need) in PARTS {
            let mut draft = draft();
            *draft.part_mut(field) = " ".into();
            let missed = Address::try_from(draft).is_err_and(|errors| errors.0 == [(field, AddressProblem::Missing)]);
            assert_eq!(missed, need == Need::Required, "{field:?}");
        }
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let draft = AddressDraft { name: " ".into(), state: "Bavaria".into(), zip: "9202".into(), ..draft() };
        assert_eq!(
            problems(draft),
            [
                (AddressField::Name, AddressProblem::Missing),
                (AddressField::State, AddressProblem::UnknownState),
                (AddressField::Zip, AddressProblem::BadZip),
            ]
        );
    }

    #[test]
    fn the_town_tells_neither_street_nor_name() {
        let address = Address::try_from(draft()).unwrap();
        let town = Destination::Address { address: Box::new(address) }.town_only();
        let json = serde_json::to_string(&town).unwrap();
        assert!(json.contains("Encinitas") && !json.contains("Neptune") && !json.contains("Maya"));
    }
}
