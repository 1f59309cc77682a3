//! Many who pay the same request in the same moment: one of them does.

use super::books::{are_equal, captures};
use super::world::{Shop, WINDOW};
use api::client::{ApiError, Client};
use api::contract::Wire;
use api::store::Store;
use api::wire::{OpenThread, SaveMethod};
use domain::ids::{MethodId, PaymentId, PaymentRequestId, ThreadId};
use domain::payment::MethodKind;
use paypal_simulator::Funding;
use server::store::SqlStore;
use std::sync::Arc;
use tokio::task::JoinSet;

/// How many taps of Pay at once.
const AT_ONCE: usize = 50;
/// How often that is tried each time.
const SOME: usize = 10;
/// How often in a long test.
const MANY: usize = 200;
/// How often with the same buyer: a thread with more in it is slower.
const EACH: usize = 10;

/// Somebody whom PayPal knows.
struct Buyer {
    api: Arc<Client<Wire>>,
    thread: ThreadId,
    method: MethodId,
}

impl Buyer {
    /// Has bought once, in the window.
    async fn new(shop: &Shop, name: &str) -> Self {
        let world = &shop.world;
        let account = world.newcomer(name).await;
        let api = world.way(Some(account.id.clone())).await;
        let peer = OpenThread { peer: "kai".parse().expect("a handle") };
        let thread = api.open_thread(&world.key(), &peer).await.expect("opened").thread.id;
        world.accept_as(&world.seller.account.id, &thread).await;
        let save = SaveMethod { kind: MethodKind::PayPal, test: None, keep: true };
        let method = api.save_method(&world.key(), &save).await.expect("saved").methods[0].id.clone();
        let buyer = Self { api: Arc::new(api), thread, method };
        let request = world.ask_little(&buyer.thread).await;
        let payment = buyer.pays_once(shop, &request, 1).await;
        shop.settle().await;
        let order = shop.order_at_paypal(&payment);
        shop.simulator.approve(&order, &format!("{name}@example.com"), Funding::Balance).expect("to be approved");
        shop.pass(WINDOW).await;
        buyer
    }

    /// So many at once; the attempt of the one that was taken.
    async fn pays_once(&self, shop: &Shop, request: &PaymentRequestId, at_once: usize) -> PaymentId {
        let mut body = shop.pay_body_in(&self.thread, request, self.method.clone()).await;
        body.address = None;
        let mut taps = JoinSet::new();
        for _ in 0..at_once {
            let (api, key, request, body) = (self.api.clone(), shop.world.key(), request.clone(), body.clone());
            taps.spawn(async move { api.pay(&key, &request, &body).await });
        }
        let (mut started, mut refused) = (Vec::new(), 0);
        while let Some(tapped) = taps.join_next().await {
            match tapped.expect("no panic") {
                Ok(committed) => started.push(Shop::started(&committed)),
                Err(ApiError::Problem(problem)) if problem.status == 409 || problem.code == "busy" => refused += 1,
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!((started.len(), refused), (1, at_once - 1));
        started.remove(0)
    }
}

/// Rounds of many at once, each of a request of its own: each is taken once.
async fn many_at_once(store: SqlStore, rounds: usize) {
    let shop = Shop::over(Arc::new(store.clone()) as Arc<dyn Store>).await;
    for name in 0..rounds / EACH {
        let buyer = Buyer::new(&shop, &format!("buyer{name}")).await;
        for _ in 0..EACH {
            let request = shop.world.ask_little(&buyer.thread).await;
            let payment = buyer.pays_once(&shop, &request, AT_ONCE).await;
            shop.pass(WINDOW).await;
            assert_eq!(captures(&shop, &payment), 1);
            assert_eq!(shop.orders_at_paypal(&payment).len(), 1);
        }
    }
    let taken = shop.simulator.books()["captures"].as_array().expect("a list").len();
    assert_eq!(taken, rounds + rounds / EACH, "one for each round, and each buyer's first");
    are_equal(&shop).await;
    store.close().await;
}

async fn over_sqlite(rounds: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    many_at_once(SqlStore::sqlite(&folder.path().join("shop.db")).await.expect("opened"), rounds).await;
}

#[cfg(feature = "postgres-tests")]
async fn over_postgres(rounds: usize) {
    many_at_once(SqlStore::postgres(&super::postgres::database().await).await.expect("opened"), rounds).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_pays_at_once_one_is_taken() {
    over_sqlite(SOME).await;
}

#[cfg(feature = "postgres-tests")]
#[tokio::test(flavor = "multi_thread")]
async fn of_many_pays_at_once_over_postgres_one_is_taken() {
    over_postgres(SOME).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo xtask test --long"]
async fn of_many_pays_at_once_one_is_taken_each_of_200_times() {
    over_sqlite(MANY).await;
}

#[cfg(feature = "postgres-tests")]
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo xtask test --long"]
async fn of_many_pays_at_once_over_postgres_one_is_taken_each_of_200_times() {
    over_postgres(MANY).await;
}
