//! Signing in with a passkey: by a button, or among the suggestions of a field; and the ways beside it.

use super::page::{Step, begin, client};
use crate::i18n::t;
use crate::proof::{self, ProofError};
use crate::store::new_key;
use crate::ui::{Button, ButtonKind, ButtonSize, ButtonVariant, IconName, TextField};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stylers::style_sheet;
use web_sys::AbortController;

/// Signing in with a passkey, and the ways beside it.
#[component]
pub(super) fn Ways(
    /// Whether one can have a passkey here.
    passkeys: bool,
    /// Who one says one is.
    handle: RwSignal<String>,
    /// Takes another way.
    go: Callback<Step>,
) -> impl IntoView {
    let class = style_sheet!("src/sign_in/ways.css");
    let why_not = if passkeys { proof::why_not() } else { Some(t().proof_none_here()) };
    if let Some(why_not) = why_not {
        return view! { class=class, <div class="ways"><p class="notice plain">{why_not}</p></div> }.into_any();
    }
    let suggesting = StoredValue::new_local(AbortController::new().ok());
    let stop = move || {
        // Where it is gone there is nothing to stop.
        let _stopped = suggesting.try_with_value(|controller| controller.as_ref().map(AbortController::abort));
    };
    on_cleanup(stop);
    if let Some(signal) = suggesting.with_value(|controller| controller.as_ref().map(AbortController::signal)) {
        spawn_local(async move {
            let chosen = async {
                if !proof::can_be_chosen().await {
                    return Err(ProofError::Unsupported);
                }
                let client = client().await?;
                let shown = proof::show_when_chosen(client.sign_in_passkey(&new_key()).await?, &signal).await?;
                Ok(client.finish_sign_in(&new_key(), &shown).await?)
            };
            // It was only offered: the button beside it says what is wrong.
            if let Ok(account) = chosen.await {
                begin(&account);
            }
        });
    }
    let sign_in = Action::new_local(move |(): &()| async move {
        // A browser asks for one passkey at a time.
        stop();
        let client = client().await?;
        let shown = proof::show(client.sign_in_passkey(&new_key()).await?).await?;
        begin(&client.finish_sign_in(&new_key(), &shown).await?);
        Ok::<_, ProofError>(())
    });
    let problem = move || match &*sign_in.value().read() {
        Some(Err(error)) => Some(error.sentence()),
        Some(Ok(())) | None => None,
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !sign_in.pending().get_untracked() {
            sign_in.dispatch_local(());
        }
    };
    view! { class=class,
        <div class="ways">
            <form novalidate aria-label=t().sign_in_title() on:submit=submit>
                <TextField
                    label=t().sign_in_handle().to_owned()
                    name="username"
                    autocomplete="username webauthn"
                    value=handle
                    on_input=move |typed: String| handle.set(typed)
                    hint=t().sign_in_handle_hint()
                    max_length=30u32
                />
                <Button
                    kind=ButtonKind::Submit
                    variant=ButtonVariant::Primary
                    size=ButtonSize::Big
                    icon=IconName::Passkey
                    pending=sign_in.pending()
                >
                    {t().sign_in_passkey()}
                </Button>
                <p class="error" role="alert">{problem}</p>
            </form>
            <div class="others">
                <Button icon=IconName::User on_click=move |()| go.run(Step::SignUp)>{t().sign_in_create()}</Button>
                <Button icon=IconName::Key on_click=move |()| go.run(Step::Recovery)>{t().sign_in_recover()}</Button>
            </div>
        </div>
    }
    .into_any()
}

crate::words! {
    sign_in_handle "Your handle" "Il tuo nome utente";
    sign_in_handle_hint "Your browser suggests your passkeys here. It can stay empty."
        "Qui il browser suggerisce le tue passkey. Può restare vuoto.";
    sign_in_passkey "Sign in with a passkey" "Accedi con una passkey";
}
