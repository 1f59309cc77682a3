//! The double-entry ledger: append-only transfers per order, balances derived, debits equal to credits.

use crate::ids::OrderId;
use crate::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where money can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "LedgerAccount"))]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// With the buyer, outside of us: its balance is minus what came in and did not go back.
    Buyer,
    /// Kept until the buyer has the goods.
    Held,
    /// Kept by a case.
    Frozen,
    /// The seller's, on its way out.
    Releasable,
    /// With the seller, outside of us.
    Released,
    /// On its way back to the buyer.
    Refunding,
    /// What a dispute is about, until the processor has decided.
    Disputed,
    /// What the seller has paid to the processor: its balance is minus that.
    Costs,
    /// The processor's fees.
    Processor,
}

/// One movement: a debit of one account and the same credit of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Transfer {
    /// The order it belongs to.
    pub order: OrderId,
    /// Debited.
    pub from: Account,
    /// Credited.
    pub to: Account,
    /// How much, more than nothing.
    pub amount: Money,
}

/// What the transfers of a thread add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ledger {
    transfers: Vec<Transfer>,
}

impl Ledger {
    /// Every movement, oldest first.
    pub fn transfers(&self) -> &[Transfer] {
        &self.transfers
    }

    pub(crate) fn post(&mut self, order: &OrderId, from: Account, to: Account, amount: Money) {
        if amount.minor > 0 {
            self.transfers.push(Transfer { order: order.clone(), from, to, amount });
        }
    }

    /// The movements that a buyer may see: fees are between the seller and the processor.
    #[must_use]
    pub(crate) fn without_fees(&self) -> Self {
        let seen = self.transfers.iter().filter(|transfer| transfer.to != Account::Processor);
        Self { transfers: seen.cloned().collect() }
    }

    /// What one account of an order holds.
    pub fn balance(&self, order: &OrderId, account: Account, currency: Currency) -> Money {
        let mine = self.transfers.iter().filter(|transfer| transfer.order == *order);
        let minor = mine
            .filter(|transfer| transfer.amount.currency == currency)
            .map(|transfer| {
                let credit = if transfer.to == account { transfer.amount.minor } else { 0 };
                let debit = if transfer.from == account { transfer.amount.minor } else { 0 };
                credit - debit
            })
            .sum();
        Money::new(minor, currency)
    }

    /// Debits and credits of each currency; equal, always.
    pub fn trial_balance(&self) -> BTreeMap<Currency, (i64, i64)> {
        let mut balance: BTreeMap<Currency, BTreeMap<Account, i64>> = BTreeMap::new();
        for transfer in &self.transfers {
            let accounts = balance.entry(transfer.amount.currency).or_default();
            *accounts.entry(transfer.from).or_default() -= transfer.amount.minor;
            *accounts.entry(transfer.to).or_default() += transfer.amount.minor;
        }
        let sides = |accounts: &BTreeMap<Account, i64>| {
            let debits = accounts.values().filter(|balance| **balance < 0).map(|balance| -balance).sum();
            let credits = accounts.values().filter(|balance| **balance > 0).sum();
            (debits, credits)
        };
        balance.iter().map(|(currency, accounts)| (*currency, sides(accounts))).collect()
    }
}
