//! Of a business on one's own page: who one is in it, and the ways to its rooms.

use super::room::Room;
use crate::i18n::t;
use crate::transport::is_kept_here;
use crate::ui::{Icon, IconName};
use api::wire::{SeatRole, Team};
use leptos::prelude::*;
use stylers::style_sheet;

/// Whether whoever asked is the owner.
pub(super) fn is_owner(team: &Team) -> bool {
    team.seats.iter().any(|seat| seat.id == team.you && seat.role == SeatRole::Owner)
}

/// "You are Anna, for Kai Shapes": said to staff, who see the business everywhere else.
pub(super) fn who(team: &Team, business: &str) -> Option<String> {
    let me = team.seats.iter().find(|seat| seat.id == team.you && seat.role == SeatRole::Staff)?;
    Some(t().business_who(me.name.as_str(), business))
}

/// The ways to the rooms of a business.
#[component]
pub(super) fn Business(
    /// Who acts for it, once that is known.
    #[prop(into)]
    team: Signal<Option<Team>>,
) -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let people = move || {
        team.with(|team| match team.as_ref().map(|team| team.seats.len()) {
            None => String::new(),
            Some(1) => t().business_alone().to_owned(),
            Some(count) => t().business_people(&count.to_string()),
        })
    };
    let way = move |room: Room, icon: IconName, note: Signal<String>| {
        view! { class=class,
            <li>
                <a class="row" href=room.path()>
                    <Icon name=icon />
                    <div class="what">
                        <p>{room.title()}</p>
                        <p class="muted fine">{move || note.get()}</p>
                    </div>
                    <Icon name=IconName::Next />
                </a>
            </li>
        }
    };
    let developers = move || {
        let is_owners = team.with(|team| team.as_ref().is_some_and(is_owner));
        let note = Signal::stored(t().business_developers().to_owned());
        is_owners.then(|| way(Room::Developers, IconName::Key, note))
    };
    view! { class=class,
        <section class="devices" aria-labelledby="business">
            <h2 id="business">{t().business_title()}</h2>
            <ul class="rows">
                {way(Room::Money, IconName::Coins, Signal::stored(t().business_money().to_owned()))}
                {(!is_kept_here()).then(|| way(Room::Team, IconName::Store, Signal::derive(people)))}
                {way(Room::Selling, IconName::Truck, Signal::stored(t().business_selling().to_owned()))}
                {way(Room::Replies, IconName::Reply, Signal::stored(t().business_replies().to_owned()))} {developers}
            </ul>
        </section>
    }
}

crate::words! {
    business_title "Your business" "La tua attività";
    business_who(name, business) "You are {name}, for {business}" "Sei {name}, per {business}";
    business_alone "You alone. Invite those who work with you." "Solo tu. Invita chi lavora con te.";
    business_people(count) "{count} people act for it" "{count} persone agiscono per lei";
    business_money "Statements, and where you are paid" "Estratti conto, e dove ricevi i pagamenti";
    business_selling "What your requests start from" "Da cosa partono le tue richieste";
    business_replies "Texts by a short name, such as /shipped" "Testi con un nome breve, come /spedito";
    business_developers "Keys for your programs, and webhooks" "Chiavi per i tuoi programmi e webhook";
}
