//! What an event asks of the world: a worker does it, and its outcome comes back as another command.

use crate::dispute::DisputeAnswer;
use crate::event::Event;
use crate::ids::{DisputeId, OrderId, PaymentId, RefundId, ShipmentId};
use crate::money::Money;
use crate::payment::{DeclineReason, RefundReason};
use serde::{Deserialize, Serialize};

/// Something the world has to be asked for. The key of the ask is derived from the ids in it, so asking twice is safe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Intent {
    /// Reserve the money.
    Authorise {
        /// For which attempt.
        payment: PaymentId,
    },
    /// Go on after the buyer did what was asked.
    Resume {
        /// With which attempt.
        payment: PaymentId,
    },
    /// Take the reserved money.
    Capture {
        /// Of which attempt.
        payment: PaymentId,
    },
    /// Let the reserved money go.
    Void {
        /// Of which attempt.
        payment: PaymentId,
    },
    /// Give money back.
    Refund {
        /// Which refund.
        refund: RefundId,
        /// Of which attempt.
        payment: PaymentId,
        /// How much.
        amount: Money,
    },
    /// Tell the processor what the seller answers to a complaint.
    AnswerDispute {
        /// Which.
        dispute: DisputeId,
        /// Over which order.
        order: OrderId,
        /// What.
        answer: DisputeAnswer,
    },
    /// Pay the seller.
    PayOut {
        /// For which order.
        order: OrderId,
    },
    /// Ask the carrier to tell about a parcel.
    Follow {
        /// Of which order.
        order: OrderId,
        /// Which parcel.
        shipment: ShipmentId,
    },
    /// See to what the buyer of an order owns by it: there when it was handed over, taken back with the money.
    Things {
        /// Of which order.
        order: OrderId,
    },
    /// The same for the order that was paid so.
    ThingsPaidBy {
        /// With which attempt.
        payment: PaymentId,
    },
}

impl Intent {
    /// What the world has to be asked for because of an event.
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::PaymentStarted { payment, .. } => Some(Self::Authorise { payment: payment.clone() }),
            Event::PaymentResumed { payment } => Some(Self::Resume { payment: payment.clone() }),
            Event::CaptureStarted { payment } => Some(Self::Capture { payment: payment.clone() }),
            Event::PaymentVoided { payment, .. }
            // Given up on our side: the processor has to know, or a window left open could still reserve money.
            | Event::PaymentFailed { payment, reason: DeclineReason::Cancelled | DeclineReason::ActionExpired } => {
                Some(Self::Void { payment: payment.clone() })
            }
            // It went back in the processor's own pages: asked for once more, it would go back twice.
            Event::RefundStarted { reason: RefundReason::AtProcessor, .. } => None,
            Event::RefundStarted { refund, payment, amount, .. } => {
                Some(Self::Refund { refund: refund.clone(), payment: payment.clone(), amount: *amount })
            }
            Event::DisputeAnswered { dispute, order, answer } => {
                Some(Self::AnswerDispute { dispute: dispute.clone(), order: order.clone(), answer: *answer })
            }
            Event::FundsReleasable { order, .. } => Some(Self::PayOut { order: order.clone() }),
            Event::ShipmentSent { order, shipment, tracking: Some(_), .. } => {
                Some(Self::Follow { order: order.clone(), shipment: shipment.clone() })
            }
            Event::CaseReturnSent { order, shipment, tracking: Some(_), .. } => {
                Some(Self::Follow { order: order.clone(), shipment: shipment.clone() })
            }
            Event::DigitalGranted { order } | Event::DisputeClosed { order, .. } => {
                Some(Self::Things { order: order.clone() })
            }
            Event::RefundSettled { payment, .. } => Some(Self::ThingsPaidBy { payment: payment.clone() }),
            Event::ShipmentSent { tracking: None, .. }
            | Event::CaseReturnSent { tracking: None, .. }
            | Event::ThreadStarted { .. }
            | Event::ThreadAccepted
            | Event::MessagePosted { .. }
            | Event::MessageEdited { .. }
            | Event::MessageUnsent { .. }
            | Event::ReactionSet { .. }
            | Event::RequestSent { .. }
            | Event::RequestRevised { .. }
            | Event::RequestViewed { .. }
            | Event::CounterMade { .. }
            | Event::CounterClosed { .. }
            | Event::RequestDeclined { .. }
            | Event::RequestWithdrawn { .. }
            | Event::RequestExpired { .. }
            | Event::PaymentActionRequired { .. }
            | Event::PaymentUnknown { .. }
            | Event::PaymentFailed { .. }
            | Event::PaymentAuthorised { .. }
            | Event::CapturePending { .. }
            | Event::PaymentCaptured { .. }
            | Event::DisputeOpened { .. }
            | Event::DisputeMoved { .. }
            | Event::RefundFailed { .. }
            | Event::OrderPreparing { .. }
            | Event::OrderCancelled { .. }
            | Event::Tracked { .. }
            | Event::ParcelSilent { .. }
            | Event::ThingPassed { .. }
            | Event::ExtensionAsked { .. }
            | Event::ExtensionAnswered { .. }
            | Event::ShipByMoved { .. }
            | Event::ItemsCancelled { .. }
            | Event::ReceiptConfirmed { .. }
            | Event::FundsReleased { .. }
            | Event::CaseOpened { .. }
            | Event::CaseOffered { .. }
            | Event::CaseRefused { .. }
            | Event::CaseSaid { .. }
            | Event::CaseEscalated { .. }
            | Event::CaseAgreed { .. }
            | Event::CaseDecided { .. }
            | Event::CaseRefunding { .. }
            | Event::ItemsReplaced { .. }
            | Event::CaseClosed { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Currency, Money};

    #[test]
    fn what_went_back_elsewhere_is_not_sent_back_again() {
        let started = |reason| Event::RefundStarted {
            refund: "re_1".parse().unwrap(),
            payment: "pay_1".parse().unwrap(),
            order: "ord_1".parse().unwrap(),
            amount: Money::new(2_500, Currency::USD),
            reason,
            pieces: Vec::new(),
        };
        assert_eq!(Intent::of(&started(RefundReason::AtProcessor)), None);
        assert!(matches!(Intent::of(&started(RefundReason::BySeller)), Some(Intent::Refund { .. })));
    }
}
