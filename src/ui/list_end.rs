//! What stands below a list that comes page by page.

use crate::ui::Button;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, ScrollIntoViewOptions, ScrollLogicalPosition};
use stylers::style_sheet;

/// How far from the end of a list the next page is asked for, in pixels.
const NEAR: i32 = 240;

/// Whether what was scrolled has nearly reached its end.
pub fn near_end(event: &Event) -> bool {
    let scroller = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    scroller.is_some_and(|scroller| scroller.scroll_top() + scroller.client_height() + NEAR > scroller.scroll_height())
}

/// That there is more, or why it did not come.
#[component]
pub fn ListEnd(
    /// Whether there is more.
    #[prop(into)]
    more: Signal<bool>,
    /// Whether it is on its way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it did not come.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// On the button for more.
    more_label: &'static str,
    /// On the button after a problem.
    retry_label: &'static str,
    /// Called for more.
    #[prop(into)]
    on_more: Callback<()>,
    /// Called to try again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/ui/list_end.css");
    let failed = Memo::new(move |_| problem.read().is_some());
    // A list that goes on by itself offers nothing meanwhile; a button that was there keeps its place and the focus.
    let shown =
        Memo::new(move |before: Option<&bool>| failed.get() || (more.get() && (!busy.get() || before == Some(&true))));
    let press = move |()| if failed.get_untracked() { on_retry.run(()) } else { on_more.run(()) };
    let label = move || if failed.get() { retry_label } else { more_label };
    view! { class=class,
        <div class="list-end">
            <p class="error" role="alert">{move || problem.get()}</p>
            <Show when=move || shown.get()>
                <Button pending=busy on_click=press>{label}</Button>
            </Show>
        </div>
    }
}

/// Brings what has this id into sight, no further than needed: the option of a list that is gone through by keys.
pub fn bring_into_sight(id: &str) {
    let Some(option) = document().get_element_by_id(id) else { return };
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    option.scroll_into_view_with_scroll_into_view_options(&options);
}
