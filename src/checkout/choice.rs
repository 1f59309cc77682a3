//! What the buyer chose and typed, kept for this tab until it is paid.

use api::wire::{SavedMethod, TestBehaviour, Wallet};
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
    /// Whether the processor is to keep a new one, so that next time no window is needed.
    #[serde(default)]
    pub keep: bool,
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
}

impl Means {
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
