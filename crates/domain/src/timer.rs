//! What happens by itself, and when. Timers are data: derived from the state, fired by a worker.

use crate::ids::{CaseId, OrderId, PaymentId, PaymentRequestId, ShipmentId};
use crate::order::{Funds, Order, Shipment};
use crate::payment::{PaymentStatus, RefundStatus, RefundTrouble};
use crate::payment_request::RequestStatus;
use crate::thread::Thread;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Something that happens by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Timer {
    /// A request can no longer be paid.
    RequestExpires {
        /// Which.
        request: PaymentRequestId,
    },
    /// A counter-offer was not answered.
    CounterLapses {
        /// On which request.
        request: PaymentRequestId,
    },
    /// The processor's check was not done in time.
    ActionExpires {
        /// Of which attempt.
        payment: PaymentId,
    },
    /// The undo window is over: the money is taken.
    UndoEnds {
        /// Of which attempt.
        payment: PaymentId,
    },
    /// What is not on its way is cancelled and refunded.
    ShipBy {
        /// Of which order.
        order: OrderId,
    },
    /// There has been no news of a parcel for too long: both are told.
    ParcelSilent {
        /// Of which order.
        order: OrderId,
        /// Which parcel.
        shipment: ShipmentId,
    },
    /// Somebody in a case has not done in time what was theirs to do.
    CaseWaits {
        /// On which order.
        order: OrderId,
        /// Which case.
        case: CaseId,
    },
    /// Money that could not go back of an order that ended is sent back once more.
    RefundAgain {
        /// Of which order.
        order: OrderId,
    },
    /// The buyer had the time to check: the money is the seller's.
    CheckWindowEnds {
        /// Of which order.
        order: OrderId,
    },
}

impl Thread {
    /// Everything that will happen by itself, soonest first. While a case or a dispute is open on an order, none of it but
    /// the case's own.
    pub fn timers(&self) -> Vec<(Timestamp, Timer)> {
        let mut timers = Vec::new();
        for request in self.requests.values() {
            // An attempt under way decides first: a request never expires under a payment.
            if self.live_attempt(&request.id).is_some() {
                continue;
            }
            if request.is_open() {
                timers.push((request.current().expires_at, Timer::RequestExpires { request: request.id.clone() }));
            }
            if let RequestStatus::Countered { counter } = &request.status
                && counter.lapses_at < request.current().expires_at
            {
                timers.push((counter.lapses_at, Timer::CounterLapses { request: request.id.clone() }));
            }
        }
        for payment in self.payments.values() {
            match &payment.status {
                PaymentStatus::ActionRequired { expires_at, .. } => {
                    timers.push((*expires_at, Timer::ActionExpires { payment: payment.id.clone() }));
                }
                PaymentStatus::Authorised { undo_until, .. } => {
                    timers.push((*undo_until, Timer::UndoEnds { payment: payment.id.clone() }));
                }
                PaymentStatus::Processing
                | PaymentStatus::Unknown { .. }
                | PaymentStatus::Capturing { .. }
                | PaymentStatus::Captured { .. }
                | PaymentStatus::Failed { .. }
                | PaymentStatus::Voided { .. } => {}
            }
        }
        for order in self.orders.values() {
            if let Some((case, until)) = order.open_case().and_then(|case| Some((case, case.until()?))) {
                timers.push((until, Timer::CaseWaits { order: order.id.clone(), case: case.id.clone() }));
            }
            if self.stands_still(order) {
                continue;
            }
            if order.cancelled.is_some() {
                let again = self.refund_again_at(order);
                timers.extend(again.map(|at| (at, Timer::RefundAgain { order: order.id.clone() })));
                continue;
            }
            // Once the money is the seller's it is not taken back by a clock, whatever a parcel does later.
            let undecided = matches!(order.funds, Funds::None | Funds::Held);
            // Nobody ships what may never be paid: the time to ship begins when the money is in.
            let undecided = undecided && self.payment_of(order).pending().is_none();
            if !order.terms.is_digital() && !order.unshipped().is_empty() && undecided {
                timers.push((order.ship_by, Timer::ShipBy { order: order.id.clone() }));
            }
            // Whose money is decided about has heard enough of its parcels.
            let silent = |parcel: &Shipment| Some((parcel.silent_at(self.market()?)?, parcel.id.clone()));
            for (at, shipment) in order.shipments.iter().filter(|_| undecided).filter_map(silent) {
                timers.push((at, Timer::ParcelSilent { order: order.id.clone(), shipment }));
            }
            let until = self.market().and_then(|market| order.released_at(market));
            // While some of it is on its way back, nobody knows yet how much is left to release.
            let settled = !self.payment_of(order).is_refunding();
            if let (Funds::Held, Some(until), true) = (order.funds, until, settled) {
                timers.push((until, Timer::CheckWindowEnds { order: order.id.clone() }));
            }
        }
        timers.sort();
        timers
    }

    /// When money that could not go back of an order that ended is sent back once more.
    pub(crate) fn refund_again_at(&self, order: &Order) -> Option<Timestamp> {
        let payment = self.payment_of(order);
        let stuck = order.cancelled.is_some() && payment.refundable().minor > 0 && !payment.is_refunding();
        let last = payment.refunds.values().max_by_key(|refund| refund.started_at).filter(|_| stuck)?;
        // What is too long ago, or back already, does not go however often it is tried.
        let may_work = match last.status {
            RefundStatus::Failed { why } => match why {
                RefundTrouble::Refused | RefundTrouble::InsufficientFunds | RefundTrouble::Disputed => true,
                RefundTrouble::TooLate | RefundTrouble::AlreadyBack => false,
            },
            RefundStatus::Pending | RefundStatus::Settled { .. } => true,
        };
        let again = last.started_at.plus(self.market()?.refund_again);
        may_work.then_some(again)
    }

    /// When the next thing happens by itself.
    pub fn due(&self) -> Option<Timestamp> {
        self.timers().into_iter().next().map(|(at, _)| at)
    }
}
