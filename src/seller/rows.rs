//! What the queue shows: one row for every open request and every order.

use crate::i18n::t;
use crate::order::can_ship;
use api::wire::{QueueEntry, QueueItem};
use domain::headline::{About, Headline};
use domain::ids::{OrderId, ThreadId};
use domain::money::Money;
use domain::picture::Picture;
use domain::queue::Group;
use domain::terms::Terms;
use domain::thread::Role;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QueueRow {
    /// Of which thread.
    pub thread: ThreadId,
    /// The side one is on.
    pub role: Role,
    /// The whole name of the one across.
    pub peer: String,
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
        Group::of(&self.headline, self.role)
    }
}

/// The row of an entry.
pub(super) fn row_of(entry: &QueueEntry) -> QueueRow {
    let row = |title: String, terms: &Terms, amount: Money| QueueRow {
        thread: entry.thread.clone(),
        role: entry.role,
        peer: entry.peer.name.to_string(),
        headline: entry.headline.clone(),
        title,
        items: terms.items().iter().map(|item| item.name.as_str()).collect::<Vec<_>>().join(", "),
        picture: terms.thumb(),
        amount,
        can_ship: false,
    };
    match &entry.item {
        QueueItem::Order { order, payment } => QueueRow {
            can_ship: entry.role == Role::Seller && can_ship(order, payment),
            ..row(order.number.as_str().to_owned(), &order.terms, order.total())
        },
        QueueItem::Request { request } => {
            let terms = &request.current().terms;
            let amount = terms.totals(0, None).map_or(terms.highest_total(), |totals| totals.total);
            row(t().queue_request().to_owned(), terms, amount)
        }
    }
}

crate::words! {
    queue_request "Request" "Richiesta";
}
