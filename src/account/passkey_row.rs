//! One passkey: what it is called, when it was used, and what can be done with it.

use super::devices::name_of;
use super::proofs::Deed;
use crate::format::day_and_clock;
use crate::i18n::t;
use crate::ui::{Button, ButtonKind, ButtonSize, Icon, IconName, TextField};
use api::wire::{KnownPasskey, PasskeyName, RenamePasskey};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

/// One passkey.
#[component]
pub(super) fn PasskeyRow(
    /// Which.
    passkey: KnownPasskey,
    /// While true something is being done.
    #[prop(into)]
    pending: Signal<bool>,
    /// Does something.
    does: Callback<Deed>,
) -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let name = passkey.name.map_or_else(|| name_of(passkey.device), String::from);
    let used = t().devices_used(&day_and_clock(passkey.last_used_at));
    let id = StoredValue::new(passkey.id);
    let (renaming, typed) = (RwSignal::new(false), RwSignal::new(name.clone()));
    let named = move || typed.with(|typed| PasskeyName::try_from(typed.clone()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Ok(name) = named() {
            does.run(Deed::Rename(id.get_value(), RenamePasskey { name }));
        }
    };
    let row = {
        move || {
            let (name, used) = (name.clone(), used.clone());
            let (rename, remove) = (t().passkey_rename_named(&name), t().passkey_remove_named(&name));
            view! { class=class,
                <div class="row">
                    <Icon name=IconName::Passkey />
                    <div class="what">
                        <p>{name}</p>
                        <p class="muted fine">{used}</p>
                    </div>
                    <Button size=ButtonSize::Small pending on_click=move |()| renaming.set(true)>
                        <span aria-hidden="true">{t().passkey_rename()}</span>
                        <span class="sr-only">{rename}</span>
                    </Button>
                    <Button size=ButtonSize::Small pending on_click=move |()| does.run(Deed::Remove(id.get_value()))>
                        <span aria-hidden="true">{t().passkey_remove()}</span>
                        <span class="sr-only">{remove}</span>
                    </Button>
                </div>
            }
        }
    };
    let form = move || {
        view! { class=class,
            <form class="row" novalidate aria-label=t().passkey_rename() on:submit=submit>
                <div class="what">
                    <TextField
                        label=t().passkey_name().to_owned()
                        name="passkey-name"
                        autocomplete="off"
                        value=typed
                        on_input=move |text: String| typed.set(text)
                        error=Signal::derive(move || named().is_err().then(|| t().passkey_nameless().to_owned()))
                        max_length=60u32
                    />
                </div>
                <Button kind=ButtonKind::Submit size=ButtonSize::Small pending>{t().passkey_save()}</Button>
            </form>
        }
    };
    view! { class=class, <li>{move || if renaming.get() { form().into_any() } else { row().into_any() }}</li> }
}

crate::words! {
    devices_used(when) "Last used {when}" "Ultimo uso {when}";
    passkey_rename "Rename" "Rinomina";
    passkey_rename_named(name) "Rename {name}" "Rinomina {name}";
    passkey_remove "Remove" "Rimuovi";
    passkey_remove_named(name) "Remove {name}" "Rimuovi {name}";
    passkey_name "Name of the passkey" "Nome della passkey";
    passkey_nameless "Enter a name." "Inserisci un nome.";
    passkey_save "Save" "Salva";
}
