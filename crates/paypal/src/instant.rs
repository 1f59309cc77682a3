//! Instants as PayPal writes them: RFC 3339, and in its reports an offset without the colon.

use domain::time::Timestamp;
use serde::{Deserialize, Deserializer};

/// Reads `2026-02-03T04:05:06Z` and `2026-02-03T04:05:06+0000`. `None` when it is neither: no call turns on an instant, and
/// a payment is not to be unknown because of one.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| {
        let (head, offset) = text.is_ascii().then(|| text.split_at_checked(text.len().checked_sub(5)?)).flatten()?;
        let (hours, minutes) = offset.split_at(3);
        format!("{head}{hours}:{minutes}").parse().ok()
    })
}

/// For `#[serde(default, deserialize_with = "instant::lenient")]`.
pub(crate) fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.and_then(|text| read(&text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_read_with_and_without_its_colon() {
        let at = Some(Timestamp::from_millis(1_405_051_432_000));
        assert_eq!(read("2014-07-11T04:03:52Z"), at);
        assert_eq!(read("2014-07-11T04:03:52+0000"), at);
        assert_eq!(read("2014-07-10T21:03:52-0700"), at);
        assert_eq!(read("2014-07-10T21:03:52-07:00"), at);
    }

    #[test]
    fn what_is_no_instant_is_none() {
        for text in ["", "soon", "+0000", "2014-07-11", "é0000", "2014-07-11T04:03:52+00é"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
