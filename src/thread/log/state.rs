//! What a log keeps while it is on the page, and who tells it of what: the timeline, layout, and time.

use super::message_view::Speakers;
use super::row_view::RowView;
use super::window::{Aftermath, Places, Window};
use crate::thread::row::{CardRef, Rows};
use crate::thread::shape::Reader;
use crate::thread::timeline::{Change, Timeline};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{HtmlElement, ResizeObserver};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// How long nothing may have scrolled before what comes in is read out again.
const QUIET: Duration = Duration::from_millis(400);

struct Observing<R: Rows> {
    timeline: Timeline<R>,
    observer: Rc<dyn Fn(Change)>,
}

struct Layout {
    observer: ResizeObserver,
    // Lives as long as the observer that calls it.
    _settled: Closure<dyn FnMut()>,
}

struct Inner<R: Rows> {
    owner: Owner,
    on_reach_oldest: Option<Callback<()>>,
    window: RefCell<Option<Window<R>>>,
    list: RefCell<Option<HtmlElement>>,
    observing: RefCell<Option<Observing<R>>>,
    layout: RefCell<Option<Layout>>,
    is_silent: Cell<bool>,
    has_shifted: Cell<bool>,
}

/// What a log keeps while it is on the page. A handle.
pub struct LogState<R: Rows>(Rc<Inner<R>>);

impl<R: Rows> Clone for LogState<R> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<R: Rows> LogState<R> {
    /// Before anything is on the page. Cards live under `owner`.
    pub fn new(owner: Owner, on_reach_oldest: Option<Callback<()>>) -> Self {
        Self(Rc::new(Inner {
            owner,
            on_reach_oldest,
            window: RefCell::new(None),
            list: RefCell::new(None),
            observing: RefCell::new(None),
            layout: RefCell::new(None),
            is_silent: Cell::new(false),
            has_shifted: Cell::new(false),
        }))
    }

    /// Shows a timeline at its end, in the elements of the log.
    pub fn show(
        &self,
        timeline: Timeline<R>,
        speakers: Speakers,
        card: Option<Callback<CardRef, AnyView>>,
        [scroller, list, tail]: [HtmlElement; 3],
    ) {
        let reader = Reader { role: speakers.reader, utc_offset: utc_offset() };
        self.observe(timeline.clone());
        let is_new = self.0.list.replace(Some(list.clone())).is_none();
        // History that is drawn for the first time is not news.
        self.silence();
        let after = if is_new {
            let layout = self.watch_layout();
            layout.observe(&scroller);
            layout.observe(&tail);
            let view = RowView::new(speakers, card, self.0.owner.clone());
            let mut window = Window::new(timeline, reader, view, Places { scroller, list, tail, layout });
            let after = window.reset();
            *self.0.window.borrow_mut() = Some(window);
            Some(after)
        } else {
            self.with(|window| {
                window.view_mut().speakers = speakers;
                window.show(timeline, reader)
            })
        };
        self.see_to(after);
    }

    /// Lets go of everything.
    pub fn close(&self) {
        if let Some(observing) = self.0.observing.take() {
            observing.timeline.forget(&observing.observer);
        }
        if let Some(layout) = self.0.layout.take() {
            layout.observer.disconnect();
        }
        if let Some(mut window) = self.0.window.take() {
            window.dispose();
        }
    }

    /// The scroller moved.
    pub fn scrolled(&self) {
        let after = self.with(Window::scrolled);
        self.see_to(after);
    }

    /// Shows the row at a position.
    pub fn apply(&self, change: Change) {
        let after = self.with(|window| window.apply(change));
        self.see_to(after);
    }

    /// Works with the window. Nothing when there is none, or when it is at work: taking a focused row out of the
    /// document can tell of the focus before the row is gone.
    pub fn with<T>(&self, work: impl FnOnce(&mut Window<R>) -> T) -> Option<T> {
        self.0.window.try_borrow_mut().ok()?.as_mut().map(work)
    }

    fn observe(&self, timeline: Timeline<R>) {
        if let Some(before) = self.0.observing.take() {
            before.timeline.forget(&before.observer);
        }
        let inner = Rc::downgrade(&self.0);
        let observer: Rc<dyn Fn(Change)> = Rc::new(move |change| {
            if let Some(inner) = inner.upgrade() {
                Self(inner).apply(change);
            }
        });
        timeline.observe(Rc::clone(&observer));
        *self.0.observing.borrow_mut() = Some(Observing { timeline, observer });
    }

    // A resize observer is called after layout and before paint: what it reads is free, what it
    // corrects is not seen.
    fn watch_layout(&self) -> ResizeObserver {
        let inner = Rc::downgrade(&self.0);
        let settled = Closure::<dyn FnMut()>::new(move || {
            if let Some(inner) = inner.upgrade() {
                Self(inner).settled();
            }
        });
        let observer = ResizeObserver::new(settled.as_ref().unchecked_ref())
            .expect("a resize observer needs nothing but a function");
        *self.0.layout.borrow_mut() = Some(Layout { observer: observer.clone(), _settled: settled });
        observer
    }

    fn settled(&self) {
        let after = self.with(Window::settled);
        self.see_to(after);
        if self.with(|window| window.has_gap()) == Some(true) {
            // Not here: rows that come while layout is being told of would be told of in an error.
            let state = self.clone();
            request_animation_frame(move || state.scrolled());
        }
    }

    fn see_to(&self, after: Option<Aftermath>) {
        let Some(after) = after else { return };
        if after.shifted {
            self.silence();
        }
        if after.reached_oldest
            && let Some(on_reach_oldest) = self.0.on_reach_oldest
        {
            on_reach_oldest.run(());
        }
    }

    /// Rows that come in by scrolling are not read out; `QUIET` after the last of them, news is again.
    fn silence(&self) {
        self.0.has_shifted.set(true);
        if !self.0.is_silent.replace(true) {
            self.set_live("off");
            self.listen_for_quiet();
        }
    }

    fn listen_for_quiet(&self) {
        let inner = Rc::downgrade(&self.0);
        set_timeout(
            move || {
                let Some(state) = inner.upgrade().map(Self) else { return };
                if state.0.has_shifted.replace(false) {
                    state.listen_for_quiet();
                } else {
                    state.0.is_silent.set(false);
                    state.set_live("polite");
                }
            },
            QUIET,
        );
    }

    fn set_live(&self, live: &str) {
        if let Some(list) = self.0.list.borrow().as_ref() {
            super::dom::set(list, "aria-live", live);
        }
    }
}

/// What the reader's clock adds to UTC, in milliseconds.
fn utc_offset() -> i64 {
    // Minutes from the local time to UTC: whole, and small.
    -(js_sys::Date::new_0().get_timezone_offset() as i64) * 60_000
}
