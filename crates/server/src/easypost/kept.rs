//! Which parcels a tracker is of. Numbers are used again, so a number alone names no parcel: EasyPost's name for the
//! tracker does, and one tracker never tells of two conversations.

use super::client::name;
use super::tracker::Tracker;
use super::{EasyPost, scans};
use crate::places::named;
use api::app::{App, kinds};
use api::carrier::{CarrierFeed, FeedError, Parcel};
use api::store::{Answering, StoreError};
use domain::carrier::TrackingNumber;
use domain::ids::{OrderId, ShipmentId, ThreadId};
use domain::order::TrackingEvent;
use domain::thread::Thread;
use serde::{Deserialize, Serialize};

/// A parcel whose number was registered, or is about to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Followed {
    pub thread: ThreadId,
    pub order: OrderId,
    pub shipment: ShipmentId,
    /// What EasyPost calls its tracker, once it has said so.
    pub tracker: Option<String>,
}

impl Followed {
    fn of(parcel: Parcel<'_>) -> Self {
        let (thread, order, shipment) = (parcel.thread.id.clone(), parcel.order.id.clone(), parcel.shipment.id.clone());
        Self { thread, order, shipment, tracker: None }
    }

    /// Whether the carrier may still say something of it.
    fn is_open(&self, thread: &Thread) -> bool {
        let parcel = Parcel::of(thread, &self.order, &self.shipment);
        parcel.is_some_and(|parcel| parcel.order.cancelled.is_none() && parcel.shipment.is_under_way())
    }
}

/// A store that fails has registered nothing.
fn broken(error: StoreError) -> FeedError {
    FeedError::Unavailable(error.to_string())
}

impl EasyPost {
    async fn kept(&self, at: &str) -> Result<Vec<Followed>, StoreError> {
        Ok(api::store::document(self.store(), kinds::EASYPOST_OF, at).await?.unwrap_or_default())
    }

    /// Notes a parcel in a place, once, with what is known of its tracker.
    async fn note(&self, at: &str, parcel: &Followed) -> Result<Vec<Followed>, StoreError> {
        let note = |kept: Option<Vec<Followed>>| {
            let mut kept = kept.unwrap_or_default();
            match kept.iter_mut().find(|known| known.shipment == parcel.shipment) {
                Some(known) => known.tracker = parcel.tracker.clone().or(known.tracker.take()),
                None => kept.push(parcel.clone()),
            }
            kept
        };
        api::store::change(self.store(), kinds::EASYPOST_OF, at, note).await
    }

    /// A tracker is a parcel's from now on, and its conversation's alone; whether it is.
    async fn bind(&self, parcel: Followed, tracker: &str, number: &TrackingNumber) -> Result<bool, StoreError> {
        let at = named("tracker", tracker);
        let bound = Followed { tracker: Some(tracker.to_owned()), ..parcel };
        let bind = |kept: Option<Vec<Followed>>| {
            let mut kept = kept.unwrap_or_default();
            let is_free = kept.iter().all(|known| known.thread == bound.thread);
            if is_free && kept.iter().all(|known| known.shipment != bound.shipment) {
                kept.push(bound.clone());
            }
            kept
        };
        let kept = api::store::change(self.store(), kinds::EASYPOST_OF, &at, bind).await?;
        if !kept.iter().any(|known| known.shipment == bound.shipment) {
            return Ok(false);
        }
        self.note(&named("number", number.as_str()), &bound).await?;
        Ok(true)
    }

    /// The parcels that a tracker is of: by its name; else by its number, where one open parcel has it whose tracker
    /// EasyPost has not named yet.
    pub(super) async fn parcels(&self, app: &App, tracker: &Tracker) -> Result<Vec<Followed>, StoreError> {
        let known = self.kept(&named("tracker", &tracker.id)).await?;
        if !known.is_empty() {
            return Ok(known);
        }
        let Ok(number) = tracker.tracking_code.parse::<TrackingNumber>() else { return Ok(Vec::new()) };
        let mut open = Vec::new();
        for parcel in self.kept(&named("number", number.as_str())).await? {
            let Some(thread) = app.store.thread(&parcel.thread).await? else { continue };
            if parcel.tracker.is_none() && parcel.is_open(&thread) && is_carried_by(tracker, &parcel, &thread) {
                open.push(parcel);
            }
        }
        // Of two with one number nobody knows which it is; registering them brings what was said.
        let Ok([parcel]) = <[Followed; 1]>::try_from(open) else { return Ok(Vec::new()) };
        let is_bound = self.bind(parcel.clone(), &tracker.id, &number).await?;
        Ok(if is_bound { vec![parcel] } else { Vec::new() })
    }

    async fn register(&self, parcel: Parcel<'_>) -> Result<Vec<TrackingEvent>, FeedError> {
        let Some(number) = &parcel.shipment.tracking else { return Ok(Vec::new()) };
        let followed = Followed::of(parcel);
        // Before it is sent: a webhook can be faster than the answer.
        self.note(&named("number", number.as_str()), &followed).await.map_err(broken)?;
        let tracker = self.0.client.register(number, &parcel.shipment.carrier).await?;
        if !self.bind(followed, &tracker.id, number).await.map_err(broken)? {
            return Err(FeedError::Refused("this tracker tells another conversation".to_owned()));
        }
        Ok(scans::scans(&tracker, &parcel.shipment.id, parcel.thread.market()))
    }
}

impl CarrierFeed for EasyPost {
    fn follow<'a>(&'a self, parcel: Parcel<'a>) -> Answering<'a, Result<Vec<TrackingEvent>, FeedError>> {
        Box::pin(async move {
            let outcome = self.register(parcel).await;
            let is = match &outcome {
                Ok(_) => "followed",
                Err(FeedError::Refused(why)) => {
                    tracing::warn!(shipment = %parcel.shipment.id, why, "a parcel goes by hand");
                    "refused"
                }
                Err(FeedError::Unavailable(why)) => {
                    tracing::warn!(shipment = %parcel.shipment.id, why, "EasyPost is asked again");
                    "unavailable"
                }
            };
            metrics::counter!("bottega_easypost_registrations_total", "is" => is).increment(1);
            outcome
        })
    }
}

/// Whether nothing speaks against it that the carrier of a tracker is the parcel's.
fn is_carried_by(tracker: &Tracker, parcel: &Followed, thread: &Thread) -> bool {
    let ours = Parcel::of(thread, &parcel.order, &parcel.shipment).and_then(|parcel| name(&parcel.shipment.carrier));
    ours.zip(tracker.carrier.as_deref()).is_none_or(|(ours, theirs)| ours.eq_ignore_ascii_case(theirs))
}
