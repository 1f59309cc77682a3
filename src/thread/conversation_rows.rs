//! From rows of the thread to rows of the log: one event may be a card and lines.

use super::lines;
use crate::store::{Pending, PendingStatus, Said, known_photo};
use crate::thread::{CardRef, EventLine, PendingMessage, PendingState, Row, RowKey, RowKind};
use domain::event::Event;
use domain::ids::MessageId;
use domain::message::Content;
use domain::thread::Role;
use domain::time::Timestamp;
use domain::timeline::{Row as Told, RowItem};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// Rows that one event can make.
const PER_EVENT: u64 = 8;
/// Keys of echoes are above all others.
const ECHO: u64 = 1 << 63;
/// About how high the cards are, in pixels.
const REQUEST_CARD: u16 = 356;
const ORDER_CARD: u16 = 300;

/// What is known of the rows so far: which card stands where.
pub(super) struct RowBook {
    me: Role,
    peer: String,
    cards: HashMap<String, RowKey>,
}

impl RowBook {
    pub(super) fn new(me: Role, peer: String) -> Self {
        Self { me, peer, cards: HashMap::new() }
    }

    /// The key of the n-th row of an event.
    pub(super) fn key(seq: u64, n: u64) -> RowKey {
        seq * PER_EVENT + n
    }

    /// The key of an own message that is not sent yet.
    pub(super) fn echo_key(message: &MessageId) -> RowKey {
        let mut hasher = DefaultHasher::new();
        message.as_str().hash(&mut hasher);
        hasher.finish() | ECHO
    }

    /// Whether a key is that of an echo.
    pub(super) fn is_echo(key: RowKey) -> bool {
        key & ECHO != 0
    }

    /// Where the card of a request or order stands.
    pub(super) fn card_of(&self, about: &str) -> Option<RowKey> {
        self.cards.get(about).copied()
    }

    /// The rows of the log for rows of the thread.
    pub(super) fn rows(&mut self, told: &[Told]) -> Vec<Row> {
        told.iter().flat_map(|row| self.of(row)).collect()
    }

    fn of(&mut self, told: &Told) -> Vec<Row> {
        let at = told.at.as_millis();
        match &told.item {
            RowItem::Message(message) => {
                vec![Row { key: Self::key(told.seq, 0), at, kind: RowKind::Message(Arc::new(message.clone())) }]
            }
            RowItem::Event(event) => {
                let mut kinds = Vec::new();
                match event {
                    Event::RequestSent { request, .. } => {
                        kinds.push(self.card(request.as_str(), Self::key(told.seq, 0), REQUEST_CARD));
                    }
                    Event::PaymentAuthorised { order, .. } => {
                        let card = self.card(order.as_str(), Self::key(told.seq, 1), ORDER_CARD);
                        kinds.extend(self.line(event, told));
                        kinds.push(card);
                    }
                    _tells_in_a_line => kinds.extend(self.line(event, told)),
                }
                let numbered = kinds.into_iter().zip(0..);
                numbered.map(|(kind, n)| Row { key: Self::key(told.seq, n), at, kind }).collect()
            }
        }
    }

    fn card(&mut self, about: &str, key: RowKey, height: u16) -> RowKind {
        self.cards.insert(about.to_owned(), key);
        RowKind::Card(CardRef { id: about.into(), author: Role::Seller, height })
    }

    fn line(&self, event: &Event, told: &Told) -> Option<RowKind> {
        let line = lines::of(event, told.actor, self.me, &self.peer)?;
        let text = format!("{} · {}", line.text, crate::format::clock(told.at));
        let target = line.about.and_then(|about| self.card_of(&about));
        Some(RowKind::Event(Arc::new(EventLine { icon: line.icon, text, target })))
    }

    /// Puts the divider before the first row that was not seen.
    pub(super) fn mark_unread(&self, rows: &mut Vec<Row>, told: &[Told], read_before: u64) {
        let unseen = told.iter().find(|row| row.seq > read_before && row.actor != self.me.into());
        let Some(unseen) = unseen.filter(|_| read_before > 0) else { return };
        if let Some(at) = rows.iter().position(|row| row.key >= Self::key(unseen.seq, 0)) {
            let key = Self::key(unseen.seq, 0) - 1;
            rows.insert(at, Row { key, at: unseen.at.as_millis(), kind: RowKind::UnreadDivider });
        }
    }
}

/// The row of something that is not sent yet: whether somebody answers, and how long ago it was said by the thread's
/// own clock.
pub(super) fn pending_row(said: &Pending, online: bool, now: Timestamp) -> Row {
    let (text, picture) = match &said.said {
        Said::Content(Content::Text { text }) => (text.to_string(), None),
        Said::Content(Content::Photo { photo, .. }) => (String::new(), known_photo(photo)),
        Said::Content(Content::Product { name, .. }) => (name.to_string(), None),
        Said::Photo(photo) => (String::new(), Some(photo.address())),
    };
    let state = match said.status {
        PendingStatus::Queued if online || !said.is_settled => PendingState::Sending,
        PendingStatus::Queued => PendingState::Queued,
        PendingStatus::Failed => PendingState::Failed,
    };
    let kind = RowKind::Pending(Arc::new(PendingMessage { text, picture, state }));
    let ago = (js_sys::Date::now() - said.said_at) as i64;
    Row { key: RowBook::echo_key(&said.id), at: now.as_millis() - ago, kind }
}
