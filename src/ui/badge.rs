//! A count on the corner of an icon.

use leptos::prelude::*;

/// A count on the corner of an icon; nothing when it is nought. Its parent is positioned.
#[component]
pub fn Badge(
    /// How many.
    #[prop(into)]
    count: Signal<u32>,
    /// What is counted, with the number: "3 unread".
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let shown = move || {
        (count.get() > 0).then(|| {
            let figure = move || if count.get() > 99 { "99+".to_owned() } else { count.get().to_string() };
            view! {
                <span class="badge" aria-hidden="true">
                    {figure}
                </span>
                <span class="sr-only">{move || label.get()}</span>
            }
        })
    };
    view! { {shown} }
}
