//! What has happened in a thread. Facts only; nothing here decides.

use crate::address::Destination;
use crate::carrier::{Carrier, TrackingNumber};
use crate::case::{CaseOutcome, CaseReason, CaseWords, Escalation, Remedy, Said, Verdict};
use crate::dispute::{DisputeAnswer, DisputeOutcome, DisputeReason, DisputeStanding};
use crate::ids::{
    AccountId, CaseId, CommandId, CounterOfferId, DisputeId, MessageId, OrderId, PaymentId, PaymentRequestId, RefundId,
    ShipmentId, ThingId, ThreadId,
};
use crate::market::Country;
use crate::message::{Content, Emoji, Message};
use crate::money::Money;
use crate::order::{CancelReason, ExtensionDays, OrderNumber, Packed, ReleaseReason, ScanWeight, TrackingEvent};
use crate::payment::{
    ConfirmedBy, DeclineReason, MethodView, PendingReason, RefundReason, RefundTrouble, RequiredAction, VoidReason,
};
use crate::payment_request::{Proposal, Revision};
use crate::text::ItemName;
use crate::thread::{Actor, Role};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An event with its place and its cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Envelope {
    /// The thread it belongs to.
    pub thread: ThreadId,
    /// Its place in the thread, from 1, without gaps.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// By which command.
    pub command: CommandId,
    /// What.
    pub event: Event,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// Two people have a thread; somebody else's stays a request until it is accepted.
    ThreadStarted {
        /// Who buys.
        buyer: AccountId,
        /// Who sells.
        seller: AccountId,
        /// Where the buyer lives.
        buyer_country: Country,
        /// Where the seller trades.
        seller_country: Country,
        /// Who wrote first.
        started_by: Role,
    },
    /// The other side took the thread into its inbox.
    ThreadAccepted,
    /// Somebody said something.
    MessagePosted {
        /// The message.
        message: Message,
    },
    /// Its author changed it.
    MessageEdited {
        /// Which.
        message: MessageId,
        /// The new words.
        content: Content,
        /// Whether the receiver is warned of the new words.
        off_platform: bool,
    },
    /// Its author took it back.
    MessageUnsent {
        /// Which.
        message: MessageId,
    },
    /// Somebody reacted, or took the reaction back.
    ReactionSet {
        /// To which message.
        message: MessageId,
        /// Who.
        by: Role,
        /// With what; `None` takes it back.
        emoji: Option<Emoji>,
    },

    /// The seller asked for a payment.
    RequestSent {
        /// Which.
        request: PaymentRequestId,
        /// What is asked.
        revision: Revision,
        /// The request it repeats.
        repeats: Option<PaymentRequestId>,
    },
    /// The seller changed the ask; the old revision can no longer be paid.
    RequestRevised {
        /// Which.
        request: PaymentRequestId,
        /// What is asked now.
        revision: Revision,
    },
    /// The buyer opened it for the first time.
    RequestViewed {
        /// Which.
        request: PaymentRequestId,
    },
    /// The buyer proposed a change.
    CounterMade {
        /// On which request.
        request: PaymentRequestId,
        /// Which.
        counter: CounterOfferId,
        /// What.
        proposal: Proposal,
        /// Until when it waits.
        lapses_at: Timestamp,
    },
    /// The proposal is off the table.
    CounterClosed {
        /// On which request.
        request: PaymentRequestId,
        /// Why.
        because: CounterEnd,
    },
    /// The buyer said no.
    RequestDeclined {
        /// To which.
        request: PaymentRequestId,
    },
    /// The seller took it back.
    RequestWithdrawn {
        /// Which.
        request: PaymentRequestId,
    },
    /// Nobody paid in time.
    RequestExpired {
        /// Which.
        request: PaymentRequestId,
    },

    /// The buyer tapped Pay; the processor is being asked.
    PaymentStarted {
        /// Which attempt.
        payment: PaymentId,
        /// For which request.
        request: PaymentRequestId,
        /// For which revision.
        revision: u32,
        /// With which delivery option.
        delivery: usize,
        /// How much, recomputed from the items.
        amount: Money,
        /// With what.
        method: MethodView,
        /// Where to.
        destination: Destination,
        /// What the buyer confirmed it with; hidden from the seller, and not kept by earlier builds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        confirmed_by: Option<ConfirmedBy>,
    },
    /// The processor wants something of the buyer.
    PaymentActionRequired {
        /// Which attempt.
        payment: PaymentId,
        /// What.
        action: RequiredAction,
        /// Until when.
        expires_at: Timestamp,
    },
    /// The buyer did it; the processor is being asked again.
    PaymentResumed {
        /// Which attempt.
        payment: PaymentId,
    },
    /// The processor did not answer clearly.
    PaymentUnknown {
        /// Which attempt.
        payment: PaymentId,
    },
    /// The processor said no.
    PaymentFailed {
        /// Which attempt.
        payment: PaymentId,
        /// Why.
        reason: DeclineReason,
    },
    /// The money is reserved: the request is accepted and the order exists.
    PaymentAuthorised {
        /// Which attempt.
        payment: PaymentId,
        /// What came of it.
        order: OrderId,
        /// What people call it.
        number: OrderNumber,
        /// Where to, now in full for both.
        destination: Destination,
        /// Until when the buyer can undo.
        undo_until: Timestamp,
        /// When everything has to be on its way.
        ship_by: Timestamp,
    },
    /// Taking the reserved money began.
    CaptureStarted {
        /// Which attempt.
        payment: PaymentId,
    },
    /// The processor takes its time over taking the money.
    CapturePending {
        /// Of which attempt.
        payment: PaymentId,
        /// Why.
        reason: PendingReason,
    },
    /// The money is in.
    PaymentCaptured {
        /// Which attempt.
        payment: PaymentId,
        /// What the processor keeps for itself, when it said so; hidden from the buyer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fee: Option<Money>,
    },
    /// Reserved money was let go.
    PaymentVoided {
        /// Which attempt.
        payment: PaymentId,
        /// Why.
        reason: VoidReason,
    },
    /// Money goes back.
    RefundStarted {
        /// Which.
        refund: RefundId,
        /// Of which attempt.
        payment: PaymentId,
        /// Of which order.
        order: OrderId,
        /// How much.
        amount: Money,
        /// Why.
        reason: RefundReason,
        /// The pieces whose price it is, when it is of pieces.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pieces: Vec<Packed>,
    },
    /// It is back.
    RefundSettled {
        /// Which.
        refund: RefundId,
        /// Of which attempt.
        payment: PaymentId,
    },
    /// The processor could not give it back; it is where it was.
    RefundFailed {
        /// Which.
        refund: RefundId,
        /// Of which attempt.
        payment: PaymentId,
        /// Why.
        #[serde(default)]
        why: RefundTrouble,
    },
    /// The buyer complained to the processor: the money it is about waits.
    DisputeOpened {
        /// Which.
        dispute: DisputeId,
        /// Over which order.
        order: OrderId,
        /// What the buyer says.
        reason: DisputeReason,
        /// What it is about.
        amount: Money,
        /// Until when the seller can answer.
        respond_by: Option<Timestamp>,
    },
    /// Somebody else is asked now.
    DisputeMoved {
        /// Which.
        dispute: DisputeId,
        /// Over which order.
        order: OrderId,
        /// Where it stands.
        standing: DisputeStanding,
        /// Until when the seller can answer.
        respond_by: Option<Timestamp>,
    },
    /// The seller answered.
    DisputeAnswered {
        /// Which.
        dispute: DisputeId,
        /// Over which order.
        order: OrderId,
        /// What.
        answer: DisputeAnswer,
    },
    /// The processor has decided.
    DisputeClosed {
        /// Which.
        dispute: DisputeId,
        /// Over which order.
        order: OrderId,
        /// What.
        outcome: DisputeOutcome,
    },

    /// The seller is at it.
    OrderPreparing {
        /// Which.
        order: OrderId,
    },
    /// The order ended early.
    OrderCancelled {
        /// Which.
        order: OrderId,
        /// Why.
        reason: CancelReason,
    },
    /// A parcel is on its way.
    ShipmentSent {
        /// Of which order.
        order: OrderId,
        /// Which.
        shipment: ShipmentId,
        /// What is in it.
        contents: Vec<Packed>,
        /// Who carries it.
        carrier: Carrier,
        /// Its number.
        tracking: Option<TrackingNumber>,
        /// When it should arrive.
        expected_at: Option<Timestamp>,
    },
    /// The carrier said something.
    Tracked {
        /// Of which order.
        order: OrderId,
        /// About which parcel.
        shipment: ShipmentId,
        /// What.
        scan: TrackingEvent,
        /// What it is to people.
        #[serde(default)]
        weight: ScanWeight,
    },
    /// There has been no news of a parcel for too long.
    ParcelSilent {
        /// Of which order.
        order: OrderId,
        /// Which parcel.
        shipment: ShipmentId,
        /// Since when.
        since: Timestamp,
    },
    /// Digital goods were handed over.
    DigitalGranted {
        /// Of which order.
        order: OrderId,
    },
    /// Something that one of the two owned went to the other.
    ThingPassed {
        /// What.
        thing: ThingId,
        /// What it is called.
        title: ItemName,
        /// Until when it is lent; without, it is given for good.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// The seller asked for more time.
    ExtensionAsked {
        /// For which order.
        order: OrderId,
        /// How much.
        days: ExtensionDays,
    },
    /// The buyer answered.
    ExtensionAnswered {
        /// For which order.
        order: OrderId,
        /// Yes or no.
        accepted: bool,
    },
    /// What is left has to be on its way by another date.
    ShipByMoved {
        /// Of which order.
        order: OrderId,
        /// The new date.
        ship_by: Timestamp,
    },
    /// Pieces that were not shipped in time will not come.
    ItemsCancelled {
        /// Of which order.
        order: OrderId,
        /// Which pieces.
        contents: Vec<Packed>,
    },
    /// The buyer said that everything is OK.
    ReceiptConfirmed {
        /// Of which order.
        order: OrderId,
    },
    /// The money is the seller's.
    FundsReleasable {
        /// Of which order.
        order: OrderId,
        /// Why.
        because: ReleaseReason,
    },
    /// It was paid out.
    FundsReleased {
        /// Of which order.
        order: OrderId,
    },
    /// Somebody asked for help: funds and timers stand still.
    CaseOpened {
        /// Which.
        case: CaseId,
        /// On which order.
        order: OrderId,
        /// Who.
        by: Role,
        /// Why.
        reason: CaseReason,
        /// Over which pieces; earlier builds knew of whole orders only.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<Packed>,
        /// What the buyer says.
        #[serde(default, skip_serializing_if = "Said::is_empty")]
        said: Said,
    },
    /// Somebody proposed what would put it right; the other one is asked.
    CaseOffered {
        /// In which case.
        case: CaseId,
        /// On which order.
        order: OrderId,
        /// Who.
        by: Role,
        /// What.
        remedy: Remedy,
        /// What goes with it.
        #[serde(default, skip_serializing_if = "Said::is_empty")]
        said: Said,
        /// Until when the other one can answer.
        until: Option<Timestamp>,
    },
    /// Somebody said no.
    CaseRefused {
        /// In which case.
        case: CaseId,
        /// On which order.
        order: OrderId,
        /// Who.
        by: Role,
        /// Why.
        #[serde(default, skip_serializing_if = "Said::is_empty")]
        said: Said,
    },
    /// Somebody said or showed more.
    CaseSaid {
        /// In which case.
        case: CaseId,
        /// On which order.
        order: OrderId,
        /// Who.
        by: Role,
        /// What.
        said: Said,
    },
    /// A reviewer is asked.
    CaseEscalated {
        /// In which case.
        case: CaseId,
        /// On which order.
        order: OrderId,
        /// Why.
        because: Escalation,
        /// Until when; then what was offered last stands.
        until: Timestamp,
    },
    /// The two agreed, or what was offered last stood: it is carried out.
    CaseAgreed {
        /// In which case.
        case: CaseId,
        /// On which order.
        order: OrderId,
        /// Who said yes; nobody, when it stood.
        by: Option<Role>,
        /// To what.
        remedy: Remedy,
        /// Until when the buyer has to send back what is to go back.
        until: Timestamp,
    },
    /// What is to go back is on its way.
    CaseReturnSent {
        /// In which case.
        case: CaseId,
        /// Of which order.
        order: OrderId,
        /// Which parcel.
        shipment: ShipmentId,
        /// What is in it.
        contents: Vec<Packed>,
        /// Who carries it.
        carrier: Carrier,
        /// Its number.
        tracking: Option<TrackingNumber>,
        /// Until when it should be there.
        until: Timestamp,
    },
    /// A reviewer decided.
    CaseDecided {
        /// Which.
        case: CaseId,
        /// On which order.
        order: OrderId,
        /// What.
        verdict: Verdict,
        /// Why.
        words: CaseWords,
        /// Who decided; hidden from both sides.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reviewer: Option<AccountId>,
    },
    /// Money goes back for a case: when it has arrived, the case is over.
    CaseRefunding {
        /// In which case.
        case: CaseId,
        /// On which order.
        order: OrderId,
        /// Which refund.
        refund: RefundId,
        /// What comes of the case then.
        then: CaseOutcome,
    },
    /// Pieces are to be sent once more.
    ItemsReplaced {
        /// Of which order.
        order: OrderId,
        /// Which pieces.
        contents: Vec<Packed>,
    },
    /// The help is over: funds and timers go on.
    CaseClosed {
        /// Which.
        case: CaseId,
        /// On which order.
        order: OrderId,
        /// What came of it.
        #[serde(default)]
        outcome: CaseOutcome,
    },
}

/// Why a counter-offer is off the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CounterEnd {
    /// The seller said no.
    Declined,
    /// The buyer took it back.
    Withdrawn,
    /// Nobody answered in time.
    Lapsed,
}

impl Event {
    /// The event as one side may see it: before payment the seller learns the town and the kind of method, no more.
    #[must_use]
    pub fn seen_by(&self, role: Role) -> Self {
        match (self, role) {
            (
                Self::PaymentStarted {
                    payment,
                    request,
                    revision,
                    delivery,
                    amount,
                    method,
                    destination,
                    confirmed_by: _,
                },
                Role::Seller,
            ) => Self::PaymentStarted {
                payment: payment.clone(),
                request: request.clone(),
                revision: *revision,
                delivery: *delivery,
                amount: *amount,
                method: MethodView { id: None, kind: method.kind, hint: None },
                destination: destination.town_only(),
                confirmed_by: None,
            },
            // Why a bank says no is between the buyer and the bank.
            (Self::PaymentFailed { payment, reason: _ }, Role::Seller) => {
                Self::PaymentFailed { payment: payment.clone(), reason: DeclineReason::Undisclosed }
            }
            // What the processor costs is the seller's business.
            (Self::PaymentCaptured { payment, fee: _ }, Role::Buyer) => {
                Self::PaymentCaptured { payment: payment.clone(), fee: None }
            }
            // A reviewer is not to be written to by whom they have decided against.
            (Self::CaseDecided { case, order, verdict, words, reviewer: _ }, Role::Buyer | Role::Seller) => {
                Self::CaseDecided {
                    case: case.clone(),
                    order: order.clone(),
                    verdict: *verdict,
                    words: words.clone(),
                    reviewer: None,
                }
            }
            (event, Role::Buyer | Role::Seller) => event.clone(),
        }
    }
}

impl Envelope {
    /// The envelope as one side may see it.
    #[must_use]
    pub fn seen_by(&self, role: Role) -> Self {
        Self { event: self.event.seen_by(role), ..self.clone() }
    }
}
