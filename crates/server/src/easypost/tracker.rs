//! What EasyPost sends, as far as it is read. It adds fields as it likes, and leaves others out.

use serde::Deserialize;
use serde_json::Value;

/// A delivery.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Event {
    /// EasyPost's name for it.
    #[serde(default)]
    pub id: String,
    /// `tracker.updated`, or something else that has happened there.
    pub description: String,
    /// What it is about.
    #[serde(default)]
    pub result: Value,
}

/// A number that EasyPost follows.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Tracker {
    /// EasyPost's name for it.
    pub id: String,
    /// The number.
    pub tracking_code: String,
    /// Who carries it, in EasyPost's words.
    pub carrier: Option<String>,
    /// When it should arrive: of that, the day.
    pub est_delivery_date: Option<String>,
    /// The scans; null where there are none.
    pub tracking_details: Option<Vec<Scan>>,
}

/// A scan.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Scan {
    /// When, with an offset where EasyPost knows the place.
    pub datetime: Option<String>,
    pub status: Option<String>,
    pub status_detail: Option<String>,
    pub tracking_location: Option<Location>,
}

/// Where.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Location {
    pub city: Option<String>,
    pub state: Option<String>,
}
