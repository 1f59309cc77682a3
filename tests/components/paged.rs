//! Lists that come page by page.

use crate::harness::{mount, tick};
use api::client::ApiError;
use bottega::store::{Page, Paged, paged};
use bottega::ui::ListEnd;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// What was asked, from where, and the way to answer.
type Call = (&'static str, Option<u64>, js_sys::Function);
type Answer = Result<Page<u64, u64>, ApiError>;

/// Calls whose answers come when the test says so.
#[derive(Clone, Default)]
struct Desk {
    calls: Rc<RefCell<Vec<Call>>>,
    answers: Rc<RefCell<Vec<Answer>>>,
}

impl Desk {
    async fn ask(self, word: &'static str, after: Option<u64>) -> Answer {
        let call = self.calls.borrow().len();
        let promise = js_sys::Promise::new(&mut |resolve, _| self.calls.borrow_mut().push((word, after, resolve)));
        self.answers.borrow_mut().push(Ok((Vec::new(), None)));
        JsFuture::from(promise).await.unwrap();
        self.answers.borrow()[call].clone()
    }

    /// Answers the call that was made last.
    async fn answer(&self, answer: Answer) {
        let last = self.calls.borrow().len() - 1;
        self.answer_to(last, answer).await;
    }

    async fn answer_to(&self, call: usize, answer: Answer) {
        self.answers.borrow_mut()[call] = answer;
        let resolve = self.calls.borrow()[call].2.clone();
        resolve.call0(&wasm_bindgen::JsValue::UNDEFINED).unwrap();
        tick().await;
    }

    fn asked(&self) -> Vec<(&'static str, Option<u64>)> {
        self.calls.borrow().iter().map(|(word, after, _)| (*word, *after)).collect()
    }
}

/// A list that follows a word, on a page; the empty word is no question.
fn list(desk: &Desk, word: RwSignal<&'static str>) -> (crate::harness::Page, Paged<u64, u64>) {
    let (made, desk) = (Rc::new(RefCell::new(None)), desk.clone());
    let kept = made.clone();
    let page = mount(move || {
        let list = paged(move || {
            let (word, desk) = (word.get(), desk.clone());
            (!word.is_empty()).then_some(move |after| desk.clone().ask(word, after))
        });
        *kept.borrow_mut() = Some(list);
        view! { <p>{move || format!("{:?} {}", list.items.get(), if list.busy.get() { "busy" } else { "idle" })}</p> }
    });
    let list = made.borrow().expect("mounted");
    (page, list)
}

#[wasm_bindgen_test]
async fn it_goes_on_by_itself_until_there_is_a_screenful() {
    let (desk, word) = (Desk::default(), RwSignal::new("one"));
    let (page, list) = list(&desk, word);
    tick().await;
    desk.answer(Ok((Vec::new(), Some(900)))).await;
    desk.answer(Ok((vec![7], Some(800)))).await;
    assert_eq!(page.text(), "[7] busy", "what was found is shown while it looks on");
    desk.answer(Ok(((10..30).collect(), Some(700)))).await;
    assert!(page.text().ends_with("idle"), "a screenful is enough");
    list.more();
    tick().await;
    desk.answer(Ok((vec![40], None))).await;
    assert_eq!(list.items.get_untracked().len(), 22);
    assert_eq!(desk.asked(), [("one", None), ("one", Some(900)), ("one", Some(800)), ("one", Some(700))]);
    list.more();
    tick().await;
    assert_eq!(desk.asked().len(), 4, "there is nothing after the end");
}

#[wasm_bindgen_test]
async fn more_is_offered_when_it_has_stopped_and_stays_while_more_comes() {
    let (more, busy) = (RwSignal::new(true), RwSignal::new(true));
    let asked = StoredValue::new(0);
    let page = mount(move || {
        view! {
            <ListEnd
                more
                busy
                problem=Signal::stored(None::<String>)
                more_label="Show more"
                retry_label="Try again"
                on_more=move |()| asked.update_value(|asked| *asked += 1)
                on_retry=|()| ()
            />
        }
    });
    assert!(page.button("Show more").is_none(), "it goes on by itself");
    busy.set(false);
    tick().await;
    let button = page.button("Show more").expect("offered");
    button.focus().unwrap();
    button.click();
    busy.set(true);
    tick().await;
    assert_eq!(crate::harness::focused(), *page.button("Show more").expect("it keeps its place"));
    button.click();
    assert_eq!(asked.get_value(), 1, "once at a time");
    more.set(false);
    busy.set(false);
    tick().await;
    assert!(page.button("Show more").is_none(), "this is the end");
}

#[wasm_bindgen_test]
async fn another_question_gives_up_what_was_under_way() {
    let (desk, word) = (Desk::default(), RwSignal::new("one"));
    let (page, _list) = list(&desk, word);
    tick().await;
    word.set("two");
    tick().await;
    desk.answer_to(0, Ok((vec![1], Some(5)))).await;
    assert_eq!(page.text(), "[] busy", "the old answer comes too late, and nothing more is asked for it");
    desk.answer(Ok((vec![2], None))).await;
    assert_eq!(page.text(), "[2] idle");
    assert_eq!(desk.asked(), [("one", None), ("two", None)]);
    word.set("");
    tick().await;
    assert_eq!(page.text(), "[] idle");
}

#[wasm_bindgen_test]
async fn what_did_not_come_is_asked_for_again_from_where_it_was() {
    let (desk, word) = (Desk::default(), RwSignal::new("one"));
    let (page, list) = list(&desk, word);
    tick().await;
    desk.answer(Ok((vec![1], Some(50)))).await;
    desk.answer(Err(ApiError::Network(String::new()))).await;
    assert_eq!(page.text(), "[1] idle");
    assert!(list.problem.get_untracked().is_some());
    list.retry();
    tick().await;
    desk.answer(Ok((vec![2], None))).await;
    assert_eq!(page.text(), "[1, 2] idle");
    assert!(list.problem.get_untracked().is_none());
}

#[wasm_bindgen_test]
async fn asked_once_more_it_does_not_become_shorter_meanwhile() {
    let (desk, word) = (Desk::default(), RwSignal::new("one"));
    let (page, list) = list(&desk, word);
    tick().await;
    desk.answer(Ok(((0..15).collect(), Some(15)))).await;
    desk.answer(Ok(((15..25).collect(), Some(25)))).await;
    list.again();
    tick().await;
    desk.answer(Ok(((1..15).collect(), Some(15)))).await;
    assert!(page.text().starts_with("[0, "), "the old ones stay");
    desk.answer(Ok(((15..27).collect(), None))).await;
    assert_eq!(list.items.get_untracked(), (1..27).collect::<Vec<_>>());
}
