//! Something to finish before one goes on: a sheet from the bottom, a dialog in the middle of a wide page.

use crate::ui::{IconButton, IconName, unique_id};
use leptos::ev;
use leptos::html::{Dialog, H2};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};
use stylers::style_sheet;

/// A modal sheet. It is open for as long as it is mounted; `on_close` asks the owner to unmount it.
#[component]
pub fn Sheet(
    /// Its title, which also labels it and takes the focus.
    #[prop(into)]
    title: Signal<String>,
    /// A line under the title.
    #[prop(optional, into)]
    subtitle: Option<Signal<String>>,
    /// Drawn before the title, such as an avatar.
    #[prop(optional)]
    lead: Option<AnyView>,
    /// What the closing button is called: "Close".
    #[prop(into)]
    close_label: Signal<String>,
    /// Called on Esc, on the closing button and on a click beside the sheet.
    #[prop(into)]
    on_close: Callback<()>,
    /// What stays in sight below what scrolls, such as the one filled button.
    #[prop(optional)]
    foot: Option<AnyView>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let class = style_sheet!("src/ui/sheet.css");
    let title_id = unique_id("sheet");
    let labelled_by = title_id.clone();
    let dialog = NodeRef::<Dialog>::new();
    let heading = NodeRef::<H2>::new();
    let had_focus = StoredValue::new_local(document().active_element().map(|opener| with_what_is_around(&opener)));
    Effect::new(move || {
        let (Some(dialog), Some(heading)) = (dialog.get(), heading.get()) else { return };
        // Only a dialog that is open already refuses, and then there is nothing to do.
        if dialog.show_modal().is_ok() {
            let _ = heading.focus();
        }
    });
    on_cleanup(move || {
        let Some(had_focus) = had_focus.try_get_value().flatten() else { return };
        // After the dialog has left the page: while it is modal nothing outside of it takes the focus.
        queue_microtask(move || {
            if let Some(element) = had_focus.iter().find(|element| element.is_connected()) {
                let _ = element.focus();
            }
        });
    });
    let beside = move |event: ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        // The content covers the dialog, so what hits the dialog itself hit its backdrop.
        if target.is_some_and(|target| target.tag_name() == "DIALOG") {
            on_close.run(());
        }
    };
    view! { class=class,
        <dialog
            class="sheet"
            node_ref=dialog
            aria-labelledby=labelled_by
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
            on:close=move |_| on_close.run(())
            on:click=beside
        >
            <div class="sheet-frame">
                <i class="grab" aria-hidden="true"></i>
                <header>
                    {lead}
                    <div>
                        <h2 id=title_id tabindex="-1" node_ref=heading>
                            {move || title.get()}
                        </h2>
                        {subtitle.map(|subtitle| view! { <p class="muted fine">{move || subtitle.get()}</p> })}
                    </div>
                    <IconButton icon=IconName::Close label=close_label on_click=on_close />
                </header>
                <div class="sheet-body" data-scroll="">
                    {children()}
                </div>
                {foot.map(|foot| view! { class=class, <footer>{foot}</footer> })}
            </div>
        </dialog>
    }
}

/// What had the focus, and what it stood in, from the inside out: what was tapped may have gone when a sheet closes, as
/// the button to pay has, and who goes on by keyboard goes on from there.
fn with_what_is_around(opener: &Element) -> Vec<HtmlElement> {
    let around = ["li", "[role=log]", "main"].into_iter().filter_map(|kind| opener.closest(kind).ok().flatten());
    std::iter::once(opener.clone()).chain(around).filter_map(|element| element.dyn_into().ok()).collect()
}
