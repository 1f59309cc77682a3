//! The Web Locks API: one tab at a time. web-sys calls it unstable, so it is asked for by name.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::future_to_promise;

/// What to do when another tab holds the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// Wait for it.
    Wait,
    /// Leave it at that.
    Skip,
}

/// Does `work` while this tab alone, of all of this browser, holds the lock `name`.
pub fn hold<F: Future<Output = ()> + 'static>(name: &str, busy: Busy, work: impl FnOnce() -> F + 'static) {
    let held = Closure::once_into_js(move |lock: JsValue| -> Promise {
        future_to_promise(async move {
            // Without a lock somebody else is at it.
            if !lock.is_null() {
                work().await;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    if let Err(work) = request(name, busy, held) {
        // A browser without locks has at least this tab: nothing is lost, and the API decides who was first.
        if let Ok(work) = work.dyn_into::<Function>() {
            let _begun = work.call1(&JsValue::UNDEFINED, &JsValue::TRUE);
        }
    }
}

fn request(name: &str, busy: Busy, held: JsValue) -> Result<(), JsValue> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).unwrap_or_default();
    let request = Reflect::get(&locks, &"request".into()).ok().and_then(|request| request.dyn_into::<Function>().ok());
    let Some(request) = request else { return Err(held) };
    let options = Object::new();
    // Setting a property of a fresh object cannot fail.
    let _set = Reflect::set(&options, &"ifAvailable".into(), &JsValue::from_bool(busy == Busy::Skip));
    let promise =
        request.call3(&locks, &name.into(), &options, &held).and_then(|promise| promise.dyn_into::<Promise>());
    match promise {
        Ok(promise) => {
            spawn_local(async move {
                // Refused means that the page is going away.
                let _done = wasm_bindgen_futures::JsFuture::from(promise).await;
            });
            Ok(())
        }
        Err(_) => Err(held),
    }
}
