//! Amounts as PayPal writes them: a decimal text and a currency.

use serde_json::{Value, json};
use std::fmt;

/// The currencies that PayPal lists, with the decimals it allows in each: two, or none (payments file: `DECIMALS_NOT_SUPPORTED`).
const CURRENCIES: [(&str, u32); 24] = [
    ("AUD", 2),
    ("BRL", 2),
    ("CAD", 2),
    ("CHF", 2),
    ("CNY", 2),
    ("CZK", 2),
    ("DKK", 2),
    ("EUR", 2),
    ("GBP", 2),
    ("HKD", 2),
    ("HUF", 0),
    ("ILS", 2),
    ("JPY", 0),
    ("MXN", 2),
    ("MYR", 2),
    ("NOK", 2),
    ("NZD", 2),
    ("PHP", 2),
    ("PLN", 2),
    ("SEK", 2),
    ("SGD", 2),
    ("THB", 2),
    ("TWD", 0),
    ("USD", 2),
];

/// 999 999 999 999 999.99, the most that PayPal takes, in hundredths.
const MOST: i64 = 99_999_999_999_999_999;

/// One of the currencies that PayPal lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: &'static str,
    decimals: u32,
}

impl Currency {
    /// The currency of that code, if PayPal has it.
    pub fn parse(code: &str) -> Option<Self> {
        let &(code, decimals) = CURRENCIES.iter().find(|(known, _)| *known == code)?;
        Some(Self { code, decimals })
    }

    /// Whether it has anything smaller than its unit.
    pub fn has_decimals(self) -> bool {
        self.decimals > 0
    }

    /// Three letters, ISO 4217.
    pub fn code(self) -> &'static str {
        self.code
    }
}

/// What is wrong with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyFault {
    /// No such currency with PayPal.
    UnknownCurrency,
    /// More decimals than the currency has.
    TooPrecise,
    /// More than 999 999 999 999 999.99.
    TooMuch,
    /// Not a number.
    Malformed,
}

/// An amount in a currency's minor unit. May be below zero: a net amount is, when a fee was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// Minor units: cents, or whole yen.
    pub minor: i64,
    /// What they are of.
    pub currency: Currency,
}

impl Money {
    /// So many minor units.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads `{"currency_code": "USD", "value": "12.34"}`.
    pub fn parse(value: &Value) -> Result<Self, MoneyFault> {
        let code = value["currency_code"].as_str().ok_or(MoneyFault::Malformed)?;
        let currency = Currency::parse(code).ok_or(MoneyFault::UnknownCurrency)?;
        let text = value["value"].as_str().ok_or(MoneyFault::Malformed)?;
        Ok(Self { minor: minor_units(text, currency.decimals)?, currency })
    }

    /// As PayPal writes it.
    pub fn json(self) -> Value {
        json!({ "currency_code": self.currency.code, "value": self.value() })
    }

    /// The decimal text alone: `12.34`, `-0.05`, `1500`.
    pub fn value(self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        let size = self.minor.unsigned_abs();
        match self.currency.decimals {
            0 => format!("{sign}{size}"),
            decimals => {
                let scale = 10_u64.pow(decimals);
                format!("{sign}{}.{:0width$}", size / scale, size % scale, width = decimals as usize)
            }
        }
    }

    /// The same currency, another number.
    pub fn with(self, minor: i64) -> Self {
        Self { minor, ..self }
    }

    /// 3.49 % and 0.49 of the currency, rounded half up to the minor unit, and never more than the amount itself.
    pub fn fee(self) -> Self {
        // In ten-thousandths of a minor unit.
        let fixed = if self.currency.decimals == 0 { 4_900 } else { 490_000 };
        let fee = (i128::from(self.minor) * 349 + fixed + 5_000) / 10_000;
        self.with(i64::try_from(fee).unwrap_or(i64::MAX).min(self.minor))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.value(), self.currency.code)
    }
}

fn minor_units(text: &str, decimals: u32) -> Result<i64, MoneyFault> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if !whole.chars().chain(part.chars()).all(|digit| digit.is_ascii_digit()) || (whole.is_empty() && part.is_empty()) {
        return Err(MoneyFault::Malformed);
    }
    if part.len() > decimals as usize {
        return Err(MoneyFault::TooPrecise);
    }
    let padded = format!("{whole}{part:0<width$}", width = decimals as usize);
    let minor: i64 = padded.parse().map_err(|_| MoneyFault::TooMuch)?;
    if minor > MOST { Err(MoneyFault::TooMuch) } else { Ok(sign * minor) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(value: &str, code: &str) -> Result<Money, MoneyFault> {
        Money::parse(&json!({ "currency_code": code, "value": value }))
    }

    #[test]
    fn an_amount_is_read_to_the_minor_unit_and_written_back() {
        for (text, code, minor, back) in [
            ("12.34", "USD", 1234, "12.34"),
            (".5", "EUR", 50, "0.50"),
            ("7", "USD", 700, "7.00"),
            ("1500", "JPY", 1500, "1500"),
        ] {
            let read = money(text, code).unwrap();
            assert_eq!((read.minor, read.value().as_str()), (minor, back));
        }
    }

    #[test]
    fn what_paypal_does_not_take_is_told_apart() {
        assert_eq!(money("1.234", "USD"), Err(MoneyFault::TooPrecise));
        assert_eq!(money("1.5", "JPY"), Err(MoneyFault::TooPrecise));
        assert_eq!(money("1", "BHD"), Err(MoneyFault::UnknownCurrency));
        assert_eq!(money("1000000000000000.00", "USD"), Err(MoneyFault::TooMuch));
        assert_eq!(money("one", "USD"), Err(MoneyFault::Malformed));
    }

    #[test]
    fn a_fee_is_rounded_half_up_and_never_exceeds_the_amount() {
        let usd = Currency::parse("USD").unwrap();
        // 42.00: 1.4658 + 0.49 = 1.9558
        assert_eq!(Money::new(4200, usd).fee().minor, 196);
        // 50.00: 1.745 + 0.49 = 2.235
        assert_eq!(Money::new(5000, usd).fee().minor, 224);
        assert_eq!(Money::new(20, usd).fee().minor, 20);
        // 1500 yen: 52.35 + 0.49 = 52.84
        assert_eq!(Money::new(1500, Currency::parse("JPY").unwrap()).fee().minor, 53);
    }
}
