//! Web Push: browsers are told of messages and of steps of an order while nobody looks (RFC 8030, 8291, 8292).
//!
//! What is told is a hint, as everything live is: the conversation is where it is kept. It is told as it stands when it
//! is told, and not at all to who has read it, has silenced the thread, or is not signed in any more.

mod deliver;
mod happened;
mod kept;
mod news;
mod notice;
mod routes;
mod seal;

pub use deliver::{Pusher, Pushing};
pub use happened::Happened;
pub use routes::router;

use crate::accounts::SessionId;
use api::app::{App, kinds};
use api::problem::Problem;
use api::store::StoreError;
use api::wire::PushTo;
use domain::ids::AccountId;
use domain::time::Timestamp;
use kept::Kept;
use seal::{Keys, Recipient};
use sha2::{Digest, Sha256};

/// Most browsers of one account, which may be a business of twenty people; the oldest makes room.
const MOST: usize = 200;
/// The one that a server has.
const OURS: &str = "vapid";

/// The browsers of all accounts that are told.
struct Pushes<'a> {
    app: &'a App,
}

impl<'a> Pushes<'a> {
    fn of(app: &'a App) -> Self {
        Self { app }
    }

    /// They live by the machine's clock, which no demo sets.
    fn now(&self) -> Timestamp {
        Timestamp::from_millis((self.app.machine)())
    }

    /// What this server, and every other on its database, shows push services that it is itself.
    async fn keys(&self) -> Result<Keys, StoreError> {
        let drawn = Keys::draw();
        let first = |known: Option<String>| known.unwrap_or_else(|| drawn.secret());
        let kept: String = match self.app.document(kinds::PUSH_KEY, OURS).await? {
            Some(kept) => kept,
            None => self.app.change(kinds::PUSH_KEY, OURS, first).await?,
        };
        Keys::read(&kept).ok_or_else(|| StoreError::Corrupt(format!("{}/{OURS} is no key", kinds::PUSH_KEY)))
    }

    /// Tells a browser from now on; one that was told somebody else's is told this one's.
    ///
    /// # Errors
    /// `bad_subscription` when it has no keys to seal with, or when the store fails.
    async fn add(&self, account: &AccountId, session: &SessionId, to: PushTo) -> Result<(), Problem> {
        if Recipient::read(&to.p256dh, &to.auth).is_none() {
            return Err(Problem::new(422, "bad_subscription", "These are no keys of a browser.").at("p256dh"));
        }
        let id = name_of(&to.endpoint);
        let cursor = self.app.store.cursor(account).await?;
        if let Some(before) = self.kept(&id).await?.filter(|before| before.account != *account) {
            self.forget(&before.account, &id).await?;
        }
        // One that is told already goes on from where it is.
        let put = |known: Option<Option<Kept>>| {
            let known = known.flatten().filter(|known| known.account == *account);
            Some(match known {
                Some(known) => known.again(session.0.clone(), to.clone()),
                None => Kept::new(account.clone(), session.0.clone(), to.clone(), cursor),
            })
        };
        self.app.change(kinds::PUSH, &id, put).await?;
        let add = |known: Option<Vec<String>>| {
            let mut all: Vec<String> = known.into_iter().flatten().filter(|known| *known != id).collect();
            all.push(id.clone());
            all
        };
        let all: Vec<String> = self.app.change(kinds::PUSHES, account.as_str(), add).await?;
        for old in all.iter().take(all.len().saturating_sub(MOST)) {
            self.remove(account, old).await?;
        }
        Ok(())
    }

    /// Tells one nothing any more, when it is the account's.
    async fn remove(&self, account: &AccountId, id: &str) -> Result<(), StoreError> {
        self.remove_if(account, id, |kept| kept.account == *account).await
    }

    /// Tells one nothing any more, when it is still as `is_it` says: it may have been registered anew.
    async fn remove_if(&self, account: &AccountId, id: &str, is_it: impl Fn(&Kept) -> bool) -> Result<(), StoreError> {
        let gone = |known: Option<Option<Kept>>| known.flatten().filter(|kept| !is_it(kept));
        let left: Option<Kept> = self.app.change(kinds::PUSH, id, gone).await?;
        match left {
            Some(left) if left.account == *account => Ok(()),
            Some(_) | None => self.forget(account, id).await,
        }
    }

    async fn forget(&self, account: &AccountId, id: &str) -> Result<(), StoreError> {
        let without = |known: Option<Vec<String>>| known.into_iter().flatten().filter(|known| known != id).collect();
        let _left: Vec<String> = self.app.change(kinds::PUSHES, account.as_str(), without).await?;
        Ok(())
    }

    async fn listed(&self, account: &AccountId) -> Result<Vec<String>, StoreError> {
        Ok(self.app.document(kinds::PUSHES, account.as_str()).await?.unwrap_or_default())
    }

    /// One; what is not told any more is kept as nothing.
    async fn kept(&self, id: &str) -> Result<Option<Kept>, StoreError> {
        Ok(self.app.document::<Option<Kept>>(kinds::PUSH, id).await?.flatten())
    }
}

/// What a browser is known by.
fn name_of(endpoint: &str) -> String {
    domain::text::hex(&Sha256::digest(endpoint))
}
