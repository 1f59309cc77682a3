//! What a browser was asked to do with a passkey, until it has done it: kept by the store, so that any server can
//! finish what another one began.

use super::token::Token;
use super::{Accounts, SeatId};
use api::app::kinds;
use api::problem::Problem;
use api::store::StoreError;
use api::wire::Account;
use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyAuthentication, PasskeyRegistration};

/// How long a browser has: time to find a key, and to fill in a field meanwhile.
const LIFE: Span = Span::minutes(10);

/// What is being done, with what the answer is compared with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Ceremony {
    /// An account is made, with its first passkey.
    SignUp { account: Box<Account>, user: Uuid, state: Box<PasskeyRegistration> },
    /// Somebody signs in, whoever it is.
    SignIn { state: Box<DiscoverableAuthentication> },
    /// Somebody gets another passkey.
    Add { seat: SeatId, user: Uuid, state: Box<PasskeyRegistration> },
    /// Somebody who is invited joins a business, with their first passkey; an account has no such seat yet.
    Join { seat: SeatId, invitation: String, user: Uuid, state: Box<PasskeyRegistration> },
    /// Who is signed in proves it once more.
    StepUp { seat: SeatId, state: Box<PasskeyAuthentication> },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Begun {
    /// The SHA-256 of the name that the browser brings.
    id: String,
    until: Timestamp,
    ceremony: Ceremony,
}

impl Accounts {
    /// Keeps a ceremony, and names it.
    pub(super) async fn begin(&self, ceremony: Ceremony) -> Result<String, StoreError> {
        let token = Token::draw();
        let (id, now) = (token.session().0, self.now());
        let begun = Begun { id: id.clone(), until: now.plus(LIFE), ceremony };
        let with = |known: Option<Vec<Begun>>| -> Vec<Begun> {
            // Whoever begins one clears away those that nobody ended: what is kept is what ten minutes can bring.
            let open = known.into_iter().flatten().filter(|begun| begun.until > now);
            open.chain([begun.clone()]).collect()
        };
        self.app.change(kinds::CEREMONIES, drawer(&id), with).await?;
        Ok(token.text())
    }

    /// Takes a ceremony out: it is good once.
    pub(super) async fn take(&self, name: &str) -> Result<Ceremony, Problem> {
        let Some(token) = Token::parse(name) else { return Err(over()) };
        let (id, now) = (token.session().0, self.now());
        let taken = Mutex::new(None);
        let without = |known: Option<Vec<Begun>>| -> Vec<Begun> {
            let (found, others) = known.into_iter().flatten().partition(|begun: &Begun| begun.id == id);
            // Of two at once, one reads again and finds nothing.
            *taken.lock().unwrap_or_else(PoisonError::into_inner) = Vec::into_iter(found).next();
            others
        };
        self.app.change(kinds::CEREMONIES, drawer(&id), without).await?;
        let begun = taken.into_inner().unwrap_or_else(PoisonError::into_inner);
        begun.filter(|begun| begun.until > now).map(|begun| begun.ceremony).ok_or_else(over)
    }
}

/// The document a ceremony is in: one of 256, so that they neither wait for each other nor become many.
fn drawer(id: &str) -> &str {
    &id[..2]
}

/// It took too long, was done before, or never began.
pub(super) fn over() -> Problem {
    Problem::new(410, "ceremony_over", "This took too long. Begin again.")
}
