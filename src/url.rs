//! The address bar: what stands in its query, and who the page is for.

use leptos::prelude::window;
use leptos::web_sys::UrlSearchParams;

/// A value of the query of the page's own address.
pub fn query_value(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name).filter(|value| !value.is_empty())
}

/// Who one is in the demo when nothing says so.
const SOMEBODY: &str = "maya.torres";
/// What the window is called that belongs to somebody.
const PREFIX: &str = "bottega:";

/// Who this window is for in the demo: `?as=`, kept in the window's own name, so that a reload and a link keep it
/// and a frame beside it can be somebody else.
pub fn handle() -> String {
    query_value("as").or_else(named).unwrap_or_else(|| SOMEBODY.to_owned())
}

/// Who this window was for when it last found somebody to be for.
pub fn named() -> Option<String> {
    window().name().ok().and_then(|name| name.strip_prefix(PREFIX).map(str::to_owned))
}

/// Whether the page is one of two phones on the page of both sides.
pub fn is_framed() -> bool {
    window().frame_element().is_ok_and(|frame| frame.is_some())
}

/// Makes this window somebody's from the next load on.
pub fn become_handle(handle: &str) {
    // A window that cannot be named stays who the address says.
    let _named = window().set_name(&format!("{PREFIX}{handle}"));
}

/// Where a tab keeps that it was signed out, until the page that says so.
const SIGNED_OUT: &str = "bottega.signed-out";

/// Keeps for the next page of this tab that somebody was signed out.
pub fn note_signed_out() {
    if let Ok(Some(storage)) = window().session_storage() {
        // Where nothing can be kept, it is not said.
        let _kept = storage.set_item(SIGNED_OUT, "yes");
    }
}

/// Whether somebody was signed out of this tab just before. It is said once.
pub fn was_signed_out() -> bool {
    let Ok(Some(storage)) = window().session_storage() else { return false };
    let was = storage.get_item(SIGNED_OUT).ok().flatten().is_some();
    // What cannot be forgotten is said again.
    let _forgotten = storage.remove_item(SIGNED_OUT);
    was
}

/// Loads the app anew, at its first page.
pub fn go_home() {
    // The page cannot refuse.
    let _moved = window().location().set_href("/");
}

/// Loads the page anew.
pub fn reload() {
    // The page cannot refuse.
    let _reloaded = window().location().reload();
}
