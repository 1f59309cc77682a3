//! Payment card numbers: ISO/IEC 7812 digits with a prefix that a brand issues.

use super::fold;
use crate::carrier::{self, CheckDigit};
use std::ops::Range;

/// A card number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CardNumber {
    /// Its bytes, from the first to the last digit.
    pub(super) span: Range<usize>,
    pub(super) last_four: String,
}

#[derive(Clone, Debug)]
struct Digit {
    value: u32,
    span: Range<usize>,
    /// Digits with nothing visible between them are one group.
    group: usize,
}

/// Blanks, hyphens and the like that may stand between two digits of a number.
const MAX_BETWEEN: usize = 3;

/// The first card number of the text.
pub(super) fn first(text: &str) -> Option<CardNumber> {
    runs(text).iter().find_map(|run| first_of_run(text, run))
}

fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '\t' | '-' | '.' | '_' | '/' | '|' | '*' | '~' | ':')
}

/// The stretches of digits that could be one number.
fn runs(text: &str) -> Vec<Vec<Digit>> {
    let mut runs: Vec<Vec<Digit>> = Vec::new();
    // How many separators stand behind the last digit; too many, or anything else, ends the run.
    let mut between = usize::MAX;
    for (start, character) in text.char_indices() {
        let Some(plain) = fold::plain(character).filter(|_| character != '\n') else {
            between = if character == '\n' { usize::MAX } else { between };
            continue;
        };
        let Some(value) = plain.to_digit(10) else {
            between = if is_separator(plain) { between.saturating_add(1) } else { usize::MAX };
            continue;
        };
        let span = start..start + character.len_utf8();
        match runs.last_mut() {
            Some(run) if between <= MAX_BETWEEN => {
                let group = run.last().map_or(0, |digit| digit.group) + usize::from(between > 0);
                run.push(Digit { value, span, group });
            }
            Some(_) | None => runs.push(vec![Digit { value, span, group: 0 }]),
        }
        between = 0;
    }
    runs
}

fn first_of_run(text: &str, run: &[Digit]) -> Option<CardNumber> {
    if is_long_tracking_number(run) {
        return None;
    }
    let starts_group = |at: usize| at == 0 || run[at].group != run[at - 1].group;
    let ends_group = |end: usize| end == run.len() || run[end].group != run[end - 1].group;
    for start in (0..run.len()).filter(|at| starts_group(*at)) {
        for length in (13..=19).rev() {
            let end = start + length;
            if end > run.len() || !ends_group(end) {
                continue;
            }
            let digits = &run[start..end];
            let span = digits[0].span.start..digits[length - 1].span.end;
            if is_card(digits) && !is_pairs(digits) && !is_lettered_tracking_number(text, &span) {
                let last_four = digits[length - 4..].iter().filter_map(|digit| char::from_digit(digit.value, 10));
                return Some(CardNumber { span, last_four: last_four.collect() });
            }
        }
    }
    None
}

/// A list of sizes or of days, `38 39 40 41`, is not a card.
fn is_pairs(digits: &[Digit]) -> bool {
    let groups = digits.chunk_by(|one, other| one.group == other.group);
    let mut pairs = 0;
    for group in groups {
        match group.len() {
            2 => pairs += 1,
            1 => {}
            _ => return false,
        }
    }
    pairs > 0
}

/// More digits than a card has, and right as a whole.
fn is_long_tracking_number(run: &[Digit]) -> bool {
    let number: String = run.iter().filter_map(|digit| char::from_digit(digit.value, 10)).collect();
    let is_right = |number: &str| carrier::recognise(number).best().is_some_and(|best| best.check == CheckDigit::Right);
    number.len() > 19 && is_right(&number)
}

/// Digits glued to letters that make them a tracking number, like `YT2229521272164446`.
fn is_lettered_tracking_number(text: &str, span: &Range<usize>) -> bool {
    let before = text[..span.start].rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let behind = text[span.end..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let word = &text[span.start - before.len()..span.end + behind.len()];
    !(before.is_empty() && behind.is_empty()) && carrier::recognise(word).best().is_some()
}

fn is_card(digits: &[Digit]) -> bool {
    let prefix = |length: usize| digits.iter().take(length).fold(0, |number, digit| number * 10 + digit.value);
    is_issued(digits.len(), prefix(2), prefix(3), prefix(4)) && is_luhn(digits)
}

/// Whether a brand issues numbers of that length with those first two, three and four digits: Visa, Mastercard, American
/// Express, Discover, Diners Club, JCB, UnionPay, Maestro.
fn is_issued(length: usize, two: u32, three: u32, four: u32) -> bool {
    match length {
        13 => two / 10 == 4,
        14 => matches!(three, 300..=305) || matches!(two, 36 | 38 | 39),
        15 => matches!(two, 34 | 37),
        16 if matches!(two, 40..=49 | 51..=55) || matches!(four, 2221..=2720) => true,
        19 if two / 10 == 4 => true,
        16..=19 => {
            matches!(four, 6011 | 3528..=3589 | 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763)
                || matches!(three, 644..=649)
                || matches!(two, 62 | 65)
                || (length == 16 && matches!(two, 36 | 38 | 39))
        }
        _ => false,
    }
}

fn is_luhn(digits: &[Digit]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let doubled = digit.value * if place % 2 == 0 { 1 } else { 2 };
            doubled / 10 + doubled % 10
        })
        .sum();
    sum.is_multiple_of(10)
}
