//! What one owns, in the wallet: the newest first.

use super::kind_words;
use super::refusal::sentence;
use super::sheet::ThingSheet;
use crate::format::day;
use crate::i18n::t;
use crate::store::{paged, use_session};
use crate::ui::{Chip, ChipTone, Icon, IconName, IconSize, ListEnd, Skeleton};
use api::wire::{OwnedState, OwnedThing};
use leptos::prelude::*;

/// What one owns, with the way to each.
#[component]
pub fn Things() -> impl IntoView {
    let session = use_session();
    // What was passed on is gone from the list: it is asked for anew.
    let changes = RwSignal::new(0_u32);
    let owned = paged(move || {
        changes.track();
        Some(move |after: Option<u32>| async move {
            let page = session.client().things(after).await?;
            Ok((page.things, page.next))
        })
    });
    let opened = RwSignal::new(None::<OwnedThing>);
    let row = move |thing: OwnedThing| {
        let (name, beneath) = (thing.title.to_string(), beneath(&thing));
        let chip = chip(&thing.state);
        view! {
            <li>
                <button class="row" type="button" on:click=move |_| opened.set(Some(thing.clone()))>
                    <Icon name=IconName::Gift />
                    <div>
                        <p class="value" dir="auto">{name}</p>
                        <p class="label">{beneath}</p>
                    </div>
                    {chip}
                    <Icon name=IconName::Next size=IconSize::Tiny />
                </button>
            </li>
        }
    };
    let rows = move || match (owned.answered.get(), owned.items.read().is_empty()) {
        (false, _) if owned.problem.read().is_some() => ().into_any(),
        (false, _) => view! { <Skeleton count=2 label=t().checkout_loading() /> }.into_any(),
        (true, true) => view! { <p class="muted">{t().things_none()}</p> }.into_any(),
        (true, false) => {
            view! { <ul class="rows">{owned.items.get().into_iter().map(row).collect_view()}</ul> }.into_any()
        }
    };
    let changed = move |()| {
        opened.set(None);
        changes.update(|count| *count += 1);
    };
    let sheet = move || {
        opened.get().map(|thing| view! { <ThingSheet thing on_changed=changed on_close=move |()| opened.set(None) /> })
    };
    view! {
        <section>
            <h2>{t().things_title()}</h2>
            {rows}
            <ListEnd
                more=Signal::derive(move || owned.next.read().is_some())
                busy=owned.busy
                problem=Signal::derive(move || owned.problem.read().as_ref().map(sentence))
                more_label=t().list_more()
                retry_label=t().list_retry()
                on_more=move |()| owned.more()
                on_retry=move |()| owned.retry()
            />
            {sheet}
        </section>
    }
}

/// What stands under its name.
fn beneath(thing: &OwnedThing) -> String {
    format!("{} · {} · {}", kind_words(thing.kind), thing.seller.name, day(thing.granted_at))
}

/// Where it stands, in a word.
fn chip(state: &OwnedState) -> impl IntoView + use<> {
    let (tone, words) = match state {
        OwnedState::Held => (ChipTone::Good, t().things_good()),
        OwnedState::LentOut { .. } => (ChipTone::Plain, t().things_lent()),
        OwnedState::Borrowed { .. } => (ChipTone::Good, t().things_borrowed()),
        OwnedState::Redeemed { .. } => (ChipTone::Plain, t().things_redeemed()),
        OwnedState::Revoked { .. } => (ChipTone::Plain, t().things_revoked()),
    };
    view! { <Chip tone>{words}</Chip> }
}

crate::words! {
    things_title "Things you own" "Le tue cose";
    things_none "Tickets and licence keys that you buy are kept here." "Qui trovi i biglietti e le chiavi di licenza che compri.";
    things_good "Good" "Valido";
    things_lent "Lent" "In prestito";
    things_borrowed "Lent to you" "Prestato a te";
    things_redeemed "Redeemed" "Riscattato";
    things_revoked "Revoked" "Revocato";
}
