//! Signing in: the ways there are, and what each of them asks for.

use super::people::People;
use super::recovery::Recovery;
use super::sign_up::SignUpForm;
use super::ways::Ways;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::transport::AnyTransport;
use crate::ui::{Button, ButtonVariant, IconName, Skeleton};
use api::client::{ApiError, Client};
use api::wire::{Account, SignInWays};
use leptos::html::H1;
use leptos::prelude::*;
use stylers::style_sheet;

/// What is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The ways there are.
    Ways,
    /// An account is made.
    SignUp,
    /// A recovery code is used.
    Recovery,
}

pub(super) async fn client() -> Result<Client<AnyTransport>, ApiError> {
    Ok(Client::new(AnyTransport::open(&crate::url::handle()).await?))
}

/// The app, as whoever is signed in now: where one was, unless that was somebody else.
pub(super) fn begin(account: &Account) {
    let same = crate::url::named().is_none_or(|named| named == account.handle.as_str());
    crate::url::become_handle(account.handle.as_str());
    if same {
        crate::url::reload();
    } else {
        crate::url::go_home();
    }
}

/// Signing in.
#[component]
pub(super) fn SignInPage() -> impl IntoView {
    let class = style_sheet!("src/sign_in/page.css");
    let (step, handle) = (RwSignal::new(Step::Ways), RwSignal::new(String::new()));
    let ways = Action::new_local(|(): &()| async { client().await?.sign_in_ways().await });
    let ask = move |()| drop(ways.dispatch_local(()));
    ask(());
    let was_signed_out = crate::url::was_signed_out().then(|| {
        view! { class=class, <p class="notice plain" role="status">{t().sign_in_signed_out()}</p> }
    });
    let title = NodeRef::<H1>::new();
    let go = Callback::new(move |next: Step| {
        step.set(next);
        // What was tapped is gone: whoever reads on begins at the title.
        request_animation_frame(move || {
            if let Some(title) = title.try_get_untracked().flatten() {
                // What cannot take the focus is not on the page.
                let _focused = title.focus();
            }
        });
    });
    let shown = move || match (step.get(), ways.value().get()) {
        (Step::SignUp, _) => view! { <SignUpForm /> }.into_any(),
        (Step::Recovery, _) => view! { <Recovery handle /> }.into_any(),
        (Step::Ways, None) => view! { <Skeleton label=t().loading() /> }.into_any(),
        (Step::Ways, Some(Ok(SignInWays { passkeys, demo }))) => view! {
            <Ways passkeys handle go />
            {demo.map(|people| view! { <People people /> })}
        }
        .into_any(),
        (Step::Ways, Some(Err(error))) => view! { class=class,
            <p class="error" role="alert">{sentence(&error)}</p>
            <Button pending=ways.pending() on_click=Callback::new(ask)>{t().list_retry()}</Button>
        }
        .into_any(),
    };
    let (heading, promise) = (
        move || match step.get() {
            Step::Ways => t().sign_in_to(),
            Step::SignUp => t().sign_in_create(),
            Step::Recovery => t().sign_in_recover(),
        },
        move || match step.get() {
            Step::Ways => t().sign_in_promise(),
            Step::SignUp => t().sign_in_create_note(),
            Step::Recovery => t().sign_in_recover_note(),
        },
    );
    let back = move || {
        (step.get() != Step::Ways).then(|| {
            view! { class=class,
                <div class="back">
                    <Button variant=ButtonVariant::Quiet icon=IconName::Back on_click=move |()| go.run(Step::Ways)>
                        {t().sign_in_back()}
                    </Button>
                </div>
            }
        })
    };
    view! { class=class,
        <div class="sign-in">
            {back}
            <header>
                <img src="/logo.svg" alt="" width="48" height="48" />
                <h1 tabindex="-1" node_ref=title>{heading}</h1>
                <p class="muted">{promise}</p>
            </header>
            {was_signed_out}
            {shown}
        </div>
    }
}

crate::words! {
    sign_in_to "Sign in to Bottega" "Accedi a Bottega";
    sign_in_promise "Sell, pay and track without leaving the chat." "Vendi, paga e segui tutto senza uscire dalla chat.";
    sign_in_create "Create an account" "Crea un account";
    sign_in_create_note "There is no password: a passkey on your device signs you in."
        "Nessuna password: entri con una passkey sul tuo dispositivo.";
    sign_in_recover "Use a recovery code" "Usa un codice di recupero";
    sign_in_recover_note "Each code works once. You are signed out everywhere else."
        "Ogni codice vale una volta sola. Su tutti gli altri dispositivi uscirai dall’account.";
    sign_in_signed_out "You were signed out here: from another device, by the owner of the business, or after a long time."
        "Qui l’accesso è terminato: da un altro dispositivo, per decisione di chi è titolare dell’attività, o dopo molto tempo.";
    sign_in_back "Back" "Indietro";
}
