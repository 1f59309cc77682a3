//! One thread of one buyer and one seller, driven by commands: what the API's commit does, without a store.
#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod invariants;
pub mod moves;

use domain::address::{Address, AddressDraft, Destination};
use domain::case::{CaseReason, Remedy, Said};
use domain::command::{Answer, Command, Context, MessageFacts};
use domain::decide::{Opening, decide, envelopes, open};
use domain::event::{Envelope, Event};
use domain::ids::{CommandId, OrderId, PaymentId, PaymentRequestId, ThreadId};
use domain::market::Country;
use domain::money::{Currency, Money, Rate};
use domain::payment::{ConfirmedBy, MethodKind, MethodView};
use domain::rejection::Rejection;
use domain::terms::{Delivery, Item, Tax, Terms, TermsDraft};
use domain::thread::{Actor, Role, Thread};
use domain::time::{Span, Timestamp};

/// Thu 20 Nov 2025, 10:24 in California.
pub fn start() -> Timestamp {
    "2025-11-20T18:24:00Z".parse().unwrap()
}

pub fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

pub struct World {
    pub thread: Option<Thread>,
    pub log: Vec<Envelope>,
    pub now: Timestamp,
    commands: u32,
}

impl World {
    /// An accepted thread between two people in the United States.
    pub fn new() -> Self {
        let mut world = Self::stranger();
        world.must(Actor::Buyer, Command::AcceptThread);
        world
    }

    /// A business has written to somebody who has not answered.
    pub fn stranger() -> Self {
        let mut world = Self { thread: None, log: Vec::new(), now: start(), commands: 0 };
        let opening = Opening {
            buyer: ("acc_maya".parse().unwrap(), Country::US),
            seller: ("acc_kai".parse().unwrap(), Country::US),
            started_by: Role::Seller,
        };
        let context = world.context(Actor::Seller);
        world.append(open(opening), &context);
        world
    }

    pub fn thread(&self) -> &Thread {
        self.thread.as_ref().expect("the thread is open")
    }

    pub fn context(&mut self, actor: Actor) -> Context {
        self.commands += 1;
        let command: CommandId = format!("cmd_{}", self.commands).parse().unwrap();
        Context { actor, now: self.now, command, message: None, requested_elsewhere: 0 }
    }

    pub fn append(&mut self, events: Vec<Event>, context: &Context) -> Vec<Envelope> {
        let id: ThreadId = "thr_1".parse().unwrap();
        let seq = self.thread.as_ref().map_or(0, |thread| thread.seq);
        let told = envelopes(&id, seq, events, context);
        for envelope in &told {
            Thread::apply(&mut self.thread, envelope).expect("numbered without gaps");
        }
        self.log.extend(told.iter().cloned());
        told
    }

    pub fn give(&mut self, actor: Actor, command: Command) -> Result<Vec<Event>, Rejection> {
        let context = self.context(actor);
        let events = decide(self.thread(), command, &context)?;
        self.append(events.clone(), &context);
        Ok(events)
    }

    pub fn about(&mut self, actor: Actor, facts: MessageFacts, command: Command) -> Result<Vec<Event>, Rejection> {
        let context = Context { message: Some(facts), ..self.context(actor) };
        let events = decide(self.thread(), command, &context)?;
        self.append(events.clone(), &context);
        Ok(events)
    }

    pub fn must(&mut self, actor: Actor, command: Command) -> Vec<Event> {
        self.give(actor, command).expect("not refused")
    }

    /// Time passes; everything that happens by itself happens, in order, at its own time.
    pub fn pass(&mut self, span: Span) {
        let end = self.now.plus(span);
        while let Some((at, timer)) = self.thread().timers().into_iter().find(|(at, _)| *at <= end) {
            self.now = self.now.max(at);
            assert!(!self.must(Actor::Timer, Command::Fire(timer)).is_empty(), "a due timer does something");
        }
        self.now = end;
    }

    pub fn ask(&mut self) -> PaymentRequestId {
        let events = self.must(Actor::Seller, Command::SendRequest { terms: board_and_leash(), expires_in: None });
        match events.as_slice() {
            [Event::RequestSent { request, .. }] => request.clone(),
            other => panic!("asked and got {other:?}"),
        }
    }

    pub fn tap_pay(&mut self, request: &PaymentRequestId) -> Result<PaymentId, Rejection> {
        let pay = pay_for(self.thread(), request);
        match self.give(Actor::Buyer, pay)?.as_slice() {
            [Event::PaymentStarted { payment, .. }] => Ok(payment.clone()),
            other => panic!("paid and got {other:?}"),
        }
    }

    pub fn authorise(&mut self, payment: &PaymentId) -> Option<OrderId> {
        let answer = Answer::Authorised { number: "K-2041".to_owned().try_into().unwrap() };
        self.must(Actor::Processor, Command::Answer { payment: payment.clone(), answer });
        self.thread().order_of(payment).map(|order| order.id.clone())
    }

    pub fn capture(&mut self, payment: &PaymentId) {
        self.must(
            Actor::Processor,
            Command::Answer { payment: payment.clone(), answer: Answer::Captured { fee: None } },
        );
    }

    /// A complaint over all of an order: the buyer wants everything back.
    pub fn complaint(&self, order: &OrderId, reason: CaseReason) -> Command {
        let known = &self.thread().orders[order];
        let items = known.all_pieces();
        let wish = Remedy::Refund { amount: self.thread().worth_left(known, &items) };
        Command::OpenCase { order: order.clone(), reason, items, wish, said: Said::default() }
    }

    /// Asked, paid, captured.
    pub fn paid(&mut self) -> OrderId {
        let request = self.ask();
        let payment = self.tap_pay(&request).unwrap();
        let order = self.authorise(&payment).unwrap();
        self.pass(Span::minutes(5));
        self.capture(&payment);
        order
    }
}

/// What the buyer sends who taps Pay on an open request.
pub fn pay_for(thread: &Thread, request: &PaymentRequestId) -> Command {
    let current = thread.requests[request].current();
    let home = || Destination::Address { address: Box::new(home()) };
    let destination = current.terms.delivery()[0].without_address().unwrap_or_else(home);
    let total = current.terms.totals(0, destination.state()).unwrap().total;
    Command::Pay {
        request: request.clone(),
        revision: current.number,
        delivery: 0,
        total,
        method: meta_pay(),
        destination,
        confirmed_by: ConfirmedBy::Passkey,
    }
}

pub fn meta_pay() -> MethodView {
    MethodView { id: Some("pm_1".parse().unwrap()), kind: MethodKind::MetaPay, hint: Some("4242".parse().unwrap()) }
}

pub fn home() -> Address {
    AddressDraft {
        name: "Maya Torres".into(),
        line1: "1180 Neptune Ave".into(),
        city: "Encinitas".into(),
        state: "CA".into(),
        zip: "92024".into(),
        ..AddressDraft::default()
    }
    .try_into()
    .unwrap()
}

pub fn item(name: &str, quantity: u32, minor: i64) -> Item {
    Item {
        name: name.parse().unwrap(),
        detail: None,
        quantity,
        unit_price: usd(minor),
        product: None,
        picture: None,
        weight: None,
        thing: None,
    }
}

/// A parcel that goes everywhere.
pub fn parcel(name: &str, minor: i64, days: (u32, u32)) -> Delivery {
    Delivery::Parcel { name: name.parse().unwrap(), price: usd(minor), days, region: None }
}

pub fn draft() -> TermsDraft {
    TermsDraft {
        items: vec![item("Twin fish 5'6\"", 1, 35_200), item("Leash 6'", 1, 2_800)],
        discount: usd(2_000),
        delivery: vec![parcel("Ground", 2_050, (3, 5))],
        tax: Tax::Rate { ppm: Rate::try_from(87_500).unwrap() },
        note: None,
        picture: None,
    }
}

/// 352.00 + 28.00 − 20.00 + 20.50 + 31.50 = 412.00.
pub fn board_and_leash() -> Terms {
    draft().try_into().unwrap()
}
