//! A small pattern language for tracking numbers, read from left to right without going back.
//!
//! `d` is a digit, `a` a letter, `x` either; capitals and digits are themselves; `[A1-3]` is one of a set; `{9}` and
//! `{9,38}` repeat what stands before them, the latter as often as it can; `(` and `)` enclose the serial number that
//! the check digit is computed from, and `!` stands before the check digit.

/// What a pattern found in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fields<'n> {
    /// What the check digit is computed from; empty when the pattern marks none.
    pub(super) serial: &'n str,
    /// The check digit or letter.
    pub(super) check: Option<u8>,
    /// How much the pattern fixes: a literal counts more than a set, a set more than a class.
    pub(super) specificity: u32,
}

#[derive(Clone, Copy)]
enum Class<'p> {
    Digit,
    Letter,
    Either,
    OneOf(&'p [u8]),
    Exactly(u8),
}

impl Class<'_> {
    fn contains(self, byte: u8) -> bool {
        match self {
            Self::Digit => byte.is_ascii_digit(),
            Self::Letter => byte.is_ascii_uppercase(),
            Self::Either => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            Self::OneOf(set) => in_set(set, byte),
            Self::Exactly(literal) => literal == byte,
        }
    }

    const fn weight(self) -> u32 {
        match self {
            Self::Either => 0,
            Self::Letter => 1,
            Self::Digit => 2,
            Self::OneOf(_) => 4,
            Self::Exactly(_) => 6,
        }
    }
}

fn in_set(set: &[u8], byte: u8) -> bool {
    match set {
        [first, b'-', last, rest @ ..] => (*first..=*last).contains(&byte) || in_set(rest, byte),
        [one, rest @ ..] => *one == byte || in_set(rest, byte),
        [] => false,
    }
}

/// Reads the whole `number` by `pattern`. The number is capital letters and digits.
pub(super) fn fields<'n>(pattern: &str, number: &'n str) -> Option<Fields<'n>> {
    let mut rest = pattern.as_bytes();
    let (mut at, mut specificity, mut check) = (0, 0, None);
    let (mut serial_start, mut serial) = (0, "");
    while let Some((&symbol, after)) = rest.split_first() {
        rest = after;
        let class = match symbol {
            b'(' => {
                serial_start = at;
                continue;
            }
            b')' => {
                serial = number.get(serial_start..at)?;
                continue;
            }
            b'!' => {
                check = Some(*number.as_bytes().get(at)?);
                continue;
            }
            b'd' => Class::Digit,
            b'a' => Class::Letter,
            b'x' => Class::Either,
            b'[' => {
                let end = rest.iter().position(|byte| *byte == b']')?;
                let set = &rest[..end];
                rest = &rest[end + 1..];
                Class::OneOf(set)
            }
            literal => Class::Exactly(literal),
        };
        let (least, most);
        (least, most, rest) = repetition(rest)?;
        let run = number.as_bytes()[at..].iter().take(most).take_while(|byte| class.contains(**byte)).count();
        if run < least {
            return None;
        }
        at += run;
        specificity += class.weight() * u32::try_from(run).ok()?;
    }
    (at == number.len()).then_some(Fields { serial, check, specificity })
}

/// The bounds of `{n}` or `{n,m}` at the start of the pattern, once without them, and what follows.
fn repetition(pattern: &[u8]) -> Option<(usize, usize, &[u8])> {
    let Some(inside) = pattern.strip_prefix(b"{") else { return Some((1, 1, pattern)) };
    let end = inside.iter().position(|byte| *byte == b'}')?;
    let bounds = std::str::from_utf8(&inside[..end]).ok()?;
    let (least, most) = bounds.split_once(',').unwrap_or((bounds, bounds));
    Some((least.parse().ok()?, most.parse().ok()?, &inside[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_reads_the_whole_number_or_nothing() {
        let found = fields("1Z(x{3}d)!d", "1ZA7B45").unwrap();
        assert_eq!((found.serial, found.check), ("A7B4", Some(b'5')));
        assert_eq!(fields("1Z(x{3}d)!d", "1ZA7B456"), None);
        assert_eq!(fields("1Z(x{3}d)!d", "1ZA7B4"), None);
        assert_eq!(fields("1Z(x{3}d)!d", "2ZA7B45"), None);
    }

    #[test]
    fn a_set_holds_single_characters_and_ranges() {
        for number in ["A", "0", "2", "7"] {
            assert!(fields("[A0-27]", number).is_some(), "{number}");
        }
        for number in ["B", "3", "-"] {
            assert!(fields("[A0-27]", number).is_none(), "{number}");
        }
    }

    #[test]
    fn a_repetition_takes_between_its_bounds() {
        assert!(fields("GMdx{2,4}", "GM1AB").is_some());
        assert!(fields("GMdx{2,4}", "GM1ABCD").is_some());
        assert!(fields("GMdx{2,4}", "GM1A").is_none());
        assert!(fields("GMdx{2,4}", "GM1ABCDE").is_none());
    }

    #[test]
    fn literals_make_a_pattern_more_specific_than_classes() {
        let specificity = |pattern| fields(pattern, "94001").map(|found| found.specificity);
        assert!(specificity("94d{3}") > specificity("[0-9]d{4}"));
        assert!(specificity("[0-9]d{4}") > specificity("d{5}"));
    }
}
