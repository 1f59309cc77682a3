//! What the processor's report says otherwise than our books, and what to do about it.

use crate::format::{day_and_clock, full_day, money};
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{answer, use_session};
use crate::ui::{Icon, IconName};
use api::wire::{Difference, DifferenceKind};
use leptos::prelude::*;
use stylers::style_sheet;

/// What differs for oneself.
#[component]
pub(super) fn DifferencesOfMe() -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let session = use_session();
    let told = answer(move || async move { session.client().differences().await });
    let body = move || match told.get() {
        None => view! { class=class, <p class="muted">{t().loading()}</p> }.into_any(),
        Some(Err(error)) => view! { class=class, <p class="error" role="alert">{sentence(&error)}</p> }.into_any(),
        Some(Ok(told)) => match (told.found.is_empty(), told.compared_until) {
            (true, None) => view! { class=class, <p class="muted">{t().differences_never()}</p> }.into_any(),
            (true, Some(until)) => {
                view! { class=class, <p>{t().differences_none(&day_and_clock(until))}</p> }.into_any()
            }
            (false, _) => {
                view! { class=class, <ul class="rows">{told.found.iter().map(row).collect_view()}</ul> }.into_any()
            }
        },
    };
    view! { class=class,
        <section class="devices" aria-labelledby="differences">
            <h2 id="differences">{t().differences_title()}</h2>
            {body}
        </section>
    }
}

fn row(difference: &Difference) -> impl IntoView + use<> {
    let class = style_sheet!("src/account/devices.css");
    let (what, then) = match difference.what {
        DifferenceKind::Taken { ours, theirs } => {
            (t().differences_taken(&money(ours), &money(theirs)), t().differences_taken_then())
        }
        DifferenceKind::Returned { ours, theirs } => {
            (t().differences_returned(&money(ours), &money(theirs)), t().differences_returned_then())
        }
        DifferenceKind::Fee { ours, theirs } => {
            (t().differences_fee(&money(ours), &money(theirs)), t().differences_fee_then())
        }
    };
    let which = difference.number.as_ref().map_or(difference.payment.to_string(), |number| number.as_str().to_owned());
    let since = t().differences_since(&full_day(difference.found_at));
    let way = format!("/t/{}", difference.thread);
    view! { class=class,
        <li>
            <a class="row" href=way>
                <Icon name=IconName::Info />
                <div class="what">
                    <p>{format!("{which}: {what}")}</p>
                    <p class="muted fine">{format!("{then} {since}")}</p>
                </div>
                <Icon name=IconName::Next />
            </a>
        </li>
    }
}

crate::words! {
    differences_title "Compared with the processor" "Confronto con il processore";
    differences_never "Once a day what the processor reports is compared with your books. What differs is listed here."
        "Una volta al giorno i dati del processore sono confrontati con i tuoi conti. Le differenze compaiono qui.";
    differences_none(day) "Both say the same. Last compared {day}." "Coincidono. Ultimo confronto: {day}.";
    differences_taken(ours, theirs) "{ours} taken by your books, {theirs} by the processor" "{ours} incassati secondo i tuoi conti, {theirs} secondo il processore";
    differences_taken_then "It is being looked into. Do not ship before both say the same."
        "Lo stiamo verificando. Non spedire finché non coincidono.";
    differences_returned(ours, theirs) "{ours} given back by your books, {theirs} by the processor" "{ours} restituiti secondo i tuoi conti, {theirs} secondo il processore";
    differences_returned_then "It is being looked into. Refund nothing more of it until then."
        "Lo stiamo verificando. Fino ad allora non rimborsare altro.";
    differences_fee(ours, theirs) "{ours} in fees by your books, {theirs} by the processor" "{ours} di commissioni secondo i tuoi conti, {theirs} secondo il processore";
    differences_fee_then "What the processor says counts. Ask it if this is more than you agreed."
        "Vale quanto dice il processore. Chiedigli se è più del concordato.";
    differences_since(day) "Known since {day}." "Noto dal {day}.";
}
