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
    use api::provider::{Outcome, ProviderError};
    use api::store::Answering;
    use domain::ids::{OrderId, PaymentId, RefundId};
    use domain::money::Money;
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

    type Answered<'a> = Answering<'a, Result<Outcome, ProviderError>>;

    fn counting<'a>(call: impl Future<Output = Result<Outcome, ProviderError>> + Send + 'a) -> Answered<'a> {
        Box::pin(async move {
            reached("the processor is called");
            let outcome = call.await;
            reached("the processor has answered");
            outcome
        })
    }

    impl<P: PaymentProvider> PaymentProvider for Counted<P> {
        fn authorise<'a>(&'a self, key: &'a PaymentId, amount: Money, token: &'a str) -> Answered<'a> {
            counting(self.0.authorise(key, amount, token))
        }
        fn fetch<'a>(&'a self, key: &'a PaymentId) -> Answered<'a> {
            counting(self.0.fetch(key))
        }
        fn capture<'a>(&'a self, key: &'a PaymentId) -> Answered<'a> {
            counting(self.0.capture(key))
        }
        fn void<'a>(&'a self, key: &'a PaymentId) -> Answered<'a> {
            counting(self.0.void(key))
        }
        fn refund<'a>(&'a self, key: &'a RefundId, payment: &'a PaymentId, amount: Money) -> Answered<'a> {
            counting(self.0.refund(key, payment, amount))
        }
        fn pay_out<'a>(&'a self, key: &'a OrderId, amount: Money) -> Answered<'a> {
            counting(self.0.pay_out(key, amount))
        }
    }
}

pub use here::{counted, end, reached, reached_all};
