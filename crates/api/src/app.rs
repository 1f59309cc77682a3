//! What the routes share: a store, a processor, a clock, a source of ids, and somebody to tell.

use crate::answered::Answered;
use crate::carrier::CarrierFeed;
use crate::clock::{DemoClock, Machine};
use crate::commit::Call;
use crate::pictures::Pictures;
use crate::problem::Problem;
use crate::provider::PaymentProvider;
use crate::store::{AppendError, IdempotencyRecord, Member, Store, StoreError};
use crate::tax::TaxProvider;
use crate::wire::{Account, Cursor, News, Signal};
use domain::ids::{AccountId, CommandId, ThreadId};
use domain::order::OrderNumber;
use domain::thread::Thread;
use domain::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Hears what happens, to tell those who listen.
pub type Listener = Arc<dyn Fn(&News) + Send + Sync>;
/// Whether an origin, as browsers write it, is one that people reach this API at.
pub type OwnOrigin = Arc<dyn Fn(&str) -> bool + Send + Sync>;
/// 128 random bits.
pub type Entropy = Arc<dyn Fn() -> u128 + Send + Sync>;

/// The kinds of documents.
pub mod kinds {
    /// Somebody; or nothing, where one was never to be.
    pub const ACCOUNT: &str = "account";
    /// Whose a handle is.
    pub const HANDLE: &str = "handle";
    pub(crate) const CATALOGUE: &str = "catalogue";
    /// What the requests of a seller start from.
    pub(crate) const SELLING: &str = "selling";
    /// What a business writes often.
    pub(crate) const REPLIES: &str = "replies";
    pub(crate) const WALLET: &str = "wallet";
    /// A photo: where its bytes are, or they themselves.
    pub const PHOTO: &str = "photo";
    /// Something digital that somebody owns.
    pub(crate) const THING: &str = "thing";
    /// Which thing a code is of.
    pub(crate) const CODE: &str = "thing-code";
    /// What an account has owned or was lent, the newest last.
    pub(crate) const THINGS: &str = "things";
    /// What the proofs of this place are signed with.
    pub(crate) const PROOF_KEY: &str = "proof-key";
    pub(crate) const UPLOAD: &str = "upload";
    pub(crate) const COUNTER: &str = "counter";
    pub(crate) const PAIR: &str = "pair";
    pub(crate) const DEMO: &str = "demo";
    pub(crate) const DEAD_LETTER: &str = "dead-letter";
    /// How often the timers of a thread have failed.
    pub(crate) const FAILED_TIMERS: &str = "failed-timers";
    pub(crate) const SIMULATED_PAYMENT: &str = "simulated-payment";
    /// What PayPal calls what belongs to an attempt to pay.
    pub const PAYPAL_PAYMENT: &str = "paypal-payment";
    /// What something of PayPal's belongs to, by PayPal's name for it or the SHA-256 of that.
    pub const PAYPAL_OF: &str = "paypal-of";
    /// What PayPal has kept of an account's methods, sealed.
    pub const PAYPAL_KEPT: &str = "paypal-kept";
    /// The parcels that are followed at EasyPost, by its name for a tracker or by their number: the SHA-256 of that.
    pub const EASYPOST_OF: &str = "easypost-of";
    /// Whom a seller's customers pay at the processor.
    pub const PAYEE: &str = "payee";
    /// What a seller's books and the processor's report say differently.
    pub const DIFFERENCES: &str = "differences";
    /// Until when the processor's report was read, and who reads it now.
    pub const COMPARED: &str = "compared";
    /// The payments that moved on a day, by day and a part of their name.
    pub const PAYPAL_DAY: &str = "paypal-day";
    /// What PayPal has reported of an attempt to pay so far.
    pub const PAYPAL_REPORTED: &str = "paypal-reported";
    /// A session of a server: who is signed in on a device. The id is the SHA-256 of what the device brings.
    pub const SESSION: &str = "session";
    /// The sessions of an account.
    pub const SESSIONS: &str = "sessions";
    /// A key for programs. The id is the SHA-256 of its secret.
    pub const KEY: &str = "key";
    /// The keys of an account.
    pub const KEYS: &str = "keys";
    /// A webhook of a business, with how far it has been told.
    pub const WEBHOOK: &str = "webhook";
    /// The webhooks of an account.
    pub const WEBHOOKS: &str = "webhooks";
    /// What was last delivered to a webhook.
    pub const DELIVERIES: &str = "deliveries";
    /// A browser that is told while nobody looks. The id is the SHA-256 of where.
    pub const PUSH: &str = "push";
    /// The browsers of an account that are told.
    pub const PUSHES: &str = "pushes";
    /// What a server shows push services that it is itself.
    pub const PUSH_KEY: &str = "push-key";
    /// The passkeys of an account.
    pub const PASSKEYS: &str = "passkeys";
    /// Whose a passkey is. The id is the SHA-256 of the credential's.
    pub const CREDENTIAL: &str = "credential";
    /// The recovery codes of an account.
    pub const RECOVERY: &str = "recovery";
    /// Who acts for a business, who is invited to, and what was done about that.
    pub const TEAM: &str = "team";
    /// What browsers were asked to do with passkeys and have not done yet.
    pub const CEREMONIES: &str = "ceremonies";
}

/// The document of the demo's clock.
const CLOCK: &str = "clock";

/// The API's insides. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Who moves money.
    pub provider: Arc<dyn PaymentProvider>,
    /// Who knows what states take on a sale.
    pub tax: Arc<dyn TaxProvider>,
    /// Who tells of parcels; nobody, where they go by hand.
    pub carrier: Option<Arc<dyn CarrierFeed>>,
    /// Where the bytes of photos are.
    pub photos: Arc<dyn Pictures>,
    /// The machine's clock.
    pub machine: Machine,
    /// Where ids come from.
    pub entropy: Entropy,
    /// Who is told.
    pub listener: Listener,
    /// Whose pages passkeys are believed on.
    pub is_own: OwnOrigin,
    /// Whether it is a demo: only there a clock that was set counts, and the routes of the demo exist.
    pub demo: bool,
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let (status, code) = match error {
            StoreError::Full => (507, "storage_full"),
            StoreError::Corrupt(_) => return Self::storage_corrupt(),
            StoreError::Unavailable(_) => (503, "storage_unavailable"),
        };
        Self::new(status, code, error.to_string())
    }
}

impl App {
    /// Now: the demo clock's time where there is one, else the machine's.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn now(&self) -> Result<Timestamp, StoreError> {
        let machine = (self.machine)();
        Ok(self.demo_clock().await?.map_or(Timestamp::from_millis(machine), |clock| clock.now(machine)))
    }

    /// The document that `now_by` needs, where there is one.
    pub(crate) fn clock_document(&self) -> Option<(&'static str, &'static str)> {
        self.demo.then_some((kinds::DEMO, CLOCK))
    }

    /// Now, by that document.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn now_by(&self, document: Option<&str>) -> Result<Timestamp, StoreError> {
        let clock = document.map(|text| crate::store::decode::<DemoClock>(CLOCK, text)).transpose()?;
        let machine = (self.machine)();
        Ok(clock.map_or(Timestamp::from_millis(machine), |clock| clock.now(machine)))
    }

    /// A thread, when there is one and it can be read: for what goes over many of them.
    pub(crate) async fn readable(&self, thread: &ThreadId) -> Result<Option<Thread>, StoreError> {
        match self.store.thread(thread).await {
            Err(StoreError::Corrupt(_)) => Ok(None),
            answer => answer,
        }
    }

    /// The demo's clock; there is none where it is no demo.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn demo_clock(&self) -> Result<Option<DemoClock>, StoreError> {
        if !self.demo {
            return Ok(None);
        }
        self.document(kinds::DEMO, CLOCK).await
    }

    pub(crate) async fn set_demo_clock(&self, clock: DemoClock) -> Result<(), StoreError> {
        self.change(kinds::DEMO, CLOCK, |_: Option<DemoClock>| clock).await?;
        (self.listener)(&News::to_everyone(Signal::Clock));
        Ok(())
    }

    /// Tells accounts how far their streams go now.
    pub(crate) fn tell_of_events(&self, cursors: Vec<(AccountId, Cursor)>) {
        for (account, cursor) in cursors {
            (self.listener)(&News::to(account, Signal::Events { cursor }));
        }
    }

    /// A name for a new command: time first, so that names sort by age.
    pub(crate) fn command_id(&self) -> CommandId {
        let millis = u64::try_from((self.machine)()).unwrap_or(0);
        let random = (self.entropy)() >> 64;
        format!("cmd_{millis:011x}{random:016x}").parse().expect("letters and digits")
    }

    /// A document of a kind.
    ///
    /// # Errors
    /// When the store fails, or what is there cannot be read.
    pub async fn document<T: DeserializeOwned>(&self, kind: &str, id: &str) -> Result<Option<T>, StoreError> {
        crate::store::document(self.store.as_ref(), kind, id).await
    }

    /// Reads a document, changes it and puts it back, again when somebody else was first.
    ///
    /// # Errors
    /// When the store fails, or what is there cannot be read.
    pub async fn change<T, F>(&self, kind: &str, id: &str, change: F) -> Result<T, StoreError>
    where
        T: Serialize + DeserializeOwned,
        F: Fn(Option<T>) -> T,
    {
        crate::store::change(self.store.as_ref(), kind, id, change).await
    }

    /// The same for a call: made before, it changes nothing and is answered with the document as it is now.
    ///
    /// # Errors
    /// `idempotency_key_reused` when the key was used for another call, or when the store fails.
    pub(crate) async fn change_once<T, F>(
        &self,
        call: &Call,
        kind: &str,
        id: &str,
        change: F,
    ) -> Result<Answered<T>, Problem>
    where
        T: Serialize + DeserializeOwned,
        F: Fn(Option<T>) -> T,
    {
        loop {
            if self.made_before(call).await?.is_some()
                && let Some(body) = self.document(kind, id).await?
            {
                return Ok(Answered { body, replayed: true });
            }
            match self.try_change(kind, id, &change, call.record(None)).await {
                Ok(body) => return Ok(Answered { body, replayed: false }),
                Err(AppendError::Conflict) => {}
                Err(AppendError::Store(error)) => return Err(error.into()),
            }
        }
    }

    async fn try_change<T, F>(
        &self,
        kind: &str,
        id: &str,
        change: &F,
        record: Option<IdempotencyRecord>,
    ) -> Result<T, AppendError>
    where
        T: Serialize + DeserializeOwned,
        F: Fn(Option<T>) -> T,
    {
        crate::store::try_change(self.store.as_ref(), kind, id, change, record).await
    }

    /// Changes one side's own view of a thread, again when somebody else was first.
    pub(crate) async fn change_member<F>(&self, id: &ThreadId, account: &AccountId, change: F) -> Result<(), StoreError>
    where
        F: Fn(&Member) -> Member,
    {
        loop {
            let was = self.store.member(id, account).await?;
            let changed = change(&was);
            match self.store.set_member(id, account, was, changed).await {
                Ok(()) => return Ok(()),
                Err(AppendError::Conflict) => {}
                Err(AppendError::Store(error)) => return Err(error),
            }
        }
    }

    /// Somebody.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn account(&self, id: &AccountId) -> Result<Option<Account>, StoreError> {
        // One that was never to be is kept as nothing.
        Ok(self.document::<Option<Account>>(kinds::ACCOUNT, id.as_str()).await?.flatten())
    }

    /// Everybody who can be read, by id.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let documents = self.store.documents(kinds::ACCOUNT).await?;
        Ok(documents.into_iter().filter_map(|(_, text)| serde_json::from_str(&text).ok()).collect())
    }

    /// Somebody, by handle.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn account_by_handle(&self, handle: &str) -> Result<Option<Account>, StoreError> {
        match self.document::<AccountId>(kinds::HANDLE, handle).await? {
            Some(id) => self.account(&id).await,
            None => Ok(None),
        }
    }

    /// The id behind a handle.
    ///
    /// # Errors
    /// When nobody has it, or the store fails.
    pub async fn account_named(&self, handle: &str) -> Result<AccountId, Problem> {
        Ok(self.account_by_handle(handle).await?.ok_or_else(Problem::not_found)?.id)
    }

    /// Keeps an account, and finds it by its handle from now on.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn save_account(&self, account: &Account) -> Result<(), StoreError> {
        self.change(kinds::ACCOUNT, account.id.as_str(), |_: Option<Account>| account.clone()).await?;
        self.change(kinds::HANDLE, account.handle.as_str(), |_: Option<AccountId>| account.id.clone()).await?;
        Ok(())
    }

    /// Keeps a new account, when nobody has its handle; whether it was so.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn found_account(&self, account: &Account) -> Result<bool, StoreError> {
        // The handle first: of two at once one has it, and who has none is found by nobody.
        if !self.claim_handle(account).await? {
            return Ok(false);
        }
        self.change(kinds::ACCOUNT, account.id.as_str(), |_: Option<Option<Account>>| Some(account.clone())).await?;
        // Whoever found the handle without an account, in this very moment, has taken it over.
        let holder: Option<AccountId> = self.document(kinds::HANDLE, account.handle.as_str()).await?;
        let is_ours = holder.is_some_and(|holder| holder == account.id);
        if !is_ours {
            self.change(kinds::ACCOUNT, account.id.as_str(), |_: Option<Option<Account>>| None).await?;
        }
        Ok(is_ours)
    }

    /// Makes a handle an account's, unless somebody has it. A server that ended between a handle and its account has left
    /// it to nobody.
    async fn claim_handle(&self, account: &Account) -> Result<bool, StoreError> {
        let (handle, broken) =
            (account.handle.as_str(), |error: serde_json::Error| StoreError::Corrupt(error.to_string()));
        let ours = serde_json::to_string(&account.id).map_err(broken)?;
        let was = self.store.document(kinds::HANDLE, handle).await?;
        let before: Option<AccountId> = was.as_deref().map(serde_json::from_str).transpose().map_err(broken)?;
        if self.is_there(before.as_ref()).await? {
            return Ok(false);
        }
        match self.store.put_document(kinds::HANDLE, handle, was.clone(), ours.clone(), None).await {
            Ok(()) => {}
            Err(AppendError::Conflict) => return Ok(false),
            Err(AppendError::Store(error)) => return Err(error),
        }
        // Whoever had it before may only have been about to come.
        match was {
            Some(was) if self.is_there(before.as_ref()).await? => {
                match self.store.put_document(kinds::HANDLE, handle, Some(ours), was, None).await {
                    Ok(()) | Err(AppendError::Conflict) => Ok(false),
                    Err(AppendError::Store(error)) => Err(error),
                }
            }
            Some(_) | None => Ok(true),
        }
    }

    async fn is_there(&self, id: Option<&AccountId>) -> Result<bool, StoreError> {
        match id {
            Some(id) => Ok(self.account(id).await?.is_some()),
            None => Ok(false),
        }
    }

    /// The next order number of a business.
    pub(crate) async fn order_number(&self, seller: &AccountId) -> Result<OrderNumber, StoreError> {
        let account = self.account(seller).await?;
        let prefix = account.and_then(|account| account.business).map(|business| business.order_prefix);
        let prefix = prefix.as_ref().map_or("B", |prefix| prefix.as_str());
        let next: u32 = self.change(kinds::COUNTER, seller.as_str(), |last| last.unwrap_or(2030) + 1).await?;
        OrderNumber::try_from(format!("{prefix}-{next}")).map_err(|error| StoreError::Corrupt(error.to_string()))
    }
}
