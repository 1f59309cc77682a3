//! The one line that a card, the header, the inbox row and the queue show: state, whose turn, by when. What happens
//! by itself then follows from the state.

use crate::case::{Case, CaseStage};
use crate::dispute::DisputeStanding;
use crate::ids::{OrderId, PaymentRequestId};
use crate::order::{CancelReason, Fulfilment, Funds, Order};
use crate::payment::PaymentStatus;
use crate::payment_request::{PaymentRequest, RequestStatus};
use crate::thread::{Role, Thread};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// State, whose turn, by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Headline {
    /// What it is about.
    pub about: About,
    /// What the matter is.
    pub state: HeadlineState,
    /// Whose turn it is.
    pub turn: Turn,
    /// When something happens by itself.
    pub by: Option<Timestamp>,
}

/// What a headline is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", content = "id", rename_all = "snake_case")]
pub enum About {
    /// A payment request.
    Request(PaymentRequestId),
    /// An order.
    Order(OrderId),
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The buyer's.
    Buyer,
    /// The seller's.
    Seller,
    /// The processor's.
    Processor,
    /// The carrier's.
    Carrier,
    /// The reviewer's.
    Reviewer,
    /// Nobody's: it is done.
    Nobody,
}

impl From<Role> for Turn {
    fn from(role: Role) -> Self {
        match role {
            Role::Buyer => Self::Buyer,
            Role::Seller => Self::Seller,
        }
    }
}

/// What the matter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum HeadlineState {
    /// Help is open, and somebody has to answer; then a reviewer is asked. Everything stands still.
    CaseOpen,
    /// Help is open, and a reviewer decides; then it goes on by itself.
    CaseReview,
    /// It has to go back to the seller; then the help is over.
    ToSendBack,
    /// It is on its way back to the seller; then a reviewer is asked.
    ComingBack,
    /// The buyer has complained to the processor; everything stands still.
    Disputed,
    /// The processor takes its time over taking the money.
    PaymentPending,
    /// The processor was asked.
    Paying,
    /// The processor did not answer clearly; it is being checked.
    CheckingPayment,
    /// The processor wants something of the buyer; then the attempt is given up.
    ActionRequired,
    /// To be paid; then it expires.
    ToPay,
    /// A counter-offer to be answered; then it lapses.
    ToAnswer,
    /// The buyer said no.
    Declined,
    /// The seller took it back.
    Withdrawn,
    /// Nobody paid in time.
    Expired,
    /// More time was asked for; then what is not shipped is refunded.
    ExtensionAsked,
    /// To be shipped; then it is refunded.
    ToShip,
    /// The seller is at it; then it is refunded.
    Preparing,
    /// The rest is to be shipped; then the rest is refunded.
    RestToShip,
    /// On its way; then the buyer can check it.
    OnItsWay,
    /// On its way, and there has been no news for too long.
    NoNews {
        /// Since when.
        since: Timestamp,
    },
    /// Late.
    Delayed,
    /// Nobody was there.
    Attempted,
    /// Waits to be fetched where the carrier left it.
    ReadyForPickup,
    /// To be laid ready by the seller, where the buyer fetches it; then it is refunded.
    ToMakeReady,
    /// Waits at the seller's to be fetched; then the seller is paid.
    ToFetch,
    /// On the last vehicle.
    OutForDelivery,
    /// It did not arrive; to be sent again, then it is refunded.
    Lost,
    /// To be checked; then the seller is paid.
    ToCheck,
    /// The seller's money is on its way.
    PayingOut,
    /// Done: the seller was paid.
    Done,
    /// Ended early; nothing was taken, or everything is back.
    Cancelled {
        /// Why.
        reason: CancelReason,
    },
    /// Money is on its way back.
    Refunding,
    /// All money is back.
    Refunded,
}

impl Thread {
    /// The line of a request's card.
    pub fn request_headline(&self, request: &PaymentRequest) -> Headline {
        let expires_at = Some(request.current().expires_at);
        if let Some(attempt) = self.live_attempt(&request.id) {
            let (state, turn, by) = match &attempt.status {
                PaymentStatus::ActionRequired { expires_at, .. } => {
                    (HeadlineState::ActionRequired, Turn::Buyer, Some(*expires_at))
                }
                PaymentStatus::Unknown { .. } => (HeadlineState::CheckingPayment, Turn::Processor, None),
                PaymentStatus::Processing
                | PaymentStatus::Authorised { .. }
                | PaymentStatus::Capturing { .. }
                | PaymentStatus::Captured { .. }
                | PaymentStatus::Failed { .. }
                | PaymentStatus::Voided { .. } => (HeadlineState::Paying, Turn::Processor, None),
            };
            return Headline { about: About::Request(request.id.clone()), state, turn, by };
        }
        let (state, turn, by) = match &request.status {
            RequestStatus::Sent => (HeadlineState::ToPay, Turn::Buyer, expires_at),
            RequestStatus::Countered { counter } => (HeadlineState::ToAnswer, Turn::Seller, Some(counter.lapses_at)),
            RequestStatus::Accepted { order, .. } => match self.orders.get(order) {
                Some(order) => return self.order_headline(order),
                None => (HeadlineState::Paying, Turn::Processor, None),
            },
            RequestStatus::Declined => (HeadlineState::Declined, Turn::Nobody, None),
            RequestStatus::Withdrawn => (HeadlineState::Withdrawn, Turn::Nobody, None),
            RequestStatus::Expired => (HeadlineState::Expired, Turn::Nobody, None),
        };
        Headline { about: About::Request(request.id.clone()), state, turn, by }
    }

    /// The line of an order's card.
    pub fn order_headline(&self, order: &Order) -> Headline {
        let (state, turn, by) = self.order_line(order);
        Headline { about: About::Order(order.id.clone()), state, turn, by }
    }

    fn order_line(&self, order: &Order) -> (HeadlineState, Turn, Option<Timestamp>) {
        if let Some(case) = order.open_case() {
            return case_line(case);
        }
        let payment = self.payment_of(order);
        if let Some(dispute) = payment.open_dispute() {
            let turn = match dispute.standing {
                DisputeStanding::Seller if dispute.answer.is_none() => Turn::Seller,
                DisputeStanding::Buyer => Turn::Buyer,
                DisputeStanding::Seller | DisputeStanding::Review | DisputeStanding::Closed { .. } => Turn::Processor,
            };
            return (HeadlineState::Disputed, turn, dispute.respond_by.filter(|_| turn == Turn::Seller));
        }
        if let Some(cancellation) = order.cancelled {
            let pending = payment.is_refunding();
            let capturing = matches!(payment.status, PaymentStatus::Capturing { .. });
            let again = self.refund_again_at(order);
            return if pending || capturing || again.is_some() {
                (HeadlineState::Refunding, Turn::Processor, again)
            } else {
                (HeadlineState::Cancelled { reason: cancellation.reason }, Turn::Nobody, None)
            };
        }
        if payment.pending().is_some() {
            return (HeadlineState::PaymentPending, Turn::Processor, None);
        }
        if order.funds == Funds::Reversed {
            let pending = payment.is_refunding();
            let state = if pending { HeadlineState::Refunding } else { HeadlineState::Refunded };
            let turn = if pending { Turn::Processor } else { Turn::Nobody };
            return (state, turn, None);
        }
        match order.funds {
            Funds::Releasable { .. } => return (HeadlineState::PayingOut, Turn::Processor, None),
            Funds::Released { .. } => return (HeadlineState::Done, Turn::Nobody, None),
            Funds::None | Funds::Held | Funds::Frozen | Funds::Reversed => {}
        }
        let ship_by = Some(order.ship_by);
        let expected = order.shipments.iter().filter_map(|shipment| shipment.expected_at).max();
        if order.extension_asked.is_some() {
            return (HeadlineState::ExtensionAsked, Turn::Buyer, ship_by);
        }
        let fulfilment = order.fulfilment();
        if let (Some(since), true) = (order.silent_since(), fulfilment.travels()) {
            return (HeadlineState::NoNews { since }, Turn::Carrier, expected);
        }
        match fulfilment {
            Fulfilment::Cancelled => (HeadlineState::Refunded, Turn::Nobody, None),
            Fulfilment::Unfulfilled if order.terms.is_digital() => (HeadlineState::Paying, Turn::Processor, None),
            Fulfilment::Unfulfilled | Fulfilment::Preparing if order.pickup().is_some() => {
                (HeadlineState::ToMakeReady, Turn::Seller, ship_by)
            }
            Fulfilment::ReadyForPickup if order.pickup().is_some() => {
                let until = self.market().and_then(|market| order.released_at(market));
                (HeadlineState::ToFetch, Turn::Buyer, until)
            }
            Fulfilment::Unfulfilled => (HeadlineState::ToShip, Turn::Seller, ship_by),
            Fulfilment::Preparing => (HeadlineState::Preparing, Turn::Seller, ship_by),
            Fulfilment::PartlyShipped => (HeadlineState::RestToShip, Turn::Seller, ship_by),
            Fulfilment::Shipped | Fulfilment::InTransit => (HeadlineState::OnItsWay, Turn::Carrier, expected),
            Fulfilment::Delayed => (HeadlineState::Delayed, Turn::Carrier, expected),
            Fulfilment::Attempted => (HeadlineState::Attempted, Turn::Carrier, expected),
            Fulfilment::ReadyForPickup => (HeadlineState::ReadyForPickup, Turn::Buyer, None),
            Fulfilment::OutForDelivery => (HeadlineState::OutForDelivery, Turn::Carrier, expected),
            Fulfilment::DeliveryFailed | Fulfilment::Returned => (HeadlineState::Lost, Turn::Seller, ship_by),
            Fulfilment::Delivered | Fulfilment::Granted => {
                let until = self.market().and_then(|market| order.check_until(market));
                (HeadlineState::ToCheck, Turn::Buyer, until)
            }
        }
    }

    /// The line of the thread: case open, then payment unknown or action needed, then request open, then fulfilment,
    /// then funds; the newest of equals. Nothing when everything is done.
    pub fn headline(&self) -> Option<Headline> {
        let requests = self.requests.values().map(|request| {
            let since = match &request.status {
                RequestStatus::Accepted { order, .. } => self.orders.get(order).map(|order| order.placed_at),
                RequestStatus::Sent
                | RequestStatus::Countered { .. }
                | RequestStatus::Declined
                | RequestStatus::Withdrawn
                | RequestStatus::Expired => None,
            };
            (self.request_headline(request), since.unwrap_or(request.current().sent_at))
        });
        let ranked = requests.filter_map(|(headline, since)| headline.state.rank().map(|rank| (rank, since, headline)));
        ranked.min_by_key(|(rank, since, _)| (*rank, std::cmp::Reverse(*since))).map(|(_, _, headline)| headline)
    }
}

fn case_line(case: &Case) -> (HeadlineState, Turn, Option<Timestamp>) {
    let by = case.until();
    match &case.stage {
        CaseStage::Talking { turn, .. } => (HeadlineState::CaseOpen, (*turn).into(), by),
        CaseStage::Review { .. } => (HeadlineState::CaseReview, Turn::Reviewer, by),
        CaseStage::Returning { .. } if case.parcel().is_none() => (HeadlineState::ToSendBack, Turn::Buyer, by),
        CaseStage::Returning { .. } => (HeadlineState::ComingBack, Turn::Carrier, by),
        CaseStage::Refunding { .. } => (HeadlineState::Refunding, Turn::Processor, None),
    }
}

impl Headline {
    /// Whether a parcel should have been there by now. Carriers do not always say so.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.state.travels() && self.by.is_some_and(|by| by < now)
    }
}

impl HeadlineState {
    /// Whether it is about a parcel that the carrier is still to bring.
    fn travels(self) -> bool {
        match self {
            Self::OnItsWay | Self::NoNews { .. } | Self::Delayed | Self::Attempted | Self::OutForDelivery => true,
            Self::CaseOpen
            | Self::CaseReview
            | Self::ToSendBack
            | Self::ComingBack
            | Self::Disputed
            | Self::PaymentPending
            | Self::Paying
            | Self::CheckingPayment
            | Self::ActionRequired
            | Self::ToPay
            | Self::ToAnswer
            | Self::Declined
            | Self::Withdrawn
            | Self::Expired
            | Self::ExtensionAsked
            | Self::ToShip
            | Self::Preparing
            | Self::RestToShip
            | Self::ReadyForPickup
            | Self::ToMakeReady
            | Self::ToFetch
            | Self::Lost
            | Self::ToCheck
            | Self::PayingOut
            | Self::Done
            | Self::Cancelled { .. }
            | Self::Refunding
            | Self::Refunded => false,
        }
    }

    /// Which comes first in a thread; `None` for what is done.
    fn rank(self) -> Option<u8> {
        match self {
            Self::CaseOpen | Self::CaseReview | Self::ToSendBack | Self::ComingBack | Self::Disputed => Some(0),
            Self::CheckingPayment | Self::ActionRequired | Self::Paying | Self::PaymentPending => Some(1),
            Self::ToPay | Self::ToAnswer => Some(2),
            Self::ExtensionAsked
            | Self::ToShip
            | Self::Preparing
            | Self::RestToShip
            | Self::OnItsWay
            | Self::NoNews { .. }
            | Self::Delayed
            | Self::Attempted
            | Self::ReadyForPickup
            | Self::ToMakeReady
            | Self::ToFetch
            | Self::OutForDelivery
            | Self::Lost
            | Self::ToCheck => Some(3),
            Self::PayingOut | Self::Refunding => Some(4),
            Self::Declined | Self::Withdrawn | Self::Expired | Self::Done | Self::Cancelled { .. } | Self::Refunded => {
                None
            }
        }
    }
}
