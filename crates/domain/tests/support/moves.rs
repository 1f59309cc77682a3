//! Anything anybody might do next, picked by numbers: sensible or not, by the right side or the wrong one.

use super::{World, board_and_leash, draft, home, item, meta_pay, parcel, usd};
use domain::address::Destination;
use domain::carrier::Carrier;
use domain::case::{CaseReason, Remedy, Said, Verdict};
use domain::command::{Answer, Command, RefundAmount, RefundAnswer};
use domain::dispute::{DisputeAnswer, DisputeOutcome, DisputeReason, DisputeStage, DisputeTold};
use domain::event::Event;
use domain::ids::{OrderId, PaymentId, PaymentRequestId};
use domain::money::Rate;
use domain::order::{ExtensionDays, Order, Packed, TrackingEvent, TrackingStatus};
use domain::payment::{ConfirmedBy, DeclineReason, PendingReason, RefundTrouble, RequiredAction};
use domain::payment_request::Proposal;
use domain::rejection::Rejection;
use domain::terms::{Delivery, PickupPoint, Tax, Terms, TermsDraft};
use domain::thread::{Actor, Role, Thread};
use domain::time::{Span, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers to pick by: what is done, to which thing, and how.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    pub what: u8,
    pub which: u8,
    pub how: u8,
}

/// How many kinds of moves there are.
pub const KINDS: u8 = 46;

const PENDING: [PendingReason; 2] = [PendingReason::Bank, PendingReason::Review];

const STATUSES: [TrackingStatus; 11] = [
    TrackingStatus::LabelCreated,
    TrackingStatus::Accepted,
    TrackingStatus::InTransit,
    TrackingStatus::Delayed,
    TrackingStatus::OutForDelivery,
    TrackingStatus::Attempted,
    TrackingStatus::ReadyForPickup,
    TrackingStatus::PickedUp,
    TrackingStatus::Delivered,
    TrackingStatus::DeliveryFailed,
    TrackingStatus::Returned,
];

/// Terms of every kind, small enough that the weekly cap leaves room for several.
pub fn some_terms(how: u8) -> Terms {
    let few = TermsDraft {
        items: vec![item("Mug", 3, 1_999), item("Saucer", 2, 701)],
        discount: usd(333),
        tax: Tax::Amount { amount: usd(517) },
        delivery: vec![parcel("Ground", 500, (3, 5)), parcel("Slow boat", 0, (20, 40))],
        ..draft()
    };
    // Taxed where it goes, or where it is fetched; nothing of it goes to the buyer's state by the second way.
    let (near, far) = ("CA".parse().unwrap(), "OR".parse().unwrap());
    let at = PickupPoint { place: "Shed 4, Encinitas".parse().unwrap(), state: near, when: None };
    let by_state = TermsDraft {
        tax: Tax::ByState { rates: BTreeMap::from([(near, Rate::try_from(72_500).unwrap()), (far, Rate::ZERO)]) },
        delivery: vec![
            parcel("Ground", 500, (3, 5)),
            Delivery::Parcel {
                name: "Courier".parse().unwrap(),
                price: usd(700),
                days: (1, 1),
                region: Some(BTreeSet::from([far]).try_into().unwrap()),
            },
            Delivery::Pickup { at: at.clone() },
        ],
        ..few.clone()
    };
    let fetched = TermsDraft { delivery: vec![Delivery::Pickup { at }], ..by_state.clone() };
    let plans = TermsDraft {
        items: vec![item("Board plans", 1, 1_500)],
        discount: usd(0),
        delivery: vec![Delivery::Digital],
        ..draft()
    };
    match how % 6 {
        0 => board_and_leash(),
        1 => plans.try_into().unwrap(),
        2 => by_state.try_into().unwrap(),
        3 => fetched.try_into().unwrap(),
        _ => few.try_into().unwrap(),
    }
}

/// Where a way of delivery goes.
fn fitting(way: &Delivery, home: impl Fn() -> Destination) -> Destination {
    way.without_address().unwrap_or_else(home)
}

fn pick<T: Clone>(things: impl IntoIterator<Item = T>, which: u8) -> Option<T> {
    let things: Vec<T> = things.into_iter().collect();
    things.get(usize::from(which) % things.len().max(1)).cloned()
}

/// What somebody sees when they decide what to do; it may be old.
pub struct View<'a> {
    pub thread: &'a Thread,
    pub now: Timestamp,
}

impl View<'_> {
    fn some_request(&self, which: u8) -> PaymentRequestId {
        pick(self.thread.requests.keys().cloned(), which).unwrap_or_else(|| "pr_none".parse().unwrap())
    }

    fn some_payment(&self, which: u8) -> PaymentId {
        pick(self.thread.payments.keys().cloned(), which).unwrap_or_else(|| "pay_none".parse().unwrap())
    }

    fn some_order(&self, which: u8) -> OrderId {
        pick(self.thread.orders.keys().cloned(), which).unwrap_or_else(|| "ord_none".parse().unwrap())
    }

    /// Some of what waits to be shipped, or something else.
    fn some_pieces(&self, order: &OrderId, how: u8) -> Vec<Packed> {
        let waiting = self.thread.orders.get(order).map(|order| order.unshipped()).unwrap_or_default();
        match how % 4 {
            0 | 1 => waiting,
            2 => waiting.into_iter().take(1).map(|packed| Packed { quantity: 1, ..packed }).collect(),
            _ => vec![Packed { line: usize::from(how) % 3, quantity: u32::from(how) % 4 }],
        }
    }

    /// The command a move stands for, and who gives it; nothing for the passing of time.
    pub fn command_of(&self, Move { what, which, how }: Move) -> Option<(Actor, Command)> {
        let (request, payment, order) = (self.some_request(which), self.some_payment(which), self.some_order(which));
        let answer = |answer| Command::Answer { payment: self.some_payment(which), answer };
        let (actor, command) = match what % KINDS {
            0 => return None,
            1 => (Actor::Seller, Command::SendRequest { terms: some_terms(how), expires_in: None }),
            2 => (Actor::Seller, Command::SendAgain { request }),
            3 => {
                let revision = self.thread.requests.get(&request).map_or(1, |known| known.current().number);
                let revision = if how > 240 { revision + 1 } else { revision };
                (Actor::Seller, Command::Revise { request, revision, terms: some_terms(how), expires_in: None })
            }
            4 => (Actor::Seller, Command::Withdraw { request }),
            5 => (Actor::Buyer, Command::View { request }),
            6 => (Actor::Buyer, self.some_counter(request, how)),
            7 => (Actor::Buyer, Command::WithdrawCounter { request }),
            8 => (Actor::Seller, Command::DeclineCounter { request }),
            9 => (Actor::Seller, Command::AcceptCounter { request }),
            10 => (Actor::Buyer, Command::Decline { request }),
            11 | 12 => (Actor::Buyer, self.some_pay(request, how)),
            13 => (Actor::Buyer, Command::Resume { payment }),
            14 => (Actor::Buyer, Command::CancelAttempt { payment }),
            15 => (Actor::Buyer, Command::Undo { payment }),
            16 | 17 => {
                let number = format!("K-{how}").try_into().unwrap();
                (Actor::Processor, answer(Answer::Authorised { number }))
            }
            18 => (Actor::Processor, answer(Answer::ActionRequired(RequiredAction::Challenge))),
            19 => (Actor::Processor, answer(Answer::Declined(DeclineReason::DoNotHonor))),
            20 => (Actor::Processor, answer(Answer::InDoubt)),
            21 => (Actor::Processor, answer(Answer::Captured { fee: (how > 60).then(|| usd(i64::from(how))) })),
            22 => (Actor::Processor, answer(Answer::CaptureFailed)),
            23 => {
                let refunds = self
                    .thread
                    .payments
                    .values()
                    .flat_map(|payment| payment.refunds.keys().map(|refund| (refund.clone(), payment.id.clone())));
                let none = || ("re_none".parse().unwrap(), payment);
                let (refund, payment) = pick(refunds, which).unwrap_or_else(none);
                let failed = RefundAnswer::Failed(RefundTrouble::InsufficientFunds);
                let answer = if how > 60 { RefundAnswer::Settled } else { failed };
                (Actor::Processor, Command::RefundAnswer { refund, payment, answer })
            }
            24 => (Actor::Processor, Command::PaidOut { order }),
            25 => (Actor::Seller, Command::Prepare { order }),
            26 => {
                let contents = self.some_pieces(&order, how);
                let tracking = (how % 8 < 6).then(|| "1Z5R89390357567127".to_owned().try_into().unwrap());
                (Actor::Seller, Command::Ship { order, contents, carrier: Carrier::Ups, tracking })
            }
            27 => (Actor::Carrier, self.some_scan(order, which, how)),
            28 => {
                let days = if how > 128 { ExtensionDays::Three } else { ExtensionDays::Five };
                (Actor::Seller, Command::AskExtension { order, days })
            }
            29 => (Actor::Buyer, Command::AnswerExtension { order, accept: how > 128 }),
            30 => (Actor::Buyer, Command::Confirm { order }),
            31 => (Actor::Seller, Command::CancelOrder { order }),
            32 => {
                let amount = match how % 3 {
                    0 => RefundAmount::Rest,
                    1 => RefundAmount::Amount(usd(i64::from(how) * 17 - 100)),
                    _ => RefundAmount::Items(self.some_pieces(&order, how / 3)),
                };
                (Actor::Seller, Command::Refund { order, amount })
            }
            38 => (Actor::Seller, Command::Ready { order }),
            34 => (Actor::Processor, answer(Answer::CapturePending(PENDING[usize::from(how % 2)]))),
            35 => (Actor::Processor, Command::DisputeTold { payment, told: self.some_complaint(which, how) }),
            36 => {
                let paid = self.thread.orders.get(&order).map(|order| self.thread.payment_of(order));
                let known = paid.and_then(|payment| payment.disputes.last()).map(|dispute| dispute.id.clone());
                let dispute = known.unwrap_or_else(|| "dsp_none".parse().unwrap());
                let answer = if how > 128 { DisputeAnswer::Tracking } else { DisputeAnswer::Accept };
                (Actor::Seller, Command::AnswerDispute { order, dispute, answer })
            }
            37 => {
                let (refund, amount) = (format!("re_seen-{}", how % 4).parse().unwrap(), usd(i64::from(how) * 40 + 1));
                (Actor::Processor, Command::RefundSeen { refund, payment, amount })
            }
            kind => self.some_help(order, kind, how),
        };
        // Now and then the other side tries it.
        let swapped = match actor {
            Actor::Buyer if how % 16 == 7 => Actor::Seller,
            Actor::Seller if how % 16 == 7 => Actor::Buyer,
            Actor::Buyer | Actor::Seller | Actor::Timer | Actor::Processor | Actor::Carrier | Actor::Reviewer => actor,
        };
        Some((swapped, command))
    }

    /// Something of a case: asked for, talked about, decided.
    fn some_help(&self, order: OrderId, kind: u8, how: u8) -> (Actor, Command) {
        let known = self.thread.orders.get(&order);
        let open = known.and_then(|order| order.open_case());
        let case = open.map_or_else(|| "case_none".parse().unwrap(), |case| case.id.clone());
        let either = if how.is_multiple_of(2) { Actor::Buyer } else { Actor::Seller };
        let said =
            Said { words: how.is_multiple_of(3).then(|| "It is chipped.".parse().unwrap()), evidence: Vec::new() };
        match kind {
            39 => (either, Command::Offer { order, case, remedy: self.some_remedy(known, how), said }),
            40 => {
                let role = if how.is_multiple_of(2) { Role::Buyer } else { Role::Seller };
                let shown = open.and_then(|case| case.on_the_table(role)).unwrap_or(Remedy::Replacement);
                (either, Command::AcceptOffer { order, case, remedy: shown })
            }
            41 => (either, Command::RefuseOffer { order, case, said }),
            42 => (Actor::Buyer, Command::SendBack { order, case, carrier: Carrier::Ups, tracking: None }),
            43 => (Actor::Seller, Command::GotBack { order, case }),
            44 => {
                let verdict = match how % 4 {
                    0 => Verdict::ForBuyer,
                    1 => Verdict::ForSeller,
                    _ => Verdict::Split { amount: usd(i64::from(how) * 11) },
                };
                let (words, reviewer) = ("Seen.".parse().unwrap(), "acc_ada".parse().unwrap());
                (Actor::Reviewer, Command::DecideCase { order, case, verdict, words, reviewer })
            }
            45 => (either, Command::AddToCase { order, case, said }),
            _ if open.is_some() && how > 100 => (Actor::Buyer, Command::CloseCase { order, case }),
            _ => {
                let items = match (known, how % 3) {
                    (Some(order), 0) => order.all_pieces(),
                    (Some(order), 1) => order.all_pieces().into_iter().take(1).collect(),
                    _ => vec![Packed { line: usize::from(how) % 3, quantity: u32::from(how) % 3 }],
                };
                let (reason, wish) = (CaseReason::Damaged, self.some_remedy(known, how / 3));
                (Actor::Buyer, Command::OpenCase { order, reason, items, wish, said })
            }
        }
    }

    fn some_remedy(&self, order: Option<&Order>, how: u8) -> Remedy {
        let most = order.map_or(1_000, |order| order.worth(&order.all_pieces()).minor);
        let amount = usd(most * i64::from(how % 7) / 5);
        match how % 4 {
            0 => Remedy::ReturnAndRefund { amount },
            1 => Remedy::Replacement,
            _ => Remedy::Refund { amount },
        }
    }

    /// What the processor says of one of few complaints.
    fn some_complaint(&self, which: u8, how: u8) -> DisputeTold {
        let stage = match how % 6 {
            0 | 1 => DisputeStage::Seller,
            2 => DisputeStage::Buyer,
            3 => DisputeStage::Review,
            4 => DisputeStage::Closed(DisputeOutcome::ForSeller),
            _ => DisputeStage::Closed(DisputeOutcome::ForBuyer { returned: usd(i64::from(how) * 150) }),
        };
        DisputeTold {
            id: format!("dsp_{}", which % 3).parse().unwrap(),
            reason: DisputeReason::NotReceived,
            amount: usd(i64::from(how) * 200),
            respond_by: how.is_multiple_of(2).then(|| self.now.plus(Span::days(10))),
            stage,
        }
    }

    fn some_counter(&self, request: PaymentRequestId, how: u8) -> Command {
        let (revision, lines, total) = match self.thread.requests.get(&request) {
            Some(known) => {
                let terms = &known.current().terms;
                (known.current().number, terms.items().len(), terms.totals(0, None).unwrap().total.minor)
            }
            None => (1, 1, 1_000),
        };
        let quantities = if how.is_multiple_of(2) { Vec::new() } else { vec![1; lines] };
        let total = usd(total * i64::from(how % 12) / 10);
        Command::Counter { request, revision, proposal: Proposal { quantities, total, note: None } }
    }

    fn some_pay(&self, request: PaymentRequestId, how: u8) -> Command {
        let current = self.thread.requests.get(&request).map(|request| request.current());
        let delivery = if how.is_multiple_of(3) { usize::from(how % 4) } else { 0 };
        let home = || Destination::Address { address: Box::new(home()) };
        let way = current.and_then(|current| current.terms.delivery().get(delivery));
        // Now and then to where it does not go.
        let destination = if how % 32 == 9 { home() } else { way.map_or_else(home, |way| fitting(way, home)) };
        let (revision, total) = match current {
            Some(current) => {
                let to = destination.state();
                let totals = current.terms.totals(delivery, to).or(current.terms.totals(0, to)).unwrap();
                (current.number, totals.total)
            }
            None => (1, usd(1)),
        };
        let total = if how > 250 { usd(total.minor - 1) } else { total };
        let confirmed_by = ConfirmedBy::Tap;
        Command::Pay { request, revision, delivery, total, method: meta_pay(), destination, confirmed_by }
    }

    fn some_scan(&self, order: OrderId, which: u8, how: u8) -> Command {
        let known = self.thread.orders.get(&order);
        let mut shipments = known.map(|order| order.shipments.clone()).unwrap_or_default();
        shipments.extend(known.and_then(|order| order.open_case()?.parcel().cloned()));
        let shipment = pick(shipments.iter().map(|shipment| shipment.id.clone()), how / 16);
        // Carriers repeat themselves, and tell old news late.
        let n = if how.is_multiple_of(5) { how } else { which };
        let scan = TrackingEvent {
            id: format!("trk_{n}-{}", how % 11).parse().unwrap(),
            status: STATUSES[usize::from(how % 11)],
            at: self.now.minus(Span::hours(i64::from(how % 7) * 9)),
            place: None,
            expected_at: how.is_multiple_of(13).then(|| self.now.plus(Span::days(2))),
        };
        Command::Track { order, shipment: shipment.unwrap_or_else(|| "shp_none".parse().unwrap()), scans: vec![scan] }
    }
}

impl World {
    /// Plays a move. A refusal is an answer like any other.
    pub fn play(&mut self, play: Move) -> Result<Vec<Event>, Rejection> {
        match (View { thread: self.thread(), now: self.now }).command_of(play) {
            Some((actor, command)) => self.give(actor, command),
            None => {
                let spans = [
                    Span::seconds(1),
                    Span::minutes(5),
                    Span::hours(1),
                    Span::days(1),
                    Span::days(3),
                    Span::days(9),
                    Span::days(30),
                ];
                self.pass(spans[usize::from(play.how) % spans.len()]);
                Ok(Vec::new())
            }
        }
    }
}
