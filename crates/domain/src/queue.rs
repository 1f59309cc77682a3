//! What there is to do across threads: every order, and every request that can still be paid, by who has to act.

use crate::headline::{About, Headline, Turn};
use crate::order::{Funds, Order};
use crate::payment::{Payment, PaymentStatus};
use crate::thread::{Role, Thread};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// The reader.
    Mine,
    /// Somebody else.
    Waiting,
    /// Nobody.
    Done,
}

impl Group {
    /// The group of a headline, for one side.
    pub fn of(headline: &Headline, role: Role) -> Self {
        match headline.turn {
            turn if turn == Turn::from(role) => Self::Mine,
            Turn::Nobody => Self::Done,
            Turn::Buyer | Turn::Seller | Turn::Processor | Turn::Carrier | Turn::Reviewer => Self::Waiting,
        }
    }
}

/// An order, or a request that can still be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// What it is about, state, turn and time.
    pub headline: Headline,
    /// When it began.
    pub since: Timestamp,
}

impl Queued {
    /// Its place in its group, the smallest first: what is due first; of what is done, the newest.
    pub fn rank(&self, role: Role) -> i64 {
        match Group::of(&self.headline, role) {
            // What waits for the reader without a date, such as a case, waits the most.
            Group::Mine => self.headline.by.map_or(i64::MIN, Timestamp::as_millis),
            Group::Waiting => self.headline.by.map_or(i64::MAX, Timestamp::as_millis),
            Group::Done => -self.since.as_millis(),
        }
    }
}

/// Whether an order is neither cancelled nor paid back.
pub fn is_running(order: &Order) -> bool {
    order.cancelled.is_none() && order.funds != Funds::Reversed
}

fn is_paid(payment: &Payment) -> bool {
    match payment.status {
        PaymentStatus::Authorised { .. } | PaymentStatus::Capturing { .. } | PaymentStatus::Captured { .. } => true,
        PaymentStatus::Processing
        | PaymentStatus::ActionRequired { .. }
        | PaymentStatus::Unknown { .. }
        | PaymentStatus::Failed { .. }
        | PaymentStatus::Voided { .. } => false,
    }
}

/// Whether something of an order is still to be handed over by its seller, whatever way.
pub fn can_hand_over(order: &Order, payment: &Payment) -> bool {
    is_running(order)
        && is_paid(payment)
        && order.open_case().is_none()
        && payment.pending().is_none()
        && !order.terms.is_digital()
        && !order.unshipped().is_empty()
}

/// Whether its seller can hand a parcel of it over to a carrier.
pub fn can_ship(order: &Order, payment: &Payment) -> bool {
    can_hand_over(order, payment) && order.pickup().is_none()
}

impl Thread {
    /// Its orders, and its requests that can still be paid.
    pub fn queue(&self) -> impl Iterator<Item = Queued> {
        let orders = self.orders.values();
        let orders = orders.map(|order| Queued { headline: self.order_headline(order), since: order.placed_at });
        let open = self.requests.values().filter(|request| request.is_open());
        orders.chain(
            open.map(|request| Queued { headline: self.request_headline(request), since: request.current().sent_at }),
        )
    }

    /// The one of the queue that is about this.
    pub fn queued(&self, about: &About) -> Option<Queued> {
        self.queue().find(|queued| queued.headline.about == *about)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headline::HeadlineState;

    fn queued(state: HeadlineState, turn: Turn, by: Option<i64>, since: i64) -> Queued {
        let about = About::Order("ord_1".parse().expect("an id"));
        let by = by.map(Timestamp::from_millis);
        Queued { headline: Headline { about, state, turn, by }, since: Timestamp::from_millis(since) }
    }

    #[test]
    fn whoever_has_the_turn_has_it_in_their_own_group() {
        let ship = queued(HeadlineState::ToShip, Turn::Seller, Some(10), 1).headline;
        assert_eq!(Group::of(&ship, Role::Seller), Group::Mine);
        assert_eq!(Group::of(&ship, Role::Buyer), Group::Waiting);
        let done = queued(HeadlineState::Done, Turn::Nobody, None, 1).headline;
        assert_eq!(Group::of(&done, Role::Seller), Group::Done);
    }

    #[test]
    fn what_is_due_first_comes_first_and_a_case_without_a_date_before_it() {
        let case = queued(HeadlineState::CaseOpen, Turn::Seller, None, 1);
        let (soon, late) = (|by| queued(HeadlineState::ToShip, Turn::Seller, Some(by), 1), 20);
        let ranks = [case.rank(Role::Seller), soon(10).rank(Role::Seller), soon(late).rank(Role::Seller)];
        assert!(ranks.is_sorted(), "{ranks:?}");
        let without = queued(HeadlineState::CheckingPayment, Turn::Processor, None, 1);
        assert!(without.rank(Role::Seller) > soon(late).rank(Role::Buyer));
    }

    #[test]
    fn of_what_is_done_the_newest_comes_first() {
        let done = |since| queued(HeadlineState::Done, Turn::Nobody, None, since).rank(Role::Buyer);
        assert!(done(20) < done(10));
    }
}
