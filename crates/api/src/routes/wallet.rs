//! One's wallet. Tokens and secrets stay here; what leaves is what may be shown.

mod confirming;

use crate::answered::Answered;
use crate::app::{App, kinds};
use crate::commit::Call;
use crate::confirmation::Context;
use crate::extract::{Caller, Once, Unproved};
use crate::pin::Pin;
use crate::problem::Problem;
use crate::provider::ProviderError;
use crate::wire::{
    ConfirmationKind, MethodUse, Pay, SaveAddress, SaveMethod, SavePasskey, SavedAddress, SavedMethod, SetPin,
    TestBehaviour, Wallet,
};
use axum::extract::{Path, State};
use axum::{Extension, Json};
use confirming::{KnownPasskey, SECRETS, Secrets};
use domain::address::Address;
use domain::ids::{AccountId, AddressId, MethodId};
use domain::market::Market;
use domain::payment::{ConfirmedBy, MethodKind, MethodView};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(super) async fn mine(State(app): State<App>, Caller(me): Caller) -> Result<Json<Wallet>, Problem> {
    Ok(Json(app.wallet(&me).await?))
}

pub(super) async fn save_address(
    State(app): State<App>,
    Once { call, body }: Once<SaveAddress>,
) -> Result<Answered<Wallet>, Problem> {
    let address = Address::try_from(body.address).map_err(|errors| {
        let field = errors.0.first().map_or("address", |(field, _)| field.as_str());
        Problem::new(422, "invalid_address", errors.to_string()).at(field)
    })?;
    let id = AddressId::of(&app.command_id());
    let save = |wallet: Option<Wallet>| {
        let mut wallet = wallet.unwrap_or_default();
        wallet.addresses.retain(|known| known.address != address);
        wallet.addresses.insert(0, SavedAddress { id: id.clone(), address: address.clone() });
        wallet
    };
    app.change_wallet(&call, kinds::WALLET, save).await
}

pub(super) async fn save_method(
    State(app): State<App>,
    Once { call, body }: Once<SaveMethod>,
) -> Result<Answered<Wallet>, Problem> {
    let id = MethodId::of(&app.command_id());
    let account = app.account(&call.account).await?.ok_or_else(Problem::not_found)?;
    if body.test.is_some() && (!app.demo || app.provider.is_real()) {
        return Err(Problem::new(422, "demo_only", "Test methods are for trying things out.").at("test"));
    }
    if !app.provider.offers().contains(&body.kind) && body.test.is_none() {
        return Err(Problem::new(422, "method_not_offered", "This way to pay is not offered here.").at("kind"));
    }
    let method = match body.test.or_else(|| app.provider.test_of(body.kind)) {
        Some(test) => test_method(id, body.kind, test, account.handle.as_str())?,
        None => {
            let pays = if body.keep { MethodUse::InWindowThenKept } else { MethodUse::InWindow };
            let agreed_at = if body.keep { Some(app.now().await?) } else { None };
            SavedMethod { id, kind: body.kind, hint: None, agreed_at, pays, test: None }
        }
    };
    let save = |wallet: Option<Wallet>| {
        let mut wallet = wallet.unwrap_or_default();
        // One that the processor has kept is another account than the one that is to be approved now.
        let is_kept = |known: &SavedMethod| known.test.is_none() && known.pays == MethodUse::AtOnce;
        let same = |known: &SavedMethod| (known.kind, known.test) == (method.kind, method.test) && !is_kept(known);
        let known = wallet.methods.iter().position(same).map(|at| wallet.methods.remove(at));
        let id = known.map_or_else(|| method.id.clone(), |known| known.id);
        wallet.methods.insert(0, SavedMethod { id, ..method.clone() });
        wallet
    };
    app.change_wallet(&call, kinds::WALLET, save).await
}

/// A method of the simulated processor. It names its tokens; a real one tells the last digits of the card it holds.
fn test_method(id: MethodId, kind: MethodKind, test: TestBehaviour, handle: &str) -> Result<SavedMethod, Problem> {
    let hint = match kind {
        MethodKind::MetaPay | MethodKind::Card => format!("{:04}", u64::from(test as u8) * 1111 % 10_000),
        MethodKind::PayPal => handle.to_owned(),
    };
    let hint = hint.parse().map_err(|_| Problem::not_found())?;
    let pays = if test == TestBehaviour::Approval { MethodUse::InWindow } else { MethodUse::AtOnce };
    Ok(SavedMethod { id, kind, hint: Some(hint), agreed_at: None, pays, test: Some(test) })
}

pub(super) async fn prefer(
    State(app): State<App>,
    Path(id): Path<String>,
    Once { call, body: () }: Once<()>,
) -> Result<Answered<Wallet>, Problem> {
    let prefer = |wallet: Option<Wallet>| {
        let mut wallet = wallet.unwrap_or_default();
        wallet.addresses.sort_by_key(|known| known.id.as_str() != id);
        wallet.methods.sort_by_key(|known| known.id.as_str() != id);
        wallet
    };
    app.change_wallet(&call, kinds::WALLET, prefer).await
}

pub(super) async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    Once { call, body: () }: Once<()>,
) -> Result<Answered<Wallet>, Problem> {
    let remove = |wallet: Option<Wallet>| {
        let mut wallet = wallet.unwrap_or_default();
        wallet.addresses.retain(|known| known.id.as_str() != id);
        wallet.methods.retain(|known| known.id.as_str() != id);
        wallet
    };
    let removed = app.change_wallet(&call, kinds::WALLET, remove).await?;
    if let Ok(method) = id.parse::<MethodId>() {
        // Out of the wallet it pays nothing any more. What the processor has kept is let go now, or with the next try.
        if let Err(error) = app.provider.forget(&call.account, &method).await {
            return Err(still_kept(&error));
        }
    }
    Ok(removed)
}

/// The wallet is without it, the processor not yet: the same call again finishes it.
fn still_kept(_: &ProviderError) -> Problem {
    Problem::new(503, "processor_silent", "The payment service does not answer. Try again.")
}

pub(super) async fn set_pin(
    State(app): State<App>,
    unproved: Option<Extension<Unproved>>,
    Once { call, body }: Once<SetPin>,
) -> Result<Answered<Wallet>, Problem> {
    proved(unproved)?;
    let digits = (4..=6).contains(&body.pin.len()) && body.pin.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        return Err(Problem::new(422, "invalid_pin", "A PIN has four to six digits.").at("pin"));
    }
    let pin = Pin::new((app.entropy)(), &body.pin);
    let set = |secrets: Option<Secrets>| secrets.unwrap_or_default().with_pin(pin.clone());
    app.change_wallet(&call, SECRETS, set).await
}

pub(super) async fn save_passkey(
    State(app): State<App>,
    unproved: Option<Extension<Unproved>>,
    Once { call, body }: Once<SavePasskey>,
) -> Result<Answered<Wallet>, Problem> {
    proved(unproved)?;
    if crate::passkey::public_key(&body.public_key).is_none() {
        return Err(Problem::new(422, "invalid_passkey", "This passkey cannot be used here.").at("public_key"));
    }
    let save = |secrets: Option<Secrets>| secrets.unwrap_or_default().with_passkey(KnownPasskey::from(&body));
    app.change_wallet(&call, SECRETS, save).await
}

/// What confirms payments is set by whoever has just shown who they are; otherwise a session alone would be enough to
/// pay any sum.
fn proved(unproved: Option<Extension<Unproved>>) -> Result<(), Problem> {
    unproved.map_or(Ok(()), |_| Err(Problem::step_up_needed()))
}

/// What the buyer agreed to.
pub(super) struct Agreed {
    /// What is paid with.
    pub method: MethodView,
    /// Where it goes; none for what needs no address.
    pub address: Option<Address>,
    /// How.
    pub confirmed_by: ConfirmedBy,
}

impl App {
    /// Changes what is shown of a wallet, or its secrets, and tells the wallet as it is then.
    async fn change_wallet<T, F>(&self, call: &Call, kind: &str, change: F) -> Result<Answered<Wallet>, Problem>
    where
        T: Serialize + DeserializeOwned,
        F: Fn(Option<T>) -> T,
    {
        let changed = self.change_once(call, kind, call.account.as_str(), change).await?;
        let wallet = self.wallet(&call.account).await?;
        Ok(changed.map(|_| wallet))
    }

    pub(super) async fn wallet(&self, account: &AccountId) -> Result<Wallet, Problem> {
        let mut wallet: Wallet = self.document(kinds::WALLET, account.as_str()).await?.unwrap_or_default();
        let secrets: Secrets = self.document(SECRETS, account.as_str()).await?.unwrap_or_default();
        wallet.offers = self.provider.offers().to_vec();
        wallet.keeps = self.provider.is_real();
        if wallet.keeps {
            // What people of a demo began with pays nothing here.
            wallet.methods.retain(|method| method.test.is_none());
        }
        wallet.confirmation = secrets.wanted();
        let for_payments = secrets.passkeys.iter().filter(|known| known.payment);
        wallet.payment_passkeys = for_payments.map(|known| known.id.clone()).collect();
        wallet.passkeys = secrets.passkeys.into_iter().map(|known| known.id).collect();
        Ok(wallet)
    }

    /// What the buyer agreed to, by all that the wallet asks for.
    pub(super) async fn checked_wallet(
        &self,
        account: &AccountId,
        context: Context<'_>,
        body: &Pay,
        unproved: bool,
    ) -> Result<Agreed, Problem> {
        let wallet = self.wallet(account).await?;
        // What the wallet's own passkey or PIN confirms is proved by it.
        let by_tap = wallet.confirmation == ConfirmationKind::Tap;
        if unproved && by_tap && body.total.minor >= Market::US.proved_from.minor {
            return Err(Problem::step_up_needed());
        }
        let gone = |what: &str| Problem::new(422, "not_in_wallet", "This is no longer in your wallet.").at(what);
        let method = wallet.methods.iter().find(|known| known.id == body.method).ok_or_else(|| gone("method"))?;
        let saved =
            |id: &AddressId| wallet.addresses.iter().find(|known| known.id == *id).ok_or_else(|| gone("address"));
        let address = body.address.as_ref().map(saved).transpose()?.map(|saved| saved.address.clone());
        let confirmed_by = self.confirmed(account, wallet.confirmation, context, body, method).await?;
        let method = MethodView { id: Some(method.id.clone()), kind: method.kind, hint: method.hint.clone() };
        Ok(Agreed { method, address, confirmed_by })
    }
}
