//! The contract, natively: over memory, and over memory whose every answer lets everybody else go first.
#![cfg(feature = "contract")]

use api::contract::{
    self, cases, catch_up, conversation, facts, idempotency, inbox, orders, payments, privacy, queue, requests, search,
    selling, storage, things,
};
use api::store::{Answering, Batch, Kv, KvStore, MemoryKv, StoreError, WriteError};
use futures::executor::block_on;
use std::sync::Arc;
use std::task::Poll;

/// Memory that is not at once: between asking and being answered, others get their turn, as in a browser.
#[derive(Default)]
struct Hesitant(MemoryKv);

/// Ready the second time it is asked.
fn a_turn_later() -> impl Future<Output = ()> + Send {
    let mut asked = false;
    std::future::poll_fn(move |context| {
        if std::mem::replace(&mut asked, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
}

impl Kv for Hesitant {
    fn get<'a>(&'a self, key: &'a str) -> Answering<'a, Result<Option<String>, StoreError>> {
        Box::pin(async move {
            a_turn_later().await;
            self.0.get(key).await
        })
    }

    fn range(
        &self,
        from: String,
        to: String,
        limit: usize,
        newest_first: bool,
    ) -> Answering<'_, Result<Vec<(String, String)>, StoreError>> {
        Box::pin(async move {
            a_turn_later().await;
            self.0.range(from, to, limit, newest_first).await
        })
    }

    fn write(&self, batch: Batch) -> Answering<'_, Result<(), WriteError>> {
        Box::pin(async move {
            a_turn_later().await;
            self.0.write(batch).await
        })
    }

    fn clear(&self) -> Answering<'_, Result<(), StoreError>> {
        self.0.clear()
    }
}

mod over_memory {
    use super::*;
    macro_rules! test {
        ($($theme:ident :: $case:ident,)*) => {$(
            #[test]
            fn $case() {
                block_on(contract::run(Arc::new(KvStore::new(MemoryKv::default())), $theme::$case));
            }
        )*};
    }
    api::contract_cases!(test);
}

mod over_memory_that_takes_turns {
    use super::*;
    macro_rules! test {
        ($($theme:ident :: $case:ident,)*) => {$(
            #[test]
            fn $case() {
                block_on(contract::run(Arc::new(KvStore::new(Hesitant::default())), $theme::$case));
            }
        )*};
    }
    api::contract_cases!(test);
}

/// A log says nothing of time or chance but what its seed says: played twice it comes to the same.
#[test]
fn the_same_log_comes_to_the_same_over_memory_that_takes_turns() {
    for seed in 0..40 {
        block_on(contract::differential::is_as_in_memory(Arc::new(KvStore::new(Hesitant::default())), seed, 120));
    }
}

/// A log that never gets anywhere would agree with everything.
#[test]
fn the_logs_reach_orders_refunds_and_payouts() {
    let mut reached = std::collections::BTreeMap::new();
    for seed in 0..40 {
        let store = Arc::new(KvStore::new(MemoryKv::default()));
        let world = block_on(contract::World::over(store.clone()));
        block_on(contract::differential::play(&world, seed, 120));
        for (key, text) in block_on(api::store::Store::export(&*store)).unwrap() {
            for word in ["shipped", "refund_settled", "delivered", "case_opened", "counter_made"] {
                *reached.entry(word).or_insert(0) += usize::from(key.starts_with("event/") && text.contains(word));
            }
            *reached.entry("released").or_insert(0) += usize::from(key.starts_with("released/"));
        }
    }
    println!("{reached:?}");
    assert!(reached.values().all(|count| *count > 0), "{reached:?}");
}
