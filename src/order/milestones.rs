//! The timeline of a parcel, from what the order and the carrier say.

use crate::ui::StepState;
use domain::order::{Order, Shipment, TrackingEvent, TrackingStatus};
use domain::text::Label;
use domain::time::Timestamp;

/// A stage of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The payment was authorised.
    Paid,
    /// The seller is at it.
    Preparing,
    /// It was handed to the carrier.
    Shipped,
    /// It moves.
    InTransit,
    /// It is on the last vehicle.
    OutForDelivery,
    /// It is there.
    Delivered,
    /// It lies ready at the seller's.
    Ready,
    /// The buyer has fetched it there.
    PickedUp,
    /// Digital goods were handed over.
    Granted,
    /// The order ended early.
    Cancelled,
}

/// A stage, where it stands, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Milestone {
    /// Which.
    pub stage: Stage,
    /// Where it stands.
    pub state: StepState,
    /// Whether a current one has begun, or only comes next.
    pub begun: bool,
    /// When.
    pub at: Option<Timestamp>,
    /// Where.
    pub place: Option<Label>,
    /// What the carrier said, oldest first.
    pub scans: Vec<TrackingEvent>,
}

impl Milestone {
    fn new(stage: Stage, state: StepState, at: Option<Timestamp>) -> Self {
        Self { stage, state, begun: at.is_some(), at, place: None, scans: Vec::new() }
    }
}

/// The stage that a word of the carrier belongs to.
fn stage_of(status: TrackingStatus) -> Stage {
    match status {
        TrackingStatus::LabelCreated => Stage::Shipped,
        TrackingStatus::Accepted | TrackingStatus::InTransit | TrackingStatus::Delayed => Stage::InTransit,
        TrackingStatus::OutForDelivery
        | TrackingStatus::Attempted
        | TrackingStatus::Problem
        | TrackingStatus::ReadyForPickup => Stage::OutForDelivery,
        TrackingStatus::PickedUp
        | TrackingStatus::Delivered
        | TrackingStatus::DeliveryFailed
        | TrackingStatus::Returning
        | TrackingStatus::Returned => Stage::Delivered,
    }
}

/// How far a parcel is: the stage it is in.
fn position(parcel: &Shipment) -> Stage {
    match parcel.status() {
        None => Stage::Shipped,
        Some(status) if status.is_received() => Stage::Delivered,
        // A parcel that is lost got as far as the scans before said.
        Some(TrackingStatus::DeliveryFailed | TrackingStatus::Returning | TrackingStatus::Returned) => {
            let before = parcel.events.iter().rev().map(|event| stage_of(event.status));
            before.into_iter().find(|stage| *stage != Stage::Delivered).unwrap_or(Stage::Shipped)
        }
        Some(status) => stage_of(status),
    }
}

/// How far a parcel is on its way, from 0 to 100.
pub(super) fn progress(order: &Order, parcel: Option<&Shipment>) -> u32 {
    match (order.granted_at, parcel) {
        (Some(_), _) => 100,
        (None, None) => 0,
        (None, Some(parcel)) => match position(parcel) {
            Stage::Paid | Stage::Preparing | Stage::Cancelled => 0,
            Stage::Shipped => 8,
            Stage::InTransit => {
                let scans = parcel.events.iter().filter(|event| stage_of(event.status) == Stage::InTransit).count();
                (20 + 12 * u32::try_from(scans).unwrap_or(0)).min(72)
            }
            Stage::OutForDelivery => 90,
            Stage::Delivered | Stage::Granted | Stage::Ready | Stage::PickedUp => 100,
        },
    }
}

/// The timeline of a parcel; without one, of what is not in a parcel yet.
pub(super) fn milestones(order: &Order, parcel: Option<&Shipment>) -> Vec<Milestone> {
    let mut stages = vec![Milestone::new(Stage::Paid, StepState::Done, Some(order.placed_at))];
    if order.terms.is_digital() {
        let state = if order.granted_at.is_some() { StepState::Done } else { StepState::Current };
        stages.push(Milestone::new(Stage::Granted, state, order.granted_at));
        return stages;
    }
    if order.pickup().is_some() && order.cancelled.is_none() {
        stages.extend(fetched(order));
        return stages;
    }
    if let (Some(cancelled), None) = (order.cancelled, parcel) {
        if let Some(at) = order.preparing_at {
            stages.push(Milestone::new(Stage::Preparing, StepState::Done, Some(at)));
        }
        stages.push(Milestone::new(Stage::Cancelled, StepState::Done, Some(cancelled.at)));
        return stages;
    }
    let preparing = if parcel.is_some() { StepState::Done } else { StepState::Current };
    stages.push(Milestone::new(Stage::Preparing, preparing, order.preparing_at));
    let Some(parcel) = parcel else {
        let ahead = [Stage::Shipped, Stage::InTransit, Stage::OutForDelivery, Stage::Delivered];
        stages.extend(ahead.map(|stage| Milestone::new(stage, StepState::Todo, None)));
        return stages;
    };
    let mut shipped = Milestone::new(Stage::Shipped, StepState::Done, Some(parcel.shipped_at));
    shipped.scans = scans(parcel, Stage::Shipped);
    let position = position(parcel);
    stages.push(shipped);
    let way = [Stage::InTransit, Stage::OutForDelivery, Stage::Delivered];
    let reached = way.iter().position(|stage| *stage == position);
    for (index, stage) in way.into_iter().enumerate() {
        let state = match reached {
            Some(_) if position == Stage::Delivered => StepState::Done,
            Some(reached) if index < reached => StepState::Done,
            Some(reached) if index == reached && parcel.is_lost() => StepState::Done,
            Some(reached) if index == reached => StepState::Current,
            None if index == 0 && !parcel.is_lost() => StepState::Current,
            Some(_) | None => StepState::Todo,
        };
        let scans = scans(parcel, stage);
        if parcel.is_lost() && scans.is_empty() {
            // It will not come to that any more.
            continue;
        }
        // An arrival is told by its first word, everything else by its last.
        let arrival = scans.iter().find(|scan| stage == Stage::Delivered && scan.status.is_received());
        let word = if parcel.is_lost() { scans.last() } else { arrival.or(scans.last()) };
        let (at, place) = (word.map(|scan| scan.at), word.and_then(|scan| scan.place.clone()));
        stages.push(Milestone { stage, state, begun: word.is_some(), at, place, scans });
    }
    stages
}

/// The two stages of what the buyer fetches: it lies ready, and was fetched when the buyer says so.
fn fetched(order: &Order) -> [Milestone; 2] {
    let ready_at = order.shipments.last().map(|lies| lies.shipped_at);
    let state = |before: bool, at: Option<Timestamp>| match (before, at) {
        (_, Some(_)) => StepState::Done,
        (true, None) => StepState::Current,
        (false, None) => StepState::Todo,
    };
    let mut ready = Milestone::new(Stage::Ready, state(true, ready_at), ready_at);
    ready.place = order.pickup().map(|at| at.place.clone());
    let gone_at = order.delivered_at();
    [ready, Milestone::new(Stage::PickedUp, state(ready_at.is_some(), gone_at), gone_at)]
}

/// The last word of a stage, when it says something else than that the stage was reached.
pub(super) fn out_of_the_ordinary(scans: &[TrackingEvent]) -> Option<TrackingStatus> {
    let last = scans.last().map(|scan| scan.status);
    last.filter(|status| status.is_exception() || *status == TrackingStatus::PickedUp)
}

fn scans(parcel: &Shipment, stage: Stage) -> Vec<TrackingEvent> {
    parcel.events.iter().filter(|event| stage_of(event.status) == stage).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::carrier::Carrier;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn parcel(scans: &[(TrackingStatus, &str)]) -> Shipment {
        let scan = |(index, (status, at)): (usize, &(TrackingStatus, &str))| TrackingEvent {
            id: format!("trk_{index}").parse().unwrap(),
            status: *status,
            at: at.parse().unwrap(),
            place: Some("San Diego, CA".parse().unwrap()),
            expected_at: None,
        };
        Shipment {
            id: "shp_1".parse().unwrap(),
            contents: Vec::new(),
            carrier: Carrier::Ups,
            tracking: None,
            shipped_at: "2025-11-26T17:14:00Z".parse().unwrap(),
            expected_at: None,
            events: scans.iter().enumerate().map(scan).collect(),
            silent_since: None,
            said: Vec::new(),
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_parcel_is_where_its_last_scan_says() {
        assert_eq!(position(&parcel(&[])), Stage::Shipped);
        let moving =
            [(TrackingStatus::Accepted, "2025-11-26T18:00:00Z"), (TrackingStatus::Delayed, "2025-11-27T18:00:00Z")];
        assert_eq!(position(&parcel(&moving)), Stage::InTransit);
        assert_eq!(position(&parcel(&[(TrackingStatus::Attempted, "2025-11-28T18:00:00Z")])), Stage::OutForDelivery);
        assert_eq!(position(&parcel(&[(TrackingStatus::PickedUp, "2025-11-29T18:00:00Z")])), Stage::Delivered);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn what_is_out_of_the_ordinary_is_told_in_its_own_words() {
        let tried = [
            (TrackingStatus::OutForDelivery, "2025-11-28T16:00:00Z"),
            (TrackingStatus::Attempted, "2025-11-28T22:30:00Z"),
        ];
        let scans = scans(&parcel(&tried), Stage::OutForDelivery);
        assert_eq!(out_of_the_ordinary(&scans), Some(TrackingStatus::Attempted));
        assert_eq!(out_of_the_ordinary(&scans[..1]), None);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_parcel_that_is_lost_got_as_far_as_the_scans_before() {
        let lost = [
            (TrackingStatus::InTransit, "2025-11-27T18:00:00Z"),
            (TrackingStatus::DeliveryFailed, "2025-11-28T18:00:00Z"),
        ];
        assert_eq!(position(&parcel(&lost)), Stage::InTransit);
    }
}
