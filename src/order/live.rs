//! One order of a thread, live.

use crate::headline::{Line, first_name, long, short};
use crate::store::{Session, ThreadCell, use_session};
use api::wire::Account;
use domain::headline::Headline;
use domain::ids::OrderId;
use domain::order::Order;
use domain::payment::Payment;
use domain::thread::Role;
use leptos::prelude::*;

/// One order of a thread, live. Views wake when this order changes, not with every message. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct LiveOrder {
    /// The page's session.
    pub session: Session,
    /// The thread it belongs to.
    pub cell: ThreadCell,
    /// The order; nothing when the thread has none with this id.
    pub order: Memo<Option<Order>>,
    /// Its payment.
    pub payment: Memo<Option<Payment>>,
    /// State, turn and time of it.
    pub headline: Memo<Option<Headline>>,
    id: StoredValue<OrderId>,
}

impl LiveOrder {
    /// The order of a thread.
    pub fn new(cell: ThreadCell, id: OrderId) -> Self {
        let id = StoredValue::new(id);
        let order = Memo::new(move |_| cell.state.with(|thread| id.with_value(|id| thread.orders.get(id).cloned())));
        let payment = Memo::new(move |_| {
            let payment = order.with(|order| order.as_ref().map(|order| order.payment.clone()));
            cell.state.with(|thread| payment.and_then(|payment| thread.payments.get(&payment).cloned()))
        });
        let headline = Memo::new(move |_| {
            cell.state
                .with(|thread| id.with_value(|id| thread.orders.get(id)).map(|order| thread.order_headline(order)))
        });
        Self { session: use_session(), cell, order, payment, headline, id }
    }

    /// Which order.
    pub fn id(&self) -> OrderId {
        self.id.get_value()
    }

    /// The side one is on.
    pub fn role(&self) -> Role {
        self.cell.role
    }

    /// Whether one buys.
    pub fn buying(&self) -> bool {
        self.cell.role == Role::Buyer
    }

    /// Reads the order and follows it; nothing's default when it is not there.
    pub fn read<T: Default>(&self, read: impl FnOnce(&Order) -> T) -> T {
        self.order.with(|order| order.as_ref().map(read).unwrap_or_default())
    }

    /// Reads order and payment and follows both.
    pub fn with_payment<T: Default>(&self, read: impl FnOnce(&Order, &Payment) -> T) -> T {
        self.read(|order| {
            self.payment.with(|payment| payment.as_ref().map(|payment| read(order, payment)).unwrap_or_default())
        })
    }

    /// The one across, when its row of the inbox is known.
    pub fn peer(&self) -> Option<Account> {
        let entry = self.session.inbox.entry(&self.cell.id())?;
        // Names are asked for in buttons and sheets too, where nothing is followed.
        Some(entry.with_untracked(|entry| entry.peer.clone()))
    }

    /// The whole name of the one across.
    pub fn peer_name(&self) -> String {
        self.peer().map(|peer| peer.name.to_string()).unwrap_or_default()
    }

    /// What the one across is called.
    pub fn peer_first(&self) -> String {
        first_name(&self.peer_name()).to_owned()
    }

    /// The headline in words, in one line.
    pub fn short_line(&self) -> Memo<Option<Line>> {
        let live = *self;
        Memo::new(move |_| {
            let (peer, now) = (live.peer_name(), live.session.now.get());
            live.headline.with(|headline| headline.as_ref().map(|headline| short(headline, live.role(), &peer, now)))
        })
    }

    /// The headline in words, with the exact time.
    pub fn long_line(&self) -> Memo<Option<Line>> {
        let live = *self;
        Memo::new(move |_| {
            let (peer, now) = (live.peer_name(), live.session.now.get());
            live.headline.with(|headline| headline.as_ref().map(|headline| long(headline, live.role(), &peer, now)))
        })
    }
}
