//! A list of things to do, beside what it is about.

use crate::ui::{Icon, IconName, IconSize};
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};
use stylers::style_sheet;

/// One thing to do.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// What it says.
    pub label: String,
    /// Drawn before the words.
    pub icon: Option<IconName>,
    /// Whether it takes something away.
    pub danger: bool,
    /// What it does.
    pub run: Callback<()>,
}

/// A list of things to do, beside what it is about. It is open for as long as it is mounted.
#[component]
pub fn MenuPopover(
    /// What it is about, in words.
    #[prop(into)]
    label: String,
    /// The things to do.
    items: Vec<MenuItem>,
    /// What it stands beside; it takes the focus back.
    anchor: HtmlElement,
    /// Called when something was chosen, on Esc, and when the focus goes elsewhere.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/ui/menu_popover.css");
    let list = NodeRef::<Div>::new();
    let anchor = StoredValue::new_local(anchor);
    Effect::new(move || {
        let (Some(list), Some(anchor)) = (list.get(), anchor.try_get_value()) else { return };
        place(&list, &anchor);
        focus_item(&list, 0);
    });
    let close = move || {
        if let Some(anchor) = anchor.try_get_value() {
            let _ = anchor.focus();
        }
        on_close.run(());
    };
    let keydown = move |event: KeyboardEvent| {
        let Some(list) = list.get_untracked() else { return };
        let count = list.child_element_count();
        let current = (0..count).find(|&index| {
            document().active_element().is_some_and(|active| list.children().item(index).as_ref() == Some(&active))
        });
        let next = match (event.key().as_str(), current) {
            ("ArrowDown", Some(current)) => (current + 1) % count,
            ("ArrowUp", Some(current)) => (current + count - 1) % count,
            ("Home" | "ArrowDown", _) => 0,
            ("End" | "ArrowUp", _) => count - 1,
            ("Escape" | "Tab", _) => {
                event.prevent_default();
                event.stop_propagation();
                close();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        focus_item(&list, next);
    };
    let focusout = move |event: ev::FocusEvent| {
        if list.get_untracked().is_some_and(|list| leaves(&list, &event)) {
            on_close.run(());
        }
    };
    let item = move |item: MenuItem| {
        let choose = move |_| {
            close();
            item.run.run(());
        };
        view! { class=class,
            <button type="button" role="menuitem" tabindex="-1" data-danger=item.danger.then_some("") on:click=choose>
                {item.icon.map(|name| view! { <Icon name size=IconSize::Small /> })}
                {item.label}
            </button>
        }
    };
    view! { class=class,
        <div class="menu-popover" role="menu" aria-label=label node_ref=list on:keydown=keydown on:focusout=focusout>
            {items.into_iter().map(item).collect_view()}
        </div>
    }
}

fn focus_item(list: &HtmlElement, index: u32) {
    if let Some(item) = list.children().item(index).and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        let _ = item.focus();
    }
}

/// Whether the focus goes out of a panel, and not from one of its parts to another.
pub(super) fn leaves(panel: &HtmlElement, event: &ev::FocusEvent) -> bool {
    let goes_to = event.related_target().and_then(|target| target.dyn_into::<Element>().ok());
    !goes_to.is_some_and(|to| panel.contains(Some(&to)))
}

/// Below the anchor where there is room, else above; inside the page on both sides.
pub(super) fn place(list: &HtmlElement, anchor: &HtmlElement) {
    const GAP: f64 = 4.0;
    const EDGE: f64 = 8.0;
    // In the top layer. Where it is mounted a row of the log may hold what is fixed, and scroll when it takes the focus.
    let _ = list.set_attribute("popover", "manual");
    let _ = list.show_popover();
    let (own, other) = (list.get_bounding_client_rect(), anchor.get_bounding_client_rect());
    let page = document().document_element().map(|page| (page.client_width(), page.client_height()));
    let (width, height) = page.map_or((0.0, 0.0), |(width, height)| (f64::from(width), f64::from(height)));
    let below = other.bottom() + GAP;
    let block =
        if below + own.height() <= height - EDGE { below } else { (other.top() - GAP - own.height()).max(EDGE) };
    let inline = (other.right() - own.width()).max(EDGE).min(width - EDGE - own.width());
    let style = list.style();
    // Physical, because it is measured; nothing else in the app is.
    let _ = style.set_property("top", &format!("{block}px"));
    let _ = style.set_property("left", &format!("{inline}px"));
}
