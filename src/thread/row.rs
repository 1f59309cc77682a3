//! What a log is made of: its rows, and what grouping needs to know of them.

use crate::ui::IconName;
use domain::message::{Content, Message};
use domain::thread::Role;
use std::sync::Arc;

/// What tells a row from the others, for as long as it lives. The order of rows is that of the timeline, not of keys.
pub type RowKey = u64;

/// One row of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What tells it from the others.
    pub key: RowKey,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// What.
    pub kind: RowKind,
}

/// What a row shows.
#[derive(Clone, Debug, PartialEq)]
pub enum RowKind {
    /// Something that was said.
    Message(Arc<Message>),
    /// Something of one's own that is on its way.
    Pending(Arc<PendingMessage>),
    /// Something that happened.
    Event(Arc<EventLine>),
    /// What the log's owner draws: a payment request, an order.
    Card(CardRef),
    /// From here on it is new.
    UnreadDivider,
}

/// Something of one's own that is on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingMessage {
    /// What was said.
    pub text: String,
    /// A picture of it, an address of this page.
    pub picture: Option<String>,
    /// How far it is.
    pub state: PendingState,
}

/// How far an own message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PendingState {
    /// It waits for a connection.
    Queued,
    /// It is being sent.
    Sending,
    /// It was not sent.
    Failed,
}

/// Something that happened, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventLine {
    /// Drawn before the words.
    pub icon: IconName,
    /// The words.
    pub text: String,
    /// The row it is about: a tap goes there.
    pub target: Option<RowKey>,
}

/// A place in the log for something its owner draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRef {
    /// What is drawn there: an identifier of the owner.
    pub id: Arc<str>,
    /// Whose it is: it stands in the group of that side.
    pub author: Role,
    /// About how high it will be, in pixels.
    pub height: u16,
}

/// Whose a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// One side's.
    Side(Role),
    /// The reader's own, whichever side that is.
    Reader,
    /// Nobody's: it stands between the groups.
    Nobody,
}

/// What grouping and heights need to know of a row. Nothing of it is allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    /// When, in milliseconds.
    pub at: i64,
    /// Whose it is.
    pub by: By,
    /// How high it is besides its text, in pixels.
    pub base: u16,
    /// How long its text is, in bytes.
    pub text: u32,
}

/// The rows of a log, oldest first.
pub trait Rows: 'static {
    /// How many there are.
    fn len(&self) -> usize;
    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// What grouping and heights need to know of one.
    fn outline(&self, index: usize) -> Outline;
    /// One, to be drawn.
    fn row(&self, index: usize) -> Row;
    /// Where the row of this key is.
    fn position(&self, key: RowKey) -> Option<usize>;
}

/// Padding and border of a bubble, in pixels.
const BUBBLE: u16 = 18;

impl Row {
    /// What grouping and heights need to know of it.
    pub fn outline(&self) -> Outline {
        let (by, base, text) = match &self.kind {
            RowKind::Message(message) => {
                let (base, text) = message.content.as_ref().map_or((BUBBLE, 20), content_outline);
                let reply = if message.reply_to.is_some() { 46 } else { 0 };
                let reacted = if message.reactions.is_empty() { 0 } else { 14 };
                let edited = if message.edited_at.is_some() { 18 } else { 0 };
                let warned = if message.off_platform { 60 } else { 0 };
                (By::Side(message.author), base + reply + reacted + edited + warned, text)
            }
            RowKind::Pending(pending) => {
                let base = if pending.picture.is_some() { 240 } else { BUBBLE };
                let failed = if pending.state == PendingState::Failed { 20 } else { 0 };
                (By::Reader, base + failed, pending.text.len())
            }
            RowKind::Event(event) => (By::Nobody, 4, event.text.len()),
            RowKind::Card(card) => (By::Side(card.author), card.height, 0),
            RowKind::UnreadDivider => (By::Nobody, 32, 0),
        };
        Outline { at: self.at, by, base, text: u32::try_from(text).unwrap_or(u32::MAX) }
    }
}

fn content_outline(content: &Content) -> (u16, usize) {
    match content {
        Content::Text { text } => (BUBBLE, text.as_str().len()),
        Content::Photo { .. } => (240, 0),
        Content::Product { .. } => (62, 0),
    }
}

impl Rows for Vec<Row> {
    fn len(&self) -> usize {
        self.len()
    }
    fn outline(&self, index: usize) -> Outline {
        self[index].outline()
    }
    fn row(&self, index: usize) -> Row {
        self[index].clone()
    }
    fn position(&self, key: RowKey) -> Option<usize> {
        // What is asked for is most often near the end.
        self.iter().rposition(|row| row.key == key)
    }
}
