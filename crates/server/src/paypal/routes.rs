//! Where PayPal tells what has happened: outside of `/v1`, as it is no caller of ours. What it tells is a hint, noted
//! before it is answered and looked into afterwards.

use super::PayPalProvider;
use ::paypal::TransmissionHeaders;
use api::app::App;
use api::problem::Problem;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use domain::time::Timestamp;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The largest delivery that is read, in bytes. PayPal's are a few thousand.
const MOST: usize = 1024 * 1024;
/// How many are checked at once: whoever sends nonsense waits for others who do.
const TOGETHER: usize = 8;

#[derive(Clone)]
struct Ear {
    app: App,
    paypal: PayPalProvider,
    places: Arc<Semaphore>,
}

/// `/hooks/paypal`.
pub fn routes(app: App, paypal: PayPalProvider) -> Router {
    let ear = Ear { app, paypal, places: Arc::new(Semaphore::new(TOGETHER)) };
    Router::new().route("/hooks/paypal", post(hear)).layer(DefaultBodyLimit::max(MOST)).with_state(ear)
}

fn forged() -> Problem {
    Problem::new(400, "forged", "This was not signed by PayPal for this shop.")
}

async fn hear(State(ear): State<Ear>, headers: HeaderMap, body: Bytes) -> Result<StatusCode, Problem> {
    let _place = ear.places.acquire().await.expect("never closed");
    let now = Timestamp::from_millis((ear.app.machine)());
    let checked = match TransmissionHeaders::of(&headers) {
        Ok(told) => ear.paypal.0.webhooks.verify(&told, &body, now).await,
        Err(error) => Err(error),
    };
    let event = match checked {
        Ok(event) => event,
        Err(error) => {
            metrics::counter!("bottega_paypal_webhooks_total", "is" => "forged").increment(1);
            tracing::warn!(%error, "a webhook is not taken for PayPal's");
            let again =
                Problem::new(503, "certificate_unavailable", "PayPal's certificate cannot be had. Send it again.");
            return Err(if error.is_to_be_sent_again() { again } else { forged() });
        }
    };
    metrics::counter!("bottega_paypal_webhooks_total", "is" => "taken").increment(1);
    tracing::info!(event = event.id, kind = event.event_type.as_str(), "PayPal tells");
    ear.paypal.heard(&ear.app, &event).await?;
    Ok(StatusCode::OK)
}
