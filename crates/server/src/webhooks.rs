//! Webhooks: what happens in the threads of a business, told to an address of its own.
//!
//! How far one has been told is kept with it. Whoever tells it holds a lease, so that of several servers one does, and
//! the next goes on where a broken one stopped. Each is told one thing after the other: so those of a thread keep their
//! order, and one that fails holds up nobody else.

mod deliver;
mod guard;
mod kept;
mod routes;
mod sender;
mod turns;

pub use deliver::{Deliverer, Delivering};
pub use guard::Allowed;
pub use routes::router;
pub use sender::{Sender, outgoing, signature};

use crate::keys::Secret;
use api::app::{App, kinds};
use api::problem::Problem;
use api::store::{AppendError, Store, StoreError};
use api::wire::{Cursor, Delivery, NewWebhook, Webhook};
use domain::ids::AccountId;
use domain::time::Timestamp;
use kept::Kept;
use url::Url;

/// What the secret of a webhook starts with.
const PREFIX: &str = "whs_";
/// Most webhooks of one business.
const MOST: usize = 10;

/// A webhook that was given up after three days.
pub struct Paused {
    /// Which.
    pub id: String,
    /// Whose.
    pub account: AccountId,
    /// Where it is told.
    pub url: String,
    /// Since when it is told nothing any more.
    pub since: Timestamp,
    /// What the last try came to.
    pub last: &'static str,
}

/// Those that were given up.
///
/// # Errors
/// When the store fails.
pub async fn paused(store: &dyn Store) -> Result<Vec<Paused>, StoreError> {
    let kept = store.documents(kinds::WEBHOOK).await?.into_iter();
    let read = kept.filter_map(|(id, text)| Some((id, serde_json::from_str::<Option<Kept>>(&text).ok()??)));
    Ok(read
        .filter_map(|(id, kept)| {
            let (since, last) = kept.given_up()?;
            Some(Paused { id, account: kept.account, url: kept.url, since, last: deliver::name(last) })
        })
        .collect())
}

/// Tells one that was given up again, from where it stopped; whether there is one of that name.
///
/// # Errors
/// When the store fails.
pub async fn resume(store: &dyn Store, id: &str) -> Result<bool, StoreError> {
    loop {
        let Some(was) = store.document(kinds::WEBHOOK, id).await? else { return Ok(false) };
        let kept = serde_json::from_str::<Option<Kept>>(&was).ok().flatten();
        let Some(kept) = kept.filter(|kept| kept.given_up().is_some()) else { return Ok(false) };
        let cursor = kept.cursor;
        let text = api::store::encode(&Some(kept.again(cursor)));
        match store.put_document(kinds::WEBHOOK, id, Some(was), text, None).await {
            Ok(()) => return Ok(true),
            Err(AppendError::Conflict) => {}
            Err(AppendError::Store(error)) => return Err(error),
        }
    }
}

/// The webhooks of all businesses.
struct Webhooks<'a> {
    app: &'a App,
}

impl<'a> Webhooks<'a> {
    fn of(app: &'a App) -> Self {
        Self { app }
    }

    /// They live by the machine's clock, which no demo sets.
    fn now(&self) -> Timestamp {
        Timestamp::from_millis((self.app.machine)())
    }

    /// Tells `url` from now on; only the answer has the secret.
    ///
    /// # Errors
    /// `webhook_exists`, `too_many_webhooks`, or when the store fails.
    async fn make(&self, account: &AccountId, url: Url, by: Option<String>) -> Result<NewWebhook, Problem> {
        for id in self.listed(account).await? {
            if self.kept(&id).await?.is_some_and(|kept| kept.url == url.as_str()) {
                return Err(Problem::new(409, "webhook_exists", "This address is told already.").at("url"));
            }
        }
        let secret = Secret::draw(PREFIX).text();
        let id = format!("whk_{:024x}", (self.app.entropy)() >> 32);
        let cursor = self.app.store.cursor(account).await?;
        let kept = Kept::new(account.clone(), url.into(), secret.clone(), self.now(), cursor).made_by(by);
        let add = |known: Option<Vec<String>>| {
            let known = known.unwrap_or_default();
            if known.len() < MOST { known.into_iter().chain([id.clone()]).collect() } else { known }
        };
        let all: Vec<String> = self.app.change(kinds::WEBHOOKS, account.as_str(), add).await?;
        if !all.contains(&id) {
            let detail = format!("A business has at most {MOST} webhooks. Remove one first.");
            return Err(Problem::new(409, "too_many_webhooks", detail));
        }
        self.app.change(kinds::WEBHOOK, &id, |_: Option<Option<Kept>>| Some(kept.clone())).await?;
        Ok(NewWebhook { webhook: kept.told(&id), secret })
    }

    /// Those of a business, the oldest first.
    async fn all(&self, account: &AccountId) -> Result<Vec<Webhook>, StoreError> {
        let mut told = Vec::new();
        for id in self.listed(account).await? {
            told.extend(self.kept(&id).await?.map(|kept| kept.told(&id)));
        }
        Ok(told)
    }

    /// Tells one nothing any more; where that was.
    ///
    /// # Errors
    /// 404 when the business has no such webhook, or when the store fails.
    async fn remove(&self, account: &AccountId, id: &str) -> Result<Option<String>, Problem> {
        self.own(account, id).await?;
        let url = self.kept(id).await?.map(|kept| kept.url);
        self.end(account, id).await?;
        Ok(url)
    }

    async fn end(&self, account: &AccountId, id: &str) -> Result<(), StoreError> {
        self.app.change(kinds::WEBHOOK, id, |_: Option<Option<Kept>>| None).await?;
        self.app.change(kinds::DELIVERIES, id, |_: Option<Vec<Delivery>>| Vec::new()).await?;
        let without = |known: Option<Vec<String>>| known.into_iter().flatten().filter(|known| known != id).collect();
        let _left: Vec<String> = self.app.change(kinds::WEBHOOKS, account.as_str(), without).await?;
        Ok(())
    }

    /// The last tries to deliver what happened after a cursor, the oldest first.
    ///
    /// # Errors
    /// 404 when the business has no such webhook, or when the store fails.
    async fn deliveries(&self, account: &AccountId, id: &str, after: Cursor) -> Result<Vec<Delivery>, Problem> {
        self.own(account, id).await?;
        let all: Vec<Delivery> = self.app.document(kinds::DELIVERIES, id).await?.unwrap_or_default();
        Ok(all.into_iter().filter(|delivery| delivery.cursor > after).collect())
    }

    /// Tells one again what happened after a cursor.
    ///
    /// # Errors
    /// 404 when the business has no such webhook, 422 when there is no such cursor yet, or when the store fails.
    async fn replay(&self, account: &AccountId, id: &str, after: Cursor) -> Result<Webhook, Problem> {
        self.own(account, id).await?;
        if after > self.app.store.cursor(account).await? {
            return Err(Problem::new(422, "no_such_cursor", "Nothing has happened there yet.").at("after"));
        }
        let again = |known: Option<Option<Kept>>| known.flatten().map(|kept| kept.again(after));
        let kept = self.app.change(kinds::WEBHOOK, id, again).await?;
        kept.map(|kept| kept.told(id)).ok_or_else(Problem::not_found)
    }

    async fn own(&self, account: &AccountId, id: &str) -> Result<(), Problem> {
        let is_own = self.listed(account).await?.iter().any(|known| known == id);
        if is_own { Ok(()) } else { Err(Problem::not_found()) }
    }

    async fn listed(&self, account: &AccountId) -> Result<Vec<String>, StoreError> {
        Ok(self.app.document(kinds::WEBHOOKS, account.as_str()).await?.unwrap_or_default())
    }

    async fn kept(&self, id: &str) -> Result<Option<Kept>, StoreError> {
        Ok(self.app.document::<Option<Kept>>(kinds::WEBHOOK, id).await?.flatten())
    }
}

/// Ends what some have registered: seats or keys, by their ids.
///
/// # Errors
/// When the store fails.
pub async fn end_those_of(app: &App, account: &AccountId, makers: &[String]) -> Result<(), StoreError> {
    let webhooks = Webhooks::of(app);
    for id in webhooks.listed(account).await? {
        if webhooks.kept(&id).await?.is_some_and(|kept| kept.is_of(makers)) {
            webhooks.end(account, &id).await?;
        }
    }
    Ok(())
}
