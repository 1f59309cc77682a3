//! The offer: in a conversation where one waits for the other, once.

use super::browser::{Standing, Trouble, Wish, keep_wish, standing, turn_on, wish};
use crate::i18n::t;
use crate::parts::apart;
use crate::store::{Session, ThreadCell, use_session};
use crate::ui::{Button, ButtonVariant};
use domain::headline::Turn;
use domain::thread::{Actor, Role, Thread};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use stylers::style_sheet;

/// Whether `role` waits for something to happen: for an answer to what they wrote last, or for anybody else's turn.
fn waits(state: &Thread, role: Role, last: Option<Actor>) -> bool {
    match state.headline().map(|headline| headline.turn) {
        Some(Turn::Nobody) | None => last == Some(role.into()),
        Some(turn) => turn != Turn::from(role),
    }
}

/// Offers to tell one while nobody looks; nothing where that cannot be, was answered before, or nothing is waited for.
#[component]
pub fn PushOffer(
    /// The conversation.
    cell: ThreadCell,
    /// What the other is called.
    #[prop(into)]
    peer: Signal<String>,
) -> impl IntoView {
    let session = use_session();
    let is_open = RwSignal::new(standing(session) == Standing::Off && wish(session) == Wish::Unasked);
    let is_waiting = Memo::new(move |_| {
        cell.state.with(|state| waits(state, cell.role, cell.with_rows(|rows| rows.last().map(|row| row.actor))))
    });
    let close = Callback::new(move |()| {
        is_open.set(false);
        // Who goes on by keyboard goes on from the conversation.
        let log = document().query_selector("[role=log]").ok().flatten();
        if let Some(log) = log.and_then(|log| log.dyn_into::<HtmlElement>().ok()) {
            let _focused = log.focus();
        }
    });
    // Once it is there it stays until it is answered: it may have the focus.
    let is_offered = Memo::new(move |was: Option<&bool>| is_open.get() && (was == Some(&true) || is_waiting.get()));
    move || {
        is_offered
            .get()
            // Until the part has come, and where it does not, nothing is offered.
            .then(|| apart(fetch_offer, move || offer_view(session, peer, close), |_| ().into_any()))
    }
}

crate::part! {
    panels, fetch_offer;
    /// The offer itself.
    pub fn offer_view(session: Session, peer: Signal<String>, close: Callback<()>) {
        view! { <Offer session peer close /> }.into_any()
    }
}

#[component]
fn Offer(session: Session, peer: Signal<String>, close: Callback<()>) -> impl IntoView {
    let class = style_sheet!("src/push/offer.css");
    let asking = RwSignal::new(false);
    let yes = move |()| {
        asking.set(true);
        spawn_local(async move {
            match turn_on(session).await {
                Ok(()) => session.toast(t().push_is_on()),
                Err(trouble) => {
                    match trouble {
                        // Said no: then it is no.
                        Trouble::Forbidden | Trouble::Unanswered => keep_wish(session, Wish::Later),
                        Trouble::Unreachable | Trouble::Api(_) => {}
                    }
                    session.toast(trouble.sentence());
                }
            }
            close.run(());
        });
    };
    let no = move |()| {
        keep_wish(session, Wish::Later);
        close.run(());
    };
    view! { class=class,
        <section class="push-offer" aria-label=t().push_title()>
            <p>{move || t().push_offer(crate::headline::first_name(&peer.read()))}</p>
            <div class="actions">
                <Button variant=ButtonVariant::Primary pending=asking on_click=Callback::new(yes)>{t().push_yes()}</Button>
                <Button on_click=Callback::new(no)>{t().push_no()}</Button>
            </div>
        </section>
    }
}

crate::words! {
    push_title "Notifications" "Notifiche";
    push_offer(peer) "Want to know when {peer} answers or an order moves on, also when Bottega is closed?"
        "Vuoi sapere quando {peer} risponde o un ordine va avanti, anche se Bottega è chiusa?";
    push_yes "Notify me" "Avvisami";
    push_no "Not now" "Non ora";
    push_is_on "You will be notified. You can change that under You." "Riceverai le notifiche. Puoi cambiarlo in Tu.";
}
