//! Help on an order, from both sides, to its end: by agreement, by a reviewer, by nobody doing anything.

mod support;

use domain::carrier::Carrier;
use domain::case::{CaseOutcome, CaseReason, CaseStage, Escalation, Remedy, Said, Verdict};
use domain::command::{Command, RefundAmount, RefundAnswer};
use domain::dispute::{DisputeReason, DisputeStage, DisputeTold};
use domain::event::Event;
use domain::headline::{HeadlineState, Turn};
use domain::ids::{CaseId, OrderId, RefundId};
use domain::ledger::Account;
use domain::order::{Funds, Packed, TrackingEvent, TrackingStatus};
use domain::payment::RefundTrouble;
use domain::rejection::Rejection;
use domain::thread::Actor;
use domain::time::Span;
use support::{World, usd};

const BOARD: usize = 0;
const LEASH: usize = 1;

/// An order that arrived, and what the buyer asks for.
struct Helped {
    world: World,
    order: OrderId,
}

impl Helped {
    fn delivered() -> Self {
        let mut world = World::new();
        let order = world.paid();
        let contents = world.thread().orders[&order].unshipped();
        let tracking = Some("1Z5R89390357567127".to_owned().try_into().unwrap());
        world.must(Actor::Seller, Command::Ship { order: order.clone(), contents, carrier: Carrier::Ups, tracking });
        let mut helped = Self { world, order };
        let shipment = helped.order().shipments[0].id.clone();
        helped.scan(shipment, TrackingStatus::Delivered);
        helped
    }

    fn order(&self) -> &domain::order::Order {
        &self.world.thread().orders[&self.order]
    }

    fn case(&self) -> &domain::case::Case {
        self.order().cases.last().expect("asked for")
    }

    fn id(&self) -> CaseId {
        self.case().id.clone()
    }

    fn scan(&mut self, shipment: domain::ids::ShipmentId, status: TrackingStatus) {
        let id = format!("trk_{}-{status:?}", shipment.as_str().len()).parse().unwrap();
        let scan = TrackingEvent { id, status, at: self.world.now, place: None, expected_at: None };
        self.world.must(Actor::Carrier, Command::Track { order: self.order.clone(), shipment, scans: vec![scan] });
    }

    fn complain(&mut self, reason: CaseReason, items: Vec<Packed>, wish: Remedy) -> Result<Vec<Event>, Rejection> {
        let order = self.order.clone();
        self.world.give(Actor::Buyer, Command::OpenCase { order, reason, items, wish, said: Said::default() })
    }

    /// The leash came broken, and the buyer wants its price back.
    fn broken_leash() -> (Self, Remedy) {
        let mut helped = Self::delivered();
        let items = vec![Packed { line: LEASH, quantity: 1 }];
        let wish = Remedy::Refund { amount: helped.order().price_of(&items) };
        helped.complain(CaseReason::Damaged, items, wish).expect("help");
        (helped, wish)
    }

    fn offer(&mut self, actor: Actor, remedy: Remedy) -> Result<Vec<Event>, Rejection> {
        let (order, case) = (self.order.clone(), self.id());
        self.world.give(actor, Command::Offer { order, case, remedy, said: Said::default() })
    }

    fn accept(&mut self, actor: Actor, remedy: Remedy) -> Result<Vec<Event>, Rejection> {
        let (order, case) = (self.order.clone(), self.id());
        self.world.give(actor, Command::AcceptOffer { order, case, remedy })
    }

    fn refuse(&mut self, actor: Actor) -> Result<Vec<Event>, Rejection> {
        let (order, case) = (self.order.clone(), self.id());
        self.world.give(actor, Command::RefuseOffer { order, case, said: Said::default() })
    }

    fn decide(&mut self, verdict: Verdict) -> Result<Vec<Event>, Rejection> {
        let (order, case) = (self.order.clone(), self.id());
        let words = "The photos show it.".parse().unwrap();
        let reviewer = "acc_ada".parse().unwrap();
        self.world.give(Actor::Reviewer, Command::DecideCase { order, case, verdict, words, reviewer })
    }

    fn answer(&mut self, refund: RefundId, answer: RefundAnswer) {
        let payment = self.order().payment.clone();
        self.world.must(Actor::Processor, Command::RefundAnswer { refund, payment, answer });
    }

    /// The processor gives back what is on its way.
    fn settle(&mut self) {
        let refund = self.pending();
        self.answer(refund, RefundAnswer::Settled);
    }

    fn pending(&self) -> RefundId {
        match &self.case().stage {
            CaseStage::Refunding { refund, .. } => refund.clone(),
            other => panic!("no money is on its way: {other:?}"),
        }
    }

    fn with_the_buyer(&self) -> i64 {
        let balance = self.world.thread().ledger.balance(&self.order, Account::Buyer, usd(0).currency);
        41_200 + balance.minor
    }

    fn headline(&self) -> (HeadlineState, Turn) {
        let headline = self.world.thread().order_headline(self.order());
        (headline.state, headline.turn)
    }
}

#[test]
fn what_did_not_come_is_paid_back_when_the_seller_says_yes() {
    let mut world = World::new();
    let order = world.paid();
    let mut helped = Helped { world, order };
    let help = helped.world.complaint(&helped.order, CaseReason::NotReceived);
    helped.world.must(Actor::Buyer, help);
    assert_eq!(helped.headline(), (HeadlineState::CaseOpen, Turn::Seller));
    assert_eq!(helped.order().funds, Funds::Frozen);
    let wish = Remedy::Refund { amount: usd(41_200) };
    helped.accept(Actor::Seller, wish).expect("agreed");
    assert_eq!(helped.headline(), (HeadlineState::Refunding, Turn::Processor));
    helped.settle();
    assert_eq!(helped.case().outcome, Some(CaseOutcome::Agreed { remedy: wish }));
    assert_eq!((helped.with_the_buyer(), helped.order().funds), (41_200, Funds::Reversed));
}

#[test]
fn a_damaged_piece_is_paid_back_with_its_share_and_the_rest_goes_its_way() {
    let (mut helped, wish) = Helped::broken_leash();
    let amount = wish.amount().unwrap();
    assert!(amount.minor > 2_600 && amount.minor < 3_200, "its share of discount and tax: {amount:?}");
    helped.accept(Actor::Seller, wish).expect("agreed");
    helped.settle();
    assert_eq!((helped.with_the_buyer(), helped.order().funds), (amount.minor, Funds::Held));
    helped.world.pass(Span::days(10));
    assert!(matches!(helped.order().funds, Funds::Releasable { .. }), "the clocks go on");
}

#[test]
fn the_two_haggle_and_what_was_on_the_screen_counts() {
    let (mut helped, wish) = Helped::broken_leash();
    let (less, more) = (Remedy::Refund { amount: usd(1_000) }, Remedy::Refund { amount: usd(2_000) });
    helped.offer(Actor::Seller, less).expect("offered");
    assert_eq!(helped.headline(), (HeadlineState::CaseOpen, Turn::Buyer));
    assert_eq!(helped.offer(Actor::Seller, less), Err(Rejection::SameOffer));
    helped.offer(Actor::Seller, more).expect("bettered");
    assert_eq!(helped.accept(Actor::Buyer, less), Err(Rejection::OfferChanged));
    assert_eq!(helped.accept(Actor::Seller, more), Err(Rejection::OfferChanged), "nobody agrees with themselves");
    helped.accept(Actor::Buyer, more).expect("agreed");
    assert_eq!(helped.accept(Actor::Seller, wish), Err(Rejection::NothingToAnswer));
    helped.settle();
    assert_eq!(helped.with_the_buyer(), 2_000);
}

#[test]
fn no_more_is_offered_than_the_pieces_were_worth() {
    let (mut helped, wish) = Helped::broken_leash();
    let worth = wish.amount().unwrap();
    for minor in [worth.minor + 1, 0, -1] {
        let refused = helped.offer(Actor::Seller, Remedy::Refund { amount: usd(minor) });
        assert!(matches!(refused, Err(Rejection::OverRefund { .. } | Rejection::NothingToRefund)), "{minor}");
    }
}

#[test]
fn what_goes_back_is_tracked_and_paid_when_it_is_there() {
    let mut helped = Helped::delivered();
    let items = vec![Packed { line: BOARD, quantity: 1 }];
    let amount = helped.order().price_of(&items);
    let wish = Remedy::ReturnAndRefund { amount };
    helped.complain(CaseReason::ChangedMyMind, items, wish).expect("help");
    helped.accept(Actor::Seller, wish).expect("agreed");
    assert_eq!(helped.headline(), (HeadlineState::ToSendBack, Turn::Buyer));
    let (order, case) = (helped.order.clone(), helped.id());
    let back = |number: &str| {
        let tracking = Some(number.to_owned().try_into().unwrap());
        Command::SendBack { order: order.clone(), case: case.clone(), carrier: Carrier::Ups, tracking }
    };
    let same = helped.world.give(Actor::Buyer, back("1Z5R89390357567127"));
    assert_eq!(same, Err(Rejection::NumberOfAnother), "that is the parcel that came");
    helped.world.must(Actor::Buyer, back("1Z999AA10123456784"));
    assert_eq!(helped.headline(), (HeadlineState::ComingBack, Turn::Carrier));
    let parcel = helped.case().parcel().expect("sent").id.clone();
    helped.scan(parcel.clone(), TrackingStatus::InTransit);
    assert_eq!(helped.headline(), (HeadlineState::ComingBack, Turn::Carrier));
    helped.scan(parcel, TrackingStatus::Delivered);
    assert_eq!(helped.headline(), (HeadlineState::Refunding, Turn::Processor));
    helped.settle();
    assert_eq!(helped.with_the_buyer(), amount.minor);
    assert!(
        helped.order().shipments.iter().all(|parcel| parcel.received_at().is_some()),
        "its own parcel is where it was"
    );
}

#[test]
fn the_seller_can_say_that_it_is_there_before_the_carrier_does() {
    let mut helped = Helped::delivered();
    let items = helped.order().all_pieces();
    let wish = Remedy::ReturnAndRefund { amount: usd(41_200) };
    helped.complain(CaseReason::WrongItem, items, wish).expect("help");
    helped.accept(Actor::Seller, wish).expect("agreed");
    let (order, case) = (helped.order.clone(), helped.id());
    helped.world.must(Actor::Seller, Command::GotBack { order, case });
    helped.settle();
    assert_eq!(helped.order().funds, Funds::Reversed);
}

#[test]
fn who_does_not_send_it_back_keeps_it_and_the_seller_is_paid() {
    let mut helped = Helped::delivered();
    let items = helped.order().all_pieces();
    let wish = Remedy::ReturnAndRefund { amount: usd(41_200) };
    helped.complain(CaseReason::ChangedMyMind, items, wish).expect("help");
    helped.accept(Actor::Seller, wish).expect("agreed");
    helped.world.pass(Span::days(7));
    assert_eq!(helped.case().outcome, Some(CaseOutcome::NotReturned));
    helped.world.pass(Span::days(7));
    assert!(matches!(helped.order().funds, Funds::Releasable { .. }));
}

#[test]
fn what_is_sent_once_more_is_to_be_shipped_and_refunded_when_it_is_not() {
    let (mut helped, _) = Helped::broken_leash();
    helped.offer(Actor::Seller, Remedy::Replacement).expect("offered");
    helped.accept(Actor::Buyer, Remedy::Replacement).expect("agreed");
    assert_eq!(helped.order().unshipped(), [Packed { line: LEASH, quantity: 1 }]);
    assert_eq!(helped.headline(), (HeadlineState::RestToShip, Turn::Seller));
    assert_eq!(helped.order().funds, Funds::Held);
    let before = helped.world.thread().payment_of(helped.order()).refunded().minor;
    helped.world.pass(Span::days(14));
    let after = helped.world.thread().payment_of(helped.order()).refunded().minor;
    assert!(after > before, "what does not come is paid back by itself");
}

#[test]
fn silence_asks_the_reviewer_and_the_reviewer_splits() {
    let (mut helped, wish) = Helped::broken_leash();
    assert_eq!(helped.decide(Verdict::ForBuyer), Err(Rejection::NothingToDecide));
    helped.world.pass(Span::hours(48));
    assert!(matches!(helped.case().stage, CaseStage::Review { because: Escalation::SellerSilent, .. }));
    assert_eq!(helped.headline(), (HeadlineState::CaseReview, Turn::Reviewer));
    let worth = wish.amount().unwrap();
    assert_eq!(helped.decide(Verdict::Split { amount: worth }), Err(Rejection::OverRefund { refundable: worth }));
    let verdict = Verdict::Split { amount: usd(1_500) };
    helped.decide(verdict).expect("decided");
    helped.settle();
    assert_eq!(helped.case().outcome, Some(CaseOutcome::Decided { verdict }));
    assert_eq!(helped.with_the_buyer(), 1_500);
    let items = vec![Packed { line: LEASH, quantity: 1 }];
    let again = helped.complain(CaseReason::Other, items, Remedy::Refund { amount: usd(100) });
    assert_eq!(again, Err(Rejection::NoSuchItems), "it is the last word");
}

#[test]
fn a_reviewer_can_decide_for_either_side() {
    for (verdict, back) in [(Verdict::ForBuyer, true), (Verdict::ForSeller, false)] {
        let (mut helped, wish) = Helped::broken_leash();
        helped.refuse(Actor::Seller).expect("refused");
        helped.decide(verdict).expect("decided");
        if back {
            helped.settle();
        }
        let expected = if back { wish.amount().unwrap().minor } else { 0 };
        assert_eq!((helped.with_the_buyer(), helped.order().funds), (expected, Funds::Held), "{verdict:?}");
    }
}

/// What the buyer has when nobody decides: after the seller offered `offer` and somebody said no, or said nothing.
fn undecided(offer: Option<i64>, end: impl FnOnce(&mut Helped)) -> i64 {
    let (mut helped, _) = Helped::broken_leash();
    if let Some(minor) = offer {
        helped.offer(Actor::Seller, Remedy::Refund { amount: usd(minor) }).expect("offered");
    }
    end(&mut helped);
    helped.world.pass(Span::hours(48).plus(Span::days(7)));
    if helped.case().is_open() {
        helped.settle();
    }
    helped.with_the_buyer()
}

#[test]
fn where_no_reviewer_decides_silence_has_the_others_proposal_and_two_who_spoke_meet_half_way() {
    let worth = Helped::broken_leash().1.amount().unwrap().minor;
    let nobody = |_: &mut Helped| {};
    let refused = |actor| move |helped: &mut Helped| drop(helped.refuse(actor).expect("refused"));
    assert_eq!(undecided(None, nobody), worth, "the seller said nothing");
    assert_eq!(undecided(Some(900), nobody), 900, "the buyer said nothing");
    assert_eq!(undecided(Some(900), refused(Actor::Buyer)), (worth + 900) / 2);
    assert_eq!(undecided(None, refused(Actor::Seller)), worth / 2);
}

#[test]
fn under_review_each_side_can_still_give_in() {
    let (mut helped, wish) = Helped::broken_leash();
    helped.refuse(Actor::Seller).expect("refused");
    helped.accept(Actor::Seller, wish).expect("the seller gives in");
    let (mut helped, _) = Helped::broken_leash();
    helped.refuse(Actor::Seller).expect("refused");
    let (order, case) = (helped.order.clone(), helped.id());
    helped.world.must(Actor::Buyer, Command::CloseCase { order, case });
    assert_eq!(helped.case().outcome, Some(CaseOutcome::Withdrawn));
}

#[test]
fn who_asked_for_help_takes_it_back_and_the_other_cannot() {
    let (mut helped, _) = Helped::broken_leash();
    let (order, case) = (helped.order.clone(), helped.id());
    let close = Command::CloseCase { order, case };
    assert_eq!(helped.world.give(Actor::Seller, close.clone()), Err(Rejection::NotYours));
    helped.world.must(Actor::Buyer, close.clone());
    assert_eq!(helped.world.must(Actor::Buyer, close), []);
    assert_eq!((helped.case().outcome, helped.order().funds), (Some(CaseOutcome::Withdrawn), Funds::Held));
}

#[test]
fn while_help_is_open_nothing_else_happens_to_the_order() {
    let (mut helped, _) = Helped::broken_leash();
    let order = helped.order.clone();
    let rest = Command::Refund { order: order.clone(), amount: RefundAmount::Rest };
    assert_eq!(helped.world.give(Actor::Seller, rest), Err(Rejection::CaseOpen));
    assert_eq!(helped.world.give(Actor::Buyer, Command::Confirm { order }), Err(Rejection::CaseOpen));
    let all = helped.order().all_pieces();
    let second = helped.complain(CaseReason::Other, all, Remedy::Refund { amount: usd(100) });
    assert_eq!(second, Err(Rejection::CaseOpen));
}

#[test]
fn money_that_could_not_go_back_is_a_reviewers_and_tried_again() {
    let (mut helped, wish) = Helped::broken_leash();
    helped.accept(Actor::Seller, wish).expect("agreed");
    let refund = helped.pending();
    helped.answer(refund, RefundAnswer::Failed(RefundTrouble::InsufficientFunds));
    assert!(matches!(helped.case().stage, CaseStage::Review { because: Escalation::RefundFailed, .. }));
    assert_eq!(helped.order().funds, Funds::Frozen);
    helped.world.pass(Span::days(7));
    helped.settle();
    assert_eq!(helped.with_the_buyer(), wish.amount().unwrap().minor);
}

#[test]
fn a_complaint_to_the_processor_ends_the_case() {
    let (mut helped, _) = Helped::broken_leash();
    let payment = helped.order().payment.clone();
    let told = DisputeTold {
        id: "dsp_1".parse().unwrap(),
        reason: DisputeReason::NotAsDescribed,
        amount: usd(41_200),
        respond_by: None,
        stage: DisputeStage::Seller,
    };
    helped.world.must(Actor::Processor, Command::DisputeTold { payment, told });
    assert_eq!(helped.case().outcome, Some(CaseOutcome::ToProcessor));
    assert_eq!(helped.headline(), (HeadlineState::Disputed, Turn::Seller));
}

#[test]
fn a_seller_who_gives_everything_back_in_the_processors_pages_has_ended_the_talk() {
    let (mut helped, _) = Helped::broken_leash();
    let payment = helped.order().payment.clone();
    let seen = Command::RefundSeen { refund: "re_theirs".parse().unwrap(), payment, amount: usd(41_200) };
    helped.world.must(Actor::Processor, seen);
    assert_eq!((helped.case().outcome, helped.order().funds), (Some(CaseOutcome::MoneyBack), Funds::Reversed));
}

#[test]
fn what_is_asked_for_has_to_be_of_the_order() {
    let mut helped = Helped::delivered();
    let wish = Remedy::Refund { amount: usd(100) };
    let (none, two) = (Vec::new(), vec![Packed { line: BOARD, quantity: 2 }]);
    let (twice, unknown) = (vec![Packed { line: LEASH, quantity: 1 }; 2], vec![Packed { line: 9, quantity: 1 }]);
    for items in [none, two, twice, unknown] {
        assert_eq!(helped.complain(CaseReason::Damaged, items, wish), Err(Rejection::NoSuchItems));
    }
}

#[test]
fn what_was_not_sent_cannot_come_back_or_be_replaced() {
    let mut world = World::new();
    let order = world.paid();
    let mut helped = Helped { world, order };
    let items = helped.order().all_pieces();
    for wish in [Remedy::Replacement, Remedy::ReturnAndRefund { amount: usd(41_200) }] {
        assert_eq!(helped.complain(CaseReason::Other, items.clone(), wish), Err(Rejection::RemedyImpossible));
    }
}

#[test]
fn money_of_an_order_that_ended_is_sent_back_again_until_it_goes() {
    let mut world = World::new();
    let order = world.paid();
    let events = world.must(Actor::Seller, Command::CancelOrder { order: order.clone() });
    let [_, Event::RefundStarted { refund, payment, reason, .. }] = events.as_slice() else { panic!("{events:?}") };
    let failed = |refund: &RefundId| Command::RefundAnswer {
        refund: refund.clone(),
        payment: payment.clone(),
        answer: RefundAnswer::Failed(RefundTrouble::InsufficientFunds),
    };
    world.must(Actor::Processor, failed(refund));
    assert_eq!(world.thread().headline().map(|headline| headline.state), Some(HeadlineState::Refunding));
    world.pass(Span::days(7));
    let again = world.thread().payments[payment].refunds.values().find(|known| known.id != *refund).cloned();
    let again = again.expect("tried again");
    assert_eq!((again.amount, again.reason), (usd(41_200), *reason));
    let settled = RefundAnswer::Settled;
    world.must(Actor::Processor, Command::RefundAnswer { refund: again.id, payment: payment.clone(), answer: settled });
    assert_eq!(world.thread().orders[&order].funds, Funds::Reversed);
    assert!(world.thread().timers().is_empty());
}

#[test]
fn what_was_paid_out_is_taken_from_nobody_by_a_clock() {
    let paid_out = || {
        let mut helped = Helped::delivered();
        let order = helped.order.clone();
        helped.world.must(Actor::Buyer, Command::Confirm { order: order.clone() });
        helped.world.must(Actor::Processor, Command::PaidOut { order });
        let items = helped.order().all_pieces();
        let wish = Remedy::Refund { amount: usd(41_200) };
        helped.complain(CaseReason::Damaged, items, wish).expect("there is still time");
        helped
    };
    // A wish that nobody answers comes to nothing;
    let mut helped = paid_out();
    helped.world.pass(Span::days(30));
    assert_eq!((helped.case().outcome, helped.with_the_buyer()), (Some(CaseOutcome::NotDecided), 0));
    // what the seller offered stands.
    let mut helped = paid_out();
    helped.offer(Actor::Seller, Remedy::Refund { amount: usd(700) }).expect("offered");
    helped.world.pass(Span::days(30));
    helped.settle();
    assert_eq!(helped.with_the_buyer(), 700);
}

#[test]
fn what_was_settled_with_money_is_not_claimed_again() {
    let (mut helped, wish) = Helped::broken_leash();
    helped.accept(Actor::Seller, wish).expect("agreed");
    helped.settle();
    let (leash, board) = (vec![Packed { line: LEASH, quantity: 1 }], vec![Packed { line: BOARD, quantity: 1 }]);
    assert_eq!(helped.order().claimable(), board);
    assert_eq!(helped.complain(CaseReason::Other, leash, wish), Err(Rejection::NoSuchItems));
    helped.complain(CaseReason::Damaged, board, Remedy::Refund { amount: usd(100) }).expect("another piece");
}

#[test]
fn who_has_changed_their_mind_does_not_keep_what_has_come() {
    let mut helped = Helped::delivered();
    let items = helped.order().all_pieces();
    let (keep, back) = (Remedy::Refund { amount: usd(41_200) }, Remedy::ReturnAndRefund { amount: usd(41_200) });
    let kept = helped.complain(CaseReason::ChangedMyMind, items.clone(), keep);
    assert_eq!(kept, Err(Rejection::RemedyImpossible));
    helped.complain(CaseReason::ChangedMyMind, items, back).expect("help");
    assert_eq!(helped.offer(Actor::Buyer, keep), Err(Rejection::RemedyImpossible));
    helped.offer(Actor::Seller, keep).expect("a seller may be generous");
}

#[test]
fn what_the_carrier_has_brought_is_not_paid_back_by_silence() {
    let mut helped = Helped::delivered();
    let items = helped.order().all_pieces();
    helped.complain(CaseReason::NotReceived, items, Remedy::Refund { amount: usd(41_200) }).expect("help");
    helped.world.pass(Span::hours(48).plus(Span::days(7)));
    assert_eq!((helped.case().outcome, helped.with_the_buyer()), (Some(CaseOutcome::NotDecided), 0));
}

/// The leash came, the board did not: it is in no parcel yet.
fn half_delivered() -> Helped {
    let mut world = World::new();
    let order = world.paid();
    let contents = vec![Packed { line: LEASH, quantity: 1 }];
    let tracking = Some("1Z5R89390357567127".to_owned().try_into().unwrap());
    world.must(Actor::Seller, Command::Ship { order: order.clone(), contents, carrier: Carrier::Ups, tracking });
    let mut helped = Helped { world, order };
    let shipment = helped.order().shipments[0].id.clone();
    helped.scan(shipment, TrackingStatus::Delivered);
    helped
}

#[test]
fn pieces_that_a_case_has_paid_back_are_neither_sent_nor_paid_back_again() {
    let mut helped = half_delivered();
    let board = vec![Packed { line: BOARD, quantity: 1 }];
    let wish = Remedy::Refund { amount: helped.order().price_of(&board) };
    helped.complain(CaseReason::NotReceived, board.clone(), wish).expect("help");
    helped.accept(Actor::Seller, wish).expect("agreed");
    helped.settle();
    let back = helped.with_the_buyer();
    assert_eq!(helped.order().unshipped(), []);
    helped.world.pass(Span::days(60));
    assert_eq!(helped.with_the_buyer(), back, "the clock of shipping has nothing left");
    // A part of its price, and then it does not come: the rest of its price.
    let mut helped = half_delivered();
    let whole = helped.order().price_of(&board).minor;
    let part = Remedy::Refund { amount: usd(5_000) };
    helped.complain(CaseReason::Other, board, part).expect("help");
    helped.accept(Actor::Seller, part).expect("agreed");
    helped.settle();
    helped.world.pass(Span::days(20));
    let refunded = helped.world.thread().payment_of(helped.order()).refunded().minor;
    assert_eq!(refunded, whole);
}

#[test]
fn what_was_never_sent_is_not_sent_once_more() {
    let mut helped = half_delivered();
    let board = vec![Packed { line: BOARD, quantity: 1 }];
    let refused = helped.complain(CaseReason::NotReceived, board, Remedy::Replacement);
    assert_eq!(refused, Err(Rejection::RemedyImpossible));
}

/// The board is on its way back, and nobody scans it.
fn late_return(scanned: bool) -> Helped {
    let mut helped = Helped::delivered();
    let items = helped.order().all_pieces();
    let wish = Remedy::ReturnAndRefund { amount: usd(41_200) };
    helped.complain(CaseReason::WrongItem, items, wish).expect("help");
    helped.accept(Actor::Seller, wish).expect("agreed");
    let (order, case) = (helped.order.clone(), helped.id());
    let tracking = Some("1Z999AA10123456784".to_owned().try_into().unwrap());
    helped.world.must(Actor::Buyer, Command::SendBack { order, case, carrier: Carrier::Ups, tracking });
    if scanned {
        let parcel = helped.case().parcel().expect("sent").id.clone();
        helped.scan(parcel, TrackingStatus::InTransit);
    }
    helped.world.pass(Span::days(21));
    assert!(matches!(helped.case().stage, CaseStage::Review { because: Escalation::ReturnLate, .. }));
    assert_eq!(helped.accept(Actor::Seller, wish), Err(Rejection::NothingToAnswer), "it is not agreed on once more");
    helped
}

#[test]
fn what_was_sent_back_and_does_not_arrive_is_not_the_buyers_loss_where_a_carrier_has_had_it() {
    for (scanned, back) in [(true, 41_200), (false, 0)] {
        let mut helped = late_return(scanned);
        helped.world.pass(Span::days(7));
        if helped.case().is_open() {
            helped.settle();
        }
        assert_eq!(helped.with_the_buyer(), back, "scanned: {scanned}");
    }
    // It comes late, after all.
    let mut helped = late_return(true);
    let parcel = helped.case().parcel().expect("sent").id.clone();
    helped.scan(parcel, TrackingStatus::Delivered);
    helped.settle();
    assert_eq!(helped.with_the_buyer(), 41_200);
}

#[test]
fn what_could_not_be_paid_stays_owed() {
    let (mut helped, wish) = Helped::broken_leash();
    helped.offer(Actor::Seller, Remedy::Refund { amount: usd(5) }).expect("offered");
    helped.refuse(Actor::Buyer).expect("refused");
    helped.decide(Verdict::ForBuyer).expect("decided");
    let refund = helped.pending();
    helped.answer(refund, RefundAnswer::Failed(RefundTrouble::InsufficientFunds));
    assert_eq!(helped.decide(Verdict::ForSeller), Err(Rejection::NothingToDecide), "the last word was said");
    assert_eq!(helped.accept(Actor::Buyer, Remedy::Refund { amount: usd(5) }), Err(Rejection::NothingToAnswer));
    helped.world.pass(Span::days(7));
    helped.settle();
    assert_eq!(helped.with_the_buyer(), wish.amount().unwrap().minor);
    assert_eq!(helped.case().outcome, Some(CaseOutcome::Decided { verdict: Verdict::ForBuyer }));
}

#[test]
fn a_verdict_for_the_buyer_is_what_the_buyer_asked_for() {
    let mut helped = Helped::delivered();
    let items = helped.order().all_pieces();
    let wish = Remedy::ReturnAndRefund { amount: usd(41_200) };
    helped.complain(CaseReason::ChangedMyMind, items, wish).expect("help");
    helped.refuse(Actor::Seller).expect("refused");
    helped.decide(Verdict::ForBuyer).expect("decided");
    assert_eq!(helped.headline(), (HeadlineState::ToSendBack, Turn::Buyer));
    let (order, case) = (helped.order.clone(), helped.id());
    helped.world.must(Actor::Seller, Command::GotBack { order, case });
    helped.settle();
    assert_eq!(helped.case().outcome, Some(CaseOutcome::Decided { verdict: Verdict::ForBuyer }));
}

#[test]
fn nobody_keeps_the_money_frozen_by_asking_again_and_again() {
    let (mut helped, _) = Helped::broken_leash();
    helped.refuse(Actor::Seller).expect("refused");
    let (order, case) = (helped.order.clone(), helped.id());
    helped.world.must(Actor::Buyer, Command::CloseCase { order, case });
    let leash = vec![Packed { line: LEASH, quantity: 1 }];
    let again = helped.complain(CaseReason::Other, leash, Remedy::Refund { amount: usd(100) });
    assert_eq!(again, Err(Rejection::NoSuchItems), "it was taken back from a reviewer's table");
    let board = vec![Packed { line: BOARD, quantity: 1 }];
    for _ in 0..4 {
        helped.complain(CaseReason::Other, board.clone(), Remedy::Refund { amount: usd(100) }).expect("help");
        let (order, case) = (helped.order.clone(), helped.id());
        helped.world.must(Actor::Buyer, Command::CloseCase { order, case });
    }
    let often = helped.complain(CaseReason::Other, board, Remedy::Refund { amount: usd(100) });
    assert_eq!(often, Err(Rejection::TooManyCases));
}
