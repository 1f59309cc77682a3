//! What a seller says in one breath, as parts of a draft.

use super::draft::{Line, TaxKind};
use crate::i18n::t;
use api::wire::Product;
use domain::money::{Currency, Money};
use domain::say::{AmountOrRate, Ready, Said, SaidItem, understand};
use time_words::day;

/// What was heard, ready to be filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    pub lines: Vec<Line>,
    pub discount: Option<String>,
    pub shipping: Option<String>,
    pub tax: Option<(String, TaxKind)>,
    pub expiry: Option<u32>,
    pub note: Option<String>,
    /// Word for word.
    pub not_understood: Vec<String>,
}

/// Keys of lines that were said: apart from all others.
const SAID_KEYS: u32 = 100_000;

impl Heard {
    /// Reads a line with the seller's catalogue.
    pub fn of(text: &str, currency: Currency, products: &[Product]) -> Self {
        let names: Vec<(&str, Money)> = products.iter().map(|product| (product.name.as_str(), product.price)).collect();
        let Said { items, discount, shipping, tax, expires_in, ready, note, not_understood } =
            understand(text, currency, &names);
        let lines: Vec<Line> = (SAID_KEYS..).zip(&items).map(|(key, item)| line(key, item, products)).collect();
        let goods = Money::sum(currency, lines.iter().filter_map(|line| line.total(currency))).ok();
        let discount = discount.and_then(|discount| match discount {
            AmountOrRate::Amount(amount) => Some(amount),
            // A share of what was said; it is an amount from then on.
            AmountOrRate::Rate(rate) => goods.map(|goods| rate.of(goods)),
        });
        let words = [note.map(|note| note.to_string()), ready.map(|ready| t().editor_ready(&ready_day(ready)))];
        let words: Vec<String> = words.into_iter().flatten().collect();
        Self {
            lines,
            discount: discount.map(Money::decimal),
            shipping: shipping.map(Money::decimal),
            tax: tax.map(|tax| match tax {
                AmountOrRate::Amount(amount) => (amount.decimal(), TaxKind::Amount),
                AmountOrRate::Rate(rate) => (rate.percent(), TaxKind::Percent),
            }),
            expiry: expires_in.and_then(|span| u32::try_from(span.as_millis() / 1000).ok()),
            note: (!words.is_empty()).then(|| words.join("\n")),
            not_understood,
        }
    }

    /// What was filled in, in words: `2 items, discount and shipping`.
    pub fn filled(&self) -> Option<String> {
        let items = match self.lines.len() {
            0 => None,
            1 => Some(t().editor_one_item().to_owned()),
            n => Some(t().editor_items_n(&n.to_string())),
        };
        let parts = [
            items,
            self.discount.as_ref().map(|_| t().editor_heard_discount().to_owned()),
            self.shipping.as_ref().map(|_| t().editor_heard_shipping().to_owned()),
            self.tax.as_ref().map(|_| t().editor_heard_tax().to_owned()),
            self.expiry.as_ref().map(|_| t().editor_heard_expiry().to_owned()),
            self.note.as_ref().map(|_| t().editor_heard_note().to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let listed = match parts.as_slice() {
            [] => return None,
            [only] => only.clone(),
            [most @ .., last] => t().editor_and(&most.join(", "), last),
        };
        Some(t().editor_filled_in(&listed))
    }
}

fn line(key: u32, item: &SaidItem, products: &[Product]) -> Line {
    let known = item.product.and_then(|index| products.get(index));
    let base = known.map_or_else(|| Line::free(key), |product| Line::of(product, key));
    let price = item.unit_price.map(Money::decimal).unwrap_or_default();
    Line { name: item.name.to_string(), quantity: item.quantity, price, said: true, ..base }
}

fn ready_day(ready: Ready) -> String {
    match ready {
        Ready::Today => t().editor_today().to_owned(),
        Ready::Tomorrow => t().editor_tomorrow().to_owned(),
        Ready::On(weekday) => day(weekday.number_from_monday()),
    }
}

/// Names of weekdays, by the browser's own dates.
mod time_words {
    use domain::time::Timestamp;

    /// 2024-01-01, a Monday, at noon in every zone that matters.
    const A_MONDAY: i64 = 1_704_110_400_000;
    const DAY: i64 = 24 * 60 * 60 * 1000;

    /// The short name of a weekday, from 1 for Monday.
    pub fn day(number: u8) -> String {
        let at = Timestamp::from_millis(A_MONDAY + DAY * (i64::from(number) - 1));
        // "Mon 1 Jan": its first word.
        crate::format::day(at).split_whitespace().next().unwrap_or_default().to_owned()
    }
}
