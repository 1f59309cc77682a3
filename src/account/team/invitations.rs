//! Inviting somebody: the link is shown once; what nobody has taken yet can be taken back.

use super::deed::{Deed, Deeds};
use crate::account::told_once::ToldOnce;
use crate::format::day_and_clock;
use crate::i18n::t;
use crate::ui::{Button, ButtonKind, ButtonSize, ButtonVariant, Icon, IconName, TextField};
use api::wire::{Invitation, NewInvitation, SeatName};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

/// Inviting somebody, and who is invited.
#[component]
pub(super) fn Invitations(
    /// The team.
    deeds: Deeds,
) -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let (typed, sent) = (RwSignal::new(String::new()), RwSignal::new(false));
    let named = move || typed.with(|typed| SeatName::try_from(typed.clone()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sent.set(true);
        if let Ok(name) = named() {
            deeds.run(Deed::Invite(name));
        }
    };
    let done = move |()| {
        deeds.made.set(None);
        typed.set(String::new());
        sent.set(false);
    };
    let row = move |Invitation { id, name, expires_at, .. }: Invitation| {
        let take_back = t().invite_take_back_named(name.as_str());
        view! { class=class,
            <li>
                <div class="row">
                    <Icon name=IconName::Mail />
                    <div class="what">
                        <p>{name.to_string()}</p>
                        <p class="muted fine">{t().invite_until(&day_and_clock(expires_at))}</p>
                    </div>
                    <Button
                        size=ButtonSize::Small
                        pending=deeds.pending()
                        on_click=move |()| deeds.run(Deed::TakeBack(id.clone()))
                    >
                        <span aria-hidden="true">{t().invite_take_back()}</span>
                        <span class="sr-only">{take_back}</span>
                    </Button>
                </div>
            </li>
        }
    };
    let list = move || {
        let waiting = deeds.team.with(|team| team.as_ref().map(|team| team.invitations.clone())).unwrap_or_default();
        let waits = !waiting.is_empty();
        waits.then(|| view! { class=class, <ul class="rows">{waiting.into_iter().map(row).collect_view()}</ul> })
    };
    let form = move || {
        view! { class=class,
            <form novalidate aria-label=t().invite_title() on:submit=submit>
                <TextField
                    label=t().invite_name().to_owned()
                    name="invited"
                    autocomplete="off"
                    value=typed
                    on_input=move |text: String| typed.set(text)
                    error=Signal::derive(move || {
                        (sent.get() && named().is_err()).then(|| t().passkey_nameless().to_owned())
                    })
                    hint=t().invite_hint()
                    max_length=60u32
                />
                <div class="buttons">
                    <Button
                        kind=ButtonKind::Submit
                        variant=ButtonVariant::Primary
                        icon=IconName::Plus
                        pending=deeds.pending()
                    >
                        {t().invite_make()}
                    </Button>
                </div>
            </form>
        }
    };
    let made = move || match deeds.made.get() {
        Some(NewInvitation { invitation, secret }) => {
            let origin = window().location().origin().unwrap_or_default();
            view! {
                <ToldOnce
                    title=t().invite_link(invitation.name.as_str())
                    note=t().invite_link_note()
                    secret=format!("{origin}/join#{secret}")
                    on_done=done
                />
            }
            .into_any()
        }
        None => form().into_any(),
    };
    view! { class=class,
        <section class="devices" aria-labelledby="invitations">
            <h2 id="invitations">{t().invite_title()}</h2>
            {list}
            {made}
        </section>
    }
}

crate::words! {
    invite_title "Invite somebody" "Invita qualcuno";
    invite_name "Their name" "Il nome";
    invite_hint "You get a link for them. It works once, for 7 days." "Ricevi un link da inviare. Vale una volta, per 7 giorni.";
    invite_make "Make a link" "Crea un link";
    invite_link(name) "The link for {name}" "Il link per {name}";
    invite_link_note "Send it to them alone: whoever opens it first joins. It is not shown again."
        "Invialo solo a quella persona: entra chi lo apre per primo. Non sarà mostrato di nuovo.";
    invite_until(when) "Invited, until {when}" "Invito valido fino a {when}";
    invite_take_back "Take back" "Annulla";
    invite_take_back_named(name) "Take back the invitation of {name}" "Annulla l’invito di {name}";
}
