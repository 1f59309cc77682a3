//! Where the business is paid. Only its owner is asked, and proves it with a passkey.

use crate::i18n::t;
use crate::proof::{ProofError, proving};
use crate::store::{new_key, use_session};
use crate::ui::{Button, ButtonKind, ButtonVariant, TextField};
use api::client::ApiError;
use api::wire::{PaidTo, Payee, SetPayee};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

#[derive(Clone, Debug)]
enum Deed {
    Load,
    Choose(Option<PaidTo>),
}

/// What was typed: an e-mail, else the number of an account, else nothing.
fn read(typed: &str) -> Option<PaidTo> {
    match typed.trim() {
        "" => None,
        email if email.contains('@') => Some(PaidTo::Email(email.to_owned())),
        number => Some(PaidTo::Merchant(number.to_uppercase())),
    }
}

fn written(to: &PaidTo) -> String {
    match to {
        PaidTo::Merchant(text) | PaidTo::Email(text) => text.clone(),
    }
}

/// Where one's business is paid. Staff, and whoever is paid by a simulation, see nothing of it.
#[component]
pub(super) fn PayeeOfMe(
    /// Told whether it is paid by a simulation, as far as one may know.
    #[prop(into)]
    on_told: Callback<bool>,
) -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let session = use_session();
    let (told, typed, is_kept) = (RwSignal::new(None::<Payee>), RwSignal::new(String::new()), RwSignal::new(false));
    let deed = Action::new_local(move |deed: &Deed| {
        let (deed, client, key) = (deed.clone(), session.client(), new_key());
        async move {
            let now = match deed {
                Deed::Load => match client.payee().await {
                    Err(ApiError::Problem(problem)) if problem.code == "only_owner" => {
                        on_told.run(false);
                        return Ok(());
                    }
                    answer => answer?,
                },
                Deed::Choose(to) => {
                    let body = SetPayee { to };
                    let now = proving(&client, || client.set_payee(&key, &body)).await?;
                    is_kept.set(true);
                    now
                }
            };
            typed.set(now.chosen.as_ref().map(written).unwrap_or_default());
            on_told.run(!now.is_offered);
            told.set(Some(now));
            Ok::<_, ProofError>(())
        }
    });
    deed.dispatch_local(Deed::Load);
    let refused = Memo::new(move |_| match &*deed.value().read() {
        Some(Err(error)) => Some((error.field().is_some(), error.sentence())),
        Some(Ok(())) | None => None,
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        is_kept.set(false);
        if !deed.pending().get_untracked() {
            deed.dispatch_local(Deed::Choose(typed.with_untracked(|typed| read(typed))));
        }
    };
    let in_field = Signal::derive(move || refused.get().filter(|(in_field, _)| *in_field).map(|(_, why)| why));
    let elsewhere = move || {
        let why = refused.get().filter(|(in_field, _)| !*in_field).map(|(_, why)| why)?;
        Some(view! { class=class, <p class="error" role="alert">{why}</p> })
    };
    let is_offered = Memo::new(move |_| told.with(|told| told.as_ref().is_some_and(|told| told.is_offered)));
    let said = move || if is_kept.get() { t().payee_kept() } else { "" };
    view! { class=class,
        <Show when=move || is_offered.get()>
            <section class="devices" aria-labelledby="payee">
                <h2 id="payee">{t().payee_title()}</h2>
                <p class="muted">{t().payee_note()}</p>
                <form novalidate aria-labelledby="payee" on:submit=submit>
                    <TextField
                        label=t().payee_label().to_owned()
                        name="payee"
                        autocomplete="off"
                        value=typed
                        on_input=move |text: String| typed.set(text)
                        error=in_field
                        hint=t().payee_hint()
                        max_length=254u32
                    />
                    <div class="buttons">
                        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary pending=deed.pending()>
                            {t().payee_keep()}
                        </Button>
                    </div>
                </form>
                {elsewhere}
                <p role="status">{said}</p>
            </section>
        </Show>
    }
}

crate::words! {
    payee_title "Where you are paid" "Dove ricevi i pagamenti";
    payee_note "Customers pay this PayPal account from now on. What was begun before is paid where it was to be paid then."
        "D’ora in poi i clienti pagano su questo conto PayPal. Quanto già avviato resta sul conto precedente.";
    payee_label "E-mail or merchant number of a PayPal account" "E-mail o codice commerciante di un conto PayPal";
    payee_hint "Empty: the account of this shop." "Vuoto: il conto di questo negozio.";
    payee_keep "Save" "Salva";
    payee_kept "Saved." "Salvato.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn what_has_an_at_is_an_email_and_all_else_a_number() {
        assert_eq!(read("  "), None);
        assert_eq!(read(" kai@example.com "), Some(PaidTo::Email("kai@example.com".to_owned())));
        assert_eq!(read("bttgamerchant"), Some(PaidTo::Merchant("BTTGAMERCHANT".to_owned())));
    }
}
