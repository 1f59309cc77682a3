//! What acts for the business besides people: keys of programs, and where they are told what happens. For its owner.

mod deliveries;
mod keys;
mod webhooks;

use super::room::{Room, RoomPage};
use crate::i18n::t;
use crate::ui::{Icon, IconName};
use keys::Keys;
use leptos::prelude::*;
use stylers::style_sheet;
use webhooks::Webhooks;

/// Keys and webhooks.
#[component]
pub(super) fn DevelopersPage() -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    view! { class=class,
        <RoomPage room=Room::Developers note=t().developers_note()>
            <div class="buttons">
                <a class="button" href="/docs" rel="external"><Icon name=IconName::External /> {t().developers_docs()}</a>
            </div>
            <Keys />
            <Webhooks />
        </RoomPage>
    }
}

crate::words! {
    developers_note "Programs sell for your business as you do here. They never pay."
        "I programmi vendono per la tua attività come fai qui. Non pagano mai.";
    developers_docs "How it works" "Come funziona";
}
