//! Every state that a request, its payment, its order, its case and its money can reach together, at small sizes: a graph whose
//! edges are what somebody does. From each state each side alone gets to an end, with the other one silent for ever.

mod support;

use domain::carrier::Carrier;
use domain::case::{CaseOutcome, CaseReason, CaseStage, Remedy, Said, Verdict};
use domain::command::{Answer, Command, Context, RefundAmount, RefundAnswer};
use domain::decide::{decide, envelopes};
use domain::dispute::{DisputeOutcome, DisputeReason, DisputeStage, DisputeStanding, DisputeTold};
use domain::ids::{CommandId, PaymentId};
use domain::market::Market;
use domain::order::{Funds, Order, TrackingEvent, TrackingStatus};
use domain::payment::{
    DeclineReason, Payment, PaymentStatus, PendingReason, RefundStatus, RefundTrouble, RequiredAction,
};
use domain::payment_request::RequestStatus;
use domain::terms::{Terms, TermsDraft};
use domain::thread::{Actor, Role, Thread};
use domain::time::Timestamp;
use domain::timer::Timer;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::LazyLock;
use support::{World, draft, item, pay_for, usd};

/// How many attempts to pay, parcels, cases, offers and refunds a life may have.
const ATTEMPTS: usize = 1;
const PARCELS: usize = 2;
const CASES: usize = 1;
const OFFERS: usize = 2;
const REFUNDS: usize = 2;
/// More states than this would take minutes.
const MOST: usize = 60_000;

/// A life up to some moment.
#[derive(Clone)]
struct Life {
    thread: Thread,
    now: Timestamp,
}

impl Life {
    fn begun() -> Self {
        let mut world = World::new();
        let one: Terms =
            TermsDraft { items: vec![item("Mug", 1, 40_000)], ..draft() }.try_into().expect("holds together");
        world.must(Actor::Seller, Command::SendRequest { terms: one, expires_in: None });
        Self { thread: world.thread().clone(), now: world.now }
    }

    /// What it comes to when somebody does that; nothing when it changes nothing, or is refused.
    fn after(&self, actor: Actor, command: Command, at: Timestamp) -> Option<Self> {
        let command_id: CommandId = format!("cmd_{}", self.thread.seq).parse().expect("letters");
        let context = Context { actor, now: at, command: command_id, message: None, requested_elsewhere: 0 };
        let events = decide(&self.thread, command, &context).ok().filter(|events| !events.is_empty())?;
        let mut thread = Some(self.thread.clone());
        for envelope in envelopes(&self.thread.id, self.thread.seq, events, &context) {
            Thread::apply(&mut thread, &envelope).expect("numbered without gaps");
        }
        Some(Self { thread: thread?, now: at })
    }

    fn order(&self) -> Option<&Order> {
        self.thread.orders.values().next()
    }

    fn payment(&self) -> Option<&Payment> {
        self.thread.payments.values().max_by_key(|payment| payment.started_at)
    }

    /// What tells it from others; when something happened is not part of it, but whether a time is over is.
    fn key(&self) -> String {
        let request = self.thread.requests.values().map(|request| match &request.status {
            RequestStatus::Sent => "sent",
            RequestStatus::Countered { .. } => "countered",
            RequestStatus::Accepted { .. } => "accepted",
            RequestStatus::Declined => "declined",
            RequestStatus::Withdrawn => "withdrawn",
            RequestStatus::Expired => "expired",
        });
        let request: Vec<&str> = request.collect();
        let payments: Vec<String> = self.thread.payments.values().map(paid).collect();
        let orders: Vec<String> = self.thread.orders.values().map(|order| self.ordered(order)).collect();
        format!("{request:?} {payments:?} {orders:?}")
    }

    fn ordered(&self, order: &Order) -> String {
        let parcels: Vec<_> = order.shipments.iter().map(|parcel| parcel.status()).collect();
        let cases: Vec<String> = order
            .cases
            .iter()
            .map(|case| {
                let stage = match &case.stage {
                    CaseStage::Talking { turn, .. } => format!("{turn:?}"),
                    CaseStage::Review { because, .. } => format!("{because:?}"),
                    CaseStage::Returning { .. } => "back".to_owned(),
                    CaseStage::Refunding { then, .. } => {
                        format!("refunding {}", matches!(then, CaseOutcome::Agreed { .. }))
                    }
                };
                let offers =
                    [Role::Buyer, Role::Seller].map(|role| case.last_offer(role).map(|offer| kind(offer.remedy)));
                format!(
                    "{stage} {:?} {} {offers:?} {} {:?} {}",
                    case.parcel().map(|parcel| parcel.status()),
                    case.agreed.is_some(),
                    case.offers.len(),
                    case.outcome.map(|outcome| matches!(outcome, CaseOutcome::Agreed { .. })),
                    case.ruling.is_some()
                )
            })
            .collect();
        let funds = match order.funds {
            Funds::None => "none",
            Funds::Held => "held",
            Funds::Frozen => "frozen",
            Funds::Releasable { .. } => "releasable",
            Funds::Released { .. } => "released",
            Funds::Reversed => "reversed",
        };
        format!(
            "{:?} {:?} {parcels:?} {:?} {} {cases:?} {funds} {}",
            order.cancelled.map(|cancelled| cancelled.reason),
            order.unshipped(),
            order.replaced,
            order.confirmed_at.is_some(),
            self.now > order.help_until(&Market::US),
        )
    }

    /// Whether nobody waits for anything any more.
    fn is_over(&self) -> bool {
        let open = self.thread.requests.values().any(|request| request.is_open());
        let trying = self.thread.payments.values().any(Payment::is_live);
        let unsettled = self.thread.orders.values().any(|order| {
            let payment = self.thread.payment_of(order);
            let at_rest = match order.funds {
                Funds::Released { .. } | Funds::Reversed => true,
                Funds::None => order.cancelled.is_some() && !matches!(payment.status, PaymentStatus::Capturing { .. }),
                Funds::Held | Funds::Frozen | Funds::Releasable { .. } => false,
            };
            !at_rest || payment.is_refunding() || self.thread.stands_still(order)
        });
        !open && !trying && !unsettled
    }

    /// Everything that anybody can do next, with where it leads.
    fn steps(&self) -> Vec<(Actor, Life)> {
        let mut steps = Vec::new();
        for (actor, command) in self.commands() {
            steps.extend(self.after(actor, command, self.now).map(|life| (actor, life)));
        }
        // Of a silent parcel people are told, and nothing ends by it.
        let ends = |timer: &Timer| !matches!(timer, Timer::ParcelSilent { .. });
        if let Some((at, timer)) = self.thread.timers().into_iter().find(|(_, timer)| ends(timer)) {
            let at = at.max(self.now);
            steps.extend(self.after(Actor::Timer, Command::Fire(timer), at).map(|life| (Actor::Timer, life)));
        }
        steps
    }

    fn commands(&self) -> Vec<(Actor, Command)> {
        let mut all = Vec::new();
        for request in self.thread.requests.values().filter(|request| request.is_open()) {
            let id = request.id.clone();
            all.push((Actor::Seller, Command::Withdraw { request: id.clone() }));
            all.push((Actor::Seller, Command::DeclineCounter { request: id.clone() }));
            all.push((Actor::Buyer, Command::Decline { request: id.clone() }));
            all.push((Actor::Buyer, Command::WithdrawCounter { request: id.clone() }));
            if self.thread.payments.len() < ATTEMPTS {
                all.push((Actor::Buyer, pay_for(&self.thread, &id)));
            }
        }
        if let Some(payment) = self.payment() {
            // A complaint to the processor beside everything that was settled before would only multiply what is tried.
            let settled = self.order().is_some_and(|order| !order.cases.is_empty() && order.open_case().is_none());
            all.extend(of_the_processor(payment, !settled && payment.refunds.is_empty()));
            let id = payment.id.clone();
            all.push((Actor::Buyer, Command::Resume { payment: id.clone() }));
            all.push((Actor::Buyer, Command::CancelAttempt { payment: id.clone() }));
            all.push((Actor::Buyer, Command::Undo { payment: id }));
        }
        if let Some(order) = self.order() {
            self.of_an_order(order, &mut all);
        }
        all
    }

    fn of_an_order(&self, order: &Order, all: &mut Vec<(Actor, Command)>) {
        let id = || order.id.clone();
        let payment = self.thread.payment_of(order);
        all.push((Actor::Processor, Command::PaidOut { order: id() }));
        all.push((Actor::Seller, Command::CancelOrder { order: id() }));
        all.push((Actor::Buyer, Command::Confirm { order: id() }));
        if order.shipments.len() < PARCELS {
            let (contents, carrier) = (order.unshipped(), Carrier::Ups);
            let tracking = Some("1Z5R89390357567127".to_owned().try_into().expect("a number"));
            all.push((Actor::Seller, Command::Ship { order: id(), contents, carrier, tracking }));
        }
        if payment.refunds.len() < REFUNDS {
            all.push((Actor::Seller, Command::Refund { order: id(), amount: RefundAmount::Rest }));
        }
        let back = order.open_case().and_then(|case| case.parcel());
        for parcel in order.shipments.iter().chain(back) {
            // The last of them is not lost: it would be sent again, and again.
            let lost = (order.shipments.len() < PARCELS).then_some(TrackingStatus::DeliveryFailed);
            for status in lost.into_iter().chain([TrackingStatus::Delivered]) {
                let scan = TrackingEvent {
                    id: format!("trk_{}-{status:?}", &parcel.id.as_str()[4..]).parse().expect("letters"),
                    status,
                    at: self.now,
                    place: None,
                    expected_at: None,
                };
                let shipment = parcel.id.clone();
                all.push((Actor::Carrier, Command::Track { order: id(), shipment, scans: vec![scan] }));
            }
        }
        self.of_a_case(order, all);
    }

    fn of_a_case(&self, order: &Order, all: &mut Vec<(Actor, Command)>) {
        let id = || order.id.clone();
        let (nothing, worth) = (Said::default, self.thread.worth_left(order, &order.all_pieces()));
        let remedies =
            [Remedy::Refund { amount: worth }, Remedy::ReturnAndRefund { amount: worth }, Remedy::Replacement];
        let Some(case) = order.open_case() else {
            if order.cases.len() < CASES {
                for wish in remedies {
                    let (reason, items, said) = (CaseReason::Other, order.all_pieces(), nothing());
                    all.push((Actor::Buyer, Command::OpenCase { order: id(), reason, items, wish, said }));
                }
            }
            return;
        };
        let case_id = || case.id.clone();
        for (actor, role) in [(Actor::Buyer, Role::Buyer), (Actor::Seller, Role::Seller)] {
            if let Some(remedy) = case.on_the_table(role) {
                all.push((actor, Command::AcceptOffer { order: id(), case: case_id(), remedy }));
            }
            all.push((actor, Command::RefuseOffer { order: id(), case: case_id(), said: nothing() }));
            if actor == Actor::Seller && case.offers.len() < OFFERS {
                let remedy = Remedy::Refund { amount: usd(500) };
                all.push((actor, Command::Offer { order: id(), case: case_id(), remedy, said: nothing() }));
            }
        }
        all.push((Actor::Buyer, Command::CloseCase { order: id(), case: case_id() }));
        let (carrier, tracking) = (Carrier::Ups, None);
        all.push((Actor::Buyer, Command::SendBack { order: id(), case: case_id(), carrier, tracking }));
        all.push((Actor::Seller, Command::GotBack { order: id(), case: case_id() }));
        for verdict in [Verdict::ForSeller, Verdict::Split { amount: usd(700) }] {
            let (words, reviewer) = ("Seen.".parse().expect("words"), "acc_ada".parse().expect("an id"));
            all.push((Actor::Reviewer, Command::DecideCase { order: id(), case: case_id(), verdict, words, reviewer }));
        }
    }
}

fn kind(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::Refund { .. } => "refund",
        Remedy::ReturnAndRefund { .. } => "return",
        Remedy::Replacement => "again",
    }
}

fn paid(payment: &Payment) -> String {
    let status = match &payment.status {
        PaymentStatus::Processing => "processing",
        PaymentStatus::ActionRequired { .. } => "action",
        PaymentStatus::Unknown { .. } => "unknown",
        PaymentStatus::Authorised { .. } => "authorised",
        PaymentStatus::Capturing { pending: Some(_), .. } => "pending",
        PaymentStatus::Capturing { pending: None, .. } => "capturing",
        PaymentStatus::Captured { .. } => "captured",
        PaymentStatus::Failed { .. } => "failed",
        PaymentStatus::Voided { .. } => "voided",
    };
    let refunds: BTreeSet<(bool, &str)> = payment
        .refunds
        .values()
        .map(|refund| {
            let status = match refund.status {
                RefundStatus::Pending => "pending",
                RefundStatus::Settled { .. } => "settled",
                RefundStatus::Failed { .. } => "failed",
            };
            (refund.amount.minor > 1_000, status)
        })
        .collect();
    let disputes: Vec<&str> = payment
        .disputes
        .iter()
        .map(|dispute| match dispute.standing {
            DisputeStanding::Seller | DisputeStanding::Buyer | DisputeStanding::Review => "open",
            DisputeStanding::Closed { outcome: DisputeOutcome::ForSeller, .. } => "for the seller",
            DisputeStanding::Closed { outcome: DisputeOutcome::ForBuyer { .. }, .. } => "for the buyer",
        })
        .collect();
    format!("{status} {refunds:?} {disputes:?}")
}

/// What the processor may say. It is asked until it gives an answer.
fn of_the_processor(payment: &Payment, complains: bool) -> Vec<(Actor, Command)> {
    let id: PaymentId = payment.id.clone();
    let answer = |answer| (Actor::Processor, Command::Answer { payment: id.clone(), answer });
    let mut all = vec![
        answer(Answer::Authorised { number: "K-1".to_owned().try_into().expect("a number") }),
        answer(Answer::ActionRequired(RequiredAction::Challenge)),
        answer(Answer::Declined(DeclineReason::DoNotHonor)),
        answer(Answer::InDoubt),
        answer(Answer::Captured { fee: None }),
        answer(Answer::CaptureFailed),
        answer(Answer::CapturePending(PendingReason::Bank)),
    ];
    for refund in payment.refunds.values().filter(|refund| refund.status == RefundStatus::Pending) {
        for answer in [RefundAnswer::Settled, RefundAnswer::Failed(RefundTrouble::Refused)] {
            // One that fails again and again is the same as one that fails once.
            if answer != RefundAnswer::Settled && payment.refunds.len() > 1 {
                continue;
            }
            let (refund, payment) = (refund.id.clone(), id.clone());
            all.push((Actor::Processor, Command::RefundAnswer { refund, payment, answer }));
        }
    }
    if !complains && payment.open_dispute().is_none() {
        return all;
    }
    let whole = payment.amount;
    for stage in [
        DisputeStage::Seller,
        DisputeStage::Closed(DisputeOutcome::ForSeller),
        DisputeStage::Closed(DisputeOutcome::ForBuyer { returned: whole }),
    ] {
        let told = DisputeTold {
            id: "dsp_1".parse().expect("an id"),
            reason: DisputeReason::NotReceived,
            amount: whole,
            respond_by: None,
            stage,
        };
        all.push((Actor::Processor, Command::DisputeTold { payment: id.clone(), told }));
    }
    all
}

/// Who did it, and which state it leads to.
type Edges = Vec<(Actor, usize)>;

struct Graph {
    keys: Vec<String>,
    edges: Vec<Edges>,
    over: Vec<bool>,
}

/// Everything, looked at once for all that is asked of it.
static GRAPH: LazyLock<Graph> = LazyLock::new(explored);

fn explored() -> Graph {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let (mut keys, mut edges, mut over) = (Vec::new(), Vec::<Edges>::new(), Vec::new());
    let mut waiting = VecDeque::new();
    let mut number = |life: &Life, waiting: &mut VecDeque<(usize, Life)>| {
        let key = life.key();
        *known.entry(key.clone()).or_insert_with(|| {
            keys.push(key);
            over.push(life.is_over());
            waiting.push_back((keys.len() - 1, life.clone()));
            keys.len() - 1
        })
    };
    number(&Life::begun(), &mut waiting);
    while let Some((from, life)) = waiting.pop_front() {
        assert!(from < MOST, "the model has grown beyond what can be looked at: {}", life.key());
        let led: Edges = life.steps().into_iter().map(|(actor, next)| (actor, number(&next, &mut waiting))).collect();
        edges.resize(edges.len().max(from + 1), Vec::new());
        edges[from] = led;
    }
    Graph { keys, edges, over }
}

impl Graph {
    /// The states from which an end is reached by what one of these does, and by nobody else.
    fn ends_by(&self, who: &[Actor]) -> BTreeSet<usize> {
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); self.keys.len()];
        for (from, edges) in self.edges.iter().enumerate() {
            for (_, to) in edges.iter().filter(|(actor, _)| who.contains(actor)) {
                before[*to].push(from);
            }
        }
        let mut reached: BTreeSet<usize> = (0..self.keys.len()).filter(|state| self.over[*state]).collect();
        let mut waiting: Vec<usize> = reached.iter().copied().collect();
        while let Some(state) = waiting.pop() {
            waiting.extend(before[state].iter().copied().filter(|before| reached.insert(*before)));
        }
        reached
    }
}

#[test]
fn from_every_state_each_side_alone_gets_to_an_end() {
    let graph = &*GRAPH;
    let edges: usize = graph.edges.iter().map(Vec::len).sum();
    println!("{} states, {edges} steps, {} ends", graph.keys.len(), graph.over.iter().filter(|over| **over).count());
    // Far fewer would mean that something is no longer tried.
    assert!(graph.keys.len() > 1_000, "{} states", graph.keys.len());
    for (side, actor) in [("the buyer", Actor::Buyer), ("the seller", Actor::Seller)] {
        // Time passes, and the processor answers; the other side, the carrier and the reviewer never do anything.
        let reached = graph.ends_by(&[actor, Actor::Timer, Actor::Processor]);
        let stuck: Vec<&String> =
            graph.keys.iter().enumerate().filter(|(state, _)| !reached.contains(state)).map(|(_, key)| key).collect();
        assert!(
            stuck.is_empty(),
            "{} states are dead ends for {side}: {:#?}",
            stuck.len(),
            &stuck[..stuck.len().min(5)]
        );
    }
}

#[test]
fn a_case_ends_with_nobody_doing_anything() {
    let graph = &*GRAPH;
    let reached = graph.ends_by(&[Actor::Timer, Actor::Processor]);
    let open = |key: &str| key.contains("Buyer None") || key.contains("Seller None");
    let stuck: Vec<&String> = graph
        .keys
        .iter()
        .enumerate()
        .filter(|(state, key)| open(key) && !reached.contains(state))
        .map(|(_, key)| key)
        .collect();
    assert!(stuck.is_empty(), "{} cases wait for somebody: {:#?}", stuck.len(), &stuck[..stuck.len().min(5)]);
}
