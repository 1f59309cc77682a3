//! One life of one thread.

use crate::dice::Dice;
use crate::processor::{Manner, Processor, Standing};
use crate::support::World;
use crate::support::moves::{Move, View};
use domain::command::{Answer, Command, RefundAmount, RefundAnswer};
use domain::dispute::DisputeAnswer;
use domain::event::Envelope;
use domain::ids::{OrderId, PaymentId, ShipmentId};
use domain::intent::Intent;
use domain::ledger::Account;
use domain::order::{TrackingEvent, TrackingStatus};
use domain::payment::{PendingReason, RefundTrouble};
use domain::thread::{Actor, Thread};
use domain::time::{Span, Timestamp};
use std::collections::BTreeMap;

/// Steps before the faults stop.
const STORMY: u64 = 160;
/// Steps by which everything has to be at rest.
const PATIENCE: u64 = 4_000;

/// What the two sides do; everything else is the world's.
const BUYERS: [u8; 16] = [5, 6, 7, 10, 11, 11, 11, 12, 12, 13, 13, 14, 15, 29, 30, 33];
const SELLERS: [u8; 16] = [1, 1, 1, 2, 3, 4, 8, 9, 25, 26, 26, 26, 28, 31, 32, 36];

/// Something on its way.
#[derive(Clone, Debug)]
enum Coming {
    /// A command of somebody, sent on what was on the screen.
    Command(Actor, Command),
    /// The world is asked.
    Asked(Intent),
    /// The processor is asked what became of an attempt.
    Reconcile(PaymentId),
    /// The buyer acts in the processor's window; the processor tells.
    Window(PaymentId),
    /// The buyer complains to the processor.
    Complain(PaymentId),
    /// The processor decides.
    Decide(PaymentId),
    /// The world's word.
    Word(Actor, Command),
}

/// Somebody's screen: what they last saw.
#[derive(Default)]
struct Screen {
    known: Option<Thread>,
}

/// A life that ended well.
pub struct Life {
    pub steps: u64,
    pub log: Vec<Envelope>,
}

pub struct Run {
    pub world: World,
    dice: Dice,
    pub processor: Processor,
    screens: [Screen; 3],
    coming: BTreeMap<(Timestamp, u64), Coming>,
    ticket: u64,
    /// Events up to here have been asked of the world.
    asked: usize,
    pub steps: u64,
    calm: bool,
    aloud: bool,
}

impl Run {
    pub fn new(seed: u64, aloud: bool) -> Self {
        let screens = [Screen::default(), Screen::default(), Screen::default()];
        Self {
            world: World::new(),
            dice: Dice::new(seed),
            processor: Processor::default(),
            screens,
            coming: BTreeMap::new(),
            ticket: 0,
            asked: 0,
            steps: 0,
            calm: false,
            aloud,
        }
    }

    pub fn live(mut self) -> Result<Life, String> {
        while self.steps < STORMY {
            self.step();
            self.check()?;
        }
        self.calm = true;
        while self.heal() {
            self.check()?;
            if self.steps > PATIENCE {
                return Err(format!("not at rest after {PATIENCE} steps: {:?}", self.coming.values().next()));
            }
        }
        self.at_rest()?;
        Ok(Life { steps: self.steps, log: self.world.log })
    }

    fn step(&mut self) {
        self.steps += 1;
        let due = self.due();
        match self.dice.below(100) {
            0..45 if due > 0 => self.something_due(due),
            0..75 => self.somebody_acts(),
            _ => self.time_passes(),
        }
    }

    fn tell(&self, what: impl FnOnce() -> String) {
        if self.aloud {
            println!("{:>4} {} {}", self.steps, self.world.now, what());
        }
    }

    fn later(&mut self, span: Span, coming: Coming) {
        self.ticket += 1;
        self.coming.insert((self.world.now.plus(span), self.ticket), coming);
    }

    /// Soon, or much later: what is sent last may arrive first.
    fn some_time(&mut self) -> Span {
        if self.calm {
            return Span::seconds(1);
        }
        match self.dice.below(10) {
            0..5 => Span::seconds(1),
            5..8 => Span::seconds(i64::from(self.dice.byte())),
            8 => Span::minutes(i64::from(self.dice.byte())),
            _ => Span::hours(i64::from(self.dice.byte())),
        }
    }

    fn due(&self) -> usize {
        let coming = self.coming.range(..=(self.world.now, u64::MAX)).count();
        coming + self.world.thread().timers().iter().filter(|(at, _)| *at <= self.world.now).count()
    }

    /// One of the things whose time has come, in no particular order.
    fn something_due(&mut self, due: usize) {
        let mut which = self.dice.below(due);
        let timers = self.world.thread().timers();
        let timers: Vec<_> = timers.into_iter().filter(|(at, _)| *at <= self.world.now).collect();
        if let Some((_, timer)) = timers.get(which) {
            self.give(Actor::Timer, Command::Fire(timer.clone()));
            return;
        }
        which -= timers.len();
        let Some(key) = self.coming.keys().nth(which).copied() else { return };
        let Some(coming) = self.coming.remove(&key) else { return };
        // A worker dies between asking and noting that it has asked: it asks again.
        if matches!(coming, Coming::Asked(_)) && !self.calm && self.dice.percent(10) {
            self.later(Span::seconds(30), coming.clone());
        }
        match coming {
            Coming::Command(actor, command) | Coming::Word(actor, command) => self.give(actor, command),
            Coming::Asked(intent) => self.ask(intent),
            Coming::Reconcile(payment) => self.reconcile(payment),
            Coming::Complain(payment) => {
                self.processor.complain(&payment);
                self.tell_complaint(&payment);
                let span = self.some_time();
                self.later(span.plus(Span::days(2)), Coming::Decide(payment));
            }
            Coming::Decide(payment) => {
                let for_buyer = self.dice.percent(50);
                self.processor.decide(&payment, for_buyer);
                self.tell_complaint(&payment);
            }
            Coming::Window(payment) => {
                self.processor.act(&payment, &mut self.dice);
                self.tell_standing(&payment);
            }
        }
    }

    fn give(&mut self, actor: Actor, command: Command) {
        let told = if self.aloud { format!("{actor:?} {command:?}") } else { String::new() };
        let not_yet = matches!(command, Command::DisputeTold { .. }).then(|| command.clone());
        let answer = self.world.give(actor, command);
        if let (Some(command), Err(refusal)) = (not_yet, &answer)
            && refusal.is_not_yet()
        {
            self.later(Span::hours(6), Coming::Word(actor, command));
        }
        self.tell(|| format!("{told}\n       -> {answer:?}"));
        for n in self.asked..self.world.log.len() {
            if let Some(intent) = Intent::of(&self.world.log[n].event) {
                let span = self.some_time();
                self.later(span, Coming::Asked(intent));
            }
        }
        self.asked = self.world.log.len();
    }

    fn somebody_acts(&mut self) {
        let who = self.dice.below(3);
        if self.screens[who].known.is_none() || self.dice.percent(60) {
            self.screens[who].known.clone_from(&self.world.thread);
        }
        let kinds = if who < 2 { BUYERS } else { SELLERS };
        let play = Move { what: kinds[self.dice.below(16)], which: self.dice.byte(), how: self.dice.byte() };
        let Some(thread) = &self.screens[who].known else { return };
        let view = View { thread, now: self.world.now };
        let Some((actor, command)) = view.command_of(play) else { return };
        // No answer came: it is sent again, while the first is still on its way.
        if self.dice.percent(20) {
            let span = self.some_time();
            self.later(span, Coming::Command(actor, command.clone()));
        }
        if self.dice.percent(80) {
            self.give(actor, command);
        } else {
            let span = self.some_time();
            self.later(span, Coming::Command(actor, command));
        }
    }

    fn time_passes(&mut self) {
        let next = self.next_at();
        let now = self.world.now;
        self.world.now = match (self.dice.below(10), next) {
            (0, _) => now.plus(Span::days(i64::try_from(self.dice.below(12)).unwrap_or(0))),
            (1..4, _) | (_, None) => now.plus(Span::minutes(i64::from(self.dice.byte()))),
            (_, Some(next)) => next.max(now),
        };
        self.tell(|| "time passes".to_owned());
    }

    fn next_at(&self) -> Option<Timestamp> {
        let coming = self.coming.keys().next().map(|(at, _)| *at);
        coming.into_iter().chain(self.world.thread().due()).min()
    }

    fn ask(&mut self, intent: Intent) {
        self.tell(|| format!("the world is asked: {intent:?}"));
        let calm = self.calm;
        match intent {
            Intent::Authorise { payment } => {
                let amount = self.world.thread().payments[&payment].amount.minor;
                match self.processor.authorise(&payment, amount, calm, &mut self.dice) {
                    Manner::Told => self.tell_standing(&payment),
                    Manner::Lost => {
                        self.word(Command::Answer { payment: payment.clone(), answer: Answer::InDoubt });
                        self.later(Span::seconds(30), Coming::Reconcile(payment.clone()));
                        if self.dice.percent(50) {
                            self.tell_standing(&payment);
                        }
                    }
                }
                if self.processor.lines[&payment].standing == Standing::Waiting && self.dice.percent(70) {
                    let span = self.some_time();
                    self.later(span, Coming::Window(payment));
                }
            }
            Intent::Resume { payment } => {
                if self.dice.percent(80) || calm {
                    self.processor.act(&payment, &mut self.dice);
                }
                self.tell_standing(&payment);
            }
            Intent::Capture { payment } => {
                if !calm && self.dice.percent(10) {
                    // It takes its time, and is asked again.
                    let answer = Answer::CapturePending(PendingReason::Review);
                    self.word(Command::Answer { payment: payment.clone(), answer });
                    return self.later(Span::hours(1), Coming::Asked(Intent::Capture { payment }));
                }
                let answer = self.processor.capture(&payment, calm, &mut self.dice);
                if !calm && self.dice.percent(10) {
                    let span = self.some_time();
                    self.later(span, Coming::Complain(payment.clone()));
                }
                self.word(Command::Answer { payment, answer });
            }
            Intent::Void { payment } => self.processor.void(&payment),
            Intent::Refund { refund, payment, amount } => {
                let answer = match self.processor.refund(&refund, &payment, amount.minor, calm, &mut self.dice) {
                    true => RefundAnswer::Settled,
                    false => RefundAnswer::Failed(RefundTrouble::Refused),
                };
                self.word(Command::RefundAnswer { refund, payment, answer });
            }
            Intent::PayOut { order } => {
                let thread = self.world.thread();
                let currency = thread.orders[&order].terms.currency();
                let amount = thread.ledger.balance(&order, Account::Releasable, currency);
                self.processor.pay_out(&order, amount.minor);
                self.word(Command::PaidOut { order });
            }
            Intent::Follow { order, shipment } => self.carry(&order, &shipment),
            // What somebody owns is kept beside the threads.
            Intent::Things { .. } | Intent::ThingsPaidBy { .. } => {}
            Intent::AnswerDispute { order, answer, .. } => {
                let payment = self.world.thread().orders[&order].payment.clone();
                if answer == DisputeAnswer::Accept {
                    self.processor.decide(&payment, true);
                }
                self.tell_complaint(&payment);
            }
        }
    }

    /// The processor's word travels, now and then twice.
    fn word(&mut self, command: Command) {
        let times = if !self.calm && self.dice.percent(20) { 2 } else { 1 };
        for _ in 0..times {
            let span = self.some_time();
            self.later(span, Coming::Word(Actor::Processor, command.clone()));
        }
    }

    fn tell_standing(&mut self, payment: &PaymentId) {
        let Some(line) = self.processor.lines.get(payment) else { return };
        let answer = line.answer(self.ticket);
        self.word(Command::Answer { payment: payment.clone(), answer });
    }

    fn tell_complaint(&mut self, payment: &PaymentId) {
        let review = self.dice.percent(30);
        if let Some(told) = self.processor.of_complaint(payment, review) {
            self.word(Command::DisputeTold { payment: payment.clone(), told });
        }
    }

    fn reconcile(&mut self, payment: PaymentId) {
        if self.world.thread().payments[&payment].is_live() {
            if self.calm || self.dice.percent(70) {
                self.tell_standing(&payment);
            }
            self.later(Span::seconds(60), Coming::Reconcile(payment));
        }
    }

    /// The carrier plans what it says: some of it twice, some of it late, sometimes nothing, and not always good news.
    fn carry(&mut self, order: &OrderId, shipment: &ShipmentId) {
        use TrackingStatus::{Accepted, Attempted, Delayed, Delivered, InTransit, OutForDelivery, Returned};
        let says: &[TrackingStatus] = match self.dice.below(8) {
            0 => &[Accepted],
            1 => &[Accepted, InTransit, Returned],
            2 => &[Accepted, Delayed, OutForDelivery, Attempted, Delivered],
            3 => &[InTransit, Delivered, Returned],
            _ => &[Accepted, InTransit, OutForDelivery, Delivered],
        };
        let start = self.world.now;
        for (n, status) in (1..).zip(says) {
            let at = start.plus(Span::hours(20 * n));
            let id = format!("trk_{}-{n}", &shipment.as_str()[4..]).parse().expect("letters and digits");
            let scan = TrackingEvent { id, status: *status, at, place: None, expected_at: None };
            let track = Command::Track { order: order.clone(), shipment: shipment.clone(), scans: vec![scan] };
            for _ in 0..=usize::from(self.dice.percent(20)) {
                let late = self.some_time();
                self.later(Span::hours(20 * n).plus(late), Coming::Word(Actor::Carrier, track.clone()));
            }
        }
    }

    /// Faults have stopped: everything under way arrives, everything due happens, and what only a person can end, that
    /// person ends. Says whether there was anything to do.
    fn heal(&mut self) -> bool {
        self.steps += 1;
        let due = self.due();
        if due > 0 {
            self.something_due(due);
            return true;
        }
        if let Some((actor, command)) = self.last_word() {
            self.give(actor, command);
            return true;
        }
        match self.next_at() {
            Some(next) => {
                self.world.now = next.max(self.world.now);
                true
            }
            None => false,
        }
    }

    fn last_word(&self) -> Option<(Actor, Command)> {
        self.world.thread().orders.values().find_map(|order| {
            // A case ends by itself, whatever nobody does.
            let payment = self.world.thread().payment_of(order);
            // Nobody refunds what is complained of, also where the word of it is still on its way.
            let complained = self.processor.lines.get(&payment.id).is_some_and(|line| line.complaint.is_some());
            let decided = payment.disputes.iter().any(|dispute| !dispute.is_open());
            let quiet = !payment.is_refunding() && complained == decided;
            let stuck =
                order.cancelled.is_some() && order.open_case().is_none() && quiet && !payment.refundable().is_zero();
            let refund = Command::Refund { order: order.id.clone(), amount: RefundAmount::Rest };
            stuck.then_some((Actor::Seller, refund))
        })
    }
}
