//! What was done about who and what acts for the business.

use super::deed::Deeds;
use crate::format::day_and_clock;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{answer, use_session};
use crate::ui::{Skeleton, SkeletonKind};
use api::wire::{TeamAct, TeamDeed};
use leptos::prelude::*;
use stylers::style_sheet;

/// How many are shown before one asks for all.
const FIRST: usize = 8;

/// What was done, the newest first.
#[component]
pub(super) fn Log(
    /// The team: what is done about it is in the log.
    deeds: Deeds,
) -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let session = use_session();
    let log = answer(move || {
        deeds.team.track();
        async move { session.client().team_log().await }
    });
    let row = move |TeamDeed { at, by, act }: TeamDeed| {
        view! { class=class,
            <li>
                <div class="row">
                    <div class="what">
                        <p>{said(by.as_str(), &act)}</p>
                        <p class="muted fine">{day_and_clock(at)}</p>
                    </div>
                </div>
            </li>
        }
    };
    let list = move |deeds: Vec<TeamDeed>| {
        view! { class=class, <ul class="rows">{deeds.into_iter().map(row).collect_view()}</ul> }
    };
    let shown = move || match log.get() {
        None => view! { <Skeleton kind=SkeletonKind::Lines count=2 label=t().loading() /> }.into_any(),
        Some(Err(error)) => view! { class=class, <p class="error" role="alert">{sentence(&error)}</p> }.into_any(),
        Some(Ok(deeds)) if deeds.is_empty() => view! { class=class, <p class="muted">{t().log_empty()}</p> }.into_any(),
        Some(Ok(mut deeds)) => {
            let older = deeds.split_off(deeds.len().min(FIRST));
            let rest = (!older.is_empty()).then(|| {
                view! { class=class,
                    <details>
                        <summary class="button">{t().log_older()}</summary>
                        {list(older)}
                    </details>
                }
            });
            view! { {list(deeds)} {rest} }.into_any()
        }
    };
    view! { class=class,
        <section class="devices" aria-labelledby="log">
            <h2 id="log">{t().log_title()}</h2>
            {shown}
        </section>
    }
}

fn said(by: &str, act: &TeamAct) -> String {
    match act {
        TeamAct::Invited { name } => t().log_invited(by, name.as_str()),
        TeamAct::InvitationRevoked { name } => t().log_taken_back(by, name.as_str()),
        TeamAct::Joined => t().log_joined(by),
        TeamAct::Removed { name } => t().log_removed(by, name.as_str()),
        TeamAct::HandedOver { to } => t().log_handed_over(by, to.as_str()),
        TeamAct::Renamed { to } => t().log_renamed(by, to.as_str()),
        TeamAct::Recovered => t().log_recovered(by),
        TeamAct::KeyMade { name } => t().log_key_made(by, name.as_str()),
        TeamAct::KeyRevoked { name } => t().log_key_revoked(by, name.as_str()),
        TeamAct::PayeeChosen => t().log_payee_chosen(by),
        TeamAct::WebhookMade { url } => t().log_hook_made(by, url),
        TeamAct::WebhookReplayed { url } => t().log_hook_replayed(by, url),
        TeamAct::WebhookRemoved { url } => t().log_hook_removed(by, url),
    }
}

crate::words! {
    log_title "What was done" "Cosa è stato fatto";
    log_empty "Nothing yet." "Ancora nulla.";
    log_older "Show older ones" "Mostra i precedenti";
    log_invited(by, name) "{by} invited {name}" "{by} ha invitato {name}";
    log_taken_back(by, name) "{by} took back the invitation of {name}" "{by} ha annullato l’invito di {name}";
    log_joined(by) "{by} joined" "{by} fa ora parte del team";
    log_removed(by, name) "{by} removed {name}" "{by} ha rimosso {name}";
    log_handed_over(by, to) "{by} made {to} the owner" "{by} ha reso titolare {to}";
    log_renamed(by, to) "{by} is now called {to}" "{by} ora si chiama {to}";
    log_recovered(by) "{by} signed in with a recovery code" "{by} ha usato un codice di recupero per accedere";
    log_key_made(by, name) "{by} made the key “{name}”" "{by} ha creato la chiave “{name}”";
    log_payee_chosen(by) "{by} changed where you are paid" "{by} ha cambiato dove ricevete i pagamenti";
    log_hook_made(by, url) "{by} added the webhook {url}" "{by} ha aggiunto il webhook {url}";
    log_hook_replayed(by, url) "{by} had the webhook {url} told again" "{by} ha fatto ripetere il webhook {url}";
    log_hook_removed(by, url) "{by} removed the webhook {url}" "{by} ha rimosso il webhook {url}";
    log_key_revoked(by, name) "{by} revoked the key “{name}”" "{by} ha revocato la chiave “{name}”";
}
