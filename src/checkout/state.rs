//! What the sheet itself remembers while it is open, and what follows from the payment.

use super::address_fields::AddressForm;
use super::choice::{Choice, To};
use super::fold::Fold;
use super::pay::{Checkout, PayError, Wish};
use super::window::{ApprovalWindow, Opened, address, on_told};
use crate::i18n::t;
use crate::payment_request::Standing;
use crate::store::{Session, answer, new_key};
use crate::ui::ToastAction;
use crate::wallet::passkey;
use api::client::PaymentAct;
use api::wire::ConfirmationKind;
use domain::ids::PaymentRequestId;
use leptos::html::Form;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::JsCast;

/// What the sheet itself remembers while it is open. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct SheetState {
    pub checkout: Checkout,
    pub window: ApprovalWindow,
    pub pay: Action<Wish, Result<(), PayError>>,
    /// The new address.
    pub deliver_to: AddressForm,
    /// The revision that was looked at.
    pub seen: RwSignal<u32>,
    pub pin: RwSignal<String>,
    /// Whether the PIN was asked for in place of a passkey.
    pub asks_pin: RwSignal<bool>,
    pub form: NodeRef<Form>,
    pub open: RwSignal<Option<Fold>>,
    /// Where the processor's window is, while one is wanted.
    pub address: ReadSignal<Option<Option<String>>>,
    /// Asks for it again.
    pub asked: RwSignal<u32>,
    is_first: StoredValue<bool>,
}

impl SheetState {
    pub fn new(checkout: Checkout, window: ApprovalWindow) -> Self {
        let pay = Action::new_local(move |wish: &Wish| {
            let (wish, opened) = (wish.clone(), window.opened());
            async move {
                let request = wish.request.clone();
                let paid = checkout.pay(wish).await;
                if window.is_gone() {
                    go_on_alone(checkout, &request, &opened, &paid).await;
                } else if paid.is_err() {
                    window.close();
                }
                paid
            }
        });
        let asked = RwSignal::new(0);
        let waiting = Memo::new(move |_| match checkout.standing.get() {
            Standing::Confirm { payment, .. } => Some(payment),
            Standing::Idle | Standing::Failed { .. } | Standing::Paying | Standing::Checking | Standing::Paid => None,
        });
        let draft = Signal::derive(move || checkout.choice.with(|choice| choice.draft.clone()));
        let type_in = move |draft| checkout.choose(|choice| choice.draft = draft);
        Self {
            checkout,
            window,
            pay,
            deliver_to: AddressForm::new(draft, Callback::new(type_in)),
            seen: RwSignal::new(checkout.request.with_untracked(|request| request.current().number)),
            pin: RwSignal::new(String::new()),
            asks_pin: RwSignal::new(false),
            form: NodeRef::new(),
            open: RwSignal::new(None),
            address: answer(move || {
                asked.track();
                let waiting = waiting.get();
                async move { address(checkout.session, &waiting?).await }
            }),
            asked,
            is_first: StoredValue::new(false),
        }
    }

    /// Whether the seller changed the request while one was looking at it.
    pub fn is_changed(self) -> bool {
        self.checkout.request.with(|request| request.current().number) != self.seen.get()
    }

    /// Whether Pay can be tapped now.
    pub fn can_pay(self) -> bool {
        let open = self.checkout.request.with(|request| request.is_open());
        let live = self.checkout.standing.with(|standing| standing.is_live() || *standing == Standing::Paid);
        let loaded = self.checkout.session.wallet.with(Option::is_some);
        let goes_there = self.checkout.goes_there(self.checkout.delivery());
        open && goes_there && !live && loaded && self.checkout.session.online.get() && !self.is_changed()
    }

    /// Whether the sheet asks for the PIN: from the start where that is how payments are confirmed, else when asked to.
    pub fn wants_pin(self) -> bool {
        self.asks_pin.get() || self.checkout.wallet(|wallet| wallet.confirmation == ConfirmationKind::Pin)
    }

    /// The processor's answer is asked for, once.
    fn ask(self) {
        if let Standing::Confirm { payment, .. } = self.checkout.standing.get_untracked() {
            let session = self.checkout.session;
            spawn_local(async move {
                let (client, key) = (session.client(), new_key());
                // It is asked again with the next sign of life.
                let _asked = session.commit(client.on_payment(&key, &payment, PaymentAct::Resume)).await;
            });
        }
    }

    /// Asks for the PIN, and puts the focus into its field.
    pub fn ask_pin(self) {
        self.asks_pin.set(true);
        let form = self.form;
        request_animation_frame(move || {
            let field =
                form.try_get_untracked().flatten().and_then(|form| form.query_selector("[name=pin]").ok().flatten());
            if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                // What cannot take the focus is not on the page.
                let _focused = field.focus();
            }
        });
    }

    pub fn submit(self) {
        let checkout = self.checkout;
        if self.pay.pending().get_untracked() || !untrack(|| self.can_pay()) {
            return;
        }
        let to = untrack(|| checkout.needs_address().then(|| checkout.to()));
        if to == Some(To::New) && self.deliver_to.check().is_none() {
            self.open.set(Some(Fold::Address));
            return;
        }
        let wallet = checkout.session.wallet.get_untracked().unwrap_or_default();
        let wants_pin = untrack(|| self.wants_pin());
        let pin = self.pin.get_untracked();
        if wants_pin && pin.is_empty() {
            self.ask_pin();
            return;
        }
        let with = untrack(|| checkout.with());
        let request = checkout.id.get_value();
        let typed = checkout.choice.with_untracked(|choice| choice.draft.clone());
        self.is_first.set_value(wallet.methods.is_empty());
        // A window opens in the tap itself or not at all.
        if with.wants_window(&wallet) {
            self.window.open_blank();
        }
        let revision = checkout.request.with_untracked(|request| request.current().number);
        let (delivery, total) = untrack(|| (checkout.delivery(), checkout.totals().total));
        let pin = wants_pin.then_some(pin);
        self.open.set(None);
        let keep = untrack(|| checkout.keeps());
        self.pay.dispatch_local(Wish { request, revision, delivery, total, to, typed, with, keep, pin });
    }
}

/// What was begun goes on when the sheet was left meanwhile: the processor's window is shown what it is for or closed,
/// and a refusal is told at the edge of the page. The rest is on the card.
async fn go_on_alone(checkout: Checkout, request: &PaymentRequestId, opened: &Opened, paid: &Result<(), PayError>) {
    let (session, cell) = (checkout.session, checkout.cell);
    match (paid, cell.state.with_untracked(|state| Standing::of(state, request))) {
        (Ok(()), Standing::Confirm { payment, .. }) => {
            if let Some(address) = address(session, &payment).await {
                opened.show(&address);
            }
        }
        (Ok(()), _) => opened.close(),
        (Err(error), _) => {
            opened.close();
            session.toast(error.sentence());
        }
    }
}

/// What follows from the payment's own state, and from signs of life of the processor's window.
pub(super) fn follow(state: SheetState, to_wallet: Callback<()>, on_close: Callback<()>) {
    let SheetState { checkout, window, .. } = state;
    let session = checkout.session;
    Effect::new(move |_| match checkout.standing.get() {
        Standing::Confirm { .. } => {
            if let Some(address) = state.address.get().flatten() {
                window.show(&address);
            }
        }
        Standing::Paid => {
            window.close();
            checkout.id.with_value(Choice::forget);
            offer_passkey(session, to_wallet, state.is_first.get_value());
            on_close.run(());
        }
        Standing::Failed { .. } | Standing::Checking => window.close(),
        Standing::Idle | Standing::Paying => {}
    });
    on_told(move |_payment| state.ask());
    let look = move || {
        if window.found_closed() {
            state.ask();
        }
    };
    let focus = window_event_listener(leptos::ev::focus, move |_| look());
    // A window may count as open for a moment after the focus came back.
    Effect::new(move |_| {
        session.now.track();
        look();
    });
    on_cleanup(move || focus.remove());
}

/// After a first purchase, and in passing: next time a touch is enough.
fn offer_passkey(session: Session, to_wallet: Callback<()>, is_first: bool) {
    let by_tap = session
        .wallet
        .with_untracked(|wallet| wallet.as_ref().is_some_and(|wallet| wallet.confirmation == ConfirmationKind::Tap));
    if is_first && by_tap && passkey::is_supported() {
        session.toast(t().checkout_passkey_next());
        let action = ToastAction { label: t().checkout_passkey_set().to_owned(), run: to_wallet };
        session.toasts.update(|toasts| {
            if let Some(toast) = toasts.last_mut() {
                toast.action = Some(action);
            }
        });
    }
}
