//! Paying: what is missing is saved, the wallet confirms, and one call is made that can be repeated.

use super::attempt;
use super::choice::{Choice, Means, To};
use crate::i18n::t;
use crate::payment_request::{Standing, peer_name};
use crate::proof::{self, ProofError};
use crate::refusal::sentence;
use crate::store::{Session, ThreadCell, new_key};
use crate::wallet::passkey::{self, PasskeyError};
use crate::wallet::spc::{self, NotSigned};
use api::client::ApiError;
use api::confirmation::{Context, Shown};
use api::wire::{Confirmation, ConfirmationKind, Pay, SaveAddress, SaveMethod, Wallet};
use domain::address::{AddressDraft, UsState};
use domain::ids::{AddressId, MethodId, PaymentRequestId};
use domain::money::Money;
use domain::payment_request::PaymentRequest;
use domain::terms::{Delivery, Totals};
use leptos::prelude::*;

/// One checkout. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Checkout {
    pub session: Session,
    pub cell: ThreadCell,
    pub id: StoredValue<PaymentRequestId>,
    pub request: Memo<PaymentRequest>,
    pub standing: Memo<Standing>,
    pub peer: StoredValue<String>,
    pub choice: RwSignal<Choice>,
}

/// Why it was not even sent, or what the API said.
#[derive(Clone, Debug)]
pub(super) enum PayError {
    /// The passkey did not say yes.
    Passkey(PasskeyError),
    /// Who pays was to prove once more who they are.
    Proof(ProofError),
    /// The API refused, or nobody answered.
    Api(ApiError),
}

impl PayError {
    /// A sentence for the buyer.
    pub fn sentence(&self) -> String {
        match self {
            Self::Passkey(error) => error.sentence().to_owned(),
            Self::Proof(ProofError::NotUsed) => t().wallet_passkey_not_used().to_owned(),
            Self::Proof(error) => error.sentence(),
            Self::Api(ApiError::Network(_)) => t().checkout_no_answer().to_owned(),
            Self::Api(error) => sentence(error),
        }
    }
}

impl From<ApiError> for PayError {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

/// What was on the screen when Pay was tapped.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub request: PaymentRequestId,
    pub revision: u32,
    pub delivery: usize,
    pub total: Money,
    pub to: Option<To>,
    /// The address that was typed.
    pub typed: AddressDraft,
    pub with: Means,
    /// Whether the processor is to keep the method, where it has not yet.
    pub keep: bool,
    /// The PIN, where one was typed.
    pub pin: Option<String>,
}

impl Checkout {
    pub fn new(session: Session, cell: ThreadCell, known: PaymentRequest) -> Self {
        let id = StoredValue::new(known.id.clone());
        let choice = RwSignal::new(Choice::load(&known.id));
        Self {
            session,
            cell,
            id,
            request: Memo::new(move |_| {
                let now = cell.state.with(|state| id.with_value(|id| state.requests.get(id).cloned()));
                now.unwrap_or_else(|| known.clone())
            }),
            standing: Memo::new(move |_| cell.state.with(|state| id.with_value(|id| Standing::of(state, id)))),
            peer: StoredValue::new(peer_name(session, cell)),
            choice,
        }
    }

    /// Changes what was chosen or typed, and keeps it.
    pub fn choose(self, change: impl FnOnce(&mut Choice)) {
        self.choice.update(change);
        self.id.with_value(|id| self.choice.with_untracked(|choice| choice.keep(id)));
    }

    /// Whether nothing has to be shipped.
    pub fn is_digital(self) -> bool {
        self.request.with(|request| request.current().terms.is_digital())
    }

    /// The state it goes to, as far as it is known.
    pub fn state(self) -> Option<UsState> {
        match self.to() {
            To::Saved(id) => self.wallet(|wallet| {
                let saved = wallet.addresses.iter().find(|saved| saved.id == id);
                saved.map(|saved| saved.address.state)
            }),
            To::New => self.choice.with(|choice| choice.draft.state.parse().ok()),
        }
    }

    /// The chosen way of delivery, one that is offered. Where it does not go to the address, the first way of sending
    /// that does; what is fetched is fetched only by who chose that.
    pub fn delivery(self) -> usize {
        let state = self.state();
        let chosen = self.choice.with(|choice| choice.delivery);
        self.request.with(|request| {
            let offered = request.current().terms.delivery();
            let chosen = chosen.min(offered.len().saturating_sub(1));
            let fits = |way: &Delivery| state.is_none_or(|state| way.goes_to(state));
            let is_sent = |way: &Delivery| way.without_address().is_none();
            match offered.get(chosen).is_some_and(fits) {
                true => chosen,
                false => offered.iter().position(|way| is_sent(way) && fits(way)).unwrap_or(chosen),
            }
        })
    }

    /// Whether a way of delivery goes to the address; yes until that is known.
    pub fn goes_there(self, option: usize) -> bool {
        let state = self.state();
        let goes = |way: &Delivery| state.is_none_or(|state| way.goes_to(state));
        self.request.with(|request| request.current().terms.delivery().get(option).is_some_and(goes))
    }

    /// Whether what was chosen needs an address.
    pub fn needs_address(self) -> bool {
        let option = self.delivery();
        let needs = |way: &Delivery| way.without_address().is_none();
        self.request.with(|request| request.current().terms.delivery().get(option).is_some_and(needs))
    }

    /// Whether tax comes on top that only the address tells.
    pub fn tax_is_open(self) -> bool {
        let (option, state) = (self.delivery(), self.state());
        self.request.with(|request| request.current().terms.tax_is_open(option, state))
    }

    /// The five figures, with the tax of where it goes.
    pub fn totals(self) -> Totals {
        let (option, state) = (self.delivery(), self.state());
        self.request.with(|request| {
            let terms = &request.current().terms;
            let nothing = Money::zero(terms.currency());
            let none = Totals { items: nothing, discount: nothing, shipping: nothing, tax: nothing, total: nothing };
            terms.totals(option, state).unwrap_or(none)
        })
    }

    /// Reads the wallet; an empty one until it is loaded.
    pub fn wallet<T>(self, read: impl FnOnce(&Wallet) -> T) -> T {
        self.session.wallet.with(|wallet| match wallet {
            Some(wallet) => read(wallet),
            None => read(&Wallet::default()),
        })
    }

    /// Where it goes.
    pub fn to(self) -> To {
        self.choice.with(|choice| self.wallet(|wallet| choice.to(wallet)))
    }

    /// What is paid with.
    pub fn with(self) -> Means {
        self.choice.with(|choice| self.wallet(|wallet| choice.with(wallet)))
    }

    /// Whether the processor is to keep what is paid with.
    pub fn keeps(self) -> bool {
        self.choice.with(|choice| self.wallet(|wallet| choice.keeps(wallet)))
    }

    /// Chooses what was saved, for another try: on the sheet, or for the next one when it was left meanwhile.
    fn choose_saved(self, request: &PaymentRequestId, choose: impl FnOnce(&mut Choice)) {
        if !self.choice.is_disposed() {
            return self.choose(choose);
        }
        let mut choice = Choice::load(request);
        choose(&mut choice);
        choice.keep(request);
    }

    /// Pays. What it needs is in the wish: the sheet may be left while it is under way, and what was begun goes on.
    ///
    /// # Errors
    /// What stopped it; the sheet's state follows from the thread alone.
    pub async fn pay(self, wish: Wish) -> Result<(), PayError> {
        let address = match &wish.to {
            Some(To::Saved(id)) => Some(id.clone()),
            Some(To::New) => Some(self.save_address(&wish).await?),
            None => None,
        };
        let known = self.session.wallet.get_untracked().unwrap_or_default();
        let method = match wish.with.as_saved(&known, wish.keep) {
            Ok(saved) => saved,
            Err(body) => self.save_method(&wish.request, body).await?,
        };
        let confirmation = self.confirm(&wish, &method).await?;
        let Wish { request: id, revision, delivery, total, .. } = wish;
        let body = Pay { revision, delivery, total, method, address, confirmation };
        let attempts = self.cell.state.with_untracked(|state| state.attempts(&id).count());
        let (client, key) = (self.session.client(), attempt::key_for(&id, &body, attempts));
        let mut answer = self.session.commit(client.pay(&key, &id, &body)).await;
        if answer.as_ref().is_err_and(proof::is_wanted) {
            proof::step_up(&client).await.map_err(PayError::Proof)?;
            answer = self.session.commit(client.pay(&key, &id, &body)).await;
        }
        if attempt::is_definitive(&answer) {
            attempt::answered(&id, revision);
        }
        if self.cell.state.with_untracked(|state| Standing::of(state, &id)) == Standing::Paid {
            Choice::forget(&id);
        }
        Ok(answer?)
    }

    async fn save_address(self, wish: &Wish) -> Result<AddressId, PayError> {
        let (client, key, body) = (self.session.client(), new_key(), SaveAddress { address: wish.typed.clone() });
        self.session.change_wallet(client.save_address(&key, &body)).await?;
        let saved = self.first(|wallet| wallet.addresses.first().map(|saved| saved.id.clone()))?;
        // Another try uses it, and does not save it again.
        self.choose_saved(&wish.request, |choice| choice.to = Some(To::Saved(saved.clone())));
        Ok(saved)
    }

    async fn save_method(self, request: &PaymentRequestId, body: SaveMethod) -> Result<MethodId, PayError> {
        let (client, key) = (self.session.client(), new_key());
        self.session.change_wallet(client.save_method(&key, &body)).await?;
        let saved = self.first(|wallet| wallet.methods.first().map(|saved| saved.id.clone()))?;
        self.choose_saved(request, |choice| choice.with = Some(Means::Saved(saved.clone())));
        Ok(saved)
    }

    fn first<T>(self, read: impl FnOnce(&Wallet) -> Option<T>) -> Result<T, PayError> {
        let found = self.session.wallet.with_untracked(|wallet| wallet.as_ref().and_then(read));
        found.ok_or_else(|| ApiError::Decode("saved, and not there".to_owned()).into())
    }

    async fn confirm(self, wish: &Wish, method: &MethodId) -> Result<Option<Confirmation>, PayError> {
        if let Some(pin) = &wish.pin {
            return Ok(Some(Confirmation::Pin { pin: pin.clone() }));
        }
        let wallet = self.session.wallet.get_untracked().unwrap_or_default();
        match wallet.confirmation {
            ConfirmationKind::Tap | ConfirmationKind::Pin => Ok(None),
            ConfirmationKind::Passkey => self.sign(wish, method, &wallet).await.map(Some).map_err(PayError::Passkey),
        }
    }

    /// Has a passkey sign the payment. Where the browser can, it shows by itself what is signed; whoever wants another
    /// way then is asked for the passkey alone.
    async fn sign(self, wish: &Wish, method: &MethodId, wallet: &Wallet) -> Result<Confirmation, PasskeyError> {
        let context = |state: &_| Context::next(state, &wish.request, wish.revision, wish.total).challenge();
        let challenge = self.cell.state.with_untracked(context);
        if let Some(shown) = self.shown(wish, method, wallet)
            && spc::is_available().await
        {
            match spc::confirm(&wallet.payment_passkeys, &challenge, &shown).await {
                Ok(signed) => return Ok(signed),
                Err(NotSigned::Refused) => return Err(PasskeyError::NotUsed),
                Err(NotSigned::AnotherWay) => {}
            }
        }
        passkey::confirm(&wallet.passkeys, &challenge).await
    }

    /// What the browser is to show; nothing where no passkey was made for that.
    fn shown(self, wish: &Wish, method: &MethodId, wallet: &Wallet) -> Option<Shown> {
        if wallet.payment_passkeys.is_empty() {
            return None;
        }
        let method = wallet.methods.iter().find(|known| known.id == *method)?;
        let origin = window().location().origin().ok()?;
        let payee = peer_name(self.session, self.cell);
        Shown::at(&origin, &payee, wish.total, method.kind, method.hint.as_ref())
    }
}
