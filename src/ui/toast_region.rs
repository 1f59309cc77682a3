//! Short news at the edge of the page.

use leptos::prelude::*;
use std::time::Duration;
use stylers::style_sheet;

/// Something to do about the news.
#[derive(Clone, Debug)]
pub struct ToastAction {
    /// What the button says.
    pub label: String,
    /// What it does; the toast then goes.
    pub run: Callback<()>,
}

/// One piece of news.
#[derive(Clone, Debug)]
pub struct Toast {
    /// What tells it from the others.
    pub key: u64,
    /// The news.
    pub text: String,
    /// Something to do about it. Never the only way to do it: the toast goes by itself.
    pub action: Option<ToastAction>,
}

/// Short news at the edge of the page. It is read out, and goes by itself.
#[component]
pub fn ToastRegion(
    /// What is shown.
    #[prop(into)]
    toasts: Signal<Vec<Toast>>,
    /// Called with the key of one whose time is up or that was acted on.
    #[prop(into)]
    on_dismiss: Callback<u64>,
) -> impl IntoView {
    let class = style_sheet!("src/ui/toast_region.css");
    let toast = move |toast: Toast| {
        let key = toast.key;
        // Words that want an answer stay longer.
        let seconds = if toast.action.is_some() { 10 } else { 5 };
        let timer = set_timeout_with_handle(move || on_dismiss.run(key), Duration::from_secs(seconds)).ok();
        on_cleanup(move || {
            if let Some(timer) = timer {
                timer.clear();
            }
        });
        let action = toast.action.map(|action| {
            let run = move |_| {
                action.run.run(());
                on_dismiss.run(key);
            };
            view! { class=class,
                <button type="button" on:click=run>
                    {action.label}
                </button>
            }
        });
        view! { class=class, <p class="toast">{toast.text} {action}</p> }
    };
    view! { class=class,
        <div class="toast-region" role="status">
            <For each=move || toasts.get() key=|toast| toast.key children=toast />
        </div>
    }
}
