//! What the queue shows: one row for every open request and every order of the threads that are loaded.

use crate::i18n::t;
use crate::order::{can_ship, item_names};
use domain::headline::{About, Headline, Turn};
use domain::ids::{OrderId, ThreadId};
use domain::money::Money;
use domain::order::Order;
use domain::payment_request::PaymentRequest;
use domain::picture::Picture;
use domain::thread::{Role, Thread};
use domain::time::Timestamp;

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// The reader.
    Mine,
    /// Somebody else.
    Waiting,
    /// Nobody.
    Done,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QueueRow {
    /// Of which thread.
    pub thread: ThreadId,
    /// The side one is on.
    pub role: Role,
    /// State, turn and time; and what it is about.
    pub headline: Headline,
    /// The order number, or that it is a request.
    pub title: String,
    /// What is in it.
    pub items: String,
    /// Its picture.
    pub picture: Option<Picture>,
    /// What it comes to.
    pub amount: Money,
    /// Whether a parcel of it can be handed over by the reader.
    pub can_ship: bool,
    /// Numbers of its parcels.
    pub parcels: Vec<String>,
    /// When it began.
    pub since: Timestamp,
}

impl QueueRow {
    /// What tells it from the others.
    pub fn key(&self) -> &str {
        match &self.headline.about {
            About::Request(id) => id.as_str(),
            About::Order(id) => id.as_str(),
        }
    }

    /// The order it is about, when it is about one.
    pub fn order(&self) -> Option<&OrderId> {
        match &self.headline.about {
            About::Request(_) => None,
            About::Order(id) => Some(id),
        }
    }

    /// Who has to act.
    pub fn group(&self) -> Group {
        match self.headline.turn {
            turn if turn == Turn::from(self.role) => Group::Mine,
            Turn::Nobody => Group::Done,
            Turn::Buyer | Turn::Seller | Turn::Processor | Turn::Carrier => Group::Waiting,
        }
    }

    /// Whether it is about what somebody looks for; `needle` is in lower case.
    pub fn is_about(&self, peer: &str, needle: &str) -> bool {
        let words = format!("{} {} {peer}", self.title, self.items).to_lowercase();
        let number: String =
            needle.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_uppercase();
        words.contains(needle) || (number.len() > 3 && self.parcels.iter().any(|parcel| parcel.contains(&number)))
    }
}

fn order_row(thread: &Thread, role: Role, order: &Order) -> QueueRow {
    let parcels = order.shipments.iter().filter_map(|parcel| parcel.tracking.as_ref());
    QueueRow {
        thread: thread.id.clone(),
        role,
        headline: thread.order_headline(order),
        title: order.number.as_str().to_owned(),
        items: item_names(order),
        picture: order.terms.thumb(),
        amount: order.total(),
        can_ship: role == Role::Seller && can_ship(order, thread.payment_of(order)),
        parcels: parcels.map(|number| number.as_str().to_owned()).collect(),
        since: order.placed_at,
    }
}

fn request_row(thread: &Thread, role: Role, request: &PaymentRequest) -> QueueRow {
    let terms = &request.current().terms;
    let items: Vec<&str> = terms.items().iter().map(|item| item.name.as_str()).collect();
    QueueRow {
        thread: thread.id.clone(),
        role,
        headline: thread.request_headline(request),
        title: t().queue_request().to_owned(),
        items: items.join(", "),
        picture: terms.thumb(),
        amount: terms.totals(0).map_or(terms.highest_total(), |totals| totals.total),
        can_ship: false,
        parcels: Vec::new(),
        since: request.current().sent_at,
    }
}

/// The rows of a thread: its orders, and its requests that can still be paid.
pub(super) fn rows_of(thread: &Thread, role: Role) -> Vec<QueueRow> {
    let orders = thread.orders.values().map(|order| order_row(thread, role, order));
    let open = thread.requests.values().filter(|request| request.is_open());
    orders.chain(open.map(|request| request_row(thread, role, request))).collect()
}

/// Puts what is due first to the top; of what is done, the newest.
pub(super) fn sort(rows: &mut [QueueRow]) {
    rows.sort_by_key(|row| match row.group() {
        // What waits for the reader without a date, such as a case, waits the most.
        Group::Mine => (0, row.headline.by.map_or(i64::MIN, Timestamp::as_millis)),
        Group::Waiting => (1, row.headline.by.map_or(i64::MAX, Timestamp::as_millis)),
        Group::Done => (2, -row.since.as_millis()),
    });
}

crate::words! {
    queue_request "Request" "Richiesta";
}
