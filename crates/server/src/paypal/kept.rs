//! What is kept of PayPal's names: beside an attempt to pay what PayPal calls its parts, and the way back.

use super::PayPalProvider;
use super::sealed::Unopened;
use crate::places::named;
use api::app::kinds;
use api::provider::ProviderError;
use api::store::StoreError;
use api::wire::PaidTo;
use domain::ids::{AccountId, DisputeId, MethodId, PaymentId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What PayPal calls the parts of an attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    /// The order as it was asked for last. Under one key only the same words may be said again, whatever was set otherwise
    /// since.
    pub asked: Option<Asked>,
    /// The order.
    pub order: Option<String>,
    /// Where the buyer approves.
    pub approve: Option<String>,
    /// What is set aside.
    pub authorization: Option<String>,
    /// What was taken.
    pub capture: Option<String>,
    /// Nothing is to be reserved any more, whatever the buyer still approves.
    pub given_up: bool,
    /// Complaints, by our names for them.
    pub disputes: BTreeMap<DisputeId, String>,
    /// Complaints that the seller has answered, or where the answer is on its way.
    pub answered: Vec<DisputeId>,
}

/// An order that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    /// When for the first time, in milliseconds since 1970 by the machine's clock.
    pub at: i64,
    /// With a token, or for the window.
    pub with: With,
    /// In PayPal's words, sealed.
    pub words: String,
    /// Who was to be paid.
    pub paid_to: Option<PaidTo>,
}

/// What an order is to be paid with; the last part of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum With {
    /// What PayPal has kept.
    Token,
    /// What the buyer approves in the window.
    Window,
    /// The same, after a token was refused.
    WindowAgain,
}

impl With {
    pub fn key(self) -> &'static str {
        match self {
            Self::Token | Self::Window => "create",
            Self::WindowAgain => "create-again",
        }
    }
}

/// What PayPal has kept of an account's methods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// Tokens, sealed.
    pub tokens: BTreeMap<MethodId, String>,
    /// Who the buyer is at PayPal.
    pub customer: Option<String>,
    /// Sealed tokens that PayPal is to forget and may not have forgotten yet.
    pub leaving: BTreeMap<MethodId, String>,
}

/// Whose method something of PayPal's is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Owner {
    pub account: AccountId,
    pub method: MethodId,
}

/// A store that fails has sent nothing.
pub(super) fn broken(error: StoreError) -> ProviderError {
    ProviderError::from(error)
}

/// Nothing is sent without it.
pub(super) fn unavailable(error: &Unopened) -> ProviderError {
    ProviderError::Unavailable(error.to_string())
}

impl PayPalProvider {
    /// What is kept of an attempt; nothing when PayPal was never asked.
    pub(super) async fn entry(&self, payment: &PaymentId) -> Result<Option<Entry>, ProviderError> {
        api::store::document(self.store(), kinds::PAYPAL_PAYMENT, payment.as_str()).await.map_err(broken)
    }

    /// Changes what is kept of an attempt.
    pub(super) async fn note<F: Fn(&mut Entry)>(&self, payment: &PaymentId, note: F) -> Result<Entry, ProviderError> {
        let change = |entry: Option<Entry>| {
            let mut entry = entry.unwrap_or_default();
            note(&mut entry);
            entry
        };
        api::store::change(self.store(), kinds::PAYPAL_PAYMENT, payment.as_str(), change).await.map_err(broken)
    }

    /// From now on an order, authorization or capture leads to this attempt.
    pub(super) async fn belongs(&self, theirs: &str, payment: &PaymentId) -> Result<(), ProviderError> {
        let (at, keep) = (named("payment", theirs), |_: Option<PaymentId>| payment.clone());
        api::store::change(self.store(), kinds::PAYPAL_OF, &at, keep).await.map_err(broken)?;
        Ok(())
    }

    /// The attempt that something of PayPal's belongs to.
    pub(super) async fn payment_of(&self, theirs: &str) -> Result<Option<PaymentId>, StoreError> {
        api::store::document(self.store(), kinds::PAYPAL_OF, &named("payment", theirs)).await
    }

    /// From now on a token or a customer of PayPal's leads to this method.
    pub(super) async fn owns(&self, theirs: &str, owner: &Owner) -> Result<(), ProviderError> {
        let (at, keep) = (named("owner", theirs), |_: Option<Owner>| owner.clone());
        api::store::change(self.store(), kinds::PAYPAL_OF, &at, keep).await.map_err(broken)?;
        Ok(())
    }

    /// Whose method a token or a customer of PayPal's is.
    pub(super) async fn owner_of(&self, theirs: &str) -> Result<Option<Owner>, StoreError> {
        api::store::document(self.store(), kinds::PAYPAL_OF, &named("owner", theirs)).await
    }

    /// What PayPal has kept for an account.
    pub(super) async fn kept(&self, account: &AccountId) -> Result<Kept, ProviderError> {
        let kept = api::store::document(self.store(), kinds::PAYPAL_KEPT, account.as_str()).await.map_err(broken)?;
        Ok(kept.unwrap_or_default())
    }

    /// Changes that.
    pub(super) async fn keep<F: Fn(&mut Kept)>(&self, account: &AccountId, keep: F) -> Result<Kept, ProviderError> {
        let change = |kept: Option<Kept>| {
            let mut kept = kept.unwrap_or_default();
            keep(&mut kept);
            kept
        };
        api::store::change(self.store(), kinds::PAYPAL_KEPT, account.as_str(), change).await.map_err(broken)
    }

    /// The token of a method, when PayPal has kept one, if it opens.
    pub(super) async fn token(
        &self,
        account: &AccountId,
        method: &MethodId,
    ) -> Result<Option<Result<String, Unopened>>, ProviderError> {
        let kept = self.kept(account).await?;
        Ok(kept.tokens.get(method).map(|sealed| self.opened(&place_of(account, method), sealed)))
    }

    /// What was sealed for a place.
    pub(super) fn opened(&self, place: &str, sealed: &str) -> Result<String, Unopened> {
        self.0.key.open(place, sealed).inspect_err(|_| {
            tracing::error!("what is kept sealed cannot be opened: is it another BOTTEGA_WALLET_KEY?");
        })
    }
}

/// What a sealed token is bound to: another account's or method's opens nowhere else.
pub(super) fn place_of(account: &AccountId, method: &MethodId) -> String {
    format!("{account}/{method}")
}
