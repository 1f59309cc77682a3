//! The log: what is in the document, and what moves.

use crate::harness::{Page, frames, mount, tick};
use bottega::thread::{LogAction, LogWords, Row, RowKind, ThreadLog, Timeline};
use domain::message::{Content, Message, Reactions};
use domain::thread::Role;
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

pub const START: i64 = 1_763_632_920_000;
const MINUTE: i64 = 60_000;

/// Thu 20 Nov 2025, 10:02, a minute for each key; two of each side in turns.
pub fn message(key: u64, text: &str) -> Message {
    let author = if (key / 2).is_multiple_of(2) { Role::Seller } else { Role::Buyer };
    Message {
        id: format!("msg_{key}").parse().unwrap(),
        author,
        sent_at: Timestamp::from_millis(at(key)),
        content: Some(Content::Text { text: text.parse().unwrap() }),
        reply_to: None,
        edited_at: None,
        reactions: Reactions::default(),
        off_platform: false,
    }
}

fn at(key: u64) -> i64 {
    START + i64::try_from(key).unwrap() * MINUTE
}

pub fn row_of(key: u64, message: Message) -> Row {
    Row { key, at: at(key), kind: RowKind::Message(Arc::new(message)) }
}

pub fn row(key: u64) -> Row {
    let text = format!("Message {key}. {}", "words ".repeat(usize::try_from(key * 7 % 31).unwrap()));
    row_of(key, message(key, &text))
}

/// Buyer Maya reads what she and Kai said.
pub fn show(timeline: &Timeline, on_action: impl Fn(LogAction) + Send + Sync + 'static) -> Page {
    show_with(timeline, on_action, || ())
}

pub fn show_with(
    timeline: &Timeline,
    on_action: impl Fn(LogAction) + Send + Sync + 'static,
    on_reach_oldest: impl Fn() + Send + Sync + 'static,
) -> Page {
    let timeline = timeline.clone();
    mount(move || {
        view! {
            <ThreadLog
                timeline=Signal::derive_local(move || timeline.clone())
                me=Role::Buyer
                peer="Kai"
                label="Messages with Kai"
                words=LogWords::ENGLISH
                amount=|money| money.decimal()
                on_reach_oldest=move |()| on_reach_oldest()
                on_action=on_action
            />
        }
    })
}

pub fn log(page: &Page) -> HtmlElement {
    page.role("log", "Messages with Kai").unwrap()
}

/// The row with a text, and where it is on the screen.
pub fn find(page: &Page, text: &str) -> Option<HtmlElement> {
    page.all("li").into_iter().find(|row| row.text_content().unwrap_or_default().contains(text))
}

fn top(page: &Page, text: &str) -> f64 {
    find(page, text).unwrap_or_else(|| panic!("{text} is not in the document")).get_bounding_client_rect().top()
}

fn is_in_sight(page: &Page, text: &str) -> bool {
    let frame = log(page).get_bounding_client_rect();
    find(page, text).is_some_and(|row| {
        let row = row.get_bounding_client_rect();
        row.top() >= frame.top() - 1.0 && row.bottom() <= frame.bottom() + 1.0
    })
}

fn timeline(count: u64) -> Timeline {
    Timeline::new((0..count).map(row).collect(), false)
}

#[wasm_bindgen_test]
async fn of_a_hundred_thousand_rows_only_a_window_is_in_the_document() {
    let timeline = timeline(100_000);
    let page = show(&timeline, |_| ());
    frames().await;
    assert!(is_in_sight(&page, "Message 99999."));
    assert!(page.all("li").len() < 100, "{} rows", page.all("li").len());
    let log = log(&page);
    log.set_scroll_top(-log.scroll_height() / 2);
    frames().await;
    assert!(page.all("li").len() < 120, "{} rows", page.all("li").len());
    let frame = log.get_bounding_client_rect();
    let rows = page.all("li");
    assert!(rows[0].get_bounding_client_rect().top() <= frame.top());
    assert!(rows[rows.len() - 1].get_bounding_client_rect().bottom() >= frame.bottom());
}

#[wasm_bindgen_test]
async fn scrolling_up_shows_every_row_in_order() {
    let timeline = timeline(300);
    let page = show(&timeline, |_| ());
    frames().await;
    let log = log(&page);
    let mut oldest = 300;
    for _ in 0..200 {
        log.scroll_by_with_x_and_y(0.0, -400.0);
        frames().await;
        let numbers: Vec<u32> = page.all("li").iter().map(number).collect();
        assert!(numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{numbers:?}");
        oldest = oldest.min(numbers[0]);
        if oldest == 0 && top(&page, "Message 0.") >= log.get_bounding_client_rect().top() - 60.0 {
            return;
        }
    }
    panic!("the oldest seen was {oldest}");
}

fn number(row: &HtmlElement) -> u32 {
    let text = row.text_content().unwrap();
    text.split("Message ")
        .nth(1)
        .and_then(|rest| rest.split('.').next())
        .and_then(|number| number.parse().ok())
        .unwrap()
}

#[wasm_bindgen_test]
async fn scrolling_down_through_estimates_moves_nothing_that_is_in_sight() {
    let timeline = timeline(2_000);
    let page = show(&timeline, |_| ());
    frames().await;
    assert!(timeline.jump_to(1_000));
    frames().await;
    let log = log(&page);
    for _ in 0..40 {
        let seen = page.all("li").into_iter().find(|row| row.get_bounding_client_rect().top() > 200.0).unwrap();
        let (text, before) = (format!("Message {}.", number(&seen)), seen.get_bounding_client_rect().top());
        log.scroll_by_with_x_and_y(0.0, 150.0);
        frames().await;
        assert!((top(&page, &text) - (before - 150.0)).abs() <= 1.0, "{text} moved by {}", top(&page, &text) - before);
    }
}

#[wasm_bindgen_test]
async fn at_the_end_a_new_row_keeps_the_end_in_sight() {
    let timeline = timeline(200);
    let page = show(&timeline, |_| ());
    frames().await;
    for key in 200..240 {
        timeline.append(row(key));
        frames().await;
        assert!(is_in_sight(&page, &format!("Message {key}.")), "{key}");
    }
    assert!(timeline.at_end().get_untracked());
    assert!(page.all("li").len() < 110, "{} rows", page.all("li").len());
}

#[wasm_bindgen_test]
async fn away_from_the_end_a_new_row_moves_nothing_and_is_counted() {
    let timeline = timeline(200);
    let page = show(&timeline, |_| ());
    frames().await;
    assert!(timeline.jump_to(150));
    frames().await;
    let before = top(&page, "Message 150.");
    timeline.append(row(200));
    timeline.append(row(201));
    frames().await;
    assert!((top(&page, "Message 150.") - before).abs() <= 1.0);
    page.button("2 new messages").unwrap().click();
    frames().await;
    assert!(is_in_sight(&page, "Message 201."));
    assert!(page.button("2 new messages").is_none());
}

#[wasm_bindgen_test]
async fn older_rows_move_nothing_that_is_in_sight() {
    let timeline = Timeline::new((100..140).map(row).collect(), true);
    let page = show(&timeline, |_| ());
    frames().await;
    let log = log(&page);
    log.set_scroll_top(-300);
    frames().await;
    let before = top(&page, "Message 130.");
    timeline.prepend((0..100).map(row).collect(), false);
    frames().await;
    assert!((top(&page, "Message 130.") - before).abs() <= 1.0);
    assert!(timeline.jump_to(0));
    frames().await;
    assert!(is_in_sight(&page, "Message 0."));
}

#[wasm_bindgen_test]
async fn older_rows_are_asked_for_once_until_they_come() {
    let asked = RwSignal::new(0);
    let timeline = Timeline::new((100..140).map(row).collect(), true);
    let page = show_with(&timeline, |_| (), move || asked.update(|asked| *asked += 1));
    frames().await;
    for _ in 0..15 {
        log(&page).scroll_by_with_x_and_y(0.0, -200.0);
        frames().await;
    }
    assert_eq!(asked.get_untracked(), 1);
    timeline.prepend((60..100).map(row).collect(), false);
    for _ in 0..20 {
        log(&page).scroll_by_with_x_and_y(0.0, -200.0);
        frames().await;
    }
    assert_eq!(asked.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_row_far_away_can_be_sought() {
    let timeline = timeline(50_000);
    let page = show(&timeline, |_| ());
    frames().await;
    for key in [25_000, 3, 49_990, 12_345] {
        assert!(timeline.jump_to(key));
        frames().await;
        assert!(is_in_sight(&page, &format!("Message {key}.")), "{key}");
    }
    assert!(!timeline.jump_to(50_000));
}

#[wasm_bindgen_test]
async fn a_change_touches_one_row_only() {
    let timeline = timeline(20);
    let page = show(&timeline, |_| ());
    frames().await;
    let before = page.all("li");
    timeline.replace(17, row_of(17, message(17, "Changed")));
    tick().await;
    let after = page.all("li");
    let touched: Vec<usize> = (0..before.len()).filter(|&index| before[index] != after[index]).collect();
    assert_eq!(touched.len(), 1);
    assert!(after[touched[0]].text_content().unwrap().contains("Changed"));
}

#[wasm_bindgen_test]
async fn the_author_and_the_time_are_said_at_the_head_of_each_group() {
    let timeline = timeline(6);
    let page = show(&timeline, |_| ());
    frames().await;
    let said = |key: u64| find(&page, &format!("Message {key}.")).unwrap().text_content().unwrap();
    assert!(said(0).contains("Kai, 10:02"));
    assert!(!said(1).contains("Kai"));
    assert!(said(2).contains("You, 10:04"));
    assert!(said(4).contains("Kai, 10:06"));
    assert!(page.text().contains("Thu 20 Nov, 10:02"));
    assert_eq!(page.all("time").len(), 1);
}

#[wasm_bindgen_test]
async fn after_an_hour_the_time_is_said_again() {
    let timeline = timeline(2);
    let page = show(&timeline, |_| ());
    frames().await;
    timeline.append(row(90));
    tick().await;
    assert_eq!(page.all("time").len(), 2);
}

#[wasm_bindgen_test]
async fn a_row_can_go() {
    let timeline = timeline(20);
    let page = show(&timeline, |_| ());
    frames().await;
    assert!(timeline.remove(18));
    tick().await;
    assert!(find(&page, "Message 18.").is_none());
    assert!(find(&page, "Message 19.").is_some());
    assert!(!timeline.remove(18));
}

#[wasm_bindgen_test]
async fn the_same_name_told_again_leaves_every_row_where_it_is() {
    let timeline = timeline(40);
    let told = RwSignal::new("Kai".to_owned());
    let shown = timeline.clone();
    let page = mount(move || {
        view! {
            <ThreadLog
                timeline=Signal::derive_local(move || shown.clone())
                me=Role::Buyer
                peer=Signal::derive(move || told.get())
                label="Messages with Kai"
                words=LogWords::ENGLISH
                amount=|money| money.decimal()
                on_action=|_| ()
            />
        }
    });
    frames().await;
    let before = find(&page, "Message 39.").unwrap();

    // The inbox tells the name with every change of its row.
    told.set("Kai".to_owned());
    frames().await;
    assert!(before.is_connected(), "a row was drawn anew for nothing");

    // Another name is said in the rows.
    told.set("Kai Shapes".to_owned());
    frames().await;
    assert!(page.text().contains("Kai Shapes"));
}

#[wasm_bindgen_test]
async fn a_turned_phone_keeps_the_rows_in_sight() {
    let timeline = timeline(40);
    let page = show(&timeline, |_| ());
    frames().await;
    let before = find(&page, "Message 39.").unwrap();
    let root = log(&page).closest("[style*='390px']").unwrap().unwrap();

    root.set_attribute("style", "display: flex; flex-direction: column; inline-size: 640px; block-size: 390px")
        .unwrap();
    frames().await;
    frames().await;

    // A card with something open in it would have lost it.
    assert!(before.is_connected(), "a row was drawn anew for another width");
    let (row, scroller) = (before.get_bounding_client_rect(), log(&page).get_bounding_client_rect());
    assert!(
        row.bottom() <= scroller.bottom() + 1.0 && row.bottom() > scroller.bottom() - 40.0,
        "the end stays in sight"
    );
}

#[wasm_bindgen_test]
async fn a_phone_turned_again_and_again_shows_the_same_row_at_its_top() {
    let timeline = timeline(300);
    let page = show(&timeline, |_| ());
    frames().await;
    for _ in 0..6 {
        log(&page).scroll_by_with_x_and_y(0.0, -600.0);
        frames().await;
    }
    let topmost = || {
        let edge = log(&page).get_bounding_client_rect().top();
        let row = page.all("li").into_iter().find(|row| row.get_bounding_client_rect().bottom() > edge + 1.0);
        row.expect("a row is at the top")
    };
    let before = topmost();
    let root = log(&page).closest("[style*='390px']").unwrap().unwrap();

    for (width, height) in [(640, 390), (390, 600), (640, 390), (390, 600)] {
        let size = format!("display: flex; flex-direction: column; inline-size: {width}px; block-size: {height}px");
        root.set_attribute("style", &size).unwrap();
        frames().await;
        frames().await;
        assert!(before.is_connected(), "{width} × {height}: the row was drawn anew");
        assert_eq!(topmost().text_content(), before.text_content(), "{width} × {height}");
    }
}
