//! What was typed, read: or what is wrong with it, and where.

use domain::money::{AmountError, Currency, Money};
use domain::terms::TermsError;
use domain::text::TextError;

/// A field that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Items,
    Name(u32),
    Quantity(u32),
    Price(u32),
    Weight(u32),
    Ways,
    WayName(u32),
    WayPrice(u32),
    WayDays(u32),
    Discount,
    Tax,
    Note,
    Total,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Amount(AmountError),
    Weight,
    Rate,
    Days,
    Text(TextError),
    Terms(TermsError),
}

pub(super) type Troubles = Vec<(Field, Trouble)>;

pub(super) fn keep<T>(troubles: &mut Troubles, field: Field, result: Result<T, Trouble>) -> Option<T> {
    result.map_err(|trouble| troubles.push((field, trouble))).ok()
}

/// Hyphen and minus.
pub(super) const MINUS: [char; 2] = ['-', '−'];

pub(super) fn amount(text: &str, currency: Currency) -> Result<Money, Trouble> {
    let text = text.trim();
    if text.starts_with(MINUS) {
        return Err(Trouble::Terms(TermsError::NegativeAmount));
    }
    let text = text.trim_start_matches('$').trim();
    Money::parse_decimal(text, currency).map_err(Trouble::Amount)
}

/// The same, where nothing typed is nothing.
pub(super) fn amount_or_none(text: &str, currency: Currency) -> Result<Money, Trouble> {
    if text.trim().is_empty() { Ok(Money::zero(currency)) } else { amount(text, currency) }
}

pub(super) fn days(text: &str) -> Result<(u32, u32), Trouble> {
    let mut parts = text.split(['-', '–', '—']).map(|part| part.trim().parse::<u32>());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(Ok(days)), None, None) => Ok((days, days)),
        (Some(Ok(fewest)), Some(Ok(most)), None) if fewest <= most => Ok((fewest, most)),
        (_, _, _) => Err(Trouble::Days),
    }
}

/// Text that the domain takes, or what is wrong with it.
pub(super) fn text<const MAX: usize>(text: &str) -> Result<domain::text::Text<MAX>, Trouble> {
    text.parse().map_err(Trouble::Text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn a_negative_amount_is_refused_and_not_made_positive() {
        let refused = Err(Trouble::Terms(TermsError::NegativeAmount));
        for typed in ["-18", "− 18.00", " -$18"] {
            assert_eq!(amount(typed, Currency::USD), refused, "{typed}");
        }
        assert_eq!(amount("$18", Currency::USD).map(|amount| amount.minor), Ok(1800));
    }
}
