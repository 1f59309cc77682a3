//! Keys with which programs act for the business.

use crate::account::told_once::ToldOnce;
use crate::format::day_and_clock;
use crate::i18n::t;
use crate::proof::{ProofError, proving};
use crate::store::{new_key, use_session};
use crate::ui::{
    Button, ButtonKind, ButtonSize, ButtonVariant, ConfirmDialog, Icon, IconName, Skeleton, SkeletonKind, TextField,
};
use api::wire::{ApiKey, MakeKey};
use domain::text::Text;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

/// What is done about them.
#[derive(Clone, Debug)]
enum Deed {
    Load,
    Make(MakeKey),
    Revoke(String),
}

/// Keys with which programs act for the business.
#[component]
pub(super) fn Keys() -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let session = use_session();
    let (keys, made) = (RwSignal::new(None::<Vec<ApiKey>>), RwSignal::new(None::<String>));
    let deed = Action::new_local(move |deed: &Deed| {
        let (deed, client, key) = (deed.clone(), session.client(), new_key());
        async move {
            match deed {
                Deed::Load => {}
                Deed::Make(body) => made.set(Some(proving(&client, || client.make_key(&key, &body)).await?.secret)),
                Deed::Revoke(id) => client.revoke_key(&key, &id).await?,
            }
            keys.set(Some(client.keys().await?));
            Ok::<_, ProofError>(())
        }
    });
    let does = move |what: Deed| {
        if !deed.pending().get_untracked() {
            deed.dispatch_local(what);
        }
    };
    does(Deed::Load);
    let problem = move || match &*deed.value().read() {
        Some(Err(error)) => Some(error.sentence()),
        Some(Ok(())) | None => None,
    };
    let asked = RwSignal::new(None::<ApiKey>);
    let row = move |key: ApiKey| {
        let revoke = t().keys_revoke_named(key.name.as_str());
        let used = match key.last_used_at {
            Some(at) => t().devices_used(&day_and_clock(at)),
            None => t().keys_unused().to_owned(),
        };
        let (name, hint) = (key.name.to_string(), format!("bk_…{} · {used}", key.hint));
        view! { class=class,
            <li>
                <div class="row">
                    <Icon name=IconName::Key />
                    <div class="what">
                        <p>{name}</p>
                        <p class="muted fine">{hint}</p>
                    </div>
                    <Button
                        size=ButtonSize::Small
                        pending=deed.pending()
                        on_click=move |()| asked.set(Some(key.clone()))
                    >
                        <span aria-hidden="true">{t().keys_revoke()}</span>
                        <span class="sr-only">{revoke}</span>
                    </Button>
                </div>
            </li>
        }
    };
    let list = move || match keys.get() {
        None if problem().is_some() => view! { class=class,
            <div class="buttons">
                <Button pending=deed.pending() on_click=move |()| does(Deed::Load)>{t().list_retry()}</Button>
            </div>
        }
        .into_any(),
        None => view! { <Skeleton kind=SkeletonKind::Lines count=2 label=t().loading() /> }.into_any(),
        Some(keys) if keys.is_empty() => view! { class=class, <p class="muted">{t().keys_none()}</p> }.into_any(),
        Some(keys) => {
            view! { class=class, <ul class="rows">{keys.into_iter().map(row).collect_view()}</ul> }.into_any()
        }
    };
    let (typed, sent) = (RwSignal::new(String::new()), RwSignal::new(false));
    let named = move || typed.with(|typed| Text::<80>::try_from(typed.clone()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sent.set(true);
        if let Ok(name) = named() {
            does(Deed::Make(MakeKey { name }));
        }
    };
    let done = move |()| {
        made.set(None);
        typed.set(String::new());
        sent.set(false);
    };
    let form = move || {
        view! { class=class,
            <form novalidate aria-label=t().keys_make() on:submit=submit>
                <TextField
                    label=t().keys_name().to_owned()
                    name="key-name"
                    autocomplete="off"
                    value=typed
                    on_input=move |text: String| typed.set(text)
                    error=Signal::derive(move || {
                        (sent.get() && named().is_err()).then(|| t().passkey_nameless().to_owned())
                    })
                    hint=t().keys_hint()
                    max_length=80u32
                />
                <div class="buttons">
                    <Button
                        kind=ButtonKind::Submit
                        variant=ButtonVariant::Primary
                        icon=IconName::Plus
                        pending=deed.pending()
                    >
                        {t().keys_make()}
                    </Button>
                </div>
            </form>
        }
    };
    let making = move || match made.get() {
        Some(secret) => {
            view! { <ToldOnce title=t().keys_made() note=t().keys_made_note() secret on_done=done /> }.into_any()
        }
        None => form().into_any(),
    };
    let question = move || {
        let ApiKey { id, name, .. } = asked.get()?;
        let (title, text) = (t().keys_revoke_question(name.as_str()), t().keys_revoke_note());
        Some(view! {
            <ConfirmDialog
                title
                text
                confirm_label=t().keys_revoke()
                cancel_label=t().account_cancel()
                on_confirm=move |()| {
                    asked.set(None);
                    does(Deed::Revoke(id.clone()));
                }
                on_cancel=move |()| asked.set(None)
            />
        })
    };
    view! { class=class,
        <section class="devices" aria-labelledby="keys">
            <h2 id="keys">{t().keys_title()}</h2>
            {list}
            {move || problem().map(|problem| view! { class=class, <p class="error" role="alert">{problem}</p> })}
            {making}
        </section>
        {question}
    }
}

crate::words! {
    keys_title "Keys" "Chiavi";
    keys_none "None yet. With a key a program acts for your business." "Ancora nessuna. Con una chiave un programma agisce per la tua attività.";
    keys_unused "Never used" "Mai usata";
    keys_name "What the key is for" "A cosa serve la chiave";
    keys_hint "Such as: the shop’s till." "Per esempio: la cassa del negozio.";
    keys_make "Make a key" "Crea una chiave";
    keys_made "Your new key" "La tua nuova chiave";
    keys_made_note "Give it to your program now: it is not shown again." "Dalla ora al tuo programma: non sarà mostrata di nuovo.";
    keys_revoke "Revoke" "Revoca";
    keys_revoke_named(name) "Revoke the key {name}" "Revoca la chiave {name}";
    keys_revoke_question(name) "Revoke the key “{name}”?" "Revocare la chiave “{name}”?";
    keys_revoke_note "Programs that use it are shut out at once." "I programmi che la usano restano subito esclusi.";
}
