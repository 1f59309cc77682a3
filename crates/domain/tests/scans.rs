//! What carriers say: late, twice, in any order, of other parcels, or nothing at all.

mod support;

use domain::carrier::Carrier;
use domain::case::CaseReason;
use domain::command::Command;
use domain::event::{Envelope, Event};
use domain::headline::{HeadlineState, Turn};
use domain::ids::OrderId;
use domain::market::Market;
use domain::order::{Shipment, TrackingEvent, TrackingStatus};
use domain::thread::Actor;
use domain::time::{Span, Timestamp};
use domain::timeline::Row;
use domain::timer::Timer;
use proptest::prelude::*;
use support::World;

use TrackingStatus::{
    Accepted, Attempted, Delayed, Delivered, DeliveryFailed, InTransit, LabelCreated, OutForDelivery, PickedUp,
    Problem, ReadyForPickup, Returned, Returning,
};

const ALL: [TrackingStatus; 13] = [
    LabelCreated,
    Accepted,
    InTransit,
    Delayed,
    OutForDelivery,
    Attempted,
    Problem,
    ReadyForPickup,
    PickedUp,
    Delivered,
    DeliveryFailed,
    Returning,
    Returned,
];

/// A parcel that was handed over with a number; ten days have passed without a word.
struct Sent {
    world: World,
    order: OrderId,
    handed_over: Timestamp,
}

impl Sent {
    fn now() -> Self {
        let mut world = World::new();
        let order = world.paid();
        let contents = world.thread().orders[&order].unshipped();
        let tracking = Some("1Z5R89390357567127".to_owned().try_into().unwrap());
        world.must(Actor::Seller, Command::Ship { order: order.clone(), contents, carrier: Carrier::Ups, tracking });
        let handed_over = world.now;
        Self { world, order, handed_over }
    }

    fn ten_days_ago() -> Self {
        let mut sent = Self::now();
        // Without what happens by itself: these are about scans alone.
        sent.world.now = sent.handed_over.plus(Span::days(10));
        sent
    }

    fn parcel(&self) -> &Shipment {
        &self.world.thread().orders[&self.order].shipments[0]
    }

    fn hear(&mut self, scans: &[TrackingEvent]) -> Vec<Event> {
        let (order, shipment) = (self.order.clone(), self.parcel().id.clone());
        self.world.must(Actor::Carrier, Command::Track { order, shipment, scans: scans.to_vec() })
    }

    /// A scan so many hours after it was handed over.
    fn scan(&self, status: TrackingStatus, hours: i64) -> TrackingEvent {
        let id = format!("trk_{}-{}", status as u8, hours + 1_000).parse().unwrap();
        TrackingEvent { id, status, at: self.handed_over.plus(Span::hours(hours)), place: None, expected_at: None }
    }

    fn tell(&mut self, status: TrackingStatus, hours: i64) -> Vec<Event> {
        let scan = self.scan(status, hours);
        self.hear(&[scan])
    }

    /// What the conversation says of the parcel's way.
    fn lines(&self) -> Vec<TrackingStatus> {
        let rows = self.world.log.iter().filter(|envelope| Row::of(envelope).is_some());
        rows.filter_map(|envelope| match &envelope.event {
            Event::Tracked { scan, .. } => Some(scan.status),
            _others => None,
        })
        .collect()
    }

    fn ship_by(&self) -> Timestamp {
        self.world.thread().orders[&self.order].ship_by
    }

    fn silences(&self) -> Vec<Timestamp> {
        let since = |envelope: &Envelope| match &envelope.event {
            Event::ParcelSilent { since, .. } => Some(*since),
            _others => None,
        };
        self.world.log.iter().filter_map(since).collect()
    }
}

/// Scans as carriers tell them: few times, so that some are of the same moment, and some with a day of arrival.
fn some_scans() -> impl Strategy<Value = Vec<(TrackingStatus, i64, bool)>> {
    let scan = (prop::sample::select(ALL.to_vec()), 0_i64..6, any::<bool>());
    prop::collection::vec(scan, 1..8)
}

fn made(sent: &Sent, scans: &[(TrackingStatus, i64, bool)]) -> Vec<TrackingEvent> {
    let scan = |(n, (status, hours, expects)): (usize, &(TrackingStatus, i64, bool))| TrackingEvent {
        id: format!("trk_{n}").parse().unwrap(),
        expected_at: expects.then(|| sent.handed_over.plus(Span::days(i64::try_from(n).unwrap() + 1))),
        ..sent.scan(*status, *hours)
    };
    scans.iter().enumerate().map(scan).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scans_in_any_order_and_number_and_grouping_lead_to_the_same_parcel(
        scans in some_scans(),
        told in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
        order in any::<prop::sample::Index>(),
        groups in prop::collection::vec(1_usize..4, 1..30),
    ) {
        // Given what the carrier has seen, told once and in order
        let mut once = Sent::ten_days_ago();
        let scans = made(&once, &scans);
        once.hear(&scans);
        // When it is told in another order, some of it again, a few at a time
        let mut again = Sent::ten_days_ago();
        let mut deliveries: Vec<TrackingEvent> = told.iter().map(|index| scans[index.index(scans.len())].clone()).collect();
        deliveries.extend(scans.iter().rev().cloned());
        let middle = order.index(deliveries.len());
        deliveries.rotate_left(middle);
        let mut rest = deliveries.as_slice();
        for size in groups.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (group, later) = rest.split_at((*size).min(rest.len()));
            again.hear(group);
            rest = later;
        }
        // Then it is the same parcel
        let silent = |sent: &Sent| Shipment { said: Vec::new(), ..sent.parcel().clone() };
        prop_assert_eq!(silent(&again), silent(&once));
    }

    #[test]
    fn a_parcel_is_where_its_newest_scan_says_but_for_an_arrival_or_a_return(scans in some_scans()) {
        let mut sent = Sent::ten_days_ago();
        let scans = made(&sent, &scans);
        sent.hear(&scans);
        let newest = |wanted: fn(&TrackingStatus) -> bool| {
            let wanted = scans.iter().filter(|scan| wanted(&scan.status));
            wanted.map(|scan| (scan.at, scan.status)).max().map(|(_, status)| status)
        };
        let stands = newest(|status| matches!(status, Delivered | PickedUp | Returning | Returned));
        prop_assert_eq!(sent.parcel().status(), stands.or(newest(|_| true)));
    }

    #[test]
    fn between_two_things_out_of_the_ordinary_the_thread_says_each_milestone_once(
        scans in some_scans(),
        twice in any::<bool>(),
    ) {
        let mut sent = Sent::ten_days_ago();
        let scans = made(&sent, &scans);
        for _ in 0..=usize::from(twice) {
            scans.iter().for_each(|scan| drop(sent.hear(std::slice::from_ref(scan))));
        }
        for ordinary in sent.lines().split(|status| status.is_exception()) {
            let mut said = ordinary.to_vec();
            said.sort_unstable();
            said.dedup();
            prop_assert_eq!(said.len(), ordinary.len(), "{:?}", sent.lines());
        }
    }
}

#[test]
fn an_arrival_is_not_undone_by_an_older_scan_nor_by_a_straggler() {
    let mut sent = Sent::ten_days_ago();
    sent.tell(Delivered, 50);
    for (status, hours) in [(OutForDelivery, 40), (Returned, 30), (DeliveryFailed, 45), (InTransit, 60)] {
        sent.tell(status, hours);
        assert_eq!(sent.parcel().status(), Some(Delivered), "{status:?}");
    }
    assert_eq!(sent.lines(), [Delivered], "what is old is no news");
}

#[test]
fn what_is_on_its_way_back_is_lost_at_once_and_back_only_when_a_scan_says_so() {
    let mut sent = Sent::ten_days_ago();
    let before = sent.ship_by();
    sent.tell(Problem, 20);
    assert_eq!(sent.world.thread().headline().unwrap().state, HeadlineState::Delayed);
    sent.tell(Returning, 30);
    let headline = sent.world.thread().headline().unwrap();
    assert_eq!((headline.state, headline.turn), (HeadlineState::Lost, Turn::Seller));
    let moved = sent.ship_by();
    assert!(moved > before, "the seller has time to send it again");
    sent.tell(InTransit, 40);
    assert_eq!(sent.parcel().status(), Some(Returning));
    sent.tell(Returned, 60);
    assert_eq!((sent.parcel().status(), sent.ship_by()), (Some(Returned), moved));
    assert_eq!(sent.lines(), [Problem, Returning, Returned]);
}

#[test]
fn a_return_after_an_arrival_undoes_it() {
    let mut sent = Sent::ten_days_ago();
    sent.tell(Delivered, 50);
    sent.tell(Returned, 90);
    assert_eq!((sent.parcel().status(), sent.parcel().received_at()), (Some(Returned), None));
    assert_eq!(sent.lines(), [Delivered, Returned]);
}

#[test]
fn an_arrival_is_told_once_whatever_a_straggler_says_between() {
    let mut sent = Sent::ten_days_ago();
    for (status, hours) in [(Delivered, 50), (Delayed, 51), (PickedUp, 51), (Delivered, 52)] {
        sent.tell(status, hours);
    }
    assert_eq!(sent.lines(), [Delivered, PickedUp]);
}

#[test]
fn a_scan_that_is_told_twice_changes_nothing() {
    let mut sent = Sent::ten_days_ago();
    assert_eq!(sent.tell(OutForDelivery, 40).len(), 1);
    assert_eq!(sent.tell(OutForDelivery, 40), []);
}

#[test]
fn a_second_try_is_told_like_the_first() {
    let mut sent = Sent::ten_days_ago();
    for (status, hours) in
        [(OutForDelivery, 24), (InTransit, 26), (OutForDelivery, 28), (Attempted, 30), (OutForDelivery, 48)]
    {
        sent.tell(status, hours);
    }
    assert_eq!(sent.lines(), [OutForDelivery, Attempted, OutForDelivery]);
}

#[test]
fn a_failure_that_is_told_after_the_arrival_gives_nobody_more_time() {
    let mut sent = Sent::ten_days_ago();
    let before = sent.ship_by();
    sent.tell(Delivered, 50);
    sent.tell(DeliveryFailed, 40);
    assert_eq!(sent.ship_by(), before);
    sent.tell(Returned, 90);
    assert!(sent.ship_by() > before, "what came back is sent again");
}

#[test]
fn a_scan_from_before_the_purchase_is_another_parcels() {
    let mut sent = Sent::ten_days_ago();
    assert_eq!(sent.tell(Delivered, -25), [], "numbers are used again");
    assert_eq!(sent.tell(LabelCreated, -20).len(), 1, "some carriers give the time of the town");
}

#[test]
fn nobody_checks_a_parcel_before_it_was_handed_over() {
    let mut sent = Sent::ten_days_ago();
    sent.tell(Delivered, -20);
    assert_eq!(sent.parcel().received_at(), Some(sent.handed_over), "and not the day before");
}

#[test]
fn a_carrier_whose_clock_is_ahead_has_not_seen_the_future() {
    let mut sent = Sent::ten_days_ago();
    sent.tell(Delivered, 24 * 365);
    assert_eq!(sent.parcel().received_at(), Some(sent.world.now));
}

#[test]
fn both_are_told_when_nobody_has_scanned_a_parcel_for_three_days() {
    let mut sent = Sent::now();
    sent.world.pass(Span::days(3).plus(Span::millis(-1)));
    assert_eq!(sent.silences(), []);
    sent.world.pass(Span::millis(1));
    assert_eq!(sent.silences(), [sent.handed_over]);
    let headline = sent.world.thread().headline().unwrap();
    assert_eq!((headline.state, headline.turn), (HeadlineState::NoNews { since: sent.handed_over }, Turn::Carrier));
    let last = sent.world.log.last().unwrap();
    assert!(Row::of(last).is_some() && last.actor == Actor::Timer, "a line in the thread, unread by both");
    sent.world.pass(Span::days(5));
    assert_eq!(sent.silences().len(), 1, "it is said once");
}

#[test]
fn a_scan_that_is_new_ends_the_silence_and_the_next_one_is_told_after_five_days() {
    let mut sent = Sent::now();
    sent.world.pass(Span::days(3));
    sent.tell(LabelCreated, -2);
    assert!(sent.parcel().silent_since.is_some(), "what fills in the time before breaks no silence");
    sent.tell(InTransit, 70);
    assert_eq!(sent.parcel().silent_since, None);
    assert_eq!(sent.world.thread().headline().unwrap().state, HeadlineState::OnItsWay);
    sent.world.pass(Span::hours(5 * 24 - 3));
    assert_eq!(sent.silences().len(), 1);
    sent.world.pass(Span::hours(1));
    assert_eq!(sent.silences(), [sent.handed_over, sent.handed_over.plus(Span::hours(70))]);
}

#[test]
fn a_parcel_that_is_there_or_waits_or_has_no_number_may_be_silent() {
    let silent = |sent: &Sent| sent.parcel().silent_at(&Market::US);
    for status in [Delivered, PickedUp, ReadyForPickup, DeliveryFailed, Returned] {
        let mut sent = Sent::ten_days_ago();
        sent.tell(status, 10);
        assert_eq!(silent(&sent), None, "{status:?}");
    }
    let mut world = World::new();
    let order = world.paid();
    let contents = world.thread().orders[&order].unshipped();
    let ship = Command::Ship { order: order.clone(), contents, carrier: Carrier::Ups, tracking: None };
    world.must(Actor::Seller, ship);
    assert_eq!(world.thread().orders[&order].shipments[0].silent_at(&Market::US), None);
}

#[test]
fn silence_is_not_told_while_help_is_open() {
    let mut sent = Sent::now();
    let order = sent.order.clone();
    let help = sent.world.complaint(&order, CaseReason::NotReceived);
    sent.world.must(Actor::Buyer, help);
    let told = |timers: Vec<(Timestamp, Timer)>| {
        timers.into_iter().any(|(_, timer)| matches!(timer, Timer::ParcelSilent { .. }))
    };
    assert!(!told(sent.world.thread().timers()));
}
