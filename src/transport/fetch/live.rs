//! The live stream. A browser opens few connections to one server, so of all tabs of a person one holds the stream and
//! tells the others; when it is closed another one takes over.

use crate::locks::{Busy, hold};
use crate::store::connection_changed;
use crate::transport::{Listener, Place};
use api::wire::Signal as Told;
use domain::ids::AccountId;
use futures::channel::oneshot;
use js_sys::Promise;
use leptos::prelude::{set_timeout, window_event_listener};
use leptos::web_sys::{BroadcastChannel, Event, EventSource, MessageEvent};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What one tab tells the others besides news: look for yourselves what happened.
const LOOK: &str = "look";
/// The longest wait before a stream that was refused is asked for again, in seconds.
const LONGEST_WAIT: u64 = 30;

/// All tabs of one person in this browser. A copy is a handle.
#[derive(Clone)]
pub(super) struct Tabs {
    /// Also the name of the lock that the one with the stream holds.
    name: Rc<str>,
    account: AccountId,
    channel: BroadcastChannel,
    place: Place,
    listener: Listener,
}

impl Tabs {
    /// Hears the other tabs from now on; nothing in a browser that has no way for it.
    pub fn open(account: &AccountId, place: Place, listener: Listener) -> Option<Self> {
        let name: Rc<str> = format!("bottega-{account}").into();
        let channel = BroadcastChannel::new(&name).ok()?;
        let tabs = Self { name, account: account.clone(), channel, place, listener };
        let here = tabs.clone();
        let heard =
            Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| match message.data().as_string() {
                Some(text) if text == LOOK => connection_changed(),
                Some(text) => here.hear(&text),
                None => {}
            });
        tabs.channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        // It listens for as long as the page is there.
        heard.forget();
        // The browser knows first that nobody can be reached; that somebody can be, it says by itself.
        let _kept = window_event_listener(leptos::ev::offline, |_| connection_changed());
        Some(tabs)
    }

    /// Holds the stream as soon as no other tab does, until this one is closed.
    pub fn take_turns(&self) {
        let tabs = self.clone();
        hold(&self.name, Busy::Wait, move || async move {
            let mut wait = 1;
            loop {
                if tabs.stream().await == Opened::Yes {
                    wait = 1;
                }
                sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        });
    }

    /// Has the other tabs look what happened.
    pub fn tell_to_look(&self) {
        // A closed channel means that the page is going away.
        let _told = self.channel.post_message(&JsValue::from_str(LOOK));
    }

    fn hear(&self, text: &str) {
        // What an older page does not understand it catches up on.
        if let Ok(told) = serde_json::from_str::<Told>(text) {
            (self.listener)(&told);
        }
    }

    fn look(&self) {
        self.tell_to_look();
        connection_changed();
    }

    /// Follows a stream until the browser gives it up; a broken one it opens again by itself.
    async fn stream(&self) -> Opened {
        let address = format!("/v1/stream?after={}&account={}", (self.place)(), self.account);
        let Ok(source) = EventSource::new(&address) else { return Opened::No };
        let (given_up, end) = oneshot::channel();
        let (given_up, is_broken) = (RefCell::new(Some(given_up)), Rc::new(Cell::new(false)));
        let was_open = Rc::new(Cell::new(false));
        let here = self.clone();
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(text) = message.data().as_string() {
                let _told = here.channel.post_message(&JsValue::from_str(&text));
                here.hear(&text);
            }
        });
        let (here, broken, open) = (self.clone(), is_broken.clone(), was_open.clone());
        // Whatever was missed while no tab had a stream is fetched, by all of them.
        let opened = Closure::<dyn Fn(Event)>::new(move |_| {
            open.set(true);
            broken.set(false);
            here.look();
        });
        let (here, broken, stream) = (self.clone(), is_broken, source.clone());
        let failed = Closure::<dyn Fn(Event)>::new(move |_| {
            // Once, not with every try: looking says whether one is offline or signed out.
            let is_over = stream.ready_state() == EventSource::CLOSED;
            if !broken.replace(true) || is_over {
                here.look();
            }
            if is_over && let Some(given_up) = given_up.take() {
                // Nobody waits for it when the page is going away.
                let _told = given_up.send(());
            }
        });
        source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        let _ended = end.await;
        source.close();
        if was_open.get() { Opened::Yes } else { Opened::No }
    }
}

/// Whether a stream was open at any time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opened {
    Yes,
    No,
}

async fn sleep(seconds: u64) {
    let promise = Promise::new(&mut |ready, _| {
        let ready = move || {
            // Resolving a promise cannot fail.
            let _resolved = ready.call0(&JsValue::UNDEFINED);
        };
        set_timeout(ready, Duration::from_secs(seconds));
    });
    let _waited = JsFuture::from(promise).await;
}
