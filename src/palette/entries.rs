//! What it offers: pages and deeds that are always there, and what a search finds.

use crate::app::{Theme, both_name};
use crate::i18n::t;
use crate::navigate::{Panel, panel_path, thread_path};
use crate::store::Session;
use crate::transport::is_kept_here;
use crate::ui::IconName;
use api::client::ApiError;
use api::wire::{QueueEntry, QueueItem, QueueKind};
use domain::ids::ThreadId;
use domain::queue::Group;
use domain::thread::Role;
use leptos::prelude::{Get, With};

/// How many of a kind are offered.
const MOST: usize = 6;

/// Under which heading something is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Deeds,
    Pages,
    Talks,
    Orders,
}

impl Section {
    pub const ALL: [Self; 4] = [Self::Deeds, Self::Pages, Self::Talks, Self::Orders];

    pub fn title(self) -> &'static str {
        match self {
            Self::Deeds => t().palette_deeds(),
            Self::Pages => t().palette_pages(),
            Self::Talks => t().palette_talks(),
            Self::Orders => t().palette_orders(),
        }
    }
}

/// What choosing it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Does {
    /// Goes to a page of the app.
    Go(String),
    /// Leaves for a page that is loaded anew.
    Leave(&'static str),
    /// Makes it light or dark.
    Look(Theme),
}

/// Something that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub section: Section,
    pub icon: IconName,
    pub title: String,
    /// What says more, such as what is in an order.
    pub detail: String,
    pub does: Does,
}

fn entry(section: Section, icon: IconName, title: impl Into<String>, does: Does) -> Entry {
    Entry { section, icon, title: title.into(), detail: String::new(), does }
}

impl Entry {
    /// Whether it is offered for these words. How it looks is nothing that somebody comes for unasked.
    pub fn is_offered(&self, words: &str) -> bool {
        match self.does {
            Does::Look(_) => !words.is_empty() && self.has(words),
            Does::Go(_) | Does::Leave(_) => self.has(words),
        }
    }

    /// Whether every word is in it.
    pub fn has(&self, words: &str) -> bool {
        let text = format!("{} {}", self.title, self.detail).to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// What is always offered.
pub(super) fn always(session: Session) -> Vec<Entry> {
    let go = |icon, title: &str, to: &str| entry(Section::Pages, icon, title, Does::Go(to.to_owned()));
    let deed = |icon, title: &str, to: &str| entry(Section::Deeds, icon, title, Does::Go(to.to_owned()));
    let look = |icon, title: &str, theme| entry(Section::Deeds, icon, title, Does::Look(theme));
    let mut all = Vec::new();
    if session.is_business() {
        all.push(deed(IconName::Truck, t().palette_ship_many(), "/orders?panel=ship"));
        all.push(deed(IconName::Box, t().palette_to_ship(), "/orders?kind=to_ship"));
        all.push(deed(IconName::Help, t().palette_cases(), "/orders?kind=case"));
    }
    all.push(look(IconName::Moon, t().palette_dark(), Theme::Dark));
    all.push(look(IconName::Sun, t().palette_light(), Theme::Light));
    all.extend([
        go(IconName::Chat, t().messages(), "/"),
        go(IconName::Box, t().orders(), "/orders"),
        go(IconName::Wallet, t().wallet(), "/wallet"),
        go(IconName::User, t().you_place(), "/you"),
    ]);
    if session.me().reviewer {
        all.push(go(IconName::Scales, t().reviews(), "/reviews"));
    }
    if session.is_business() {
        all.push(go(IconName::Truck, t().selling_title(), "/you?panel=selling"));
        all.push(go(IconName::Coins, t().money_title(), "/you?panel=money"));
        all.push(go(IconName::Reply, t().replies_title(), "/you?panel=replies"));
        if !is_kept_here() {
            all.push(go(IconName::Users, t().team_title(), "/you?panel=team"));
            all.push(go(IconName::Code, t().developers_title(), "/you?panel=developers"));
        }
    }
    if session.is_demo() {
        all.push(entry(Section::Pages, IconName::Swap, both_name(), Does::Leave("/both")));
    }
    all
}

/// The newest conversations, before anything is written.
pub(super) fn newest(session: Session) -> Vec<Entry> {
    session.inbox.primary.get().iter().take(4).filter_map(|thread| talk(session, thread)).collect()
}

fn talk(session: Session, thread: &ThreadId) -> Option<Entry> {
    let entry_of = session.inbox.entry(thread)?;
    let (name, handle) = entry_of.with(|entry| (entry.peer.name.to_string(), entry.peer.handle.to_string()));
    let to = Does::Go(thread_path(thread));
    Some(Entry { detail: handle, ..entry(Section::Talks, IconName::Chat, name, to) })
}

/// A request to somebody one sells to.
fn ask(session: Session, thread: &ThreadId) -> Option<Entry> {
    let entry_of = session.inbox.entry(thread)?;
    let (name, role) = entry_of.with(|entry| (entry.peer.name.to_string(), entry.role));
    let to = Does::Go(panel_path(thread, &Panel::NewRequest));
    (role == Role::Seller).then(|| entry(Section::Talks, IconName::Tag, t().palette_ask(&name), to))
}

/// Conversations whose name or last words have the words in them.
///
/// # Errors
/// That nobody answered.
pub(super) async fn talks(session: Session, words: &str) -> Result<Vec<Entry>, ApiError> {
    let (threads, _) = session.search_inbox(words, None).await?;
    let found: Vec<&ThreadId> = threads.iter().take(MOST).collect();
    let talks = found.iter().filter_map(|thread| talk(session, thread));
    // To whom is clear when few are found.
    let asks = found.iter().take(2).filter_map(|thread| ask(session, thread));
    Ok(talks.chain(asks).collect())
}

/// Orders and requests by number, name, thing or parcel.
///
/// # Errors
/// That nobody answered.
pub(super) async fn orders(session: Session, words: &str) -> Result<Vec<Entry>, ApiError> {
    let mut found = Vec::new();
    for group in [Group::Mine, Group::Waiting, Group::Done] {
        if found.len() < MOST {
            found.extend(session.client().queue_of(group, None, words, None).await?.entries);
        }
    }
    Ok(found.iter().take(MOST).flat_map(offers).collect())
}

/// The order, and what there is to do with it.
fn offers(found: &QueueEntry) -> Vec<Entry> {
    let peer = found.peer.name.to_string();
    match &found.item {
        QueueItem::Order { order, .. } => {
            let number = order.number.as_str();
            let items: Vec<&str> = order.terms.items().iter().map(|item| item.name.as_str()).collect();
            let to = Does::Go(format!("/orders?order={}", order.id));
            let detail = items.join(", ");
            let shown = Entry { detail, ..entry(Section::Orders, IconName::Box, format!("{number} · {peer}"), to) };
            let ship = QueueKind::ToShip.fits(found).then(|| {
                let to = Does::Go(format!("/orders?ship={}", order.id));
                entry(Section::Orders, IconName::Truck, t().palette_ship(number), to)
            });
            std::iter::once(shown).chain(ship).collect()
        }
        QueueItem::Request { .. } => {
            let title = format!("{} · {peer}", t().queue_request());
            vec![entry(Section::Orders, IconName::Receipt, title, Does::Go(thread_path(&found.thread)))]
        }
    }
}

crate::words! {
    palette_deeds "Do" "Fai";
    palette_pages "Go to" "Vai a";
    palette_talks "Conversations" "Conversazioni";
    palette_orders "Orders" "Ordini";
    palette_ship_many "Mark orders shipped by their numbers" "Segna spediti con i numeri";
    palette_to_ship "Show what is to be shipped" "Mostra cosa spedire";
    palette_cases "Show open cases" "Mostra le segnalazioni aperte";
    palette_dark "Dark" "Scuro";
    palette_light "Light" "Chiaro";
    palette_ship(number) "Mark {number} shipped" "Segna {number} spedito";
    palette_ask(name) "New request to {name}" "Nuova richiesta a {name}";
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn every_word_has_to_be_in_it_wherever() {
        let order = Entry {
            detail: "Surf wax".to_owned(),
            ..entry(Section::Orders, IconName::Box, "K-2041 · Omar Haddad", Does::Go(String::new()))
        };
        assert!(order.has("omar") && order.has("WAX k-20") && order.has(""));
        assert!(!order.has("omar board"));
    }
}
