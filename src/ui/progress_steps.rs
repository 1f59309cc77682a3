//! How far something has come, as a bar.

use leptos::prelude::*;

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Behind.
    Done,
    /// Under way.
    Current,
    /// Ahead.
    Todo,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is and where it stands, in words: "Shipped, done".
    pub words: String,
    /// Where it stands.
    pub state: StepState,
}

/// How far something has come: a bar of steps, each of them in words for those who do not see it.
#[component]
pub fn ProgressSteps(
    /// What goes forward: "Order K-2041".
    #[prop(into)]
    label: Signal<String>,
    /// The steps in order.
    #[prop(into)]
    steps: Signal<Vec<Step>>,
) -> impl IntoView {
    let item = |step: Step| {
        let (state, current) = match step.state {
            StepState::Done => ("done", None),
            StepState::Current => ("current", Some("step")),
            StepState::Todo => ("todo", None),
        };
        view! {
            <li data-state=state aria-current=current>
                <span class="sr-only">{step.words}</span>
            </li>
        }
    };
    view! {
        <ol class="steps" aria-label=move || label.get()>
            {move || steps.get().into_iter().map(item).collect_view()}
        </ol>
    }
}
