//! Telling: what is due is found, leased, and sent one after the other.

use super::kept::Kept;
use super::sender::{Parcel, Sender};
use super::turns::Turns;
use super::{Allowed, Webhooks};
use crate::workers::Wake;
use api::app::{App, kinds};
use api::problem::Problem;
use api::store::StoreError;
use api::wire::{Cursor, Delivery, DeliveryOutcome, WebhookEvent};
use domain::event::Envelope;
use domain::ids::AccountId;
use domain::time::Timestamp;
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// Events that are told in one turn; then others have theirs.
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
}

/// One turn of one webhook.
struct Turn<'a> {
    app: &'a App,
    sender: &'a Sender,
    /// Which.
    id: &'a str,
    /// Who this is, among those who tell: no two turns are the same, also at one server.
    holder: String,
}

impl Deliverer {
    /// One of a server over the API's own store.
    pub fn new(app: App, sender: Sender) -> Self {
        Self { app, sender }
    }

    /// Tells all that are due what there is to tell; how many deliveries were taken.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn deliver_due(&self) -> Result<usize, Problem> {
        let mut taken = 0;
        for (id, _) in self.due().await? {
            loop {
                let more = self.deliver(&id).await?;
                taken += more;
                if more < PAGE {
                    break;
                }
            }
        }
        Ok(taken)
    }

    /// Those that may be told now and have not been told everything, with whose they are.
    async fn due(&self) -> Result<Vec<(String, AccountId)>, StoreError> {
        let now = Webhooks::of(&self.app).now();
        let mut due = Vec::new();
        for (id, text) in self.app.store.documents(kinds::WEBHOOK).await? {
            // One that cannot be read holds up nobody; its owner is told when they look.
            let Ok(Some(kept)) = serde_json::from_str::<Option<Kept>>(&text) else { continue };
            if kept.is_due(now) && self.app.store.cursor(&kept.account).await? > kept.cursor {
                due.push((id, kept.account));
            }
        }
        Ok(due)
    }

    /// Tells one what is next, as long as it takes what it is told; how many deliveries it took.
    async fn deliver(&self, id: &str) -> Result<usize, Problem> {
        let holder = format!("{:032x}", (self.app.entropy)());
        Turn { app: &self.app, sender: &self.sender, id, holder }.deliver().await
    }
}

impl Turn<'_> {
    async fn deliver(&self) -> Result<usize, Problem> {
        let Some(mut kept) = self.lease().await? else { return Ok(0) };
        let mut taken = 0;
        for (cursor, told) in self.app.told_to(&kept.account, kept.cursor, PAGE).await? {
            let outcome = match told {
                Some(event) => self.send(&kept, cursor, event).await?,
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
            match self.change(after).await? {
                Some(changed) if changed.is_held_by(&self.holder) => kept = changed,
                Some(_) | None => return Ok(taken),
            }
            taken += 1;
        }
        self.change(|kept| Some(kept.let_go())).await?;
        Ok(taken)
    }

    async fn send(&self, kept: &Kept, cursor: Cursor, event: Envelope) -> Result<DeliveryOutcome, StoreError> {
        let id = format!("dlv_{}-{cursor}", self.id.trim_start_matches("whk_"));
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
        self.app.change(kinds::DELIVERIES, self.id, add).await?;
        Ok(outcome)
    }

    /// Takes one that nobody else tells; nothing when somebody does.
    async fn lease(&self) -> Result<Option<Kept>, StoreError> {
        let now = self.now();
        let hold = |known: Option<Option<Kept>>| {
            known.flatten().map(|kept| if kept.is_due(now) { kept.held(&self.holder, now) } else { kept })
        };
        let kept: Option<Kept> = self.app.change(kinds::WEBHOOK, self.id, hold).await?;
        Ok(kept.filter(|kept| kept.is_held_by(&self.holder)))
    }

    /// Changes one that this holds; nothing when it does not any more, or `change` says no.
    async fn change(&self, change: impl Fn(Kept) -> Option<Kept>) -> Result<Option<Kept>, StoreError> {
        let mine = |kept: &Kept| kept.is_held_by(&self.holder);
        let changed = |kept: &Kept| Some(kept).filter(|kept| mine(kept)).cloned().and_then(&change);
        let put = |known: Option<Option<Kept>>| known.flatten().map(|kept| changed(&kept).unwrap_or(kept));
        let before = self.app.document::<Option<Kept>>(kinds::WEBHOOK, self.id).await?.flatten();
        if before.as_ref().and_then(changed).is_none() {
            return Ok(None);
        }
        self.app.change(kinds::WEBHOOK, self.id, put).await
    }

    fn now(&self) -> Timestamp {
        Webhooks::of(self.app).now()
    }
}

/// What a delivery came to, in a word.
pub(super) fn name(outcome: DeliveryOutcome) -> &'static str {
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
    let (mut turns, mut begun, mut told) = (Turns::default(), JoinSet::new(), HashMap::new());
    while !*ends.borrow() {
        let due = deliverer.due().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "it cannot be looked which webhooks are due; it is tried again");
            Vec::new()
        });
        for id in turns.begin(due) {
            let (deliverer, webhook) = (deliverer.clone(), id.clone());
            let task = begun.spawn(async move {
                if let Err(problem) = deliverer.deliver(&webhook).await {
                    tracing::warn!(code = problem.code, "a webhook could not be told; it is tried again");
                }
            });
            told.insert(task.id(), id);
        }
        let mut ended = tokio::select! {
            () = wake.heard() => None,
            // Its place is somebody's, and it may have more to be told.
            Some(ended) = begun.join_next_with_id() => Some(ended),
            () = tokio::time::sleep(LOOK) => continue,
            _ = ends.changed() => continue,
        };
        tokio::time::sleep(GATHER).await;
        while let Some(one) = ended.take().or_else(|| begun.try_join_next_with_id()) {
            let task = match one {
                Ok((task, ())) => task,
                Err(broken) => {
                    tracing::error!(error = %broken, "a turn of a webhook broke");
                    broken.id()
                }
            };
            if let Some(id) = told.remove(&task) {
                turns.end(&id);
            }
        }
    }
    // What is on its way may arrive; what comes after it is for the next server.
    begun.abort_all();
}
