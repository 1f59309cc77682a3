//! What was said and is not sent yet: kept in the browser before the first try, sent in order, once.

use super::Session;
use crate::after_paint::after_paint;
use crate::locks::{Busy, hold};
use crate::photo::Small;
use api::client::{ApiError, IdempotencyKey};
use api::wire::Say;
use domain::ids::{MessageId, ThreadId};
use domain::message::Content;
use js_sys::Promise;
use leptos::prelude::*;
use leptos::web_sys::Event;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::time::Duration;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How long it is tried before it says so, in milliseconds.
const GIVE_UP: f64 = 5.0 * 60_000.0;
/// The longest wait between two tries, in seconds.
const LONGEST_WAIT: u32 = 30;

/// Something said that is not sent yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    /// Where.
    pub thread: ThreadId,
    /// Its id, which is also its key: sending it twice says it once.
    pub id: MessageId,
    /// What.
    #[serde(alias = "content")]
    pub said: Said,
    /// What it answers.
    pub reply_to: Option<MessageId>,
    /// When it was said, by the browser's clock, in milliseconds.
    pub said_at: f64,
    /// How far it is.
    pub status: PendingStatus,
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Said {
    /// Something that can be sent as it is.
    Content(Content),
    /// A picture that goes up first.
    Photo(Small),
}

/// How far something said is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PendingStatus {
    /// It waits for its turn or for somebody to answer.
    Queued,
    /// It was not taken, or nobody answered for too long: it waits for a tap.
    Failed,
}

/// Somebody may answer again, or not any more.
pub fn connection_changed() {
    if let Ok(event) = Event::new("online") {
        // Tells the listeners of this page, as the browser would.
        let _told = window().dispatch_event(&event);
    }
}

impl Session {
    fn pending_key(&self) -> String {
        format!("bottega.outbox.{}", self.me().id)
    }

    /// What other tabs of the same person have kept counts too.
    pub(super) fn restore_pending(&self) {
        let kept = window().local_storage().ok().flatten();
        let kept = kept.and_then(|storage| storage.get_item(&self.pending_key()).ok().flatten());
        if let Some(pending) = kept.and_then(|text| serde_json::from_str::<Vec<Pending>>(&text).ok()) {
            self.set_pending.set(pending);
            self.flush();
        }
    }

    fn change_pending(&self, change: impl FnOnce(&mut Vec<Pending>)) {
        let storage = window().local_storage().ok().flatten();
        let key = self.pending_key();
        let stored = storage.as_ref().and_then(|storage| storage.get_item(&key).ok().flatten());
        let stored = stored.and_then(|text| serde_json::from_str::<Vec<Pending>>(&text).ok());
        let known = self.pending.get_untracked();
        let mut all = match &stored {
            Some(stored) => {
                let has = |pending: &Pending| stored.iter().any(|kept| kept.id == pending.id);
                let only_here = |pending: &Pending| self.inner.with_value(|inner| inner.unkept.contains(&pending.id));
                let missing = known.into_iter().filter(|pending| only_here(pending) && !has(pending));
                stored.iter().cloned().chain(missing).collect()
            }
            None => known,
        };
        change(&mut all);
        let keep = |list: &[&Pending]| {
            let text = serde_json::to_string(list).unwrap_or_default();
            storage.as_ref().is_some_and(|storage| storage.set_item(&key, &text).is_ok())
        };
        let everything: Vec<&Pending> = all.iter().collect();
        // Where there is no room for what is new, what was there before has room.
        let before = || -> Vec<&Pending> {
            let had = |pending: &&Pending| stored.iter().flatten().any(|kept| kept.id == pending.id);
            all.iter().filter(had).collect()
        };
        let kept = if keep(&everything) {
            everything
        } else {
            Some(before()).filter(|list| keep(list)).unwrap_or_else(|| {
                // Not even that: what is there is out of date, and the list is only here.
                let _gone = storage.as_ref().map(|storage| storage.remove_item(&key));
                Vec::new()
            })
        };
        let unkept = all.iter().filter(|pending| kept.iter().all(|kept| kept.id != pending.id));
        let unkept: HashSet<MessageId> = unkept.map(|pending| pending.id.clone()).collect();
        if self.inner.with_value(|inner| !unkept.is_subset(&inner.unkept)) {
            self.toast(crate::i18n::t().not_kept());
        }
        self.inner.update_value(|inner| inner.unkept = unkept);
        self.set_pending.set(all);
    }

    /// Says something: it is on the screen at once, kept, and sent as soon as somebody answers.
    pub fn say(&self, thread: &ThreadId, content: Content, reply_to: Option<MessageId>) {
        self.queue(thread, Said::Content(content), reply_to);
    }

    /// Shows a picture; the same as with words.
    pub fn show(&self, thread: &ThreadId, photo: Small) {
        self.queue(thread, Said::Photo(photo), None);
    }

    fn queue(&self, thread: &ThreadId, said: Said, reply_to: Option<MessageId>) {
        let id = format!("{}{}", MessageId::PREFIX, super::new_key().0);
        let Ok(id) = id.parse::<MessageId>() else { return };
        let said_at = js_sys::Date::now();
        let pending = Pending { thread: thread.clone(), id, said, reply_to, said_at, status: PendingStatus::Queued };
        self.change_pending(|all| all.push(pending));
        // What was said is painted before it travels.
        let session = *self;
        after_paint(move || session.flush());
    }

    /// Tries what failed once more.
    pub fn retry(&self, message: &MessageId) {
        self.change_pending(|all| {
            for pending in all.iter_mut().filter(|pending| pending.id == *message) {
                pending.status = PendingStatus::Queued;
                pending.said_at = js_sys::Date::now();
            }
        });
        self.flush();
    }

    /// Forgets what was not sent.
    pub fn discard(&self, message: &MessageId) {
        self.change_pending(|all| all.retain(|pending| pending.id != *message));
    }

    /// Sends what waits, in order; in one tab at a time.
    pub(super) fn flush(&self) {
        let session = *self;
        hold(&self.pending_key(), Busy::Wait, move || async move { session.send_all().await });
    }

    async fn send_all(&self) {
        // Another tab may have sent or said something meanwhile.
        self.change_pending(|_| {});
        let mut wait = 1;
        loop {
            let waiting = self.pending.get_untracked();
            let Some(next) = waiting.into_iter().find(|pending| pending.status == PendingStatus::Queued) else {
                return;
            };
            match self.send(&next).await {
                Ok(()) => {
                    wait = 1;
                    self.change_pending(|all| all.retain(|pending| pending.id != next.id));
                }
                Err(ApiError::Network(_)) if js_sys::Date::now() - next.said_at < GIVE_UP => {
                    sleep(wait).await;
                    wait = (wait * 2).min(LONGEST_WAIT);
                    if !self.online.get_untracked() && self.client_answers().await {
                        wait = 1;
                    }
                }
                Err(error) => {
                    if let ApiError::Problem(_) = &error {
                        self.toast(crate::refusal::sentence(&error));
                    }
                    self.change_pending(|all| {
                        for pending in all.iter_mut().filter(|pending| pending.id == next.id) {
                            pending.status = PendingStatus::Failed;
                        }
                    });
                }
            }
        }
    }

    async fn send(&self, next: &Pending) -> Result<(), ApiError> {
        let (client, key) = (self.client(), IdempotencyKey(next.id.to_string()));
        let content = match &next.said {
            Said::Content(content) => content.clone(),
            // A picture that is up already is not sent up again.
            Said::Photo(Small { upload, width, height }) => {
                let photo = self.upload(&IdempotencyKey(format!("{}.photo", next.id)), upload).await?;
                Content::Photo { photo, width: *width, height: *height }
            }
        };
        let body = Say { id: next.id.clone(), content, reply_to: next.reply_to.clone() };
        self.commit(client.say(&key, &next.thread, &body)).await
    }

    async fn client_answers(&self) -> bool {
        self.noticing(self.client().me().await).is_ok()
    }
}

async fn sleep(seconds: u32) {
    let promise = Promise::new(&mut |ready, _| {
        let ready = move || {
            // Resolving a promise cannot fail.
            let _resolved = ready.call0(&JsValue::UNDEFINED);
        };
        set_timeout(ready, Duration::from_secs(u64::from(seconds)));
    });
    let _waited = JsFuture::from(promise).await;
}

crate::words! {
    not_kept "This browser has no room to keep it: do not close the page before it is sent."
        "Questo browser non ha spazio per conservarlo: non chiudere la pagina prima dell’invio.";
}
