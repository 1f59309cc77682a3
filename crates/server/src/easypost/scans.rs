//! The scans of a tracker, as they are told to a thread.

use super::tracker::{Location, Scan, Tracker};
use super::word::{Detail, Status, said};
use domain::ids::{ShipmentId, TrackingEventId};
use domain::market::Market;
use domain::order::{TrackingEvent, TrackingStatus};
use domain::text::Label;
use domain::time::Timestamp;
use sha2::{Digest, Sha256};

/// What a tracker says of a parcel. The same scan has the same name each time, so that hearing it twice changes nothing.
pub(super) fn scans(tracker: &Tracker, shipment: &ShipmentId, market: Option<&Market>) -> Vec<TrackingEvent> {
    let told = tracker.tracking_details.iter().flatten();
    let mut scans: Vec<TrackingEvent> = told.filter_map(|told| scan(told, shipment)).collect();
    // What is delivered after it was turned back is delivered to who sent it.
    let turned = scans.iter().filter(|scan| scan.status == TrackingStatus::Returning).map(|scan| scan.at).min();
    for scan in scans.iter_mut().filter(|scan| scan.status == TrackingStatus::Delivered) {
        if turned.is_some_and(|turned| turned < scan.at) {
            scan.status = TrackingStatus::Returned;
        }
    }
    // The day of arrival is the tracker's, as it is now: it belongs to what was said last.
    if let (Some(last), Some(market)) = (scans.iter_mut().max_by_key(|scan| scan.at), market)
        && is_still_to_come(last.status)
    {
        last.expected_at = tracker.est_delivery_date.as_deref().and_then(|day| end_of(day, market));
    }
    scans
}

fn scan(told: &Scan, shipment: &ShipmentId) -> Option<TrackingEvent> {
    let (word, detail) = (told.status.as_deref()?, told.status_detail.as_deref().unwrap_or_default());
    let datetime = told.datetime.as_deref()?;
    let (status, at) = (said(&Status::from(word), &Detail::from(detail)), instant(datetime));
    let (Some(status), Some(at)) = (status, at) else {
        tracing::info!(%shipment, word, detail, datetime, "EasyPost says something that is no scan to us");
        return None;
    };
    let place = told.tracking_location.as_ref().and_then(place);
    Some(TrackingEvent { id: name([shipment.as_str(), datetime, word, detail])?, status, at, place, expected_at: None })
}

/// The name of a scan: its place, time and words, hashed.
fn name(parts: [&str; 4]) -> Option<TrackingEventId> {
    let hash = domain::text::hex(&Sha256::digest(parts.join("\0"))[..16]);
    format!("{}{hash}", TrackingEventId::PREFIX).parse().ok()
}

/// An instant; one without an offset is in UTC (docs.easypost.com/docs/trackers).
fn instant(text: &str) -> Option<Timestamp> {
    text.parse().or_else(|_| format!("{text}Z").parse()).ok()
}

/// The end of a day at the market's clock; of what follows the date nothing is known.
fn end_of(day: &str, market: &Market) -> Option<Timestamp> {
    let noon: Timestamp = format!("{}T12:00:00Z", day.get(..10)?).parse().ok()?;
    Some(market.zone.end_of(market.zone.date_at(noon)))
}

fn place(location: &Location) -> Option<Label> {
    let city = location.city.as_deref().map(str::trim).filter(|city| !city.is_empty())?;
    let state = location.state.as_deref().map(str::trim).filter(|state| !state.is_empty());
    state.map_or_else(|| city.to_owned(), |state| format!("{city}, {state}")).parse().ok()
}

fn is_still_to_come(status: TrackingStatus) -> bool {
    match status {
        TrackingStatus::LabelCreated
        | TrackingStatus::Accepted
        | TrackingStatus::InTransit
        | TrackingStatus::Delayed
        | TrackingStatus::OutForDelivery
        | TrackingStatus::Attempted
        | TrackingStatus::Problem => true,
        TrackingStatus::ReadyForPickup
        | TrackingStatus::PickedUp
        | TrackingStatus::Delivered
        | TrackingStatus::DeliveryFailed
        | TrackingStatus::Returning
        | TrackingStatus::Returned => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn tracker(details: Value) -> Tracker {
        let tracker = json!({ "id": "trk_1", "tracking_code": "1", "carrier": "FedEx",
            "est_delivery_date": "2026-03-07T00:00:00Z", "tracking_details": details });
        serde_json::from_value(tracker).unwrap()
    }

    fn read(tracker: &Tracker) -> Vec<TrackingEvent> {
        scans(tracker, &"shp_1".parse().unwrap(), Some(&Market::US))
    }

    #[test]
    fn what_easypost_published_is_read() {
        let body: Value =
            serde_json::from_slice(include_bytes!("../../tests/easypost/fixtures/event-body.json")).unwrap();
        let tracker: Tracker = serde_json::from_value(body["result"].clone()).unwrap();
        let scans = read(&tracker);
        let words: Vec<TrackingStatus> = scans.iter().map(|scan| scan.status).collect();
        let in_transit = [TrackingStatus::InTransit; 6];
        assert_eq!(words, [&[TrackingStatus::LabelCreated][..], &in_transit].concat());
        assert_eq!(scans[0].place, None, "a country is no place to look for a parcel");
        assert_eq!(scans[1].place.as_ref().unwrap().as_str(), "ORLANDO, FL");
        assert_eq!(scans[6].expected_at, Some("2024-08-06T06:59:59.999Z".parse().unwrap()), "the end of the 5th");
        assert!(scans[..6].iter().all(|scan| scan.expected_at.is_none()));
    }

    #[test]
    fn a_scan_has_the_same_name_each_time_and_another_for_another_parcel() {
        let scan = json!({ "datetime": "2026-03-02T10:00:00Z", "status": "in_transit", "status_detail": "held" });
        let tracker = tracker(json!([scan, scan]));
        let [one, again] = read(&tracker).try_into().unwrap();
        assert_eq!(one.id, again.id);
        let elsewhere = scans(&tracker, &"shp_2".parse().unwrap(), Some(&Market::US));
        assert_ne!(elsewhere[0].id, one.id);
    }

    #[test]
    fn a_time_without_an_offset_is_in_utc() {
        for (text, at) in [
            ("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"),
            ("2026-03-02T10:00:00", "2026-03-02T10:00:00Z"),
            ("2026-03-02T10:00:00.5", "2026-03-02T10:00:00.5Z"),
            ("2026-03-02T10:00:00-05:00", "2026-03-02T15:00:00Z"),
        ] {
            assert_eq!(instant(text), Some(at.parse().unwrap()), "{text}");
        }
        assert_eq!(instant("on Monday"), None);
    }

    #[test]
    fn what_is_no_scan_holds_up_no_other() {
        let tracker = tracker(json!([
            { "datetime": null, "status": "in_transit" },
            { "datetime": "2026-03-02T10:00:00Z", "status": null },
            { "datetime": "yesterday", "status": "in_transit" },
            { "datetime": "2026-03-02T10:00:00Z", "status": "teleported" },
            { "datetime": "2026-03-02T11:00:00Z", "status": "delivered", "tracking_location": { "city": "Encinitas" } },
        ]));
        let [scan] = read(&tracker).try_into().unwrap();
        assert_eq!((scan.status, scan.expected_at), (TrackingStatus::Delivered, None));
        assert_eq!(scan.place.unwrap().as_str(), "Encinitas");
    }

    #[test]
    fn what_is_delivered_after_it_was_turned_back_is_with_the_seller() {
        let scan = |day: u32, status: &str| json!({ "datetime": format!("2026-03-{day:02}T10:00:00Z"), "status": status, "status_detail": "unknown" });
        let words = |details: Value| -> Vec<TrackingStatus> {
            read(&tracker(details)).iter().map(|scan| scan.status).collect()
        };
        let back = words(json!([scan(2, "return_to_sender"), scan(3, "in_transit"), scan(5, "delivered")]));
        assert_eq!(back, [TrackingStatus::Returning, TrackingStatus::InTransit, TrackingStatus::Returned]);
        let arrived = words(json!([scan(2, "delivered"), scan(9, "return_to_sender")]));
        assert_eq!(arrived, [TrackingStatus::Delivered, TrackingStatus::Returning], "it was with the buyer first");
    }

    #[test]
    fn a_tracker_without_scans_says_nothing() {
        assert_eq!(read(&tracker(Value::Null)), []);
        assert_eq!(read(&tracker(json!([]))), []);
    }
}
