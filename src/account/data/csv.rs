//! Payments and their orders as a table: a row for each attempt to pay, the oldest first.

use crate::account::money::csv::{name, table};
use api::client::{Conversation, Export};
use domain::payment::Payment;
use domain::thread::Role;
use domain::time::Timestamp;
use serde::Serialize;

const HEAD: [&str; 13] = [
    "time",
    "payment",
    "request",
    "order",
    "side",
    "with",
    "amount",
    "currency",
    "payment_status",
    "refunded",
    "order_status",
    "ship_by",
    "handed_over",
];

/// A row for each attempt to pay.
pub(super) fn of_payments(export: &Export) -> String {
    let of = |conversation: &Conversation| {
        let side = match conversation.thread.role_of(&export.account.id) {
            Some(Role::Seller) => "seller",
            Some(Role::Buyer) | None => "buyer",
        };
        let payments = conversation.thread.payments.values();
        payments.map(|payment| (payment.started_at, row(conversation, payment, side))).collect::<Vec<_>>()
    };
    let mut rows: Vec<_> = export.conversations.iter().flat_map(of).collect();
    rows.sort();
    table(HEAD, rows.into_iter().map(|(_, row)| row))
}

fn row(conversation: &Conversation, payment: &Payment, side: &str) -> [String; 13] {
    let order = conversation.thread.order_of(&payment.id);
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    [
        payment.started_at.to_string(),
        payment.id.to_string(),
        payment.request.to_string(),
        order.map(|order| order.number.as_str().to_owned()).unwrap_or_default(),
        side.to_owned(),
        conversation.with.as_ref().map(|with| with.name.to_string()).unwrap_or_default(),
        payment.amount.decimal(),
        payment.amount.currency.code().to_owned(),
        kind(&payment.status),
        payment.refunded().decimal(),
        order.map(|order| name(&order.fulfilment())).unwrap_or_default(),
        time(order.map(|order| order.ship_by)),
        time(order.and_then(|order| order.handed_over).map(|handed| handed.at)),
    ]
}

/// The word of a status that carries more than a word.
fn kind(status: &impl Serialize) -> String {
    let value = serde_json::to_value(status).unwrap_or_default();
    value.get("type").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned()
}
