//! How payments are confirmed: by a passkey, a PIN, or the tap alone.

use super::change::{Change, Changes};
use super::passkey;
use crate::i18n::t;
use crate::store::use_session;
use crate::ui::{Button, ButtonKind, FieldKind, Icon, IconName, TextField};
use api::wire::{ConfirmationKind, SetPin};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// Four to six digits.
fn is_pin(text: &str) -> bool {
    (4..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// How payments are confirmed.
#[component]
pub(super) fn Security() -> impl IntoView {
    let session = use_session();
    let (pin, left) = (RwSignal::new(String::new()), RwSignal::new(false));
    let setting = RwSignal::new(false);
    let done = move |()| {
        pin.set(String::new());
        left.set(false);
        setting.set(false);
        session.toast(t().wallet_saved());
    };
    let changes = Changes::new(session, Callback::new(done));
    let now = Memo::new(move |_| {
        session.wallet.with(|wallet| {
            wallet.as_ref().map_or((ConfirmationKind::Tap, 0), |wallet| (wallet.confirmation, wallet.passkeys.len()))
        })
    });
    let (icon, words) = (
        move || match now.get().0 {
            ConfirmationKind::Tap => IconName::Unlock,
            ConfirmationKind::Pin => IconName::Key,
            ConfirmationKind::Passkey => IconName::Passkey,
        },
        move || match now.get() {
            (ConfirmationKind::Tap, _) => t().wallet_by_tap().to_owned(),
            (ConfirmationKind::Pin, _) => t().wallet_by_pin().to_owned(),
            (ConfirmationKind::Passkey, 1) => t().wallet_by_passkey().to_owned(),
            (ConfirmationKind::Passkey, n) => t().wallet_by_passkeys(&n.to_string()),
        },
    );
    let error = Signal::derive(move || {
        (left.get() && !pin.with(|pin| is_pin(pin))).then(|| t().problem_invalid_pin().to_owned())
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        left.set(true);
        let pin = pin.get_untracked();
        if is_pin(&pin) && !changes.pending().get_untracked() {
            changes.make(Change::Pin(SetPin { pin }));
        }
    };
    let pin_form = move || match setting.get() {
        true => view! {
            <form novalidate aria-label=t().wallet_set_pin() on:submit=submit>
                <TextField
                    label=t().wallet_new_pin().to_owned()
                    name="new-pin"
                    kind=FieldKind::Password
                    inputmode="numeric"
                    autocomplete="new-password"
                    value=pin
                    on_input=move |text: String| pin.set(text)
                    on_blur=move |()| left.set(true)
                    error
                    hint=t().wallet_pin_hint()
                    max_length=6u32
                />
                <div class="add">
                    <Button kind=ButtonKind::Submit pending=changes.pending()>{t().wallet_save()}</Button>
                    <Button on_click=move |()| setting.set(false)>{t().wallet_cancel()}</Button>
                </div>
            </form>
        }
        .into_any(),
        false => view! {
            <div class="add">
                <Button on_click=move |()| setting.set(true)>{t().wallet_set_pin()}</Button>
            </div>
        }
        .into_any(),
    };
    let new_passkey = match passkey::is_supported() {
        true => view! {
            <Button icon=IconName::Passkey pending=changes.pending() on_click=move |()| changes.make(Change::Passkey)>
                {t().wallet_add_passkey()}
            </Button>
        }
        .into_any(),
        false => view! { <p class="hint">{t().wallet_passkey_unsupported()}</p> }.into_any(),
    };
    view! {
        <section>
            <h2>{t().wallet_security()}</h2>
            <div class="rows">
                <div class="row">
                    {move || view! { <Icon name=icon() /> }}
                    <div>
                        <p class="value">{words}</p>
                        <p class="label">{t().wallet_security_hint()}</p>
                    </div>
                </div>
            </div>
            <div class="add">{new_passkey}</div>
            {pin_form}
            {changes.problem()}
        </section>
    }
}
