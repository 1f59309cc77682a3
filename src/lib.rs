//! Bottega: sell, pay and track without leaving the chat. The single-page app, cut by feature.

pub mod format;
pub mod headline;
pub mod i18n;
mod locks;
pub mod navigate;
pub mod payment_request;
pub mod store;
pub mod thread;
pub mod transport;
pub mod ui;
pub mod url;

use leptos::prelude::*;

/// Mounts the app in place of the skeleton that `index.html` paints.
pub fn start() {
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
    mount_to_body(|| view! { <h1 class="sr-only">"Bottega"</h1> });
}
