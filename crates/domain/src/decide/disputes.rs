//! Complaints to the processor, and money that went back without us. The processor tells all of it, each time: what is
//! known already changes nothing.

use super::{Decision, cases::closed};
use crate::case::CaseOutcome;
use crate::command::{Context, RefundAnswer};
use crate::dispute::{Dispute, DisputeAnswer, DisputeOutcome, DisputeStage, DisputeStanding, DisputeTold};
use crate::event::Event;
use crate::ids::{DisputeId, OrderId, PaymentId, RefundId};
use crate::money::{Currency, Money};
use crate::order::{Funds, Order};
use crate::payment::{PaymentStatus, RefundReason, RefundStatus};
use crate::rejection::Rejection;
use crate::thread::{Actor, Thread, account_of};

impl Thread {
    pub(super) fn dispute_told(&self, id: &PaymentId, told: DisputeTold) -> Decision {
        let payment = self.payment(id)?;
        let order = self.order_of(id).ok_or(Rejection::NotFound)?;
        // Told before the capture is: the processor is asked again, and then both are known.
        if !matches!(payment.status, PaymentStatus::Captured { .. }) {
            return Err(Rejection::NotCaptured);
        }
        if told.amount.currency != payment.amount.currency {
            return Err(Rejection::WrongCurrency);
        }
        // A payout that is under way takes what is there now.
        if matches!(order.funds, Funds::Releasable { .. }) {
            return Err(Rejection::PayoutInFlight);
        }
        match payment.disputes.iter().find(|known| known.id == told.id) {
            Some(known) => self.moved(known, &told, order, self.there(order, told.amount.currency)),
            None => self.opened(order, &told),
        }
    }

    /// What there is of an order's money where its funds are.
    fn there(&self, order: &Order, currency: Currency) -> i64 {
        self.ledger.balance(&order.id, account_of(order.funds), currency).minor.max(0)
    }

    fn opened(&self, order: &Order, told: &DisputeTold) -> Decision {
        let currency = told.amount.currency;
        let there = self.there(order, currency);
        let amount = Money::new(told.amount.minor.clamp(0, there), currency);
        let opened = Dispute {
            id: told.id.clone(),
            reason: told.reason,
            amount,
            opened_at: order.placed_at,
            respond_by: told.respond_by,
            answer: None,
            standing: DisputeStanding::Seller,
        };
        // The processor decides over the money from here on.
        let over = order.open_case().map(|case| closed(&order.id, &case.id, CaseOutcome::ToProcessor));
        let mut events: Vec<Event> = over.into_iter().collect();
        events.push(Event::DisputeOpened {
            dispute: told.id.clone(),
            order: order.id.clone(),
            reason: told.reason,
            amount,
            respond_by: told.respond_by,
        });
        events.extend(self.moved(&opened, told, order, there - amount.minor)?);
        Ok(events)
    }

    /// What is new in what the processor tells; `beside` is there beside what the dispute is about.
    fn moved(&self, known: &Dispute, told: &DisputeTold, order: &Order, beside: i64) -> Decision {
        let dispute = known.id.clone();
        let standing = match (known.is_open(), told.stage) {
            // What is decided stays decided: an appeal is another dispute.
            (false, _) => return Ok(Vec::new()),
            (true, DisputeStage::Closed(outcome)) => {
                let outcome = self.within(outcome, known, order, beside)?;
                return Ok(vec![Event::DisputeClosed { dispute, order: order.id.clone(), outcome }]);
            }
            (true, DisputeStage::Seller) => DisputeStanding::Seller,
            (true, DisputeStage::Buyer) => DisputeStanding::Buyer,
            (true, DisputeStage::Review) => DisputeStanding::Review,
        };
        if standing == known.standing && told.respond_by == known.respond_by {
            return Ok(Vec::new());
        }
        let (order, respond_by) = (order.id.clone(), told.respond_by);
        Ok(vec![Event::DisputeMoved { dispute, order, standing, respond_by }])
    }

    /// Never more than there is. What is on its way back may turn out to be still there: then it is waited for.
    fn within(
        &self,
        outcome: DisputeOutcome,
        known: &Dispute,
        order: &Order,
        beside: i64,
    ) -> Result<DisputeOutcome, Rejection> {
        match outcome {
            DisputeOutcome::ForSeller => Ok(DisputeOutcome::ForSeller),
            DisputeOutcome::ForBuyer { returned } => {
                let currency = known.amount.currency;
                let most = known.amount.minor + beside;
                if returned.minor > most && self.payment_of(order).is_refunding() {
                    return Err(Rejection::RefundInFlight);
                }
                let returned = Money::new(returned.minor.clamp(0, most), currency);
                Ok(DisputeOutcome::ForBuyer { returned })
            }
        }
    }

    pub(super) fn answer_dispute(
        &self,
        id: &OrderId,
        dispute: &DisputeId,
        answer: DisputeAnswer,
        context: &Context,
    ) -> Decision {
        context.only(Actor::Seller)?;
        let order = self.order(id)?;
        let disputes = &self.payment_of(order).disputes;
        let known = disputes.iter().find(|known| known.id == *dispute).ok_or(Rejection::NotFound)?;
        if known.answer == Some(answer) {
            return Ok(Vec::new());
        }
        if known.standing != DisputeStanding::Seller || known.answer.is_some() {
            return Err(Rejection::NothingToAnswer);
        }
        let tracked = order.shipments.iter().any(|shipment| shipment.tracking.is_some());
        match answer {
            DisputeAnswer::Tracking if !tracked => Err(Rejection::NoTracking),
            DisputeAnswer::Tracking | DisputeAnswer::Accept => {
                Ok(vec![Event::DisputeAnswered { dispute: dispute.clone(), order: id.clone(), answer }])
            }
        }
    }

    /// Money that went back in the processor's own pages: the books follow.
    pub(super) fn refund_seen(&self, refund: RefundId, id: &PaymentId, amount: Money, context: &Context) -> Decision {
        let payment = self.payment(id)?;
        if let Some(known) = payment.refunds.get(&refund) {
            return match known.status {
                RefundStatus::Pending => self.refund_answer(&refund, id, RefundAnswer::Settled, context),
                RefundStatus::Settled { .. } | RefundStatus::Failed { .. } => Ok(Vec::new()),
            };
        }
        let order = self.order_of(id).ok_or(Rejection::NotFound)?;
        if !matches!(payment.status, PaymentStatus::Captured { .. }) {
            return Err(Rejection::NotCaptured);
        }
        if matches!(order.funds, Funds::Releasable { .. }) {
            return Err(Rejection::PayoutInFlight);
        }
        // What it decides to give back is told with the decision.
        if payment.open_dispute().is_some() {
            return Err(Rejection::DisputeOpen);
        }
        let refundable = payment.refundable();
        if amount.currency != refundable.currency || amount.minor > refundable.minor || amount.minor <= 0 {
            return Err(Rejection::OverRefund { refundable });
        }
        let (id_of_order, reason) = (order.id.clone(), RefundReason::AtProcessor);
        let mut events = vec![
            Event::RefundStarted {
                refund: refund.clone(),
                payment: id.clone(),
                order: id_of_order,
                amount,
                reason,
                pieces: Vec::new(),
            },
            Event::RefundSettled { refund, payment: id.clone() },
        ];
        // With nothing left to talk about, the talk is over.
        let over = order.open_case().filter(|_| amount == refundable && !payment.is_refunding());
        events.extend(over.map(|case| closed(&order.id, &case.id, CaseOutcome::MoneyBack)));
        Ok(events)
    }
}
