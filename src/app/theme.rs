//! Light or dark: as the system says, or as chosen.

use leptos::prelude::{document, window};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

const KEY: &str = "bottega.theme";

impl Theme {
    /// What is kept of it, and what the styles look for.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What was chosen.
pub fn chosen() -> Theme {
    let storage = window().local_storage().ok().flatten();
    match storage.and_then(|storage| storage.get_item(KEY).ok().flatten()).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        Some(_) | None => Theme::System,
    }
}

/// Uses what was chosen.
pub fn begin() {
    show(chosen());
}

/// Chooses.
pub fn choose(theme: Theme) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Where nothing can be kept it lasts as long as the page.
        let _kept = storage.set_item(KEY, theme.as_str());
    }
    show(theme);
}

fn show(theme: Theme) {
    let Some(html) = document().document_element() else { return };
    // The attribute cannot be refused on an element that is there.
    let _set = match theme {
        Theme::System => html.remove_attribute("data-theme"),
        Theme::Light | Theme::Dark => html.set_attribute("data-theme", theme.as_str()),
    };
}
