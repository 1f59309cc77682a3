//! The sheet: review first, ask only for what is missing, one button with the amount.

use super::address_fields::AddressFields;
use super::deliver_to::DeliverTo;
use super::delivery::DeliveryRow;
use super::foot::Foot;
use super::items::{Figures, Items, ItemsInShort};
use super::pay::Checkout;
use super::pay_with::{Methods, PayWithRow};
use super::state::{SheetState, follow};
use super::what_if::WhatIf;
use super::window::ApprovalWindow;
use crate::i18n::t;
use crate::payment_request::Standing;
use crate::refusal::sentence;
use crate::store::{ThreadCell, for_good, use_session};
use crate::ui::{Avatar, AvatarSize, Button, FieldKind, Sheet, Skeleton, SkeletonKind, TextField, unique_id};
use domain::ids::PaymentRequestId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use stylers::style_sheet;

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
    let navigate = use_navigate();
    // The toast that leads there outlives the sheet.
    let to_wallet = for_good(|| Callback::new(move |()| navigate(crate::wallet::PATH, NavigateOptions::default())));
    let window = ApprovalWindow::new();
    let form_id = unique_id("checkout");
    let state = SheetState::new(checkout, window);
    follow(state, to_wallet, on_close);

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
    // Now, and again as soon as somebody answers: also where it is known, as the processor may have kept a method, or let
    // one go, since.
    Effect::new(move || {
        if session.online.get() {
            load.dispatch_local(());
        }
    });
    let failed = move || load.value().with(|last| last.as_ref().and_then(|last| last.as_ref().err().map(sentence)));
    let is_loaded = Memo::new(move |_| session.wallet.with(Option::is_some));
    let needs_address = Memo::new(move |_| checkout.needs_address());
    let asks_address =
        Memo::new(move |_| checkout.needs_address() && checkout.wallet(|wallet| wallet.addresses.is_empty()));
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
                    <AddressFields form=state.deliver_to />
                </section>
            }
        })
    };
    let address_row = move || {
        let known = !asks_address.get() && needs_address.get();
        known.then(|| view! { <DeliverTo checkout form=state.deliver_to open=state.open /> })
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
    let wants_pin = Memo::new(move |_| state.wants_pin());
    let pin = move || {
        wants_pin.get().then(|| {
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
        state.pay.pending().get()
            || checkout.standing.with(|standing| standing.is_live() || *standing == Standing::Paid)
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
