//! Who moves money. The point of the trait: being in doubt is not being refused.

pub mod simulated;

use crate::store::Answering;
use crate::wire::{SavedMethod, TestBehaviour};
use domain::command::RefundAnswer;
use domain::dispute::{DisputeAnswer, DisputeTold};
use domain::ids::{AccountId, DisputeId, MethodId, OrderId, PaymentId, RefundId};
use domain::money::Money;
use domain::order::{Order, Shipment};
use domain::payment::{DeclineReason, MethodKind, Payment, PendingReason, RefundTrouble, RequiredAction};
use domain::text::Label;
use domain::thread::Thread;

/// What is to be paid. The amount, the payee and all else are ours: nothing of it comes from a page.
#[derive(Clone, Copy)]
pub struct Purchase<'a> {
    /// Between whom.
    pub thread: &'a Thread,
    /// What the seller is called.
    pub brand: &'a str,
    /// The attempt.
    pub payment: &'a Payment,
    /// The method, as it is in the buyer's wallet; none when it was removed meanwhile.
    pub method: Option<&'a SavedMethod>,
}

/// What the processor answers when money is to be reserved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is reserved.
    Done {
        /// What the method is called from now on, when the processor has kept it for the next time.
        kept: Option<Label>,
    },
    /// No.
    Declined(DeclineReason),
    /// The buyer has to do something first.
    ActionRequired(RequiredAction),
    /// It will tell by itself.
    Pending,
}

/// What it answers when reserved money is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is taken.
    Taken {
        /// What the processor keeps for itself, when it says so.
        fee: Option<Money>,
    },
    /// It takes its time.
    Pending(PendingReason),
    /// It cannot be taken.
    Failed,
}

/// What it answers when money is to go back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    /// It is back.
    Settled,
    /// It takes its time.
    Pending,
    /// It does not go.
    Failed(RefundTrouble),
}

/// Something that is so at the processor, whatever anybody was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The buyer has approved: the money can be reserved, or is.
    Approved,
    /// How the reserved money stands.
    Taken(Taken),
    /// How a refund of ours stands.
    Refund(RefundId, RefundAnswer),
    /// Money that went back in the processor's own pages.
    ReturnedElsewhere {
        /// Which, named after the processor's name for it.
        refund: RefundId,
        /// How much.
        amount: Money,
    },
    /// What a buyer complains of.
    Dispute(DisputeTold),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderError {
    /// It may have happened, or not: ask again with the same key, or look. Never a failure.
    InDoubt,
    /// It did not happen: not sent, or not now.
    Unavailable(String),
}

/// An answer of the processor's, some time.
pub type Told<'a, T> = Answering<'a, Result<T, ProviderError>>;

/// A payment processor. Every call carries a key that makes repeating it safe: the id of what is asked for.
pub trait PaymentProvider: Send + Sync {
    /// The kinds of methods one can add, the proposed one first.
    fn offers(&self) -> &'static [MethodKind];
    /// Whether money moves.
    fn is_real(&self) -> bool {
        true
    }
    /// What a new method of a kind will do, where nothing is real.
    fn test_of(&self, _kind: MethodKind) -> Option<TestBehaviour> {
        None
    }
    /// Reserves money. Asked again, it goes on from where it stands.
    fn authorise<'a>(&'a self, purchase: Purchase<'a>) -> Told<'a, Outcome>;
    /// Where the buyer approves, when that is needed: an address of the processor's.
    fn approval<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, Option<String>>;
    /// What is so of an attempt whose money was reserved: the only source of truth.
    fn look<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, Vec<Fact>>;
    /// Takes reserved money.
    fn capture<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, Taken>;
    /// Lets reserved money go.
    fn void<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, ()>;
    /// Gives money back.
    fn refund<'a>(&'a self, key: &'a RefundId, payment: &'a PaymentId, amount: Money) -> Told<'a, Returned>;
    /// Pays a seller.
    fn pay_out<'a>(&'a self, key: &'a OrderId, amount: Money) -> Told<'a, ()>;
    /// Tells that a parcel is on its way, which protects the seller.
    fn push_tracking<'a>(&'a self, payment: &'a PaymentId, shipment: &'a Shipment) -> Told<'a, ()>;
    /// Answers a complaint.
    fn answer_dispute<'a>(&'a self, dispute: &'a DisputeId, answer: DisputeAnswer, order: &'a Order) -> Told<'a, ()>;
    /// Forgets what was kept of a method.
    fn forget<'a>(&'a self, account: &'a AccountId, method: &'a MethodId) -> Told<'a, ()>;
}
