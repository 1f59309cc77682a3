//! The ways to sign in. In a demo, everybody whom one can be.

use super::is_signed_out;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::new_key;
use crate::transport::AnyTransport;
use crate::ui::{Avatar, AvatarSize, Button, Icon, IconName, Skeleton};
use api::client::{ApiError, Client};
use api::wire::{Account, SignInDemo, SignInWays};
use domain::text::Text;
use leptos::prelude::*;
use stylers::style_sheet;

type Handle = Text<30>;

async fn client() -> Result<Client<AnyTransport>, ApiError> {
    Ok(Client::new(AnyTransport::open(&crate::url::handle()).await?))
}

/// The app, as whoever is signed in now: where one was, unless that was somebody else.
fn begin(handle: &Handle) {
    if crate::url::named().is_none_or(|named| named == handle.as_str()) {
        crate::url::reload();
    } else {
        crate::url::go_home();
    }
}

/// The ways to sign in.
#[component]
pub(super) fn SignInPage() -> impl IntoView {
    let class = style_sheet!("src/sign_in/page.css");
    let ways = Action::new_local(|(): &()| async { client().await?.sign_in_ways().await });
    let ask = move |()| drop(ways.dispatch_local(()));
    ask(());
    let sign_in = Action::new_local(|handle: &Handle| {
        let handle = handle.clone();
        async move {
            let body = SignInDemo { handle: handle.clone() };
            client().await?.sign_in_demo(&new_key(), &body).await?;
            begin(&handle);
            Ok::<_, ApiError>(())
        }
    });
    let problem = move || {
        sign_in.value().with(|last| match last {
            Some(Err(error)) => {
                Some(if is_signed_out(error) { t().sign_in_again().to_owned() } else { sentence(error) })
            }
            Some(Ok(())) | None => None,
        })
    };
    let shown = move || match ways.value().get() {
        None => view! { <Skeleton label=t().loading() /> }.into_any(),
        Some(Ok(SignInWays { demo: Some(people), .. })) => view! { <People people sign_in /> }.into_any(),
        Some(Ok(SignInWays { demo: None, .. })) => view! { <p>{t().sign_in_no_way()}</p> }.into_any(),
        Some(Err(error)) => view! { class=class,
            <p class="error" role="alert">{sentence(&error)}</p>
            <Button pending=ways.pending() on_click=Callback::new(ask)>{t().list_retry()}</Button>
        }
        .into_any(),
    };
    view! { class=class,
        <div class="sign-in">
            <header>
                <img src="/logo.svg" alt="" width="48" height="48" />
                <h1>{t().sign_in_to()}</h1>
                <p class="muted">{t().sign_in_promise()}</p>
            </header>
            <p class="error" role="alert">{problem}</p>
            {shown}
        </div>
    }
}

/// Everybody whom one can be.
#[component]
fn People(
    /// All of them.
    people: Vec<Account>,
    /// Becomes one of them.
    sign_in: Action<Handle, Result<(), ApiError>>,
) -> impl IntoView {
    let class = style_sheet!("src/sign_in/page.css");
    let (businesses, buyers): (Vec<_>, Vec<_>) = people.into_iter().partition(|account| account.business.is_some());
    let row = move |account: Account| {
        let handle = account.handle.clone();
        let about = format!("@{} · {}, {}", account.handle, account.city, account.state);
        let choose = move |_| {
            if !sign_in.pending().get_untracked() {
                sign_in.dispatch_local(handle.clone());
            }
        };
        view! { class=class,
            <li>
                <button type="button" class="row" aria-busy=move || sign_in.pending().get().then_some("true") on:click=choose>
                    <Avatar
                        name=account.name.to_string()
                        picture=Signal::stored(Some(account.avatar.to_string()))
                        size=AvatarSize::S40
                    />
                    <span class="who">
                        <b>{account.name.to_string()}</b>
                        <span class="muted">{about}</span>
                    </span>
                    <Icon name=IconName::Next />
                </button>
            </li>
        }
    };
    view! { class=class,
        <p class="notice plain">{t().sign_in_demo_note()}</p>
        <section>
            <h2>{t().sign_in_people()}</h2>
            <ul class="rows">{buyers.into_iter().map(row).collect_view()}</ul>
        </section>
        <section>
            <h2>{t().sign_in_businesses()}</h2>
            <ul class="rows">{businesses.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}

crate::words! {
    sign_in_to "Sign in to Bottega" "Accedi a Bottega";
    sign_in_promise "Sell, pay and track without leaving the chat." "Vendi, paga e segui tutto senza uscire dalla chat.";
    sign_in_demo_note "This is a demo: be any of these people. No money moves."
        "Questa è una demo: puoi essere una qualsiasi di queste persone. Nessun denaro si muove.";
    sign_in_people "People" "Persone";
    sign_in_businesses "Businesses" "Attività";
    sign_in_no_way "Nobody can sign in here yet." "Qui non può ancora accedere nessuno.";
    sign_in_again "That did not work. Try again." "Non ha funzionato. Riprova.";
}
