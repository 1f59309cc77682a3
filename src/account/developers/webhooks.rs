//! Addresses that are told what happens.

use super::deliveries::Deliveries;
use crate::account::told_once::ToldOnce;
use crate::format::day_and_clock;
use crate::i18n::t;
use crate::proof::{ProofError, proving};
use crate::store::{new_key, use_session};
use crate::ui::{
    Button, ButtonKind, ButtonSize, ButtonVariant, ConfirmDialog, Icon, IconName, Skeleton, SkeletonKind, TextField,
};
use api::wire::{MakeWebhook, Replay, Webhook, WebhookState};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

/// What is done about them.
#[derive(Clone, Debug)]
enum Deed {
    Load,
    Make(MakeWebhook),
    Remove(String),
    GoOn(String, Replay),
}

/// Addresses that are told what happens.
#[component]
pub(super) fn Webhooks() -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let session = use_session();
    let (webhooks, made) = (RwSignal::new(None::<Vec<Webhook>>), RwSignal::new(None::<String>));
    let deed = Action::new_local(move |deed: &Deed| {
        let (deed, client, key) = (deed.clone(), session.client(), new_key());
        async move {
            match deed {
                Deed::Load => {}
                Deed::Make(body) => made.set(Some(proving(&client, || client.make_webhook(&key, &body)).await?.secret)),
                Deed::Remove(id) => client.remove_webhook(&key, &id).await?,
                Deed::GoOn(id, body) => drop(proving(&client, || client.replay_webhook(&key, &id, &body)).await?),
            }
            webhooks.set(Some(client.webhooks().await?));
            Ok::<_, ProofError>(())
        }
    });
    let does = Callback::new(move |what: Deed| {
        if !deed.pending().get_untracked() {
            deed.dispatch_local(what);
        }
    });
    does.run(Deed::Load);
    let refused = move || match &*deed.value().read() {
        Some(Err(error)) => Some((error.field() == Some("url"), error.sentence())),
        Some(Ok(())) | None => None,
    };
    let asked = RwSignal::new(None::<Webhook>);
    let pending = deed.pending();
    let list = move || match webhooks.get() {
        None if refused().is_some() => view! { class=class,
            <div class="buttons">
                <Button pending on_click=move |()| does.run(Deed::Load)>{t().list_retry()}</Button>
            </div>
        }
        .into_any(),
        None => view! { <Skeleton kind=SkeletonKind::Lines count=2 label=t().loading() /> }.into_any(),
        Some(all) if all.is_empty() => view! { class=class, <p class="muted">{t().hooks_none()}</p> }.into_any(),
        Some(all) => view! { class=class,
            <ul class="rows">
                {all.into_iter().map(|webhook| view! { <WebhookRow webhook pending does asked /> }).collect_view()}
            </ul>
        }
        .into_any(),
    };
    let (typed, sent) = (RwSignal::new(String::new()), RwSignal::new(false));
    let error = Signal::derive(move || {
        if sent.get() && typed.with(|typed| typed.trim().is_empty()) {
            return Some(t().proof_not_https().to_owned());
        }
        refused().filter(|(at_field, _)| *at_field).map(|(_, sentence)| sentence)
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sent.set(true);
        let url = typed.with_untracked(|typed| typed.trim().to_owned());
        if !url.is_empty() {
            does.run(Deed::Make(MakeWebhook { url }));
        }
    };
    let done = move |()| {
        made.set(None);
        typed.set(String::new());
        sent.set(false);
    };
    let form = move || {
        view! { class=class,
            <form novalidate aria-label=t().hooks_add() on:submit=submit>
                <TextField
                    label=t().hooks_url().to_owned()
                    name="webhook-url"
                    autocomplete="off"
                    inputmode="url"
                    value=typed
                    on_input=move |text: String| {
                        deed.value().set(None);
                        typed.set(text);
                    }
                    error
                    hint=t().hooks_hint()
                    max_length=2000u32
                />
                <div class="buttons">
                    <Button kind=ButtonKind::Submit icon=IconName::Plus pending>{t().hooks_add()}</Button>
                </div>
            </form>
        }
    };
    let making = move || match made.get() {
        Some(secret) => {
            view! { <ToldOnce title=t().hooks_made() note=t().hooks_made_note() secret on_done=done /> }.into_any()
        }
        None => form().into_any(),
    };
    let question = move || {
        let Webhook { id, url, .. } = asked.get()?;
        Some(view! {
            <ConfirmDialog
                title=t().hooks_remove_question()
                text=t().hooks_remove_note(&url)
                confirm_label=t().team_remove()
                cancel_label=t().account_cancel()
                on_confirm=move |()| {
                    asked.set(None);
                    does.run(Deed::Remove(id.clone()));
                }
                on_cancel=move |()| asked.set(None)
            />
        })
    };
    let elsewhere = move || refused().filter(|(at_field, _)| !at_field).map(|(_, sentence)| sentence);
    view! { class=class,
        <section class="devices" aria-labelledby="webhooks">
            <h2 id="webhooks">{t().hooks_title()}</h2>
            {list}
            {move || elsewhere().map(|problem| view! { class=class, <p class="error" role="alert">{problem}</p> })}
            {making}
        </section>
        {question}
    }
}

/// One of them.
#[component]
fn WebhookRow(
    /// Which.
    webhook: Webhook,
    /// While true something is being done.
    #[prop(into)]
    pending: Signal<bool>,
    /// Does something.
    does: Callback<Deed>,
    /// Where it is asked whether one means it.
    asked: RwSignal<Option<Webhook>>,
) -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let (state, is_paused) = match &webhook.state {
        WebhookState::Active => (t().hooks_active().to_owned(), false),
        WebhookState::Retrying { since, next_at, .. } => {
            (t().hooks_retrying(&day_and_clock(*since), &day_and_clock(*next_at)), false)
        }
        WebhookState::Paused { since, .. } => (t().hooks_paused(&day_and_clock(*since)), true),
    };
    let fails = webhook.state != WebhookState::Active;
    let remove = t().hooks_remove_named(&webhook.url);
    let (id, after) = (webhook.id.clone(), Replay { after: webhook.cursor });
    let go_on = is_paused.then(|| {
        let id = id.clone();
        view! {
            <Button size=ButtonSize::Small pending on_click=move |()| does.run(Deed::GoOn(id.clone(), after))>
                {t().list_retry()}
            </Button>
        }
    });
    let url = webhook.url.clone();
    let looks = if fails { "fine bad-text" } else { "muted fine" };
    view! { class=class,
        <li>
            <div class="row">
                <Icon name=IconName::Link />
                <div class="what">
                    <p>{url}</p>
                    <p class=looks>{state}</p>
                </div>
                {go_on}
                <Button
                    size=ButtonSize::Small
                    variant=ButtonVariant::Plain
                    pending
                    on_click=move |()| asked.set(Some(webhook.clone()))
                >
                    <span aria-hidden="true">{t().team_remove()}</span>
                    <span class="sr-only">{remove}</span>
                </Button>
            </div>
            <Deliveries id />
        </li>
    }
}

crate::words! {
    hooks_title "Webhooks" "Webhook";
    hooks_none "None yet. A webhook tells your program what happens." "Ancora nessuno. Un webhook dice al tuo programma cosa succede.";
    hooks_url "Address" "Indirizzo";
    hooks_hint "It begins with https://" "Inizia con https://";
    hooks_add "Add a webhook" "Aggiungi un webhook";
    hooks_made "The secret of the signatures" "Il segreto delle firme";
    hooks_made_note "Your program checks with it that it is told by Bottega. It is not shown again."
        "Con questo il tuo programma verifica che sia Bottega a parlare. Non sarà mostrato di nuovo.";
    hooks_active "It is told what happens" "Riceve ciò che succede";
    hooks_retrying(since, next) "Failing since {since}; next try {next}" "Non risponde da {since}; prossimo tentativo {next}";
    hooks_paused(since) "Left alone since {since}, after three days of failing" "Sospeso da {since}, dopo tre giorni di errori";
    hooks_remove_named(url) "Remove the webhook {url}" "Rimuovi il webhook {url}";
    hooks_remove_question "Remove this webhook?" "Rimuovere questo webhook?";
    hooks_remove_note(url) "Nothing is told to {url} any more." "A {url} non viene più detto nulla.";
}
