//! Keys with which a program acts for one business. Only the SHA-256 of a key is kept; whoever has lost it makes
//! another.

mod let_in;
mod routes;
mod secret;

pub use let_in::{Known, identify};
pub use routes::router;
pub use secret::Secret;

use crate::accounts::SeatId;
use crate::webhooks;
use api::app::{App, kinds};
use api::problem::Problem;
use api::store::StoreError;
use api::wire::{ApiKey, NewKey};
use domain::ids::AccountId;
use domain::text::Text;
use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// What a key starts with.
const PREFIX: &str = "bk_";
/// Most keys of one business.
const MOST: usize = 20;
/// How exactly it is known when a key was last used: a write for every call would cost more than it tells.
const NOTED: Span = Span::hours(1);

/// A key as it is kept, under the SHA-256 of its secret; a revoked one is kept as nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Key {
    account: AccountId,
    name: Text<80>,
    hint: String,
    created_at: Timestamp,
    last_used_at: Option<Timestamp>,
    /// Whose it is: with them it ends. Of those that do not say it, the first of the account.
    #[serde(default)]
    by: Option<SeatId>,
}

impl Key {
    fn is_to_be_noted(&self, now: Timestamp) -> bool {
        self.last_used_at.is_none_or(|last| now >= last.plus(NOTED))
    }

    fn told(self, id: &str) -> ApiKey {
        let Self { account: _, name, hint, created_at, last_used_at, by: _ } = self;
        ApiKey { id: id.to_owned(), name, hint, created_at, last_used_at }
    }
}

/// The keys of all businesses.
pub struct Keys<'a> {
    app: &'a App,
}

impl<'a> Keys<'a> {
    /// Those in the API's own store.
    pub fn of(app: &'a App) -> Self {
        Self { app }
    }

    /// Keys live by the machine's clock, as sessions do.
    fn now(&self) -> Timestamp {
        Timestamp::from_millis((self.app.machine)())
    }

    /// Makes a key; only its answer has the secret.
    ///
    /// # Errors
    /// `too_many_keys`, or when the store fails.
    async fn make(&self, by: &SeatId, name: Text<80>) -> Result<NewKey, Problem> {
        let account = by.account();
        let secret = Secret::draw(PREFIX);
        let (id, hint) = (secret.hash(), secret.hint());
        let (created_at, by) = (self.now(), Some(by.clone()));
        let key = Key { account: account.clone(), name, hint, created_at, last_used_at: None, by };
        // The key first: one that is not listed is known to nobody, and takes no other's place.
        self.app.change(kinds::KEY, &id, |_: Option<Option<Key>>| Some(key.clone())).await?;
        let add = |known: Option<Vec<String>>| {
            let known = known.unwrap_or_default();
            if known.len() < MOST { known.into_iter().chain([id.clone()]).collect() } else { known }
        };
        let all: Vec<String> = self.app.change(kinds::KEYS, account.as_str(), add).await?;
        if !all.contains(&id) {
            self.app.change(kinds::KEY, &id, |_: Option<Option<Key>>| None).await?;
            let detail = format!("A business has at most {MOST} keys. Revoke one first.");
            return Err(Problem::new(409, "too_many_keys", detail));
        }
        Ok(NewKey { key: key.told(&id), secret: secret.text() })
    }

    /// The keys of a business, the oldest first.
    async fn all(&self, account: &AccountId) -> Result<Vec<ApiKey>, StoreError> {
        let mut told = Vec::new();
        for id in self.listed(account).await? {
            told.extend(self.key(&id).await?.map(|key| key.told(&id)));
        }
        Ok(told)
    }

    /// Ends the keys of somebody who acts for a business no more, and what was registered with them; their ids.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn end_those_of(&self, seat: &SeatId) -> Result<Vec<String>, StoreError> {
        let (account, mut ended) = (seat.account(), Vec::new());
        for id in self.listed(account).await? {
            let by = self.key(&id).await?.map(|key| key.by.unwrap_or_else(|| SeatId::first(account)));
            if by.as_ref() == Some(seat) {
                self.end(account, &id).await?;
                ended.push(id);
            }
        }
        let makers: Vec<String> = ended.iter().cloned().chain([seat.as_str().to_owned()]).collect();
        webhooks::end_those_of(self.app, account, &makers).await?;
        Ok(ended)
    }

    /// Ends one of a business's own keys, and what was registered with it; what it was for.
    ///
    /// # Errors
    /// 404 when it has no such key, or when the store fails.
    async fn revoke(&self, account: &AccountId, id: &str) -> Result<Option<Text<80>>, Problem> {
        if !self.listed(account).await?.iter().any(|known| known == id) {
            return Err(Problem::not_found());
        }
        let name = self.key(id).await?.map(|key| key.name);
        self.end(account, id).await?;
        webhooks::end_those_of(self.app, account, &[id.to_owned()]).await?;
        Ok(name)
    }

    async fn end(&self, account: &AccountId, id: &str) -> Result<(), StoreError> {
        self.app.change(kinds::KEY, id, |_: Option<Option<Key>>| None).await?;
        let without = |known: Option<Vec<String>>| known.into_iter().flatten().filter(|known| known != id).collect();
        let _left: Vec<String> = self.app.change(kinds::KEYS, account.as_str(), without).await?;
        Ok(())
    }

    /// Whose key it is, and which; that it was used is noted, to the hour.
    async fn find(&self, secret: &Secret) -> Result<Option<(AccountId, String)>, StoreError> {
        let (id, now) = (secret.hash(), self.now());
        let Some(key) = self.key(&id).await? else { return Ok(None) };
        if key.is_to_be_noted(now) {
            let note = |known: Option<Option<Key>>| {
                known.flatten().map(|key| Key { last_used_at: key.last_used_at.max(Some(now)), ..key })
            };
            // One that was revoked in this moment stays revoked.
            if self.app.change(kinds::KEY, &id, note).await?.is_none() {
                return Ok(None);
            }
        }
        Ok(Some((key.account, id)))
    }

    /// Whether a key was one and is not any more.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn was_revoked(&self, id: &str) -> Result<bool, StoreError> {
        Ok(self.app.document::<Option<Key>>(kinds::KEY, id).await?.is_some_and(|key| key.is_none()))
    }

    async fn listed(&self, account: &AccountId) -> Result<Vec<String>, StoreError> {
        Ok(self.app.document(kinds::KEYS, account.as_str()).await?.unwrap_or_default())
    }

    async fn key(&self, id: &str) -> Result<Option<Key>, StoreError> {
        Ok(self.app.document::<Option<Key>>(kinds::KEY, id).await?.flatten())
    }
}

/// Refuses whoever sells nothing: keys and webhooks are for businesses.
///
/// # Errors
/// `only_businesses`, or when the store fails.
pub async fn only_businesses(app: &App, account: &AccountId) -> Result<(), Problem> {
    let known = app.account(account).await?;
    if known.is_some_and(|account| account.business.is_some()) {
        return Ok(());
    }
    Err(Problem::new(403, "only_businesses", "Only a business can do this."))
}
