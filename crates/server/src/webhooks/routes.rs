//! Registering addresses, and looking how it goes with them.

use super::Webhooks;
use super::guard::{Allowed, BadTarget};
use crate::Server;
use crate::accounts::{Body, SeatId, SessionId};
use crate::keys::only_businesses;
use api::Caller;
use api::problem::Problem;
use api::wire::{Cursor, Delivery, MakeWebhook, NewWebhook, Replay, TeamAct, Webhook};
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::ids::AccountId;
use serde::Deserialize;
use std::convert::Infallible;

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

/// Who asks: somebody who is signed in for a business, or a program with a key.
struct By {
    seat: Option<SeatId>,
    session: Option<SessionId>,
}

impl<S: Send + Sync> FromRequestParts<S> for By {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let (seat, session) = (parts.extensions.get().cloned(), parts.extensions.get().cloned());
        Ok(Self { seat, session })
    }
}

impl By {
    /// What is kept of whoever registers one: the id of their seat, else of their key.
    fn id(&self) -> Option<String> {
        let seat = self.seat.as_ref().map(|seat| seat.as_str().to_owned());
        seat.or_else(|| self.session.as_ref().map(|SessionId(id)| id.clone()))
    }

    /// What tells somebody else everything outlasts the session that asked for it. A key has proved what it can.
    async fn stepped_up(&self, server: &Server, account: &AccountId) -> Result<(), Problem> {
        match (&self.seat, &self.session) {
            (Some(_), Some(session)) => server.accounts.stepped_up(account, session).await,
            (Some(_), None) | (None, _) => Ok(()),
        }
    }

    async fn note(self, server: &Server, account: &AccountId, act: TeamAct) -> Result<(), Problem> {
        server.accounts.note(&self.seat.unwrap_or_else(|| SeatId::first(account)), act).await
    }
}

async fn make(
    State(server): State<Server>,
    Caller(account): Caller,
    by: By,
    Body(MakeWebhook { url }): Body<MakeWebhook>,
) -> Result<Json<NewWebhook>, Problem> {
    only_businesses(&server.app, &account).await?;
    let url = server.allowed_webhooks().target(&url)?;
    by.stepped_up(&server, &account).await?;
    let made = Webhooks::of(&server.app).make(&account, url, by.id()).await?;
    by.note(&server, &account, TeamAct::WebhookMade { url: made.webhook.url.clone() }).await?;
    Ok(Json(made))
}

async fn remove(
    State(server): State<Server>,
    Caller(account): Caller,
    by: By,
    Path(id): Path<String>,
) -> Result<Json<()>, Problem> {
    if let Some(url) = Webhooks::of(&server.app).remove(&account, &id).await? {
        by.note(&server, &account, TeamAct::WebhookRemoved { url }).await?;
    }
    Ok(Json(()))
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
    by: By,
    Path(id): Path<String>,
    Body(Replay { after }): Body<Replay>,
) -> Result<Json<Webhook>, Problem> {
    by.stepped_up(&server, &account).await?;
    let webhook = Webhooks::of(&server.app).replay(&account, &id, after).await?;
    by.note(&server, &account, TeamAct::WebhookReplayed { url: webhook.url.clone() }).await?;
    Ok(Json(webhook))
}
