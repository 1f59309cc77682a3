//! What confirms a payment: a passkey or a PIN, kept apart from what is shown of a wallet.

use crate::app::App;
use crate::confirmation::{Context, Shown};
use crate::passkey::{Assertion, Expected, Proof, check};
use crate::pin::Pin;
use crate::problem::Problem;
use crate::wire::{Confirmation, ConfirmationKind, Pay, SavePasskey, SavedMethod};
use domain::ids::AccountId;
use domain::payment::ConfirmedBy;
use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The document of an account's secrets.
pub(super) const SECRETS: &str = "wallet-secrets";
/// Wrong PINs before the wallet wants something else.
const MAX_WRONG: u32 = 5;
/// From this one on, each wrong PIN has to be waited after.
const FREE_WRONG: u32 = 3;
/// How long.
const WAIT: Span = Span::seconds(30);

/// What confirms payments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Secrets {
    pin: Option<Pin>,
    /// PINs tried since the last right one.
    #[serde(alias = "wrong")]
    tries: u32,
    /// Before that no PIN is looked at.
    #[serde(default)]
    wait_until: Option<Timestamp>,
    /// Tells one try from another.
    #[serde(default)]
    last_try: u128,
    /// The oldest first.
    pub passkeys: Vec<KnownPasskey>,
}

/// A passkey of a wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub(super) struct KnownPasskey {
    /// The credential id, in base64url.
    pub id: String,
    public_key: String,
    /// Whether it was made so that browsers may show a payment by themselves before it signs.
    pub payment: bool,
    /// How often its authenticator had signed, the last time that was looked at.
    count: u32,
    /// The SHA-256 of the last signature that was accepted.
    last: Option<[u8; 32]>,
}

/// As it is kept, also by earlier builds.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Pair(String, String),
    Whole { id: String, public_key: String, payment: bool, count: u32, last: Option<[u8; 32]> },
}

impl From<Kept> for KnownPasskey {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Pair(id, public_key) => Self { id, public_key, payment: false, count: 0, last: None },
            Kept::Whole { id, public_key, payment, count, last } => Self { id, public_key, payment, count, last },
        }
    }
}

impl Secrets {
    /// What the wallet asks for.
    pub fn wanted(&self) -> ConfirmationKind {
        match (self.passkeys.is_empty(), &self.pin) {
            (false, _) => ConfirmationKind::Passkey,
            (true, Some(_)) => ConfirmationKind::Pin,
            (true, None) => ConfirmationKind::Tap,
        }
    }

    /// With another PIN, which was not tried yet.
    pub fn with_pin(self, pin: Pin) -> Self {
        Self { pin: Some(pin), tries: 0, wait_until: None, ..self }
    }

    /// With a passkey, in the place of itself.
    pub fn with_passkey(mut self, passkey: KnownPasskey) -> Self {
        self.passkeys.retain(|known| known.id != passkey.id);
        self.passkeys.push(passkey);
        self
    }
}

impl From<&SavePasskey> for KnownPasskey {
    fn from(SavePasskey { id, public_key, payment }: &SavePasskey) -> Self {
        Self { id: id.clone(), public_key: public_key.clone(), payment: *payment, count: 0, last: None }
    }
}

impl KnownPasskey {
    /// After a signature that holds; as it was when that is one of a copy, which the counter gives away (WebAuthn
    /// §6.1.1). The same signature once more is the same call once more: its challenge is good for one try.
    fn used(self, count: u32, signature: [u8; 32]) -> Self {
        let counts = count > 0 || self.count > 0;
        if counts && count <= self.count { self } else { Self { count, last: Some(signature), ..self } }
    }
}

impl App {
    /// What a payment is confirmed with; `wanted` is what the wallet asks for.
    pub(super) async fn confirmed(
        &self,
        account: &AccountId,
        wanted: ConfirmationKind,
        context: Context<'_>,
        body: &Pay,
        method: &SavedMethod,
    ) -> Result<ConfirmedBy, Problem> {
        match (wanted, &body.confirmation) {
            (ConfirmationKind::Tap, _) => Ok(ConfirmedBy::Tap),
            (ConfirmationKind::Pin | ConfirmationKind::Passkey, Some(Confirmation::Pin { pin })) => {
                self.right_pin(account, pin).await.map(|()| ConfirmedBy::Pin)
            }
            (
                ConfirmationKind::Pin | ConfirmationKind::Passkey,
                Some(Confirmation::Passkey { id, authenticator_data, client_data, signature }),
            ) => {
                let assertion = Assertion { authenticator_data, client_data, signature };
                self.signed(account, context, method, id, assertion).await
            }
            (ConfirmationKind::Pin | ConfirmationKind::Passkey, None) => {
                Err(Problem::new(403, "confirmation_needed", "Confirm the payment first.").at("confirmation"))
            }
        }
    }

    /// Whether a passkey of the wallet has signed this payment, and what its browser had shown before.
    async fn signed(
        &self,
        account: &AccountId,
        context: Context<'_>,
        method: &SavedMethod,
        id: &str,
        assertion: Assertion<'_>,
    ) -> Result<ConfirmedBy, Problem> {
        let refused =
            || Problem::new(403, "wrong_passkey", "The passkey did not confirm this payment.").at("confirmation");
        let secrets: Secrets = self.document(SECRETS, account.as_str()).await?.unwrap_or_default();
        let passkey = secrets.passkeys.iter().find(|known| known.id == id).ok_or_else(refused)?;
        let payee = self.account(context.payee).await?.ok_or_else(Problem::not_found)?;
        // What is expected is gone before anything is waited for.
        let proof = {
            let shown =
                |origin: &str| Shown::at(origin, payee.name.as_str(), context.total, method.kind, method.hint.as_ref());
            let expected = Expected { challenge: &context.challenge(), is_own: &*self.is_own, shown: &shown };
            check(&passkey.public_key, assertion, &expected)
        };
        let Proof { by, count } = proof.map_err(|_| refused())?;
        let signature: [u8; 32] = Sha256::digest(assertion.signature).into();
        let used = |secrets: Option<Secrets>| {
            let secrets = secrets.unwrap_or_default();
            let use_it = |known: KnownPasskey| if known.id == id { known.used(count, signature) } else { known };
            Secrets { passkeys: secrets.passkeys.into_iter().map(use_it).collect(), ..secrets }
        };
        let secrets = self.change(SECRETS, account.as_str(), used).await?;
        let is_last = |known: &KnownPasskey| known.id == id && known.last == Some(signature);
        if secrets.passkeys.iter().any(is_last) { Ok(by) } else { Err(refused()) }
    }

    /// Whether it is the PIN. A try is counted before it is looked at: many at once are not more tries than one after
    /// the other.
    async fn right_pin(&self, account: &AccountId, pin: &str) -> Result<(), Problem> {
        let refused = |code: &str, why: &str| Err(Problem::new(403, code, why).at("confirmation"));
        let now = self.now().await?;
        let counted = loop {
            let before: Secrets = self.document(SECRETS, account.as_str()).await?.unwrap_or_default();
            if before.tries >= MAX_WRONG {
                return refused("pin_locked", "Too many wrong PINs. Set a new one in your wallet.");
            }
            if before.wait_until.is_some_and(|until| now < until) {
                return refused("pin_wait", "Too many wrong PINs. Wait half a minute.");
            }
            let tries = before.tries + 1;
            let wait_until = (tries >= FREE_WRONG).then(|| now.plus(WAIT));
            let counted = Secrets { tries, wait_until, last_try: (self.entropy)(), ..before.clone() };
            let count = |known: Option<Secrets>| {
                let known = known.unwrap_or_default();
                if known == before { counted.clone() } else { known }
            };
            // Somebody else's try was counted: what is left after it?
            if self.change(SECRETS, account.as_str(), count).await? == counted {
                break counted;
            }
        };
        let Some(known) = &counted.pin else { return refused("confirmation_needed", "Confirm the payment first.") };
        if !known.is(pin) {
            return refused("wrong_pin", "This is not your PIN.");
        }
        // Nothing is counted any more, and a PIN that an earlier build kept is kept better.
        let better = known.is_weak().then(|| Pin::new((self.entropy)(), pin));
        let forgive = |secrets: Option<Secrets>| {
            let secrets = secrets.unwrap_or_default();
            let pin =
                if secrets.pin == counted.pin { better.clone().or(secrets.pin.clone()) } else { secrets.pin.clone() };
            Secrets { pin, tries: 0, wait_until: None, ..secrets }
        };
        self.change(SECRETS, account.as_str(), forgive).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(count: u32) -> KnownPasskey {
        KnownPasskey { id: "id".into(), public_key: "key".into(), payment: true, count, last: Some([1; 32]) }
    }

    #[test]
    fn a_counter_that_stands_still_gives_a_copy_away() {
        for (before, signed, holds) in
            [(0, 0, true), (0, 1, true), (1, 2, true), (2, 2, false), (2, 1, false), (1, 0, false)]
        {
            let used = known(before).used(signed, [2; 32]);
            assert_eq!(used.last == Some([2; 32]), holds, "{before}, then {signed}");
            assert_eq!(used.count, if holds { signed } else { before });
        }
        // The same call once more, after a server ended in the middle of it.
        assert_eq!(known(2).used(2, [1; 32]).last, Some([1; 32]));
    }

    #[test]
    fn what_an_earlier_build_kept_is_read() {
        let kept = r#"{ "pin": null, "wrong": 0, "passkeys": [["id", "key"]] }"#;
        let secrets: Secrets = serde_json::from_str(kept).unwrap();
        let passkey = KnownPasskey { id: "id".into(), public_key: "key".into(), payment: false, count: 0, last: None };
        assert_eq!(secrets.passkeys, [passkey]);
        let again: Secrets = serde_json::from_str(&serde_json::to_string(&secrets).unwrap()).unwrap();
        assert_eq!(again, secrets);
    }
}
