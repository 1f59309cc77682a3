//! Who carries parcels, and tells of them. So far only a simulation.

mod simulated;

use crate::app::{App, kinds};
use crate::problem::Problem;
use crate::store::{OutboxEntry, StoreError, Task};
use crate::wire::{CarrierJourney, Journey};
use domain::address::Destination;
use domain::ids::{OrderId, ShipmentId, TrackingEventId};
use domain::order::TrackingEvent;
use domain::text::Label;
use domain::thread::Thread;
use domain::time::{Span, Timestamp};

/// The document that says what becomes of parcels.
const JOURNEY: &str = "journey";

impl App {
    /// What becomes of parcels that are handed over now.
    pub(crate) async fn journey(&self) -> Result<CarrierJourney, StoreError> {
        Ok(self.document(kinds::DEMO, JOURNEY).await?.unwrap_or(CarrierJourney { journey: Journey::OnTime }))
    }

    /// Says what becomes of parcels from now on; those under way go on as planned.
    pub(crate) async fn set_journey(&self, wanted: CarrierJourney) -> Result<CarrierJourney, StoreError> {
        self.change(kinds::DEMO, JOURNEY, |_: Option<CarrierJourney>| wanted).await
    }

    /// The simulated carrier plans what it will say of a parcel.
    pub(crate) async fn follow(
        &self,
        thread: &Thread,
        order: &OrderId,
        shipment: &ShipmentId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(known) = thread.orders.get(order) else { return Ok(()) };
        let Some(parcel) = known.shipments.iter().find(|parcel| parcel.id == *shipment) else { return Ok(()) };
        let expected = parcel.expected_at.unwrap_or(now.plus(Span::days(3)));
        let seller = self.account(&thread.seller).await?;
        let from = seller.and_then(|account| format!("{}, {}", account.city, account.state).parse::<Label>().ok());
        let to = town(&known.destination);
        let journey = self.journey().await?.journey;
        let plan = simulated::plan(journey, from.as_ref(), to.as_ref(), expected, now);
        for (n, said) in plan.into_iter().enumerate() {
            let suffix = &shipment.as_str()[ShipmentId::PREFIX.len()..];
            let Ok(id) = format!("trk_{suffix}-{n}").parse::<TrackingEventId>() else { continue };
            let simulated::Planned { at, status, place, expected_at } = said;
            let scan = TrackingEvent { id, status, at, place, expected_at };
            let task = Task::Scan { order: order.clone(), shipment: shipment.clone(), scan };
            let entry =
                OutboxEntry { id: format!("scan-{suffix}-{n}"), at, thread: thread.id.clone(), task, attempts: 0 };
            self.store.reschedule(None, Some(entry)).await?;
        }
        Ok(())
    }

    /// The carrier says the next thing about a parcel of the order, now.
    pub(crate) async fn move_carrier(&self, order: &OrderId) -> Result<bool, Problem> {
        // A parcel that was handed over just now may not have been planned yet. What fails here is tried again anyway.
        let _worked = self.tick().await;
        let now = self.now().await?;
        let planned = self.store.outbox(usize::MAX).await?;
        let next =
            planned.into_iter().find(|entry| matches!(&entry.task, Task::Scan { order: known, .. } if known == order));
        let Some(entry) = next else { return Ok(false) };
        let hurried = OutboxEntry { at: now, ..entry.clone() };
        self.store.reschedule(Some(entry), Some(hurried.clone())).await?;
        self.work(hurried, now).await?;
        Ok(true)
    }
}

fn town(destination: &Destination) -> Option<Label> {
    match destination.town_only() {
        Destination::Town { city, state } => format!("{city}, {state}").parse().ok(),
        Destination::Address { .. } | Destination::Digital | Destination::Pickup => None,
    }
}
