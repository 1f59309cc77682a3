//! What people say.

use super::Decision;
use crate::command::{Context, MessageFacts};
use crate::event::Event;
use crate::ids::{MessageId, ThingId};
use crate::message::{Content, Emoji, Message, Quote, Reactions};
use crate::rejection::Rejection;
use crate::scan;
use crate::text::ItemName;
use crate::thread::{Role, Thread};
use crate::time::Timestamp;

impl Thread {
    pub(super) fn accept(&self, context: &Context) -> Decision {
        match context.person() {
            Some(role) if role == self.started_by.other() => {
                Ok(if self.accepted { Vec::new() } else { vec![Event::ThreadAccepted] })
            }
            Some(_) | None => Err(Rejection::NotYours),
        }
    }

    pub(super) fn say(&self, id: MessageId, content: Content, reply_to: Option<Quote>, context: &Context) -> Decision {
        let author = context.person().ok_or(Rejection::NotYours)?;
        if !self.accepted && author != self.started_by {
            return Err(Rejection::ThreadNotAccepted);
        }
        // The id is the client's: the same message told again is the one that is there.
        if context.message.is_some() {
            return Ok(Vec::new());
        }
        let (content, off_platform) = cleaned(content);
        let message = Message {
            id,
            author,
            sent_at: context.now,
            content: Some(content),
            reply_to,
            edited_at: None,
            reactions: Reactions::default(),
            off_platform,
        };
        Ok(vec![Event::MessagePosted { message }])
    }

    /// What one owns is worth money: it goes only where money could.
    pub(super) fn tell_passed(
        &self,
        thing: ThingId,
        title: ItemName,
        until: Option<Timestamp>,
        context: &Context,
    ) -> Decision {
        context.person().ok_or(Rejection::NotYours)?;
        if !self.accepted {
            return Err(Rejection::ThreadNotAccepted);
        }
        Ok(vec![Event::ThingPassed { thing, title, until }])
    }

    pub(super) fn edit(&self, message: MessageId, content: Content, context: &Context) -> Decision {
        let facts = self.own_message(context)?;
        let window = crate::market::Market::US.edit_window;
        let window = self.market().map_or(window, |market| market.edit_window);
        if context.now > facts.sent_at.plus(window) {
            return Err(Rejection::TooLateToEdit);
        }
        let (content, off_platform) = cleaned(content);
        Ok(vec![Event::MessageEdited { message, content, off_platform }])
    }

    pub(super) fn unsend(&self, message: MessageId, context: &Context) -> Decision {
        match self.own_message(context) {
            Ok(_) => Ok(vec![Event::MessageUnsent { message }]),
            Err(Rejection::MessageUnsent) => Ok(Vec::new()),
            Err(rejection) => Err(rejection),
        }
    }

    pub(super) fn react(&self, message: MessageId, emoji: Option<Emoji>, context: &Context) -> Decision {
        let by = context.person().ok_or(Rejection::NotYours)?;
        let facts = context.message.ok_or(Rejection::NotFound)?;
        if facts.unsent {
            return Err(Rejection::MessageUnsent);
        }
        Ok(vec![Event::ReactionSet { message, by, emoji }])
    }

    fn own_message(&self, context: &Context) -> Result<MessageFacts, Rejection> {
        let person: Role = context.person().ok_or(Rejection::NotYours)?;
        let facts = context.message.ok_or(Rejection::NotFound)?;
        if facts.author != person {
            return Err(Rejection::NotYours);
        }
        if facts.unsent { Err(Rejection::MessageUnsent) } else { Ok(facts) }
    }
}

/// Card numbers never reach storage; what leads away from protected payment is marked for the receiver.
fn cleaned(content: Content) -> (Content, bool) {
    match content {
        Content::Text { text } => {
            let off_platform = scan::off_platform(text.as_str()).is_some();
            (Content::Text { text: text.without_cards() }, off_platform)
        }
        Content::Photo { .. } | Content::Product { .. } => (content, false),
    }
}

impl Message {
    /// Folds one event about this message in. Repeating it changes nothing.
    pub fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::MessageEdited { message, content, off_platform } if *message == self.id => {
                self.content = Some(content.clone());
                self.off_platform = *off_platform;
                self.edited_at = Some(at);
            }
            Event::MessageUnsent { message } if *message == self.id => {
                self.content = None;
                self.reactions = Reactions::default();
                self.off_platform = false;
            }
            Event::ReactionSet { message, by, emoji } if *message == self.id => {
                self.reactions.set(*by, emoji.clone());
            }
            _other_event => {}
        }
    }
}
