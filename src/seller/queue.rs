//! The rows of the queue, with the keyboard.

use super::queue_row::{QueueRowView, toggle};
use super::rows::QueueRow;
use domain::ids::OrderId;
use leptos::html::Ul;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};

/// What the keyboard does with a row, besides what its buttons do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Previous,
    Next,
    First,
    Last,
    Select,
    Ship,
}

fn key_of(event: &KeyboardEvent) -> Option<Key> {
    match (event.key().as_str(), event.ctrl_key() || event.meta_key()) {
        ("ArrowUp", false) => Some(Key::Previous),
        ("ArrowDown", false) => Some(Key::Next),
        ("Home", false) => Some(Key::First),
        ("End", false) => Some(Key::Last),
        (" ", false) => Some(Key::Select),
        ("Enter", true) => Some(Key::Ship),
        _not_ours => None,
    }
}

/// A list of rows. Up and Down move, Space selects, Enter opens, Ctrl+Enter marks as shipped.
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
    /// Called with the order that the keyboard marks as shipped.
    #[prop(into)]
    on_ship: Callback<OrderId>,
) -> impl IntoView {
    let list = NodeRef::<Ul>::new();
    let keydown = move |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(key) = target.and_then(|target| target.get_attribute("data-row")) else { return };
        let (at, row) = match rows
            .with_untracked(|rows| rows.iter().position(|row| row.key() == key).map(|at| (at, rows[at].clone())))
        {
            Some(found) => found,
            None => return,
        };
        let Some(key) = key_of(&event) else { return };
        event.prevent_default();
        let last = rows.read_untracked().len().saturating_sub(1);
        match key {
            Key::Previous => focus(list, at.saturating_sub(1)),
            Key::Next => focus(list, (at + 1).min(last)),
            Key::First => focus(list, 0),
            Key::Last => focus(list, last),
            Key::Select if row.can_ship => toggle(selected, row.order().cloned()),
            Key::Ship if row.can_ship => {
                if let Some(order) = row.order() {
                    on_ship.run(order.clone());
                }
            }
            Key::Select | Key::Ship => {}
        }
    };
    let row = move |key: String| {
        let row = Memo::new(move |_| rows.with(|rows| rows.iter().find(|row| row.key() == key).cloned()));
        view! { <QueueRowView row selected current /> }
    };
    let keys = move || rows.with(|rows| rows.iter().map(|row| row.key().to_owned()).collect::<Vec<_>>());
    view! {
        <ul aria-label=move || label.get() node_ref=list on:keydown=keydown>
            <For each=keys key=Clone::clone children=row />
        </ul>
    }
}

fn focus(list: NodeRef<Ul>, index: usize) {
    let row = list.get_untracked().and_then(|list| list.children().item(u32::try_from(index).ok()?));
    let button = row.and_then(|row| row.query_selector("[data-row]").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // A row that has gone does not take the focus.
        let _focused = button.focus();
    }
}
