//! What one's account is opened with: passkeys, and recovery codes for the day they are lost.

use super::codes::Codes;
use super::passkey_row::PasskeyRow;
use crate::i18n::t;
use crate::proof::{self, ProofError, proving};
use crate::store::{new_key, use_session};
use crate::ui::{Button, IconName, Skeleton, SkeletonKind};
use api::wire::{Proofs, RecoveryCodes, RenamePasskey};
use leptos::prelude::*;
use stylers::style_sheet;

/// What is done about them.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Load them.
    Load,
    /// Make a passkey on this device.
    Add,
    /// Call one something.
    Rename(String, RenamePasskey),
    /// Take one away.
    Remove(String),
    /// Make new recovery codes.
    Codes,
}

/// What one's account is opened with.
#[component]
pub(super) fn ProofsOfMe() -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let session = use_session();
    let (proofs, codes) = (RwSignal::new(None::<Proofs>), RwSignal::new(None::<Vec<String>>));
    let deed = Action::new_local(move |deed: &Deed| {
        let deed = deed.clone();
        let client = session.client();
        async move {
            let now = match deed {
                Deed::Load => client.proofs().await?,
                Deed::Add => {
                    let key = new_key();
                    let asked = proving(&client, || client.add_passkey(&key)).await?;
                    client.finish_add_passkey(&new_key(), &proof::make(asked).await?).await?
                }
                Deed::Rename(id, body) => client.rename_passkey(&new_key(), &id, &body).await?,
                Deed::Remove(id) => {
                    let key = new_key();
                    proving(&client, || client.remove_passkey(&key, &id)).await?
                }
                Deed::Codes => {
                    let key = new_key();
                    let RecoveryCodes { codes: new } = proving(&client, || client.new_recovery_codes(&key)).await?;
                    codes.set(Some(new));
                    client.proofs().await?
                }
            };
            proofs.set(Some(now));
            Ok::<_, ProofError>(())
        }
    });
    let does = Callback::new(move |what: Deed| {
        if !deed.pending().get_untracked() {
            deed.dispatch_local(what);
        }
    });
    does.run(Deed::Load);
    let problem = move || match &*deed.value().read() {
        Some(Err(error)) => Some(error.sentence()),
        Some(Ok(())) | None => None,
    };
    let list = move || match proofs.get() {
        None if problem().is_some() => view! { class=class,
            <div class="buttons">
                <Button pending=deed.pending() on_click=move |()| does.run(Deed::Load)>{t().list_retry()}</Button>
            </div>
        }
        .into_any(),
        None => view! { <Skeleton kind=SkeletonKind::Lines count=2 label=t().loading() /> }.into_any(),
        Some(Proofs { passkeys, .. }) if passkeys.is_empty() => {
            view! { class=class, <p class="muted">{t().proofs_none()}</p> }.into_any()
        }
        Some(Proofs { passkeys, .. }) => view! { class=class,
            <ul class="rows">
                {passkeys
                    .into_iter()
                    .map(|passkey| view! { <PasskeyRow passkey pending=deed.pending() does /> })
                    .collect_view()}
            </ul>
        }
        .into_any(),
    };
    let add = match proof::why_not() {
        Some(why_not) => view! { class=class, <p class="muted">{why_not}</p> }.into_any(),
        None => view! { class=class,
            <div class="buttons">
                <Button icon=IconName::Passkey pending=deed.pending() on_click=move |()| does.run(Deed::Add)>
                    {t().proofs_add()}
                </Button>
            </div>
        }
        .into_any(),
    };
    let left = move || {
        proofs.with(|proofs| match proofs.as_ref().map(|proofs| proofs.recovery_codes) {
            None => String::new(),
            Some(0) => t().proofs_codes_none().to_owned(),
            Some(1) => t().proofs_code_left().to_owned(),
            Some(count) => t().proofs_codes_left(&count.to_string()),
        })
    };
    view! { class=class,
        <section class="devices" aria-labelledby="passkeys">
            <h2 id="passkeys">{t().proofs_title()}</h2>
            {list}
            <p class="error" role="alert">{problem}</p>
            {add}
        </section>
        <section class="devices" aria-labelledby="codes">
            <h2 id="codes">{t().proofs_codes()}</h2>
            <p class="muted">{left}</p>
            {move || codes.get().map(|new| view! { <Codes codes=new on_done=move |()| codes.set(None) /> })}
            <div class="buttons">
                <Button icon=IconName::Key pending=deed.pending() on_click=move |()| does.run(Deed::Codes)>
                    {t().proofs_new_codes()}
                </Button>
            </div>
        </section>
    }
}

crate::words! {
    proofs_title "Passkeys" "Passkey";
    proofs_none "You have none yet. With a passkey you sign in by touch." "Non ne hai ancora. Con una passkey accedi con un tocco.";
    proofs_add "Add a passkey" "Aggiungi una passkey";
    proofs_codes "Recovery codes" "Codici di recupero";
    proofs_codes_none "You have none. They open your account when all your devices are lost."
        "Non ne hai. Aprono il tuo account quando hai perso tutti i dispositivi.";
    proofs_code_left "One is left." "Ne resta uno.";
    proofs_codes_left(count) "{count} are left." "Ne restano {count}.";
    proofs_new_codes "Make new codes" "Crea nuovi codici";
}
