//! Routes and sockets: what comes in, and what goes back.

pub(crate) mod controls;
mod page;
mod read;
mod serve;

pub(crate) use serve::serve;

use crate::call::{Call, Done};
use crate::clock::SECOND;
use crate::endpoints::{ENDPOINTS, Endpoint, Repeatable};
use crate::faults::{Fault, Kind};
use crate::refusal::Refusal;
use crate::repeat::Reference;
use crate::schema::schemas;
use crate::simulator::Shared;
use crate::world::World;
use axum::Router;
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::response::Response;
use axum::routing::{MethodFilter, get, on, post};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use serde_json::{Value, json};
use std::sync::Arc;

/// Marks an answer that is not to be sent: the connection ends instead.
#[derive(Clone, Copy)]
struct HangUp;

/// All routes of one simulator.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    let mut router = Router::new().route("/v1/oauth2/token", post(token));
    for endpoint in &ENDPOINTS {
        let (method, path) = endpoint.operation;
        let perform = move |State(shared): State<Arc<Shared>>, ids: RawPathParams, request: Request| async move {
            perform(endpoint, &shared, &ids, request).await
        };
        let method = MethodFilter::try_from(method.parse::<http::Method>().expect("a method")).expect("a usual one");
        router = router.route(path, on(method, perform));
    }
    router
        .route("/v1/notifications/certs/{name}", get(page::certificate))
        .route("/checkoutnow", get(page::checkout).post(page::chosen))
        .route("/agreements/approve", get(page::agreement).post(page::agreed))
        .merge(controls::router())
        .with_state(shared)
}

/// `POST /v1/oauth2/token`
async fn token(State(shared): State<Arc<Shared>>, headers: HeaderMap, form: String) -> Response {
    let (fault, answer) = {
        let mut world = shared.world();
        let fault = world.faults.next(Kind::Token);
        let answer = match fault.and_then(before) {
            Some(refusal) => refused(&mut world, ("POST", "/v1/oauth2/token"), &refusal, &Value::Null),
            None => granted(&mut world, &headers, &form),
        };
        (fault, answer)
    };
    sent(fault, answer).await
}

/// The merchant's keys for a token.
fn granted(world: &mut World, headers: &HeaderMap, form: &str) -> Response {
    let keys = format!("{}:{}", world.config.client_id, world.config.client_secret);
    let expected = format!("Basic {}", BASE64_STANDARD.encode(keys));
    if headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()) != Some(expected.as_str()) {
        let body = json!({ "error": "invalid_client", "error_description": "Client Authentication failed" });
        return answered(401, &body);
    }
    if !form.split('&').any(|pair| pair == "grant_type=client_credentials") {
        let body = json!({ "error": "unsupported_grant_type", "error_description": "unsupported grant_type" });
        return answered(400, &body);
    }
    let (token, now) = (format!("A21AA{}", world.ids.hex(40)), world.now());
    let life = world.config.token_life;
    world.tokens.insert(token.clone(), now.saturating_add(life));
    let body = json!({
        "scope": "https://uri.paypal.com/services/payments/payment https://uri.paypal.com/services/vault/payment-tokens/readwrite",
        "access_token": token,
        "token_type": "Bearer",
        "app_id": "APP-80W284485P519543T",
        "expires_in": life / SECOND,
        "nonce": world.ids.hex(24),
    });
    answered(200, &body)
}

async fn perform(endpoint: &Endpoint, shared: &Shared, ids: &RawPathParams, request: Request) -> Response {
    let (mock, bearer) = (read::mock(request.headers()), read::bearer(request.headers()));
    let call = read::call(ids, request).await;
    let (fault, answer) = {
        let mut world = shared.world();
        world.tick();
        let fault = world.faults.next(endpoint.kind);
        let body = call.as_ref().map_or(Value::Null, |call| call.body.clone());
        let done = match call {
            _ if !world.admits(bearer.as_deref()) => Err(Refusal::Unauthenticated),
            Err(refusal) => Err(refusal),
            Ok(call) => match fault.and_then(before).or(mock) {
                Some(refusal) => Err(refusal),
                None => once(&mut world, endpoint, &call),
            },
        };
        let answer = match done {
            Ok((status, Some(body))) => answered(status, &worded(fault, body)),
            Ok((status, None)) => bare(status),
            Err(refusal) => refused(&mut world, endpoint.operation, &refusal, &body),
        };
        (fault, answer)
    };
    sent(fault, answer).await
}

async fn sent(fault: Option<Fault>, answer: Response) -> Response {
    match after(fault, answer) {
        Some(answer) => answer,
        // Whoever asked may wait, or give up.
        None => std::future::pending().await,
    }
}

/// Does a call, or finds what the same one made before.
fn once(world: &mut World, endpoint: &Endpoint, call: &Call) -> Result<(u16, Option<Value>), Refusal> {
    schemas().check(endpoint.operation, &call.body, world.config.strict)?;
    let key = match (endpoint.repeatable, &call.request_id) {
        (Repeatable::No, _) | (Repeatable::For(_), None) => None,
        (Repeatable::Always(_), None) => return Err(Refusal::issue(400, "PAYPAL_REQUEST_ID_REQUIRED")),
        (Repeatable::For(life) | Repeatable::Always(life), Some(key)) => Some((key, world.now().saturating_add(life))),
    };
    if let Some((key, _)) = key {
        let now = world.now();
        if let Some(made) = world.repeats.before(endpoint.kind, key, &call.path, &call.body, now)? {
            let status = if again_is_created(&made) { 201 } else { 200 };
            return Ok((status, Some(world.shown(&made, call.wants_all))));
        }
    }
    let done = (endpoint.run)(world, call)?;
    if let (Some((key, until)), Done::Made(made)) = (key, &done) {
        world.repeats.keep(endpoint.kind, key, &call.path, &call.body, made.clone(), until);
    }
    Ok(match done {
        Done::Made(made) => (201, Some(world.shown(&made, call.wants_all))),
        Done::MadeWhole(made) => (201, Some(world.shown(&made, true))),
        Done::Read(made) => (200, Some(world.shown(&made, true))),
        Done::Nothing => (204, None),
        Done::Body(status, body) => (status, Some(body)),
    })
}

/// The payments file knows no 200 for these.
fn again_is_created(made: &Reference) -> bool {
    match made {
        Reference::Capture(_) | Reference::Refund(_) => true,
        Reference::Order(_)
        | Reference::PaidOrder(_)
        | Reference::Authorization(_)
        | Reference::SetupToken(_)
        | Reference::PaymentToken(_) => false,
    }
}

/// A fault that comes in the place of doing anything.
fn before(fault: Fault) -> Option<Refusal> {
    match fault {
        Fault::BrokenBefore => Some(Refusal::Broken),
        Fault::TooMany => Some(Refusal::TooMany),
        Fault::InProgress => Some(Refusal::issue(409, "PREVIOUS_REQUEST_IN_PROGRESS")),
        Fault::BrokenAfter | Fault::HangUpAfter | Fault::SilentAfter | Fault::HtmlAfter | Fault::UnknownWords => None,
    }
}

/// What is sent after all was done. None: nothing, ever.
fn after(fault: Option<Fault>, answer: Response) -> Option<Response> {
    match fault {
        Some(Fault::BrokenAfter) => {
            let body = json!({
                "name": "INTERNAL_SERVER_ERROR",
                "message": "An internal server error occurred.",
                "debug_id": "0000000000000",
                "links": [],
            });
            Some(answered(500, &body))
        }
        Some(Fault::HangUpAfter) => {
            let mut answer = bare(500);
            answer.extensions_mut().insert(HangUp);
            Some(answer)
        }
        Some(Fault::SilentAfter) => None,
        Some(Fault::HtmlAfter) => {
            let mut answer = Response::new(Body::from("<html><head><title>502 Bad Gateway</title></head></html>"));
            *answer.status_mut() = http::StatusCode::BAD_GATEWAY;
            answer.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("text/html"));
            Some(answer)
        }
        Some(Fault::BrokenBefore | Fault::TooMany | Fault::InProgress | Fault::UnknownWords) | None => Some(answer),
    }
}

/// With the fault for it, every status is a word that nobody knows.
fn worded(fault: Option<Fault>, mut body: Value) -> Value {
    if fault == Some(Fault::UnknownWords) {
        of_tomorrow(&mut body);
    }
    body
}

fn of_tomorrow(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                if inner.is_string() && ["status", "intent", "reason"].contains(&name.as_str()) {
                    *inner = json!("A_WORD_OF_TOMORROW");
                } else {
                    of_tomorrow(inner);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(of_tomorrow),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn refused(world: &mut World, operation: crate::schema::Operation, refusal: &Refusal, body: &Value) -> Response {
    let told = refusal.json(operation, body, &mut world.ids);
    let mut answer = answered(refusal.status(), &told);
    if refusal.status() == 429 {
        answer.headers_mut().insert(RETRY_AFTER, http::HeaderValue::from_static("1"));
    }
    answer
}

pub(crate) fn answered(status: u16, body: &Value) -> Response {
    let mut answer = bare(status);
    answer.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
    *answer.body_mut() = Body::from(body.to_string());
    answer
}

fn bare(status: u16) -> Response {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    answer
}

impl World {
    fn admits(&self, bearer: Option<&str>) -> bool {
        bearer.and_then(|token| self.tokens.get(token)).is_some_and(|until| self.now() < *until)
    }

    /// A thing as the call that made it, or reads it, shows it.
    fn shown(&self, what: &Reference, wants_all: bool) -> Value {
        let whole = match what {
            Reference::Order(id) if !wants_all => {
                return self.orders.get(id).map_or(Value::Null, |order| self.order_minimal(order));
            }
            Reference::PaidOrder(id) if !wants_all => {
                return self.orders.get(id).map_or(Value::Null, |order| self.order_paid(order));
            }
            Reference::Order(id) | Reference::PaidOrder(id) => self.orders.get(id).map(|order| self.order_json(order)),
            Reference::Authorization(id) => self.authorizations.get(id).map(|held| self.authorization_json(held)),
            Reference::Capture(id) => self.captures.get(id).map(|capture| self.capture_json(capture)),
            Reference::Refund(id) => self.refunds.get(id).map(|refund| self.refund_json(refund)),
            Reference::SetupToken(id) => {
                return self.setup_tokens.get(id).map_or(Value::Null, |token| self.setup_json(token));
            }
            Reference::PaymentToken(id) => {
                return self.payment_tokens.get(id).map_or(Value::Null, |token| self.token_json(token));
            }
        };
        let whole = whole.unwrap_or_default();
        if wants_all {
            return whole;
        }
        json!({ "id": whole["id"], "status": whole["status"], "links": whole["links"] })
    }
}
