//! A question that opens onto its answers.

use crate::ui::{Icon, IconName, IconSize};
use leptos::prelude::*;
use stylers::style_sheet;

/// A question with an icon before it; the answers are a list below, once it is opened.
#[component]
pub fn Disclosure(
    /// Before the question.
    icon: IconName,
    /// The question.
    summary: &'static str,
    /// A sentence each.
    #[prop(into)]
    answers: Signal<Vec<String>>,
) -> impl IntoView {
    let class = style_sheet!("src/ui/disclosure.css");
    let lines = move || answers.get().into_iter().map(|answer| view! { <li>{answer}</li> }).collect_view();
    view! { class=class,
        <details>
            <summary>
                <Icon name=icon size=IconSize::Small />
                <span>{summary}</span>
                <Icon name=IconName::Down size=IconSize::Tiny />
            </summary>
            <ul>{lines}</ul>
        </details>
    }
}
