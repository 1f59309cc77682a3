//! The sheet: review first, ask only for what is missing, one button with the amount.

use super::address_fields::{AddressFields, AddressForm};
use super::choice::{Choice, To};
use super::deliver_to::DeliverTo;
use super::delivery::DeliveryRow;
use super::foot::Foot;
use super::items::{Figures, Items, ItemsInShort};
use super::pay::{Checkout, Wish};
use super::pay_with::{Methods, PayWithRow};
use super::what_if::WhatIf;
use super::window::{ApprovalWindow, address, on_told};
use crate::i18n::t;
use crate::navigate::{Panels, use_panels};
use crate::payment_request::{Standing, sentence};
use crate::store::{Session, ThreadCell, new_key, use_session};
use crate::ui::{
    Avatar, AvatarSize, Button, FieldKind, Icon, IconName, IconSize, Sheet, Skeleton, SkeletonKind, TextField,
    ToastAction, unique_id,
};
use crate::wallet::passkey;
use api::client::PaymentAct;
use api::wire::ConfirmationKind;
use domain::ids::PaymentRequestId;
use leptos::ev::SubmitEvent;
use leptos::html::Form;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::HtmlElement;
use stylers::style_sheet;
use wasm_bindgen::JsCast;

/// A row that opens in place; one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    /// Where it goes.
    Address,
    /// How it travels.
    Delivery,
    /// What is paid with.
    Method,
}

/// A row with what was chosen, that opens into what can be chosen.
#[component]
pub(super) fn FoldRow(
    /// Which.
    fold: Fold,
    /// Which one is open.
    open: RwSignal<Option<Fold>>,
    /// Its icon.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Its picture instead.
    #[prop(optional)]
    picture: Option<Signal<&'static str>>,
    /// What it is about.
    label: Signal<String>,
    /// What was chosen.
    value: Signal<String>,
    /// What can be chosen.
    children: Children,
) -> impl IntoView {
    let id = unique_id("fold");
    let is_open = move || open.get() == Some(fold);
    let toggle = move |_| open.set(if open.get_untracked() == Some(fold) { None } else { Some(fold) });
    view! {
        <li>
            <button
                class="row"
                type="button"
                aria-expanded=move || is_open().to_string()
                aria-controls=id.clone()
                on:click=toggle
            >
                {picture.map(|picture| view! { <img class="pay-mark" src=move || picture.get() alt="" /> })}
                {icon.map(|name| view! { <Icon name /> })}
                <div>
                    <p class="label">{move || label.get()}</p>
                    <p class="value">{move || value.get()}</p>
                </div>
                <Icon name=IconName::Next size=IconSize::Tiny />
            </button>
            <div class="fold" id=id hidden=move || !is_open()>
                {children()}
            </div>
        </li>
    }
}

/// Checkout of one request. It is mounted for as long as the address says `?checkout=`; what it shows of the payment
/// follows from the thread alone.
#[component]
pub fn CheckoutSheet(
    /// The thread it is in.
    cell: ThreadCell,
    /// What is paid.
    request: PaymentRequestId,
    /// Called when it is paid or put away.
    on_close: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let known = cell.state.with_untracked(|state| state.requests.get(&request).cloned());
    let Some(known) = known else {
        return view! {
            <Sheet title=t().checkout_title().to_owned() close_label=t().checkout_close().to_owned() on_close>
                <p role="alert">{t().problem_not_found()}</p>
            </Sheet>
        }
        .into_any();
    };
    let checkout = Checkout::new(session, cell, known);
    let panels = use_panels();
    let window = ApprovalWindow::new();
    let form_id = unique_id("checkout");
    let state = SheetState::new(checkout, window);
    follow(state, panels, on_close);

    let peer = session.inbox.entry(&cell.id()).map(|entry| entry.with_untracked(|entry| entry.peer.clone()));
    let lead = peer.map(|peer| {
        let picture = Some(peer.avatar.to_string());
        view! { <Avatar name=peer.name.to_string() picture=picture size=AvatarSize::S40 /> }.into_any()
    });
    let subtitle = Signal::derive(move || {
        let peer = checkout.peer.get_value();
        let (number, revision) = checkout.request.with(|request| (request.number, request.current().number));
        match revision {
            1 => t().checkout_subtitle(&peer, &number.to_string()),
            revised => t().checkout_subtitle_revised(&peer, &number.to_string(), &revised.to_string()),
        }
    });
    let foot = view! { <Foot state form_id=form_id.clone() /> }.into_any();
    view! {
        <Sheet
            title=t().checkout_title().to_owned()
            subtitle
            lead=lead.unwrap_or_else(|| ().into_any())
            close_label=t().checkout_close().to_owned()
            on_close
            foot
        >
            <Body state form_id />
        </Sheet>
    }
    .into_any()
}

/// What the sheet itself remembers while it is open. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct SheetState {
    pub checkout: Checkout,
    pub window: ApprovalWindow,
    pub pay: Action<Wish, Result<(), super::pay::PayError>>,
    /// The new address.
    pub address: AddressForm,
    /// The revision that was looked at.
    pub seen: RwSignal<u32>,
    pub pin: RwSignal<String>,
    /// Whether the PIN is asked for, and what is wrong with it.
    pub asks_pin: RwSignal<bool>,
    form: NodeRef<Form>,
    open: RwSignal<Option<Fold>>,
    is_first: StoredValue<bool>,
}

impl SheetState {
    fn new(checkout: Checkout, window: ApprovalWindow) -> Self {
        let pay = Action::new_local(move |wish: &Wish| {
            let wish = wish.clone();
            async move {
                let paid = checkout.pay(wish).await;
                if paid.is_err() {
                    window.close();
                }
                paid
            }
        });
        let draft = Signal::derive(move || checkout.choice.with(|choice| choice.draft.clone()));
        let type_in = move |draft| checkout.choose(|choice| choice.draft = draft);
        Self {
            checkout,
            window,
            pay,
            address: AddressForm::new(draft, Callback::new(type_in)),
            seen: RwSignal::new(checkout.request.with_untracked(|request| request.current().number)),
            pin: RwSignal::new(String::new()),
            asks_pin: RwSignal::new(false),
            form: NodeRef::new(),
            open: RwSignal::new(None),
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
        open && !live && loaded && self.checkout.session.online.get() && !self.is_changed()
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
            let field = form.get_untracked().and_then(|form| form.query_selector("[name=pin]").ok().flatten());
            if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                // What cannot take the focus is not on the page.
                let _focused = field.focus();
            }
        });
    }

    fn submit(self) {
        let checkout = self.checkout;
        if self.pay.pending().get_untracked() || !untrack(|| self.can_pay()) {
            return;
        }
        let to = untrack(|| (!checkout.is_digital()).then(|| checkout.to()));
        if to == Some(To::New) && self.address.check().is_none() {
            self.open.set(Some(Fold::Address));
            return;
        }
        let wallet = checkout.session.wallet.get_untracked().unwrap_or_default();
        let wants_pin = self.asks_pin.get_untracked() || wallet.confirmation == ConfirmationKind::Pin;
        let pin = self.pin.get_untracked();
        if wants_pin && pin.is_empty() {
            self.ask_pin();
            return;
        }
        let with = untrack(|| checkout.with());
        self.is_first.set_value(wallet.methods.is_empty());
        // A window opens in the tap itself or not at all.
        if with.wants_window(&wallet) {
            self.window.open_blank();
        }
        let revision = checkout.request.with_untracked(|request| request.current().number);
        let (delivery, total) = untrack(|| (checkout.delivery(), checkout.totals().total));
        let pin = wants_pin.then_some(pin);
        self.open.set(None);
        self.pay.dispatch_local(Wish { revision, delivery, total, to, with, pin });
    }
}

/// What follows from the payment's own state, and from signs of life of the processor's window.
fn follow(state: SheetState, panels: Panels, on_close: Callback<()>) {
    let SheetState { checkout, window, .. } = state;
    let session = checkout.session;
    let handle = session.me().handle.to_string();
    Effect::new(move |_| match checkout.standing.get() {
        Standing::Confirm { payment, .. } => window.show(&address(&payment, &handle)),
        Standing::Paid => {
            window.close();
            checkout.id.with_value(Choice::forget);
            offer_passkey(session, panels, state.is_first.get_value());
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
fn offer_passkey(session: Session, panels: Panels, is_first: bool) {
    let by_tap = session.wallet.with_untracked(|wallet| {
        wallet.as_ref().is_some_and(|wallet| wallet.confirmation == ConfirmationKind::Tap)
    });
    if is_first && by_tap && passkey::is_supported() {
        session.toast(t().checkout_passkey_next());
        let run = Callback::new(move |()| panels.go(crate::wallet::PATH));
        let action = ToastAction { label: t().checkout_passkey_set().to_owned(), run };
        session.toasts.update(|toasts| {
            if let Some(toast) = toasts.last_mut() {
                toast.action = Some(action);
            }
        });
    }
}

/// Everything above the button, as one form.
#[component]
fn Body(
    /// The sheet.
    state: SheetState,
    /// The id of the form.
    form_id: String,
) -> impl IntoView {
    let class = style_sheet!("src/checkout/sheet.css");
    let checkout = state.checkout;
    let session = checkout.session;
    let load = Action::new_local(move |(): &()| async move { session.load_wallet().await });
    load.dispatch_local(());
    let failed = move || load.value().with(|last| last.as_ref().and_then(|last| last.as_ref().err().map(sentence)));
    let is_loaded = Memo::new(move |_| session.wallet.with(Option::is_some));
    let asks_address =
        Memo::new(move |_| !checkout.is_digital() && checkout.wallet(|wallet| wallet.addresses.is_empty()));
    let asks_method = Memo::new(move |_| checkout.wallet(|wallet| wallet.methods.is_empty()));
    let items = move || match asks_address.get() && is_loaded.get() {
        true => view! { <ItemsInShort checkout /> }.into_any(),
        false => view! { <Items checkout /> }.into_any(),
    };
    let missing_address = move || {
        asks_address.get().then(|| {
            view! {
                <section>
                    <h3>{t().checkout_deliver_to()}</h3>
                    <AddressFields form=state.address />
                </section>
            }
        })
    };
    let address_row = move || {
        let known = !asks_address.get() && !checkout.is_digital();
        known.then(|| view! { <DeliverTo checkout form=state.address open=state.open /> })
    };
    let method_row = move || (!asks_method.get()).then(|| view! { <PayWithRow checkout open=state.open /> });
    let missing_method = move || {
        asks_method.get().then(|| {
            view! {
                <section>
                    <h3>{t().checkout_pay_with()}</h3>
                    <div class="rows compact">
                        <Methods checkout />
                    </div>
                </section>
            }
        })
    };
    let figures = move || (!asks_address.get()).then(|| view! { <Figures checkout /> });
    let choices = move || match (is_loaded.get(), failed()) {
        (true, _) => view! {
            {missing_address}
            <ul class="rows">
                {address_row}
                <DeliveryRow checkout open=state.open />
                {method_row}
            </ul>
            {missing_method}
            {figures}
        }
        .into_any(),
        (false, Some(problem)) => view! {
            <div role="alert">
                <p class="error">{t().checkout_wallet_failed()} " " {problem}</p>
                <Button on_click=move |()| drop(load.dispatch_local(()))>{t().checkout_retry()}</Button>
            </div>
        }
        .into_any(),
        (false, None) => {
            view! { <Skeleton kind=SkeletonKind::Lines count=4 label=t().checkout_loading() /> }.into_any()
        }
    };
    let pin = move || {
        state.asks_pin.get().then(|| {
            view! {
                <TextField
                    label=t().checkout_pin().to_owned()
                    name="pin"
                    value=state.pin
                    on_input=move |pin: String| state.pin.set(pin)
                    kind=FieldKind::Password
                    inputmode="numeric"
                    autocomplete="current-password"
                    max_length=6u32
                    hint=t().checkout_pin_missing()
                />
            }
        })
    };
    // While it is under way nothing can be chosen anew.
    let is_fixed = move || {
        state.pay.pending().get() || checkout.standing.with(|standing| standing.is_live() || *standing == Standing::Paid)
    };
    view! { class=class,
        <form
            class="checkout"
            id=form_id
            novalidate
            node_ref=state.form
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                state.submit();
            }
        >
            {items}
            <fieldset class="choices" disabled=is_fixed>
                <legend class="sr-only">{t().checkout_title()}</legend>
                {choices}
            </fieldset>
            <WhatIf checkout />
            {pin}
        </form>
    }
}
