//! What pointers, fingers and keys do in a log. One listener each for all rows.

use super::action::LogAction;
use super::state::LogState;
use super::toolbar::{Open, Subject};
use crate::thread::row::{RowKey, RowKind, Rows};
use crate::thread::timeline::Change;
use domain::message::{Content, Emoji};
use leptos::html::Div;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    AnimationEvent, Element, Event, FocusEvent, HtmlElement, KeyboardEvent, MouseEvent, Node, PointerEvent,
};
use std::time::Duration;

/// Two taps within this are a double tap, in milliseconds.
const DOUBLE_TAP: f64 = 350.0;
/// A finger that stays this long asks for the toolbar.
const LONG_PRESS: Duration = Duration::from_millis(450);
/// Beside a bubble the toolbar needs this much, in pixels.
const TOOLBAR: f64 = 112.0;

thread_local! {
    static PRESS: std::cell::Cell<Option<TimeoutHandle>> = const { std::cell::Cell::new(None) };
    static LAST_TAP: std::cell::Cell<(f64, RowKey)> = const { std::cell::Cell::new((0.0, 0)) };
}

/// What pointers, fingers and keys work on.
pub struct Gestures<R: Rows> {
    pub state: StoredValue<LogState<R>, LocalStorage>,
    pub subject: RwSignal<Option<Subject>>,
    pub open: RwSignal<Open>,
    pub toolbar: NodeRef<Div>,
    pub is_editable: Option<Callback<RowKey, bool>>,
    pub on_action: Callback<LogAction>,
}

impl<R: Rows> Clone for Gestures<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Rows> Copy for Gestures<R> {}

impl<R: Rows> Gestures<R> {
    /// The scroller moved.
    pub fn scrolled(self) {
        self.released();
        if let Some(state) = self.state.try_get_value() {
            state.scrolled();
        }
    }

    /// Something has come in, or was found.
    pub fn animated(self, event: &AnimationEvent) {
        if let Some(row) = target(event).and_then(|target| target.closest("li").ok().flatten()) {
            row.class_list().remove_2("enters", "sought").expect("the names of classes are constants");
        }
    }

    /// Something in the log was clicked or tapped.
    pub fn clicked(self, event: &MouseEvent) {
        let Some(target) = target(event) else { return };
        let Some(position) = self.position_of(&target) else { return };
        if let Some(part) = target.closest("[data-action]").ok().flatten() {
            self.act(event, &part, position);
        } else if target.closest("a, button, input, .card-place").ok().flatten().is_none() {
            self.tapped(event, position);
        }
    }

    /// A key was pressed in the log.
    pub fn key_pressed(self, event: &KeyboardEvent) {
        let Some(target) = target(event) else { return };
        let current = self.position_of(&target);
        let is_row = target.tag_name() == "LI";
        let is_log = target.get_attribute("role").as_deref() == Some("log");
        match event.key().as_str() {
            "ArrowUp" | "ArrowDown" if is_row || is_log => {
                event.prevent_default();
                self.step(current, event.key() == "ArrowDown");
            }
            "Enter" if is_row => {
                event.prevent_default();
                let first = self.toolbar.get_untracked().and_then(|bar| bar.query_selector("button").ok().flatten());
                focus(first);
            }
            "Escape" if !is_log => {
                event.prevent_default();
                self.open.set(Open::Nothing);
                let row = target.closest("li").ok().flatten().filter(|_| !is_row);
                focus(row.or_else(|| target.closest("[role=log]").ok().flatten()));
            }
            _ => {}
        }
    }

    /// The focus came into the log.
    pub fn focused(self, event: &FocusEvent) {
        if let Some(target) = target(event)
            && target.tag_name() == "LI"
            && let Some(position) = self.position_of(&target)
        {
            self.take_up(position);
        }
    }

    /// The pointer moved onto something.
    pub fn pointed_at(self, event: &PointerEvent) {
        if event.pointer_type() != "mouse" || self.open.get_untracked() != Open::Nothing {
            return;
        }
        if let Some(position) = target(event).and_then(|target| self.position_of(&target)) {
            self.take_up(position);
        }
    }

    /// The pointer left the log.
    pub fn left(self) {
        let has_focus = self.toolbar.get_untracked().is_some_and(|toolbar| {
            let row = toolbar.closest("li").ok().flatten();
            document().active_element().is_some_and(|active| row.is_some_and(|row| row.contains(Some(&active))))
        });
        if self.open.get_untracked() == Open::Nothing && !has_focus {
            self.put_down();
        }
    }

    /// A finger came down.
    pub fn pressed(self, event: &PointerEvent) {
        self.released();
        let Some(target) = target(event) else { return };
        if let Some(toolbar) = self.toolbar.get_untracked()
            && toolbar.contains(Some(&target))
        {
            return;
        }
        if event.pointer_type() == "mouse" {
            return;
        }
        self.put_down();
        let Some(position) = self.position_of(&target) else { return };
        let press = set_timeout_with_handle(
            move || {
                self.take_up(position);
                self.open.set(Open::Reactions);
            },
            LONG_PRESS,
        );
        PRESS.set(press.ok());
    }

    /// The finger went up, or moved.
    pub fn released(self) {
        if let Some(press) = PRESS.take() {
            press.clear();
        }
    }

    fn act(self, event: &MouseEvent, part: &Element, position: usize) {
        let Some(row) = self.with(|window| window.row(position)) else { return };
        let action = match part.get_attribute("data-action").as_deref() {
            Some("quote") => LogAction::OpenQuote(row.key),
            Some("photo") => LogAction::OpenPhoto(row.key),
            Some("product") => LogAction::OpenProduct(row.key),
            Some("retry") => LogAction::Retry(row.key),
            Some("discard") => LogAction::Discard(row.key),
            Some("unreact") => LogAction::React { key: row.key, emoji: None },
            Some("link") => {
                event.prevent_default();
                let attribute = |name| part.get_attribute(name).unwrap_or_default();
                LogAction::OpenLink { href: attribute("href"), host: attribute("data-host") }
            }
            Some("event") => {
                if let RowKind::Event(event) = &row.kind
                    && let Some(key) = event.target
                    && let Some(state) = self.state.try_get_value()
                {
                    let target = state.with(|window| window.position_of_key(key)).flatten();
                    if let Some(target) = target {
                        state.apply(Change::Sought(target));
                    }
                }
                return;
            }
            Some(_) | None => return,
        };
        self.on_action.run(action);
    }

    fn tapped(self, event: &MouseEvent, position: usize) {
        let Some(row) = self.with(|window| window.row(position)) else { return };
        let RowKind::Message(message) = &row.kind else { return };
        let (at, key) = LAST_TAP.replace((event.time_stamp(), row.key));
        if key == row.key && event.time_stamp() - at < DOUBLE_TAP && message.content.is_some() {
            LAST_TAP.set((0.0, 0));
            self.on_action.run(LogAction::React { key, emoji: Some(Emoji::heart()) });
        }
    }

    /// The focus goes to the next row that can have it.
    fn step(self, current: Option<usize>, is_down: bool) {
        let next = self.with(|window| {
            let from = current.or_else(|| window.last_in_sight().map(|last| if is_down { last } else { last + 1 }))?;
            let next = if is_down { from + 1 } else { from.checked_sub(1)? };
            (next < window.count()).then_some(next)
        });
        let Some(next) = next.flatten() else { return };
        let element = self.with(|window| window.element_at(next)).flatten();
        let element = element.or_else(|| {
            let state = self.state.try_get_value()?;
            state.apply(Change::Sought(next));
            self.with(|window| window.element_at(next)).flatten()
        });
        if let Some(element) = &element {
            // Only by script: Tab goes through the log, not through its thousands of rows.
            super::dom::set(element, "tabindex", "-1");
            self.with(|window| window.mark(next, "reached"));
        }
        focus(element);
    }

    /// Makes a row the one that the toolbar is about.
    fn take_up(self, position: usize) {
        let Some((row, item)) =
            self.with(|window| Some((window.row(position), window.element_at(position)?))).flatten()
        else {
            return;
        };
        let RowKind::Message(message) = &row.kind else { return self.put_down() };
        let Some(content) = &message.content else { return self.put_down() };
        if self.subject.get_untracked().is_some_and(|subject| subject.key == row.key)
            && self.toolbar.get_untracked().is_some_and(|toolbar| item.contains(Some(&toolbar)))
        {
            return;
        }
        let is_own = item.class_list().contains("mine");
        let has_text = matches!(content, Content::Text { .. });
        let is_editable = is_own && has_text && self.is_editable.is_some_and(|is_editable| is_editable.run(row.key));
        self.open.set(Open::Nothing);
        self.subject.set(Some(Subject { key: row.key, is_own, is_editable, has_text }));
    }

    /// Moves the toolbar into the row it is about.
    pub fn place_toolbar(self, subject: Subject, toolbar: &HtmlElement) {
        let found = self.with(|window| {
            let position = window.position_of_key(subject.key)?;
            let item = window.element_at(position)?;
            window.mark(position, "active");
            Some(item)
        });
        if let Some(item) = found.flatten() {
            place(toolbar, &item, subject.is_own);
            super::dom::add(&item, toolbar);
        }
    }

    /// Moves the toolbar out of the log.
    fn put_down(self) {
        self.subject.set(None);
        self.open.set(Open::Nothing);
        if let Some(toolbar) = self.toolbar.get_untracked() {
            toolbar.remove();
        }
    }

    fn position_of(self, node: &Node) -> Option<usize> {
        self.with(|window| window.position_of(node)).flatten()
    }

    fn with<T>(self, work: impl FnOnce(&mut super::window::Window<R>) -> T) -> Option<T> {
        self.state.try_get_value()?.with(work)
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // What cannot take the focus has left the page.
        let _ = element.focus();
    }
}

/// Beside the bubble where there is room, else above it, and below it where above is out of sight.
fn place(toolbar: &HtmlElement, item: &Element, is_own: bool) {
    let Some(bubble) = item.query_selector(".bubble, .jumbo, .photo, .product").ok().flatten() else { return };
    let (bubble, whole) = (bubble.get_bounding_client_rect(), item.get_bounding_client_rect());
    let Some(log) = item.closest("[role=log]").ok().flatten() else { return };
    let log_top = log.get_bounding_client_rect().top();
    if let Some(item) = item.dyn_ref::<HtmlElement>() {
        // The part of the gradient that is behind the bubble.
        set(item, "--log-offset", log_top - bubble.top());
        set(item, "--log-height", f64::from(log.client_height()));
    }
    // The bubble stands at one edge, whichever that is in the direction of writing.
    let indent = (bubble.left() - whole.left()).min(whole.right() - bubble.right());
    let free = whole.width() - bubble.width() - 2.0 * indent;
    let place = match (free >= TOOLBAR, bubble.top() - log_top > 56.0) {
        (true, _) => "beside",
        (false, true) => "above",
        (false, false) => "below",
    };
    super::dom::set(toolbar, "data-place", place);
    let (near, far) =
        if is_own { ("inset-inline-end", "inset-inline-start") } else { ("inset-inline-start", "inset-inline-end") };
    let offset = if place == "beside" { bubble.width() + indent + 6.0 } else { indent };
    set(toolbar, near, offset);
    toolbar.style().set_property(far, "auto").expect("this is valid css");
}

fn set(element: &HtmlElement, property: &str, pixels: f64) {
    // What is on a screen is far inside the range.
    let css = format!("{}px", pixels.round() as i32);
    element.style().set_property(property, &css).expect("a length is valid css");
}
