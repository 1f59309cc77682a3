//! The passkeys of those who act for accounts: made, used, named and taken away.

use super::ceremony::{Ceremony, over};
use super::{Accounts, SeatId};
use api::app::kinds;
use api::problem::Problem;
use api::store::{AppendError, StoreError};
use api::wire::{Account, Device, KnownPasskey, PasskeyName, SeatName};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use webauthn_rs::prelude::{AuthenticationResult, Passkey, PublicKeyCredential, RegisterPublicKeyCredential, Webauthn};

/// Most passkeys of one person.
const MOST: usize = 20;

/// The passkeys of one person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Keys {
    /// Who they are to authenticators: neither a handle nor an id of ours.
    pub user: Uuid,
    /// The oldest first.
    pub keys: Vec<Key>,
}

/// One of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Key {
    id: String,
    name: Option<PasskeyName>,
    device: Device,
    created_at: Timestamp,
    last_used_at: Timestamp,
    passkey: Passkey,
}

impl Key {
    fn made(passkey: Passkey, device: Device, now: Timestamp) -> Self {
        let id = URL_SAFE_NO_PAD.encode(passkey.cred_id());
        Self { id, name: None, device, created_at: now, last_used_at: now, passkey }
    }

    fn told(self) -> KnownPasskey {
        let Self { id, name, device, created_at, last_used_at, passkey: _ } = self;
        KnownPasskey { id, name, device, created_at, last_used_at }
    }
}

impl Keys {
    fn nobodys() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the system gives random numbers");
        Self { user: uuid::Builder::from_random_bytes(bytes).into_uuid(), keys: Vec::new() }
    }

    fn passkeys(&self) -> Vec<Passkey> {
        self.keys.iter().map(|key| key.passkey.clone()).collect()
    }
}

impl Accounts {
    pub(super) async fn keys(&self, seat: &SeatId) -> Result<Option<Keys>, StoreError> {
        self.app.document(kinds::PASSKEYS, seat.as_str()).await
    }

    /// The passkeys as their owner sees them.
    pub(super) async fn known_passkeys(&self, seat: &SeatId) -> Result<Vec<KnownPasskey>, StoreError> {
        Ok(self.keys(seat).await?.into_iter().flat_map(|keys| keys.keys).map(Key::told).collect())
    }

    /// Asks a browser to make the first passkey of an account that is not made yet.
    pub(super) async fn ask_first(&self, account: Account) -> Result<(String, Value), Problem> {
        let (user, options, state) = self.ask_new(&account, None)?;
        Ok((self.begin(Ceremony::SignUp { account: Box::new(account), user, state }).await?, options))
    }

    /// Asks a browser to make the first passkey of somebody of an account.
    pub(super) fn ask_new(&self, account: &Account, who: Option<&SeatName>) -> Result<Asked, Problem> {
        let Keys { user, .. } = Keys::nobodys();
        let (options, state) = registration(self.relying_party()?, user, account, who, &[])?;
        Ok((user, options, state))
    }

    /// Asks a browser to make another passkey of somebody of an account.
    pub(super) async fn ask_another(&self, seat: &SeatId, account: &Account) -> Result<(String, Value), Problem> {
        let known = self.keys(seat).await?.unwrap_or_else(Keys::nobodys);
        if known.keys.len() >= MOST {
            return Err(Problem::new(409, "too_many_passkeys", "Remove a passkey first."));
        }
        let who = self.name_of(seat, account).await?;
        let who = Some(&who).filter(|_| *seat != SeatId::first(&account.id));
        let (options, state) = registration(self.relying_party()?, known.user, account, who, &known.keys)?;
        Ok((self.begin(Ceremony::Add { seat: seat.clone(), user: known.user, state }).await?, options))
    }

    /// Asks a browser for a passkey, whosever it is.
    pub(super) async fn ask_anybodys(&self) -> Result<(String, Value), Problem> {
        let (options, state) = self.relying_party()?.start_discoverable_authentication().map_err(|_| refused())?;
        Ok((self.begin(Ceremony::SignIn { state: Box::new(state) }).await?, told(&options)?))
    }

    /// Asks a browser for a passkey of somebody.
    pub(super) async fn ask_own(&self, seat: &SeatId) -> Result<(String, Value), Problem> {
        let passkeys = self.keys(seat).await?.map(|keys| keys.passkeys()).filter(|keys| !keys.is_empty());
        let passkeys = passkeys.ok_or_else(|| Problem::new(409, "no_passkey", "This account has no passkey yet."))?;
        let (options, state) = self.relying_party()?.start_passkey_authentication(&passkeys).map_err(|_| refused())?;
        let ceremony = Ceremony::StepUp { seat: seat.clone(), state: Box::new(state) };
        Ok((self.begin(ceremony).await?, told(&options)?))
    }

    /// Checks what a browser made, and keeps it as the passkey of one person alone.
    pub(super) async fn keep(
        &self,
        seat: &SeatId,
        user: Uuid,
        state: &webauthn_rs::prelude::PasskeyRegistration,
        credential: Value,
        device: Device,
    ) -> Result<(), Problem> {
        let credential: RegisterPublicKeyCredential = read(credential)?;
        let passkey = self.relying_party()?.finish_passkey_registration(&credential, state).map_err(|_| refused())?;
        let whose = Some(seat.as_str());
        let text = serde_json::to_string(&whose).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let name = digest(passkey.cred_id());
        match self.app.store.put_document(kinds::CREDENTIAL, &name, None, text, None).await {
            Ok(()) => {}
            Err(AppendError::Conflict) => {
                return Err(Problem::new(409, "passkey_taken", "This passkey is in use already."));
            }
            Err(AppendError::Store(error)) => return Err(error.into()),
        }
        let key = Key::made(passkey, device, self.now());
        let with = |known: Option<Keys>| {
            let mut keys = known.unwrap_or(Keys { user, keys: Vec::new() });
            keys.keys.push(key.clone());
            keys
        };
        self.app.change(kinds::PASSKEYS, seat.as_str(), with).await?;
        Ok(())
    }

    /// Whose passkey a browser has shown.
    pub(super) async fn recognise(&self, name: &str, credential: Value) -> Result<SeatId, Problem> {
        let Ceremony::SignIn { state } = self.take(name).await? else { return Err(over()) };
        let credential: PublicKeyCredential = read(credential)?;
        let party = self.relying_party()?;
        let (user, id) = party.identify_discoverable_authentication(&credential).map_err(|_| refused())?;
        let whose: Option<Option<SeatId>> = self.app.document(kinds::CREDENTIAL, &digest(id)).await?;
        let seat = whose.flatten().ok_or_else(unknown)?;
        // The authenticator says whose it is too.
        let keys = self.keys(&seat).await?.filter(|keys| keys.user == user).ok_or_else(unknown)?;
        let passkey = keys.passkeys().into_iter().find(|passkey| passkey.cred_id().as_slice() == id);
        let passkey = passkey.ok_or_else(unknown)?;
        let result = party.finish_discoverable_authentication_v2(&credential, *state, &passkey);
        self.note_use(&seat, &result.map_err(|_| refused())?).await?;
        if self.is_seated(&seat).await? { Ok(seat) } else { Err(unknown()) }
    }

    /// Whether a browser has shown a passkey of this person.
    pub(super) async fn prove(&self, seat: &SeatId, name: &str, credential: Value) -> Result<(), Problem> {
        let Ceremony::StepUp { seat: asked, state } = self.take(name).await? else { return Err(over()) };
        if asked != *seat {
            return Err(over());
        }
        let credential: PublicKeyCredential = read(credential)?;
        let result = self.relying_party()?.finish_passkey_authentication(&credential, &state);
        self.note_use(seat, &result.map_err(|_| refused())?).await
    }

    /// What an authenticator counts is kept: one that was copied counts from somewhere else.
    async fn note_use(&self, seat: &SeatId, result: &AuthenticationResult) -> Result<(), Problem> {
        let now = self.now();
        let used = |known: Option<Keys>| {
            let mut keys = known.unwrap_or_else(Keys::nobodys);
            for key in &mut keys.keys {
                if key.passkey.update_credential(result).is_some() {
                    key.last_used_at = now;
                }
            }
            keys
        };
        self.app.change(kinds::PASSKEYS, seat.as_str(), used).await?;
        Ok(())
    }

    /// Calls a passkey something.
    pub(super) async fn rename(&self, seat: &SeatId, id: &str, name: &PasskeyName) -> Result<(), Problem> {
        self.one(seat, id).await?;
        let named = |known: Option<Keys>| {
            let mut keys = known.unwrap_or_else(Keys::nobodys);
            for key in keys.keys.iter_mut().filter(|key| key.id == id) {
                key.name = Some(name.clone());
            }
            keys
        };
        self.app.change(kinds::PASSKEYS, seat.as_str(), named).await?;
        Ok(())
    }

    /// Takes a passkey away; the last one only where a recovery code is left.
    pub(super) async fn remove(&self, seat: &SeatId, id: &str) -> Result<(), Problem> {
        let gone = self.one(seat, id).await?;
        let may_be_last = self.recovery_codes_left(seat).await? > 0;
        let without = |known: Option<Keys>| {
            let mut keys = known.unwrap_or_else(Keys::nobodys);
            // Decided here: of two that are taken away at once, one is the last.
            if may_be_last || keys.keys.len() > 1 {
                keys.keys.retain(|key| key.id != id);
            }
            keys
        };
        let left = self.app.change(kinds::PASSKEYS, seat.as_str(), without).await?;
        if left.keys.iter().any(|key| key.id == id) {
            return Err(Problem::new(409, "last_passkey", "This is the only way in. Make recovery codes first."));
        }
        let nobodys = |_: Option<Option<SeatId>>| None;
        self.app.change(kinds::CREDENTIAL, &digest(gone.passkey.cred_id()), nobodys).await?;
        Ok(())
    }

    /// Takes all of somebody's passkeys and recovery codes away: they act for the account no more, or never did.
    pub(super) async fn forget_proofs(&self, seat: &SeatId) -> Result<(), StoreError> {
        for key in self.keys(seat).await?.into_iter().flat_map(|keys| keys.keys) {
            let nobodys = |_: Option<Option<SeatId>>| None;
            self.app.change(kinds::CREDENTIAL, &digest(key.passkey.cred_id()), nobodys).await?;
        }
        self.app.change(kinds::PASSKEYS, seat.as_str(), |_: Option<Keys>| Keys::nobodys()).await?;
        self.forget_recovery_codes(seat).await
    }

    async fn one(&self, seat: &SeatId, id: &str) -> Result<Key, Problem> {
        let keys = self.keys(seat).await?;
        keys.into_iter().flat_map(|keys| keys.keys).find(|key| key.id == id).ok_or_else(Problem::not_found)
    }
}

/// Who somebody is to authenticators, what their browser is asked, and what its answer is compared with.
type Asked = (Uuid, Value, Box<webauthn_rs::prelude::PasskeyRegistration>);
type Registration = (Value, Box<webauthn_rs::prelude::PasskeyRegistration>);

fn registration(
    party: &Webauthn,
    user: Uuid,
    account: &Account,
    who: Option<&SeatName>,
    known: &[Key],
) -> Result<Registration, Problem> {
    let known = known.iter().map(|key| key.passkey.cred_id().clone()).collect();
    // Somebody may have a passkey of their own and one for a business: the browser shows which is which.
    let (name, shown) = match who {
        Some(who) => (format!("{} ({who})", account.handle), format!("{} ({who})", account.name)),
        None => (account.handle.to_string(), account.name.to_string()),
    };
    let asked = party.start_passkey_registration(user, &name, &shown, Some(known));
    let (options, state) = asked.map_err(|_| refused())?;
    let mut options = told(&options)?;
    // Who signs in does not say who they are: the authenticator has to keep it.
    options["publicKey"]["authenticatorSelection"]["residentKey"] = json!("required");
    options["publicKey"]["authenticatorSelection"]["requireResidentKey"] = json!(true);
    Ok((options, Box::new(state)))
}

fn told(options: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(options).map_err(|error| Problem::new(500, "internal", error.to_string()))
}

fn read<T: serde::de::DeserializeOwned>(credential: Value) -> Result<T, Problem> {
    let unreadable = |error| Problem::new(422, "invalid_body", format!("This cannot be read: {error}."));
    serde_json::from_value(credential).map_err(unreadable).map_err(|problem| problem.at("credential"))
}

fn digest(id: &[u8]) -> String {
    domain::text::hex(&Sha256::digest(id))
}

fn refused() -> Problem {
    Problem::new(403, "passkey_refused", "This passkey did not prove anything.")
}

fn unknown() -> Problem {
    Problem::new(403, "unknown_passkey", "This passkey is of no account here.")
}
