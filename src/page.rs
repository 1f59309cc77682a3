//! What the page itself says, in its `<meta>` elements: set by the build, or by the server that delivers it.

use leptos::prelude::document;
use std::sync::OnceLock;
use wasm_bindgen::JsCast;
use web_sys::HtmlMetaElement;

/// What a `<meta>` of this name says.
pub fn said(name: &str) -> Option<String> {
    let meta = document().query_selector(&format!("meta[name={name}]")).ok().flatten()?;
    Some(meta.dyn_into::<HtmlMetaElement>().ok()?.content())
}

/// What the wallet is called: our own word, unless the server says another. The same in every language.
pub fn wallet_label() -> &'static str {
    static LABEL: OnceLock<String> = OnceLock::new();
    LABEL.get_or_init(|| said("wallet-label").unwrap_or_else(|| "Meta Pay".to_owned()))
}
