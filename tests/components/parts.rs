//! A part of the app that comes later, or does not.

use crate::harness::{focused, frames, mount, tick};
use bottega::parts::{PartMissing, apart};
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

thread_local! {
    /// Answers the one who asks for the part: with anything it comes, refused it does not.
    static ANSWER: RefCell<Option<(js_sys::Function, js_sys::Function)>> = const { RefCell::new(None) };
}

async fn fetch() -> Result<(), PartMissing> {
    let asked = js_sys::Promise::new(&mut |come, fail| ANSWER.set(Some((come, fail))));
    JsFuture::from(asked).await.map(drop).map_err(|_| PartMissing)
}

async fn answer(comes: bool) {
    let (come, fail) = ANSWER.take().expect("the part was asked for");
    let answer = if comes { come } else { fail };
    answer.call0(&JsValue::NULL).unwrap();
    tick().await;
    frames().await;
}

fn sheet(around: impl Fn(AnyView) -> AnyView + Send + 'static) -> AnyView {
    apart(fetch, || async { Ok(view! { <p>"What was wanted"</p> }.into_any()) }, around)
}

#[wasm_bindgen_test]
async fn a_part_that_comes_is_shown_in_place_of_what_said_that_it_would() {
    let page = mount(|| sheet(|view| view));
    assert!(page.text().contains("Loading"));

    answer(true).await;

    assert!(page.text().contains("What was wanted"));
    assert!(!page.text().contains("Loading"));
}

#[wasm_bindgen_test]
async fn a_part_that_does_not_come_says_so_and_can_be_asked_for_again() {
    let page = mount(|| view! { <button>"Pay"</button> {sheet(|view| view)} });
    answer(false).await;
    let again = page.button("Try again").expect("it can be asked for again");
    assert!(page.text().contains("did not load"));
    assert!(page.button("Reload").is_some());

    again.focus().unwrap();
    again.click();
    answer(false).await;
    assert_eq!(focused(), *again, "failing once more leaves the focus where it is");

    again.click();
    answer(true).await;
    assert!(page.text().contains("What was wanted"));
}

#[wasm_bindgen_test]
async fn a_part_that_comes_late_gives_the_focus_back_to_who_asked() {
    let open = RwSignal::new(false);
    let page = mount(move || {
        view! { <button on:click=move |_| open.set(true)>"Pay"</button> {move || open.get().then(|| sheet(|view| view))} }
    });
    let pay = page.button("Pay").unwrap();
    pay.focus().unwrap();
    pay.click();
    tick().await;
    answer(false).await;
    let again = page.button("Try again").unwrap();
    again.focus().unwrap();
    again.click();

    answer(true).await;

    assert_eq!(focused(), *pay);
}

#[wasm_bindgen_test]
async fn a_part_that_comes_when_nobody_waits_any_more_does_nothing() {
    let page = mount(|| sheet(|view| view));
    drop(page);
    answer(true).await;
}
