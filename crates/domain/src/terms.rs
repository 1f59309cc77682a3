//! What a payment request asks for: items, delivery, discount and tax; and what that adds up to.

mod delivery;
mod difference;
mod tax;
#[cfg(test)]
mod tests;

pub use delivery::{Delivery, PickupPoint};
pub use difference::{Change, difference};
pub use tax::{StateRates, Tax};

use crate::address::UsState;
use crate::ids::{PhotoId, ProductId};
use crate::market::Market;
use crate::money::{Currency, Money, MoneyError};
use crate::picture::{Picture, SitePath};
use crate::text::{ItemName, Label, Note};
use crate::thing::{MAX_PIECES, ThingKind};
use crate::weight::Grams;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Most lines of one request.
pub const MAX_ITEMS: usize = 100;
/// Most delivery options of one request.
pub const MAX_DELIVERY_OPTIONS: usize = 6;
/// Most working days that a parcel may take.
pub const MAX_DAYS: u32 = 120;
/// Most pieces of one line.
pub const MAX_QUANTITY: u32 = 9_999;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What it is.
    pub name: ItemName,
    /// Size, colour, what is special.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Label>,
    /// How many, 1 to 9,999.
    pub quantity: u32,
    /// What one costs, before tax; not negative.
    pub unit_price: Money,
    /// Where it stands in the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductId>,
    /// What it looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<SitePath>,
    /// What one weighs, when that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Grams>,
    /// What the buyer owns of it, one for each piece, once it is paid. Only what is handed over digitally is owned so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thing: Option<ThingKind>,
}

impl Item {
    /// Unit price times quantity; checked when the terms were made.
    pub fn line_total(&self) -> Money {
        self.unit_price.times(self.quantity).unwrap_or(Money::zero(self.unit_price.currency))
    }
}

/// Terms as they came in: nothing is checked yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TermsDraft {
    /// What is sold.
    pub items: Vec<Item>,
    /// Taken off the items.
    pub discount: Money,
    /// What the buyer can choose from; the first is proposed.
    pub delivery: Vec<Delivery>,
    /// How tax is charged.
    pub tax: Tax,
    /// Words to the buyer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The picture of the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
}

/// Terms that hold together: one currency, totals that can be counted, discount within the items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "TermsDraft", into = "TermsDraft")]
pub struct Terms(TermsDraft);

/// Why terms do not hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermsError {
    /// No item at all.
    NoItems,
    /// More than [`MAX_ITEMS`].
    TooManyItems,
    /// A quantity of 0 or more than [`MAX_QUANTITY`].
    Quantity {
        /// Which line.
        line: usize,
    },
    /// A price below nothing.
    NegativePrice {
        /// Which line.
        line: usize,
    },
    /// Shipping, tax or discount below nothing.
    NegativeAmount,
    /// The discount is more than the items cost.
    DiscountTooLarge,
    /// No delivery option, too many, or one whose days run backwards.
    Delivery,
    /// Digital goods and parcels in one request.
    MixedDelivery,
    /// The total is nothing.
    NothingToPay,
    /// The sum cannot be made.
    Money(MoneyError),
}

impl fmt::Display for TermsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoItems => f.write_str("Add at least one item."),
            Self::TooManyItems => write!(f, "A request has at most {MAX_ITEMS} items."),
            Self::Quantity { line } => write!(f, "The quantity of item {} is between 1 and {MAX_QUANTITY}.", line + 1),
            Self::NegativePrice { line } => write!(f, "The price of item {} cannot be negative.", line + 1),
            Self::NegativeAmount => f.write_str("Shipping, tax and discount cannot be negative."),
            Self::DiscountTooLarge => f.write_str("The discount is more than the items cost."),
            Self::Delivery => write!(f, "Offer one to {MAX_DELIVERY_OPTIONS} ways of delivery."),
            Self::MixedDelivery => f.write_str("Digital goods and parcels need two requests."),
            Self::NothingToPay => f.write_str("There is nothing to pay."),
            Self::Money(error) => error.fmt(f),
        }
    }
}

impl From<MoneyError> for TermsError {
    fn from(error: MoneyError) -> Self {
        Self::Money(error)
    }
}

/// The five figures of a request, for one way of delivery to one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Totals {
    /// Σ(unit price × quantity).
    pub items: Money,
    /// Taken off the items.
    pub discount: Money,
    /// What delivery costs.
    pub shipping: Money,
    /// What tax costs.
    pub tax: Money,
    /// items − discount + shipping + tax.
    pub total: Money,
}

impl TryFrom<TermsDraft> for Terms {
    type Error = TermsError;
    fn try_from(draft: TermsDraft) -> Result<Self, TermsError> {
        if draft.items.is_empty() {
            return Err(TermsError::NoItems);
        }
        if draft.items.len() > MAX_ITEMS {
            return Err(TermsError::TooManyItems);
        }
        let mut owned: u32 = 0;
        for (line, item) in draft.items.iter().enumerate() {
            if item.quantity == 0 || item.quantity > MAX_QUANTITY {
                return Err(TermsError::Quantity { line });
            }
            owned += if item.thing.is_some() { item.quantity } else { 0 };
            if owned > MAX_PIECES {
                return Err(TermsError::Quantity { line });
            }
            if item.unit_price.minor < 0 {
                return Err(TermsError::NegativePrice { line });
            }
        }
        if draft.delivery.is_empty() || draft.delivery.len() > MAX_DELIVERY_OPTIONS {
            return Err(TermsError::Delivery);
        }
        let digital = draft.delivery.iter().filter(|delivery| matches!(delivery, Delivery::Digital)).count();
        let needs_digital = digital > 0 || owned > 0;
        if needs_digital && digital != draft.delivery.len() {
            return Err(TermsError::MixedDelivery);
        }
        for delivery in &draft.delivery {
            match delivery {
                Delivery::Parcel { price, .. } if price.minor < 0 => return Err(TermsError::NegativeAmount),
                Delivery::Parcel { days: (fewest, most), .. } if fewest > most || *most > MAX_DAYS => {
                    return Err(TermsError::Delivery);
                }
                Delivery::Parcel { .. } | Delivery::Digital | Delivery::Pickup { .. } => {}
            }
        }
        let tax_negative = matches!(draft.tax, Tax::Amount { amount } if amount.minor < 0);
        if draft.discount.minor < 0 || tax_negative {
            return Err(TermsError::NegativeAmount);
        }
        let terms = Self(draft);
        for delivery in &terms.0.delivery {
            // With the highest tax the sum has to exist, with none of it there has to be something to pay.
            terms.compute(delivery, |goods| terms.0.tax.highest_on(goods, delivery))?;
            let totals = terms.compute(delivery, |goods| terms.0.tax.on(goods, delivery.taxed_in(None)))?;
            if totals.discount.minor > totals.items.minor {
                return Err(TermsError::DiscountTooLarge);
            }
            if totals.total.minor <= 0 {
                return Err(TermsError::NothingToPay);
            }
        }
        Ok(terms)
    }
}

impl From<Terms> for TermsDraft {
    fn from(terms: Terms) -> Self {
        terms.0
    }
}

impl Terms {
    /// The draft behind it, to read or to change and check again.
    pub fn draft(&self) -> &TermsDraft {
        &self.0
    }

    /// The same terms, with every card number in their words masked.
    #[must_use]
    pub fn without_cards(mut self) -> Self {
        let clean = |item: Item| Item {
            name: item.name.without_cards(),
            detail: item.detail.map(Label::without_cards),
            ..item
        };
        self.0.items = self.0.items.into_iter().map(clean).collect();
        self.0.note = self.0.note.map(Note::without_cards);
        self
    }

    /// The lines.
    pub fn items(&self) -> &[Item] {
        &self.0.items
    }

    /// The ways of delivery.
    pub fn delivery(&self) -> &[Delivery] {
        &self.0.delivery
    }

    /// The picture of the card: the chosen one, else the first item's.
    pub fn cover(&self) -> Option<Picture> {
        self.0.picture.clone().or_else(|| self.item_pictures().next())
    }

    /// A small picture of what is sold: the first item's, else the card's.
    pub fn thumb(&self) -> Option<Picture> {
        self.item_pictures().next().or_else(|| self.0.picture.clone())
    }

    /// What a line looks like: its own picture; of a single line without one, the card's.
    pub fn picture_of(&self, line: usize) -> Option<Picture> {
        let own = self.0.items.get(line)?.picture.clone().map(Picture::Site);
        own.or_else(|| self.0.picture.clone().filter(|_| self.0.items.len() == 1))
    }

    /// The pictures of the items, those that have one.
    pub fn item_pictures(&self) -> impl Iterator<Item = Picture> {
        self.0.items.iter().filter_map(|item| item.picture.clone().map(Picture::Site))
    }

    /// The photo that the seller took for it.
    pub fn photo(&self) -> Option<&PhotoId> {
        match self.0.picture.as_ref()? {
            Picture::Photo(photo) => Some(photo),
            Picture::Site(_) => None,
        }
    }

    /// What everything is in.
    pub fn currency(&self) -> Currency {
        self.0.discount.currency
    }

    /// Whether nothing has to be shipped.
    pub fn is_digital(&self) -> bool {
        self.0.delivery.iter().all(|delivery| matches!(delivery, Delivery::Digital))
    }

    /// The figures for a way of delivery to a state, or before it is known where to: then no tax that depends on it is
    /// counted. `None` when there is no such option.
    pub fn totals(&self, option: usize, to: Option<UsState>) -> Option<Totals> {
        let delivery = self.0.delivery.get(option)?;
        self.compute(delivery, |goods| self.0.tax.on(goods, delivery.taxed_in(to))).ok()
    }

    /// Whether tax comes on top that only the address tells.
    pub fn tax_is_open(&self, option: usize, to: Option<UsState>) -> bool {
        let delivery = self.0.delivery.get(option);
        delivery.is_some_and(|delivery| delivery.taxed_in(to).is_none() && self.0.tax.depends_on_address(delivery))
    }

    /// The most that can be asked for with any option, wherever it goes.
    pub fn highest_total(&self) -> Money {
        let highest = |delivery| self.compute(delivery, |goods| self.0.tax.highest_on(goods, delivery)).ok();
        (self.0.delivery.iter().filter_map(highest))
            .map(|totals| totals.total)
            .max_by_key(|total| total.minor)
            .unwrap_or(Money::zero(self.currency()))
    }

    /// Whether the market allows the terms: its currency and its cap for one request.
    pub fn within(&self, market: &Market) -> bool {
        self.currency() == market.currency && self.highest_total().minor <= market.request_cap.minor
    }

    /// What each line cost in the end, discount and tax shared out by largest remainder; the parts and shipping sum
    /// to the total. The base of a refund by item.
    pub fn line_shares(&self, option: usize, to: Option<UsState>) -> Vec<Money> {
        let Some(totals) = self.totals(option, to) else { return Vec::new() };
        let weights: Vec<u64> =
            self.0.items.iter().map(|item| u64::try_from(item.line_total().minor).unwrap_or(0)).collect();
        let goods = Money::new(totals.items.minor - totals.discount.minor + totals.tax.minor, self.currency());
        goods.allocate(&weights)
    }

    fn compute(&self, delivery: &Delivery, tax_on: impl Fn(Money) -> Money) -> Result<Totals, MoneyError> {
        let TermsDraft { items, discount, .. } = &self.0;
        let currency = discount.currency;
        let goods = items
            .iter()
            .map(|item| item.unit_price.times(item.quantity))
            .try_fold(Money::zero(currency), |sum, line| sum.plus(line?))?;
        let shipping = delivery.price(currency);
        let reduced = goods.minus(*discount)?;
        let tax = tax_on(reduced);
        let total = reduced.plus(shipping)?.plus(tax)?;
        Ok(Totals { items: goods, discount: *discount, shipping, tax, total })
    }
}
