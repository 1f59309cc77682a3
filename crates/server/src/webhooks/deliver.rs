//! Telling: what is due is found, leased, and sent one after the other.

use super::kept::Kept;
use super::sender::{Parcel, Sender};
use super::{Allowed, Webhooks};
use crate::workers::Wake;
use api::app::{App, kinds};
use api::problem::Problem;
use api::store::StoreError;
use api::wire::{Cursor, Delivery, DeliveryOutcome, WebhookEvent};
use domain::event::Envelope;
use domain::time::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

/// Webhooks that are told at once.
const TOGETHER: usize = 32;
/// Events that are read at once.
const PAGE: usize = 50;
/// Tries that are remembered.
const REMEMBERED: usize = 100;
/// How often it is looked whether something is due: what happened at another server, and tries after a while.
const LOOK: Duration = Duration::from_secs(2);
/// How long it is waited for more once something has happened: where much happens, one look finds all of it.
const GATHER: Duration = Duration::from_millis(50);

/// Tells webhooks. Cheap to clone.
#[derive(Clone)]
pub struct Deliverer {
    app: App,
    sender: Sender,
    /// Who this is, among those who tell.
    holder: String,
}

impl Deliverer {
    /// One of a server over the API's own store.
    pub fn new(app: App, sender: Sender) -> Self {
        let holder = format!("{:032x}", (app.entropy)());
        Self { app, sender, holder }
    }

    /// Tells all that are due what there is to tell; how many deliveries were taken.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn deliver_due(&self) -> Result<usize, Problem> {
        let mut taken = 0;
        for id in self.due().await? {
            taken += self.deliver(&id).await?;
        }
        Ok(taken)
    }

    /// Those that may be told now and have not been told everything.
    async fn due(&self) -> Result<Vec<String>, StoreError> {
        let mut due = Vec::new();
        for (id, text) in self.app.store.documents(kinds::WEBHOOK).await? {
            // One that cannot be read holds up nobody; its owner is told when they look.
            let Ok(Some(kept)) = serde_json::from_str::<Option<Kept>>(&text) else { continue };
            if kept.is_due(self.now()) && self.app.store.cursor(&kept.account).await? > kept.cursor {
                due.push(id);
            }
        }
        Ok(due)
    }

    /// Tells one everything, as long as it takes what it is told; how many deliveries it took.
    async fn deliver(&self, id: &str) -> Result<usize, Problem> {
        let Some(mut kept) = self.lease(id).await? else { return Ok(0) };
        let mut taken = 0;
        loop {
            let page = self.app.told_to(&kept.account, kept.cursor, PAGE).await?;
            if page.is_empty() {
                self.change(id, |kept| Some(kept.let_go())).await?;
                return Ok(taken);
            }
            for (cursor, told) in page {
                let outcome = match told {
                    Some(event) => self.send(id, &kept, cursor, event).await?,
                    // Of a thread that cannot be read there is nothing to tell.
                    None => DeliveryOutcome::Delivered { status: 204 },
                };
                let (before, now, chance) = (kept.cursor, self.now(), (self.app.entropy)() >> 64);
                let after = |kept: Kept| match outcome {
                    DeliveryOutcome::Delivered { .. } => kept.taken(cursor).held(&self.holder, now),
                    DeliveryOutcome::Refused { .. } | DeliveryOutcome::Unanswered { .. } => {
                        kept.failed(outcome, now, chance)
                    }
                };
                // Told to begin again meanwhile: then what was sent counts for nothing.
                let after = |kept: Kept| (kept.cursor == before).then(|| after(kept));
                match self.change(id, after).await? {
                    Some(changed) if changed.is_held_by(&self.holder) => kept = changed,
                    Some(_) | None => return Ok(taken),
                }
                taken += 1;
            }
        }
    }

    async fn send(
        &self,
        webhook: &str,
        kept: &Kept,
        cursor: Cursor,
        event: Envelope,
    ) -> Result<DeliveryOutcome, StoreError> {
        let id = format!("dlv_{}-{cursor}", webhook.trim_start_matches("whk_"));
        let told = serde_json::to_value(&event.event).unwrap_or_default();
        let kind = told["type"].as_str().unwrap_or_default().to_owned();
        let body = WebhookEvent { id: id.clone(), cursor, event };
        let body = serde_json::to_string(&body).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let at = self.now();
        let (url, secret) = (&kept.url, &kept.secret);
        let parcel = Parcel { url, secret, id: &id, cursor, at: at.as_millis().div_euclid(1_000), body };
        let outcome = self.sender.send(parcel).await;
        metrics::counter!("bottega_webhook_deliveries_total", "outcome" => name(outcome)).increment(1);
        let delivery = Delivery { id, cursor, event: kind, at, outcome };
        let add = |known: Option<Vec<Delivery>>| {
            let mut all = known.unwrap_or_default();
            all.push(delivery.clone());
            all.drain(..all.len().saturating_sub(REMEMBERED));
            all
        };
        self.app.change(kinds::DELIVERIES, webhook, add).await?;
        Ok(outcome)
    }

    /// Takes one that nobody else tells; nothing when somebody does.
    async fn lease(&self, id: &str) -> Result<Option<Kept>, StoreError> {
        let now = self.now();
        let hold = |known: Option<Option<Kept>>| {
            known.flatten().map(|kept| if kept.is_due(now) { kept.held(&self.holder, now) } else { kept })
        };
        let kept: Option<Kept> = self.app.change(kinds::WEBHOOK, id, hold).await?;
        Ok(kept.filter(|kept| kept.is_held_by(&self.holder)))
    }

    /// Changes one that this holds; nothing when it does not any more, or `change` says no.
    async fn change(&self, id: &str, change: impl Fn(Kept) -> Option<Kept>) -> Result<Option<Kept>, StoreError> {
        let mine = |kept: &Kept| kept.is_held_by(&self.holder);
        let changed = |kept: &Kept| Some(kept).filter(|kept| mine(kept)).cloned().and_then(&change);
        let put = |known: Option<Option<Kept>>| known.flatten().map(|kept| changed(&kept).unwrap_or(kept));
        let before = self.app.document::<Option<Kept>>(kinds::WEBHOOK, id).await?.flatten();
        if before.as_ref().and_then(changed).is_none() {
            return Ok(None);
        }
        self.app.change(kinds::WEBHOOK, id, put).await
    }

    fn now(&self) -> Timestamp {
        Webhooks::of(&self.app).now()
    }
}

fn name(outcome: DeliveryOutcome) -> &'static str {
    match outcome {
        DeliveryOutcome::Delivered { .. } => "delivered",
        DeliveryOutcome::Refused { .. } => "refused",
        DeliveryOutcome::Unanswered { .. } => "unanswered",
    }
}

/// The deliveries of one server.
pub struct Delivering {
    ended: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Delivering {
    /// Tells webhooks from now on. Without certificates to know others by nobody is told, and the log says so.
    pub fn begin(app: App, allowed: Allowed, wake: Wake) -> Self {
        let (ended, ends) = watch::channel(false);
        let task = match Sender::new(allowed) {
            Ok(sender) => tokio::spawn(go_on(Deliverer::new(app, sender), wake, ends)),
            Err(error) => {
                tracing::error!(%error, "webhooks are not told");
                tokio::spawn(async {})
            }
        };
        Self { ended, task }
    }

    /// Begins nothing more, and waits for what was begun.
    pub async fn end(self) {
        // Nobody hears it where the task has gone already.
        let _heard = self.ended.send(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the deliveries ended by themselves");
        }
    }
}

async fn go_on(deliverer: Deliverer, wake: Wake, mut ends: watch::Receiver<bool>) {
    let (room, mut begun) = (Arc::new(Semaphore::new(TOGETHER)), JoinSet::new());
    while !*ends.borrow() {
        let due = deliverer.due().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "it cannot be looked which webhooks are due; it is tried again");
            Vec::new()
        });
        for id in due {
            // Where there is no room it is due again with the next look.
            let Ok(place) = room.clone().try_acquire_owned() else { break };
            let deliverer = deliverer.clone();
            begun.spawn(async move {
                if let Err(problem) = deliverer.deliver(&id).await {
                    tracing::warn!(code = problem.code, "a webhook could not be told; it is tried again");
                }
                drop(place);
            });
        }
        tokio::select! {
            () = wake.heard() => tokio::time::sleep(GATHER).await,
            () = tokio::time::sleep(LOOK) => {}
            _ = ends.changed() => {}
        }
        while begun.try_join_next().is_some() {}
    }
    // What is on its way may arrive; what comes after it is for the next server.
    begun.abort_all();
}
