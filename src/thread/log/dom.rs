//! Short names for making elements. The log makes its rows by hand: see `row_view`.

use crate::ui::IconName;
use leptos::prelude::document;
use leptos::web_sys::{Element, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// A new element.
pub fn element(tag: &str, class: &str) -> Element {
    let element = document().create_element(tag).expect("the names of elements are constants");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element
}

/// A new element with text in it.
pub fn text_element(tag: &str, class: &str, text: &str) -> Element {
    let element = element(tag, class);
    element.set_text_content(Some(text));
    element
}

/// A button that the log hears of by its action.
pub fn button(class: &str, action: &str) -> Element {
    let button = element("button", class);
    set(&button, "type", "button");
    set(&button, "data-action", action);
    button
}

/// A drawing beside words.
pub fn icon(name: IconName, class: &str) -> Element {
    let svg = document().create_element_ns(Some(SVG), "svg").expect("the names of elements are constants");
    set(&svg, "class", class);
    set(&svg, "aria-hidden", "true");
    let drawing = document().create_element_ns(Some(SVG), "use").expect("the names of elements are constants");
    set(&drawing, "href", name.href());
    add(&svg, &drawing);
    svg
}

/// Sets an attribute.
pub fn set(element: &Element, name: &str, value: &str) {
    element.set_attribute(name, value).expect("the names of attributes are constants");
}

/// Puts a node at the end of another.
pub fn add(parent: &Node, child: &Node) {
    parent.append_child(child).expect("a new node has no descendants to be put into");
}
