//! Everything that an audit compares: what was held, taken, kept, given back, and what is left to whom.

use crate::clock::rfc3339;
use crate::money::{Currency, Money};
use crate::world::World;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl World {
    /// The whole books.
    pub(crate) fn books(&self) -> Value {
        json!({
            "time": rfc3339(self.now()),
            "orders": self.orders.values().map(|order| self.order_json(order)).collect::<Value>(),
            "authorizations": self.authorizations.values().map(|held| self.authorization_json(held)).collect::<Value>(),
            "captures": self.captures.values().map(|capture| self.capture_json(capture)).collect::<Value>(),
            "refunds": self.refunds.values().map(|refund| self.refund_json(refund)).collect::<Value>(),
            "disputes": self.disputes.values().map(|dispute| self.dispute_json(dispute)).collect::<Value>(),
            "postings": self.ledger.postings_json(),
            "balances": self.ledger.balances_json(),
            "disputed": self.disputed_sums(),
        })
    }

    /// What of each balance somebody complains about right now.
    fn disputed_sums(&self) -> Value {
        let mut sums: BTreeMap<(String, Currency), i64> = BTreeMap::new();
        for dispute in self.disputes.values().filter(|dispute| dispute.is_open()) {
            if let Some(capture) = self.captures.get(&dispute.capture) {
                let account = capture.source.payee.account().to_owned();
                *sums.entry((account, dispute.amount.currency)).or_default() += dispute.amount.minor;
            }
        }
        let sum = |((account, currency), minor): ((String, Currency), i64)| json!({ "payee": account, "amount": Money::new(minor, currency).json() });
        sums.into_iter().map(sum).collect()
    }
}
