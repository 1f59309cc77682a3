//! Chat to request: what a seller types in one breath, `2 mugs 18 each, shipping 5, ready Friday`, as the parts of a
//! payment request. English and Italian.
//!
//! Nothing is guessed. A part of the line is read by one rule or it is handed back word for word in
//! [`Said::not_understood`], so that the seller sees what the request does not say.

mod amount;
mod catalogue;
mod clause;
mod item;
#[cfg(test)]
mod tests;
mod token;
mod words;

use crate::money::{Currency, Money, Rate};
use crate::text::{ItemName, Note};
use crate::time::Span;
use ::time::Weekday;
use clause::Clause;
use token::Token;

/// What a line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What is sold, in the order said.
    pub items: Vec<SaidItem>,
    /// Taken off the items: `10% off`, `-20`, `sconto 20`.
    pub discount: Option<AmountOrRate>,
    /// What delivery costs; zero when it is said to be free.
    pub shipping: Option<Money>,
    /// `tax 8.75%`, `tax 3.15`, `IVA 22%`.
    pub tax: Option<AmountOrRate>,
    /// How long the request stays open: `expires 24h`, `scade tra 3 giorni`.
    pub expires_in: Option<Span>,
    /// When it can be sent: `ready Friday`, `pronto domani`.
    pub ready: Option<Ready>,
    /// What stands after `note:` or `nota:` up to the next semicolon or line end.
    pub note: Option<Note>,
    /// The parts that no rule reads, or that say something a second time, as they were typed.
    pub not_understood: Vec<String>,
}

/// One item that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidItem {
    /// The name in the catalogue, or as typed when it is not one product of the catalogue.
    pub name: ItemName,
    /// How many, 1 to 9,999.
    pub quantity: u32,
    /// What one costs: as said, else as in the catalogue; nothing when neither tells.
    pub unit_price: Option<Money>,
    /// Which product, as an index into the catalogue.
    pub product: Option<usize>,
}

/// A fixed amount, or a share of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountOrRate {
    /// That much.
    Amount(Money),
    /// That share.
    Rate(Rate),
}

/// A day by which something is ready, relative to when it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// The day it was said.
    Today,
    /// The day after.
    Tomorrow,
    /// The next such day.
    On(Weekday),
}

/// Reads a line. Amounts are in `currency`; an amount in another one is not understood. `catalogue` is the seller's
/// products, each a name and what one costs.
///
/// A number behind several pieces is what one costs when the line says so (`each`, `@`, `x`, `a 18 l'uno`); otherwise
/// it is what they cost together, and is understood only if it divides evenly.
pub fn understand(text: &str, currency: Currency, catalogue: &[(&str, Money)]) -> Said {
    let mut said = Said::default();
    // Whether an item was said last, and no price with it.
    let mut is_unpriced = false;
    let clauses = clause::split(text);
    let mut clauses = clauses.iter().copied().peekable();
    while let Some(clause) = clauses.next() {
        let words = match clause {
            Clause::Note(note, whole) => {
                is_unpriced = false;
                if !note.parse().is_ok_and(|note| set(&mut said.note, note)) {
                    said.not_understood.push(whole.to_owned());
                }
                continue;
            }
            Clause::Words(words) => words,
        };
        // `6 surf wax, one puck`: a comma can be part of a name.
        let named = clauses.peek().and_then(|next| item::named_across(text, words, *next, currency, catalogue));
        if let Some(item) = named {
            clauses.next();
            said.items.push(item);
            is_unpriced = true;
            continue;
        }
        let tokens = token::tokens(words);
        // `7 each` behind it is what one of them costs.
        if let (true, Some(each), Some(last)) =
            (is_unpriced, item::price_of_one(&tokens, currency), said.items.last_mut())
        {
            last.unit_price = Some(each);
            is_unpriced = false;
            continue;
        }
        let count = said.items.len();
        if !said.hear(&tokens, currency, catalogue) {
            said.not_understood.push(words.to_owned());
        }
        is_unpriced = said.items.len() > count && !item::has_price(&tokens, currency, catalogue);
    }
    said
}

/// Fills a field once. What is said a second time does not overwrite the first.
fn set<T>(field: &mut Option<T>, value: T) -> bool {
    let is_first = field.is_none();
    if is_first {
        *field = Some(value);
    }
    is_first
}

impl Said {
    /// Whether some rule reads the whole clause.
    fn hear(&mut self, tokens: &[Token<'_>], currency: Currency, catalogue: &[(&str, Money)]) -> bool {
        if let Some(shipping) = shipping(tokens, currency) {
            return set(&mut self.shipping, shipping);
        }
        if let Some(tax) = tax(tokens, currency) {
            return set(&mut self.tax, tax);
        }
        if let Some(discount) = discount(tokens, currency) {
            return set(&mut self.discount, discount);
        }
        if let Some(span) = expires_in(tokens) {
            return set(&mut self.expires_in, span);
        }
        if let Some(ready) = ready(tokens) {
            return set(&mut self.ready, ready);
        }
        let item = item::item(tokens, currency, catalogue);
        let is_item = item.is_some();
        self.items.extend(item);
        is_item
    }
}

/// The words that are not in `fillers`, when at least one of `keywords` is among all; without the keywords.
fn around<'t, 'a>(tokens: &'t [Token<'a>], keywords: &[&str], fillers: &[&str]) -> Option<Vec<&'t Token<'a>>> {
    if !tokens.iter().any(|token| token.is_one_of(keywords)) {
        return None;
    }
    Some(tokens.iter().filter(|token| !token.is_one_of(keywords) && !token.is_one_of(fillers)).collect())
}

fn shipping(tokens: &[Token<'_>], currency: Currency) -> Option<Money> {
    let rest = around(tokens, words::SHIPPING, words::FILLERS)?;
    match rest.as_slice() {
        [free] if free.is_one_of(words::FREE) => Some(Money::zero(currency)),
        amount => amount::money(amount, currency),
    }
}

fn tax(tokens: &[Token<'_>], currency: Currency) -> Option<AmountOrRate> {
    amount::amount_or_rate(&around(tokens, words::TAX, words::FILLERS)?, currency)
}

fn discount(tokens: &[Token<'_>], currency: Currency) -> Option<AmountOrRate> {
    match tokens {
        [minus, rest @ ..] if minus.is_one_of(words::MINUS) => {
            let rest: Vec<&Token<'_>> = rest.iter().filter(|token| !token.is_one_of(words::DISCOUNT)).collect();
            amount::amount_or_rate(&rest, currency)
        }
        _ => amount::amount_or_rate(&around(tokens, words::DISCOUNT, words::FILLERS)?, currency),
    }
}

fn expires_in(tokens: &[Token<'_>]) -> Option<Span> {
    let rest = around(tokens, words::EXPIRES, words::EXPIRES_FILLERS)?;
    let (count, unit) = match rest.as_slice() {
        [glued] => {
            let digits = glued.key().bytes().take_while(u8::is_ascii_digit).count();
            let (count, unit) = glued.key().split_at(digits);
            (count.parse().ok()?, unit)
        }
        [count, unit] => (count.integer().or_else(|| words::number(count.key()))?, unit.key()),
        _ => return None,
    };
    // A span of zero is no span, and four digits of weeks are far beyond any policy.
    if !(1..=9_999).contains(&count) {
        return None;
    }
    words::span(i64::from(count), unit)
}

fn ready(tokens: &[Token<'_>]) -> Option<Ready> {
    match around(tokens, words::READY_BY, words::READY_FILLERS)?.as_slice() {
        [day] => words::day(day.key()),
        _ => None,
    }
}
