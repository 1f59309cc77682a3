//! A change of the wallet, and what came of it.

use super::passkey::{self, PasskeyError};
use crate::refusal::sentence;
use crate::store::{Session, new_key};
use api::client::{ApiError, WalletAct};
use api::wire::{SaveAddress, SaveMethod, SetPin};
use leptos::prelude::*;

/// One thing to change.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// Propose an address or a method from now on, or remove it.
    Act(String, WalletAct),
    /// Save a way to pay.
    Method(SaveMethod),
    /// Save an address.
    Address(SaveAddress),
    /// Set the PIN.
    Pin(SetPin),
    /// Make a passkey and save it.
    Passkey,
}

/// Why the wallet is as it was.
#[derive(Clone, Debug)]
pub(super) enum ChangeError {
    Passkey(PasskeyError),
    Api(ApiError),
}

impl From<ApiError> for ChangeError {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl ChangeError {
    fn sentence(&self) -> String {
        match self {
            Self::Passkey(error) => error.sentence().to_owned(),
            Self::Api(error) => sentence(error),
        }
    }
}

/// Changes of the wallet, one after the other. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Changes {
    run: Action<Change, Result<(), ChangeError>>,
}

impl Changes {
    /// Changes of this session's wallet; `done` is called after each.
    pub fn new(session: Session, done: Callback<()>) -> Self {
        let run = Action::new_local(move |change: &Change| {
            let change = change.clone();
            async move {
                make(session, change).await?;
                // The page may have been left meanwhile.
                let _told = done.try_run(());
                Ok(())
            }
        });
        Self { run }
    }

    pub fn make(self, change: Change) {
        self.run.dispatch_local(change);
    }

    pub fn pending(self) -> Signal<bool> {
        self.run.pending().into()
    }

    /// What went wrong, read out.
    pub fn problem(self) -> impl IntoView {
        let value = self.run.value();
        move || {
            let problem =
                value.with(|last| last.as_ref().and_then(|last| last.as_ref().err().map(ChangeError::sentence)));
            problem.map(|problem| view! { <p class="error" role="alert">{problem}</p> })
        }
    }
}

async fn make(session: Session, change: Change) -> Result<(), ChangeError> {
    let (client, key) = (session.client(), new_key());
    let changed = match change {
        Change::Act(id, act) => session.change_wallet(client.on_wallet(&key, &id, act)).await,
        Change::Method(body) => session.change_wallet(client.save_method(&key, &body)).await,
        Change::Address(body) => session.change_wallet(client.save_address(&key, &body)).await,
        Change::Pin(body) => session.change_wallet(client.set_pin(&key, &body)).await,
        Change::Passkey => {
            let body = passkey::register(&session.me()).await.map_err(ChangeError::Passkey)?;
            session.change_wallet(client.save_passkey(&key, &body)).await
        }
    };
    Ok(changed?)
}
