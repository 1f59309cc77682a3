//! What an order costs, and of what it is made. The sums are PayPal's rules; here they hold before anything is sent.

use crate::amount::{Amount, AmountRefused};
use crate::text::Label;
use domain::money::{Money, MoneyError};
use serde::{Serialize, Serializer};
use std::fmt;
use std::num::NonZeroU32;

/// Why an order is none that PayPal would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderRefused {
    /// An amount is none of PayPal's.
    Amount(AmountRefused),
    /// Two currencies, or beyond what can be counted.
    Sum(MoneyError),
    /// The total is nothing or less.
    NotPositive,
    /// A part is less than nothing.
    NegativePart,
    /// The parts do not come to the total: PayPal's `AMOUNT_MISMATCH`.
    PartsDoNotAddUp,
    /// The items do not come to their total: PayPal's `ITEM_TOTAL_MISMATCH`.
    ItemsDoNotAddUp,
    /// Items without a breakdown: PayPal's `ITEM_TOTAL_REQUIRED`.
    ItemsWithoutTotal,
}

impl fmt::Display for OrderRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(why) => why.fmt(f),
            Self::Sum(why) => why.fmt(f),
            Self::NotPositive => f.write_str("an order is for more than nothing"),
            Self::NegativePart => f.write_str("no part of an order is below nothing"),
            Self::PartsDoNotAddUp => f.write_str("the parts do not come to the total"),
            Self::ItemsDoNotAddUp => f.write_str("the items do not come to their total"),
            Self::ItemsWithoutTotal => f.write_str("items need a breakdown with their total"),
        }
    }
}

impl std::error::Error for OrderRefused {}

impl From<AmountRefused> for OrderRefused {
    fn from(why: AmountRefused) -> Self {
        Self::Amount(why)
    }
}

impl From<MoneyError> for OrderRefused {
    fn from(why: MoneyError) -> Self {
        Self::Sum(why)
    }
}

/// The parts of a total. What is nothing is left out of what is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breakdown {
    /// All items, without tax.
    pub item_total: Money,
    /// All tax. Items carry none: tax per unit cannot express what was rounded on the line.
    pub tax_total: Money,
    /// Sending them.
    pub shipping: Money,
    /// Packing them.
    pub handling: Money,
    /// Insuring them.
    pub insurance: Money,
    /// Off the shipping; counted from above nothing.
    pub shipping_discount: Money,
    /// Off the rest; counted from above nothing.
    pub discount: Money,
}

impl Breakdown {
    /// Items alone.
    pub const fn items(item_total: Money) -> Self {
        let none = Money::zero(item_total.currency);
        Self {
            item_total,
            tax_total: none,
            shipping: none,
            handling: none,
            insurance: none,
            shipping_discount: none,
            discount: none,
        }
    }

    /// What the parts come to.
    ///
    /// # Errors
    /// When currencies differ or it cannot be counted.
    pub fn total(&self) -> Result<Money, MoneyError> {
        let added = [self.item_total, self.tax_total, self.shipping, self.handling, self.insurance];
        let taken = [self.shipping_discount, self.discount];
        let currency = self.item_total.currency;
        Money::sum(currency, added)?.minus(Money::sum(currency, taken)?)
    }

    fn parts(&self) -> [(&'static str, Money); 7] {
        [
            ("item_total", self.item_total),
            ("tax_total", self.tax_total),
            ("shipping", self.shipping),
            ("handling", self.handling),
            ("insurance", self.insurance),
            ("shipping_discount", self.shipping_discount),
            ("discount", self.discount),
        ]
    }
}

/// What an order costs: above nothing, and its parts come to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAmount {
    total: Amount,
    parts: Vec<(&'static str, Amount)>,
}

impl NewAmount {
    /// A total without its parts.
    ///
    /// # Errors
    /// When it is not above nothing or none of PayPal's amounts.
    pub fn plain(total: Money) -> Result<Self, OrderRefused> {
        let total = Amount::of(total)?;
        if total.is_positive() { Ok(Self { total, parts: Vec::new() }) } else { Err(OrderRefused::NotPositive) }
    }

    /// A total with its parts.
    ///
    /// # Errors
    /// When the parts do not come to it, one is below nothing, or PayPal takes no such amount.
    pub fn new(total: Money, breakdown: Breakdown) -> Result<Self, OrderRefused> {
        let plain = Self::plain(total)?;
        if breakdown.parts().iter().any(|(_, part)| part.minor < 0) {
            return Err(OrderRefused::NegativePart);
        }
        if breakdown.total()? != total {
            return Err(OrderRefused::PartsDoNotAddUp);
        }
        let sent = breakdown.parts().into_iter().filter(|(name, part)| *name == "item_total" || !part.is_zero());
        let parts = sent.map(|(name, part)| Ok((name, Amount::of(part)?))).collect::<Result<_, AmountRefused>>()?;
        Ok(Self { parts, ..plain })
    }

    /// The total.
    pub const fn total(&self) -> Amount {
        self.total
    }

    fn item_total(&self) -> Option<Money> {
        self.parts.iter().find(|(name, _)| *name == "item_total").map(|(_, part)| part.money())
    }
}

impl Serialize for NewAmount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'a> {
            #[serde(flatten)]
            total: Amount,
            #[serde(skip_serializing_if = "Option::is_none")]
            breakdown: Option<Parts<'a>>,
        }
        struct Parts<'a>(&'a [(&'static str, Amount)]);
        impl Serialize for Parts<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().copied())
            }
        }
        let breakdown = (!self.parts.is_empty()).then_some(Parts(&self.parts));
        Wire { total: self.total, breakdown }.serialize(serializer)
    }
}

/// What kind of thing is sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Category {
    /// Nothing is shipped.
    DigitalGoods,
    /// Something is.
    PhysicalGoods,
    /// A gift.
    Donation,
}

/// One line of an order. Its price is without tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    /// What it is, at most 127 characters.
    pub name: Label<127>,
    /// How many.
    pub quantity: NonZeroU32,
    /// What one costs, without tax; not below nothing.
    pub unit_amount: Money,
    /// Our number of it.
    pub sku: Option<Label<127>>,
    /// More about it.
    pub description: Option<Label<127>>,
    /// What kind of thing.
    pub category: Category,
}

/// An amount with the lines that make it: their sum is the amount's `item_total`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    amount: NewAmount,
    items: Vec<(NewItem, Amount)>,
}

impl Priced {
    /// An amount with its lines; without lines, the amount alone.
    ///
    /// # Errors
    /// When lines do not come to `item_total`, or a price is below nothing or none of PayPal's amounts.
    pub fn new(amount: NewAmount, items: Vec<NewItem>) -> Result<Self, OrderRefused> {
        if items.iter().any(|item| item.unit_amount.minor < 0) {
            return Err(OrderRefused::NegativePart);
        }
        if !items.is_empty() {
            let expected = amount.item_total().ok_or(OrderRefused::ItemsWithoutTotal)?;
            let lines = items.iter().map(|item| item.unit_amount.times(item.quantity.get()));
            let sum = Money::sum(expected.currency, lines.collect::<Result<Vec<_>, _>>()?)?;
            if sum != expected {
                return Err(OrderRefused::ItemsDoNotAddUp);
            }
        }
        let priced = items.into_iter().map(|item| Amount::of(item.unit_amount).map(|unit| (item, unit)));
        Ok(Self { amount, items: priced.collect::<Result<_, _>>()? })
    }

    /// The amount.
    pub const fn amount(&self) -> &NewAmount {
        &self.amount
    }

    pub(super) fn lines(&self) -> Vec<Line<'_>> {
        self.items.iter().map(|(item, unit_amount)| Line::of(item, *unit_amount)).collect()
    }
}

/// A line as it travels: the schema `item`.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    name: &'a Label<127>,
    quantity: String,
    unit_amount: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<&'a Label<127>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a Label<127>>,
    category: Category,
}

impl<'a> Line<'a> {
    fn of(item: &'a NewItem, unit_amount: Amount) -> Self {
        Self {
            name: &item.name,
            quantity: item.quantity.to_string(),
            unit_amount,
            sku: item.sku.as_ref(),
            description: item.description.as_ref(),
            category: item.category,
        }
    }
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
