//! Where EasyPost tells what carriers have seen: outside of `/v1`, as it is no caller of ours. It is answered with success
//! when the thread has it, so that what could not be kept is sent again.

use super::EasyPost;
use super::scans::scans;
use super::tracker::{Event, Tracker};
use api::app::App;
use api::problem::Problem;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;

/// The largest delivery that is read, in bytes. EasyPost's are a few thousand.
const MOST: usize = 1024 * 1024;
/// What a delivery is signed in.
const SIGNATURE: &str = "x-hmac-signature";

#[derive(Clone)]
struct Ear {
    app: App,
    easypost: EasyPost,
}

/// `/hooks/easypost`.
pub fn routes(app: App, easypost: EasyPost) -> Router {
    let ear = Ear { app, easypost };
    Router::new().route("/hooks/easypost", post(hear)).layer(DefaultBodyLimit::max(MOST)).with_state(ear)
}

fn count(is: &'static str) {
    metrics::counter!("bottega_easypost_webhooks_total", "is" => is).increment(1);
}

async fn hear(State(ear): State<Ear>, headers: HeaderMap, body: Bytes) -> Result<StatusCode, Problem> {
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !ear.easypost.0.secret.signs(signature, &body) {
        count("forged");
        tracing::warn!("a webhook is not taken for EasyPost's");
        return Err(Problem::new(400, "forged", "This was not signed by EasyPost for this shop."));
    }
    match tracker(&body) {
        Some(tracker) => ear.take(&tracker).await?,
        None => count("ignored"),
    }
    Ok(StatusCode::OK)
}

/// The tracker that a delivery tells of; nothing where it tells of something else. What cannot be read now cannot be read
/// when it is sent again.
fn tracker(body: &[u8]) -> Option<Tracker> {
    let read = serde_json::from_slice::<Event>(body).and_then(|event| {
        let tells = matches!(event.description.as_str(), "tracker.created" | "tracker.updated");
        tracing::info!(event = event.id, kind = event.description, tells, "EasyPost tells");
        tells.then(|| serde_json::from_value(event.result)).transpose()
    });
    read.unwrap_or_else(|error| {
        tracing::error!(%error, "a webhook of EasyPost's cannot be read");
        None
    })
}

impl Ear {
    async fn take(&self, tracker: &Tracker) -> Result<(), Problem> {
        let parcels = self.easypost.parcels(&self.app, tracker).await?;
        count(if parcels.is_empty() { "ignored" } else { "taken" });
        for parcel in parcels {
            let thread = self.app.store.thread(&parcel.thread).await?;
            let scans = scans(tracker, &parcel.shipment, thread.as_ref().and_then(domain::thread::Thread::market));
            match self.app.hear_of_parcel(&parcel.order, &parcel.shipment, scans).await {
                Err(problem) if problem.status < 500 => {
                    tracing::warn!(shipment = %parcel.shipment, code = problem.code, "what EasyPost tells is refused");
                }
                heard => heard?,
            }
        }
        Ok(())
    }
}
