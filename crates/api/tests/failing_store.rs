//! Paid, shipped and released over a store that fails once, at every step in turn: what was under way is finished by
//! trying again, and nothing is done by halves or twice.
#![cfg(feature = "contract")]

use api::client::{ApiError, OrderAct};
use api::contract::{self, World};
use api::store::{Answering, Batch, Kv, KvStore, MemoryKv, StoreError, WriteError};
use api::wire::{MoveCarrier, SetClock, Ship, TestBehaviour};
use domain::carrier::Carrier;
use domain::order::Funds;
use futures::executor::block_on;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// How the store fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// Nothing was done.
    Before,
    /// It was done, and nobody was told.
    After,
}

/// Memory that fails when a countdown reaches nothing.
struct Failing {
    kv: MemoryKv,
    left: Arc<AtomicI64>,
    failure: Failure,
}

impl Failing {
    fn fails(&self) -> bool {
        self.left.fetch_sub(1, Ordering::Relaxed) == 0
    }

    /// A question that was answered and not heard is one that was not answered: only writes count then.
    fn fails_to_tell(&self) -> bool {
        self.failure == Failure::Before && self.fails()
    }
}

fn broken() -> StoreError {
    StoreError::Unavailable("out of order".to_owned())
}

impl Kv for Failing {
    fn get<'a>(&'a self, key: &'a str) -> Answering<'a, Result<Option<String>, StoreError>> {
        if self.fails_to_tell() { Box::pin(async { Err(broken()) }) } else { self.kv.get(key) }
    }

    fn range(
        &self,
        from: String,
        to: String,
        limit: usize,
        newest_first: bool,
    ) -> Answering<'_, Result<Vec<(String, String)>, StoreError>> {
        if self.fails_to_tell() {
            Box::pin(async { Err(broken()) })
        } else {
            self.kv.range(from, to, limit, newest_first)
        }
    }

    fn write(&self, batch: Batch) -> Answering<'_, Result<(), WriteError>> {
        let fails = self.fails();
        Box::pin(async move {
            if fails && self.failure == Failure::Before {
                return Err(WriteError::Store(broken()));
            }
            let written = self.kv.write(batch).await;
            if fails { Err(WriteError::Store(broken())) } else { written }
        })
    }

    fn clear(&self) -> Answering<'_, Result<(), StoreError>> {
        self.kv.clear()
    }
}

/// Tries again, as an outbox does, while the storage is what is wrong.
async fn insist<R>(mut call: impl AsyncFnMut() -> Result<R, ApiError>) -> Result<R, ApiError> {
    loop {
        match call().await {
            Err(ApiError::Problem(problem)) if problem.status == 503 => {}
            answer => return answer,
        }
    }
}

async fn settle(world: &World) {
    while world.app.tick().await.is_err() {}
}

async fn wait(world: &World, seconds: u64) {
    let clock = SetClock { speed: None, advance_seconds: Some(seconds), to_next: false };
    insist(async || world.seller.api.set_clock(&world.key(), &clock).await).await.expect("a demo");
    settle(world).await;
}

/// Sells something; says whether the failure came before the end.
fn sold_with_one_failure_at(step: i64, failure: Failure) -> bool {
    let failed = Arc::new(AtomicBool::new(false));
    let left = Arc::new(AtomicI64::new(i64::MAX));
    let kv = Failing { kv: MemoryKv::default(), left: left.clone(), failure };
    block_on(contract::run(Arc::new(KvStore::new(kv)), async |world: &World| {
        let thread = world.thread().await;
        let request = world.ask(&thread).await;
        let body = world.pay_body(&request, TestBehaviour::Approve).await;
        left.store(step, Ordering::Relaxed);

        let (buyer, seller) = (&world.buyer.api, &world.seller.api);
        let key = world.key();
        insist(async || buyer.pay(&key, &request, &body).await).await.expect("paid");
        settle(world).await;
        // A processor whose own books failed is asked again after a while.
        wait(world, 60).await;
        let snapshot = insist(async || buyer.thread(&thread).await).await.expect("one's own");
        let order = snapshot.thread.orders.values().next().expect("an order").clone();
        wait(world, 300).await;
        let number = "1Z5R89390357567127".to_owned().try_into().expect("a number");
        let ship = Ship { contents: order.unshipped(), carrier: Carrier::Ups, tracking: Some(number) };
        let key = world.key();
        insist(async || seller.ship(&key, &order.id, &ship).await).await.expect("shipped");
        wait(world, 60).await;
        let push = MoveCarrier { order: order.id.clone() };
        while insist(async || seller.move_carrier(&world.key(), &push).await).await.is_ok() {}
        let key = world.key();
        insist(async || buyer.on_order(&key, &order.id, OrderAct::ConfirmReceipt).await).await.expect("confirmed");
        settle(world).await;
        wait(world, 60).await;

        failed.store(left.swap(i64::MAX, Ordering::Relaxed) < 0, Ordering::Relaxed);
        let state = world.state(&thread).await;
        assert!(matches!(state.orders[&order.id].funds, Funds::Released { .. }), "failed at step {step}");
        assert_eq!((state.orders.len(), state.payments.len()), (1, 1));
    }));
    failed.load(Ordering::Relaxed)
}

fn at_every_step(failure: Failure) {
    let steps = (0..).find(|step| !sold_with_one_failure_at(*step, failure)).expect("it ends");
    println!("{steps} steps, a failure at each of them, nothing lost and nothing twice");
    assert!(steps > 30, "the store is asked more often than {steps} times");
}

#[test]
fn a_store_that_does_nothing_once_at_any_step_loses_nothing() {
    at_every_step(Failure::Before);
}

#[test]
fn a_store_that_does_it_and_does_not_say_so_at_any_step_does_nothing_twice() {
    at_every_step(Failure::After);
}
