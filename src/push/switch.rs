//! The switch among one's own settings.

use super::browser::{Standing, standing, turn_off, turn_on};
use crate::i18n::t;
use crate::store::use_session;
use crate::ui::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Turns being told on and off.
#[component]
pub fn PushSwitch() -> impl IntoView {
    let session = use_session();
    let known = RwSignal::new(standing(session));
    let asking = RwSignal::new(false);
    let set = move |on: bool| {
        asking.set(true);
        spawn_local(async move {
            let done = if on { turn_on(session).await } else { turn_off(session).await };
            if let Err(trouble) = done {
                session.toast(trouble.sentence());
            }
            known.set(standing(session));
            asking.set(false);
        });
    };
    let note = move || match known.get() {
        Standing::Impossible => t().push_impossible(),
        Standing::Forbidden => t().push_forbidden(),
        Standing::Off => t().push_off_note(),
        Standing::On => t().push_on_note(),
    };
    let is_on = move || known.get() == Standing::On;
    let can_change = move || match known.get() {
        Standing::Impossible | Standing::Forbidden => false,
        Standing::Off | Standing::On => true,
    };
    // One button with two names: it keeps the focus.
    let button = move || {
        view! {
            <Button pending=asking on_click=Callback::new(move |()| set(!is_on()))>
                {move || if is_on() { t().push_turn_off() } else { t().push_turn_on() }}
            </Button>
        }
    };
    view! {
        <section>
            <h2>{t().push_title()}</h2>
            <p class="muted" role="status">{note}</p>
            <div class="buttons"><Show when=can_change>{button}</Show></div>
        </section>
    }
}

crate::words! {
    push_impossible "This browser cannot be notified. On some phones it can once Bottega is on the home screen."
        "Questo browser non può ricevere notifiche. Su alcuni telefoni può, se Bottega è nella schermata Home.";
    push_off_note "You are not notified of messages and orders while Bottega is closed."
        "Non ricevi notifiche di messaggi e ordini quando Bottega è chiusa.";
    push_on_note "You are notified of messages and orders, also while Bottega is closed."
        "Ricevi notifiche di messaggi e ordini, anche quando Bottega è chiusa.";
    push_turn_on "Turn on notifications" "Attiva le notifiche";
    push_turn_off "Turn off notifications" "Disattiva le notifiche";
}
