//! Paying, and what the processor says.

use super::Decision;
use crate::address::Destination;
use crate::command::{Answer, Context, RefundAnswer};
use crate::event::Event;
use crate::ids::{OrderId, PaymentId, PaymentRequestId, RefundId};
use crate::money::Money;
use crate::order::{CancelReason, Funds, OrderNumber};
use crate::payment::{
    ConfirmedBy, DeclineReason, MethodView, Payment, PaymentStatus, PendingReason, RefundReason, RefundStatus,
    RequiredAction, VoidReason,
};
use crate::payment_request::RequestStatus;
use crate::rejection::Rejection;
use crate::terms::Delivery;
use crate::thread::{Actor, Thread};

/// What the buyer agreed to.
pub(super) struct Wish {
    pub request: PaymentRequestId,
    pub revision: u32,
    pub delivery: usize,
    pub total: Money,
    pub method: MethodView,
    pub destination: Destination,
    pub confirmed_by: ConfirmedBy,
}

/// Whether a way of delivery can bring it there.
fn reaches(way: &Delivery, to: &Destination) -> Result<(), Rejection> {
    match (way.without_address(), to) {
        (None, Destination::Address { address }) if way.goes_to(address.state) => Ok(()),
        (None, Destination::Address { .. }) => Err(Rejection::OutsideRegion),
        (Some(fits), to) if fits == *to => Ok(()),
        (None | Some(_), _) => Err(Rejection::DestinationMismatch),
    }
}

impl Thread {
    pub(super) fn pay(&self, wish: Wish, context: &Context) -> Decision {
        context.only(Actor::Buyer)?;
        self.known_market()?;
        if !self.accepted {
            return Err(Rejection::ThreadNotAccepted);
        }
        let current = self.changeable(&wish.request, context)?.current();
        if wish.revision != current.number {
            return Err(Rejection::StaleRevision { current: current.number });
        }
        let way = current.terms.delivery().get(wish.delivery).ok_or(Rejection::NoSuchDelivery)?;
        reaches(way, &wish.destination)?;
        let to = wish.destination.state();
        let totals = current.terms.totals(wish.delivery, to).ok_or(Rejection::NoSuchDelivery)?;
        if wish.total != totals.total {
            return Err(Rejection::PriceChanged { total: totals.total });
        }
        Ok(vec![Event::PaymentStarted {
            payment: PaymentId::of(&context.command),
            request: wish.request,
            revision: wish.revision,
            delivery: wish.delivery,
            amount: totals.total,
            method: wish.method,
            destination: wish.destination,
            confirmed_by: Some(wish.confirmed_by),
        }])
    }

    pub(super) fn resume(&self, id: &PaymentId, context: &Context) -> Decision {
        context.only(Actor::Buyer)?;
        match self.payment(id)?.status {
            PaymentStatus::ActionRequired { .. } => Ok(vec![Event::PaymentResumed { payment: id.clone() }]),
            // Told twice, by the window and by its opener: the first was enough.
            PaymentStatus::Processing
            | PaymentStatus::Unknown { .. }
            | PaymentStatus::Authorised { .. }
            | PaymentStatus::Capturing { .. }
            | PaymentStatus::Captured { .. } => Ok(Vec::new()),
            PaymentStatus::Failed { .. } | PaymentStatus::Voided { .. } => Err(Rejection::NoActionRequired),
        }
    }

    pub(super) fn cancel_attempt(&self, id: &PaymentId, context: &Context) -> Decision {
        context.only(Actor::Buyer)?;
        match self.payment(id)?.status {
            PaymentStatus::ActionRequired { .. } => {
                Ok(vec![Event::PaymentFailed { payment: id.clone(), reason: DeclineReason::Cancelled }])
            }
            PaymentStatus::Failed { .. } | PaymentStatus::Voided { .. } => Ok(Vec::new()),
            PaymentStatus::Processing | PaymentStatus::Unknown { .. } => Err(Rejection::PaymentInFlight),
            PaymentStatus::Authorised { .. } | PaymentStatus::Capturing { .. } | PaymentStatus::Captured { .. } => {
                Err(Rejection::AlreadyPaid)
            }
        }
    }

    pub(super) fn undo(&self, id: &PaymentId, context: &Context) -> Decision {
        context.only(Actor::Buyer)?;
        match &self.payment(id)?.status {
            PaymentStatus::Authorised { undo_until, .. } if context.now < *undo_until => {
                let order = self.order_of(id).ok_or(Rejection::NotFound)?;
                Ok(vec![
                    Event::PaymentVoided { payment: id.clone(), reason: VoidReason::Undone },
                    Event::OrderCancelled { order: order.id.clone(), reason: CancelReason::Undone },
                ])
            }
            PaymentStatus::Voided { reason: VoidReason::Undone } => Ok(Vec::new()),
            PaymentStatus::Processing
            | PaymentStatus::ActionRequired { .. }
            | PaymentStatus::Unknown { .. }
            | PaymentStatus::Authorised { .. }
            | PaymentStatus::Capturing { .. }
            | PaymentStatus::Captured { .. }
            | PaymentStatus::Failed { .. }
            | PaymentStatus::Voided { .. } => Err(Rejection::TooLateToUndo),
        }
    }

    /// The processor's word. It may come late, twice and in any order: what no longer fits changes nothing, and money
    /// that was reserved after an attempt had been given up is let go.
    pub(super) fn answer(&self, id: &PaymentId, answer: Answer, context: &Context) -> Decision {
        let payment = self.payment(id)?;
        match answer {
            Answer::Authorised { number } => self.authorised(payment, number, context),
            Answer::ActionRequired(action) => Ok(self.action_required(payment, action, context)),
            Answer::Declined(reason) => Ok(match payment.status {
                PaymentStatus::Processing | PaymentStatus::Unknown { .. } | PaymentStatus::ActionRequired { .. } => {
                    vec![Event::PaymentFailed { payment: id.clone(), reason }]
                }
                PaymentStatus::Authorised { .. }
                | PaymentStatus::Capturing { .. }
                | PaymentStatus::Captured { .. }
                | PaymentStatus::Failed { .. }
                | PaymentStatus::Voided { .. } => Vec::new(),
            }),
            Answer::InDoubt => Ok(match payment.status {
                PaymentStatus::Processing => vec![Event::PaymentUnknown { payment: id.clone() }],
                // A capture in doubt is asked again with its key; nothing changes for anybody.
                PaymentStatus::ActionRequired { .. }
                | PaymentStatus::Unknown { .. }
                | PaymentStatus::Authorised { .. }
                | PaymentStatus::Capturing { .. }
                | PaymentStatus::Captured { .. }
                | PaymentStatus::Failed { .. }
                | PaymentStatus::Voided { .. } => Vec::new(),
            }),
            Answer::CapturePending(reason) => Ok(capture_pending(payment, reason)),
            Answer::Captured { fee } => Ok(self.captured(payment, fee, context)),
            Answer::CaptureFailed => Ok(self.capture_failed(payment)),
        }
    }

    fn authorised(&self, payment: &Payment, number: OrderNumber, context: &Context) -> Decision {
        match payment.status {
            PaymentStatus::Processing | PaymentStatus::Unknown { .. } | PaymentStatus::ActionRequired { .. } => {}
            PaymentStatus::Failed { .. } => {
                let reason = VoidReason::AnsweredLate;
                return Ok(vec![Event::PaymentVoided { payment: payment.id.clone(), reason }]);
            }
            PaymentStatus::Authorised { .. }
            | PaymentStatus::Capturing { .. }
            | PaymentStatus::Captured { .. }
            | PaymentStatus::Voided { .. } => return Ok(Vec::new()),
        }
        let market = self.known_market()?;
        let request = self.request(&payment.request)?;
        // Nothing can close or revise a request under a live attempt; should it ever happen, nothing is kept.
        let payable = request.is_open() && request.current().number == payment.revision;
        if !payable || matches!(request.status, RequestStatus::Accepted { .. }) {
            let reason = VoidReason::AnsweredLate;
            return Ok(vec![Event::PaymentVoided { payment: payment.id.clone(), reason }]);
        }
        Ok(vec![Event::PaymentAuthorised {
            payment: payment.id.clone(),
            order: OrderId::of(&context.command),
            number,
            destination: payment.destination.clone(),
            undo_until: context.now.plus(market.undo_window),
            ship_by: market.ship_by(context.now),
        }])
    }

    fn action_required(&self, payment: &Payment, action: RequiredAction, context: &Context) -> Vec<Event> {
        let window = self.market().map(|market| market.challenge_window);
        match (&payment.status, window) {
            (PaymentStatus::Processing | PaymentStatus::Unknown { .. }, Some(window)) => {
                let expires_at = context.now.plus(window);
                vec![Event::PaymentActionRequired { payment: payment.id.clone(), action, expires_at }]
            }
            (
                PaymentStatus::Processing
                | PaymentStatus::Unknown { .. }
                | PaymentStatus::ActionRequired { .. }
                | PaymentStatus::Authorised { .. }
                | PaymentStatus::Capturing { .. }
                | PaymentStatus::Captured { .. }
                | PaymentStatus::Failed { .. }
                | PaymentStatus::Voided { .. },
                _,
            ) => Vec::new(),
        }
    }

    fn captured(&self, payment: &Payment, fee: Option<Money>, context: &Context) -> Vec<Event> {
        if !matches!(payment.status, PaymentStatus::Capturing { .. }) {
            return Vec::new();
        }
        let fee = fee.filter(|fee| fee.currency == payment.amount.currency && fee.minor > 0);
        let mut events = vec![Event::PaymentCaptured { payment: payment.id.clone(), fee }];
        if let Some(order) = self.order_of(&payment.id) {
            if order.cancelled.is_some() {
                events.push(Event::RefundStarted {
                    refund: RefundId::of(&context.command),
                    payment: payment.id.clone(),
                    order: order.id.clone(),
                    amount: payment.amount,
                    reason: RefundReason::TakenLate,
                    pieces: Vec::new(),
                });
            } else if order.terms.is_digital() {
                events.push(Event::DigitalGranted { order: order.id.clone() });
            } else if let (Some(_), Some(market)) = (payment.pending(), self.market()) {
                let ship_by = market.ship_by(context.now);
                events.push(Event::ShipByMoved { order: order.id.clone(), ship_by });
            }
        }
        events
    }

    fn capture_failed(&self, payment: &Payment) -> Vec<Event> {
        if !matches!(payment.status, PaymentStatus::Capturing { .. }) {
            return Vec::new();
        }
        let reason = DeclineReason::CaptureFailed;
        let mut events = vec![Event::PaymentFailed { payment: payment.id.clone(), reason }];
        if let Some(order) = self.order_of(&payment.id).filter(|order| order.cancelled.is_none()) {
            let reason = CancelReason::CaptureFailed;
            events.push(Event::OrderCancelled { order: order.id.clone(), reason });
        }
        events
    }

    pub(super) fn refund_answer(
        &self,
        refund: &RefundId,
        payment: &PaymentId,
        answer: RefundAnswer,
        context: &Context,
    ) -> Decision {
        let known = self.payment(payment)?.refunds.get(refund).ok_or(Rejection::NotFound)?;
        let (told, trouble) = match (&known.status, answer) {
            (RefundStatus::Pending, RefundAnswer::Settled) => {
                (Event::RefundSettled { refund: refund.clone(), payment: payment.clone() }, None)
            }
            (RefundStatus::Pending, RefundAnswer::Failed(why)) => {
                (Event::RefundFailed { refund: refund.clone(), payment: payment.clone(), why }, Some(why))
            }
            (RefundStatus::Settled { .. } | RefundStatus::Failed { .. }, _) => return Ok(Vec::new()),
        };
        let mut events = vec![told];
        events.extend(self.case_after_refund(payment, refund, trouble, context)?);
        Ok(events)
    }

    pub(super) fn paid_out(&self, id: &OrderId) -> Decision {
        Ok(match self.order(id)?.funds {
            Funds::Releasable { .. } => vec![Event::FundsReleased { order: id.clone() }],
            Funds::None | Funds::Held | Funds::Frozen | Funds::Released { .. } | Funds::Reversed => Vec::new(),
        })
    }
}

/// That it takes its time is said once, and again for another reason.
fn capture_pending(payment: &Payment, reason: PendingReason) -> Vec<Event> {
    match payment.status {
        PaymentStatus::Capturing { pending, .. } if pending != Some(reason) => {
            vec![Event::CapturePending { payment: payment.id.clone(), reason }]
        }
        PaymentStatus::Capturing { .. }
        | PaymentStatus::Processing
        | PaymentStatus::ActionRequired { .. }
        | PaymentStatus::Unknown { .. }
        | PaymentStatus::Authorised { .. }
        | PaymentStatus::Captured { .. }
        | PaymentStatus::Failed { .. }
        | PaymentStatus::Voided { .. } => Vec::new(),
    }
}
