//! Telling: whoever something happened to is looked up, and each of their browsers is told the newest of each thread.

use super::happened::Happened;
use super::kept::{Failed, Kept};
use super::news::{Told, news_for};
use super::seal::Recipient;
use super::{Keys, Pushes};
use crate::accounts::{Accounts, SessionId};
use crate::webhooks::{Allowed, outgoing};
use api::app::{App, kinds};
use api::problem::Problem;
use api::store::StoreError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use domain::ids::{AccountId, ThreadId};
use futures::future::join_all;
use http::Uri;
use reqwest::{Client, StatusCode};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::MissedTickBehavior;

/// Accounts that are told at once.
const TOGETHER: usize = 32;
/// For how long a push service keeps what a sleeping device has not fetched.
const VALID: Duration = Duration::from_secs(24 * 3_600);
/// How often it is looked whether a further try is due, and what another server has left behind.
const LOOK: Duration = Duration::from_secs(60);

/// What came of telling one browser one thing.
enum Outcome {
    /// Its push service has it, or will never take it.
    Done,
    /// There is no such browser any more.
    Gone,
    /// It may go better later.
    Later,
}

/// Tells browsers. Cheap to clone.
#[derive(Clone)]
pub struct Pusher {
    app: App,
    accounts: Accounts,
    client: Client,
    allowed: Allowed,
    /// Where the people of push services find ours.
    contact: String,
}

impl Pusher {
    /// One of a server whose address is `origin`, which connects only to what is allowed.
    ///
    /// # Errors
    /// When this machine has no certificates to know others by.
    pub fn new(app: App, accounts: Accounts, allowed: Allowed, origin: &str) -> Result<Self, reqwest::Error> {
        Ok(Self { app, accounts, client: outgoing(allowed)?, allowed, contact: origin.to_owned() })
    }

    /// Tells the browsers of an account what they have not been told, all at once; how many notices were taken.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tell(&self, account: &AccountId) -> Result<usize, Problem> {
        let browsers = Pushes::of(&self.app).listed(account).await?;
        join_all(browsers.iter().map(|id| self.tell_one(id))).await.into_iter().sum()
    }

    /// Whose browsers are to be told something, as far as the store knows.
    async fn behind(&self) -> Result<BTreeSet<AccountId>, StoreError> {
        let (mut behind, now) = (BTreeSet::new(), Pushes::of(&self.app).now());
        for (_, text) in self.app.store.documents(kinds::PUSH).await? {
            // One that cannot be read holds up nobody.
            let Ok(Some(kept)) = serde_json::from_str::<Option<Kept>>(&text) else { continue };
            if kept.is_due(now) && self.app.store.cursor(&kept.account).await? != kept.cursor {
                behind.insert(kept.account);
            }
        }
        Ok(behind)
    }

    async fn tell_one(&self, id: &str) -> Result<usize, Problem> {
        let pushes = Pushes::of(&self.app);
        // One for each telling, so that two tasks of one server are two as well.
        let holder = format!("{:032x}", (self.app.entropy)());
        let now = pushes.now();
        let hold = |known: Option<Option<Kept>>| {
            known.flatten().map(|kept| if kept.is_due(now) { kept.held(&holder, now) } else { kept })
        };
        let Some(kept) = self.app.change(kinds::PUSH, id, hold).await?.filter(|kept| kept.is_held_by(&holder)) else {
            return Ok(0);
        };
        // Registered anew from another session meanwhile, it is another one.
        let mine = |now: &Kept| now.is_held_by(&holder) && now.session == kept.session;
        if self.accounts.has_ended(&SessionId(kept.session.clone())).await? {
            pushes.remove_if(&kept.account, id, mine).await?;
            return Ok(0);
        }
        let (all, newest) = news_for(&self.app, &kept).await?;
        let keys = pushes.keys().await?;
        let mut taken = 0;
        for told in all {
            match self.send(&kept, &keys, &told).await {
                Outcome::Done => {
                    // What was told is told: what fails after it does not tell it again.
                    self.go_on(id, &holder, |kept| kept.told(told.cursor, &holder, pushes.now())).await?;
                    taken += 1;
                }
                Outcome::Gone => {
                    pushes.remove_if(&kept.account, id, mine).await?;
                    return Ok(taken);
                }
                Outcome::Later => {
                    let after = |kept: Kept| match kept.failed(newest, pushes.now()) {
                        Failed::Later(kept) => kept,
                        Failed::GivenUp(kept) => {
                            tracing::warn!("a browser could not be told; what it was to be told is given up");
                            kept
                        }
                    };
                    self.go_on(id, &holder, after).await?;
                    return Ok(taken);
                }
            }
        }
        self.go_on(id, &holder, |kept| kept.let_go(newest)).await?;
        Ok(taken)
    }

    /// Changes one that `holder` has; one that was registered anew meanwhile stays as it is.
    async fn go_on(&self, id: &str, holder: &str, after: impl Fn(Kept) -> Kept) -> Result<(), StoreError> {
        let put = |known: Option<Option<Kept>>| {
            known.flatten().map(|kept| if kept.is_held_by(holder) { after(kept) } else { kept })
        };
        self.app.change(kinds::PUSH, id, put).await?;
        Ok(())
    }

    async fn send(&self, kept: &Kept, keys: &Keys, told: &Told) -> Outcome {
        let outcome = self.try_to_send(kept, keys, told).await;
        metrics::counter!("bottega_pushes_total", "outcome" => name(&outcome)).increment(1);
        outcome
    }

    async fn try_to_send(&self, kept: &Kept, keys: &Keys, told: &Told) -> Outcome {
        let body = json!({ "title": told.title, "body": told.text, "thread": told.thread }).to_string();
        // Also what was registered under other rules; and an address of numbers is not looked up.
        let (Ok(url), Ok(uri)) = (self.allowed.target(&kept.to.endpoint), kept.to.endpoint.parse::<Uri>()) else {
            return Outcome::Gone;
        };
        let sealed = Recipient::read(&kept.to.p256dh, &kept.to.auth).and_then(|to| to.seal(&uri, VALID, &body));
        let Some(sealed) = sealed else { return Outcome::Gone };
        let seconds = Pushes::of(&self.app).now().as_millis().div_euclid(1_000);
        let proof = keys.proof(&url, &self.contact, seconds);
        let (parts, sealed) = sealed.into_parts();
        let request = self
            .client
            .post(url)
            .headers(parts.headers)
            .header("authorization", proof)
            // Of what a sleeping device has not fetched the newest of a thread replaces the others.
            .header("topic", topic(&told.thread))
            .header("urgency", "high")
            .body(sealed);
        match request.send().await.map(|answer| answer.status()) {
            // It was made with another key of ours, which browsers notice by themselves when the app is opened.
            Ok(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => Outcome::Gone,
            Ok(StatusCode::NOT_FOUND | StatusCode::GONE) => Outcome::Gone,
            Ok(status) if status.is_success() => Outcome::Done,
            Ok(status) if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => Outcome::Later,
            Ok(status) => {
                tracing::warn!(%status, "a push service does not take what it is to tell");
                Outcome::Done
            }
            Err(_) => Outcome::Later,
        }
    }
}

/// A name for a thread that tells a push service nothing: 32 characters at most (RFC 8030, 5.4).
fn topic(thread: &ThreadId) -> String {
    BASE64.encode(&Sha256::digest(thread.as_str())[..24])
}

fn name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::Gone => "gone",
        Outcome::Later => "later",
    }
}

/// What one server tells browsers.
pub struct Pushing {
    ended: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Pushing {
    /// Tells browsers from now on.
    pub fn begin(pusher: Result<Pusher, reqwest::Error>, happened: Happened) -> Self {
        let (ended, ends) = watch::channel(false);
        let task = match pusher {
            Ok(pusher) => tokio::spawn(go_on(pusher, happened, ends)),
            Err(error) => {
                tracing::error!(%error, "browsers are not told");
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
            tracing::error!(%error, "telling browsers ended by itself");
        }
    }
}

async fn go_on(pusher: Pusher, happened: Happened, mut ends: watch::Receiver<bool>) {
    let (room, mut begun, mut told_now) = (Arc::new(Semaphore::new(TOGETHER)), JoinSet::new(), HashSet::new());
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            account = happened.next() => {
                if !told_now.insert(account.clone()) {
                    // What has happened since it was looked for.
                    happened.note_account(account);
                    continue;
                }
                let (pusher, room) = (pusher.clone(), room.clone());
                begun.spawn(async move {
                    let place = room.acquire().await;
                    let told = pusher.tell(&account).await;
                    drop(place);
                    (account, told)
                });
            }
            Some(ended) = begun.join_next(), if !begun.is_empty() => match ended {
                Ok((account, told)) => {
                    told_now.remove(&account);
                    if let Err(problem) = told {
                        tracing::warn!(code = problem.code, "a browser could not be told; it is tried again");
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "telling a browser broke");
                    told_now.clear();
                }
            },
            _ = look.tick() => match pusher.behind().await {
                Ok(behind) => behind.into_iter().for_each(|account| happened.note_account(account)),
                Err(error) => tracing::warn!(%error, "it cannot be looked which browsers are behind"),
            },
            _ = ends.changed() => break,
        }
    }
    // What is on its way may arrive; what comes after it is for the next server.
    begun.abort_all();
}
