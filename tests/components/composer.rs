//! Where one writes.

use crate::harness::{Page, focused, mount, press, press_with, tick, type_into};
use bottega::thread::{Composer, ComposerContext, ComposerWords};
use bottega::ui::IconName;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use wasm_bindgen_test::wasm_bindgen_test;

struct Composed {
    page: Page,
    draft: RwSignal<String>,
    context: RwSignal<ComposerContext>,
    sent: RwSignal<Vec<String>>,
    typing: RwSignal<u32>,
}

fn compose() -> Composed {
    let (draft, context) = (RwSignal::new(String::new()), RwSignal::new(ComposerContext::Nothing));
    let (sent, typing) = (RwSignal::new(Vec::new()), RwSignal::new(0));
    let page = mount(move || {
        view! {
            <Composer
                peer="Kai"
                words=ComposerWords::ENGLISH
                draft
                context
                lead_icon=IconName::Camera
                lead_label="Camera"
                on_lead=Callback::new(|()| ())
                on_catalogue=None
                on_send=Callback::new(move |text| {
                    sent.update(|sent| sent.push(text));
                    draft.set(String::new());
                })
                on_photo=Callback::new(|_| ())
                on_typing=Callback::new(move |()| typing.update(|typing| *typing += 1))
            />
        }
    });
    Composed { page, draft, context, sent, typing }
}

fn field(page: &Page) -> HtmlElement {
    page.role("textbox", "Message Kai").unwrap()
}

#[wasm_bindgen_test]
async fn enter_sends_and_shift_enter_does_not() {
    let composed = compose();
    let field = field(&composed.page);
    assert!(composed.page.button("Send").is_none());
    type_into(&field, "  Still available?  ");
    tick().await;
    assert!(composed.page.button("Send").is_some());
    assert!(press_with(&field, "Enter", true, false), "a new line");
    assert!(press_with(&field, "Enter", false, true), "a word of an input method");
    assert!(composed.sent.get_untracked().is_empty());
    assert!(!press(&field, "Enter"));
    assert_eq!(composed.sent.get_untracked(), ["Still available?"]);
    tick().await;
    assert!(composed.page.button("Send").is_none());
    press(&field, "Enter");
    assert_eq!(composed.sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn an_answer_takes_the_focus_and_esc_leaves_it() {
    let composed = compose();
    let message = "msg_1".parse().unwrap();
    composed.context.set(ComposerContext::Reply { message, own: false, excerpt: "Added".to_owned() });
    tick().await;
    assert!(composed.page.text().contains("Replying to Kai"));
    assert_eq!(focused(), *field(&composed.page).as_ref());
    press(&focused(), "Escape");
    tick().await;
    assert_eq!(composed.context.get_untracked(), ComposerContext::Nothing);
    assert!(!composed.page.text().contains("Replying"));
}

#[wasm_bindgen_test]
async fn leaving_an_edit_goes_back_to_what_was_being_written() {
    let composed = compose();
    composed.draft.set("As it was".to_owned());
    let before = "Half a sentence".to_owned();
    composed.context.set(ComposerContext::Edit { message: "msg_1".parse().unwrap(), before });
    tick().await;
    assert!(composed.page.button("Save").is_some());
    composed.page.button("Cancel").unwrap().click();
    assert_eq!(composed.draft.get_untracked(), "Half a sentence");
}

#[wasm_bindgen_test]
async fn what_is_too_long_is_not_sent_and_says_by_how_much() {
    let composed = compose();
    type_into(&field(&composed.page), &"x".repeat(2012));
    tick().await;
    assert!(composed.page.text().contains("12 characters too many"));
    press(&field(&composed.page), "Enter");
    assert!(composed.sent.get_untracked().is_empty() && composed.draft.read_untracked().len() == 2012);
    type_into(&field(&composed.page), &"x".repeat(2000));
    tick().await;
    assert!(!composed.page.text().contains("too many"));
    press(&field(&composed.page), "Enter");
    assert_eq!(composed.sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn typing_is_told_now_and_then() {
    let composed = compose();
    for text in ["S", "St", "Sti", ""] {
        type_into(&field(&composed.page), text);
    }
    assert_eq!(composed.typing.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn an_emoji_goes_where_the_cursor_is() {
    let composed = compose();
    composed.page.button("Emoji").unwrap().click();
    tick().await;
    composed.page.button("😀").unwrap().click();
    assert_eq!(composed.draft.get_untracked(), "😀");
}
