//! `POST /v1/notifications/verify-webhook-signature`

use super::sign::{ALGORITHM, signed_text};
use crate::call::{Call, Done};
use crate::refusal::Refusal;
use crate::world::World;
use serde_json::json;

/// Whether this is one of ours, as it was sent.
pub(crate) fn verify(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    for field in ["auth_algo", "cert_url", "transmission_id", "transmission_sig", "transmission_time", "webhook_id"] {
        if !call.body[field].is_string() {
            return Err(Refusal::invalid("MISSING_REQUIRED_PARAMETER", format!("/{field}")));
        }
    }
    if !call.body["webhook_event"].is_object() {
        return Err(Refusal::invalid("MISSING_REQUIRED_PARAMETER", "/webhook_event"));
    }
    let text = |field: &str| call.body[field].as_str().unwrap_or_default();
    let body = call.body["webhook_event"].to_string();
    let signed =
        signed_text(text("transmission_id"), text("transmission_time"), &world.config.webhook_id, body.as_bytes());
    let signer = world.outbox.genuine();
    let certificate = format!("{}/v1/notifications/certs/{}", world.base, signer.name);
    let genuine = text("auth_algo") == ALGORITHM
        && text("webhook_id") == world.config.webhook_id
        && text("cert_url") == certificate
        && signer.made(text("transmission_sig"), &signed);
    let status = if genuine { "SUCCESS" } else { "FAILURE" };
    Ok(Done::Body(200, json!({ "verification_status": status })))
}
