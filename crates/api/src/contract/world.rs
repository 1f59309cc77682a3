//! Who is in the cases: a buyer, two sellers and a stranger, each with a client of their own, and a clock that only
//! moves when it is told to.

use super::transport::Wire;
use crate::app::App;
use crate::carrier::simulated::SimulatedCarrier;
use crate::client::{ApiError, Client, IdempotencyKey, Transport};
use crate::clock::{DemoClock, Machine};
use crate::problem::Problem;
use crate::provider::simulated::Simulated;
use crate::routes::router;
use crate::store::{Answering, Store};
use crate::tax::StateEstimates;
use crate::wire::{
    Account, Business, Committed, News, OpenCase, OpenThread, Pay, SaveAddress, SaveMethod, Say, SayInCase,
    SendRequest, SetClock, Signal, TestBehaviour, ThreadSnapshot,
};
use domain::address::AddressDraft;
use domain::case::CaseReason;
use domain::event::{Envelope, Event};
use domain::ids::{AccountId, AddressId, MessageId, MethodId, OrderId, PaymentId, PaymentRequestId, ThreadId};
use domain::market::Country;
use domain::message::Content;
use domain::money::{Currency, Money, Rate};
use domain::payment::{MethodKind, PaymentStatus};
use domain::terms::{Delivery, Item, Tax, Terms, TermsDraft};
use domain::thread::Thread;
use domain::time::Timestamp;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// The street that no seller sees before payment.
pub const STREET: &str = "1180 Neptune Ave";

/// A body as it travels.
pub fn json(body: &impl serde::Serialize) -> String {
    serde_json::to_string(body).expect("our own types")
}

/// A place in Encinitas to send things to.
pub fn home(street: &str) -> SaveAddress {
    let address = AddressDraft {
        name: "Maya Torres".into(),
        line1: street.into(),
        city: "Encinitas".into(),
        state: "CA".into(),
        zip: "92024".into(),
        ..AddressDraft::default()
    };
    SaveAddress { address }
}

/// Somebody with an account and a client.
pub struct Person {
    /// Who.
    pub account: Account,
    /// Their client.
    pub api: Client<Wire>,
}

/// What a client knew at some time: it has to catch up from there.
pub(super) struct Bookmark {
    /// The buyer's and the seller's.
    pub cursors: (u64, u64),
    pub thread: ThreadId,
    pub buyer: Option<Thread>,
    pub seller: Option<Thread>,
}

/// Makes the way to an API over these insides, for somebody, or for nobody who is signed in.
pub type Dial = Arc<dyn Fn(App, Option<AccountId>) -> Answering<'static, Wire> + Send + Sync>;

/// Everything a case needs.
pub struct World {
    /// The insides, for what no route tells.
    pub app: App,
    /// Maya buys.
    pub buyer: Person,
    /// Kai sells surfboards.
    pub seller: Person,
    /// Terra sells mugs.
    pub other_seller: Person,
    /// Ada decides over other people's cases.
    pub reviewer: Person,
    /// Mallory has nothing to do with any of it.
    pub stranger: Person,
    dial: Dial,
    keys: AtomicU32,
    heard: Arc<Mutex<Vec<News>>>,
    pub(super) bookmarks: Mutex<Vec<Bookmark>>,
    /// Whether a refusal of what a worker reports is part of the case.
    pub(super) letters_expected: Mutex<bool>,
}

/// An amount in dollars and cents.
pub fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

/// 352.00 + 28.00 − 20.00 + 20.50 + 31.50 = 412.00.
pub fn draft() -> TermsDraft {
    let item = |name: &str, minor| Item {
        name: name.parse().expect("short enough"),
        detail: None,
        quantity: 1,
        unit_price: usd(minor),
        product: None,
        picture: None,
        weight: None,
        thing: None,
    };
    TermsDraft {
        items: vec![item("Twin fish 5'6\"", 35_200), item("Leash 6'", 2_800)],
        discount: usd(2_000),
        delivery: vec![Delivery::Parcel {
            name: "Ground".parse().expect("short"),
            price: usd(2_050),
            days: (3, 5),
            region: None,
        }],
        tax: Tax::Rate { ppm: Rate::try_from(87_500).expect("under 100 %") },
        note: None,
        picture: None,
    }
}

/// Checked terms.
pub fn terms(draft: TermsDraft) -> Terms {
    draft.try_into().expect("holds together")
}

/// Why a call was refused.
pub fn refused<R: std::fmt::Debug>(answer: Result<R, ApiError>) -> Problem {
    match answer {
        Err(ApiError::Problem(problem)) => problem,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// Its code.
pub fn code<R: std::fmt::Debug>(answer: Result<R, ApiError>) -> String {
    refused(answer).code
}

/// The first event of what was committed.
pub fn first(committed: &Committed) -> &Event {
    &committed.events.first().expect("something happened").event
}

impl World {
    /// The people, in an empty store, with the router in this process.
    pub async fn over(store: Arc<dyn Store>) -> Self {
        let in_process = |app: App, caller| -> Answering<'static, Wire> {
            Box::pin(async move { Wire::in_process(router(app), caller) })
        };
        Self::dialled(store, Arc::new(in_process)).await
    }

    /// The people, in an empty store, on ways to the API of somebody else's making.
    pub async fn dialled(store: Arc<dyn Store>, dial: Dial) -> Self {
        let machine: Machine = Arc::new(|| 0);
        let heard: Arc<Mutex<Vec<News>>> = Arc::default();
        let drawn = AtomicU64::new(1);
        let app = App {
            tax: Arc::new(StateEstimates),
            provider: Arc::new(Simulated::new(store.clone(), machine.clone())),
            carrier: Some(Arc::new(SimulatedCarrier::new(store.clone()))),
            store,
            machine,
            // The API takes the upper half.
            entropy: Arc::new(move || u128::from(drawn.fetch_add(1, Ordering::Relaxed)) << 64),
            listener: {
                let heard = heard.clone();
                Arc::new(move |news| heard.lock().expect("no panic while hearing").push(news.clone()))
            },
            photos: crate::pictures::inline(),
            is_own: Arc::new(|origin| origin == "http://localhost:8080"),
            demo: true,
        };
        // Thu 20 Nov 2025, 10:24 in California.
        let start: Timestamp = "2025-11-20T18:24:00Z".parse().expect("an instant");
        app.set_demo_clock(DemoClock::starting(start, 0).at_speed(0, 0)).await.expect("stored");
        let person = async |handle: &str, business: Option<&str>| {
            let account = account(handle, business, start);
            app.save_account(&account).await.expect("stored");
            let api = Client::new(dial(app.clone(), Some(account.id.clone())).await);
            Person { account, api }
        };
        Self {
            buyer: person("maya", None).await,
            seller: person("kai", Some("K")).await,
            other_seller: person("terra", Some("T")).await,
            stranger: person("mallory", None).await,
            reviewer: person("ada", None).await,
            app: app.clone(),
            dial: dial.clone(),
            keys: AtomicU32::new(0),
            bookmarks: Mutex::default(),
            heard,
            letters_expected: Mutex::new(false),
        }
    }

    /// What was told of the moment since the last look, to whom: not what is kept.
    pub fn heard(&self) -> Vec<(AccountId, Signal)> {
        let heard = std::mem::take(&mut *self.heard.lock().expect("no panic while hearing"));
        let is_kept = |news: &News| matches!(news.signal, Signal::Events { .. });
        heard.into_iter().filter(|news| !is_kept(news)).filter_map(|News { to, signal }| Some((to?, signal))).collect()
    }

    /// A way to the API for somebody, or for nobody who is signed in.
    pub async fn way(&self, caller: Option<AccountId>) -> Client<Wire> {
        Client::new((self.dial)(self.app.clone(), caller).await)
    }

    /// A way for the stranger to an API over the same store that is no demo.
    pub async fn way_in_earnest(&self) -> Client<Wire> {
        let app = App { demo: false, ..self.app.clone() };
        Client::new((self.dial)(app, Some(self.stranger.account.id.clone())).await)
    }

    /// A key that was never used.
    pub fn key(&self) -> IdempotencyKey {
        IdempotencyKey(format!("key-{}", self.keys.fetch_add(1, Ordering::Relaxed)))
    }

    /// A message id that was never used.
    pub fn message_id(&self) -> MessageId {
        format!("msg_{}", self.keys.fetch_add(1, Ordering::Relaxed)).parse().expect("letters and digits")
    }

    /// Sends any request at all.
    pub async fn raw(&self, who: &Person, method: &str, path: &str, key: Option<&str>, body: &str) -> (u16, String) {
        let mut request = http::Request::builder().method(method).uri(path);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let request = request.body(body.to_owned()).expect("a request");
        let response = who.api.transport().send(request).await.expect("in process");
        (response.status().as_u16(), response.into_body())
    }

    /// Whether an answer says that the call was made before.
    pub async fn is_replayed(&self, who: &Person, path: &str, key: &str, body: &str) -> bool {
        let request = http::Request::builder().method("POST").uri(path).header("idempotency-key", key);
        let request = request.body(body.to_owned()).expect("a request");
        let response = who.api.transport().send(request).await.expect("in process");
        assert!(response.status().is_success(), "{path}: {}", response.body());
        response.headers().get("idempotency-replayed").is_some_and(|said| said == "true")
    }

    /// Notes what both clients know now.
    pub async fn bookmark(&self, thread: &ThreadId) {
        let cursor = async |who: &Person| self.app.store.cursor(&who.account.id).await.expect("readable");
        let cursors = (cursor(&self.buyer).await, cursor(&self.seller).await);
        let known = async |who: &Person| who.api.thread(thread).await.ok().map(|snapshot| snapshot.thread);
        let (buyer, seller) = (known(&self.buyer).await, known(&self.seller).await);
        let bookmark = Bookmark { cursors, thread: thread.clone(), buyer, seller };
        self.bookmarks.lock().expect("no panic while noting").push(bookmark);
    }

    /// The thread of buyer and seller, accepted by both.
    pub async fn thread(&self) -> ThreadId {
        let opened = self.buyer.api.open_thread(&self.key(), &with("kai")).await.expect("opened");
        let thread = opened.thread.id;
        self.seller.api.accept_thread(&self.key(), &thread).await.expect("accepted");
        self.bookmark(&thread).await;
        thread
    }

    /// Says something.
    pub async fn say(&self, who: &Person, thread: &ThreadId, text: &str) -> MessageId {
        let id = self.message_id();
        who.api.say(&self.key(), thread, &words(&id, text)).await.expect("said");
        id
    }

    /// Asks for the board and the leash.
    pub async fn ask(&self, thread: &ThreadId) -> PaymentRequestId {
        let ask = SendRequest { terms: terms(draft()), expires_in_seconds: None };
        let sent = self.seller.api.send_request(&self.key(), thread, &ask).await.expect("asked");
        self.bookmark(thread).await;
        request_in(&sent)
    }

    /// Asked for by the other seller too, with a price that holds for so many seconds.
    pub async fn asked_by_terra(&self, seconds: u32) -> (ThreadId, PaymentRequestId) {
        let (terra, key) = (&self.other_seller.api, || self.key());
        let thread = self.buyer.api.open_thread(&key(), &with("terra")).await.expect("opened").thread.id;
        terra.accept_thread(&key(), &thread).await.expect("accepted");
        let ask = SendRequest { terms: terms(draft()), expires_in_seconds: Some(seconds) };
        let sent = terra.send_request(&key(), &thread, &ask).await.expect("asked");
        (thread, request_in(&sent))
    }

    /// A method in the buyer's wallet that does as it is told.
    pub async fn method(&self, test: TestBehaviour) -> MethodId {
        let save = SaveMethod { kind: MethodKind::MetaPay, test: Some(test), keep: false };
        let wallet = self.buyer.api.save_method(&self.key(), &save).await.expect("saved");
        wallet.methods[0].id.clone()
    }

    /// The buyer's address.
    pub async fn address(&self) -> AddressId {
        let wallet = self.buyer.api.save_address(&self.key(), &home(STREET)).await.expect("saved");
        wallet.addresses[0].id.clone()
    }

    /// What the sheet sends for the request as it stands, paid with a method that does as it is told.
    pub async fn pay_body(&self, request: &PaymentRequestId, test: TestBehaviour) -> Pay {
        let thread = self.buyer.api.thread_of(request.as_str()).await.expect("known");
        let snapshot = self.snapshot(&thread).await;
        let current = snapshot.thread.requests[request].current();
        let needs_address = current.terms.delivery()[0].without_address().is_none();
        let (address, to) = match needs_address {
            // The buyer's address lies in California.
            true => (Some(self.address().await), Some("CA".parse().expect("a state"))),
            false => (None, None),
        };
        let total = current.terms.totals(0, to).expect("the first option").total;
        let method = self.method(test).await;
        Pay { revision: current.number, delivery: 0, total, method, address, confirmation: None }
    }

    /// Taps Pay; nothing is worked off yet.
    pub async fn tap_pay(&self, request: &PaymentRequestId, test: TestBehaviour) -> PaymentId {
        let body = self.pay_body(request, test).await;
        let started = self.buyer.api.pay(&self.key(), request, &body).await.expect("started");
        payment_in(&started)
    }

    /// Asked, paid and authorised; the undo window is open.
    pub async fn authorised(&self) -> (ThreadId, PaymentId, OrderId) {
        let thread = self.thread().await;
        let request = self.ask(&thread).await;
        let payment = self.tap_pay(&request, TestBehaviour::Approve).await;
        self.settle().await;
        let order = self.state(&thread).await.order_of(&payment).expect("an order").id.clone();
        self.bookmark(&thread).await;
        (thread, payment, order)
    }

    /// Asked, paid and captured.
    pub async fn captured(&self) -> (ThreadId, PaymentId, OrderId) {
        let (thread, payment, order) = self.authorised().await;
        self.pass(5 * 60).await;
        let state = self.state(&thread).await;
        assert!(matches!(state.payments[&payment].status, PaymentStatus::Captured { .. }), "the undo window is over");
        (thread, payment, order)
    }

    /// Works everything off that is due now.
    pub async fn settle(&self) {
        while self.app.tick().await.expect("no fault") > 0 {}
    }

    /// Lets seconds pass; what happens by itself happens at its own time.
    pub async fn pass(&self, seconds: u64) {
        let clock = SetClock { speed: None, advance_seconds: Some(seconds), to_next: false };
        self.seller.api.set_clock(&self.key(), &clock).await.expect("a demo");
        self.settle().await;
    }

    /// The whole state, as nobody sees it.
    pub async fn state(&self, thread: &ThreadId) -> Thread {
        self.app.store.thread(thread).await.expect("readable").expect("there")
    }

    /// The buyer's view.
    pub async fn snapshot(&self, thread: &ThreadId) -> ThreadSnapshot {
        self.buyer.api.thread(thread).await.expect("the buyer's own thread")
    }

    /// All events of a thread.
    pub async fn log(&self, thread: &ThreadId) -> Vec<Envelope> {
        self.app.store.events_of(thread, 0, usize::MAX).await.expect("readable")
    }
}

/// Opens the thread with somebody.
pub fn with(handle: &str) -> OpenThread {
    OpenThread { peer: handle.parse().expect("a handle") }
}

/// A message in words.
pub fn words(id: &MessageId, text: &str) -> Say {
    Say { id: id.clone(), content: Content::Text { text: text.parse().expect("some words") }, reply_to: None }
}

/// The request that was sent.
pub fn request_in(committed: &Committed) -> PaymentRequestId {
    match first(committed) {
        Event::RequestSent { request, .. } => request.clone(),
        other => panic!("asked and got {other:?}"),
    }
}

/// The attempt that was started.
pub fn payment_in(committed: &Committed) -> PaymentId {
    match first(committed) {
        Event::PaymentStarted { payment, .. } => payment.clone(),
        other => panic!("paid and got {other:?}"),
    }
}

fn account(handle: &str, order_prefix: Option<&str>, joined_at: Timestamp) -> Account {
    Account {
        id: format!("acc_{handle}").parse().expect("letters"),
        handle: handle.parse().expect("short"),
        name: handle.parse().expect("short"),
        avatar: "/art/face.svg".parse().expect("short"),
        city: "Santa Cruz".parse().expect("short"),
        state: "CA".parse().expect("two letters"),
        country: Country::US,
        bio: None,
        business: order_prefix.map(|prefix| Business { order_prefix: prefix.parse().expect("a letter") }),
        reviewer: handle == "ada",
        joined_at,
    }
}

/// A complaint over all of an order, whose buyer wants everything back.
pub fn complaint(reason: CaseReason) -> OpenCase {
    OpenCase { reason, items: Vec::new(), wish: None, said: SayInCase::default() }
}
