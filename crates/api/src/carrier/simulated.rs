//! The simulated carrier: what it will say of a parcel, all of it planned when the parcel is handed over.

use super::{CarrierFeed, FeedError, Parcel};
use crate::app::{App, kinds};
use crate::store::{Answering, OutboxEntry, Store, StoreError, Task, document};
use crate::wire::{Account, CarrierJourney, Journey};
use domain::address::Destination;
use domain::ids::{ShipmentId, TrackingEventId};
use domain::order::{TrackingEvent, TrackingStatus as Status};
use domain::text::Label;
use domain::time::{Span, Timestamp};
use std::sync::Arc;

/// The document that says what becomes of parcels.
const JOURNEY: &str = "journey";

/// A carrier of the demo's.
#[derive(Clone)]
pub struct SimulatedCarrier {
    store: Arc<dyn Store>,
}

impl SimulatedCarrier {
    /// A carrier that keeps its plans in a store.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store }
    }

    /// Plans what is said of a parcel. Planned twice at once, it is the same plan.
    async fn plan(&self, parcel: Parcel<'_>) -> Result<(), StoreError> {
        let (store, sent) = (self.store.as_ref(), parcel.shipment);
        let now = sent.shipped_at;
        let expected = sent.expected_at.unwrap_or(now.plus(Span::days(3)));
        let seller: Option<Option<Account>> = document(store, kinds::ACCOUNT, parcel.thread.seller.as_str()).await?;
        let from = seller.flatten().and_then(|account| format!("{}, {}", account.city, account.state).parse().ok());
        let to = town(&parcel.order.destination);
        let suffix = &sent.id.as_str()[ShipmentId::PREFIX.len()..];
        let planned = plan(journey(store).await?.journey, from.as_ref(), to.as_ref(), expected, now);
        for (n, said) in planned.into_iter().enumerate() {
            let Ok(id) = format!("trk_{suffix}-{n}").parse::<TrackingEventId>() else { continue };
            let Planned { at, status, place, expected_at } = said;
            let scan = TrackingEvent { id, status, at, place, expected_at };
            let task = Task::Scan { order: parcel.order.id.clone(), shipment: sent.id.clone(), scan };
            let (id, thread) = (format!("scan-{suffix}-{n}"), parcel.thread.id.clone());
            store.reschedule(None, Some(OutboxEntry { id, at, thread, task, attempts: 0 })).await?;
        }
        Ok(())
    }
}

impl CarrierFeed for SimulatedCarrier {
    /// Knows nothing yet, and says everything in its time.
    fn follow<'a>(&'a self, parcel: Parcel<'a>) -> Answering<'a, Result<Vec<TrackingEvent>, FeedError>> {
        Box::pin(async move {
            let planned = self.plan(parcel).await;
            planned.map(|()| Vec::new()).map_err(|error| FeedError::Unavailable(error.to_string()))
        })
    }
}

async fn journey(store: &dyn Store) -> Result<CarrierJourney, StoreError> {
    Ok(document(store, kinds::DEMO, JOURNEY).await?.unwrap_or(CarrierJourney { journey: Journey::OnTime }))
}

impl App {
    /// What becomes of parcels that are handed over now.
    pub(crate) async fn journey(&self) -> Result<CarrierJourney, StoreError> {
        journey(self.store.as_ref()).await
    }

    /// Says what becomes of parcels from now on; those under way go on as planned.
    pub(crate) async fn set_journey(&self, wanted: CarrierJourney) -> Result<CarrierJourney, StoreError> {
        self.change(kinds::DEMO, JOURNEY, |_: Option<CarrierJourney>| wanted).await
    }
}

fn town(destination: &Destination) -> Option<Label> {
    match destination.town_only() {
        Destination::Town { city, state } => format!("{city}, {state}").parse().ok(),
        Destination::Address { .. } | Destination::Digital | Destination::Pickup => None,
    }
}

/// Something the carrier will say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Planned {
    /// When.
    pub at: Timestamp,
    /// What.
    pub status: Status,
    /// Where.
    pub place: Option<Label>,
    /// When it should arrive now.
    pub expected_at: Option<Timestamp>,
}

/// Everything that will be said of a parcel that is handed over `now` and expected then, in order.
pub(super) fn plan(
    journey: Journey,
    from: Option<&Label>,
    to: Option<&Label>,
    expected: Timestamp,
    now: Timestamp,
) -> Vec<Planned> {
    let way = Way { from, to, expected: expected.max(now), now, said: Vec::new() };
    let way = way.on_the_way(5, Status::Accepted, from).on_the_way(25, Status::InTransit, from);
    let way = match journey {
        Journey::Delayed => way.late_by(3).moving_on(2).out_on(3).at_the_door(3, Status::Delivered),
        // Not a word, until it is given up.
        Journey::Lost => way.on_the_way(60, Status::InTransit, to).given_up_on(5),
        Journey::OnTime => way.near().at_the_door(0, Status::Delivered),
        Journey::Attempted => way.near().nobody_there(0).out_on(1).at_the_door(1, Status::Delivered),
        Journey::PickupPoint => way.near().at_the_door(0, Status::ReadyForPickup).fetched_on(1),
        // Nobody is there, nobody fetches it.
        Journey::Returned => {
            way.near().nobody_there(0).at_the_door(1, Status::ReadyForPickup).given_up_on(8).back_on(11)
        }
    };
    way.said
}

/// A parcel's way, as far as it is planned. Days count from the one on which it was first expected.
struct Way<'a> {
    from: Option<&'a Label>,
    to: Option<&'a Label>,
    expected: Timestamp,
    now: Timestamp,
    said: Vec<Planned>,
}

impl Way<'_> {
    fn say(mut self, at: Timestamp, status: Status, place: Option<&Label>, expected_at: Option<Timestamp>) -> Self {
        self.said.push(Planned { at, status, place: place.cloned(), expected_at });
        self
    }

    /// So many hundredths of the time until it is expected.
    fn part(&self, percent: i64) -> Timestamp {
        let whole = self.expected.since(self.now).as_millis();
        Timestamp::from_millis(self.now.as_millis() + whole / 100 * percent)
    }

    /// The end of that day.
    fn end_of(&self, day: i64) -> Timestamp {
        self.expected.plus(Span::days(day))
    }

    /// In the afternoon of that day, at half past two. The first day can be nearly over when it is handed over.
    fn afternoon_of(&self, day: i64) -> Timestamp {
        self.end_of(day).minus(Span::minutes(570)).max(self.part(80))
    }

    fn on_the_way(self, percent: i64, status: Status, place: Option<&Label>) -> Self {
        let at = self.part(percent);
        self.say(at, status, place, None)
    }

    /// In the buyer's town, and on the van.
    fn near(self) -> Self {
        let to = self.to;
        self.on_the_way(60, Status::InTransit, to).out_on(0)
    }

    /// On the van at eight: there by eight in the evening.
    fn out_on(self, day: i64) -> Self {
        let at = self.end_of(day).minus(Span::hours(16)).max(self.part(70));
        let to = self.to;
        self.say(at, Status::OutForDelivery, to, Some(at.plus(Span::hours(12))))
    }

    fn at_the_door(self, day: i64, status: Status) -> Self {
        let (at, to) = (self.afternoon_of(day), self.to);
        self.say(at, status, to, None)
    }

    fn nobody_there(self, day: i64) -> Self {
        let (at, to, again) = (self.afternoon_of(day), self.to, self.end_of(day + 1));
        self.say(at, Status::Attempted, to, Some(again))
    }

    fn late_by(self, days: i64) -> Self {
        let (at, from, then) = (self.part(60), self.from, self.end_of(days));
        self.say(at, Status::Delayed, from, Some(then))
    }

    fn moving_on(self, day: i64) -> Self {
        let (at, to) = (self.afternoon_of(day), self.to);
        self.say(at, Status::InTransit, to, None)
    }

    fn fetched_on(self, day: i64) -> Self {
        let (at, to) = (self.end_of(day).minus(Span::hours(6)), self.to);
        self.say(at, Status::PickedUp, to, None)
    }

    fn given_up_on(self, day: i64) -> Self {
        let (at, to) = (self.afternoon_of(day), self.to);
        self.say(at, Status::DeliveryFailed, to, None)
    }

    fn back_on(self, day: i64) -> Self {
        let (at, from) = (self.afternoon_of(day), self.from);
        self.say(at, Status::Returned, from, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Handed over on Thu 20 Nov 2025, 10:24 in California, and expected by the end of the Wednesday after.
    const HANDED_OVER: &str = "2025-11-20T18:24:00Z";
    const EXPECTED: &str = "2025-11-27T07:59:59.999Z";

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn planned(journey: Journey, expected: &str) -> Vec<Planned> {
        let (from, to): (Label, Label) = ("Santa Cruz, CA".parse().unwrap(), "Encinitas, CA".parse().unwrap());
        plan(journey, Some(&from), Some(&to), at(expected), at(HANDED_OVER))
    }

    fn words(journey: Journey) -> Vec<Status> {
        planned(journey, EXPECTED).into_iter().map(|planned| planned.status).collect()
    }

    #[test]
    fn each_journey_goes_its_own_way() {
        use Status::{
            Accepted, Attempted, Delayed, Delivered, DeliveryFailed, InTransit, OutForDelivery, PickedUp,
            ReadyForPickup, Returned,
        };
        let ways: [(Journey, &[Status]); 6] = [
            (Journey::OnTime, &[InTransit, OutForDelivery, Delivered]),
            (Journey::Delayed, &[Delayed, InTransit, OutForDelivery, Delivered]),
            (Journey::Attempted, &[InTransit, OutForDelivery, Attempted, OutForDelivery, Delivered]),
            (Journey::PickupPoint, &[InTransit, OutForDelivery, ReadyForPickup, PickedUp]),
            (Journey::Returned, &[InTransit, OutForDelivery, Attempted, ReadyForPickup, DeliveryFailed, Returned]),
            (Journey::Lost, &[InTransit, DeliveryFailed]),
        ];
        assert_eq!(ways.map(|(journey, _)| journey), Journey::ALL);
        for (journey, rest) in ways {
            let whole = [&[Accepted, InTransit], rest].concat();
            assert_eq!(words(journey), whole, "{journey:?}");
        }
    }

    #[test]
    fn no_journey_goes_back_in_time_however_soon_it_is_expected() {
        for expected in [EXPECTED, "2025-11-21T07:59:59.999Z", HANDED_OVER, "2025-11-19T07:59:59.999Z"] {
            for journey in Journey::ALL {
                let times: Vec<Timestamp> = planned(journey, expected).iter().map(|planned| planned.at).collect();
                assert!(times.is_sorted(), "{journey:?}, expected {expected}: {times:?}");
                assert!(times.iter().all(|time| *time >= at(HANDED_OVER)));
            }
        }
    }

    #[test]
    fn what_is_on_time_is_there_on_the_day_and_what_is_late_three_days_after() {
        let arrives = |journey| planned(journey, EXPECTED).pop().map(|planned| planned.at);
        assert_eq!(arrives(Journey::OnTime), Some(at("2025-11-26T22:29:59.999Z")));
        assert_eq!(arrives(Journey::Delayed), Some(at("2025-11-29T22:29:59.999Z")));
    }

    #[test]
    fn who_is_late_or_found_nobody_says_when_it_comes_instead() {
        let expected = |journey, status| {
            let said = planned(journey, EXPECTED).into_iter().find(|planned| planned.status == status);
            said.and_then(|planned| planned.expected_at)
        };
        assert_eq!(expected(Journey::Delayed, Status::Delayed), Some(at("2025-11-30T07:59:59.999Z")));
        assert_eq!(expected(Journey::Attempted, Status::Attempted), Some(at("2025-11-28T07:59:59.999Z")));
    }

    #[test]
    fn what_is_lost_is_silent_for_days_after_it_should_have_come() {
        let said = planned(Journey::Lost, EXPECTED);
        let [.., last_sign, given_up] = said.as_slice() else { panic!("at least two words") };
        assert!(last_sign.at < at(EXPECTED) && given_up.at > at(EXPECTED).plus(Span::days(4)));
    }
}
