//! Amounts and rates among the words.

use super::AmountOrRate;
use super::token::Token;
use crate::money::{Currency, Money, Rate};

/// The codes that are read as a currency beside a number. Others are ordinary words as often as not: ALL, TOP, CUP.
const CODES: &[&str] = &[
    "usd", "eur", "gbp", "aud", "nzd", "jpy", "chf", "cny", "mxn", "sek", "nok", "dkk", "pln", "brl", "inr", "sgd",
    "hkd",
];
/// Currencies whose own people write `$`.
const DOLLARS: &[&str] = &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"];

/// Whether the word names a currency: that of the request, another one, or none at all.
fn names_currency(word: &str, currency: Currency) -> Option<bool> {
    let code = currency.code();
    match word {
        "$" | "dollar" | "dollars" | "dollaro" | "dollari" | "buck" | "bucks" => Some(DOLLARS.contains(&code)),
        "us$" => Some(code == "USD"),
        "€" | "euro" | "euros" => Some(code == "EUR"),
        "£" | "pound" | "pounds" | "sterlina" | "sterline" => Some(code == "GBP"),
        "¥" | "yen" => Some(code == "JPY"),
        other if other.eq_ignore_ascii_case(code) => Some(true),
        other if CODES.contains(&other) => Some(false),
        _ => None,
    }
}

/// Digits with at most one decimal separator, and thousands in groups of three.
fn is_number(text: &str) -> bool {
    let groups: Vec<&str> = text.split(['.', ',']).collect();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let well_grouped = match groups.as_slice() {
        [first, middle @ .., _] if !middle.is_empty() => {
            first.len() <= 3 && middle.iter().all(|group| group.len() == 3)
        }
        _ => true,
    };
    groups.iter().all(|group| digits(group)) && well_grouped
}

/// The number of a word, and the currency that is glued to it.
fn unglued(word: &str) -> Option<(&str, &str)> {
    let start = word.find(|c: char| c.is_ascii_digit())?;
    let end = word.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (number, glued) = (&word[start..end], (&word[..start], &word[end..]));
    if !is_number(number) {
        return None;
    }
    match glued {
        (before, "") => Some((number, before)),
        ("", behind) => Some((number, behind)),
        _ => None,
    }
}

/// All words as one amount in `currency`: `18`, `18.50`, `$18`, `18 €`, `18eur`, `USD 18`.
pub(super) fn money(tokens: &[&Token<'_>], currency: Currency) -> Option<Money> {
    let number = match tokens {
        [word] => match unglued(word.key())? {
            (number, "") => number,
            (number, glued) => names_currency(glued, currency)?.then_some(number)?,
        },
        [one, other] => {
            let (number, name) = if is_number(one.key()) { (one, other) } else { (other, one) };
            names_currency(name.key(), currency)?.then_some(number.key()).filter(|number| is_number(number))?
        }
        _ => return None,
    };
    Money::parse_decimal(number, currency).ok()
}

/// All words as an amount, or as a percentage.
pub(super) fn amount_or_rate(tokens: &[&Token<'_>], currency: Currency) -> Option<AmountOrRate> {
    let percentage = match tokens {
        [word] => word.key().strip_suffix('%'),
        [number, sign] if sign.is_one_of(&["%", "percent", "percento", "cento"]) => Some(number.key()),
        _ => None,
    };
    match percentage.filter(|number| is_number(number)) {
        Some(number) => Rate::parse_percent(number).ok().map(AmountOrRate::Rate),
        None => money(tokens, currency).map(AmountOrRate::Amount),
    }
}

/// Whether the word is a number, an amount in any currency, a percentage or a sign of one: nothing that may
/// disappear into the name of an item.
pub(super) fn is_amount_like(token: &Token<'_>) -> bool {
    let key = token.key();
    let is_code = |glued: &str| glued.is_empty() || CODES.contains(&glued);
    token.is_glued_minus()
        || super::item::glued_times(key).is_some()
        || key.contains(['$', '€', '£', '¥', '%'])
        || unglued(key).is_some_and(|(_, glued)| is_code(glued))
}
