//! The rows of the queue, with the keyboard.

use super::queue_row::{QueueRowView, toggle};
use super::rows::QueueRow;
use crate::navigate::{use_panel, use_panels, writing_path};
use domain::ids::OrderId;
use leptos::html::Ul;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent};

/// What the keyboard does with a row, besides what its buttons do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Previous,
    Next,
    First,
    Last,
    Select,
    Ship,
    Reply,
    Find,
    Paste,
    Help,
}

/// What a key means while the focus is in the list. Letters mean something nowhere else, so that neither a screen
/// reader nor somebody who dictates does things by speaking (WCAG 2.2, 2.1.4).
fn key_of(key: &str, with_control: bool, on_row: bool) -> Option<Key> {
    match (key, with_control) {
        ("ArrowUp" | "k", false) => Some(Key::Previous),
        ("ArrowDown" | "j", false) => Some(Key::Next),
        ("Home", false) => Some(Key::First),
        ("End", false) => Some(Key::Last),
        // On a button of the row it is that button's.
        (" ", false) if on_row => Some(Key::Select),
        ("x", false) => Some(Key::Select),
        ("Enter", true) | ("s", false) => Some(Key::Ship),
        ("r", false) => Some(Key::Reply),
        ("/", false) => Some(Key::Find),
        ("b", false) => Some(Key::Paste),
        ("?", false) => Some(Key::Help),
        _not_ours => None,
    }
}

/// What the page does for a list when the keyboard asks for it. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct OnKey {
    /// Marks an order as shipped, or those that are selected.
    pub ship: Callback<OrderId>,
    /// Takes the focus to the words that the list is narrowed down by.
    pub find: Callback<()>,
    /// Opens the list of numbers.
    pub paste: Callback<()>,
    /// Shows what the keyboard does.
    pub help: Callback<()>,
}

/// A list of rows. Letters and arrows move, select, ship, answer and find while the focus is in it.
#[component]
pub(super) fn Queue(
    /// What it holds, in words.
    #[prop(into)]
    label: Signal<String>,
    /// The rows, in order.
    rows: Memo<Vec<QueueRow>>,
    /// The orders that are selected.
    selected: RwSignal<Vec<OrderId>>,
    /// The order that is looked at.
    #[prop(into)]
    current: Signal<Option<OrderId>>,
    /// What the page does for it.
    on_key: OnKey,
) -> impl IntoView {
    let list = NodeRef::<Ul>::new();
    let panels = use_panels();
    let place = keep_the_place(list, rows);
    let keydown = move |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(target) = target.filter(|_| !event.alt_key() && !event.is_composing()) else { return };
        let with_control = event.ctrl_key() || event.meta_key();
        let Some(key) = key_of(&event.key(), with_control, target.has_attribute("data-row")) else { return };
        let Some((at, row)) = row_around(&target, rows) else { return };
        event.prevent_default();
        let last = rows.read_untracked().len().saturating_sub(1);
        match key {
            Key::Previous => focus(list, at.saturating_sub(1)),
            Key::Next => focus(list, (at + 1).min(last)),
            Key::First => focus(list, 0),
            Key::Last => focus(list, last),
            Key::Select if row.can_ship => toggle(selected, row.order().cloned()),
            Key::Ship if row.can_ship => row.order().cloned().into_iter().for_each(|order| on_key.ship.run(order)),
            Key::Select | Key::Ship => {}
            Key::Reply => panels.go(&writing_path(&row.thread)),
            Key::Find => on_key.find.run(()),
            Key::Paste => on_key.paste.run(()),
            Key::Help => on_key.help.run(()),
        }
    };
    let row = move |key: String| {
        let row = Memo::new(move |_| rows.with(|rows| rows.iter().find(|row| row.key() == key).cloned()));
        view! { <QueueRowView row selected current /> }
    };
    let keys = move || rows.with(|rows| rows.iter().map(|row| row.key().to_owned()).collect::<Vec<_>>());
    view! {
        <ul
            aria-label=move || label.get()
            node_ref=list
            on:keydown=keydown
            on:focusin=move |event| place.enter(&event)
            on:focusout=move |event| place.leave(&event)
        >
            <For each=keys key=Clone::clone children=row />
        </ul>
    }
}

/// The row that an element stands in, and its place.
fn row_around(element: &Element, rows: Memo<Vec<QueueRow>>) -> Option<(usize, QueueRow)> {
    let key = key_around(element)?;
    rows.with_untracked(|rows| rows.iter().position(|row| row.key() == key).map(|at| (at, rows[at].clone())))
}

fn key_around(element: &Element) -> Option<String> {
    let item = element.closest("li").ok().flatten()?;
    item.query_selector("[data-row]").ok().flatten()?.get_attribute("data-row")
}

/// Where somebody is in the list who goes through it by keyboard. A copy is a handle.
#[derive(Clone, Copy)]
struct Place {
    list: NodeRef<Ul>,
    rows: Memo<Vec<QueueRow>>,
    /// The row that has the focus, or had it before a sheet took it, and its place.
    last: StoredValue<Option<(String, usize)>>,
}

impl Place {
    fn enter(self, event: &FocusEvent) {
        let row = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let row = row.and_then(|row| row_around(&row, self.rows));
        if let Some((at, row)) = row {
            self.last.set_value(Some((row.key().to_owned(), at)));
        }
    }

    /// Whoever goes on somewhere else on the page is not taken back; a sheet is no other place.
    fn leave(self, event: &FocusEvent) {
        let to = event.related_target().and_then(|to| to.dyn_into::<Element>().ok());
        let elsewhere = to.is_some_and(|to| {
            let in_list = self.list.get_untracked().is_some_and(|list| list.contains(Some(&to)));
            !in_list && to.closest("dialog").ok().flatten().is_none()
        });
        if elsewhere {
            self.last.set_value(None);
        }
    }

    /// Gives the focus back when nobody has it: to the same row, or to the one in its place.
    fn come_back(self) {
        let lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        let Some((key, at)) = self.last.try_get_value().flatten().filter(|_| lost) else { return };
        let found = self.rows.with_untracked(|rows| rows.iter().position(|row| row.key() == key));
        let last = self.rows.read_untracked().len().saturating_sub(1);
        focus(self.list, found.unwrap_or(at.min(last)));
    }
}

/// Keeps the place of whoever goes through the list: a row that was dealt with goes, and a sheet that closes gives the
/// focus back to nobody then.
fn keep_the_place(list: NodeRef<Ul>, rows: Memo<Vec<QueueRow>>) -> Place {
    let place = Place { list, rows, last: StoredValue::new(None) };
    let panel = use_panel();
    Effect::new(move || {
        rows.track();
        panel.track();
        // After the rows and what stood over them have changed on the page.
        request_animation_frame(move || place.come_back());
    });
    place
}

fn focus(list: NodeRef<Ul>, index: usize) {
    // A frame later the list may have gone.
    let row = list.try_get_untracked().flatten().and_then(|list| list.children().item(u32::try_from(index).ok()?));
    let button = row.and_then(|row| row.query_selector("[data-row]").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // A row that has gone does not take the focus.
        let _focused = button.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn letters_mean_something_without_control_alone() {
        assert_eq!(key_of("s", false, true), Some(Key::Ship));
        assert_eq!(key_of("s", true, true), None, "that saves the page");
        assert_eq!(key_of("r", true, true), None, "that loads it anew");
        assert_eq!(key_of("Enter", true, true), Some(Key::Ship));
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_button_of_a_row_keeps_the_keys_that_press_it() {
        assert_eq!(key_of(" ", false, true), Some(Key::Select));
        assert_eq!(key_of(" ", false, false), None);
        assert_eq!(key_of("Enter", false, true), None, "it opens the row by itself");
        assert_eq!(key_of("j", false, false), Some(Key::Next), "letters press no button");
    }
}
