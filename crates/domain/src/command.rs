//! What somebody wants to happen in a thread, and what the processor, the carrier and time report.

use crate::address::Destination;
use crate::carrier::{Carrier, TrackingNumber};
use crate::case::{CaseReason, CaseWords, Remedy, Said, Verdict};
use crate::dispute::{DisputeAnswer, DisputeTold};
use crate::ids::{
    AccountId, CaseId, CommandId, DisputeId, MessageId, OrderId, PaymentId, PaymentRequestId, RefundId, ShipmentId,
    ThingId,
};
use crate::message::{Content, Emoji, Quote};
use crate::money::Money;
use crate::order::{ExtensionDays, OrderNumber, Packed, TrackingEvent};
use crate::payment::{ConfirmedBy, DeclineReason, MethodView, PendingReason, RefundTrouble, RequiredAction};
use crate::payment_request::Proposal;
use crate::terms::Terms;
use crate::text::ItemName;
use crate::thread::{Actor, Role};
use crate::time::{Span, Timestamp};
use crate::timer::Timer;

/// What a command is decided with, besides the state: who, when, and what the caller looked up.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who wants it.
    pub actor: Actor,
    /// Now.
    pub now: Timestamp,
    /// What everything it brings about is named after.
    pub command: CommandId,
    /// The message it is about, when there is one.
    pub message: Option<MessageFacts>,
    /// What the seller's other threads asked for in the last 7 days, in minor units of the market's currency.
    pub requested_elsewhere: i64,
}

/// What is to be known of a message to change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageFacts {
    /// Who said it.
    pub author: Role,
    /// When.
    pub sent_at: Timestamp,
    /// Whether it was taken back.
    pub unsent: bool,
}

/// What is wanted or reported.
#[derive(Clone, Debug)]
pub enum Command {
    /// Take the thread into the inbox.
    AcceptThread,
    /// Say something. The id is the client's, so that saying it twice says it once.
    Say {
        /// The message's id.
        message: MessageId,
        /// What.
        content: Content,
        /// What it answers.
        reply_to: Option<Quote>,
    },
    /// Change one's own words.
    Edit {
        /// Which message.
        message: MessageId,
        /// The new words.
        content: Content,
    },
    /// Take a message back.
    Unsend {
        /// Which message.
        message: MessageId,
    },
    /// React; carries the wanted reaction, so that twice is once.
    React {
        /// To which message.
        message: MessageId,
        /// With what; `None` for nothing.
        emoji: Option<Emoji>,
    },

    /// Ask for a payment.
    SendRequest {
        /// What is asked.
        terms: Terms,
        /// How long it stays open; the market's default without.
        expires_in: Option<Span>,
    },
    /// Ask again for what expired, was declined or withdrawn.
    SendAgain {
        /// Which request.
        request: PaymentRequestId,
    },
    /// Change an open request.
    Revise {
        /// Which.
        request: PaymentRequestId,
        /// The revision that was on the screen.
        revision: u32,
        /// The new terms.
        terms: Terms,
        /// How long it stays open from now.
        expires_in: Option<Span>,
    },
    /// Take an open request back.
    Withdraw {
        /// Which.
        request: PaymentRequestId,
    },
    /// Note that the buyer opened it.
    View {
        /// Which.
        request: PaymentRequestId,
    },
    /// Propose a change.
    Counter {
        /// Of which request.
        request: PaymentRequestId,
        /// The revision that was on the screen.
        revision: u32,
        /// What.
        proposal: Proposal,
    },
    /// Take the proposal back.
    WithdrawCounter {
        /// On which request.
        request: PaymentRequestId,
    },
    /// Say no to the proposal; the request stays open as it was.
    DeclineCounter {
        /// On which request.
        request: PaymentRequestId,
    },
    /// Say yes to the proposal: a revision with its terms.
    AcceptCounter {
        /// On which request.
        request: PaymentRequestId,
    },
    /// Say no to the request.
    Decline {
        /// Which.
        request: PaymentRequestId,
    },

    /// Pay. Carries what was shown, never what to charge.
    Pay {
        /// Which request.
        request: PaymentRequestId,
        /// The revision that was shown.
        revision: u32,
        /// The delivery option.
        delivery: usize,
        /// The total that was shown.
        total: Money,
        /// With what.
        method: MethodView,
        /// Where to.
        destination: Destination,
        /// What the buyer confirmed it with.
        confirmed_by: ConfirmedBy,
    },
    /// The buyer passed the processor's check.
    Resume {
        /// Which attempt.
        payment: PaymentId,
    },
    /// The buyer gave the processor's check up.
    CancelAttempt {
        /// Which attempt.
        payment: PaymentId,
    },
    /// Undo a payment within its window.
    Undo {
        /// Which.
        payment: PaymentId,
    },
    /// The processor's word on an attempt.
    Answer {
        /// Which attempt.
        payment: PaymentId,
        /// The word.
        answer: Answer,
    },
    /// The processor's word on a refund.
    RefundAnswer {
        /// Which refund.
        refund: RefundId,
        /// Of which attempt.
        payment: PaymentId,
        /// The word.
        answer: RefundAnswer,
    },
    /// The processor tells of money that went back without us.
    RefundSeen {
        /// Which refund.
        refund: RefundId,
        /// Of which attempt.
        payment: PaymentId,
        /// How much.
        amount: Money,
    },
    /// The processor's word on a complaint.
    DisputeTold {
        /// About which attempt.
        payment: PaymentId,
        /// The word.
        told: DisputeTold,
    },
    /// Answer a complaint.
    AnswerDispute {
        /// Over which order.
        order: OrderId,
        /// Which.
        dispute: DisputeId,
        /// What.
        answer: DisputeAnswer,
    },
    /// The processor paid the seller.
    PaidOut {
        /// For which order.
        order: OrderId,
    },

    /// Begin to prepare an order.
    Prepare {
        /// Which.
        order: OrderId,
    },
    /// Hand a parcel over.
    Ship {
        /// Of which order.
        order: OrderId,
        /// What is in it.
        contents: Vec<Packed>,
        /// Who carries it.
        carrier: Carrier,
        /// Its number; none when the seller brings it.
        tracking: Option<TrackingNumber>,
    },
    /// Say that everything lies ready to be fetched.
    Ready {
        /// Of which order.
        order: OrderId,
    },
    /// What the carrier says of a parcel: all at once, or nothing.
    Track {
        /// Of which order.
        order: OrderId,
        /// Which parcel.
        shipment: ShipmentId,
        /// What, in any order; what was said before is said again.
        scans: Vec<TrackingEvent>,
    },
    /// Ask for more time to ship.
    AskExtension {
        /// For which order.
        order: OrderId,
        /// How much.
        days: ExtensionDays,
    },
    /// Answer that.
    AnswerExtension {
        /// For which order.
        order: OrderId,
        /// Yes or no.
        accept: bool,
    },
    /// Say that everything is OK.
    Confirm {
        /// Which order.
        order: OrderId,
    },
    /// The seller cannot deliver.
    CancelOrder {
        /// Which order.
        order: OrderId,
    },
    /// Give money back.
    Refund {
        /// Of which order.
        order: OrderId,
        /// How much.
        amount: RefundAmount,
    },
    /// Ask for help.
    OpenCase {
        /// On which order.
        order: OrderId,
        /// Why.
        reason: CaseReason,
        /// Over which pieces.
        items: Vec<Packed>,
        /// What would put it right.
        wish: Remedy,
        /// What the buyer says.
        said: Said,
    },
    /// Propose what would put it right.
    Offer {
        /// On which order.
        order: OrderId,
        /// In which case.
        case: CaseId,
        /// What.
        remedy: Remedy,
        /// What goes with it.
        said: Said,
    },
    /// Say yes to what the other side has proposed.
    AcceptOffer {
        /// On which order.
        order: OrderId,
        /// In which case.
        case: CaseId,
        /// What was on the screen.
        remedy: Remedy,
    },
    /// Say no to it: a reviewer is asked.
    RefuseOffer {
        /// On which order.
        order: OrderId,
        /// In which case.
        case: CaseId,
        /// Why.
        said: Said,
    },
    /// Say more, or show more.
    AddToCase {
        /// On which order.
        order: OrderId,
        /// In which case.
        case: CaseId,
        /// What.
        said: Said,
    },
    /// Send back what is to go back.
    SendBack {
        /// Of which order.
        order: OrderId,
        /// In which case.
        case: CaseId,
        /// Who carries it.
        carrier: Carrier,
        /// Its number; none when the buyer brings it.
        tracking: Option<TrackingNumber>,
    },
    /// Say that it has come back.
    GotBack {
        /// Of which order.
        order: OrderId,
        /// In which case.
        case: CaseId,
    },
    /// Decide what the two could not settle.
    DecideCase {
        /// On which order.
        order: OrderId,
        /// Which.
        case: CaseId,
        /// What.
        verdict: Verdict,
        /// Why.
        words: CaseWords,
        /// Who decides; neither of the two.
        reviewer: AccountId,
    },
    /// End the help.
    CloseCase {
        /// On which order.
        order: OrderId,
        /// Which.
        case: CaseId,
    },

    /// Somebody has given or lent something to the other side: the thread is told.
    TellPassed {
        /// What.
        thing: ThingId,
        /// What it is called.
        title: ItemName,
        /// Until when it is lent; without, it is given for good.
        until: Option<Timestamp>,
    },

    /// A time has come.
    Fire(Timer),
}

/// What the processor says of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The money is reserved.
    Authorised {
        /// The number an order would get.
        number: OrderNumber,
    },
    /// The buyer has to do something.
    ActionRequired(RequiredAction),
    /// No.
    Declined(DeclineReason),
    /// No clear word: neither yes nor no.
    InDoubt,
    /// Taking the reserved money takes its time.
    CapturePending(PendingReason),
    /// The reserved money was taken.
    Captured {
        /// What the processor keeps for itself, when it said so.
        fee: Option<Money>,
    },
    /// The reserved money could not be taken.
    CaptureFailed,
}

/// What the processor says of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundAnswer {
    /// The money is back.
    Settled,
    /// It is where it was.
    Failed(RefundTrouble),
}

/// How a refund is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundAmount {
    /// All that is left.
    Rest,
    /// So much.
    Amount(Money),
    /// The price of some pieces, with their share of discount and tax.
    Items(Vec<Packed>),
}
