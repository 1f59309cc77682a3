//! Signing in with a recovery code; then a passkey for this device, since whoever needs a code has none.

use super::page::{begin, client};
use crate::i18n::t;
use crate::proof::{self, ProofError};
use crate::store::{answer, new_key};
use crate::ui::{Button, ButtonKind, ButtonSize, ButtonVariant, IconName, TextField};
use api::wire::{Account, SignInRecovery};
use domain::text::Text;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

/// Signing in with a recovery code.
#[component]
pub(super) fn Recovery(
    /// Who one says one is.
    handle: RwSignal<String>,
) -> impl IntoView {
    let class = style_sheet!("src/sign_in/sign_up.css");
    let (code, sent) = (RwSignal::new(String::new()), RwSignal::new(false));
    let who = move || handle.with(|typed| Text::<30>::try_from(typed.trim().trim_start_matches('@').to_lowercase()));
    let which = move || code.with(|typed| Text::<40>::try_from(typed.clone()));
    let recover = Action::new_local(move |body: &SignInRecovery| {
        let body = body.clone();
        async move { Ok::<_, ProofError>(client().await?.sign_in_recovery(&new_key(), &body).await?) }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sent.set(true);
        if let (Ok(handle), Ok(code), false) = (who(), which(), recover.pending().get_untracked()) {
            recover.dispatch_local(SignInRecovery { handle, code });
        }
    };
    let problem = move || match &*recover.value().read() {
        Some(Err(error)) => Some(error.sentence()),
        Some(Ok(_)) | None => None,
    };
    let form = move || {
        view! { class=class,
            <form class="sign-up" novalidate aria-label=t().sign_in_recover() on:submit=submit>
                <TextField
                    label=t().sign_in_handle().to_owned()
                    name="username"
                    autocomplete="username"
                    value=handle
                    on_input=move |typed: String| handle.set(typed)
                    error=Signal::derive(move || (sent.get() && who().is_err()).then(|| t().recovery_who().to_owned()))
                    max_length=31u32
                />
                <TextField
                    label=t().recovery_code().to_owned()
                    name="code"
                    autocomplete="one-time-code"
                    value=code
                    on_input=move |typed: String| code.set(typed)
                    error=Signal::derive(move || (sent.get() && which().is_err()).then(|| t().recovery_which().to_owned()))
                    hint=t().recovery_hint()
                    max_length=40u32
                />
                <Button
                    kind=ButtonKind::Submit
                    variant=ButtonVariant::Primary
                    size=ButtonSize::Big
                    icon=IconName::Key
                    pending=recover.pending()
                >
                    {t().recovery_sign_in()}
                </Button>
                <p class="error" role="alert">{problem}</p>
            </form>
        }
    };
    move || match recover.value().get() {
        Some(Ok(account)) => view! { <NewPasskey account /> }.into_any(),
        Some(Err(_)) | None => form().into_any(),
    }
}

/// A passkey for this device, before anything else.
#[component]
fn NewPasskey(
    /// Who one is.
    account: Account,
) -> impl IntoView {
    let class = style_sheet!("src/sign_in/sign_up.css");
    let account = StoredValue::new(account);
    let go_on = move |()| account.with_value(begin);
    let add = Action::new_local(move |(): &()| async move {
        let client = client().await?;
        let made = proof::make(client.add_passkey(&new_key()).await?).await?;
        client.finish_add_passkey(&new_key(), &made).await?;
        go_on(());
        Ok::<_, ProofError>(())
    });
    let problem = move || match &*add.value().read() {
        Some(Err(error)) => Some(error.sentence()),
        Some(Ok(())) | None => None,
    };
    // Who has lost what opens a business is told what else does: keys stay, since a shop's programs must not stop.
    let is_business = account.with_value(|account| account.business.is_some());
    let keys = answer(move || async move {
        if !is_business {
            return Vec::new();
        }
        // Staff have none to look at, and what is not told now stands on the page of the business.
        match client().await {
            Ok(client) => client.keys().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        }
    });
    let programs = move || {
        let names =
            keys.get().unwrap_or_default().iter().map(|key| key.name.to_string()).collect::<Vec<_>>().join(", ");
        (!names.is_empty()).then(|| view! { class=class, <p class="notice plain">{t().recovery_keys(&names)}</p> })
    };
    view! { class=class,
        <section class="sign-up" aria-label=t().recovery_add()>
            <p class="notice plain" role="status">{t().recovery_done()}</p>
            {programs}
            <Button
                variant=ButtonVariant::Primary
                size=ButtonSize::Big
                icon=IconName::Passkey
                pending=add.pending()
                on_click=move |()| drop(add.dispatch_local(()))
            >
                {t().recovery_add()}
            </Button>
            <Button size=ButtonSize::Wide on_click=go_on>{t().recovery_later()}</Button>
            <p class="error" role="alert">{problem}</p>
        </section>
    }
}

crate::words! {
    recovery_code "Recovery code" "Codice di recupero";
    recovery_hint "16 letters and digits, from the list you kept." "16 lettere e cifre, dalla lista che hai conservato.";
    recovery_who "Enter your handle." "Inserisci il tuo nome utente.";
    recovery_which "Enter a recovery code." "Inserisci un codice di recupero.";
    recovery_sign_in "Sign in with this code" "Accedi con questo codice";
    recovery_done "You are signed in, here and nowhere else. Add a passkey, so that you can come back without a code."
        "Hai effettuato l’accesso, solo qui. Aggiungi una passkey per poter rientrare senza codice.";
    recovery_keys(names) "These programs still have a key: {names}. If you do not know one, revoke it under You, Developers."
        "Questi programmi hanno ancora una chiave: {names}. Se non ne riconosci una, revocala in Tu, Sviluppatori.";
    recovery_add "Add a passkey to this device" "Aggiungi una passkey a questo dispositivo";
    recovery_later "Later" "Più tardi";
}
