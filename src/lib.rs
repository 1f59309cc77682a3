//! Bottega: sell, pay and track without leaving the chat. The single-page app, cut by feature.

pub mod account;
mod after_paint;
pub mod app;
pub mod both_sides;
pub mod checkout;
mod damage;
pub mod facts;
pub mod format;
pub mod headline;
pub mod help;
pub mod i18n;
pub mod inbox;
mod locks;
pub mod navigate;
pub mod order;
pub mod page;
pub mod palette;
pub mod parts;
pub mod payment_request;
pub mod photo;
pub mod proof;
pub mod push;
pub mod refusal;
pub mod review;
pub mod seller;
pub mod sign_in;
pub mod store;
pub mod things;
pub mod thread;
pub mod transport;
pub mod ui;
pub mod url;
pub mod wallet;

use leptos::prelude::*;

#[cfg(all(test, target_arch = "wasm32"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Mounts the app in place of the skeleton that `index.html` paints.
pub fn start() {
    app::catch_panics();
    i18n::begin();
    app::begin_theme();
    #[cfg(feature = "embedded")]
    both_sides::listen_for_double_taps();
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
    mount_to_body(app::App);
}
