//! When it cannot go on: never a blank page, and nothing is lost.

use crate::damage::{WayOut, is_damage};
use crate::i18n::t;
use crate::refusal::sentence;
use crate::transport;
use crate::ui::{Button, ButtonVariant};
use crate::url::reload;
use api::client::ApiError;
use leptos::prelude::*;
use leptos::web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};
use stylers::style_sheet;
use wasm_bindgen::{JsCast, JsValue};

/// Why it cannot start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Because {
    /// What is stored cannot be read.
    Damaged,
    /// The browser lets nothing be stored.
    Blocked,
    /// The address names somebody who is not here.
    NobodyOfThatName,
    /// Nobody answers.
    Unanswered,
    /// Something else.
    Other,
}

impl Because {
    fn of(error: &ApiError) -> Self {
        match error {
            error if is_damage(error) => Self::Damaged,
            ApiError::Problem(problem) if problem.code == "storage_unavailable" => Self::Blocked,
            ApiError::Problem(problem) if problem.code == "not_found" => Self::NobodyOfThatName,
            ApiError::Network(_) => Self::Unanswered,
            ApiError::Problem(_) | ApiError::Decode(_) => Self::Other,
        }
    }
}

/// Shown in place of the app when what is stored cannot be used, or nobody answers.
#[component]
pub(super) fn CannotStart(
    /// Why.
    error: ApiError,
) -> impl IntoView {
    let class = style_sheet!("src/app/failure.css");
    let because = Because::of(&error);
    let text = match because {
        Because::Damaged => t().stored_is_damaged().to_owned(),
        Because::Blocked => t().storage_is_blocked().to_owned(),
        Because::NobodyOfThatName => t().nobody_of_that_name().to_owned(),
        Because::Unanswered | Because::Other => sentence(&error),
    };
    // Loading it anew mends no damage.
    let loudness = if because == Because::Damaged { ButtonVariant::Plain } else { ButtonVariant::Primary };
    let become_somebody = move |()| {
        crate::url::become_handle("maya.torres");
        let _moved = window().location().set_href("/");
    };
    let nobody = (because == Because::NobodyOfThatName)
        .then(|| view! { <Button on_click=Callback::new(become_somebody)>{t().be_somebody()}</Button> });
    let way_out = (matches!(because, Because::Damaged | Because::Other) && transport::is_kept_here())
        .then(|| view! { <WayOut /> });
    view! { class=class,
        <main class="failure">
            <img src="/logo.svg" alt="" width="48" height="48" />
            <h1>{t().cannot_start()}</h1>
            <p role="alert">{text}</p>
            <div class="actions">
                <Button variant=loudness on_click=Callback::new(|()| reload())>{t().reload()}</Button>
                {nobody}
            </div>
            {way_out}
        </main>
    }
}

/// Gives the reader a file of JSON or plain words.
pub fn save_file(name: &str, text: &str) {
    save(name, "application/json", text);
}

/// Gives the reader a table.
pub fn save_table(name: &str, text: &str) {
    save(name, "text/csv;charset=utf-8", text);
}

fn save(name: &str, media_type: &str, text: &str) {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok();
    let Some(url) = blob.and_then(|blob| Url::create_object_url_with_blob(&blob).ok()) else { return };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // Released after the click has been acted upon.
    let release = move || {
        let _released = Url::revoke_object_url(&url);
    };
    set_timeout(release, std::time::Duration::from_secs(10));
}

/// From now on a panic shows a banner with a way out. What was said and paid is kept by the store, not by the page.
pub fn catch_panics() {
    std::panic::set_hook(Box::new(|info| {
        leptos::logging::error!("{info}");
        tell_of_a_panic();
    }));
}

/// The banner, made by hand: after a panic nothing of ours runs any more.
pub fn tell_of_a_panic() {
    if document().query_selector(".panic-banner").ok().flatten().is_some() {
        return;
    }
    // While a dialog is open nothing outside of it can be used.
    let dialog = document().query_selector_all("dialog[open]").ok();
    let dialog = dialog.and_then(|open| open.item(open.length().saturating_sub(1)));
    let Some(place) = dialog.or_else(|| document().body().map(Into::into)) else { return };
    let Ok(banner) = document().create_element("div") else { return };
    // An element that was just made takes attributes and text.
    let _set = banner.set_attribute("role", "alert");
    let _set = banner.set_attribute("class", "panic-banner");
    banner.set_text_content(Some(t().something_broke()));
    if let Ok(link) = document().create_element("a") {
        let here = window().location().href().unwrap_or_else(|_| "/".to_owned());
        let _set = link.set_attribute("href", &here);
        // The browser loads it anew; the router would only go where one is.
        let _set = link.set_attribute("rel", "external");
        let _set = link.set_attribute("class", "button");
        link.set_text_content(Some(t().reload()));
        let _put = banner.append_child(&link);
    }
    let _put = place.append_child(&banner);
}

crate::words! {
    cannot_start "Bottega cannot start" "Bottega non può partire";
    stored_is_damaged "What this browser has stored for Bottega is damaged. Export it first, then start afresh."
        "I dati di Bottega in questo browser sono danneggiati. Esportali, poi ricomincia da capo.";
    storage_is_blocked "This browser does not let Bottega keep anything, and there is nowhere else for it. Allow storage for this site, or leave private browsing, then reload."
        "Questo browser non permette a Bottega di salvare nulla, e non c’è altro posto. Consenti l’archiviazione per questo sito, o esci dalla navigazione privata, poi ricarica.";
    nobody_of_that_name "There is nobody of that name here." "Qui non c’è nessuno con questo nome.";
    be_somebody "Go on as Maya" "Continua come Maya";
    reload "Reload" "Ricarica";
    something_broke "Something broke. Nothing was lost: reload to go on." "Qualcosa si è rotto. Nulla è andato perso: ricarica per continuare.";
}
