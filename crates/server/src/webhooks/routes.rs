//! Registering addresses, and looking how it goes with them.

use super::Webhooks;
use super::guard::{Allowed, BadTarget};
use crate::Server;
use crate::accounts::Body;
use crate::keys::only_businesses;
use api::Caller;
use api::problem::Problem;
use api::wire::{Cursor, Delivery, MakeWebhook, NewWebhook, Replay, Webhook};
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

/// The routes of webhooks, below `/v1`.
pub fn router() -> Router<Server> {
    Router::new()
        .route("/webhooks", get(all).post(make))
        .route("/webhooks/{id}/remove", post(remove))
        .route("/webhooks/{id}/deliveries", get(deliveries))
        .route("/webhooks/{id}/replay", post(replay))
}

impl Server {
    /// Where webhooks may lead: in a demo, where there is nothing to protect, also to this machine.
    pub fn allowed_webhooks(&self) -> Allowed {
        if self.config.demo { Allowed::PublicAndThisMachine } else { Allowed::Public }
    }
}

impl From<BadTarget> for Problem {
    fn from(bad: BadTarget) -> Self {
        let (code, detail) = match bad {
            BadTarget::NotHttps => ("not_https", "A webhook is an address that begins with https://, and no more."),
            BadTarget::Forbidden => ("forbidden_address", "This address leads into a network that is not public."),
        };
        Self::new(422, code, detail).at("url")
    }
}

async fn all(State(server): State<Server>, Caller(account): Caller) -> Result<Json<Vec<Webhook>>, Problem> {
    Ok(Json(Webhooks::of(&server.app).all(&account).await?))
}

async fn make(
    State(server): State<Server>,
    Caller(account): Caller,
    Body(MakeWebhook { url }): Body<MakeWebhook>,
) -> Result<Json<NewWebhook>, Problem> {
    only_businesses(&server.app, &account).await?;
    let url = server.allowed_webhooks().target(&url)?;
    Webhooks::of(&server.app).make(&account, url).await.map(Json)
}

async fn remove(
    State(server): State<Server>,
    Caller(account): Caller,
    Path(id): Path<String>,
) -> Result<Json<()>, Problem> {
    Webhooks::of(&server.app).remove(&account, &id).await.map(Json)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct After {
    #[serde(default)]
    after: Cursor,
}

async fn deliveries(
    State(server): State<Server>,
    Caller(account): Caller,
    Path(id): Path<String>,
    Query(After { after }): Query<After>,
) -> Result<Json<Vec<Delivery>>, Problem> {
    Webhooks::of(&server.app).deliveries(&account, &id, after).await.map(Json)
}

async fn replay(
    State(server): State<Server>,
    Caller(account): Caller,
    Path(id): Path<String>,
    Body(Replay { after }): Body<Replay>,
) -> Result<Json<Webhook>, Problem> {
    Webhooks::of(&server.app).replay(&account, &id, after).await.map(Json)
}
