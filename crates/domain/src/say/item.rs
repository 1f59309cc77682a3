//! An item: how many, of what, at what price.

use super::clause::Clause;
use super::token::{self, Token};
use super::{SaidItem, amount, catalogue, words};
use crate::money::{Currency, Money};

/// What a number behind several pieces means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// What one costs.
    Each,
    /// What all cost together.
    Together,
}

/// All words as one item, or nothing.
pub(super) fn item(tokens: &[Token<'_>], currency: Currency, catalogue: &[(&str, Money)]) -> Option<SaidItem> {
    let mut rest: Vec<&Token<'_>> = tokens.iter().collect();
    // The dash or dot of a list.
    if rest.len() > 1 && rest[0].is_one_of(&["-", "*", "•", "·"]) {
        rest.remove(0);
    }
    let (quantity, multiplied) = leading_quantity(&mut rest);
    let is_product = catalogue::is_whole_name(&texts(&rest), catalogue);
    let price = if is_product { None } else { trailing_price(&mut rest, quantity.is_some(), currency) };
    let (quantity, multiplied) = match quantity {
        Some(quantity) => (Some(quantity), multiplied),
        None => (inner_quantity(&mut rest), true),
    };
    while rest.last().is_some_and(|token| token.is_one_of(&["-", "–", "—", "="])) {
        rest.pop();
    }
    while rest.first().is_some_and(|token| token.is_one_of(words::PIECES)) {
        rest.remove(0);
    }

    let product = catalogue::find(&texts(&rest), catalogue);
    // `mug -18` is neither a price nor a discount.
    if rest.iter().any(|token| token.is_glued_minus()) {
        return None;
    }
    // `7 each` alone is a price without its item.
    if product.is_none() && rest.iter().all(|token| token.is_one_of(words::EACH)) {
        return None;
    }
    let is_plain = !rest.iter().any(|token| amount::is_amount_like(token) || words::is_reserved(token.key()));
    if product.is_none() && !is_plain {
        return None;
    }
    // A word on its own could be anything.
    if product.is_none() && quantity.is_none() && price.is_none() {
        return None;
    }
    let how_many = quantity.unwrap_or(1);
    if !(1..=9_999).contains(&how_many) {
        return None;
    }
    let said_price = match price {
        None => None,
        Some((price, meaning)) => Some(match meaning.unwrap_or(Meaning::Together) {
            Meaning::Each => price,
            Meaning::Together if multiplied && meaning.is_none() => price,
            Meaning::Together => divided(price, how_many)?,
        }),
    };
    let listed = product.and_then(|index| catalogue.get(index));
    let listed_price = listed.map(|(_, price)| *price).filter(|price| price.currency == currency);
    let name = match listed {
        Some((name, _)) => name.parse().ok()?,
        None => texts(&rest).join(" ").trim_end_matches(':').parse().ok()?,
    };
    Some(SaidItem { name, quantity: how_many, unit_price: said_price.or(listed_price), product })
}

/// What one costs, when the words say that and nothing else: `7 each`, `at 7`.
pub(super) fn price_of_one(tokens: &[Token<'_>], currency: Currency) -> Option<Money> {
    let mut rest: Vec<&Token<'_>> = tokens.iter().collect();
    match plain_price(&mut rest, currency)? {
        (price, Some(Meaning::Each)) if rest.is_empty() => Some(price),
        (_, Some(Meaning::Each | Meaning::Together) | None) => None,
    }
}

/// Whether the words of an item say a price.
pub(super) fn has_price(tokens: &[Token<'_>], currency: Currency, catalogue: &[(&str, Money)]) -> bool {
    let mut rest: Vec<&Token<'_>> = tokens.iter().collect();
    let (quantity, _) = leading_quantity(&mut rest);
    !catalogue::is_whole_name(&texts(&rest), catalogue)
        && trailing_price(&mut rest, quantity.is_some(), currency).is_some()
}

/// The item of a clause and the next one together, when that is the whole name of a product with a comma in it.
pub(super) fn named_across(
    text: &str,
    words: &str,
    next: Clause<'_>,
    currency: Currency,
    catalogue: &[(&str, Money)],
) -> Option<SaidItem> {
    let Clause::Words(next) = next else { return None };
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let (from, to) = (offset(words), offset(next) + next.len());
    let together = text.get(from..to).filter(|_| text[from + words.len()..].trim_start().starts_with(','))?;
    let tokens = token::tokens(together);
    let mut rest: Vec<&Token<'_>> = tokens.iter().collect();
    leading_quantity(&mut rest);
    catalogue::is_whole_name(&texts(&rest), catalogue).then(|| item(&tokens, currency, catalogue)).flatten()
}

fn texts<'a>(tokens: &[&Token<'a>]) -> Vec<&'a str> {
    tokens.iter().map(|token| token.text).collect()
}

/// What one costs when `quantity` cost `price` together, if that is a whole number of minor units.
fn divided(price: Money, quantity: u32) -> Option<Money> {
    let quantity = i64::from(quantity);
    (price.minor % quantity == 0).then(|| Money::new(price.minor / quantity, price.currency))
}

/// Takes `2`, `2x`, `x2`, `2 x`, `2 pz di`, `two` or `a` off the front, and whether it says "times".
fn leading_quantity(rest: &mut Vec<&Token<'_>>) -> (Option<u32>, bool) {
    let Some(first) = rest.first() else { return (None, false) };
    let (quantity, glued) = match glued_times(first.key()) {
        Some(quantity) => (Some(quantity), true),
        None => (first.integer().or_else(|| words::number(first.key())), false),
    };
    if quantity.is_none() || rest.len() == 1 {
        return (None, false);
    }
    rest.remove(0);
    let separate = rest.len() > 1 && rest[0].is_one_of(words::TIMES);
    if separate {
        rest.remove(0);
    }
    (quantity, glued || separate)
}

/// Takes `x2` or `x 2` out of the end: `mug x2`.
fn inner_quantity(rest: &mut Vec<&Token<'_>>) -> Option<u32> {
    let (name, quantity) = match rest.as_slice() {
        [name @ .., times, number] if times.is_one_of(words::TIMES) => (name.len(), number.integer()?),
        [name @ .., glued] => (name.len(), glued_times(glued.key())?),
        [] => return None,
    };
    if name == 0 {
        return None;
    }
    rest.truncate(name);
    Some(quantity)
}

/// `2x`, `x2`, `2×`.
pub(super) fn glued_times(word: &str) -> Option<u32> {
    let digits = word.strip_prefix(['x', '×']).or_else(|| word.strip_suffix(['x', '×']))?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// Takes the price off the end with the words around it that tell what it means.
fn trailing_price(
    rest: &mut Vec<&Token<'_>>,
    has_quantity: bool,
    currency: Currency,
) -> Option<(Money, Option<Meaning>)> {
    let all = rest.clone();
    if has_quantity || inner_quantity(rest).is_none() {
        return plain_price(rest, currency);
    }
    // `mug 18 x2`, `mug x2`: the quantity stands last, and multiplies the price if there is one.
    let quantity = all[rest.len()..].to_vec();
    let price = plain_price(rest, currency);
    rest.extend(quantity);
    price
}

fn plain_price(rest: &mut Vec<&Token<'_>>, currency: Currency) -> Option<(Money, Option<Meaning>)> {
    let before = rest.clone();
    let meaning_behind = if take_end(rest, words::EACH, words::EACH_OF_TWO) {
        Some(Meaning::Each)
    } else if take_end(rest, words::IN_TOTAL, words::IN_TOTAL_OF_TWO) {
        Some(Meaning::Together)
    } else {
        None
    };
    let Some(price) = take_money(rest, currency) else {
        *rest = before;
        return None;
    };
    let meaning_before = match rest.last() {
        Some(word) if word.is_one_of(words::AT) => Some(Meaning::Each),
        Some(word) if word.is_one_of(words::FOR) => Some(Meaning::Together),
        Some(_) | None => None,
    };
    if meaning_before.is_some() {
        rest.pop();
    }
    Some((price, meaning_behind.or(meaning_before)))
}

fn take_end(rest: &mut Vec<&Token<'_>>, one: &[&str], two: &[(&str, &str)]) -> bool {
    let length = match rest.as_slice() {
        [.., first, second] if two.contains(&(first.key(), second.key())) => 2,
        [.., last] if last.is_one_of(one) => 1,
        _ => return false,
    };
    rest.truncate(rest.len() - length);
    true
}

fn take_money(rest: &mut Vec<&Token<'_>>, currency: Currency) -> Option<Money> {
    if rest.last().is_some_and(|last| last.is_one_of(words::FREE)) {
        rest.pop();
        return Some(Money::zero(currency));
    }
    for length in [2, 1] {
        let Some(start) = rest.len().checked_sub(length) else { continue };
        if let Some(price) = amount::money(&rest[start..], currency) {
            rest.truncate(start);
            return Some(price);
        }
    }
    None
}
