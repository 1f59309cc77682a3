//! What was said and is not sent yet: kept in the browser before the first try, sent in order, once.

use super::Session;
use super::kept::{self, Drawer, NotKept};
use crate::after_paint::after_paint;
use crate::locks::{Busy, hold};
use crate::photo::Small;
use api::client::{ApiError, IdempotencyKey};
use api::wire::Say;
use domain::ids::{MessageId, ThreadId};
use domain::message::Content;
use futures::lock::Mutex;
use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::Event;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
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
    /// Whether the browser has written it down, or said that it cannot: until then a reload would lose it, and nothing
    /// says that it waits.
    #[serde(skip, default = "written_down")]
    pub is_settled: bool,
}

/// What is read was written.
fn written_down() -> bool {
    true
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

/// What happens to the list.
#[derive(Clone, Debug)]
enum Edit {
    /// Something was said.
    Said(Pending),
    /// It is tried once more, from that moment on.
    Again(MessageId, f64),
    /// It was not taken.
    Failed(MessageId),
    /// It was sent, or is not wanted any more.
    Gone(MessageId),
}

impl Edit {
    fn apply(&self, all: &mut Vec<Pending>) {
        let in_it = |all: &[Pending], id: &MessageId| all.iter().position(|pending| pending.id == *id);
        match self {
            Self::Said(pending) => add_missing(all, std::slice::from_ref(pending)),
            Self::Again(id, at) => {
                if let Some(index) = in_it(all, id) {
                    (all[index].status, all[index].said_at) = (PendingStatus::Queued, *at);
                }
            }
            Self::Failed(id) => {
                if let Some(index) = in_it(all, id) {
                    all[index].status = PendingStatus::Failed;
                }
            }
            Self::Gone(id) => all.retain(|pending| pending.id != *id),
        }
    }
}

fn add_missing(all: &mut Vec<Pending>, others: &[Pending]) {
    for other in others {
        if all.iter().all(|known| known.id != other.id) {
            all.push(other.clone());
        }
    }
}

fn parsed(text: &str) -> Option<Vec<Pending>> {
    serde_json::from_str(text).ok()
}

/// What this tab has to do with the list.
#[derive(Default)]
pub(super) struct Outbox {
    /// What is on the screen and not written down yet, in order.
    waiting: Vec<Edit>,
    /// What found no room: it is only in this tab, and is tried again with the next change.
    unkept: Vec<Pending>,
    /// Who writes.
    turn: Rc<Mutex<()>>,
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
        super::written::outbox_of(&self.me().id)
    }

    /// What was said before, here and in other tabs of the same person.
    pub(super) fn restore_pending(&self) {
        let session = *self;
        spawn_local(async move {
            session.take_over_the_list_of_older_builds().await;
            session.write_down().await;
            session.flush();
        });
    }

    /// Until this build, what waits was kept where there is little room.
    async fn take_over_the_list_of_older_builds(&self) {
        let Some(storage) = window().local_storage().ok().flatten() else { return };
        let key = self.pending_key();
        let Some(older) = storage.get_item(&key).ok().flatten().and_then(|text| parsed(&text)) else { return };
        let before = move |known: Option<String>| {
            let known: Vec<Pending> = known.and_then(|text| parsed(&text)).unwrap_or_default();
            let mut both = older;
            add_missing(&mut both, &known);
            serde_json::to_string(&both).ok()
        };
        if kept::change(Drawer::Outbox, &key, before).await.is_ok() {
            // Both at once would do no harm: each has an id that is sent once.
            let _gone = storage.remove_item(&key);
        }
    }

    /// Changes the list: on the screen at once, in the browser as soon as it has written it down.
    fn edit_pending(&self, edit: Edit) -> impl Future<Output = ()> + use<> {
        self.set_pending.update(|all| edit.apply(all));
        self.inner.update_value(|inner| inner.outbox.waiting.push(edit));
        let session = *self;
        async move { session.write_down().await }
    }

    /// Writes down what was changed, and reads what other tabs have changed.
    async fn write_down(&self) {
        let turn = self.inner.with_value(|inner| inner.outbox.turn.clone());
        let _turn = turn.lock().await;
        let (edits, unkept) =
            self.inner.with_value(|inner| (inner.outbox.waiting.clone(), inner.outbox.unkept.clone()));
        let everything = |all: &mut Vec<Pending>| {
            add_missing(all, &unkept);
            edits.iter().for_each(|edit| edit.apply(all));
        };
        // Where there is no room for what is new, what was there before has room.
        let only_known = |all: &mut Vec<Pending>| {
            let known: Vec<MessageId> = all.iter().map(|pending| pending.id.clone()).collect();
            edits.iter().for_each(|edit| edit.apply(all));
            all.retain(|pending| known.contains(&pending.id));
        };
        let mut wanted = unkept.clone();
        edits.iter().for_each(|edit| edit.apply(&mut wanted));
        let (mut shown, mut left) = match self.keep(everything).await {
            Ok(kept) => (kept, Vec::new()),
            Err(NotKept) => match self.keep(only_known).await {
                Ok(kept) => {
                    wanted.retain(|pending| kept.iter().all(|kept| kept.id != pending.id));
                    (kept, wanted)
                }
                // Not even that: the list is only here.
                Err(NotKept) => (Vec::new(), self.pending.get_untracked()),
            },
        };
        let is_news = left.iter().any(|pending| unkept.iter().all(|known| known.id != pending.id));
        if is_news {
            self.toast(crate::i18n::t().not_kept());
        }
        // There is no room for these, and that was said.
        left.iter_mut().for_each(|pending| pending.is_settled = true);
        add_missing(&mut shown, &left);
        self.inner.update_value(|inner| {
            inner.outbox.waiting.drain(..edits.len());
            inner.outbox.unkept = left;
            inner.outbox.waiting.iter().for_each(|edit| edit.apply(&mut shown));
        });
        self.set_pending.set(shown);
    }

    /// Changes what the browser keeps; the list as it is then.
    async fn keep(&self, change: impl Fn(&mut Vec<Pending>)) -> Result<Vec<Pending>, NotKept> {
        let mut list = Vec::new();
        let write = |known: Option<String>| {
            list = known.and_then(|text| parsed(&text)).unwrap_or_default();
            change(&mut list);
            serde_json::to_string(&list).ok().filter(|_| !list.is_empty())
        };
        kept::change(Drawer::Outbox, &self.pending_key(), write).await?;
        list.iter_mut().for_each(|pending| pending.is_settled = true);
        Ok(list)
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
        let status = PendingStatus::Queued;
        let pending = Pending { thread: thread.clone(), id, said, reply_to, said_at, status, is_settled: false };
        let written = self.edit_pending(Edit::Said(pending));
        // What was said is painted before it is written down, and written down before it travels.
        let session = *self;
        after_paint(move || {
            spawn_local(async move {
                written.await;
                session.flush();
            });
        });
    }

    /// Tries what failed once more.
    pub fn retry(&self, message: &MessageId) {
        let (written, session) = (self.edit_pending(Edit::Again(message.clone(), js_sys::Date::now())), *self);
        spawn_local(async move {
            written.await;
            session.flush();
        });
    }

    /// Forgets what was not sent.
    pub fn discard(&self, message: &MessageId) {
        spawn_local(self.edit_pending(Edit::Gone(message.clone())));
    }

    /// Sends what waits, in order; in one tab at a time.
    pub(super) fn flush(&self) {
        let session = *self;
        hold(&self.pending_key(), Busy::Wait, move || async move { session.send_all().await });
    }

    async fn send_all(&self) {
        // Another tab may have sent or said something meanwhile.
        self.write_down().await;
        let mut wait = 1;
        loop {
            let waiting = self.pending.get_untracked();
            let Some(next) = waiting.into_iter().find(|pending| pending.status == PendingStatus::Queued) else {
                return;
            };
            match self.send(&next).await {
                Ok(()) => {
                    wait = 1;
                    self.edit_pending(Edit::Gone(next.id.clone())).await;
                }
                Err(error) if may_pass(&error) && js_sys::Date::now() - next.said_at < GIVE_UP => {
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
                    self.edit_pending(Edit::Failed(next.id.clone())).await;
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

/// Whether the same call may be taken a little later: nobody answered, or somebody was too busy.
fn may_pass(error: &ApiError) -> bool {
    match error {
        ApiError::Network(_) => true,
        ApiError::Problem(problem) => {
            let passes =
                ["rate_limited", "busy", "too_busy", "too_slow", "timed_out", "going_away", "storage_unavailable"];
            passes.contains(&problem.code.as_str())
        }
        ApiError::Decode(_) => false,
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
