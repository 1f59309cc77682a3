//! One reader's stream: where it is behind, what is told, and a sign of life.

use super::{Hub, Place};
use crate::Server;
use crate::accounts::{Accounts, SessionId};
use api::Caller;
use api::app::App;
use api::problem::Problem;
use api::wire::{Cursor, Signal};
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::unfold;
use serde::Deserialize;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

/// How often a sign of life is given: under every usual limit of a proxy for a silent connection.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long a browser waits before it comes again.
const RETRY: Duration = Duration::from_secs(2);

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct From {
    after: Option<Cursor>,
    /// Whom the page believes to be signed in: an EventSource sends no header of ours.
    account: Option<String>,
}

/// `GET /v1/stream`: signals from now on; and before them how far one is behind `Last-Event-ID`, else `?after=`.
pub(super) async fn open(
    State(Server { app, hub, accounts, .. }): State<Server>,
    Caller(me): Caller,
    session: Option<Extension<SessionId>>,
    Query(from): Query<From>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // Whoever tells nothing that can be read is told the newest cursor, and finds out alone.
    let last = headers.get(LAST_EVENT_ID).map(|id| id.to_str().ok().and_then(|id| id.parse().ok()).unwrap_or(0));
    if from.account.is_some_and(|believed| believed != me.as_str()) {
        return Err(Problem::signed_out());
    }
    let after: Cursor = last.or(from.after).unwrap_or(0);
    let session = session.map(|Extension(id)| id);
    let told = Telling::begin(app, accounts.clone(), &hub, Caller(me), session.clone(), after).await?;
    // Ended between the look at its cookie and the place among those who are told: nobody would end the stream.
    if let Some(session) = session
        && accounts.has_ended(&session).await?
    {
        return Err(Problem::signed_out());
    }
    let events =
        unfold(told, |mut told| async move { told.next().await.map(|event| (Ok::<_, Infallible>(event), told)) });
    let mut response = Sse::new(events).into_response();
    // A proxy that collects an answer before it passes it on would hold back a stream for ever.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

struct Telling {
    app: App,
    accounts: Accounts,
    session: Option<SessionId>,
    place: Place,
    /// The newest cursor this reader knows of.
    cursor: Cursor,
    first: VecDeque<Event>,
    heartbeats: Interval,
}

impl Telling {
    async fn begin(
        app: App,
        accounts: Accounts,
        hub: &Hub,
        Caller(me): Caller,
        session: Option<SessionId>,
        after: Cursor,
    ) -> Result<Self, Problem> {
        // A place first: what happens after the cursor was read is told.
        let place = hub.listen(&me, session.clone())?;
        let newest = app.store.cursor(&me).await?;
        let mut heartbeats = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
        heartbeats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut telling = Self { app, accounts, session, place, cursor: after, first: VecDeque::new(), heartbeats };
        telling.first.push_back(Event::default().retry(RETRY));
        if after > newest {
            // It knows of more than there is: an older copy was brought back while it was away, or a demo began anew.
            telling.tell_first(&Signal::Restored);
        }
        telling.tell_first(&Signal::Events { cursor: newest });
        Ok(telling)
    }

    fn tell_first(&mut self, signal: &Signal) {
        let event = self.event_of(signal);
        self.first.extend(event);
    }

    async fn next(&mut self) -> Option<Event> {
        if let Some(event) = self.first.pop_front() {
            return Some(event);
        }
        loop {
            tokio::select! {
                // The end first: a session that was closed hears nothing more.
                biased;
                signal = self.place.mailbox.take() => {
                    let event = self.event_of(&signal?);
                    if event.is_some() {
                        return event;
                    }
                }
                _ = self.heartbeats.tick() => {
                    if self.has_ended().await {
                        return None;
                    }
                    return Some(self.heartbeat().await);
                }
            }
        }
    }

    /// Whether the session of this reader is over: by itself, or at a server that could not tell this one.
    async fn has_ended(&self) -> bool {
        match &self.session {
            Some(session) => self.accounts.has_ended(session).await.unwrap_or(false),
            None => false,
        }
    }

    /// A sign of life, or what this reader was not told: a signal that was lost is lost for one heartbeat at most.
    async fn heartbeat(&mut self) -> Event {
        let newest = match self.app.store.cursor(&self.place.account).await {
            Ok(newest) => newest,
            Err(error) => {
                tracing::warn!(%error, "a stream could not look for what is new");
                self.cursor
            }
        };
        self.event_of(&Signal::Events { cursor: newest }).unwrap_or_else(|| Event::default().comment(""))
    }

    /// The event that tells a signal; none when the reader knows it already.
    fn event_of(&mut self, signal: &Signal) -> Option<Event> {
        let event = match signal {
            Signal::Events { cursor } if *cursor <= self.cursor => return None,
            Signal::Events { cursor } => {
                self.cursor = *cursor;
                Event::default().id(cursor.to_string())
            }
            Signal::Reset | Signal::Restored => {
                // Cursors begin anew, too.
                self.cursor = 0;
                Event::default()
            }
            Signal::Typing { .. } | Signal::Here { .. } | Signal::Read { .. } | Signal::Clock => Event::default(),
        };
        Some(event.data(serde_json::to_string(signal).expect("our own types")))
    }
}
