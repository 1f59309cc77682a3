//! The elements of rows.
//!
//! A log makes, moves and drops rows at the speed of a finger, so this is done by hand and not by `view!`: a plain
//! message is a clone of a template and one text, rows have no listeners and no signals of their own, and elements of
//! plain messages that have left the window come back with another text.

use super::dom::{add, button, element, icon, set, text_element};
use super::message_view::{self, Speakers};
use crate::thread::row::{CardRef, EventLine, Row, RowKind};
use crate::thread::shape::{Shape, Side};
use domain::thread::Role;
use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use leptos::web_sys::Element;

/// How many elements of each shape wait to be used again.
const SPARE: usize = 48;

/// A row in the document.
pub struct LiveRow {
    /// Its list item.
    pub element: Element,
    /// How it stands.
    pub shape: Shape,
    /// Whether its height is the real one.
    pub measured: bool,
    is_decorated: bool,
    content: Body,
}

enum Body {
    /// A bubble of words, which can take other words.
    Plain(Element),
    /// Anything else that is made once.
    Made,
    /// What the owner of the log draws.
    Card { owner: Owner, state: Box<dyn Mountable> },
}

impl LiveRow {
    /// Adds a class for as long as it is in the document. It is not used again then.
    pub fn decorate(&mut self, class: &str) {
        self.is_decorated = true;
        self.element.class_list().add_1(class).expect("the names of classes are constants");
    }

    /// Gives it another place in its group; nothing else of its shape may differ.
    pub fn reshape(&mut self, shape: Shape) {
        let classes = self.element.class_list();
        let toggled = if shape.ends { classes.add_1("ends") } else { classes.remove_1("ends") };
        toggled.expect("the names of classes are constants");
        self.shape = shape;
    }

    /// Whether its height may change by itself: a card folds, a picture arrives.
    pub fn is_changeable(&self) -> bool {
        match self.content {
            Body::Plain(_) => false,
            Body::Made | Body::Card { .. } => true,
        }
    }

    /// Ends what the owner of the log drew in it.
    pub fn dispose(&mut self) {
        if let Body::Card { owner, state } = &mut self.content {
            state.unmount();
            owner.cleanup();
        }
    }
}

/// Makes rows.
pub struct RowView {
    /// Who speaks to whom.
    pub speakers: Speakers,
    /// Draws a card.
    pub card: Option<Callback<CardRef, AnyView>>,
    owner: Owner,
    templates: [Option<Element>; Shape::COUNT],
    spare: [Vec<(Element, Element)>; Shape::COUNT],
}

impl RowView {
    /// For a log whose cards live under `owner`.
    pub fn new(speakers: Speakers, card: Option<Callback<CardRef, AnyView>>, owner: Owner) -> Self {
        Self {
            speakers,
            card,
            owner,
            templates: [const { None }; Shape::COUNT],
            spare: [const { Vec::new() }; Shape::COUNT],
        }
    }

    /// The element of a row. `note` is said below it.
    pub fn make(&mut self, row: &Row, shape: Shape, note: Option<&str>) -> LiveRow {
        let live = |element, content| LiveRow { element, shape, measured: false, is_decorated: false, content };
        match (&row.kind, note) {
            (RowKind::Message(message), None) => {
                if let Some(text) = message_view::plain_text(message) {
                    let (item, bubble) = self.plain(shape);
                    bubble.set_text_content(Some(&text));
                    self.say_when(&item, row.at, message.author, shape);
                    return live(item, Body::Plain(bubble));
                }
                live(self.whole_message(row, message, shape), Body::Made)
            }
            (RowKind::Message(message), Some(note)) => {
                let item = self.whole_message(row, message, shape);
                add(&item, &text_element("p", "seen", note));
                live(item, Body::Made)
            }
            (RowKind::Pending(pending), _) => {
                let item = self.item(shape);
                self.say_when(&item, row.at, self.speakers.reader, shape);
                if message_view::is_bubble(&pending.text) {
                    show_through(&item);
                }
                add(&item, &message_view::pending(pending, &self.speakers.words));
                live(item, Body::Made)
            }
            (RowKind::Event(event), _) => {
                let item = self.item(shape);
                self.say_when(&item, row.at, self.speakers.reader, shape);
                add(&item, &event_line(event));
                live(item, Body::Made)
            }
            (RowKind::UnreadDivider, _) => {
                let item = self.item(shape);
                self.say_when(&item, row.at, self.speakers.reader, shape);
                add(&item, &text_element("p", "unread", self.speakers.words.unread));
                live(item, Body::Made)
            }
            (RowKind::Card(card), note) => {
                let item = self.item(shape);
                self.say_when(&item, row.at, card.author, shape);
                let body = self.card(card, &item);
                if let Some(note) = note {
                    add(&item, &text_element("p", "seen", note));
                }
                live(item, body)
            }
        }
    }

    /// Keeps the element of a plain row for another; anything else is dropped.
    pub fn recycle(&mut self, mut row: LiveRow) {
        row.dispose();
        let number = row.shape.number();
        if let Body::Plain(bubble) = row.content
            && !row.is_decorated
            && self.spare[number].len() < SPARE
        {
            self.spare[number].push((row.element, bubble));
        }
    }

    fn whole_message(&mut self, row: &Row, message: &domain::message::Message, shape: Shape) -> Element {
        let item = self.item(shape);
        item.class_list().add_1("whole").expect("the names of classes are constants");
        self.say_when(&item, row.at, message.author, shape);
        if shape.side == Side::Mine && message_view::has_bubble(message) {
            show_through(&item);
        }
        add(&item, &message_view::message(message, &self.speakers));
        item
    }

    fn card(&self, card: &CardRef, item: &Element) -> Body {
        let Some(draw) = self.card else { return Body::Made };
        let place = element("div", "card-place");
        let owner = self.owner.child();
        let mut state = owner.with(|| draw.run(card.clone()).build());
        state.mount(&place, None);
        add(item, &place);
        Body::Card { owner, state: Box::new(state) }
    }

    fn plain(&mut self, shape: Shape) -> (Element, Element) {
        if let Some(spare) = self.spare[shape.number()].pop() {
            return spare;
        }
        let template = self.templates[shape.number()].get_or_insert_with(|| {
            let item = empty_item(shape);
            if shape.side == Side::Mine {
                show_through(&item);
            }
            add(&item, &element("p", "bubble"));
            item
        });
        let item: Element = clone(template);
        let bubble = item.last_element_child().expect("the template ends with its bubble");
        (item, bubble)
    }

    fn item(&self, shape: Shape) -> Element {
        empty_item(shape)
    }

    /// Who and when, at the head of a group; the date, at the head of a day.
    fn say_when(&self, item: &Element, at: i64, author: Role, shape: Shape) {
        if !shape.starts && !shape.dated {
            return;
        }
        let words = &self.speakers.words;
        let first = item.first_element_child();
        if shape.dated
            && let Some(time) = first.as_ref().and_then(Element::first_element_child)
        {
            set(&time, "datetime", &(words.machine_time)(at));
            time.set_text_content(Some(&(words.date)(at)));
        }
        let head = if shape.dated { first.and_then(|date| date.next_element_sibling()) } else { first };
        if shape.starts
            && shape.side != Side::Middle
            && let Some(head) = head
        {
            let mut text = self.speakers.name(author).to_owned();
            text.push_str(", ");
            text.push_str(&(words.time)(at));
            head.set_text_content(Some(&text));
        }
    }
}

/// Its bubble is a hole through which the gradient behind the log is seen.
fn show_through(item: &Element) {
    item.class_list().add_1("through").expect("the names of classes are constants");
}

/// A list item with the places that `say_when` fills.
fn empty_item(shape: Shape) -> Element {
    let item = element("li", shape.class());
    if shape.dated {
        let date = element("div", "date");
        add(&date, &element("time", ""));
        add(&item, &date);
    }
    if shape.starts && shape.side != Side::Middle {
        add(&item, &element("span", "said-by"));
    }
    item
}

fn clone(template: &Element) -> Element {
    use leptos::wasm_bindgen::JsCast;
    template.clone_node_with_deep(true).expect("an element can be cloned").unchecked_into()
}

fn event_line(event: &EventLine) -> Element {
    let line = match event.target {
        Some(_) => button("event", "event"),
        None => element("p", "event"),
    };
    add(&line, &icon(event.icon, "icon s16"));
    add(&line, &text_element("span", "", &event.text));
    line
}
