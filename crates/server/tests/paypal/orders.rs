//! Six webhooks of one purchase in each of their 720 orders, every one told twice: the thread and the books come to the
//! same.

use super::books::are_equal;
use super::ear::Delivery;
use super::returning::refund_by_hand;
use super::world::{Bought, Keep, Shop, WINDOW, in_memory};
use api::app::App;
use api::carrier::simulated::SimulatedCarrier;
use api::provider::{Fact, Outcome, PaymentProvider, Purchase, Returned, Taken, Told};
use domain::dispute::DisputeAnswer;
use domain::ids::{AccountId, DisputeId, MethodId, OrderId, PaymentId, RefundId};
use domain::money::Money;
use domain::order::{Order, Shipment};
use domain::payment::MethodKind;
use domain::thread::Thread;
use domain::time::{Span, Timestamp};
use paypal_simulator::{Funding, Opened};
use serde_json::Value;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

/// Of what the life of a purchase is told by. An order that is complete is told as well; it says what the third says.
const TOLD: [&str; 6] = [
    "CHECKOUT.ORDER.APPROVED",
    "PAYMENT.AUTHORIZATION.CREATED",
    "PAYMENT.CAPTURE.PENDING",
    "PAYMENT.CAPTURE.COMPLETED",
    "PAYMENT.CAPTURE.REFUNDED",
    "CUSTOMER.DISPUTE.CREATED",
];

/// A purchase whose life has happened at PayPal, of which this shop has heard nothing since the money was asked for.
struct Life {
    shop: Shop,
    bought: Bought,
    deliveries: Vec<Delivery>,
    /// The store before the first word.
    before: Entries,
    /// What PayPal said was so after each of the six.
    facts: Vec<Vec<Fact>>,
}

async fn life() -> Life {
    let mut shop = Shop::new().await;
    shop.be_deaf();
    let bought = shop.begin(Keep::No).await;
    shop.approve(&bought, Funding::Bank).await;
    let resume = api::client::PaymentAct::Resume;
    shop.buyer().on_payment(&shop.world.key(), &bought.payment, resume).await.expect("approved");
    shop.pass(WINDOW).await;
    let before = shop.world.app.store.export().await.expect("readable");
    let look = async || shop.world.app.provider.look(&bought.payment).await.expect("PayPal answers");
    let pending = look().await;
    shop.simulator.settle(&shop.capture(&bought.payment)).expect("pending");
    let completed = look().await;
    refund_by_hand(&shop, &bought, 2_500).await;
    let refunded = look().await;
    shop.simulator.open_dispute(&shop.capture(&bought.payment), Opened::default()).expect("taken");
    let disputed = look().await;
    // So that the last is heard of too.
    shop.settle().await;
    let came = shop.ear.came();
    let told = |kind: &&str| came.iter().find(|one| one.kind() == *kind).unwrap_or_else(|| panic!("no {kind}")).clone();
    let deliveries = TOLD.iter().map(told).collect();
    let facts = vec![pending.clone(), pending.clone(), pending, completed, refunded, disputed];
    Life { shop, bought, deliveries, before, facts }
}

/// A thread as what counts of it: without when and after how many events it came to be so.
fn settled(thread: &Thread) -> Value {
    fn timeless(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.remove("seq");
                fields.values_mut().for_each(timeless);
            }
            Value::Array(items) => items.iter_mut().for_each(timeless),
            Value::String(text) if text.parse::<Timestamp>().is_ok() => text.clear(),
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut value = serde_json::to_value(thread).expect("our own type");
    timeless(&mut value);
    value
}

/// A processor that says of a payment what was so at some time. Nothing else is asked of it here.
struct Remembered {
    facts: Vec<Vec<Fact>>,
    known: Arc<AtomicUsize>,
}

macro_rules! never {
    ($($name:ident($($type:ty),*) -> $answer:ty;)*) => {$(
        fn $name<'a>(&'a self, $(_: $type),*) -> Told<'a, $answer> {
            panic!("nobody asks for {}", stringify!($name))
        }
    )*};
}

impl PaymentProvider for Remembered {
    fn offers(&self) -> &'static [MethodKind] {
        &[]
    }

    fn look<'a>(&'a self, _: &'a PaymentId) -> Told<'a, Vec<Fact>> {
        let facts = self.facts[self.known.load(Ordering::SeqCst)].clone();
        Box::pin(async move { Ok(facts) })
    }

    /// The money is asked about each hour while it is pending.
    fn capture<'a>(&'a self, _: &'a PaymentId) -> Told<'a, Taken> {
        let facts = &self.facts[self.known.load(Ordering::SeqCst)];
        let taken = facts.iter().find_map(|fact| if let Fact::Taken(taken) = fact { Some(*taken) } else { None });
        Box::pin(async move { Ok(taken.expect("how it stands")) })
    }

    never! {
        authorise(Purchase<'a>) -> Outcome;
        approval(&'a PaymentId) -> Option<String>;
        void(&'a PaymentId) -> ();
        refund(&'a RefundId, &'a PaymentId, Money) -> Returned;
        pay_out(&'a OrderId, Money) -> ();
        push_tracking(&'a PaymentId, &'a Shipment) -> ();
        answer_dispute(&'a DisputeId, DisputeAnswer, &'a Order) -> ();
        forget(&'a AccountId, &'a MethodId) -> ();
    }
}

/// Whether PayPal's state runs ahead of what is told of it.
#[derive(Clone, Copy, Debug)]
enum Paypal {
    /// Everything has happened before the first word arrives.
    IsDone,
    /// No more has happened than the newest word that has arrived says.
    IsAsTold,
}

type Entries = Vec<(String, String)>;

/// A shop of its own that remembers `before`, and hears the words of `life`.
struct Listener<'a> {
    life: &'a Life,
    app: App,
    now: Arc<AtomicI64>,
    known: Arc<AtomicUsize>,
}

impl<'a> Listener<'a> {
    async fn new(life: &'a Life, before: Entries, known: usize) -> Self {
        let store = in_memory().await;
        store.import(before).await.expect("taken in");
        let (now, known) = (Arc::new(AtomicI64::new(life.shop.now().as_millis())), Arc::new(AtomicUsize::new(known)));
        let clock = now.clone();
        let app = App {
            provider: Arc::new(Remembered { facts: life.facts.clone(), known: known.clone() }),
            carrier: Some(Arc::new(SimulatedCarrier::new(store.clone()))),
            store,
            machine: Arc::new(move || clock.load(Ordering::SeqCst)),
            ..life.shop.world.app.clone()
        };
        Self { life, app, now, known }
    }

    async fn settle(&self) {
        while self.app.tick().await.expect("no fault") > 0 {}
    }

    /// Hears one of the six, twice.
    async fn hear(&self, told: usize) {
        self.known.fetch_max(told, Ordering::SeqCst);
        let event = self.life.deliveries[told].event();
        for _ in 0..2 {
            self.app.hint(&self.life.bought.payment, event["id"].as_str().expect("a name")).await.expect("noted");
            self.settle().await;
        }
    }

    /// What has to wait for another word is looked at again.
    async fn rest(&self) {
        for _ in 0..8 {
            if self.app.store.outbox(1).await.expect("readable").is_empty() {
                return;
            }
            self.now.fetch_add(Span::minutes(2).as_millis(), Ordering::SeqCst);
            self.settle().await;
        }
    }
}

/// Goes on from `before`, where `heard` were heard, with each order of the others; how many orders that were. What orders
/// have in common is told once.
fn go_on<'a>(
    life: &'a Life,
    expected: &'a Value,
    paypal: Paypal,
    before: Entries,
    heard: Vec<usize>,
) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
    Box::pin(async move {
        let mut orders = 0;
        for next in (0..TOLD.len()).filter(|one| !heard.contains(one)) {
            let known = match paypal {
                Paypal::IsDone => TOLD.len() - 1,
                Paypal::IsAsTold => heard.iter().copied().max().unwrap_or(0),
            };
            let listener = Listener::new(life, before.clone(), known).await;
            listener.hear(next).await;
            let order: Vec<usize> = heard.iter().copied().chain([next]).collect();
            if order.len() < TOLD.len() {
                let kept = listener.app.store.export().await.expect("readable");
                orders += go_on(life, expected, paypal, kept, order).await;
                continue;
            }
            listener.rest().await;
            let thread = listener.app.store.thread(&life.bought.thread).await.expect("readable").expect("there");
            assert_eq!(&settled(&thread), expected, "{paypal:?}: {order:?}");
            if orders == 0 {
                let audit = server::audit::audit(listener.app.store.as_ref()).await.expect("readable");
                assert!(audit.differences.is_empty(), "{paypal:?}: {order:?}: {audit}");
            }
            orders += 1;
        }
        orders
    })
}

async fn each_order(paypal: Paypal) {
    let life = life().await;
    let before = life.before.clone();
    life.shop.hear_everything().await;
    are_equal(&life.shop).await;
    let expected = settled(&life.shop.state(&life.bought).await);
    assert_eq!(go_on(&life, &expected, paypal, before, Vec::new()).await, 720);
}

#[tokio::test]
async fn six_webhooks_in_each_of_their_720_orders_come_to_the_same() {
    each_order(Paypal::IsDone).await;
}

#[tokio::test]
async fn six_webhooks_that_come_while_it_happens_come_to_the_same_in_each_order() {
    each_order(Paypal::IsAsTold).await;
}

/// Over HTTP, with the signatures checked and PayPal asked each time: forwards, backwards, and beginning in the middle.
#[tokio::test]
async fn over_http_too_they_come_to_the_same() {
    let mut expected = None;
    for order in [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [3, 5, 0, 4, 2, 1], [4, 1, 5, 0, 3, 2]] {
        let life = life().await;
        for told in order {
            for _ in 0..2 {
                assert_eq!(life.shop.ear.deliver(&life.deliveries[told]).await, 200, "{order:?}");
                life.shop.settle().await;
            }
        }
        life.shop.pass(120).await;
        are_equal(&life.shop).await;
        let thread = settled(&life.shop.state(&life.bought).await);
        assert_eq!(expected.get_or_insert_with(|| thread.clone()), &thread, "{order:?}");
    }
}
