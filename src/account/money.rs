//! The money of a business: a statement for each month, what the processor says differently, and where it is paid.

pub(super) mod csv;
mod differences;
mod payee;
mod statement;

use super::room::{Room, RoomPage};
use crate::i18n::t;
use crate::transport::is_kept_here;
use differences::DifferencesOfMe;
use leptos::prelude::*;
use payee::PayeeOfMe;
use statement::Statements;

/// Statements, differences, and where it is paid.
#[component]
pub(super) fn MoneyPage() -> impl IntoView {
    // What is simulated is compared with nothing. Staff are not told which it is, and ask.
    let is_compared = RwSignal::new(false);
    let paid = move || {
        view! {
            <Show when=move || is_compared.get()>
                <DifferencesOfMe />
            </Show>
            <PayeeOfMe on_told=move |is_simulated: bool| is_compared.set(!is_simulated) />
        }
    };
    view! {
        <RoomPage room=Room::Money note=t().money_note()>
            <Statements />
            {(!is_kept_here()).then(paid)}
        </RoomPage>
    }
}

crate::words! {
    money_note "What your customers paid, what went back to them and what was paid out, to the cent."
        "Quanto hanno pagato i tuoi clienti, quanto è tornato a loro e quanto hai ricevuto, al centesimo.";
}
