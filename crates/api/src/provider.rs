//! Who moves money. The point of the trait: being in doubt is not being refused.

pub mod simulated;

use crate::store::Answering;
use domain::ids::{OrderId, PaymentId, RefundId};
use domain::money::Money;
use domain::payment::{DeclineReason, RequiredAction};

/// What the processor answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done as asked.
    Done,
    /// No.
    Declined(DeclineReason),
    /// The buyer has to do something first.
    ActionRequired(RequiredAction),
    /// It will tell by itself.
    Pending,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderError {
    /// It may have happened, or not: ask again with the same key, or fetch. Never a failure.
    InDoubt,
    /// It did not happen: not sent.
    Unavailable(String),
}

/// A payment processor. Every call carries a key that makes repeating it safe: the id of what is asked for.
pub trait PaymentProvider: Send + Sync {
    /// Reserves money.
    fn authorise<'a>(
        &'a self,
        key: &'a PaymentId,
        amount: Money,
        token: &'a str,
    ) -> Answering<'a, Result<Outcome, ProviderError>>;
    /// What became of an attempt: the only source of truth.
    fn fetch<'a>(&'a self, key: &'a PaymentId) -> Answering<'a, Result<Outcome, ProviderError>>;
    /// Takes reserved money.
    fn capture<'a>(&'a self, key: &'a PaymentId) -> Answering<'a, Result<Outcome, ProviderError>>;
    /// Lets reserved money go.
    fn void<'a>(&'a self, key: &'a PaymentId) -> Answering<'a, Result<Outcome, ProviderError>>;
    /// Gives money back.
    fn refund<'a>(
        &'a self,
        key: &'a RefundId,
        payment: &'a PaymentId,
        amount: Money,
    ) -> Answering<'a, Result<Outcome, ProviderError>>;
    /// Pays a seller.
    fn pay_out<'a>(&'a self, key: &'a OrderId, amount: Money) -> Answering<'a, Result<Outcome, ProviderError>>;
}
