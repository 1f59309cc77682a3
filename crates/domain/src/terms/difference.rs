//! What a revision changed.

use super::{Item, StateRates, Tax, Terms};
use crate::money::Money;

/// One thing that a revision changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A line was added.
    Added(Item),
    /// A line was taken away.
    Removed(Item),
    /// A line has another quantity or price.
    Changed {
        /// As it was.
        before: Item,
        /// As it is.
        after: Item,
    },
    /// The discount.
    Discount(Money, Money),
    /// Shipping of the proposed option.
    Shipping(Money, Money),
    /// Tax with the proposed option.
    Tax(Money, Money),
    /// The tax of some state: how much it comes to depends on the address.
    TaxByState,
    /// The total with the proposed option, as far as it is known without an address.
    Total(Money, Money),
}

/// What the buyer has to know before paying `after` instead of `before`.
pub fn difference(before: &Terms, after: &Terms) -> Vec<Change> {
    let same = |a: &Item, b: &Item| a.name == b.name && a.product == b.product;
    let mut changes = Vec::new();
    for item in after.items() {
        match before.items().iter().find(|old| same(old, item)) {
            None => changes.push(Change::Added(item.clone())),
            Some(old) if (old.quantity, old.unit_price) != (item.quantity, item.unit_price) => {
                changes.push(Change::Changed { before: old.clone(), after: item.clone() });
            }
            Some(_) => {}
        }
    }
    let gone = before.items().iter().filter(|old| !after.items().iter().any(|item| same(old, item)));
    changes.extend(gone.cloned().map(Change::Removed));
    if let (Some(old), Some(new)) = (before.totals(0, None), after.totals(0, None)) {
        let figures = [
            (Change::Discount(old.discount, new.discount), old.discount != new.discount),
            (Change::Shipping(old.shipping, new.shipping), old.shipping != new.shipping),
            (Change::Tax(old.tax, new.tax), old.tax != new.tax),
            (Change::TaxByState, by_state(before) != by_state(after)),
            (Change::Total(old.total, new.total), old.total != new.total),
        ];
        changes.extend(figures.into_iter().filter(|(_, changed)| *changed).map(|(change, _)| change));
    }
    changes
}

/// What is charged by state, where something is.
fn by_state(terms: &Terms) -> Option<&StateRates> {
    match &terms.draft().tax {
        Tax::ByState { rates } => Some(rates),
        Tax::Rate { .. } | Tax::Amount { .. } => None,
    }
}
