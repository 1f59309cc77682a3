//! Money: whole minor units of an ISO 4217 currency, checked arithmetic, fair division. Never a float.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 4217 currency that has a minor unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("pattern" = "^[A-Z]{3}$")))]
#[serde(try_from = "String", into = "String")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// United States dollar: the currency of the launch market.
    pub const USD: Self = Self(iso_currency::Currency::USD);

    /// The three capital letters of ISO 4217.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals the minor unit stands for: JPY 0, USD 2, BHD 3.
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Not a code of ISO 4217, or one without a minor unit (gold, test codes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyError;

impl fmt::Display for CurrencyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("This is not a currency we know.")
    }
}

impl TryFrom<String> for Currency {
    type Error = CurrencyError;
    fn try_from(code: String) -> Result<Self, CurrencyError> {
        iso_currency::Currency::from_code(&code)
            .filter(|currency| currency.exponent().is_some())
            .map(Self)
            .ok_or(CurrencyError)
    }
}

impl std::str::FromStr for Currency {
    type Err = CurrencyError;
    fn from_str(code: &str) -> Result<Self, CurrencyError> {
        Self::try_from(code.to_owned())
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

/// The sum is not one: currencies differ, or it leaves the range of a 64-bit integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Two currencies in one sum.
    CurrencyMismatch,
    /// Beyond what can be counted.
    Overflow,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CurrencyMismatch => "These amounts are in different currencies.",
            Self::Overflow => "This amount is too large.",
        })
    }
}

/// An amount in the currency's minor unit; may be negative inside a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Whole minor units: 4200 is $42.00, ¥4,200 and 4.200 BHD.
    pub minor: i64,
    /// What it is counted in.
    pub currency: Currency,
}

/// Whole coins as a decimal text in units of `10^decimals` of them: 4200 with two is `42.00`, with none `4200`.
pub fn decimal(coins: i64, decimals: u32) -> String {
    let width = decimals as usize;
    let sign = if coins < 0 { "-" } else { "" };
    let digits = format!("{:0least$}", coins.unsigned_abs(), least = width + 1);
    let (whole, fraction) = digits.split_at(digits.len() - width);
    if width == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

impl Money {
    /// `minor` units of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Whether it is exactly nothing.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The sum.
    ///
    /// # Errors
    /// When the currencies differ or the sum overflows.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.with(other, i64::checked_add)
    }

    /// The difference; may be negative.
    ///
    /// # Errors
    /// When the currencies differ or the difference overflows.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.with(other, i64::checked_sub)
    }

    /// `quantity` times the amount.
    ///
    /// # Errors
    /// When the product overflows.
    pub fn times(self, quantity: u32) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(i64::from(quantity)).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The sum of all, in `currency`.
    ///
    /// # Errors
    /// When one has another currency or the sum overflows.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// The decimal text of the amount without a currency sign, `42.00`: what formatters and processors want.
    pub fn decimal(self) -> String {
        decimal(self.minor, self.currency.exponent())
    }

    /// Reads `42`, `42.5` or `42,50` as a person types it, exactly; a sign is not read.
    ///
    /// # Errors
    /// When it is not a number, has more decimals than the currency, or overflows.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, AmountError> {
        let text = text.trim();
        let marks = |of: &str| of.chars().filter(|c| matches!(c, '.' | ',')).collect::<Vec<_>>();
        let (whole, fraction) = match text.rfind(['.', ',']) {
            // A separator before exactly three digits groups thousands, unless the currency has three decimals, another
            // one stands before it, or nothing does that could be a number of thousands.
            Some(at)
                if text.len() - at - 1 == 3
                    && currency.exponent() != 3
                    && !text.starts_with(['0', '.', ','])
                    && marks(text).windows(2).all(|pair| pair[0] == pair[1]) =>
            {
                (text, "")
            }
            // What parts the decimals groups nothing.
            Some(at) if text[..at].contains(&text[at..=at]) => return Err(AmountError::NotANumber),
            Some(at) => (&text[..at], &text[at + 1..]),
            None => (text, ""),
        };
        let whole = ungrouped(whole).ok_or(AmountError::NotANumber)?;
        let exponent = currency.exponent() as usize;
        if whole.is_empty() && fraction.is_empty() {
            return Err(AmountError::Empty);
        }
        if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return Err(AmountError::NotANumber);
        }
        if fraction.len() > exponent {
            return Err(AmountError::TooManyDecimals);
        }
        let digits = format!("{whole}{fraction:0<exponent$}");
        let minor = digits.parse().map_err(|_| AmountError::TooLarge)?;
        Ok(Self { minor, currency })
    }

    /// Splits the amount by `weights` with the largest-remainder method: the parts sum to the whole, to the minor
    /// unit, and no part is off its exact share by a whole unit. Ties go to the earlier part. With no weight at all
    /// the first part takes everything.
    pub fn allocate(self, weights: &[u64]) -> Vec<Self> {
        let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
        if weights.is_empty() {
            return Vec::new();
        }
        if total == 0 {
            let mut parts = vec![Self::zero(self.currency); weights.len()];
            parts[0] = self;
            return parts;
        }
        let whole = u128::from(self.minor.unsigned_abs());
        let mut shares: Vec<(u128, u128)> = weights
            .iter()
            .map(|weight| {
                let product = whole * u128::from(*weight);
                (product / total, product % total)
            })
            .collect();
        let given: u128 = shares.iter().map(|(share, _)| share).sum();
        let mut order: Vec<usize> = (0..shares.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(shares[index].1));
        let left = usize::try_from(whole - given).unwrap_or(usize::MAX);
        for &index in order.iter().take(left) {
            shares[index].0 += 1;
        }
        shares
            .into_iter()
            .map(|(share, _)| {
                let share = i64::try_from(share).unwrap_or(i64::MAX);
                Self { minor: if self.minor < 0 { -share } else { share }, currency: self.currency }
            })
            .collect()
    }

    fn with(self, other: Self, operation: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        operation(self.minor, other.minor).map(|minor| Self { minor, ..self }).ok_or(MoneyError::Overflow)
    }
}

/// Why typed text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing was typed.
    Empty,
    /// Something else than digits and one separator.
    NotANumber,
    /// More decimals than the currency has.
    TooManyDecimals,
    /// Beyond what can be counted.
    TooLarge,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Enter an amount.",
            Self::NotANumber => "Enter an amount in digits, like 18 or 18.50.",
            Self::TooManyDecimals => "This currency has no such small coins: use fewer decimals.",
            Self::TooLarge => "This amount is too large.",
        })
    }
}

/// A rate in millionths: 8.75 % is 87 500. Up to 100 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "u32", into = "u32")]
pub struct Rate(u32);

/// The rate is above 100 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateError;

impl fmt::Display for RateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A rate is between 0 % and 100 %, with at most four decimals.")
    }
}

impl Rate {
    /// No tax.
    pub const ZERO: Self = Self(0);

    /// The rate's share of `amount`, half a minor unit rounded up.
    pub fn of(self, amount: Money) -> Money {
        let exact = i128::from(amount.minor) * i128::from(self.0);
        let rounded = (exact + 500_000).div_euclid(1_000_000);
        Money { minor: i64::try_from(rounded).unwrap_or(i64::MAX), ..amount }
    }

    /// As a percentage without the sign: `8.75`.
    pub fn percent(self) -> String {
        let text = format!("{}.{:04}", self.0 / 10_000, self.0 % 10_000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// Reads a percentage: `8.75`, `8,75 %`.
    ///
    /// # Errors
    /// When it is not a number between 0 and 100 with at most four decimals.
    pub fn parse_percent(text: &str) -> Result<Self, RateError> {
        let text = text.trim().trim_end_matches('%').trim().replace(',', ".");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        if fraction.len() > 4 || whole.is_empty() {
            return Err(RateError);
        }
        format!("{whole}{fraction:0<4}").parse::<u32>().map_err(|_| RateError)?.try_into()
    }
}

impl TryFrom<u32> for Rate {
    type Error = RateError;
    fn try_from(millionths: u32) -> Result<Self, RateError> {
        if millionths <= 1_000_000 { Ok(Self(millionths)) } else { Err(RateError) }
    }
}

impl From<Rate> for u32 {
    fn from(rate: Rate) -> u32 {
        rate.0
    }
}

/// A whole number without the separators of its thousands: groups of three, all parted by the same.
fn ungrouped(text: &str) -> Option<String> {
    let is_separator = |c: char| matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\'');
    let Some(separator) = text.chars().find(|c| is_separator(*c)) else { return Some(text.to_owned()) };
    let groups: Vec<&str> = text.split(separator).collect();
    let first = (1..=3).contains(&groups[0].len());
    let rest = groups[1..].iter().all(|group| group.len() == 3);
    (first && rest && !groups.iter().any(|group| group.contains(is_separator))).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    #[test]
    fn decimals_follow_the_exponent_of_the_currency() {
        let of = |code: &str| Money::new(4200, code.parse().unwrap()).decimal();
        assert_eq!((of("JPY"), of("USD"), of("BHD")), ("4200".into(), "42.00".into(), "4.200".into()));
        assert_eq!(usd(-5).decimal(), "-0.05");
    }

    #[test]
    fn a_currency_without_a_minor_unit_or_that_does_not_exist_is_refused() {
        assert!("XXX".parse::<Currency>().is_err());
        assert!("usd".parse::<Currency>().is_err());
        assert!("ABC".parse::<Currency>().is_err());
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let read = |text: &str| Money::parse_decimal(text, Currency::USD).map(|money| money.minor);
        assert_eq!(read("42"), Ok(4200));
        assert_eq!(read("42.5"), Ok(4250));
        assert_eq!(read("1,250.00"), Ok(125_000));
        assert_eq!(read("1.250"), Ok(125_000));
        assert_eq!(read("42,50"), Ok(4250));
        assert_eq!(read("1.234.567"), Ok(123_456_700));
        assert_eq!(read("1 250,00"), Ok(125_000));
        assert_eq!(read(".50"), Ok(50));
        for torn in ["12.34.56", "1,50.00", "1,2345", "12,34,567", "1,234,56.00", "1..5", "1.,5", "42 00"] {
            assert!(read(torn).is_err(), "{torn}: {:?}", read(torn));
        }
        assert_eq!(read("1,234.567"), Err(AmountError::TooManyDecimals));
        assert_eq!(read("0.001"), Err(AmountError::TooManyDecimals));
        assert_eq!(read("4.2001"), Err(AmountError::TooManyDecimals));
        assert_eq!(read("-4"), Err(AmountError::NotANumber));
        assert_eq!(read(" "), Err(AmountError::Empty));
        assert_eq!(read("99999999999999999999"), Err(AmountError::TooLarge));
    }

    #[test]
    fn different_currencies_do_not_add_up() {
        let yen = Money::new(1, "JPY".parse().unwrap());
        assert_eq!(usd(1).plus(yen), Err(MoneyError::CurrencyMismatch));
        assert_eq!(usd(i64::MAX).plus(usd(1)), Err(MoneyError::Overflow));
        assert_eq!(usd(i64::MAX).times(2), Err(MoneyError::Overflow));
    }

    #[test]
    fn tax_of_the_example_in_the_design_is_exact() {
        let rate = Rate::parse_percent("8.75 %").unwrap();
        assert_eq!(rate.of(usd(36_000)), usd(3_150));
        assert_eq!(rate.percent(), "8.75");
    }

    proptest! {
        #[test]
        fn parts_of_an_allocation_sum_to_the_whole_and_are_fair(
            minor in -1_000_000_000i64..1_000_000_000,
            weights in proptest::collection::vec(0u64..1_000_000, 1..20),
        ) {
            let parts = usd(minor).allocate(&weights);
            prop_assert_eq!(parts.iter().map(|part| part.minor).sum::<i64>(), minor);
            let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            if total > 0 {
                for (part, weight) in parts.iter().zip(&weights) {
                    let off = i128::from(part.minor) * total - i128::from(minor) * i128::from(*weight);
                    prop_assert!(off.abs() < total);
                }
            }
        }

        #[test]
        fn an_amount_survives_its_own_text(minor in 0i64..10_000_000_000, code in "USD|JPY|BHD|EUR") {
            let money = Money::new(minor, code.parse().unwrap());
            prop_assert_eq!(Money::parse_decimal(&money.decimal(), money.currency), Ok(money));
        }
    }
}
