//! What the buyer chose and typed, kept for this tab until it is paid.

use api::wire::{MethodUse, SaveMethod, SavedMethod, TestBehaviour, Wallet};
use domain::address::AddressDraft;
use domain::ids::{AddressId, MethodId, PaymentRequestId};
use domain::payment::MethodKind;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Where it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum To {
    /// To a saved address.
    Saved(AddressId),
    /// To the one that is being typed.
    New,
}

/// What is paid with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Means {
    /// A saved method.
    Saved(MethodId),
    /// One that is saved when it is paid with.
    New(MethodKind, Option<TestBehaviour>),
}

/// What the buyer chose and typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Choice {
    /// Where it goes; the wallet's proposal without.
    pub to: Option<To>,
    /// The address that is being typed.
    pub draft: AddressDraft,
    /// The way of delivery.
    pub delivery: usize,
    /// What is paid with; the wallet's proposal without.
    pub with: Option<Means>,
    /// Whether the processor is to keep one that it has not kept yet, so that next time no window is needed; as it was
    /// agreed the last time without.
    #[serde(default)]
    pub keep: Option<bool>,
}

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

fn place(request: &PaymentRequestId) -> String {
    format!("bottega.checkout.{request}")
}

impl Choice {
    /// What was kept of this request.
    pub fn load(request: &PaymentRequestId) -> Self {
        let text = storage().and_then(|storage| storage.get_item(&place(request)).ok().flatten());
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps it over a reload.
    pub fn keep(&self, request: &PaymentRequestId) {
        if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(self)) {
            // Where nothing can be kept it is at least on the screen.
            let _kept = storage.set_item(&place(request), &text);
        }
    }

    /// Forgets it: it is paid.
    pub fn forget(request: &PaymentRequestId) {
        if let Some(storage) = storage() {
            let _gone = storage.remove_item(&place(request));
        }
    }

    /// Where it goes: as chosen while that exists, else as the wallet proposes, else a new address.
    pub fn to(&self, wallet: &Wallet) -> To {
        let exists = |to: &&To| match to {
            To::Saved(id) => wallet.addresses.iter().any(|saved| saved.id == *id),
            To::New => true,
        };
        let proposed = || wallet.addresses.first().map_or(To::New, |saved| To::Saved(saved.id.clone()));
        self.to.as_ref().filter(exists).cloned().unwrap_or_else(proposed)
    }

    /// What is paid with: as chosen while that exists, else as the wallet proposes, else the first kind that is offered.
    pub fn with(&self, wallet: &Wallet) -> Means {
        let exists = |with: &&Means| match with {
            Means::Saved(id) => wallet.methods.iter().any(|saved| saved.id == *id),
            Means::New(..) => true,
        };
        let proposed = || {
            let offered = wallet.offers.first().copied().unwrap_or(MethodKind::PayPal);
            wallet.methods.first().map_or(Means::New(offered, None), |saved| Means::Saved(saved.id.clone()))
        };
        self.with.as_ref().filter(exists).cloned().unwrap_or_else(proposed)
    }

    /// Whether the processor is to keep what is paid with: as chosen, else as it was agreed the last time.
    pub fn keeps(&self, wallet: &Wallet) -> bool {
        let with = self.with(wallet);
        let agreed = || with.saved(wallet).is_some_and(|saved| saved.pays == MethodUse::InWindowThenKept);
        with.can_be_kept(wallet) && self.keep.unwrap_or_else(agreed)
    }
}

impl Means {
    /// Whether the processor could keep it: one that keeps anything, and has not kept this yet.
    pub fn can_be_kept(&self, wallet: &Wallet) -> bool {
        wallet.keeps
            && match self {
                Self::New(_, test) => test.is_none(),
                Self::Saved(_) => {
                    self.saved(wallet).is_some_and(|saved| saved.pays.in_window() && saved.test.is_none())
                }
            }
    }

    /// The saved method that pays.
    ///
    /// # Errors
    /// What is to be saved first: a new method, or one of which it was agreed otherwise whether the processor keeps it.
    pub fn as_saved(&self, wallet: &Wallet, keep: bool) -> Result<MethodId, SaveMethod> {
        match self {
            Self::New(kind, test) => Err(SaveMethod { kind: *kind, test: *test, keep }),
            Self::Saved(id) => {
                let agreed = |saved: &&SavedMethod| (saved.pays == MethodUse::InWindowThenKept) == keep;
                let open = self.saved(wallet).filter(|_| self.can_be_kept(wallet));
                match open.filter(|saved| !agreed(saved)) {
                    Some(saved) => Err(SaveMethod { kind: saved.kind, test: None, keep }),
                    None => Ok(id.clone()),
                }
            }
        }
    }

    /// The saved method, when it is one.
    pub fn saved<'a>(&self, wallet: &'a Wallet) -> Option<&'a SavedMethod> {
        match self {
            Self::Saved(id) => wallet.methods.iter().find(|saved| saved.id == *id),
            Self::New(..) => None,
        }
    }

    /// Whether the processor will want approval in a window of its own, so that it has to be opened in the tap.
    pub fn wants_window(&self, wallet: &Wallet) -> bool {
        match self {
            Self::Saved(_) => self.saved(wallet).is_some_and(|saved| saved.pays.in_window()),
            Self::New(_, Some(test)) => *test == TestBehaviour::Approval,
            Self::New(MethodKind::PayPal | MethodKind::Card, None) => true,
            Self::New(MethodKind::MetaPay, None) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn saved(id: &str, kind: MethodKind, pays: MethodUse, test: Option<TestBehaviour>) -> SavedMethod {
        SavedMethod { id: id.parse().expect("an id"), kind, hint: None, agreed_at: None, pays, test }
    }

    fn wallet(pays: MethodUse) -> Wallet {
        Wallet { methods: vec![saved("pm_1", MethodKind::PayPal, pays, None)], keeps: true, ..Wallet::default() }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn whatever_is_not_kept_yet_can_be_kept() {
        let first = Means::Saved("pm_1".parse().expect("an id"));
        assert!(first.can_be_kept(&wallet(MethodUse::InWindow)));
        assert!(first.can_be_kept(&wallet(MethodUse::InWindowThenKept)));
        assert!(!first.can_be_kept(&wallet(MethodUse::AtOnce)), "it is kept already");
        assert!(Means::New(MethodKind::Card, None).can_be_kept(&wallet(MethodUse::AtOnce)));
        let forgetful = Wallet { keeps: false, ..wallet(MethodUse::InWindow) };
        assert!(!first.can_be_kept(&forgetful), "the simulated processor keeps nothing");
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn what_was_agreed_last_time_stands_until_it_is_chosen_otherwise() {
        let agreed = wallet(MethodUse::InWindowThenKept);
        assert!(Choice::default().keeps(&agreed));
        assert!(!Choice { keep: Some(false), ..Choice::default() }.keeps(&agreed));
        assert!(!Choice::default().keeps(&wallet(MethodUse::InWindow)));
        assert!(!Choice { keep: Some(true), ..Choice::default() }.keeps(&wallet(MethodUse::AtOnce)));
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_saved_method_is_saved_anew_only_where_it_is_agreed_otherwise() {
        let id: MethodId = "pm_1".parse().expect("an id");
        let first = Means::Saved(id.clone());
        let anew = |keep| SaveMethod { kind: MethodKind::PayPal, test: None, keep };
        assert_eq!(first.as_saved(&wallet(MethodUse::InWindow), true), Err(anew(true)));
        assert_eq!(first.as_saved(&wallet(MethodUse::InWindow), false), Ok(id.clone()));
        assert_eq!(first.as_saved(&wallet(MethodUse::InWindowThenKept), true), Ok(id.clone()));
        assert_eq!(first.as_saved(&wallet(MethodUse::InWindowThenKept), false), Err(anew(false)));
        assert_eq!(first.as_saved(&wallet(MethodUse::AtOnce), true), Ok(id), "it is kept already");
    }
}
