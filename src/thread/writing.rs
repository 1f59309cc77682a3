//! What is being written in a thread, and what becomes of it.

use crate::after_paint::after_paint;
use crate::refusal::sentence;
use crate::store::{Session, new_key, use_session};
use crate::thread::ComposerContext;
use api::wire::EditMessage;
use domain::ids::{MessageId, ThreadId};
use domain::message::Content;
use domain::text::MessageText;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{File, Storage};

/// What is being written in one thread. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    session: Session,
    thread: StoredValue<ThreadId>,
    /// The text.
    pub draft: RwSignal<String>,
    /// What it is for.
    pub context: RwSignal<ComposerContext>,
    /// Whether new words of a message are on their way.
    saving: StoredValue<bool>,
}

impl Writing {
    /// Goes on with what was typed and not sent.
    pub fn new(session: Session, thread: ThreadId) -> Self {
        let context = RwSignal::new(ComposerContext::Nothing);
        let draft = draft_of(&thread, context);
        Self { session, thread: StoredValue::new(thread), draft, context, saving: StoredValue::new(false) }
    }

    /// Changes the words of an own message; what was being written waits meanwhile.
    pub fn edit(self, message: MessageId, words: String) {
        let before = self.context.with_untracked(|context| context.before().cloned());
        let before = before.unwrap_or_else(|| self.draft.get_untracked());
        // First what it is for: the words of a message are nobody's draft.
        self.context.set(ComposerContext::Edit { message, before });
        self.draft.set(words);
    }

    /// Answers a message; an edit that is left goes back to what was being written.
    pub fn reply(self, message: MessageId, own: bool, excerpt: String) {
        self.leave_edit();
        self.context.set(ComposerContext::Reply { message, own, excerpt });
    }

    fn leave_edit(self) {
        let before = self.context.with_untracked(|context| context.before().cloned());
        if let Some(before) = before {
            self.draft.set(before);
        }
    }

    /// Sends the text, or changes the message it is about.
    pub fn send(self, text: &str) {
        // What is too long is not sent: the composer says so.
        let Ok(words) = text.parse::<MessageText>() else { return };
        let (content, thread) = (Content::Text { text: words }, self.thread.get_value());
        match self.context.get_untracked() {
            ComposerContext::Edit { message, before } => return self.save(message, before, content),
            ComposerContext::Nothing => self.session.say(&thread, content, None),
            ComposerContext::Reply { message, .. } => self.session.say(&thread, content, Some(message)),
        }
        self.context.set(ComposerContext::Nothing);
        self.draft.set(String::new());
    }

    /// The new words stay in the field until they are taken.
    fn save(self, message: MessageId, before: String, content: Content) {
        if self.saving.get_value() {
            return;
        }
        self.saving.set_value(true);
        let (session, thread, body) = (self.session, self.thread.get_value(), EditMessage { content });
        spawn_local(async move {
            let saved = session.commit(session.client().edit(&new_key(), &thread, &message, &body)).await;
            // Who has gone to another thread meanwhile has nothing to leave here.
            let _there = self.saving.try_set_value(false);
            match saved {
                Ok(()) => {
                    let same = ComposerContext::Edit { message, before: before.clone() };
                    if self.context.try_get_untracked() == Some(same) {
                        self.draft.set(before);
                        self.context.set(ComposerContext::Nothing);
                    }
                }
                Err(error) => session.toast(sentence(&error)),
            }
        });
    }

    /// Sends a picture.
    pub fn attach(self, file: File) {
        let (session, thread) = (self.session, self.thread.get_value());
        spawn_local(async move {
            match crate::photo::downsized(&file).await {
                Ok(small) => session.show(&thread, small),
                Err(reason) => session.toast(reason),
            }
        });
    }

    /// Tells the other that something is being written.
    pub fn tell_typing(self) {
        let (session, thread) = (self.session, self.thread.get_value());
        let tell = async move {
            // Typing is of the moment: nobody misses one.
            let _told = session.client().typing(&new_key(), &thread).await;
        };
        // The letter is painted before anybody is told of it.
        after_paint(move || spawn_local(tell));
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What was typed and not sent, kept for the next time.
fn draft_of(thread: &ThreadId, context: RwSignal<ComposerContext>) -> RwSignal<String> {
    let key = format!("bottega.draft.{}.{thread}", use_session().me().id);
    let kept = storage().and_then(|storage| storage.get_item(&key).ok().flatten()).unwrap_or_default();
    let draft = RwSignal::new(kept);
    Effect::new(move || {
        let (text, context) = (draft.read(), context.read());
        let text = context.before().unwrap_or(&*text);
        if let Some(storage) = storage() {
            // Where nothing can be kept the draft lasts as long as the page.
            let _kept = if text.is_empty() { storage.remove_item(&key) } else { storage.set_item(&key, text) };
        }
    });
    draft
}
