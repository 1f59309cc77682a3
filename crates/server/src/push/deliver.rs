//! Telling: whoever something happened to is looked up, and each of their browsers is told the newest of each thread.

use super::kept::{Failed, Kept};
use super::notice::notice;
use super::seal::Recipient;
use super::{Keys, Pushes};
use crate::accounts::{Accounts, SessionId};
use crate::webhooks::{Allowed, outgoing};
use crate::workers::Wake;
use api::app::{App, kinds};
use api::problem::Problem;
use api::store::StoreError;
use api::wire::{Cursor, News, Signal};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use domain::event::Envelope;
use domain::ids::{AccountId, ThreadId};
use domain::thread::Role;
use domain::time::Span;
use http::Uri;
use reqwest::{Client, StatusCode};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// Accounts that are told at once.
const TOGETHER: usize = 32;
/// Events that are read at once.
const PAGE: usize = 100;
/// Threads that one is told of at once. Whoever was away for longer finds the rest in the inbox.
const THREADS: usize = 10;
/// What is older is no news.
const NEWS: Span = Span::days(1);
/// For how long a push service keeps what a sleeping device has not fetched.
const VALID: Duration = Duration::from_secs(24 * 3_600);
/// How long it is waited once something has happened: who looks at the conversation has seen it by then.
const GATHER: Duration = Duration::from_millis(1_500);
/// How often it is looked whether a further try is due, and what another server has left behind.
const LOOK: Duration = Duration::from_secs(60);

/// To whom something has happened. Cheap to clone.
#[derive(Clone, Default)]
pub struct Happened {
    accounts: Arc<Mutex<BTreeSet<AccountId>>>,
    wake: Wake,
}

impl Happened {
    /// Notes whom news is for, when it is something that is kept.
    pub fn note(&self, news: &News) {
        if let (Signal::Events { .. }, Some(account)) = (&news.signal, &news.to) {
            // A std mutex: nothing awaits while holding it.
            self.accounts.lock().expect("no panic while noting").insert(account.clone());
            self.wake.up();
        }
    }

    fn take(&self) -> BTreeSet<AccountId> {
        std::mem::take(&mut self.accounts.lock().expect("no panic while noting"))
    }
}

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

    /// Tells the browsers of an account what they have not been told; how many notices were taken.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tell(&self, account: &AccountId) -> Result<usize, Problem> {
        let mut taken = 0;
        for id in Pushes::of(&self.app).listed(account).await? {
            taken += self.tell_one(&id).await?;
        }
        Ok(taken)
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
        if self.accounts.has_ended(&SessionId(kept.session.clone())).await? {
            pushes.remove(&kept.account, id).await?;
            return Ok(0);
        }
        let (newest, cursor) = self.news_for(&kept).await?;
        let keys = pushes.keys().await?;
        let mut taken = 0;
        for (thread, envelope) in newest {
            match self.send(&kept, &keys, &thread, &envelope).await? {
                Outcome::Done => taken += 1,
                Outcome::Gone => {
                    pushes.remove(&kept.account, id).await?;
                    return Ok(taken);
                }
                Outcome::Later => {
                    let after = |kept: Kept| match kept.failed(cursor, now) {
                        Failed::Later(kept) => kept,
                        Failed::GivenUp(kept) => {
                            tracing::warn!("a browser could not be told; what it was to be told is given up");
                            kept
                        }
                    };
                    self.let_go(id, &holder, after).await?;
                    return Ok(taken);
                }
            }
        }
        self.let_go(id, &holder, |kept| kept.told(cursor)).await?;
        Ok(taken)
    }

    /// Changes one that `holder` has; one that was registered anew meanwhile stays as it is.
    async fn let_go(&self, id: &str, holder: &str, after: impl Fn(Kept) -> Kept) -> Result<(), StoreError> {
        let put = |known: Option<Option<Kept>>| {
            known.flatten().map(|kept| if kept.is_held_by(holder) { after(kept) } else { kept })
        };
        self.app.change(kinds::PUSH, id, put).await?;
        Ok(())
    }

    /// The newest in each thread that there is to tell, and up to where that was looked for.
    async fn news_for(&self, kept: &Kept) -> Result<(Vec<(ThreadId, Envelope)>, Cursor), Problem> {
        // Where everything began anew, or an older copy was brought back, cursors did, too.
        let mut cursor = kept.cursor.min(self.app.store.cursor(&kept.account).await?);
        let (mut newest, now) = (BTreeMap::new(), self.app.now().await?);
        loop {
            let page = self.app.told_to(&kept.account, cursor, PAGE).await?;
            let Some((last, _)) = page.last() else { break };
            cursor = *last;
            for envelope in page.into_iter().filter_map(|(_, told)| told) {
                let Some(reader) = self.reader(&kept.account, &envelope.thread).await? else { continue };
                if envelope.at.plus(NEWS) > now && notice(&envelope, reader, kept.to.language).is_some() {
                    newest.insert(envelope.thread.clone(), envelope);
                }
            }
        }
        let mut unread = Vec::new();
        for (thread, envelope) in newest {
            let member = self.app.store.member(&thread, &kept.account).await?;
            if !member.muted && member.read_seq < envelope.seq {
                unread.push((thread, envelope));
            }
        }
        unread.sort_by_key(|(_, envelope)| envelope.at);
        Ok((unread.split_off(unread.len().saturating_sub(THREADS)), cursor))
    }

    async fn reader(&self, account: &AccountId, thread: &ThreadId) -> Result<Option<Role>, StoreError> {
        let summary = self.app.store.summary(thread).await?;
        Ok(summary.map(|summary| if summary.buyer == *account { Role::Buyer } else { Role::Seller }))
    }

    async fn send(&self, kept: &Kept, keys: &Keys, thread: &ThreadId, envelope: &Envelope) -> Result<Outcome, Problem> {
        let Some(reader) = self.reader(&kept.account, thread).await? else { return Ok(Outcome::Done) };
        let Some(text) = notice(envelope, reader, kept.to.language) else { return Ok(Outcome::Done) };
        let Some(summary) = self.app.store.summary(thread).await? else { return Ok(Outcome::Done) };
        let peer = self.app.account(summary.account(reader.other())).await?;
        let title = peer.map_or_else(|| "Bottega".to_owned(), |peer| peer.name.to_string());
        let body = json!({ "title": title, "body": text, "thread": thread }).to_string();
        // Also what was registered under other rules; and an address of numbers is not looked up.
        let (Ok(url), Ok(uri)) = (self.allowed.target(&kept.to.endpoint), kept.to.endpoint.parse::<Uri>()) else {
            return Ok(Outcome::Gone);
        };
        let sealed = Recipient::read(&kept.to.p256dh, &kept.to.auth).and_then(|to| to.seal(&uri, VALID, &body));
        let Some(sealed) = sealed else { return Ok(Outcome::Gone) };
        let seconds = Pushes::of(&self.app).now().as_millis().div_euclid(1_000);
        let proof = keys.proof(&url, &self.contact, seconds);
        let (parts, sealed) = sealed.into_parts();
        let request = self
            .client
            .post(url)
            .headers(parts.headers)
            .header("authorization", proof)
            // Of what a sleeping device has not fetched the newest of a thread replaces the others.
            .header("topic", topic(thread))
            .header("urgency", "high")
            .body(sealed);
        let outcome = match request.send().await.map(|answer| answer.status()) {
            Ok(StatusCode::NOT_FOUND | StatusCode::GONE) => Outcome::Gone,
            Ok(status) if status.is_success() => Outcome::Done,
            Ok(status) if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => Outcome::Later,
            Ok(status) => {
                tracing::warn!(%status, "a push service does not take what it is to tell");
                Outcome::Done
            }
            Err(_) => Outcome::Later,
        };
        metrics::counter!("bottega_pushes_total", "outcome" => name(&outcome)).increment(1);
        Ok(outcome)
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
    let mut waiting: BTreeSet<AccountId> = BTreeSet::new();
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !*ends.borrow() {
        let mut begun = JoinSet::new();
        while let Some(account) = (begun.len() < TOGETHER).then(|| waiting.pop_first()).flatten() {
            let pusher = pusher.clone();
            begun.spawn(async move { pusher.tell(&account).await });
        }
        while let Some(told) = begun.join_next().await {
            match told {
                Ok(Ok(_)) => {}
                Ok(Err(problem)) => tracing::warn!(code = problem.code, "a browser could not be told"),
                Err(error) => tracing::error!(%error, "telling a browser broke"),
            }
        }
        if waiting.is_empty() {
            tokio::select! {
                () = happened.wake.heard() => tokio::time::sleep(GATHER).await,
                _ = look.tick() => match pusher.behind().await {
                    Ok(behind) => waiting.extend(behind),
                    Err(error) => tracing::warn!(%error, "it cannot be looked which browsers are behind"),
                },
                _ = ends.changed() => {}
            }
        }
        waiting.extend(happened.take());
    }
}
