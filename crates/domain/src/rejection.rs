//! Expected refusals. One place; no strings inside, no status codes.

use crate::money::Money;
use std::fmt;

/// Why a command changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// There is no such thing in this thread.
    NotFound,
    /// The other side may do this, you may not.
    NotYours,
    /// The thread is still a request: nobody can be asked for money in it.
    ThreadNotAccepted,
    /// Buyer and seller are not in one market.
    OutsideMarket,
    /// The message can no longer be edited.
    TooLateToEdit,
    /// The message was taken back.
    MessageUnsent,
    /// The request is in another currency than the market's.
    WrongCurrency,
    /// One request asks for more than the market allows.
    OverRequestCap {
        /// The most that is allowed.
        cap: Money,
    },
    /// The seller's requests of the last 7 days add up to more than the market allows.
    OverWeeklyCap {
        /// The most that is allowed.
        cap: Money,
        /// What is left of it.
        left: Money,
    },
    /// A request stays open for at least 5 minutes and at most 30 days.
    ExpiryOutOfRange,
    /// The time to pay is over.
    RequestExpired,
    /// It was declined or withdrawn.
    RequestClosed,
    /// It was paid: it is never edited or paid again, only refunded.
    AlreadyPaid,
    /// An attempt to pay is under way.
    PaymentInFlight,
    /// The request was revised meanwhile.
    StaleRevision {
        /// The revision that counts.
        current: u32,
    },
    /// The total differs from the one that was shown.
    PriceChanged {
        /// What it costs now.
        total: Money,
    },
    /// There is no such delivery option.
    NoSuchDelivery,
    /// Parcels need an address, digital goods and what is fetched none.
    DestinationMismatch,
    /// This way of delivery does not go to the state of the address.
    OutsideRegion,
    /// A counter-offer is open already.
    CounterOpen,
    /// There is no open counter-offer.
    NoCounter,
    /// The counter-offer does not fit the request.
    BadCounter,
    /// The request is still open, or was paid: nothing to send again.
    NothingToRepeat,
    /// The processor wants nothing of the buyer.
    NoActionRequired,
    /// The undo window is over, or something was shipped.
    TooLateToUndo,
    /// The order ended.
    OrderClosed,
    /// The money is not in yet.
    NotCaptured,
    /// Pieces that are not there, or are in a parcel already.
    NothingLikeThatToShip,
    /// The parcel needs a tracking number of its carrier.
    TrackingMismatch,
    /// This scan is known, or of no parcel of this order.
    UnknownParcel,
    /// Something was shipped already.
    AlreadyShipped,
    /// More time was asked for already.
    ExtensionPending,
    /// Nobody asked for more time.
    NoExtension,
    /// Not everything has arrived.
    NotDelivered,
    /// It was confirmed already.
    AlreadyConfirmed,
    /// More than was paid and not yet given back.
    OverRefund {
        /// What can still go back.
        refundable: Money,
    },
    /// A refund of nothing.
    NothingToRefund,
    /// The money is on its way to the seller this moment.
    PayoutInFlight,
    /// A refund is on its way: what becomes of it has to be known first.
    RefundInFlight,
    /// Help is open: everything stands still until it is closed.
    CaseOpen,
    /// The buyer has complained to the processor: it decides over the money.
    DisputeOpen,
    /// There is nothing to answer: it was answered, or is decided.
    NothingToAnswer,
    /// Nothing was sent that could be tracked.
    NoTracking,
    /// The processor has not let the money in yet.
    PaymentPending,
    /// The time to ask for help is over.
    TooLateForHelp,
    /// A reviewer has decided over this order already.
    CaseDecided,
    /// The case is closed.
    CaseClosed,
    /// These pieces are not in the order.
    NoSuchItems,
    /// It cannot be put right this way.
    RemedyImpossible,
    /// The other side has proposed something else meanwhile.
    OfferChanged,
    /// It is what was proposed already.
    SameOffer,
    /// Help was asked for on this order often enough.
    TooManyCases,
    /// So many proposals and words do not fit in a case.
    TooManyOffers,
    /// So much evidence does not fit in one statement.
    TooMuchEvidence,
    /// Nothing is to be sent back.
    NothingToSendBack,
    /// It is the number of a parcel that came.
    NumberOfAnother,
    /// No reviewer is asked.
    NothingToDecide,
}

impl Rejection {
    /// Those after which the processor's same word is taken later, when what is under way now is known.
    pub const NOT_YET: [Self; 4] = [Self::NotCaptured, Self::PayoutInFlight, Self::RefundInFlight, Self::DisputeOpen];

    /// Whether it is one of [`Self::NOT_YET`].
    pub fn is_not_yet(self) -> bool {
        Self::NOT_YET.contains(&self)
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "This does not exist, or is not yours.",
            Self::NotYours => "Only the other side can do this.",
            Self::ThreadNotAccepted => "The message request has to be accepted first.",
            Self::OutsideMarket => "Payments are not available between these two countries yet.",
            Self::TooLateToEdit => "This message can no longer be edited.",
            Self::MessageUnsent => "This message was unsent.",
            Self::WrongCurrency => "Requests in this market are in another currency.",
            Self::OverRequestCap { .. } => "This is more than one request may ask for.",
            Self::OverWeeklyCap { .. } => "Your requests of the last 7 days would add up to more than allowed.",
            Self::ExpiryOutOfRange => "A request stays open for at least 5 minutes and at most 30 days.",
            Self::RequestExpired => "This request has expired. Ask the seller to send it again.",
            Self::RequestClosed => "This request is closed.",
            Self::AlreadyPaid => "This request is already paid.",
            Self::PaymentInFlight => "A payment for this request is under way.",
            Self::StaleRevision { .. } => "The request has changed meanwhile. Look at it again.",
            Self::PriceChanged { .. } => "The price changed. Look at the new total before you pay.",
            Self::NoSuchDelivery => "This way of delivery is not offered.",
            Self::DestinationMismatch => "A parcel needs an address.",
            Self::OutsideRegion => "This way of delivery does not go to this address.",
            Self::CounterOpen => "Your counter-offer is waiting for an answer.",
            Self::NoCounter => "There is no open counter-offer.",
            Self::BadCounter => "This counter-offer does not fit the request.",
            Self::NothingToRepeat => "Only a request that expired, was declined or withdrawn can be sent again.",
            Self::NoActionRequired => "There is nothing to confirm.",
            Self::TooLateToUndo => "The time to undo is over.",
            Self::OrderClosed => "This order is closed.",
            Self::NotCaptured => "The payment is not final yet.",
            Self::NothingLikeThatToShip => "These items are not waiting to be shipped.",
            Self::TrackingMismatch => "This is not a tracking number of this carrier.",
            Self::UnknownParcel => "This parcel does not belong to the order.",
            Self::AlreadyShipped => "Something of this order is already on its way.",
            Self::ExtensionPending => "More time has been asked for already.",
            Self::NoExtension => "Nobody has asked for more time.",
            Self::NotDelivered => "Not everything has been delivered yet.",
            Self::AlreadyConfirmed => "This order is already confirmed.",
            Self::OverRefund { .. } => "This is more than can be refunded.",
            Self::NothingToRefund => "There is nothing to refund.",
            Self::PayoutInFlight => "The money is being paid out this moment. Try again shortly.",
            Self::RefundInFlight => "A refund is on its way. Try again when it has arrived.",
            Self::CaseOpen => "Help is open on this order: everything waits until it is closed.",
            Self::DisputeOpen => "The buyer has opened a dispute: until it is decided this waits.",
            Self::NothingToAnswer => "There is nothing to answer.",
            Self::NoTracking => "Nothing with a tracking number was sent yet.",
            Self::PaymentPending => "The payment is still being checked. Ship once it is in.",
            Self::TooLateForHelp => "The time to ask for help with this order is over.",
            Self::CaseDecided => "Everything of this order is settled already.",
            Self::CaseClosed => "This case is closed.",
            Self::NoSuchItems => "Choose which pieces of the order it is about.",
            Self::RemedyImpossible => "This order cannot be put right this way.",
            Self::OfferChanged => "The other side has proposed something else meanwhile. Look at it again.",
            Self::SameOffer => "That is what you have proposed already.",
            Self::TooManyCases => "Help was asked for on this order several times already.",
            Self::TooManyOffers => "There were many proposals already. Accept one, or ask the reviewer.",
            Self::TooMuchEvidence => "At most 10 messages and photos fit here.",
            Self::NumberOfAnother => {
                "This is the number of the parcel that came. Write the one of the parcel you sent back."
            }
            Self::NothingToSendBack => "Nothing is to be sent back.",
            Self::NothingToDecide => "No reviewer is asked in this case.",
        })
    }
}

impl std::error::Error for Rejection {}
