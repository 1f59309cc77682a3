//! The states, which ZIP codes lie in them, and regions made of them. All of it is data.

use super::{AddressProblem, Zip};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// A state, district or territory that the postal service delivers to.
/// On the wire it is its two letters; in order it stands by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct UsState(usize);

impl UsState {
    /// Every state, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..STATES.len()).map(Self)
    }
    /// Two capital letters.
    pub fn code(self) -> &'static str {
        STATES[self.0].0
    }
    /// Its English name.
    pub fn name(self) -> &'static str {
        STATES[self.0].1
    }
    /// Whether the first three digits of `zip` belong to the state.
    pub fn contains(self, zip: &Zip) -> bool {
        let prefix: u16 = zip.as_str()[..3].parse().unwrap_or(0);
        STATES[self.0].2.iter().any(|(from, to)| (*from..=*to).contains(&prefix))
    }
    /// The state that a ZIP code lies in, when the prefix is assigned.
    pub fn of_zip(zip: &Zip) -> Option<Self> {
        Self::all().find(|state| state.contains(zip))
    }
}

impl std::str::FromStr for UsState {
    type Err = AddressProblem;
    fn from_str(text: &str) -> Result<Self, AddressProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressProblem::Missing);
        }
        STATES
            .iter()
            .position(|(code, name, _)| code.eq_ignore_ascii_case(text) || name.eq_ignore_ascii_case(text))
            .map(Self)
            .ok_or(AddressProblem::UnknownState)
    }
}

impl TryFrom<String> for UsState {
    type Error = AddressProblem;
    fn try_from(text: String) -> Result<Self, AddressProblem> {
        text.parse()
    }
}

impl From<UsState> for String {
    fn from(state: UsState) -> String {
        state.code().to_owned()
    }
}

/// Some states, at least one: where a way of delivery goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "BTreeSet<UsState>", into = "BTreeSet<UsState>")]
pub struct Region(BTreeSet<UsState>);

/// A region without any state: nothing would go there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegionError;

impl fmt::Display for RegionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Choose at least one state.")
    }
}

impl TryFrom<BTreeSet<UsState>> for Region {
    type Error = RegionError;
    fn try_from(states: BTreeSet<UsState>) -> Result<Self, RegionError> {
        if states.is_empty() { Err(RegionError) } else { Ok(Self(states)) }
    }
}

impl From<Region> for BTreeSet<UsState> {
    fn from(region: Region) -> Self {
        region.0
    }
}

impl Region {
    /// Whether the state is one of them.
    pub fn contains(&self, state: UsState) -> bool {
        self.0.contains(&state)
    }

    /// The states, by name.
    pub fn states(&self) -> impl Iterator<Item = UsState> {
        self.0.iter().copied()
    }
}

/// A row of [`STATES`].
type StateRow = (&'static str, &'static str, &'static [(u16, u16)]);

/// Code, name and the ranges of ZIP prefixes (first three digits) of each state: USPS Publication 65, table of
/// three-digit prefixes. The armed forces abroad have codes as states have. Guam, the Northern Marianas and American
/// Samoa share their prefixes with each other or with Hawaii, and are not in it.
const STATES: &[StateRow] = &[
    ("AL", "Alabama", &[(350, 352), (354, 369)]),
    ("AK", "Alaska", &[(995, 999)]),
    ("AZ", "Arizona", &[(850, 853), (855, 857), (859, 860), (863, 865)]),
    ("AR", "Arkansas", &[(716, 729)]),
    ("AA", "Armed Forces Americas", &[(340, 340)]),
    ("AE", "Armed Forces Europe", &[(90, 98)]),
    ("AP", "Armed Forces Pacific", &[(962, 966)]),
    ("CA", "California", &[(900, 908), (910, 928), (930, 961)]),
    ("CO", "Colorado", &[(800, 816)]),
    ("CT", "Connecticut", &[(60, 69)]),
    ("DE", "Delaware", &[(197, 199)]),
    ("DC", "District of Columbia", &[(200, 200), (202, 205), (569, 569)]),
    ("FL", "Florida", &[(320, 339), (341, 342), (344, 344), (346, 347), (349, 349)]),
    ("GA", "Georgia", &[(300, 319), (398, 399)]),
    ("HI", "Hawaii", &[(967, 968)]),
    ("ID", "Idaho", &[(832, 838)]),
    ("IL", "Illinois", &[(600, 620), (622, 629)]),
    ("IN", "Indiana", &[(460, 479)]),
    ("IA", "Iowa", &[(500, 516), (520, 528)]),
    ("KS", "Kansas", &[(660, 662), (664, 679)]),
    ("KY", "Kentucky", &[(400, 418), (420, 427)]),
    ("LA", "Louisiana", &[(700, 701), (703, 708), (710, 714)]),
    ("ME", "Maine", &[(39, 49)]),
    ("MD", "Maryland", &[(206, 212), (214, 219)]),
    ("MA", "Massachusetts", &[(10, 27), (55, 55)]),
    ("MI", "Michigan", &[(480, 499)]),
    ("MN", "Minnesota", &[(550, 551), (553, 567)]),
    ("MS", "Mississippi", &[(386, 397)]),
    ("MO", "Missouri", &[(630, 631), (633, 641), (644, 658)]),
    ("MT", "Montana", &[(590, 599)]),
    ("NE", "Nebraska", &[(680, 681), (683, 693)]),
    ("NV", "Nevada", &[(889, 891), (893, 895), (897, 898)]),
    ("NH", "New Hampshire", &[(30, 38)]),
    ("NJ", "New Jersey", &[(70, 89)]),
    ("NM", "New Mexico", &[(870, 871), (873, 875), (877, 884)]),
    ("NY", "New York", &[(5, 5), (63, 63), (100, 149)]),
    ("NC", "North Carolina", &[(270, 289)]),
    ("ND", "North Dakota", &[(580, 588)]),
    ("OH", "Ohio", &[(430, 459)]),
    ("OK", "Oklahoma", &[(730, 731), (734, 741), (743, 749)]),
    ("OR", "Oregon", &[(970, 979)]),
    ("PA", "Pennsylvania", &[(150, 196)]),
    ("PR", "Puerto Rico", &[(6, 7), (9, 9)]),
    ("RI", "Rhode Island", &[(28, 29)]),
    ("SC", "South Carolina", &[(290, 299)]),
    ("SD", "South Dakota", &[(570, 577)]),
    ("TN", "Tennessee", &[(370, 385)]),
    ("TX", "Texas", &[(733, 733), (750, 770), (772, 799), (885, 885)]),
    ("VI", "U.S. Virgin Islands", &[(8, 8)]),
    ("UT", "Utah", &[(840, 847)]),
    ("VT", "Vermont", &[(50, 54), (56, 59)]),
    ("VA", "Virginia", &[(201, 201), (220, 246)]),
    ("WA", "Washington", &[(980, 986), (988, 994)]),
    ("WV", "West Virginia", &[(247, 268)]),
    ("WI", "Wisconsin", &[(530, 532), (534, 535), (537, 549)]),
    ("WY", "Wyoming", &[(820, 831), (834, 834)]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_stand_by_name_and_two_share_a_prefix_only_where_one_brings_the_others_post() {
        let names: Vec<&str> = STATES.iter().map(|(_, name, _)| *name).collect();
        assert!(names.is_sorted(), "{names:?}");
        for prefix in 0..1_000 {
            let zip: Zip = format!("{prefix:03}01").parse().unwrap();
            let states: Vec<&str> = UsState::all().filter(|state| state.contains(&zip)).map(UsState::code).collect();
            let shared: &[&str] = match prefix {
                // Fishers Island, New York, gets its post from Connecticut; Alta, Wyoming, from Idaho.
                63 => &["CT", "NY"],
                834 => &["ID", "WY"],
                _others => &[],
            };
            assert!(states.len() <= 1 || states == shared, "{prefix:03}: {states:?}");
        }
    }

    #[test]
    fn every_state_has_zip_codes_and_is_read_by_its_code_and_by_its_name() {
        for (state, (code, name, ranges)) in UsState::all().zip(STATES) {
            assert!(!ranges.is_empty() && ranges.iter().all(|(from, to)| from <= to), "{code}");
            assert_eq!((code.parse(), name.to_lowercase().parse()), (Ok(state), Ok(state)));
        }
    }

    #[test]
    fn an_address_of_the_armed_forces_and_one_of_the_islands_are_in_no_other_state() {
        let of = |zip: &str| UsState::of_zip(&zip.parse().unwrap()).map(UsState::code);
        assert_eq!(
            (of("09012"), of("34002"), of("96205"), of("00802")),
            (Some("AE"), Some("AA"), Some("AP"), Some("VI"))
        );
        assert_eq!((of("96701"), of("06101"), of("10001"), of("21301")), (Some("HI"), Some("CT"), Some("NY"), None));
    }
}
