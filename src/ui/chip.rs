//! One or two words about a state.

use crate::ui::{Icon, IconName, IconSize};
use leptos::prelude::*;

/// What a chip's colour says besides its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChipTone {
    /// Nothing.
    #[default]
    Plain,
    /// It is your turn.
    Turn,
    /// Done.
    Good,
    /// Look out.
    Warn,
    /// It failed, or is due today.
    Bad,
}

impl ChipTone {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "chip",
            Self::Turn => "chip turn",
            Self::Good => "chip good",
            Self::Warn => "chip warn",
            Self::Bad => "chip bad",
        }
    }
}

/// One or two words about a state; or a count beside a tab.
#[component]
pub fn Chip(
    /// What its colour says.
    #[prop(optional, into)]
    tone: Signal<ChipTone>,
    /// Drawn before the words.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <span class=move || tone.get().class()>
            {icon.map(|name| view! { <Icon name size=IconSize::Tiny /> })} {children()}
        </span>
    }
}
