//! What is the same of the rooms of a business: the way back, a title, what went wrong.

use crate::i18n::t;
use crate::ui::{Icon, IconName};
use leptos::prelude::*;
use stylers::style_sheet;

/// A room of a business on one's own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// Who acts for it.
    Team,
    /// What its requests start from.
    Selling,
    /// What acts for it: keys of programs, and where they are told.
    Developers,
    /// Its statements, and where it is paid.
    Money,
    /// What it writes often.
    Replies,
}

impl Room {
    /// The room that the query of the address names.
    pub fn read(panel: Option<&str>) -> Option<Self> {
        match panel {
            Some("team") => Some(Self::Team),
            Some("selling") => Some(Self::Selling),
            Some("developers") => Some(Self::Developers),
            Some("money") => Some(Self::Money),
            Some("replies") => Some(Self::Replies),
            Some(_) | None => None,
        }
    }

    /// Whether it is about who acts for the business: then only a server has it.
    pub fn is_of_a_server(self) -> bool {
        match self {
            Self::Team | Self::Developers => true,
            Self::Selling | Self::Money | Self::Replies => false,
        }
    }

    /// Where it is.
    pub fn path(self) -> &'static str {
        match self {
            Self::Team => "/you?panel=team",
            Self::Selling => "/you?panel=selling",
            Self::Developers => "/you?panel=developers",
            Self::Money => "/you?panel=money",
            Self::Replies => "/you?panel=replies",
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Team => t().team_title(),
            Self::Selling => t().selling_title(),
            Self::Developers => t().developers_title(),
            Self::Money => t().money_title(),
            Self::Replies => t().replies_title(),
        }
    }
}

/// A room, with its title and the way back.
#[component]
pub(super) fn RoomPage(
    /// Which.
    room: Room,
    /// What it is about.
    #[prop(into)]
    note: String,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let class = style_sheet!("src/account/page.css");
    view! { class=class,
        <div class="account" data-scroll="">
            <nav aria-label=t().room_back()>
                <a class="button quiet" href="/you"><Icon name=IconName::Back /> {t().you_place()}</a>
            </nav>
            <section>
                <h1>{room.title()}</h1>
                <p class="muted">{note}</p>
            </section>
            {children()}
        </div>
    }
}

crate::words! {
    team_title "Team" "Team";
    selling_title "Delivery and tax" "Consegna e tasse";
    developers_title "Developers" "Sviluppatori";
    money_title "Money" "Denaro";
    replies_title "Saved replies" "Risposte salvate";
    room_back "Back to your page" "Torna alla tua pagina";
}
