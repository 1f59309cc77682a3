//! A store that is down, and one that refuses what belongs to one thread: the first is an error and is tried again,
//! the second holds up nobody else.
#![cfg(feature = "contract")]

use api::contract::{self, World};
use api::store::{Answering, Batch, Kv, KvStore, MemoryKv, StoreError, WriteError};
use api::wire::TestBehaviour;
use domain::ids::{OrderId, PaymentId, ThreadId};
use futures::executor::block_on;
use std::sync::{Arc, Mutex};

/// What does not work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Outage {
    #[default]
    None,
    /// Nothing does.
    Everything,
    /// What is kept of this thread cannot be changed.
    Writes(ThreadId),
}

/// Memory with an outage.
#[derive(Default)]
struct Fragile {
    kv: MemoryKv,
    outage: Arc<Mutex<Outage>>,
}

impl Fragile {
    fn check(&self) -> Result<(), StoreError> {
        let down = *self.outage.lock().expect("no panic while looking") == Outage::Everything;
        if down { Err(StoreError::Unavailable("down".to_owned())) } else { Ok(()) }
    }

    fn refuses(&self, batch: &Batch) -> bool {
        match &*self.outage.lock().expect("no panic while looking") {
            Outage::None | Outage::Everything => false,
            Outage::Writes(thread) => batch.write.iter().any(|(key, _)| key.contains(thread.as_str())),
        }
    }
}

impl Kv for Fragile {
    fn get<'a>(&'a self, key: &'a str) -> Answering<'a, Result<Option<String>, StoreError>> {
        Box::pin(async move {
            self.check()?;
            self.kv.get(key).await
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
            self.check()?;
            self.kv.range(from, to, limit, newest_first).await
        })
    }

    fn write(&self, batch: Batch) -> Answering<'_, Result<(), WriteError>> {
        Box::pin(async move {
            self.check().map_err(WriteError::Store)?;
            if self.refuses(&batch) {
                return Err(WriteError::Store(StoreError::Full));
            }
            self.kv.write(batch).await
        })
    }

    fn clear(&self) -> Answering<'_, Result<(), StoreError>> {
        self.kv.clear()
    }
}

/// Two payments are waiting to be worked off, in two threads; then `case`.
fn with_two_payments(case: impl AsyncFnOnce(&World, &Mutex<Outage>, [(ThreadId, PaymentId); 2])) {
    let store = Fragile::default();
    let outage = store.outage.clone();
    block_on(contract::run(Arc::new(KvStore::new(store)), async |world: &World| {
        let mine = world.thread().await;
        let request = world.ask(&mine).await;
        let first = world.tap_pay(&request, TestBehaviour::Approve).await;
        let (other, request) = world.asked_by_terra(3_600).await;
        let second = world.tap_pay(&request, TestBehaviour::Approve).await;
        case(world, &outage, [(mine, first), (other, second)]).await;
    }));
}

fn set(outage: &Mutex<Outage>, to: Outage) {
    *outage.lock().expect("no panic while setting") = to;
}

async fn order_of(world: &World, (thread, payment): &(ThreadId, PaymentId)) -> Option<OrderId> {
    world.state(thread).await.order_of(payment).map(|order| order.id.clone())
}

#[test]
fn a_store_that_is_down_is_an_error_and_is_tried_again() {
    with_two_payments(async |world, outage, payments| {
        set(outage, Outage::Everything);
        let problem = world.app.tick().await.expect_err("nothing can be done");
        assert_eq!((problem.status, problem.code.as_str()), (503, "storage_unavailable"));
        set(outage, Outage::None);
        assert!(world.app.tick().await.expect("it answers again") > 0);
        for payment in &payments {
            assert!(order_of(world, payment).await.is_some());
        }
    });
}

#[test]
fn what_the_store_refuses_of_one_thread_holds_up_nobody_and_is_tried_again() {
    with_two_payments(async |world, outage, [first, second]| {
        set(outage, Outage::Writes(first.0.clone()));
        let problem = world.app.tick().await.expect_err("one of them failed");
        assert_eq!(problem.code, "storage_full");
        assert!(order_of(world, &first).await.is_none());
        assert!(order_of(world, &second).await.is_some(), "the other went on");
        set(outage, Outage::None);
        world.settle().await;
        assert!(order_of(world, &first).await.is_some());
    });
}
