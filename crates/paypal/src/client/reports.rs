//! Calls about the account's own report.

use super::PayPal;
use crate::failure::Failure;
use crate::transactions::Transactions;
use domain::time::{Span, Timestamp};

/// PayPal's longest range.
const LONGEST: Span = Span::days(31);

impl PayPal {
    /// One page of what happened on the account from `from` to `to`, at most 31 days; the first page is 1. PayPal's report is
    /// up to three hours late.
    ///
    /// # Errors
    /// As [`Failure`] has it; `Unavailable` for a range that PayPal does not take.
    pub async fn transactions(&self, from: Timestamp, to: Timestamp, page: u32) -> Result<Transactions, Failure> {
        if to < from || to.since(from) > LONGEST || page == 0 {
            return Err(Failure::unsent("a report is of 31 days at most, and its first page is 1"));
        }
        let (from, to, page) = (from.to_string(), to.to_string(), page.to_string());
        let query = [
            ("start_date", from.as_str()),
            ("end_date", to.as_str()),
            ("fields", "transaction_info"),
            ("page_size", "500"),
            ("page", page.as_str()),
        ];
        self.ask(self.get("transactions", &["v1", "reporting", "transactions"])?.query(&query)).await
    }
}
