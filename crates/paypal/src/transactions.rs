//! What an account's own report says: for comparing with our ledger. Up to three hours late.

use crate::amount::Quoted;
use crate::instant;
use domain::time::Timestamp;
use serde::Deserialize;

/// One page of a report: the schema `search_response`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Transactions {
    #[serde(default, rename = "transaction_details")]
    details: Vec<Detail>,
    /// Until when PayPal's report is whole.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub last_refreshed_datetime: Option<Timestamp>,
    /// Which page this is, from 1.
    pub page: Option<u32>,
    /// How many there are.
    pub total_pages: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Detail {
    transaction_info: Option<Transaction>,
}

impl Transactions {
    /// What happened on the account.
    pub fn all(&self) -> impl Iterator<Item = &Transaction> {
        self.details.iter().filter_map(|detail| detail.transaction_info.as_ref())
    }
}

/// Something that happened on the account: the schema `transaction_info`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Transaction {
    /// PayPal's name of it: the capture's, the refund's.
    pub transaction_id: String,
    /// What it belongs to: the capture of a refund.
    pub paypal_reference_id: Option<String>,
    /// What it is: `T0006` a payment, `T1107` a refund.
    pub transaction_event_code: Option<String>,
    /// `S` done, `P` pending, `D` denied, `V` reversed.
    pub transaction_status: Option<String>,
    /// How much; negative when it left the account.
    pub transaction_amount: Option<Quoted>,
    /// PayPal's fee; negative.
    pub fee_amount: Option<Quoted>,
    /// Our order.
    pub invoice_id: Option<String>,
    /// Our payment: the `custom_id` of the order.
    pub custom_field: Option<String>,
    /// When it was begun.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub transaction_initiation_date: Option<Timestamp>,
    /// When it last changed.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub transaction_updated_date: Option<Timestamp>,
}
