//! A button with words.

use crate::ui::{Icon, IconName, IconSize};
use leptos::prelude::*;
use leptos::web_sys::MouseEvent;
use stylers::style_sheet;

/// How loud a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// A grey fill.
    #[default]
    Plain,
    /// The one filled button of a pane.
    Primary,
    /// Coloured words.
    Quiet,
    /// It cannot be undone.
    Danger,
    /// Red words.
    QuietDanger,
}

/// How much room a button takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 44 px high.
    #[default]
    Medium,
    /// 50 px high and as wide as its pane.
    Big,
    /// 44 px high and as wide as its pane.
    Wide,
    /// 32 px high, in a row that is a target of its own.
    Small,
}

/// What a button does in a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Nothing by itself.
    #[default]
    Button,
    /// It sends the form.
    Submit,
}

/// A button with words.
#[component]
pub fn Button(
    /// How loud it is.
    #[prop(optional)]
    variant: ButtonVariant,
    /// How much room it takes.
    #[prop(optional)]
    size: ButtonSize,
    /// What it does in a form.
    #[prop(optional)]
    kind: ButtonKind,
    /// Drawn before the words.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// While true the button is busy and does nothing. It keeps its size and the focus.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// What it says while it is busy; without it, what it always says.
    #[prop(optional, into)]
    pending_label: Option<String>,
    /// While true it cannot be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The id of an element that says more, such as why it cannot be used.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// Called when it is used.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let class = style_sheet!("src/ui/button.css");
    let looks = match variant {
        ButtonVariant::Plain => "button",
        ButtonVariant::Primary => "button primary",
        ButtonVariant::Quiet => "button quiet",
        ButtonVariant::Danger => "button danger",
        ButtonVariant::QuietDanger => "button quiet danger",
    };
    let room = match size {
        ButtonSize::Medium => "",
        ButtonSize::Big => " big wide",
        ButtonSize::Wide => " wide",
        ButtonSize::Small => " small",
    };
    let kind = match kind {
        ButtonKind::Button => "button",
        ButtonKind::Submit => "submit",
    };
    let click = move |event: MouseEvent| {
        // Busy is not `disabled`: that would throw the focus away in the middle of a payment.
        if pending.get_untracked() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    let swaps = pending_label.is_some();
    let waiting = pending_label.map(|label| {
        view! { class=class,
            <span class="button-label" data-shown=move || pending.get().then_some("")>
                {label}
            </span>
        }
    });
    view! { class=class,
        <button
            class=format!("{looks}{room}")
            type=kind
            disabled=move || disabled.get()
            aria-busy=move || pending.get().then_some("true")
            aria-disabled=move || pending.get().then_some("true")
            aria-describedby=described_by
            on:click=click
        >
            <span class="button-labels">
                <span class="button-label" data-shown=move || (!swaps || !pending.get()).then_some("")>
                    {icon.map(|name| view! { <Icon name size=IconSize::Small /> })}
                    {children()}
                </span>
                {waiting}
            </span>
        </button>
    }
}
