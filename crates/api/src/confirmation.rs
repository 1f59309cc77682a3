//! What a passkey signs for a payment; the page asks for it, the API checks it.

use domain::ids::{AccountId, PaymentRequestId};
use domain::money::Money;
use domain::thread::Thread;
use sha2::{Digest, Sha256};

/// What one payment is: a signature over it fits no other.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who is paid.
    pub payee: &'a AccountId,
    /// What for.
    pub request: &'a PaymentRequestId,
    /// Its revision, which fixes every item.
    pub revision: u32,
    /// How much.
    pub total: Money,
    /// How often it was tried before: a signature is good for one try.
    pub attempt: usize,
}

impl<'a> Context<'a> {
    /// The next payment of a request, as the thread stands.
    pub fn next(thread: &'a Thread, request: &'a PaymentRequestId, revision: u32, total: Money) -> Self {
        Self { payee: &thread.seller, request, revision, total, attempt: thread.attempts(request).count() }
    }

    /// What is signed.
    pub fn challenge(&self) -> Vec<u8> {
        let Self { payee, request, revision, total, attempt } = self;
        let (minor, currency) = (total.minor, total.currency.code());
        // No id has a bar in it: two payments never read the same.
        let text = format!("bottega.pay.v2|{payee}|{request}|{revision}|{minor}|{currency}|{attempt}");
        Sha256::digest(text).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::money::Currency;

    #[test]
    fn another_payee_amount_currency_revision_or_try_is_another_payment() {
        let (kai, zoe): (AccountId, AccountId) = ("acc_kai".parse().unwrap(), "acc_zoe".parse().unwrap());
        let (one, two): (PaymentRequestId, PaymentRequestId) = ("pr_1".parse().unwrap(), "pr_2".parse().unwrap());
        let usd = |minor| Money::new(minor, Currency::USD);
        let this = Context { payee: &kai, request: &one, revision: 1, total: usd(100), attempt: 0 };
        let others = [
            Context { payee: &zoe, ..this },
            Context { request: &two, ..this },
            Context { revision: 2, ..this },
            Context { total: usd(101), ..this },
            Context { total: Money::new(100, "EUR".parse().unwrap()), ..this },
            Context { attempt: 1, ..this },
        ];
        assert_eq!(this.challenge(), this.challenge());
        for other in others {
            assert_ne!(other.challenge(), this.challenge(), "{other:?}");
        }
    }
}
