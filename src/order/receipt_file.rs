//! A receipt as a file: its hash, writing it and reading it.

use api::wire::Receipt;
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use leptos::web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// SHA-256 of a text in lower-case hexadecimal, by the browser; nothing where the browser offers none.
pub(super) async fn sha256(text: &str) -> Option<String> {
    let subtle = window().crypto().ok()?.subtle();
    let digest = subtle.digest_with_str_and_u8_array("SHA-256", text.as_bytes()).ok()?;
    let digest = JsFuture::from(digest).await.ok()?;
    let bytes = Uint8Array::new(&digest).to_vec();
    Some(domain::text::hex(&bytes))
}

/// What recomputing the hash of a receipt came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It says what its hash says.
    Matches,
    /// It is intact, and of another order.
    OfAnother,
    /// Something in it was changed.
    Differs,
    /// It cannot be read.
    Unreadable,
    /// This browser cannot compute it.
    CannotTell,
}

/// Recomputes the hash of a receipt, and compares it with the one it carries and with the one that is `known`.
pub(super) async fn verify(receipt: &Receipt, known: &str) -> Verdict {
    let canonical = domain::receipt::canonical(&receipt.agreement);
    match sha256(&canonical).await {
        None => Verdict::CannotTell,
        Some(hash) if hash != receipt.sha256 => Verdict::Differs,
        Some(hash) if hash != known => Verdict::OfAnother,
        Some(_) => Verdict::Matches,
    }
}

/// Reads a receipt from a file and verifies it.
pub(super) async fn verify_file(file: File, known: &str) -> Verdict {
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    match text.and_then(|text| serde_json::from_str::<Receipt>(&text).ok()) {
        Some(receipt) => verify(&receipt, known).await,
        None => Verdict::Unreadable,
    }
}

/// Gives the receipt to the browser to be kept.
pub(super) fn download(receipt: &Receipt, number: &str) {
    let Ok(text) = serde_json::to_string_pretty(receipt) else { return };
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = Array::of1(&JsValue::from_str(&text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok();
    let Some(url) = blob.and_then(|blob| Url::create_object_url_with_blob(&blob).ok()) else { return };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(&format!("receipt-{number}.json"));
        link.click();
    }
    // The browser has its own copy once the click was acted upon.
    let release = move || drop(Url::revoke_object_url(&url));
    set_timeout(release, std::time::Duration::from_secs(1));
}
