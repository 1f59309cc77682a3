//! A link as a QR code (ISO/IEC 18004), drawn as one path.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// Light modules around it, without which scanners do not find it.
const QUIET: i32 = 4;

/// The dark modules, each a square of one, and how wide all of it is; nothing for what is too long for a code.
fn modules(text: &str) -> Option<(String, i32)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing into a text does not fail.
            let _written = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Some((path, code.size() + 2 * QUIET))
}

/// A link as a QR code. What it says stands beside it in letters.
pub(super) fn qr(text: &str, label: String) -> Option<impl IntoView + use<>> {
    let (path, size) = modules(text)?;
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=label shape-rendering="crispEdges">
            <rect width=size height=size class="light" />
            <path d=path class="dark" />
        </svg>
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn a_link_is_a_square_with_its_quiet_zone() {
        let (path, size) =
            modules(&format!("https://bottega.example/proof/{}", "a1".repeat(32))).expect("short enough");
        // Version 6 has 41 modules a side.
        assert_eq!(size, 41 + 2 * QUIET);
        assert!(path.starts_with("M4 4h1v1h-1z"), "a finder pattern stands in the corner");
        assert_eq!(modules(&"x".repeat(4_000)), None);
    }
}
