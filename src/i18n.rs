//! Words in two languages, side by side, so that neither can be forgotten: a phrase without its translation does not
//! compile. Features add their own with [`words!`].

use leptos::prelude::window;
use std::cell::Cell;

/// A language the app speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Italian.
    It,
}

impl Lang {
    /// Every language, with its own name.
    pub const ALL: [(Self, &'static str); 2] = [(Self::En, "English"), (Self::It, "Italiano")];

    /// As in `<html lang>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::It => "it",
        }
    }

    /// How dates are written: the day before the month, 24 hours.
    pub fn date_locale(self) -> &'static str {
        match self {
            Self::En => "en-GB",
            Self::It => "it-IT",
        }
    }

    /// How money is written.
    pub fn money_locale(self) -> &'static str {
        match self {
            Self::En => "en-US",
            Self::It => "it-IT",
        }
    }
}

thread_local! {
    static LANG: Cell<Lang> = const { Cell::new(Lang::En) };
}

/// The words of the language the page was opened in. Another one is chosen by opening the page anew, so that no text
/// has to watch for it.
pub fn t() -> Lang {
    LANG.get()
}

/// The place where the choice is kept.
const KEY: &str = "bottega.lang";

/// Chooses the language: as asked for in the address, as chosen before, else as the browser says.
pub fn begin() {
    let storage = window().local_storage().ok().flatten();
    let kept = storage.and_then(|storage| storage.get_item(KEY).ok().flatten());
    let asked = crate::url::query_value("lang").or(kept).or_else(|| window().navigator().language());
    set(if asked.is_some_and(|code| code.starts_with("it")) { Lang::It } else { Lang::En });
}

/// Uses a language from now on; what is on the screen stays.
pub fn set(lang: Lang) {
    LANG.set(lang);
    if let Some(html) = leptos::prelude::document().document_element() {
        // The attribute cannot be refused on an element that is there.
        let _set = html.set_attribute("lang", lang.code());
    }
}

/// Keeps the choice and opens the page anew.
pub fn choose(lang: Lang) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Where nothing can be kept, the address still can be asked with ?lang=.
        let _kept = storage.set_item(KEY, lang.code());
    }
    crate::url::reload();
}

/// Declares phrases as methods of [`Lang`]: `name(holes) "English" "Italian";`.
#[macro_export]
macro_rules! words {
    ($($name:ident $(($($hole:ident),*))? $en:literal $it:literal;)*) => {
        #[allow(missing_docs, reason = "the phrase is its own description")]
        impl $crate::i18n::Lang {
            $($crate::words!(@one $name $(($($hole),*))? $en $it);)*
        }
    };
    (@one $name:ident $en:literal $it:literal) => {
        pub fn $name(self) -> &'static str {
            match self {
                Self::En => $en,
                Self::It => $it,
            }
        }
    };
    (@one $name:ident ($($hole:ident),*) $en:literal $it:literal) => {
        pub fn $name(self, $($hole: &str),*) -> String {
            match self {
                Self::En => format!($en),
                Self::It => format!($it),
            }
        }
    };
}
