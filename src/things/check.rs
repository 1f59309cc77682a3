//! Whether the signature under a proof is right, computed by the browser.

use api::wire::Proof;
use js_sys::{Array, Object, Reflect, Uint8Array};
use leptos::prelude::*;
use leptos::web_sys::CryptoKey;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What checking a signature came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Checked {
    /// It is of this text, by this key.
    Right,
    /// It is not.
    Wrong,
    /// This browser cannot compute it.
    CannotTell,
}

/// Checks the signature under a proof (ECDSA over P-256 with SHA-256).
pub(super) async fn check(proof: &Proof) -> Checked {
    let (Some(key), Some(signature)) = (bytes(&proof.key), bytes(&proof.signature)) else { return Checked::Wrong };
    match verify(&key, &signature, &proof.record).await {
        Ok(true) => Checked::Right,
        Ok(false) => Checked::Wrong,
        Err(_) => Checked::CannotTell,
    }
}

async fn verify(key: &[u8], signature: &[u8], text: &str) -> Result<bool, JsValue> {
    let subtle = window().crypto()?.subtle();
    let algorithm = named(&[("name", "ECDSA"), ("namedCurve", "P-256"), ("hash", "SHA-256")])?;
    let usages = Array::of1(&JsValue::from_str("verify"));
    let key = subtle.import_key_with_object("raw", &Uint8Array::from(key), &algorithm, false, &usages)?;
    let key: CryptoKey = JsFuture::from(key).await?.dyn_into()?;
    let verified = subtle.verify_with_object_and_js_u8_array_and_js_u8_array(
        &algorithm,
        &key,
        &Uint8Array::from(signature),
        &Uint8Array::from(text.as_bytes()),
    )?;
    Ok(JsFuture::from(verified).await?.is_truthy())
}

fn named(entries: &[(&str, &str)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in entries {
        Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value))?;
    }
    Ok(object)
}

/// Bytes from hexadecimal; nothing when it is not.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let is_hex = text.len().is_multiple_of(2) && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    let pairs = (0..text.len()).step_by(2);
    is_hex.then(|| pairs.filter_map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn bytes_are_pairs_of_digits_and_nothing_else() {
        assert_eq!(bytes("00ff1A"), Some(vec![0, 255, 26]));
        for wrong in ["0", "zz", "+1", "é0"] {
            assert_eq!(bytes(wrong), None, "{wrong}");
        }
    }
}
