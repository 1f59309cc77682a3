//! What happens by itself. A timer that is not due, or no longer there, changes nothing.

use super::Decision;
use crate::case::Case;
use crate::command::Context;
use crate::event::{CounterEnd, Event};
use crate::ids::{OrderId, ShipmentId};
use crate::money::Money;
use crate::order::{CancelReason, ReleaseReason};
use crate::payment::{DeclineReason, RefundReason, RefundStatus};
use crate::rejection::Rejection;
use crate::thread::Thread;
use crate::timer::Timer;

impl Thread {
    pub(super) fn fire(&self, timer: &Timer, context: &Context) -> Decision {
        let due = self.timers().iter().any(|(at, known)| known == timer && *at <= context.now);
        if !due {
            return Ok(Vec::new());
        }
        Ok(match timer {
            Timer::RequestExpires { request } => vec![Event::RequestExpired { request: request.clone() }],
            Timer::CounterLapses { request } => {
                vec![Event::CounterClosed { request: request.clone(), because: CounterEnd::Lapsed }]
            }
            Timer::ActionExpires { payment } => {
                vec![Event::PaymentFailed { payment: payment.clone(), reason: DeclineReason::ActionExpired }]
            }
            Timer::UndoEnds { payment } => vec![Event::CaptureStarted { payment: payment.clone() }],
            Timer::ShipBy { order } => self.not_shipped_in_time(order, context)?,
            Timer::ParcelSilent { order, shipment } => self.parcel_is_silent(order, shipment)?,
            Timer::RefundAgain { order } => self.refund_again(order, context)?,
            Timer::CaseWaits { order, case } => self.case_time_is_up(order, case, context)?,
            Timer::CheckWindowEnds { order } => {
                let confirmed = self.orders.get(order).is_some_and(|order| order.confirmed_at.is_some());
                let because = if confirmed { ReleaseReason::Confirmed } else { ReleaseReason::CheckWindowPassed };
                vec![Event::FundsReleasable { order: order.clone(), because }]
            }
        })
    }

    fn parcel_is_silent(&self, id: &OrderId, shipment: &ShipmentId) -> Decision {
        let order = self.orders.get(id).ok_or(Rejection::NotFound)?;
        let parcel = order.shipments.iter().find(|parcel| parcel.id == *shipment).ok_or(Rejection::UnknownParcel)?;
        let (order, shipment, since) = (id.clone(), shipment.clone(), parcel.last_news());
        Ok(vec![Event::ParcelSilent { order, shipment, since }])
    }

    fn refund_again(&self, id: &OrderId, context: &Context) -> Decision {
        let order = self.orders.get(id).ok_or(Rejection::NotFound)?;
        let payment = self.payment_of(order);
        let failed = payment.refunds.values().filter(|refund| matches!(refund.status, RefundStatus::Failed { .. }));
        let last = failed.max_by_key(|refund| refund.started_at);
        let reason = last.map_or(RefundReason::CancelledBySeller, |refund| refund.reason);
        Ok(self.refund_event(order, payment.refundable(), reason, context).into_iter().collect())
    }

    fn not_shipped_in_time(&self, id: &OrderId, context: &Context) -> Decision {
        let order = self.orders.get(id).ok_or(Rejection::NotFound)?;
        let sent = order.shipments.iter().any(|shipment| !shipment.is_lost());
        if !sent {
            return Ok(self.end_order(order, CancelReason::NotShipped, RefundReason::NotShipped, context));
        }
        // The rest is refunded, what is on its way goes on.
        let contents = order.unshipped();
        let refundable = self.payment_of(order).refundable();
        // What a case gave back for them is not given back twice.
        let is_one = |case: &&Case| case.items.iter().any(|item| contents.iter().any(|left| left.line == item.line));
        let given: i64 = order.cases.iter().filter(is_one).filter_map(Case::paid_back).map(|back| back.minor).sum();
        let price = (order.price_of(&contents).minor - given).clamp(0, refundable.minor);
        let amount = Money::new(price, refundable.currency);
        let mut events = vec![Event::ItemsCancelled { order: id.clone(), contents }];
        events.extend(self.refund_event(order, amount, RefundReason::NotShipped, context));
        Ok(events)
    }
}
