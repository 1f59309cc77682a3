//! Money at PayPal's door: a code and a decimal string there, whole minor units here. Never a float.

use domain::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount that PayPal takes: in one of its currencies, in whole coins of PayPal's, below its limit. May be negative,
/// as in reports; what is ordered, captured or refunded is checked where it is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Amount(Money);

/// As it travels: the schema `money` of PayPal's files.
#[derive(Serialize, Deserialize)]
struct Wire {
    currency_code: String,
    value: String,
}

/// 999999999999999.99, without its decimals.
const MOST_WHOLE: i64 = 999_999_999_999_999;

/// How many decimals PayPal writes in a currency; `None` for currencies that it does not take. ISO 4217 gives HUF and TWD two.
///
/// Source: developer.paypal.com/api/rest/reference/currency-codes.
fn decimals(code: &str) -> Option<u32> {
    match code {
        "AUD" | "BRL" | "CAD" | "CHF" | "CNY" | "CZK" | "DKK" | "EUR" | "GBP" | "HKD" | "ILS" | "MXN" | "MYR"
        | "NOK" | "NZD" | "PHP" | "PLN" | "SEK" | "SGD" | "THB" | "USD" => Some(2),
        "HUF" | "JPY" | "TWD" => Some(0),
        _ => None,
    }
}

/// PayPal's decimals, and how many of our minor units its smallest coin is.
fn coin(currency: Currency) -> Result<(u32, i64), AmountRefused> {
    let decimals = decimals(currency.code()).ok_or(AmountRefused::Currency)?;
    let finer = currency.exponent().checked_sub(decimals).ok_or(AmountRefused::Currency)?;
    Ok((decimals, 10_i64.pow(finer)))
}

impl Amount {
    /// The amount, if PayPal takes it.
    ///
    /// # Errors
    /// When PayPal does not take the currency, has no such small coin (HUF 0.50), or counts no further.
    pub fn of(money: Money) -> Result<Self, AmountRefused> {
        let (decimals, coin) = coin(money.currency)?;
        if money.minor % coin != 0 {
            return Err(AmountRefused::TooFine);
        }
        let most = (MOST_WHOLE + 1) * 10_i64.pow(decimals) - 1;
        let coins = money.minor / coin;
        if (-most..=most).contains(&coins) { Ok(Self(money)) } else { Err(AmountRefused::TooLarge) }
    }

    /// The amount in our minor units.
    pub const fn money(self) -> Money {
        self.0
    }

    /// Above nothing.
    pub const fn is_positive(self) -> bool {
        self.0.minor > 0
    }

    /// Reads PayPal's text, exactly. Zeros beyond the currency's decimals change nothing and are read.
    ///
    /// # Errors
    /// When it is not `-?digits(.digits)?`, is finer than the currency, or larger than PayPal counts.
    pub fn parse(currency_code: &str, value: &str) -> Result<Self, AmountRefused> {
        let currency: Currency = currency_code.parse().map_err(|_| AmountRefused::Currency)?;
        let (decimals, coin) = coin(currency)?;
        let (sign, digits) = value.strip_prefix('-').map_or((1, value), |digits| (-1, digits));
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return Err(AmountRefused::NotANumber),
            Some(parts) => parts,
            None if digits.is_empty() => return Err(AmountRefused::NotANumber),
            None => (digits, ""),
        };
        if value.len() > 32 || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return Err(AmountRefused::NotANumber);
        }
        let width = decimals as usize;
        let (kept, beyond) = fraction.split_at(fraction.len().min(width));
        if beyond.bytes().any(|byte| byte != b'0') {
            return Err(AmountRefused::TooFine);
        }
        let coins: i64 = format!("0{whole}{kept:0<width$}").parse().map_err(|_| AmountRefused::TooLarge)?;
        let minor = coins.checked_mul(coin).ok_or(AmountRefused::TooLarge)?;
        Self::of(Money::new(sign * minor, currency))
    }

    /// PayPal's text: `42.00`, `4200` in yen.
    pub fn value(self) -> String {
        let (decimals, coin) = coin(self.0.currency).expect("`of` has looked");
        domain::money::decimal(self.0.minor / coin, decimals)
    }
}

impl TryFrom<Money> for Amount {
    type Error = AmountRefused;
    fn try_from(money: Money) -> Result<Self, AmountRefused> {
        Self::of(money)
    }
}

impl From<Amount> for Money {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

impl TryFrom<Wire> for Amount {
    type Error = AmountRefused;
    fn try_from(wire: Wire) -> Result<Self, AmountRefused> {
        Self::parse(&wire.currency_code, &wire.value)
    }
}

impl From<Amount> for Wire {
    fn from(amount: Amount) -> Self {
        Self { currency_code: amount.0.currency.code().to_owned(), value: amount.value() }
    }
}

/// An amount in a list of everything on an account: one in a currency that we never ask for spoils no page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Quoted {
    /// One that we could have asked for.
    Known(Amount),
    /// Any other, as PayPal wrote it.
    Other {
        /// ISO 4217, or what PayPal calls it.
        currency_code: String,
        /// Unread.
        value: String,
    },
}

impl Quoted {
    /// As money, if it is in a currency that we know.
    pub fn money(&self) -> Option<Money> {
        match self {
            Self::Known(amount) => Some(amount.money()),
            Self::Other { .. } => None,
        }
    }
}

/// Why an amount is none of PayPal's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountRefused {
    /// PayPal does not take this currency.
    Currency,
    /// PayPal has no such small coin in this currency.
    TooFine,
    /// Beyond 999999999999999.99.
    TooLarge,
    /// Not a decimal number.
    NotANumber,
}

impl fmt::Display for AmountRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Currency => "PayPal does not take this currency",
            Self::TooFine => "PayPal has no such small coins in this currency",
            Self::TooLarge => "PayPal takes no amount that large",
            Self::NotANumber => "not a decimal number",
        })
    }
}

impl std::error::Error for AmountRefused {}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
