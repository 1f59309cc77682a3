//! Text within PayPal's limits. What people wrote is cut; what names something of ours is refused.

use serde::{Serialize, Serializer};
use std::fmt;

/// What people wrote (a name, a note), cut to `MAX` characters. On one line, trimmed, never empty.
///
/// PayPal counts characters and not bytes: `maxLength` of its schemas. A line break is one of its refusals (`^.*$`).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Label<const MAX: usize>(String);

impl<const MAX: usize> Label<MAX> {
    /// The text on one line and cut. `None` when nothing of it can be seen.
    pub fn cut(text: &str) -> Option<Self> {
        let plain = |c: char| if c.is_whitespace() { Some(' ') } else { (!c.is_control()).then_some(c) };
        let line: String = text.trim().chars().filter_map(plain).take(MAX).collect();
        let line = line.trim();
        (!line.is_empty()).then(|| Self(line.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// What somebody wrote may be an address: it is not for logs.
impl<const MAX: usize> fmt::Debug for Label<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Label({} bytes)", self.0.len())
    }
}

impl<const MAX: usize> Serialize for Label<MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A name of ours or of PayPal's for something: 1 to `MAX` visible ASCII characters. Never cut, since half a name is another's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference<const MAX: usize>(String);

impl<const MAX: usize> Reference<MAX> {
    /// The name as it is.
    ///
    /// # Errors
    /// When it is empty, longer than `MAX`, or has a space or anything outside ASCII.
    pub fn new(name: impl Into<String>) -> Result<Self, ReferenceError> {
        let name = name.into();
        let fits = (1..=MAX).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(name)) } else { Err(ReferenceError { max: MAX }) }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> Serialize for Reference<MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// PayPal's own name of something: 1 to `MAX` letters, digits, `_` and `-`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Id<const MAX: usize>(Reference<MAX>);

impl<const MAX: usize> Id<MAX> {
    /// The name as it is.
    ///
    /// # Errors
    /// When it is empty, longer than `MAX`, or has any other character.
    pub fn new(name: impl Into<String>) -> Result<Self, ReferenceError> {
        let name = Reference::new(name)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if name.as_str().bytes().all(plain) { Ok(Self(name)) } else { Err(ReferenceError { max: MAX }) }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

// It may be what orders are paid with: it is not for logs.
impl<const MAX: usize> fmt::Debug for Id<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Id")
    }
}

impl<const MAX: usize> Serialize for Id<MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Not a name that PayPal takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferenceError {
    max: usize,
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a name of 1 to {} characters that PayPal takes", self.max)
    }
}

impl std::error::Error for ReferenceError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_label_is_one_line_without_what_cannot_be_seen() {
        let label = |text| Label::<5>::cut(text).map(|label| label.as_str().to_owned());
        assert_eq!(label(" a\r\nb "), Some("a  b".into()));
        assert_eq!(label("a\u{0}\u{7}b"), Some("ab".into()));
        assert_eq!(label("a\u{2028}b"), Some("a b".into()));
        assert_eq!(label("ññññññ"), Some("ñññññ".into()));
        assert_eq!(label("abcd efg"), Some("abcd".into()));
        assert_eq!((label(""), label(" \n\t"), label("\u{1}")), (None, None, None));
    }

    #[test]
    fn a_reference_is_taken_whole_or_not_at_all() {
        assert_eq!(Reference::<4>::new("ab_1").map(|name| name.as_str().to_owned()), Ok("ab_1".into()));
        for name in ["", "abcde", "a b", "a\nb", "é"] {
            assert_eq!(Reference::<4>::new(name), Err(ReferenceError { max: 4 }), "{name}");
        }
    }

    #[test]
    fn an_id_of_paypals_has_nothing_that_leads_elsewhere() {
        assert_eq!(Id::<9>::new("8kk_84-5t").map(|id| id.as_str().to_owned()), Ok("8kk_84-5t".into()));
        for id in ["", "a/b", "..", "a b", "a?b", "1234567890"] {
            assert!(Id::<9>::new(id).is_err(), "{id}");
        }
        assert_eq!(format!("{:?}", Id::<9>::new("8kk_84-5t")), "Ok(Id)");
    }

    proptest! {
        #[test]
        fn a_label_is_never_too_long_nor_empty(text in "\\PC{0,300}|.{0,300}|\\s{0,9}") {
            if let Some(label) = Label::<127>::cut(&text) {
                prop_assert!((1..=127).contains(&label.as_str().chars().count()));
                prop_assert_eq!(label.as_str().trim(), label.as_str());
                let broken = label.as_str().contains(['\n', '\r', '\u{2028}', '\u{2029}']);
                prop_assert!(!broken);
            }
        }
    }
}
