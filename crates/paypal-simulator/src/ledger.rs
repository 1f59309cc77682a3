//! Whose money moved, and why: every posting, and the balance of each account.

use crate::clock::{Instant, rfc3339};
use crate::money::{Currency, Money};
use crate::world::Payee;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Why money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A buyer's money came in.
    Capture,
    /// PayPal kept its part.
    Fee,
    /// The merchant gave it back.
    Refund,
    /// A refund did not arrive, and its money came back to the merchant.
    RefundFailed,
    /// A dispute was decided for the buyer, or the bank took it back.
    Reversal,
}

impl Reason {
    fn name(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Fee => "fee",
            Self::Refund => "refund",
            Self::RefundFailed => "refund_failed",
            Self::Reversal => "reversal",
        }
    }
}

/// One movement on one account.
#[derive(Clone, Debug)]
pub struct Posting {
    /// When.
    pub at: Instant,
    /// On whose account.
    pub account: String,
    /// Why.
    pub reason: Reason,
    /// The capture, refund or dispute.
    pub of: String,
    /// Above zero: to the account.
    pub amount: Money,
}

/// All postings and what they come to.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    postings: Vec<Posting>,
    balances: BTreeMap<(String, Currency), i64>,
}

impl Ledger {
    pub(crate) fn post(&mut self, at: Instant, payee: &Payee, reason: Reason, of: &str, amount: Money) {
        let account = payee.account().to_owned();
        *self.balances.entry((account.clone(), amount.currency)).or_default() += amount.minor;
        self.postings.push(Posting { at, account, reason, of: of.to_owned(), amount });
    }

    pub(crate) fn balances_json(&self) -> Value {
        let balance = |((account, currency), minor): (&(String, Currency), &i64)| json!({ "payee": account, "balance": Money::new(*minor, *currency).json() });
        self.balances.iter().map(balance).collect()
    }

    pub(crate) fn postings_json(&self) -> Value {
        let posting = |posting: &Posting| {
            json!({
                "time": rfc3339(posting.at),
                "payee": posting.account,
                "reason": posting.reason.name(),
                "of": posting.of,
                "amount": posting.amount.json(),
            })
        };
        self.postings.iter().map(posting).collect()
    }
}
