//! A shop that is paid by a simulated PayPal, both in this process: the adapter over a store, the simulator on a port, its
//! webhooks over HTTP to the real route, and one clock for both that only moves when it is told to.

use super::ear::Ear;
use api::app::App;
use api::client::Client;
use api::contract::{Dial, Wire, World};
use api::router;
use api::store::{Answering, KvStore, MemoryKv, Store};
use api::wire::{Committed, Pay, SaveMethod};
use domain::ids::{AccountId, MethodId, OrderId, PaymentId, PaymentRequestId, ThreadId};
use domain::payment::{MethodKind, Payment};
use domain::thread::Thread;
use domain::time::Timestamp;
use paypal::{MerchantId, PayPal, Settings, WebhookSettings, Webhooks};
use paypal_simulator::{Clock, Config, Funding, Simulator};
use serde_json::Value;
use server::paypal::{Parts, PayPalProvider, WalletKey, routes};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Mon 2 March 2026, 18:24 UTC.
const BEGIN: i64 = 1_772_475_840_000;
/// The e-mail of the buyer at PayPal.
pub const EMAIL: &str = "maya@example.com";
/// How long the buyer can undo, and a little more.
pub const WINDOW: i64 = 5 * 60 + 1;

/// Whether the buyer agrees that PayPal keeps the method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    Yes,
    No,
}

/// How patient the client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    Usual,
    /// For a simulator that never answers.
    Short,
}

/// The shop and its PayPal.
pub struct Shop {
    pub world: World,
    pub simulator: Simulator,
    pub ear: Ear,
    /// What asks it for the server.
    pub provider: PayPalProvider,
    /// A merchant's own hand at PayPal, beside the server.
    pub by_hand: PayPal,
    now: Arc<AtomicI64>,
}

/// A purchase under way, or done.
#[derive(Clone, Debug)]
pub struct Bought {
    pub thread: ThreadId,
    pub request: PaymentRequestId,
    pub payment: PaymentId,
}

fn client(simulator: &Simulator, patience: Patience) -> PayPal {
    let settings = Settings::new(&simulator.url(), "simulated-client", "simulated-secret").expect("loopback");
    let timeout = match patience {
        Patience::Usual => settings.timeout,
        Patience::Short => Duration::from_millis(500),
    };
    PayPal::new(Settings { timeout, ..settings }).expect("a client")
}

fn webhooks(simulator: &Simulator) -> Webhooks {
    let mut settings = WebhookSettings::new("WH-SIMULATED");
    settings.roots = paypal::Roots::from_pem(Simulator::ca_pem().as_bytes()).expect("an authority");
    settings.cert_hosts = vec![simulator.address().to_string()];
    Webhooks::new(settings).expect("a client")
}

/// A key of 32 sevens.
fn wallet_key() -> WalletKey {
    WalletKey::parse("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").expect("32 bytes")
}

/// An empty store in memory.
pub async fn in_memory() -> Arc<dyn Store> {
    Arc::new(KvStore::open(MemoryKv::default()).await.expect("empty"))
}

impl Shop {
    /// A shop over an empty store.
    pub async fn over(store: Arc<dyn Store>) -> Self {
        Self::with(store, Patience::Usual).await
    }

    /// A shop in memory.
    pub async fn new() -> Self {
        Self::over(in_memory().await).await
    }

    pub async fn with(store: Arc<dyn Store>, patience: Patience) -> Self {
        let (listener, webhook_url) = Ear::place().await;
        let config = Config {
            webhook_url: Some(webhook_url),
            webhook_pause: Duration::from_millis(5),
            webhook_tries: 1_000,
            clock: Clock::Standing { now: BEGIN },
            ..Config::default()
        };
        let simulator = Simulator::start(config).await.expect("started");
        let now = Arc::new(AtomicI64::new(BEGIN));
        let machine: api::clock::Machine = {
            let now = now.clone();
            Arc::new(move || now.load(Ordering::SeqCst))
        };
        let provider = PayPalProvider::new(Parts {
            paypal: client(&simulator, patience),
            webhooks: webhooks(&simulator),
            store: store.clone(),
            key: wallet_key(),
            origin: "http://localhost:8080".parse().expect("an address"),
            merchant: Some(MerchantId::parse("BTTGAMERCHANT").expect("13 characters")),
            simulated: None,
            machine: machine.clone(),
        });
        let paid_by_paypal = {
            let provider = provider.clone();
            move |app: App| App { provider: Arc::new(provider.clone()), machine: machine.clone(), demo: false, ..app }
        };
        let dial: Dial = {
            let paid_by_paypal = paid_by_paypal.clone();
            Arc::new(move |app: App, caller: Option<AccountId>| -> Answering<'static, Wire> {
                let app = paid_by_paypal(app);
                Box::pin(async move { Wire::in_process(router(app), caller) })
            })
        };
        let mut world = World::dialled(store, dial).await;
        world.app = paid_by_paypal(world.app);
        let ear = Ear::listen(listener, routes(world.app.clone(), provider.clone()));
        let by_hand = client(&simulator, Patience::Usual);
        Self { world, simulator, ear, provider, by_hand, now }
    }

    /// Our books are compared with PayPal's report.
    pub async fn compare(&self) {
        self.provider.compare(&self.world.app).await.expect("PayPal reports");
    }

    /// The same, if it is time.
    pub async fn compare_daily(&self) {
        self.provider.compare_daily(&self.world.app).await.expect("PayPal reports");
    }

    /// From now on no webhook arrives, unless the test delivers it.
    pub fn be_deaf(&mut self) {
        self.ear.be_deaf(true);
    }

    /// Asked, and paid with PayPal; what that leads to is worked off.
    pub async fn begin(&self, keep: Keep) -> Bought {
        let thread = self.world.thread().await;
        let method = self.method(keep).await;
        self.begin_with(thread, method).await
    }

    /// The same with a method that is in the wallet.
    pub async fn begin_with(&self, thread: ThreadId, method: MethodId) -> Bought {
        let request = self.world.ask(&thread).await;
        let payment = self.pay(&request, method).await;
        self.settle().await;
        Bought { thread, request, payment }
    }

    /// A way to pay that is new in the wallet.
    pub async fn method(&self, keep: Keep) -> MethodId {
        let save = SaveMethod { kind: MethodKind::PayPal, test: None, keep: keep == Keep::Yes };
        let wallet = self.world.buyer.api.save_method(&self.world.key(), &save).await.expect("saved");
        wallet.methods[0].id.clone()
    }

    /// What the sheet sends.
    pub async fn pay_body(&self, request: &PaymentRequestId, method: MethodId) -> Pay {
        let thread = self.world.buyer.api.thread_of(request.as_str()).await.expect("known");
        let address = self.world.address().await;
        Pay { address: Some(address), ..self.pay_body_in(&thread, request, method).await }
    }

    /// The same for something that goes nowhere.
    pub async fn pay_body_in(&self, thread: &ThreadId, request: &PaymentRequestId, method: MethodId) -> Pay {
        let state = self.world.state(thread).await;
        let current = state.requests[request].current();
        let total = current.terms.totals(0, None).expect("the first option").total;
        Pay { revision: current.number, delivery: 0, total, method, address: None, confirmation: None }
    }

    /// Taps Pay; nothing is worked off yet.
    pub async fn pay(&self, request: &PaymentRequestId, method: MethodId) -> PaymentId {
        let body = self.pay_body(request, method).await;
        Self::started(&self.world.buyer.api.pay(&self.world.key(), request, &body).await.expect("started"))
    }

    /// The attempt that was started.
    pub fn started(committed: &Committed) -> PaymentId {
        match &committed.events.first().expect("something happened").event {
            domain::event::Event::PaymentStarted { payment, .. } => payment.clone(),
            other => panic!("paid and got {other:?}"),
        }
    }

    /// What PayPal calls the order of an attempt.
    pub fn order_at_paypal(&self, payment: &PaymentId) -> String {
        let mine = self.orders_at_paypal(payment);
        mine.into_iter().next_back().expect("an order at PayPal")["id"].as_str().expect("a name").to_owned()
    }

    /// The orders that PayPal has for an attempt.
    pub fn orders_at_paypal(&self, payment: &PaymentId) -> Vec<Value> {
        let books = self.simulator.books();
        let orders = books["orders"].as_array().expect("a list").iter();
        orders.filter(|order| order["purchase_units"][0]["custom_id"] == payment.as_str()).cloned().collect()
    }

    /// The buyer approves in PayPal's window; what that leads to is worked off.
    pub async fn approve(&self, bought: &Bought, funding: Funding) {
        let order = self.order_at_paypal(&bought.payment);
        self.simulator.approve(&order, EMAIL, funding).expect("to be approved");
        self.settle().await;
    }

    /// Asked, paid, approved and authorised: the undo window is open.
    pub async fn authorised(&self, keep: Keep, funding: Funding) -> Bought {
        let bought = self.begin(keep).await;
        self.approve(&bought, funding).await;
        bought
    }

    /// Asked, paid, approved and taken.
    pub async fn captured(&self, keep: Keep) -> Bought {
        let bought = self.authorised(keep, Funding::Balance).await;
        self.pass(WINDOW).await;
        bought
    }

    /// Works everything off that is due now, and hears all that PayPal tells.
    pub async fn settle(&self) {
        loop {
            self.ear.has_taken(self.simulator.events().len()).await;
            let before = self.simulator.events().len();
            while self.world.app.tick().await.expect("no fault of the store") > 0 {}
            if self.simulator.events().len() == before {
                return;
            }
        }
    }

    /// Lets seconds pass; what happens by itself happens at its own time.
    pub async fn pass(&self, seconds: i64) {
        let end = self.now().plus(domain::time::Span::seconds(seconds));
        self.settle().await;
        while let Some(at) = self.next_at().await.filter(|at| *at <= end) {
            self.forward_to(at);
            self.settle().await;
        }
        self.forward_to(end);
        self.settle().await;
    }

    async fn next_at(&self) -> Option<Timestamp> {
        let store = &self.world.app.store;
        let entry = store.outbox(1).await.expect("readable").into_iter().next().map(|entry| entry.at);
        let due = store.due(1).await.expect("readable").into_iter().next().map(|(at, _)| at);
        entry.into_iter().chain(due).min()
    }

    fn forward_to(&self, at: Timestamp) {
        let by = at.as_millis() - self.now.load(Ordering::SeqCst);
        if by > 0 {
            self.now.fetch_add(by, Ordering::SeqCst);
            self.simulator.advance(by);
        }
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.now.load(Ordering::SeqCst))
    }

    pub async fn state(&self, bought: &Bought) -> Thread {
        self.world.state(&bought.thread).await
    }

    pub async fn payment(&self, bought: &Bought) -> Payment {
        self.state(bought).await.payments[&bought.payment].clone()
    }

    pub async fn order(&self, bought: &Bought) -> OrderId {
        self.state(bought).await.order_of(&bought.payment).expect("what is paid is ordered").id.clone()
    }

    /// The name of the only capture of an attempt at PayPal.
    pub fn capture(&self, payment: &PaymentId) -> String {
        let books = self.simulator.books();
        let captures = books["captures"].as_array().expect("a list").iter();
        let mine: Vec<_> = captures.filter(|capture| capture["custom_id"] == payment.as_str()).collect();
        assert_eq!(mine.len(), 1, "one capture: {mine:?}");
        mine[0]["id"].as_str().expect("a name").to_owned()
    }

    /// How what is reserved for an attempt at PayPal stands.
    pub fn held(&self, payment: &PaymentId) -> Vec<String> {
        let books = self.simulator.books();
        let held = books["authorizations"].as_array().expect("a list").iter();
        let mine = held.filter(|held| held["custom_id"] == payment.as_str());
        mine.map(|held| held["status"].as_str().expect("a status").to_owned()).collect()
    }

    /// What PayPal calls the refunds that there are.
    pub fn refunds_at_paypal(&self) -> Vec<String> {
        let books = self.simulator.books();
        let refunds = books["refunds"].as_array().expect("a list").iter();
        refunds.map(|refund| refund["id"].as_str().expect("a name").to_owned()).collect()
    }

    /// All that PayPal told while nobody listened arrives now.
    pub async fn hear_everything(&self) {
        self.settle().await;
        for delivery in self.ear.came() {
            assert_eq!(self.ear.deliver(&delivery).await, 200, "{}", delivery.kind());
        }
        self.settle().await;
    }

    pub fn buyer(&self) -> &Client<Wire> {
        &self.world.buyer.api
    }

    pub fn seller(&self) -> &Client<Wire> {
        &self.world.seller.api
    }
}
