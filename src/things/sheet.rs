//! A thing: its code to show, where it stands, and what can be done with it.

use super::pass_on::PassOnForm;
use super::qr::qr;
use super::refusal::sentence;
use super::{PROOF_PATH, kind_words};
use crate::format::{day, day_and_clock};
use crate::i18n::t;
use crate::store::{new_key, use_session};
use crate::ui::{Button, IconName, Sheet};
use api::wire::{OwnedState, OwnedThing};
use leptos::prelude::*;
use stylers::style_sheet;

/// The address at which anybody sees what a code proves.
fn proof_link(code: &str) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}{PROOF_PATH}/{code}")
}

/// A thing.
#[component]
pub(super) fn ThingSheet(
    /// Which.
    thing: OwnedThing,
    /// Called when it was passed on or taken back.
    #[prop(into)]
    on_changed: Callback<()>,
    /// Called to leave it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/things/sheet.css");
    let title = thing.title.to_string();
    let subtitle = format!("{} · {} · {}", kind_words(thing.kind), thing.seller.name, day(thing.granted_at));
    let detail = thing.detail.as_ref().map(ToString::to_string);
    let state = state_words(&thing.state);
    let id = thing.id.clone();
    let shown = thing.code.map(|code| view! { <Shown code name=title.clone() /> });
    let acts = match thing.state {
        OwnedState::Held => view! { <PassOnForm thing=id on_done=on_changed /> }.into_any(),
        OwnedState::LentOut { .. } => view! { <EndLoan thing=id on_done=on_changed /> }.into_any(),
        OwnedState::Borrowed { .. } | OwnedState::Redeemed { .. } | OwnedState::Revoked { .. } => ().into_any(),
    };
    view! { class=class,
        <Sheet title subtitle close_label=t().things_close() on_close>
            <div class="thing">
                {detail.map(|detail| view! { class=class, <p dir="auto">{detail}</p> })}
                <p class="state">{state}</p>
                {shown}
                {acts}
            </div>
        </Sheet>
    }
}

/// Its code: as a picture, as a link and as letters.
#[component]
fn Shown(code: String, name: String) -> impl IntoView {
    let class = style_sheet!("src/things/sheet.css");
    let session = use_session();
    let link = proof_link(&code);
    let picture = qr(&link, t().things_qr_of(&name));
    let href = link.clone();
    let copy = move |()| {
        // Where nothing can be copied the link beside it can be opened.
        let _copied = window().navigator().clipboard().write_text(&link);
        session.toast(t().things_copied());
    };
    view! { class=class,
        <div class="shown">
            {picture}
            <p class="muted fine center">{t().things_show_it()}</p>
            <div role="group" aria-label=t().things_code()><code>{code}</code></div>
            <div class="buttons">
                <Button icon=IconName::Copy on_click=copy>{t().things_copy()}</Button>
                <a class="button" href=href target="_blank" rel="external">{t().things_open_proof()}</a>
            </div>
        </div>
    }
}

/// Takes back what is lent.
#[component]
fn EndLoan(thing: domain::ids::ThingId, on_done: Callback<()>) -> impl IntoView {
    let session = use_session();
    let end = Action::new_local(move |(): &()| {
        let thing = thing.clone();
        async move {
            session.client().end_loan(&new_key(), &thing).await?;
            // The sheet may have been left meanwhile.
            let _told = on_done.try_run(());
            Ok::<_, api::client::ApiError>(())
        }
    });
    let problem = move || end.value().with(|last| last.as_ref()?.as_ref().err().map(sentence));
    view! {
        <Button pending=end.pending() on_click=move |()| drop(end.dispatch_local(()))>{t().things_take_back()}</Button>
        <p class="error" role="alert">{problem}</p>
    }
}

fn state_words(state: &OwnedState) -> String {
    match state {
        OwnedState::Held => t().things_is_good().to_owned(),
        OwnedState::LentOut { to, until } => t().things_is_lent(to.as_str(), &day_and_clock(*until)),
        OwnedState::Borrowed { until } => t().things_is_borrowed(&day_and_clock(*until)),
        OwnedState::Redeemed { at } => t().things_was_redeemed(&day_and_clock(*at)),
        OwnedState::Revoked { at } => t().things_was_revoked(&day_and_clock(*at)),
    }
}

crate::words! {
    things_close "Close" "Chiudi";
    things_is_good "It is yours, and good." "È tuo, ed è valido.";
    things_is_lent(name, until) "{name} has it until {until}; then it is back with you."
        "Ce l’ha {name} fino a {until}; poi torna a te.";
    things_is_borrowed(until) "It is lent to you until {until}." "Ti è stato prestato fino a {until}.";
    things_was_redeemed(at) "It was redeemed on {at}." "È stato riscattato il {at}.";
    things_was_revoked(at) "It was revoked on {at}, with the money." "È stato revocato il {at}, insieme al pagamento.";
    things_show_it "Show this to be let in. Whoever has the code can use it: keep it to yourself."
        "Mostralo per farlo valere. Chi ha il codice può usarlo: tienilo per te.";
    things_qr_of(name) "QR code of {name}" "Codice QR di {name}";
    things_code "Code" "Codice";
    things_copy "Copy the link" "Copia il link";
    things_copied "Copied" "Copiato";
    things_open_proof "See the proof" "Vedi la verifica";
    things_take_back "Take it back" "Fattelo restituire";
}
