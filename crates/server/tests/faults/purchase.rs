//! One purchase, told to a server that ends in the middle of it.

use super::house::{House, way_to};
use api::contract::{World, after_every_case};
use api::store::Store;
use api::wire::{MakeRefund, MarkRead, SetClock, Ship, TestBehaviour};
use domain::carrier::Carrier;
use domain::ids::{MessageId, ThreadId};
use domain::ledger::Account;
use domain::money::{Currency, Money};
use domain::order::Packed;
use domain::payment::PaymentStatus;
use domain::timeline::RowItem;
use server::store::SqlStore;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Buys at servers that end at step 1, at step 2 and so on, until no step is left; how many there were. `fresh` makes an
/// empty store with its address; so many purchases go on at once.
pub async fn every_step<F>(at_once: usize, fresh: impl Fn() -> F) -> u64
where
    F: Future<Output = (Arc<SqlStore>, String)>,
{
    let only = std::env::var("CRASH_AT").ok().and_then(|text| text.parse().ok());
    let ends_at = async |k: u64| {
        let (store, database) = fresh().await;
        let came = buys_whatever_ends(store.clone(), database, k).await;
        store.close().await;
        came
    };
    if let Some(k) = only {
        return u64::from(ends_at(k).await);
    }
    let next = AtomicU64::new(1);
    let lane = async |_| loop {
        let k = next.fetch_add(1, Ordering::SeqCst);
        if !ends_at(k).await {
            break k - 1;
        }
    };
    let steps = futures::future::join_all((0..at_once).map(lane)).await.into_iter().max().unwrap_or(0);
    // Far fewer would mean that steps are no longer counted where things are written.
    assert!(steps > 200, "{steps} steps");
    steps
}

/// Buys at a server over `store` that ends at step `k`; whether it came to that step. Whatever it ended over: nothing
/// that was acknowledged is lost, nothing is doubled, everything that was begun is finished.
async fn buys_whatever_ends(store: Arc<dyn Store>, database: String, k: u64) -> bool {
    let house = House::over(database, Some(k));
    let world = World::dialled(store, way_to(&house)).await;
    let thread = world.thread().await;
    let mut said = vec![world.say(&world.buyer, &thread, "Is the twin fish still there?").await];
    said.push(world.say(&world.seller, &thread, "It is").await);
    let api = &world.buyer.api;
    api.mark_read(&world.key(), &thread, &MarkRead { seq: 4 }).await.expect("seen");

    let request = world.ask(&thread).await;
    let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
    worked_off(&world, &house).await;
    pass(&world, &house, 5 * 60).await;
    let state = world.state(&thread).await;
    let order = state.order_of(&payment).expect("what is paid is ordered").id.clone();

    let contents = vec![Packed { line: 0, quantity: 1 }, Packed { line: 1, quantity: 1 }];
    let ship = Ship { contents, carrier: Carrier::Ups, tracking: None };
    world.seller.api.ship(&world.key(), &order, &ship).await.expect("shipped");
    let some = MakeRefund { amount: Some(Money::new(1_000, Currency::USD)), items: Vec::new() };
    world.seller.api.refund(&world.key(), &order, &some).await.expect("refunded");
    worked_off(&world, &house).await;

    let ended = house.has_ended().await;
    house.kill().await;
    let state = world.state(&thread).await;
    assert!(matches!(state.payments[&payment].status, PaymentStatus::Captured { .. }), "k = {k}: paid once, and whole");
    assert_eq!((state.payments.len(), state.orders.len(), state.requests.len()), (1, 1, 1), "k = {k}: nothing doubled");
    let back = state.ledger.balance(&order, Account::Buyer, Currency::USD).minor;
    let paid = state.payments[&payment].captured().minor;
    assert_eq!(paid + back, 1_000, "k = {k}: refunded once");
    assert_eq!(state.orders[&order].shipments.len(), 1, "k = {k}: one parcel");
    assert_eq!(messages(&world, &thread).await, said, "k = {k}: said once, in order");
    after_every_case(&world).await;
    ended
}

async fn messages(world: &World, thread: &ThreadId) -> Vec<MessageId> {
    let mut rows = world.app.store.rows(thread, None, usize::MAX).await.expect("readable");
    rows.reverse();
    rows.into_iter()
        .filter_map(|row| match row.item {
            RowItem::Message(message) => Some(message.id),
            RowItem::Event(_) => None,
        })
        .collect()
}

/// Waits until the server's own workers have done everything that is due; one that has ended is started again.
pub async fn worked_off(world: &World, house: &House) {
    for _ in 0..1_500 {
        house.address().await;
        let now = world.app.now().await.expect("readable");
        let waiting = world.app.store.outbox(usize::MAX).await.expect("readable");
        let due = world.app.store.due(usize::MAX).await.expect("readable");
        if waiting.iter().all(|entry| entry.at > now) && due.iter().all(|(at, _)| *at > now) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("what is due is done within the time of a lease");
}

pub async fn pass(world: &World, house: &House, seconds: u64) {
    let clock = SetClock { speed: None, advance_seconds: Some(seconds), to_next: false };
    world.seller.api.set_clock(&world.key(), &clock).await.expect("a demo");
    worked_off(world, house).await;
}
