//! Taking an invitation: who invites, as whom, and a passkey of one's own. What stands after the # of the link is sent to
//! nobody but the API.

use super::page::client;
use crate::format::day_and_clock;
use crate::i18n::t;
use crate::proof::{self, ProofError};
use crate::store::new_key;
use crate::ui::{Avatar, AvatarSize, Button, ButtonSize, ButtonVariant, IconName, Skeleton};
use api::wire::{Account, Invited, InvitedTo};
use domain::text::Text;
use leptos::prelude::*;
use stylers::style_sheet;

/// What the link carried.
fn invited() -> Option<Invited> {
    let hash = window().location().hash().ok()?;
    Some(Invited { secret: Text::try_from(hash.trim_start_matches('#').to_owned()).ok()? })
}

/// Taking an invitation.
#[component]
pub(super) fn JoinPage() -> impl IntoView {
    let class = style_sheet!("src/sign_in/page.css");
    let look = Action::new_local(|(): &()| async {
        let client = client().await?;
        let Some(body) = invited() else { return Ok(None) };
        let to = client.invited_to(&new_key(), &body).await?;
        // Somebody may be signed in here already: joining ends that.
        Ok::<_, ProofError>(Some((to, client.me().await.ok())))
    });
    let ask = move |()| drop(look.dispatch_local(()));
    ask(());
    let shown = move || match look.value().get() {
        None => view! { <Skeleton label=t().loading() /> }.into_any(),
        Some(Ok(Some((to, me)))) => view! { <Offer to me /> }.into_any(),
        Some(Ok(None)) => view! { <Nothing said=t().proof_invitation_over().to_owned() /> }.into_any(),
        Some(Err(error)) => view! { class=class,
            <Nothing said=error.sentence() />
            <Button pending=look.pending() on_click=ask>{t().list_retry()}</Button>
        }
        .into_any(),
    };
    view! { class=class, <div class="sign-in">{shown}</div> }
}

/// Nobody is invited.
#[component]
fn Nothing(
    /// Why.
    said: String,
) -> impl IntoView {
    let class = style_sheet!("src/sign_in/page.css");
    view! { class=class,
        <header>
            <img src="/logo.svg" alt="" width="48" height="48" />
            <h1>{t().join_title()}</h1>
            <p class="error" role="alert">{said}</p>
            <a class="button" href="/" rel="external">{t().join_home()}</a>
        </header>
    }
}

/// What somebody is invited to.
#[component]
fn Offer(
    /// To what.
    to: InvitedTo,
    /// Who is signed in here.
    me: Option<Account>,
) -> impl IntoView {
    let class = style_sheet!("src/sign_in/page.css");
    let InvitedTo { business, name, expires_at } = to;
    let join = Action::new_local(|(): &()| async {
        let client = client().await?;
        // It was there when the page was opened.
        let Some(body) = invited() else { return Ok(()) };
        let made = proof::make(client.join(&new_key(), &body).await?).await?;
        let account = client.finish_join(&new_key(), &made).await?;
        crate::url::become_handle(account.handle.as_str());
        crate::url::go_home();
        Ok::<_, ProofError>(())
    });
    let problem = move || match &*join.value().read() {
        Some(Err(error)) => Some(error.sentence()),
        Some(Ok(())) | None => None,
    };
    let act = match proof::why_not() {
        Some(why_not) => view! { class=class, <p class="notice plain">{why_not}</p> }.into_any(),
        None => view! { class=class,
            <Button
                variant=ButtonVariant::Primary
                size=ButtonSize::Big
                icon=IconName::Passkey
                pending=join.pending()
                on_click=move |()| drop(join.dispatch_local(()))
            >
                {t().join_make()}
            </Button>
            <p class="muted fine center">{t().join_make_note()}</p>
        }
        .into_any(),
    };
    let instead = me.map(|me| {
        view! { class=class, <p class="notice plain">{t().join_instead(me.name.as_str())}</p> }
    });
    let (invites, place) =
        (t().join_invites(business.name.as_str()), format!("@{} · {}", business.handle, business.city));
    view! { class=class,
        <header>
            <Avatar
                name=business.name.to_string()
                picture=Signal::stored(Some(business.avatar.to_string()))
                size=AvatarSize::S96
            />
            <h1>{invites}</h1>
            <p class="muted">{place}</p>
            <p>{t().join_as(name.as_str())}</p>
            <p class="muted fine">{t().join_until(&day_and_clock(expires_at))}</p>
        </header>
        {instead}
        <section aria-label=t().join_title()>
            {act}
            <p class="error" role="alert">{problem}</p>
        </section>
    }
}

crate::words! {
    join_title "Join a business" "Entra in un’attività";
    join_home "Go to Bottega" "Vai a Bottega";
    join_invites(business) "{business} invites you" "{business} ti invita";
    join_as(name) "You join as {name}, and write and sell in the name of the business."
        "Entri come {name}: scrivi e vendi a nome dell’attività.";
    join_until(when) "The invitation can be taken until {when}." "L’invito vale fino a {when}.";
    join_make "Join with a passkey" "Entra con una passkey";
    join_make_note "There is no password: a passkey on your device signs you in."
        "Nessuna password: entri con una passkey sul tuo dispositivo.";
    join_instead(name) "In this browser {name} is signed in. Joining signs {name} out here."
        "In questo browser è attivo l’accesso di {name}. Entrando, {name} uscirà da qui.";
}
