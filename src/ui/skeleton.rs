//! Grey shapes where something is on its way.

use leptos::prelude::*;
use stylers::style_sheet;

/// What is on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkeletonKind {
    /// Rows with a picture, as in the inbox.
    #[default]
    Rows,
    /// Bubbles on both sides.
    Bubbles,
    /// Lines of text.
    Lines,
}

/// Grey shapes where something is on its way, of about its size, so that nothing jumps when it comes.
#[component]
pub fn Skeleton(
    /// What is on its way.
    #[prop(optional)]
    kind: SkeletonKind,
    /// How many of them.
    #[prop(default = 6)]
    count: usize,
    /// What is being loaded, in words.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let class = style_sheet!("src/ui/skeleton.css");
    let kind = match kind {
        SkeletonKind::Rows => "rows",
        SkeletonKind::Bubbles => "bubbles",
        SkeletonKind::Lines => "lines",
    };
    let shape = move |_| {
        view! { class=class,
            <div class="skeleton-shape">
                <i></i>
                <b></b>
            </div>
        }
    };
    view! { class=class,
        <div class="skeleton" data-kind=kind role="status">
            <span class="sr-only">{label}</span>
            {(0..count).map(shape).collect_view()}
        </div>
    }
}
