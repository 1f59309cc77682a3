//! What a view asked of the API.

use crate::harness::{mount, tick};
use bottega::store::answer;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// A question whose answers come when the test says so.
#[derive(Clone, Default)]
struct Desk {
    open: Rc<RefCell<Vec<js_sys::Function>>>,
}

impl Desk {
    async fn ask(self, word: &'static str) -> &'static str {
        let promise = js_sys::Promise::new(&mut |resolve, _| self.open.borrow_mut().push(resolve));
        JsFuture::from(promise).await.unwrap();
        word
    }

    async fn answer(&self, question: usize) {
        self.open.borrow()[question].call0(&wasm_bindgen::JsValue::UNDEFINED).unwrap();
        tick().await;
    }
}

#[wasm_bindgen_test]
async fn the_last_answer_stays_while_it_is_asked_anew_and_a_late_one_does_not_overtake() {
    let desk = Desk::default();
    let word = RwSignal::new("one");
    let asked = desk.clone();
    let page = mount(move || {
        let heard = answer(move || asked.clone().ask(word.get()));
        view! {
            <input aria-label="Beside it" />
            <p>{move || heard.get().unwrap_or("nothing yet")}</p>
        }
    });
    tick().await;
    assert_eq!(page.text(), "nothing yet");
    desk.answer(0).await;
    assert_eq!(page.text(), "one");

    let field = page.role("textbox", "Beside it").unwrap();
    field.focus().unwrap();
    word.set("two");
    tick().await;
    word.set("three");
    tick().await;
    assert_eq!(page.text(), "one", "asked, not answered");
    desk.answer(2).await;
    desk.answer(1).await;
    assert_eq!(page.text(), "three");
    assert_eq!(document().active_element().as_ref(), Some(&*field), "what stands beside it was left alone");
}

#[wasm_bindgen_test]
async fn it_is_asked_anew_whenever_what_it_follows_changes() {
    let now = RwSignal::new(0);
    let asked = StoredValue::new(0);
    let page = mount(move || {
        let seconds = Memo::new(move |_| now.get() / 2);
        let heard = answer(move || {
            let _now = seconds.get();
            asked.update_value(|asked| *asked += 1);
            async move { asked.get_value() }
        });
        view! { <p>{move || heard.get().map(|count: i32| count.to_string())}</p> }
    });
    tick().await;
    for second in 1..=5 {
        now.set(second);
        tick().await;
    }
    tick().await;
    assert_eq!(page.text(), "3");
}
