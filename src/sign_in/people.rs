//! In a demo: everybody whom one can be.

use super::is_signed_out;
use super::page::{begin, client};
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::new_key;
use crate::ui::{Avatar, AvatarSize, Icon, IconName};
use api::client::ApiError;
use api::wire::{Account, SignInDemo};
use domain::text::Text;
use leptos::prelude::*;
use stylers::style_sheet;

/// Everybody whom one can be.
#[component]
pub(super) fn People(
    /// All of them.
    people: Vec<Account>,
) -> impl IntoView {
    let class = style_sheet!("src/sign_in/page.css");
    let sign_in = Action::new_local(|handle: &Text<30>| {
        let body = SignInDemo { handle: handle.clone() };
        async move {
            begin(&client().await?.sign_in_demo(&new_key(), &body).await?);
            Ok::<_, ApiError>(())
        }
    });
    let problem = move || {
        sign_in.value().with(|last| match last {
            Some(Err(error)) if is_signed_out(error) => Some(t().sign_in_again().to_owned()),
            Some(Err(error)) => Some(sentence(error)),
            Some(Ok(())) | None => None,
        })
    };
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
        <p class="error" role="alert">{problem}</p>
        <p class="notice plain">{t().sign_in_demo_note()}</p>
        <div class="people">
        <section>
            <h2>{t().sign_in_people()}</h2>
            <ul class="rows">{buyers.into_iter().map(row).collect_view()}</ul>
        </section>
        <section>
            <h2>{t().sign_in_businesses()}</h2>
            <ul class="rows">{businesses.into_iter().map(row).collect_view()}</ul>
        </section>
        </div>
    }
}

crate::words! {
    sign_in_demo_note "This is a demo: be any of these people. No money moves."
        "Questa è una demo: puoi essere una qualsiasi di queste persone. Nessun denaro si muove.";
    sign_in_people "People" "Persone";
    sign_in_businesses "Businesses" "Attività";
    sign_in_again "That did not work. Try again." "Non ha funzionato. Riprova.";
}
