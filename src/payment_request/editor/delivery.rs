//! The ways of delivery the buyer can choose from; the first is proposed.

use super::Editor;
use super::draft::{Field, Way};
use crate::i18n::t;
use crate::ui::{Icon, IconButton, IconButtonSize, IconName, IconSize, Switch, TextField};
use domain::terms::MAX_DELIVERY_OPTIONS;
use leptos::prelude::*;
use stylers::style_sheet;

/// The ways of delivery, or that nothing is shipped.
#[component]
pub(super) fn Ways(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let class = style_sheet!("src/payment_request/editor/delivery.css");
    let keys = Memo::new(move |_| editor.draft.with(|draft| draft.ways.iter().map(|way| way.key).collect::<Vec<_>>()));
    let is_digital = Memo::new(move |_| editor.draft.with(|draft| draft.digital));
    let wrong = editor.error(Field::Ways);
    let add = move |_| {
        editor.change(|draft| {
            let key = draft.new_key();
            draft.ways.push(Way { key, name: String::new(), price: String::new(), days: "3–5".to_owned() });
        });
    };
    let more = move || {
        (keys.with(Vec::len) < MAX_DELIVERY_OPTIONS).then(|| {
            view! {
                <button class="link" type="button" on:click=add>
                    <Icon name=IconName::Plus size=IconSize::Tiny />
                    {t().editor_add_way()}
                </button>
            }
        })
    };
    view! { class=class,
        <fieldset class="request-ways">
            <legend>{t().editor_delivery()}</legend>
            <Show when=move || !is_digital.get()>
                <For each=move || keys.get() key=|key| *key let:key>
                    <WayRow editor key />
                </For>
                {more}
            </Show>
            <Switch
                label=t().editor_digital().to_owned()
                checked=is_digital
                on_change=move |digital: bool| editor.change(|draft| draft.digital = digital)
            />
            {move || wrong.get().map(|wrong| view! { <p class="error">{wrong}</p> })}
        </fieldset>
    }
}

/// One way of delivery.
#[component]
fn WayRow(
    /// The editor.
    editor: Editor,
    /// Which.
    key: u32,
) -> impl IntoView {
    let read = move |read: fn(&Way) -> &String| {
        editor.draft.with(|draft| draft.ways.iter().find(|way| way.key == key).map(read).cloned().unwrap_or_default())
    };
    let change = move |field: fn(&mut Way) -> &mut String, text: String| {
        editor.change(|draft| {
            if let Some(way) = draft.ways.iter_mut().find(|way| way.key == key) {
                *field(way) = text;
            }
        });
    };
    let is_only = Memo::new(move |_| editor.draft.with(|draft| draft.ways.len() < 2));
    let remove = move |()| editor.change(|draft| draft.ways.retain(|way| way.key != key));
    view! {
        <div class="way">
            <TextField
                label=t().editor_way().to_owned()
                name="delivery-name"
                value=Signal::derive(move || read(|way| &way.name))
                on_input=move |text: String| change(|way| &mut way.name, text)
                on_blur=move |()| editor.leave(Field::WayName(key))
                error=editor.error(Field::WayName(key))
                max_length=120u32
            />
            <TextField
                label=t().editor_way_price().to_owned()
                name="delivery-price"
                inputmode="decimal"
                value=Signal::derive(move || read(|way| &way.price))
                on_input=move |text: String| change(|way| &mut way.price, text)
                on_blur=move |()| editor.leave(Field::WayPrice(key))
                error=editor.error(Field::WayPrice(key))
            />
            <TextField
                label=t().editor_way_days().to_owned()
                name="delivery-days"
                value=Signal::derive(move || read(|way| &way.days))
                on_input=move |text: String| change(|way| &mut way.days, text)
                on_blur=move |()| editor.leave(Field::WayDays(key))
                error=editor.error(Field::WayDays(key))
            />
            <Show when=move || !is_only.get()>
                <IconButton
                    icon=IconName::Trash
                    size=IconButtonSize::Small
                    label=Signal::derive(move || t().editor_remove_way(&read(|way| &way.name)))
                    on_click=remove
                />
            </Show>
        </div>
    }
}
