//! The controls over HTTP, under `/simulator`: JSON in, JSON out, no key needed. On a loopback only.

use super::answered;
use crate::clock::SECOND;
use crate::control::ControlError;
use crate::dispute::{Opened, Outcome};
use crate::faults::{Fault, Kind};
use crate::money::Money;
use crate::order::Funding;
use crate::order::approve::Misapproval;
use crate::payment::{Given, Hold, RefundMood};
use crate::simulator::Shared;
use crate::vault::VaultMood;
use crate::webhook::outbox::{Manner, Release};
use crate::webhook::sign::CA;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

type Of = State<Arc<Shared>>;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/simulator/books", get(books))
        .route("/simulator/events", get(|State(of): Of| async move { answered(200, &json!(of.world().outbox.told())) }))
        .route("/simulator/ca.pem", get(|| async { CA }))
        .route("/simulator/clock", post(clock))
        .route("/simulator/faults", post(faults).delete(no_faults))
        .route("/simulator/webhooks", post(webhooks))
        .route("/simulator/webhooks/release", post(release))
        .route("/simulator/vault", post(vault))
        .route("/simulator/refunds", post(refunds))
        .route("/simulator/orders/{id}/approve", post(approve))
        .route("/simulator/orders/{id}/misapprove", post(misapprove))
        .route("/simulator/setup-tokens/{id}/approve", post(approve_setup))
        .route("/simulator/payment-tokens/{id}/revoke", post(revoke))
        .route("/simulator/authorizations/{id}/{what}", post(review))
        .route("/simulator/captures/{id}/disputes", post(dispute))
        .route("/simulator/captures/{id}/{what}", post(end_capture))
        .route("/simulator/refunds/{id}/{what}", post(end_refund))
        .route("/simulator/disputes/{id}/resolve", post(resolve))
}

async fn books(State(of): Of) -> Response {
    let mut world = of.world();
    world.tick();
    answered(200, &world.books())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    advance_seconds: i64,
}

async fn clock(State(of): Of, Json(wish): Json<Clock>) -> Response {
    let mut world = of.world();
    world.advance(wish.advance_seconds.saturating_mul(SECOND));
    answered(200, &json!({ "time": crate::clock::rfc3339(world.now()) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Faults {
    kind: Kind,
    fault: Fault,
    #[serde(default = "once")]
    times: usize,
}

fn once() -> usize {
    1
}

async fn faults(State(of): Of, Json(wish): Json<Faults>) -> Response {
    of.world().faults.plan(wish.kind, wish.fault, wish.times);
    done(Ok(json!({})))
}

async fn no_faults(State(of): Of) -> Response {
    of.world().faults.clear();
    done(Ok(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Webhooks {
    manner: Manner,
    #[serde(default = "once")]
    times: usize,
}

async fn webhooks(State(of): Of, Json(wish): Json<Webhooks>) -> Response {
    of.world().outbox.plan(wish.manner, wish.times);
    done(Ok(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Released {
    order: Release,
}

async fn release(State(of): Of, Json(wish): Json<Released>) -> Response {
    let count = of.world().outbox.release(wish.order);
    done(Ok(json!({ "released": count })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mood<T> {
    mood: T,
}

async fn vault(State(of): Of, Json(wish): Json<Mood<VaultMood>>) -> Response {
    of.world().vault_mood = wish.mood;
    done(Ok(json!({})))
}

async fn refunds(State(of): Of, Json(wish): Json<Mood<RefundMood>>) -> Response {
    of.world().refund_mood = wish.mood;
    done(Ok(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approve {
    email: String,
    #[serde(default = "balance")]
    funding: Funding,
}

fn balance() -> Funding {
    Funding::Balance
}

async fn approve(State(of): Of, Path(id): Path<String>, Json(wish): Json<Approve>) -> Response {
    let to = of.world().approve(&id, &wish.email, wish.funding);
    done(to.map(|to| json!({ "return_to": to })).map_err(ControlError::from))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApproveSetup {
    email: String,
}

async fn approve_setup(State(of): Of, Path(id): Path<String>, Json(wish): Json<ApproveSetup>) -> Response {
    let to = of.world().approve_setup(&id, &wish.email);
    done(to.map(|to| json!({ "return_to": to })).map_err(ControlError::from))
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Misapprove {
    Amount(Value),
    Payee(String),
}

async fn misapprove(State(of): Of, Path(id): Path<String>, Json(wish): Json<Misapprove>) -> Response {
    let instead = match wish {
        Misapprove::Payee(payee) => Misapproval::Payee(payee),
        Misapprove::Amount(amount) => match Money::parse(&amount) {
            Ok(amount) => Misapproval::Amount(amount),
            Err(fault) => return done(Err(ControlError::NotNow(format!("{fault:?}")))),
        },
    };
    done(of.world().misapprove(&id, instead).map(|()| json!({})).map_err(ControlError::from))
}

async fn revoke(State(of): Of, Path(id): Path<String>) -> Response {
    done(of.world().revoke_token(&id).map(|()| json!({})))
}

async fn review(State(of): Of, Path((id, what)): Path<(String, String)>) -> Response {
    let mut world = of.world();
    done(match what.as_str() {
        "review" => world.set_review(&id, Hold::Open, Hold::InReview).map(|()| json!({})),
        "clear" => world.set_review(&id, Hold::InReview, Hold::Open).map(|()| json!({})),
        "spend" => world.spend_elsewhere(&id).map(|()| json!({})),
        _ => Err(ControlError::Unknown),
    })
}

async fn end_capture(State(of): Of, Path((id, what)): Path<(String, String)>) -> Response {
    let mut world = of.world();
    done(match what.as_str() {
        "settle" => world.settle_capture(&id).map(|()| json!({})),
        "deny" => world.deny_capture(&id).map(|()| json!({})),
        _ => Err(ControlError::Unknown),
    })
}

async fn end_refund(State(of): Of, Path((id, what)): Path<(String, String)>) -> Response {
    let mut world = of.world();
    done(match what.as_str() {
        "settle" => world.end_refund(&id, Given::Completed).map(|()| json!({})),
        "fail" => world.end_refund(&id, Given::Failed).map(|()| json!({})),
        _ => Err(ControlError::Unknown),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Complaint {
    reason: Option<String>,
    /// As PayPal writes it.
    amount: Option<Value>,
    message: Option<String>,
    #[serde(default)]
    chargeback: bool,
}

async fn dispute(State(of): Of, Path(id): Path<String>, Json(wish): Json<Complaint>) -> Response {
    let amount = match wish.amount {
        None => None,
        Some(amount) => match Money::parse(&amount) {
            Ok(amount) => Some(amount),
            Err(fault) => return done(Err(ControlError::NotNow(format!("{fault:?}")))),
        },
    };
    let usual = Opened::default();
    let reason = wish.reason.unwrap_or(usual.reason);
    let opened = Opened { reason, amount, message: wish.message, is_chargeback: wish.chargeback };
    done(of.world().open_dispute(&id, opened).map(|id| json!({ "dispute_id": id })).map_err(ControlError::from))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    outcome: Outcome,
}

async fn resolve(State(of): Of, Path(id): Path<String>, Json(wish): Json<Decision>) -> Response {
    done(of.world().resolve_dispute(&id, wish.outcome).map(|()| json!({})).map_err(ControlError::from))
}

fn done(result: Result<Value, ControlError>) -> Response {
    match result {
        Ok(body) => answered(200, &body),
        Err(ControlError::Unknown) => answered(404, &json!({ "error": ControlError::Unknown.to_string() })),
        Err(error @ ControlError::NotNow(_)) => answered(409, &json!({ "error": error.to_string() })),
    }
}
