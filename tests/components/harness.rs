//! Mounts a view on a page of its own and finds things in it.

use leptos::mount::UnmountHandle;
use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, EventInit, HtmlElement, KeyboardEvent, KeyboardEventInit};
use std::any::Any;
use wasm_bindgen_futures::JsFuture;

/// A view on the page; it goes when this is dropped.
pub struct Page {
    root: HtmlElement,
    _mounted: Box<dyn Any>,
}

/// Puts a view on the page, with the styles of the app.
pub fn mount<V>(view: impl FnOnce() -> V + 'static) -> Page
where
    V: IntoView + 'static,
    V::State: Mountable + 'static,
{
    style();
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    // As high and wide as a phone, whatever the window of the browser is.
    root.set_attribute("style", "display: flex; flex-direction: column; inline-size: 390px; block-size: 600px")
        .unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    let mounted: UnmountHandle<V::State> = mount_to(root.clone(), view);
    Page { root, _mounted: Box::new(mounted) }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}

impl Page {
    /// Everything that is said on it.
    pub fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    /// The elements of a selector, in order.
    pub fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|index| found.item(index)).map(JsCast::unchecked_into).collect()
    }

    /// The element of a role and a name.
    pub fn role(&self, role: &str, name: &str) -> Option<HtmlElement> {
        let native = match role {
            "button" => "button",
            "textbox" => "input, textarea",
            "listitem" => "li",
            "dialog" => "dialog",
            _ => "none",
        };
        let selector = format!("[role={role}], {native}");
        self.all(&selector).into_iter().find(|element| is_shown(element) && self.name(element) == name)
    }

    /// The button of a name.
    pub fn button(&self, name: &str) -> Option<HtmlElement> {
        self.role("button", name)
    }

    fn name(&self, element: &Element) -> String {
        if let Some(label) = element.get_attribute("aria-label") {
            return label;
        }
        let labelled_by = element.get_attribute("aria-labelledby").and_then(|id| document().get_element_by_id(&id));
        let label_for = || self.root.query_selector(&format!("label[for='{}']", element.id())).ok().flatten();
        let text = labelled_by.or_else(label_for).unwrap_or_else(|| element.clone()).text_content();
        text.unwrap_or_default().trim().to_owned()
    }
}

fn is_shown(element: &Element) -> bool {
    element.closest("[hidden]").ok().flatten().is_none()
}

/// After everything that waits for the end of the task, and one task more.
pub async fn tick() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback(&resolve).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// After the next two frames: layout was told of, and what it led to is done.
pub async fn frames() {
    for _ in 0..2 {
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            window().request_animation_frame(&resolve).unwrap();
        });
        JsFuture::from(promise).await.unwrap();
    }
    tick().await;
}

/// Presses a key on an element. Says whether the browser may still do what it does by itself.
pub fn press(element: &Element, key: &str) -> bool {
    press_with(element, key, false, false)
}

/// Presses a key, with Shift or while an input method composes.
pub fn press_with(element: &Element, key: &str, shift: bool, composing: bool) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_shift_key(shift);
    init.set_is_composing(composing);
    element.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap()
}

/// Types a whole text into a field.
pub fn type_into(field: &HtmlElement, text: &str) {
    js_sys::Reflect::set(field, &"value".into(), &text.into()).unwrap();
    let init = EventInit::new();
    init.set_bubbles(true);
    field.dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
}

/// What has the focus.
pub fn focused() -> Element {
    document().active_element().unwrap()
}

fn style() {
    if document().get_element_by_id("styles").is_some() {
        return;
    }
    let style = document().create_element("style").unwrap();
    style.set_id("styles");
    style.set_text_content(Some(concat!(
        include_str!("../../style/tokens.css"),
        include_str!("../../style/base.css"),
        include_str!("../../style/parts.css"),
        include_str!("../../target/components.css"),
    )));
    document().head().unwrap().append_child(&style).unwrap();
}
