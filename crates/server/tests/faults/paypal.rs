//! One purchase paid by PayPal, told to a server that ends in the middle of it. The simulator is another machine: it stays,
//! and remembers what it did. `CRASH_AT=17` tries one step.

use super::browser;
use super::house::{House, way_to};
use super::purchase::worked_off;
use api::contract::World;
use api::store::Store;
use api::wire::{MakeRefund, Pay, SaveMethod, SetClock};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use domain::ids::{MethodId, PaymentId, ThreadId};
use domain::money::{Currency, Money};
use domain::payment::{MethodKind, Payment, PaymentStatus, RefundStatus};
use paypal_simulator::{Config, Funding, Simulator};
use serde_json::Value;
use server::audit::audit;
use server::store::SqlStore;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;

/// How many purchases go on at once.
const LANES: usize = 3;

/// PayPal, and where it tells: at the house, whatever server is in it.
struct Away {
    simulator: Simulator,
    listener: TcpListener,
}

impl Away {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hooks/paypal", listener.local_addr().expect("an address"));
        let pause = Duration::from_millis(20);
        let config = Config { webhook_url: Some(url), webhook_pause: pause, webhook_tries: 1_000, ..Config::default() };
        Self { simulator: Simulator::start(config).await.expect("started"), listener }
    }

    /// What a server is told of it.
    fn told(&self, folder: &std::path::Path) -> Vec<(&'static str, String)> {
        let ca = folder.join("ca.pem");
        std::fs::write(&ca, Simulator::ca_pem()).expect("written");
        vec![
            ("BOTTEGA_PAYPAL", self.simulator.url()),
            ("PAYPAL_CLIENT_ID", "simulated-client".to_owned()),
            ("PAYPAL_CLIENT_SECRET", "simulated-secret".to_owned()),
            ("PAYPAL_WEBHOOK_ID", "WH-SIMULATED".to_owned()),
            ("PAYPAL_MERCHANT_ID", "BTTGAMERCHANT".to_owned()),
            ("BOTTEGA_PAYPAL_CA", ca.display().to_string()),
            ("BOTTEGA_WALLET_KEY", "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=".to_owned()),
        ]
    }

    /// Carries what PayPal tells to the house from now on.
    fn tell(self, house: Arc<House>) -> Simulator {
        let router = Router::new().fallback(any(carry)).with_state(house);
        let listener = self.listener;
        tokio::spawn(async move { axum::serve(listener, router).await });
        self.simulator
    }
}

/// Once, as PayPal does: what nobody took is sent again.
async fn carry(State(house): State<Arc<House>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, usize::MAX).await.expect("whole");
    let request = Request::from_parts(parts, String::from_utf8(body.to_vec()).expect("text"));
    let Some(address) = house.standing().await else { return StatusCode::OK.into_response() };
    match browser::send(address, None, request).await {
        Ok(answer) => answer.status().into_response(),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

/// Buys twice at a server over `store` that ends at step `k`: in the window, and then as somebody whom PayPal knows; gives
/// some of it back. Whether it came to that step.
async fn buys_whatever_ends(store: Arc<dyn Store>, database: String, folder: &std::path::Path, k: u64) -> bool {
    let away = Away::new().await;
    let house = House::over_with(database, Some(k), away.told(folder));
    let simulator = away.tell(house.clone());
    let world = World::dialled(store, way_to(&house)).await;
    let thread = world.thread().await;
    let save = SaveMethod { kind: MethodKind::PayPal, test: None, keep: true };
    let wallet = world.buyer.api.save_method(&world.key(), &save).await.expect("saved");
    let method = wallet.methods[0].id.clone();

    let first = pays(&world, &thread, method.clone()).await;
    worked_off(&world, &house).await;
    let order = order_at_paypal(&simulator, &first);
    simulator.approve(&order, "maya@example.com", Funding::Balance).expect("to be approved");
    until(&world, &house, &thread, &first, |status| matches!(status, PaymentStatus::Authorised { .. })).await;
    pass(&world, &house, 5 * 60).await;
    until(&world, &house, &thread, &first, |status| matches!(status, PaymentStatus::Captured { .. })).await;
    let second = pays(&world, &thread, method).await;
    worked_off(&world, &house).await;
    until(&world, &house, &thread, &second, |status| matches!(status, PaymentStatus::Authorised { .. })).await;
    pass(&world, &house, 5 * 60).await;
    until(&world, &house, &thread, &second, |status| matches!(status, PaymentStatus::Captured { .. })).await;

    let state = world.state(&thread).await;
    let bought = state.order_of(&first).expect("what is paid is ordered").id.clone();
    let some = MakeRefund { amount: Some(Money::new(100, Currency::USD)), items: Vec::new() };
    world.seller.api.refund(&world.key(), &bought, &some).await.expect("refunded");
    worked_off(&world, &house).await;

    let ended = house.has_ended().await;
    house.kill_for_good().await;
    are_equal(&world, &simulator, &thread, k).await;
    ended
}

/// Lets seconds pass. The clock is set in the midst of what the workers and PayPal do: where they are too busy, again.
async fn pass(world: &World, house: &House, seconds: u64) {
    let clock = SetClock { speed: None, advance_seconds: Some(seconds), to_next: false };
    for _ in 0..50 {
        if world.seller.api.set_clock(&world.key(), &clock).await.is_ok() {
            return worked_off(world, house).await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the clock of a demo can be set");
}

async fn pays(world: &World, thread: &ThreadId, method: MethodId) -> PaymentId {
    let request = world.ask_little(thread).await;
    let state = world.state(thread).await;
    let current = state.requests[&request].current();
    let total = current.terms.totals(0, None).expect("the first option").total;
    let body = Pay { revision: current.number, delivery: 0, total, method, address: None, confirmation: None };
    let started = world.buyer.api.pay(&world.key(), &request, &body).await.expect("started");
    match &started.events.first().expect("something happened").event {
        domain::event::Event::PaymentStarted { payment, .. } => payment.clone(),
        other => panic!("paid and got {other:?}"),
    }
}

/// Until PayPal's word has arrived and been looked into.
async fn until(
    world: &World,
    house: &House,
    thread: &ThreadId,
    payment: &PaymentId,
    is_so: impl Fn(&PaymentStatus) -> bool,
) {
    for _ in 0..1_500 {
        let now = world.state(thread).await.payments[payment].status.clone();
        if is_so(&now) {
            return;
        }
        // What was in doubt is asked again in a few seconds of the shop's clock.
        if !world.app.store.outbox(1).await.expect("readable").is_empty() {
            pass(world, house, 5).await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let waiting = world.app.store.outbox(usize::MAX).await.expect("readable");
    panic!("{payment} stays {:?} with {waiting:?}", world.state(thread).await.payments[payment].status);
}

fn order_at_paypal(simulator: &Simulator, payment: &PaymentId) -> String {
    let books = simulator.books();
    let orders = books["orders"].as_array().expect("a list").iter();
    let mine: Vec<_> = orders.filter(|order| order["purchase_units"][0]["custom_id"] == payment.as_str()).collect();
    assert_eq!(mine.len(), 1, "one order: {mine:?}");
    mine[0]["id"].as_str().expect("a name").to_owned()
}

/// The books are in order, and PayPal has taken and given back what we say.
async fn are_equal(world: &World, simulator: &Simulator, thread: &ThreadId, k: u64) {
    let found = audit(world.app.store.as_ref()).await.expect("readable");
    assert!(found.differences.is_empty(), "k = {k}: {found}");
    let (state, books) = (world.state(thread).await, simulator.books());
    assert_eq!((state.payments.len(), state.orders.len()), (2, 2), "k = {k}: nothing doubled");
    let (mut back, mut fees) = (0, 0);
    for payment in state.payments.values() {
        let captures = books["captures"].as_array().expect("a list").iter();
        let mine: Vec<&Value> = captures.filter(|capture| capture["custom_id"] == payment.id.as_str()).collect();
        assert_eq!(mine.len(), 1, "k = {k}: taken once");
        assert_eq!(minor(&mine[0]["amount"]), payment.captured().minor, "k = {k}: taken in whole");
        fees += payment.fee.map_or(0, |fee| fee.minor);
        back += settled(payment);
    }
    let posted = |reason: &str| -> i64 {
        let postings = books["postings"].as_array().expect("a list").iter();
        postings.filter(|posting| posting["reason"] == reason).map(|posting| minor(&posting["amount"])).sum()
    };
    assert_eq!((back, posted("refund")), (100, -100), "k = {k}: given back once");
    assert_eq!(posted("fee"), -fees, "k = {k}: what it cost");
}

fn settled(payment: &Payment) -> i64 {
    let back = payment.refunds.values().filter(|refund| matches!(refund.status, RefundStatus::Settled { .. }));
    back.map(|refund| refund.amount.minor).sum()
}

fn minor(amount: &Value) -> i64 {
    let digits: String = amount["value"].as_str().expect("an amount").chars().filter(|one| *one != '.').collect();
    digits.parse().expect("two decimals")
}

/// Ends servers at step `first`, at every `every`-th after it, and so on until no step is left; the last there was.
async fn steps_from(first: u64, every: u64) -> u64 {
    let folder = tempfile::tempdir().expect("a folder");
    let made = AtomicU64::new(0);
    let ends_at = async |k: u64| {
        let path = folder.path().join(format!("{}.db", made.fetch_add(1, Ordering::Relaxed)));
        let store = SqlStore::sqlite(&path).await.expect("opened");
        let database = format!("sqlite:{}", path.display());
        let came = buys_whatever_ends(Arc::new(store.clone()), database, folder.path(), k).await;
        store.close().await;
        came
    };
    if let Some(k) = std::env::var("CRASH_AT").ok().and_then(|text| text.parse().ok()) {
        ends_at(k).await;
        return k;
    }
    let next = AtomicU64::new(first);
    let lane = async |_| loop {
        let k = next.fetch_add(every, Ordering::SeqCst);
        if !ends_at(k).await {
            break k - every;
        }
    };
    futures::future::join_all((0..LANES).map(lane)).await.into_iter().max().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_paypal_takes_survives_the_end_of_the_server_at_steps_all_along() {
    let steps = steps_from(1, 16).await;
    assert!(steps > 200 || std::env::var_os("CRASH_AT").is_some(), "{steps} steps");
    println!(
        "PayPal: the server ended at every sixteenth of {steps} steps; taken once, given back once, the books equal"
    );
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes many minutes: cargo xtask test --long"]
async fn what_paypal_takes_survives_the_end_of_the_server_at_every_step() {
    let steps = steps_from(1, 1).await;
    assert!(steps > 200 || std::env::var_os("CRASH_AT").is_some(), "{steps} steps");
    println!("PayPal: the server ended at each of {steps} steps; taken once, given back once, the books equal");
}
