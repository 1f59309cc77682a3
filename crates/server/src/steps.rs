//! Steps that a server can be made to end at, to show that it may end anywhere: each statement, each commit, each call
//! of the processor, each publication. Without the feature `failpoints` there is nothing of it.

use api::provider::PaymentProvider;
use std::sync::Arc;

#[cfg(not(feature = "failpoints"))]
mod here {
    use super::{Arc, PaymentProvider};

    /// A step.
    #[inline]
    pub fn reached(_what: &str) {}

    /// So many steps in one go; before which of them to end.
    #[inline]
    pub fn reached_all(_count: usize) -> Option<usize> {
        None
    }

    /// The end, of which there is none.
    #[inline]
    pub fn end(_what: &str) {}

    /// A processor, as it is.
    pub fn counted(provider: impl PaymentProvider + 'static) -> Arc<dyn PaymentProvider> {
        Arc::new(provider)
    }
}

#[cfg(feature = "failpoints")]
mod here {
    use super::{Arc, PaymentProvider};
    use api::provider::{Fact, Outcome, ProviderError, Purchase, Returned, Taken, Told};
    use api::wire::TestBehaviour;
    use domain::dispute::DisputeAnswer;
    use domain::ids::{AccountId, DisputeId, MethodId, OrderId, PaymentId, RefundId};
    use domain::money::Money;
    use domain::order::{Order, Shipment};
    use domain::payment::MethodKind;
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static LAST: LazyLock<Option<u64>> = LazyLock::new(|| std::env::var("BOTTEGA_CRASH_AT").ok()?.parse().ok());
    static REACHED: AtomicU64 = AtomicU64::new(0);

    /// A step. At the one that was chosen the process ends as if it were killed: nothing is flushed, nobody is told.
    pub fn reached(what: &str) {
        if reached_all(1).is_some() {
            end(what);
        }
    }

    /// So many steps in one go; before which of them the process is to end, when it is one of them.
    pub fn reached_all(count: usize) -> Option<usize> {
        let before = REACHED.fetch_add(count as u64, Ordering::SeqCst);
        let at = usize::try_from(LAST.as_ref()?.checked_sub(before + 1)?).ok()?;
        (at < count).then_some(at)
    }

    /// The end of the process.
    pub fn end(what: &str) {
        let what = what.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
        let step = LAST.unwrap_or_default();
        eprintln!("ends at step {step}: {what}");
        std::process::abort();
    }

    /// A processor that is called in steps.
    struct Counted<P>(P);

    /// A processor whose calls are steps: before they are made, and before what they came to is used.
    pub fn counted(provider: impl PaymentProvider + 'static) -> Arc<dyn PaymentProvider> {
        Arc::new(Counted(provider))
    }

    fn counting<'a, T: 'a>(call: impl Future<Output = Result<T, ProviderError>> + Send + 'a) -> Told<'a, T> {
        Box::pin(async move {
            reached("the processor is called");
            let outcome = call.await;
            reached("the processor has answered");
            outcome
        })
    }

    impl<P: PaymentProvider> PaymentProvider for Counted<P> {
        fn offers(&self) -> &'static [MethodKind] {
            self.0.offers()
        }
        fn is_real(&self) -> bool {
            self.0.is_real()
        }
        fn test_of(&self, kind: MethodKind) -> Option<TestBehaviour> {
            self.0.test_of(kind)
        }
        fn authorise<'a>(&'a self, purchase: Purchase<'a>) -> Told<'a, Outcome> {
            counting(self.0.authorise(purchase))
        }
        fn approval<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, Option<String>> {
            self.0.approval(payment)
        }
        fn look<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, Vec<Fact>> {
            counting(self.0.look(payment))
        }
        fn capture<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, Taken> {
            counting(self.0.capture(payment))
        }
        fn void<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, ()> {
            counting(self.0.void(payment))
        }
        fn refund<'a>(&'a self, key: &'a RefundId, payment: &'a PaymentId, amount: Money) -> Told<'a, Returned> {
            counting(self.0.refund(key, payment, amount))
        }
        fn pay_out<'a>(&'a self, key: &'a OrderId, amount: Money) -> Told<'a, ()> {
            counting(self.0.pay_out(key, amount))
        }
        fn push_tracking<'a>(&'a self, payment: &'a PaymentId, shipment: &'a Shipment) -> Told<'a, ()> {
            counting(self.0.push_tracking(payment, shipment))
        }
        fn answer_dispute<'a>(
            &'a self,
            dispute: &'a DisputeId,
            answer: DisputeAnswer,
            order: &'a Order,
        ) -> Told<'a, ()> {
            counting(self.0.answer_dispute(dispute, answer, order))
        }
        fn forget<'a>(&'a self, account: &'a AccountId, method: &'a MethodId) -> Told<'a, ()> {
            counting(self.0.forget(account, method))
        }
    }
}

pub use here::{counted, end, reached, reached_all};
