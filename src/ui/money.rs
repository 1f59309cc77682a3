//! An amount.

use leptos::prelude::*;

/// An amount, already formatted: its figures keep their column and their direction.
#[component]
pub fn Money(
    /// The formatted amount: "$412.00".
    #[prop(into)]
    amount: Signal<String>,
) -> impl IntoView {
    view! { <bdi class="num">{move || amount.get()}</bdi> }
}
