//! The sum rules of a purchase unit, and what else PayPal checks beyond the schema (orders file, 422 of `create`).

use crate::money::{Currency, Money, MoneyFault};
use crate::refusal::Refusal;
use serde_json::Value;

/// The parts of a breakdown that add to the amount, and those that are taken off.
const ADDED: [&str; 5] = ["item_total", "tax_total", "shipping", "handling", "insurance"];
const TAKEN_OFF: [&str; 2] = ["shipping_discount", "discount"];

/// Reads the amount of a unit (a body whose schema is valid), after every rule about it.
pub(super) fn amount(unit: &Value, at: &str) -> Result<Money, Refusal> {
    let amount = money(&unit["amount"], &format!("{at}/amount"))?;
    if amount.minor <= 0 {
        return Err(Refusal::about("CANNOT_BE_ZERO_OR_NEGATIVE", format!("{at}/amount/value")));
    }
    let currency = amount.currency;
    let items = Items::of(unit, at, currency)?;
    let breakdown = &unit["amount"]["breakdown"];
    let part = |name: &str| part(breakdown, name, at, currency);
    items.agree(part("item_total")?, part("tax_total")?, at)?;
    if breakdown.is_null() {
        return Ok(amount);
    }
    let mut sum = 0;
    for name in ADDED {
        sum += i128::from(part(name)?.unwrap_or_default());
    }
    for name in TAKEN_OFF {
        sum -= i128::from(part(name)?.unwrap_or_default());
    }
    if sum != i128::from(amount.minor) {
        return Err(Refusal::about("AMOUNT_MISMATCH", format!("{at}/amount/value")));
    }
    Ok(amount)
}

/// An amount of a request, in PayPal's words where it is none.
pub(crate) fn money(value: &Value, at: &str) -> Result<Money, Refusal> {
    Money::parse(value).map_err(|fault| match fault {
        MoneyFault::UnknownCurrency => Refusal::about("INVALID_CURRENCY_CODE", format!("{at}/currency_code")),
        MoneyFault::TooPrecise => Refusal::about("DECIMAL_PRECISION", format!("{at}/value")),
        MoneyFault::TooMuch => Refusal::about("MAX_VALUE_EXCEEDED", format!("{at}/value")),
        MoneyFault::Malformed => Refusal::invalid("INVALID_PARAMETER_SYNTAX", format!("{at}/value")),
    })
}

fn part(breakdown: &Value, name: &str, at: &str, currency: Currency) -> Result<Option<i64>, Refusal> {
    let value = &breakdown[name];
    if value.is_null() {
        return Ok(None);
    }
    not_negative(value, &format!("{at}/amount/breakdown/{name}"), currency).map(Some)
}

fn not_negative(value: &Value, at: &str, currency: Currency) -> Result<i64, Refusal> {
    let money = money(value, at)?;
    if money.currency != currency {
        return Err(Refusal::about("MULTI_CURRENCY_ORDER", format!("{at}/currency_code")));
    }
    if money.minor < 0 {
        return Err(Refusal::about("CANNOT_BE_NEGATIVE", format!("{at}/value")));
    }
    Ok(money.minor)
}

/// What the items come to.
struct Items {
    count: usize,
    total: i128,
    /// None where no item names a tax.
    tax: Option<i128>,
}

impl Items {
    fn of(unit: &Value, at: &str, currency: Currency) -> Result<Self, Refusal> {
        let mut sums = Self { count: 0, total: 0, tax: None };
        for (place, item) in unit["items"].as_array().into_iter().flatten().enumerate() {
            let at = format!("{at}/items/{place}");
            let quantity: i128 = item["quantity"].as_str().and_then(|text| text.parse().ok()).unwrap_or_default();
            let price = not_negative(&item["unit_amount"], &format!("{at}/unit_amount"), currency)?;
            sums.count += 1;
            sums.total += i128::from(price) * quantity;
            if !item["tax"].is_null() {
                let tax = not_negative(&item["tax"], &format!("{at}/tax"), currency)?;
                *sums.tax.get_or_insert(0) += i128::from(tax) * quantity;
            }
        }
        Ok(sums)
    }

    fn agree(&self, item_total: Option<i64>, tax_total: Option<i64>, at: &str) -> Result<(), Refusal> {
        let field = |name: &str| format!("{at}/amount/breakdown/{name}");
        if self.count == 0 {
            return Ok(());
        }
        match item_total {
            None => return Err(Refusal::about("ITEM_TOTAL_REQUIRED", field("item_total"))),
            Some(total) if i128::from(total) != self.total => {
                return Err(Refusal::about("ITEM_TOTAL_MISMATCH", field("item_total/value")));
            }
            Some(_) => {}
        }
        match (self.tax, tax_total) {
            (Some(_), None) => Err(Refusal::about("TAX_TOTAL_REQUIRED", field("tax_total"))),
            (Some(tax), Some(total)) if i128::from(total) != tax => {
                Err(Refusal::about("TAX_TOTAL_MISMATCH", field("tax_total/value")))
            }
            (Some(_), Some(_)) | (None, _) => Ok(()),
        }
    }
}
