//! What one can do in a log, by pointer and by keyboard.

use crate::harness::{focused, frames, press, tick};
use crate::log::{START, find, log, message, row, row_of, show};
use bottega::thread::{EventLine, LogAction, PendingMessage, PendingState, Row, RowKind, Timeline};
use bottega::ui::IconName;
use domain::message::{Emoji, Quote};
use domain::thread::Role;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{self, HtmlElement};
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

fn actions() -> (RwSignal<Vec<LogAction>>, impl Fn(LogAction) + Send + Sync + 'static) {
    let done = RwSignal::new(Vec::new());
    (done, move |action| done.update(|done| done.push(action)))
}

fn short() -> Timeline {
    Timeline::new((0..8).map(row).collect(), false)
}

fn bubble(row: &HtmlElement) -> HtmlElement {
    row.query_selector("p").unwrap().unwrap().unchecked_into()
}

#[wasm_bindgen_test]
async fn a_double_tap_is_a_heart() {
    let (done, act) = actions();
    let page = show(&short(), act);
    frames().await;
    let bubble = bubble(&find(&page, "Message 5.").unwrap());
    bubble.click();
    assert!(done.get_untracked().is_empty());
    bubble.click();
    assert_eq!(done.get_untracked(), [LogAction::React { key: 5, emoji: Some(Emoji::heart()) }]);
}

#[wasm_bindgen_test]
async fn the_keyboard_reaches_each_message_and_what_can_be_done_with_it() {
    let (done, act) = actions();
    let page = show(&short(), act);
    frames().await;
    let log = log(&page);
    log.focus().unwrap();
    press(&log, "ArrowUp");
    frames().await;
    assert!(focused().text_content().unwrap().contains("Message 7."));
    press(&focused(), "ArrowUp");
    frames().await;
    let row = focused();
    assert!(row.text_content().unwrap().contains("Message 6."));
    // The toolbar is inside of the row, so Tab comes to it next.
    let reply = page.button("Reply").unwrap();
    assert!(row.contains(Some(&reply)));
    reply.click();
    assert_eq!(done.get_untracked(), [LogAction::Reply(6)]);
    press(&row, "Enter");
    assert!(focused().closest("[role=toolbar]").unwrap().is_some());
    press(&focused(), "Escape");
    assert_eq!(focused(), row);
    press(&row, "Escape");
    assert_eq!(focused(), *log.as_ref());
}

#[wasm_bindgen_test]
async fn one_of_the_quick_reactions_can_be_chosen() {
    let (done, act) = actions();
    let page = show(&short(), act);
    frames().await;
    press(&log(&page), "ArrowUp");
    frames().await;
    page.button("React").unwrap().click();
    tick().await;
    page.button("🔥").unwrap().click();
    let fire = Emoji::try_from("🔥".to_owned()).unwrap();
    assert_eq!(done.get_untracked(), [LogAction::React { key: 7, emoji: Some(fire) }]);
}

#[wasm_bindgen_test]
async fn only_own_messages_can_be_unsent() {
    let (done, act) = actions();
    let page = show(&short(), act);
    frames().await;
    // 7 and 6 are Maya's own, 5 and 4 are Kai's.
    for _ in 0..3 {
        press(&focused_in(&log(&page)), "ArrowUp");
        frames().await;
    }
    page.button("More").unwrap().click();
    tick().await;
    assert!(page.role("menuitem", "Copy").is_some());
    assert!(page.role("menuitem", "Unsend").is_none());
    press(&focused(), "Escape");
    tick().await;
    let row = focused().closest("li").unwrap().unwrap();
    row.unchecked_ref::<HtmlElement>().focus().unwrap();
    press(&row, "ArrowDown");
    frames().await;
    page.button("More").unwrap().click();
    tick().await;
    page.role("menuitem", "Unsend").unwrap().click();
    assert_eq!(done.get_untracked(), [LogAction::Unsend(6)]);
}

fn focused_in(log: &HtmlElement) -> web_sys::Element {
    if log.contains(Some(&focused())) { focused() } else { log.clone().into() }
}

#[wasm_bindgen_test]
async fn the_receiver_is_warned_and_the_sender_is_not() {
    let timeline = short();
    let mut theirs = message(8, "Pay me elsewhere");
    theirs.off_platform = true;
    let mut own = theirs.clone();
    own.author = Role::Buyer;
    timeline.append(row_of(8, theirs));
    let page = show(&timeline, |_| ());
    frames().await;
    assert!(find(&page, "Pay me elsewhere").unwrap().text_content().unwrap().contains("not protected"));
    timeline.replace(8, row_of(8, own));
    tick().await;
    assert!(!find(&page, "Pay me elsewhere").unwrap().text_content().unwrap().contains("not protected"));
}

#[wasm_bindgen_test]
async fn a_link_says_where_it_leads_before_it_does() {
    let (done, act) = actions();
    let timeline = short();
    timeline.append(row_of(8, message(8, "See https://example.com/board for more")));
    let page = show(&timeline, act);
    frames().await;
    let link = page.all("a").remove(0);
    assert!(link.text_content().unwrap().contains("example.com"));
    link.click();
    let href = "https://example.com/board".to_owned();
    assert_eq!(done.get_untracked(), [LogAction::OpenLink { href, host: "example.com".to_owned() }]);
}

#[wasm_bindgen_test]
async fn what_was_not_sent_can_be_sent_again_or_deleted() {
    let (done, act) = actions();
    let timeline = short();
    let pending = |state| Row {
        key: 99,
        at: START + 9 * 60_000,
        kind: RowKind::Pending(Arc::new(PendingMessage { text: "On its way".to_owned(), picture: None, state })),
    };
    timeline.append(pending(PendingState::Sending));
    let page = show(&timeline, act);
    frames().await;
    assert!(page.button("Not sent. Tap to retry").is_none());
    timeline.replace(99, pending(PendingState::Failed));
    tick().await;
    page.button("Not sent. Tap to retry").unwrap().click();
    page.button("Delete").unwrap().click();
    assert_eq!(done.get_untracked(), [LogAction::Retry(99), LogAction::Discard(99)]);
}

#[wasm_bindgen_test]
async fn a_line_about_a_card_leads_to_it() {
    let timeline = Timeline::new((0..300).map(row).collect(), false);
    let line = EventLine { icon: IconName::Check, text: "You paid $412.00".to_owned(), target: Some(20) };
    timeline.append(Row { key: 300, at: START + 300 * 60_000, kind: RowKind::Event(Arc::new(line)) });
    let page = show(&timeline, |_| ());
    frames().await;
    assert!(find(&page, "Message 20.").is_none());
    page.button("You paid $412.00").unwrap().click();
    frames().await;
    assert!(find(&page, "Message 20.").is_some());
}

#[wasm_bindgen_test]
async fn an_answer_shows_what_it_answers() {
    let (done, act) = actions();
    let timeline = short();
    let mut answer = message(8, "Added, plus $20 off for you");
    answer.reply_to = Some(Quote {
        id: "msg_2".parse().unwrap(),
        author: Role::Buyer,
        excerpt: Some("Could you add a leash?".to_owned()),
    });
    timeline.append(row_of(8, answer));
    let page = show(&timeline, act);
    frames().await;
    let quote = page.all("button").into_iter().find(|button| button.text_content().unwrap().contains("leash")).unwrap();
    assert!(quote.text_content().unwrap().contains("Kai replied to you"));
    quote.click();
    assert_eq!(done.get_untracked(), [LogAction::OpenQuote(8)]);
}

#[wasm_bindgen_test]
async fn a_reaction_is_said_in_words_and_one_s_own_can_be_taken_back() {
    let (done, act) = actions();
    let timeline = short();
    let mut liked = message(5, "Yes! One of one");
    liked.reactions.buyer = Some(Emoji::heart());
    timeline.replace(5, row_of(5, liked));
    let page = show(&timeline, act);
    frames().await;
    let pill = page.button("You reacted with ❤️, Take back ❤️").unwrap();
    pill.click();
    assert_eq!(done.get_untracked(), [LogAction::React { key: 5, emoji: None }]);
}

#[wasm_bindgen_test]
async fn seen_stands_under_one_row_at_a_time() {
    let timeline = short();
    let page = show(&timeline, |_| ());
    frames().await;
    timeline.set_note(Some((6, "Seen".to_owned())));
    tick().await;
    assert!(find(&page, "Message 6.").unwrap().text_content().unwrap().contains("Seen"));
    timeline.set_note(Some((7, "Seen 10:32".to_owned())));
    tick().await;
    assert!(!find(&page, "Message 6.").unwrap().text_content().unwrap().contains("Seen"));
    assert!(find(&page, "Message 7.").unwrap().text_content().unwrap().contains("Seen 10:32"));
}
