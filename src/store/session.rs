//! Who one is, the way to the API, and everything that is known. One for a page; a copy is a handle.

use super::outbox::Outbox;
use super::{Inbox, Pending, ThreadCell};
use crate::transport::AnyTransport;
use crate::ui::{Toast, ToastAction};
use api::client::{ApiError, Client, IdempotencyKey};
use api::wire::{Account, Catalogue, Committed, Cursor, SignInDemo, Wallet};
use domain::ids::{AccountId, ThreadId};
use domain::text::Text;
use domain::time::Timestamp;
use leptos::prelude::*;
use std::collections::{HashMap, HashSet};

/// The page's one session.
#[derive(Clone, Copy)]
pub struct Session {
    pub(super) inner: StoredValue<Inner, LocalStorage>,
    /// Now, by the API's clock; moves once a second.
    pub now: ReadSignal<Timestamp>,
    pub(super) set_now: WriteSignal<Timestamp>,
    /// Whether the last call found somebody.
    pub online: ReadSignal<bool>,
    pub(super) set_online: WriteSignal<bool>,
    /// Whether the page is in front of the reader.
    pub looked_at: ReadSignal<bool>,
    pub(super) set_looked_at: WriteSignal<bool>,
    /// The list of threads.
    pub inbox: Inbox,
    /// One's wallet, once it was loaded.
    pub wallet: RwSignal<Option<Wallet>>,
    /// Short news.
    pub toasts: RwSignal<Vec<Toast>>,
    /// What was said and is not sent yet.
    pub pending: ReadSignal<Vec<Pending>>,
    pub(super) set_pending: WriteSignal<Vec<Pending>>,
}

pub(super) struct Inner {
    pub client: Client<AnyTransport>,
    pub me: Account,
    /// Whether the API has a clock that can be set.
    pub is_demo: bool,
    pub threads: HashMap<ThreadId, ThreadCell>,
    pub catalogues: HashMap<AccountId, RwSignal<Option<Catalogue>>>,
    pub cursor: Cursor,
    pub catching_up: bool,
    pub behind: bool,
    pub last_toast: u64,
    /// What was said and is not sent, as far as only this tab knows it.
    pub outbox: Outbox,
    /// Threads that something happened in while they were not known.
    pub missed: HashSet<ThreadId>,
}

/// The session of this page.
pub fn use_session() -> Session {
    expect_context()
}

/// A key that no call has used before.
pub fn new_key() -> IdempotencyKey {
    let crypto = window().crypto().expect("every browser that runs wasm draws random numbers");
    IdempotencyKey(crypto.random_uuid())
}

impl Session {
    /// Opens the way to the API and loads who one is.
    ///
    /// # Errors
    /// When nobody answers, or what is stored cannot be used.
    pub async fn open(handle: &str) -> Result<Self, ApiError> {
        let client = Client::new(AnyTransport::open(handle).await?);
        let me = super::seen::me(client.me().await).await?;
        client.transport().belong_to(&me.id);
        // Somebody else is, as it turned out: there is nothing to say.
        let _no_more = crate::url::was_signed_out();
        crate::url::become_handle(me.handle.as_str());
        let session = super::for_good(|| Self::of(client, me));
        session.follow_the_clock().await;
        session.load_inbox().await?;
        session.listen();
        session.restore_pending();
        Ok(session)
    }

    fn of(client: Client<AnyTransport>, me: Account) -> Self {
        let (now, set_now) = signal(Timestamp::from_millis(0));
        let (online, set_online) = signal(true);
        let (pending, set_pending) = signal(Vec::new());
        let (looked_at, set_looked_at) = signal(!document().hidden());
        let inner = Inner {
            client,
            me,
            is_demo: false,
            threads: HashMap::new(),
            catalogues: HashMap::new(),
            cursor: 0,
            catching_up: false,
            behind: false,
            last_toast: 0,
            outbox: Outbox::default(),
            missed: HashSet::new(),
        };
        Self {
            inner: StoredValue::new_local(inner),
            now,
            set_now,
            online,
            set_online,
            looked_at,
            set_looked_at,
            inbox: Inbox::new(),
            wallet: RwSignal::new(None),
            toasts: RwSignal::new(Vec::new()),
            pending,
            set_pending,
        }
    }

    /// The way to the API.
    pub fn client(&self) -> Client<AnyTransport> {
        self.inner.with_value(|inner| inner.client.clone())
    }

    /// Who one is.
    pub fn me(&self) -> Account {
        self.inner.with_value(|inner| inner.me.clone())
    }

    /// Whether one is a business.
    pub fn is_business(&self) -> bool {
        self.inner.with_value(|inner| inner.me.business.is_some())
    }

    /// Whether one can be anybody here, on a clock that can be set.
    pub fn is_demo(&self) -> bool {
        self.inner.with_value(|inner| inner.is_demo)
    }

    /// Is somebody else of the demo from now on, in this window or, where a server knows who one is, in this browser.
    ///
    /// # Errors
    /// What the API refused, or that nobody answered.
    pub async fn switch_to(&self, handle: &Text<30>) -> Result<(), ApiError> {
        if !crate::transport::is_kept_here() {
            self.client().sign_in_demo(&new_key(), &SignInDemo { handle: handle.clone() }).await?;
            self.client().transport().signed_out();
        }
        crate::url::become_handle(handle.as_str());
        crate::url::go_home();
        Ok(())
    }

    /// Ends the session of this browser. What was written and not sent is forgotten: the next one here is somebody else.
    ///
    /// # Errors
    /// What the API refused, or that nobody answered.
    pub async fn sign_out(&self) -> Result<(), ApiError> {
        self.client().sign_out(&new_key()).await?;
        crate::push::leave();
        super::written::forget_written_by(&self.me().id).await;
        self.client().transport().signed_out();
        crate::url::go_home();
        Ok(())
    }

    /// Now, without following it.
    pub fn now_untracked(&self) -> Timestamp {
        self.now.get_untracked()
    }

    /// Calls the API and folds in what came of it. Every write of the app goes through here.
    ///
    /// # Errors
    /// What the API refused, or that nobody answered.
    pub async fn commit(&self, call: impl Future<Output = Result<Committed, ApiError>>) -> Result<(), ApiError> {
        let committed = self.noticing(call.await)?;
        if !committed.events.iter().all(|envelope| self.apply(envelope)) {
            self.catch_up();
        }
        Ok(())
    }

    /// Notes whether somebody answered.
    pub(super) fn noticing<T>(&self, answer: Result<T, ApiError>) -> Result<T, ApiError> {
        let heard = !matches!(answer, Err(ApiError::Network(_)));
        if self.online.get_untracked() != heard {
            self.set_online.set(heard);
        }
        answer
    }

    /// Tells short news at the edge of the page.
    pub fn toast(&self, text: impl Into<String>) {
        self.tell(text.into(), None);
    }

    /// The same, with something to do about it.
    pub fn toast_with(&self, text: impl Into<String>, action: ToastAction) {
        self.tell(text.into(), Some(action));
    }

    fn tell(&self, text: String, action: Option<ToastAction>) {
        let mut key = 0;
        self.inner.update_value(|inner| {
            inner.last_toast += 1;
            key = inner.last_toast;
        });
        // The same once more takes the place of what was said before.
        self.toasts.update(|toasts| {
            toasts.retain(|toast| toast.text != text);
            toasts.push(Toast { key, text, action });
        });
    }

    /// Loads the wallet, or loads it anew.
    ///
    /// # Errors
    /// That nobody answered.
    pub async fn load_wallet(&self) -> Result<(), ApiError> {
        let wallet = Some(self.noticing(self.client().wallet().await)?);
        // Most often nothing has changed, and nothing is drawn anew.
        if self.wallet.with_untracked(|known| *known != wallet) {
            self.wallet.set(wallet);
        }
        Ok(())
    }

    /// Uses the wallet that a change of it brought.
    ///
    /// # Errors
    /// What the API refused, or that nobody answered.
    pub async fn change_wallet(&self, call: impl Future<Output = Result<Wallet, ApiError>>) -> Result<(), ApiError> {
        let wallet = self.noticing(call.await)?;
        self.wallet.set(Some(wallet));
        Ok(())
    }

    /// What a business sells; loaded when it is first asked for.
    pub fn catalogue(&self, account: &AccountId) -> RwSignal<Option<Catalogue>> {
        let known = self.inner.with_value(|inner| inner.catalogues.get(account).copied());
        known.unwrap_or_else(|| {
            // Kept for as long as the page, not for as long as whoever asked first.
            let signal = super::for_good(|| RwSignal::new(None));
            self.inner.update_value(|inner| {
                inner.catalogues.insert(account.clone(), signal);
            });
            let (session, account) = (*self, account.clone());
            leptos::task::spawn_local(async move {
                if let Ok(catalogue) = session.noticing(session.client().catalogue(&account).await) {
                    signal.set(Some(catalogue));
                }
            });
            signal
        })
    }
}
