//! The page that `bench/` measures: the log of the app with the messages of a file, and `window.__bench` to drive it.

mod archive;

use archive::Archive;
use bottega::thread::{Change, LogWords, Rows, ThreadLog, Timeline};
use domain::thread::Role;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

type Shown = RwSignal<Timeline<Archive>>;

fn main() {
    spawn_local(async {
        let Ok(first) = JsFuture::from(early().unwrap_or_else(|| js_sys::Promise::resolve(&JsValue::NULL))).await
        else {
            return;
        };
        let timeline = Timeline::new(read(&first), false);
        mount_to_body(move || {
            let shown = RwSignal::new(timeline);
            expose(shown);
            view! {
                <main class="bench">
                    <ThreadLog
                        timeline=Signal::derive_local(move || shown.get())
                        me=Role::Buyer
                        peer="Kai Shapes"
                        label="Messages with Kai Shapes"
                        words=LogWords::ENGLISH
                        amount=|money| money.decimal()
                        on_action=|_| ()
                    />
                </main>
            }
        });
    });
}

/// The request for the first thread, which `early.js` started while this was still loading.
fn early() -> Option<js_sys::Promise> {
    js_sys::Reflect::get(&window(), &"__early".into()).ok()?.dyn_into().ok()
}

fn read(buffer: &JsValue) -> Archive {
    let bytes = if buffer.is_object() { js_sys::Uint8Array::new(buffer).to_vec() } else { Vec::new() };
    Archive::read(bytes)
}

async fn fetch(url: &str) -> Result<Archive, JsValue> {
    let response: web_sys::Response = JsFuture::from(window().fetch_with_str(url)).await?.dyn_into()?;
    Ok(read(&JsFuture::from(response.array_buffer()?).await?))
}

fn expose(shown: Shown) {
    let kept: Rc<RefCell<HashMap<String, Timeline<Archive>>>> = Rc::default();
    let bench = js_sys::Object::new();
    let set = |name: &str, value: &JsValue| {
        js_sys::Reflect::set(&bench, &name.into(), value).expect("a fresh object takes any property");
    };
    set("v", &1.into());
    let scroller = || -> JsValue { query("[role=log]") };
    set("scroller", &Closure::<dyn Fn() -> JsValue>::new(scroller).into_js_value());
    let rows = || -> JsValue {
        let found = document().query_selector_all("[role=log] li").expect("a constant selector");
        js_sys::Array::from(&found).into()
    };
    set("rows", &Closure::<dyn Fn() -> JsValue>::new(rows).into_js_value());
    let append = move |json: String| {
        shown.get_untracked().change(|rows| {
            rows.push(&json);
            Change::Inserted(rows.len() - 1)
        });
    };
    set("append", &Closure::<dyn Fn(String)>::new(append).into_js_value());
    let preload = {
        let kept = Rc::clone(&kept);
        move |key: String, url: String| -> js_sys::Promise {
            let kept = Rc::clone(&kept);
            future_to_promise(async move {
                let archive = fetch(&url).await?;
                kept.borrow_mut().insert(key, Timeline::new(archive, false));
                Ok(JsValue::UNDEFINED)
            })
        }
    };
    set("preload", &Closure::<dyn Fn(String, String) -> js_sys::Promise>::new(preload).into_js_value());
    let show = move |key: String| {
        if let Some(timeline) = kept.borrow().get(&key) {
            shown.set(timeline.clone());
        }
    };
    set("show", &Closure::<dyn Fn(String)>::new(show).into_js_value());
    js_sys::Reflect::set(&window(), &"__bench".into(), &bench).expect("the window takes any property");
}

fn query(selector: &str) -> JsValue {
    document().query_selector(selector).ok().flatten().map_or(JsValue::NULL, JsValue::from)
}
