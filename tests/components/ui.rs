//! The parts.

use crate::harness::{focused, frames, mount, press, tick, type_into};
use bottega::ui::{
    Button, ButtonVariant, ConfirmDialog, IconName, Menu, MenuItem, Sheet, Switch, Tab, Tabs, TextField, Toast,
    ToastAction, ToastRegion,
};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_busy_button_says_so_keeps_the_focus_and_does_nothing() {
    let (clicks, pending) = (RwSignal::new(0), RwSignal::new(false));
    let page = mount(move || {
        view! {
            <Button pending pending_label="Paying…" on_click=move |()| clicks.update(|clicks| *clicks += 1)>
                "Pay $42.00"
            </Button>
        }
    });
    let button = page.all("button").remove(0);
    button.focus().unwrap();
    button.click();
    pending.set(true);
    tick().await;
    button.click();
    assert_eq!(clicks.get_untracked(), 1);
    assert_eq!(button.get_attribute("aria-busy").as_deref(), Some("true"));
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert_eq!(button.inner_text(), "Paying…");
    assert_eq!(focused(), *button.as_ref());
}

#[wasm_bindgen_test]
async fn a_field_tells_what_is_wrong_with_it() {
    let (value, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let page = mount(move || {
        view! {
            <TextField
                label="Postal code"
                name="postal-code"
                value
                error
                hint="Five digits"
                on_input=move |text| value.set(text)
            />
        }
    });
    let field = page.role("textbox", "Postal code").unwrap();
    type_into(&field, "9202");
    assert_eq!(value.get_untracked(), "9202");
    error.set(Some("Enter five digits.".to_owned()));
    tick().await;
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described_by = field.get_attribute("aria-describedby").unwrap();
    let words: Vec<_> =
        described_by.split(' ').map(|id| document().get_element_by_id(id).unwrap().text_content()).collect();
    assert_eq!(words, [Some("Enter five digits.".to_owned()), Some("Five digits".to_owned())]);
}

#[wasm_bindgen_test]
async fn a_sheet_takes_the_focus_to_its_title_and_gives_it_back() {
    let is_open = RwSignal::new(false);
    let page = mount(move || {
        view! {
            <Button on_click=move |()| is_open.set(true)>"Open"</Button>
            <Show when=move || is_open.get()>
                <Sheet title="Checkout" close_label="Close" on_close=move |()| is_open.set(false)>
                    "Total"
                </Sheet>
            </Show>
        }
    });
    let opener = page.button("Open").unwrap();
    opener.focus().unwrap();
    opener.click();
    tick().await;
    assert!(page.role("dialog", "Checkout").is_some());
    assert_eq!(focused().text_content().as_deref(), Some("Checkout"));
    page.button("Close").unwrap().click();
    tick().await;
    assert!(page.role("dialog", "Checkout").is_none());
    assert_eq!(focused(), *opener.as_ref());
}

#[wasm_bindgen_test]
async fn a_question_is_answered_by_the_verb_on_the_button() {
    let answer = RwSignal::new("none");
    let page = mount(move || {
        view! {
            <ConfirmDialog
                title="Unsend this message?"
                text="Nobody will see it any more."
                confirm_label="Unsend"
                cancel_label="Keep"
                variant=ButtonVariant::Danger
                on_confirm=move |()| answer.set("unsend")
                on_cancel=move |()| answer.set("keep")
            />
        }
    });
    tick().await;
    page.button("Unsend").unwrap().click();
    assert_eq!(answer.get_untracked(), "unsend");
    page.button("Keep").unwrap().click();
    assert_eq!(answer.get_untracked(), "keep");
}

#[wasm_bindgen_test]
async fn arrows_choose_among_tabs_and_wrap() {
    let selected = RwSignal::new("primary");
    let page = mount(move || {
        let tab = |key, label: &str| Tab { key, label: label.to_owned(), count: None };
        let tabs = Signal::stored(vec![tab("primary", "Primary"), tab("requests", "Requests"), tab("all", "All")]);
        view! { <Tabs label="Inbox" tabs selected panel="list" on_select=move |key| selected.set(key) /> }
    });
    tick().await;
    for (key, then) in [("ArrowRight", "requests"), ("End", "all"), ("ArrowRight", "primary"), ("ArrowLeft", "all")] {
        let tab = page.all("[role=tab][aria-selected=true]").remove(0);
        press(&tab, key);
        tick().await;
        assert_eq!(selected.get_untracked(), then);
        assert_eq!(focused().id(), format!("tab-{then}"));
    }
    assert_eq!(page.all("[role=tab][tabindex='0']").len(), 1);
}

#[wasm_bindgen_test]
async fn a_menu_is_worked_by_arrows_and_closes_on_esc() {
    let chosen = RwSignal::new("none");
    let page = mount(move || {
        let item = move |label: &'static str| MenuItem {
            label: label.to_owned(),
            icon: Some(IconName::Copy),
            danger: false,
            run: Callback::new(move |()| chosen.set(label)),
        };
        view! { <Menu label="More" items=Callback::new(move |()| vec![item("Copy"), item("Edit")]) /> }
    });
    let opener = page.button("More").unwrap();
    opener.click();
    tick().await;
    assert_eq!(focused().text_content().as_deref(), Some("Copy"));
    press(&focused(), "ArrowDown");
    assert_eq!(focused().text_content().as_deref(), Some("Edit"));
    press(&focused(), "ArrowDown");
    assert_eq!(focused().text_content().as_deref(), Some("Copy"));
    press(&focused(), "Escape");
    tick().await;
    assert_eq!(focused(), *opener.as_ref());
    assert!(page.role("menuitem", "Copy").is_none());
    opener.click();
    tick().await;
    page.role("menuitem", "Edit").unwrap().click();
    assert_eq!(chosen.get_untracked(), "Edit");
}

#[wasm_bindgen_test]
async fn a_switch_is_a_switch() {
    let on = RwSignal::new(false);
    let page = mount(move || view! { <Switch label="Dark" checked=on on_change=move |is_on| on.set(is_on) /> });
    let switch = page.all("[role=switch]").remove(0);
    switch.click();
    assert!(on.get_untracked());
}

#[wasm_bindgen_test]
async fn a_toast_can_be_acted_on_and_then_goes() {
    let (toasts, undone) = (RwSignal::new(Vec::<Toast>::new()), RwSignal::new(false));
    let page = mount(move || {
        view! { <ToastRegion toasts on_dismiss=move |key| toasts.update(|all| all.retain(|toast| toast.key != key)) /> }
    });
    let action = ToastAction { label: "Undo".to_owned(), run: Callback::new(move |()| undone.set(true)) };
    toasts.set(vec![Toast { key: 1, text: "Archived".to_owned(), action: Some(action) }]);
    tick().await;
    assert!(page.all("[role=status]").remove(0).text_content().unwrap().contains("Archived"));
    page.button("Undo").unwrap().click();
    tick().await;
    assert!(undone.get_untracked());
    assert!(!page.text().contains("Archived"));
}

#[wasm_bindgen_test]
async fn after_a_panic_a_banner_in_sight_leads_out_by_the_browser_itself() {
    let page = mount(|| view! { <div></div> });
    bottega::app::tell_of_a_panic();
    frames().await;

    let banner = document().query_selector(".panic-banner").unwrap().expect("there is a banner");
    let bottom = banner.get_bounding_client_rect().bottom();
    let height = window().inner_height().unwrap().as_f64().unwrap();
    assert!(bottom <= height && banner.client_height() > 0, "{bottom} of {height}");
    let link = banner.query_selector("a").unwrap().expect("there is a way out");
    assert_eq!(link.get_attribute("rel").as_deref(), Some("external"), "the router leaves it to the browser");
    banner.remove();
    drop(page);
}
