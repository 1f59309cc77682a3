//! Who tells of parcels. Being silent is not being refused, and neither holds up a parcel: what nobody tells of is shipped
//! by hand, and the buyer says that it came.

pub mod simulated;

use crate::app::App;
use crate::commit::Origin;
use crate::problem::Problem;
use crate::store::{Answering, OutboxEntry, Task};
use domain::command::Command;
use domain::ids::{OrderId, ShipmentId};
use domain::order::{Order, Shipment, TrackingEvent};
use domain::thread::{Actor, Thread};

/// A parcel that was handed over, with everything around it.
#[derive(Clone, Copy)]
pub struct Parcel<'a> {
    /// Between whom.
    pub thread: &'a Thread,
    /// Of which order.
    pub order: &'a Order,
    /// The parcel.
    pub shipment: &'a Shipment,
}

impl<'a> Parcel<'a> {
    /// A parcel of a thread, when there is such a one.
    pub fn of(thread: &'a Thread, order: &OrderId, shipment: &ShipmentId) -> Option<Self> {
        let order = thread.orders.get(order)?;
        let shipment = order.parcel(shipment)?;
        Some(Self { thread, order, shipment })
    }
}

/// Why a feed does not follow a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedError {
    /// Not now: it is asked again.
    Unavailable(String),
    /// Not this one, however often it is asked: it goes by hand.
    Refused(String),
}

/// Somebody who tells of parcels.
pub trait CarrierFeed: Send + Sync {
    /// Asks to be told of a parcel from now on; what it knows already. Asked again it is the same.
    fn follow<'a>(&'a self, parcel: Parcel<'a>) -> Answering<'a, Result<Vec<TrackingEvent>, FeedError>>;
}

/// What became of asking for news of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Followed {
    /// It is followed, or goes by hand.
    Settled,
    /// Nobody answers: ask again.
    NotYet,
}

impl App {
    /// Asks for news of a parcel, where somebody tells any, and takes in what is known of it.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn follow(
        &self,
        thread: &Thread,
        order: &OrderId,
        shipment: &ShipmentId,
    ) -> Result<Followed, Problem> {
        let (Some(feed), Some(parcel)) = (&self.carrier, Parcel::of(thread, order, shipment)) else {
            return Ok(Followed::Settled);
        };
        match feed.follow(parcel).await {
            Ok(scans) => self.hear_of_parcel(order, shipment, scans).await.map(|()| Followed::Settled),
            Err(FeedError::Refused(_)) => Ok(Followed::Settled),
            Err(FeedError::Unavailable(_)) => Ok(Followed::NotYet),
        }
    }

    /// Takes in what is told of a parcel: all of it or nothing. What was told before changes nothing.
    ///
    /// # Errors
    /// When there is no such parcel, or the store fails: then it has to be told again.
    pub async fn hear_of_parcel(
        &self,
        order: &OrderId,
        shipment: &ShipmentId,
        scans: Vec<TrackingEvent>,
    ) -> Result<(), Problem> {
        if scans.is_empty() {
            return Ok(());
        }
        let thread = self.store.thread_of(order.as_str()).await?.ok_or_else(Problem::not_found)?;
        let track = Command::Track { order: order.clone(), shipment: shipment.clone(), scans };
        self.run(&thread, Actor::Carrier, Origin::Timer, track, None).await.map(drop)
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
