//! What the processor does to a wallet: a method is kept, and is kept no more.

use crate::app::{App, kinds};
use crate::store::{Store, StoreError};
use crate::wire::{MethodUse, SavedMethod, Wallet};
use domain::ids::{AccountId, MethodId};
use domain::payment::Payment;
use domain::text::Label;
use domain::thread::Thread;

impl App {
    /// The method as it is in the wallet, while it is there.
    pub(super) async fn method(&self, thread: &Thread, attempt: &Payment) -> Result<Option<SavedMethod>, StoreError> {
        let wallet: Option<Wallet> = self.document(kinds::WALLET, thread.buyer.as_str()).await?;
        let methods = wallet.map(|wallet| wallet.methods).unwrap_or_default();
        Ok(methods.into_iter().find(|method| Some(&method.id) == attempt.method.id.as_ref()))
    }

    /// The processor keeps a method no more: from now on it is approved in its window again.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn unkeep_method(&self, buyer: &AccountId, method: &MethodId) -> Result<(), StoreError> {
        unkeep_method(self.store.as_ref(), buyer, method).await
    }

    /// The processor has kept a method: from now on it pays at once.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn keep_method(&self, buyer: &AccountId, method: &MethodId, hint: Label) -> Result<(), StoreError> {
        let keep = |wallet: Option<Wallet>| {
            let mut wallet = wallet.unwrap_or_default();
            if let Some(known) = wallet.methods.iter_mut().find(|known| known.id == *method) {
                (known.hint, known.pays) = (Some(hint.clone()), MethodUse::AtOnce);
            }
            wallet
        };
        self.change(kinds::WALLET, buyer.as_str(), keep).await.map(drop)
    }
}

/// The same for a processor that finds out by itself.
///
/// # Errors
/// When the store fails.
pub async fn unkeep_method(store: &dyn Store, buyer: &AccountId, method: &MethodId) -> Result<(), StoreError> {
    let unkeep = |wallet: Option<Wallet>| {
        let mut wallet = wallet.unwrap_or_default();
        if let Some(known) = wallet.methods.iter_mut().find(|known| known.id == *method) {
            (known.agreed_at, known.pays) = (None, MethodUse::InWindow);
        }
        wallet
    };
    crate::store::change(store, kinds::WALLET, buyer.as_str(), unkeep).await.map(drop)
}
