//! The ways of delivery the buyer can choose from; the first is proposed.

use super::Editor;
use super::draft::{Field, Way, WaysFrom};
use crate::format::money;
use crate::i18n::t;
use crate::payment_request::way_fields::{WayFields, WayPart};
use crate::ui::{Icon, IconButton, IconButtonSize, IconName, IconSize, Switch};
use domain::address::{Region, UsState};
use domain::terms::{Delivery, MAX_DELIVERY_OPTIONS};
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
            let days = "3–5".to_owned();
            draft.ways.push(Way { key, name: String::new(), price: String::new(), days, region: None });
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
    let is_defined = Memo::new(move |_| editor.draft.with(|draft| matches!(draft.ways_from, WaysFrom::Selling(_))));
    view! { class=class,
        <fieldset class="request-ways">
            <legend>{t().editor_delivery()}</legend>
            <Show when=move || is_defined.get() && !is_digital.get()>
                <Defined editor />
            </Show>
            <Show when=move || !is_defined.get() && !is_digital.get()>
                <For each=move || keys.get() key=|key| *key let:key>
                    <WayRow editor key />
                </For>
                {more}
                <FetchedHere editor />
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

/// `CA, OR`.
fn codes(region: &Region) -> String {
    region.states().map(UsState::code).collect::<Vec<_>>().join(", ")
}

/// `Ground · $20.50 · CA, OR`.
fn in_short(delivery: &Delivery) -> String {
    match delivery {
        Delivery::Parcel { name, price, region, .. } => {
            let price = if price.is_zero() { t().checkout_free().to_owned() } else { money(*price) };
            let parts = [Some(name.to_string()), Some(price), region.as_ref().map(codes)];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
        Delivery::Pickup { at } => t().checkout_pick_up(at.place.as_str()),
        Delivery::Digital => t().checkout_digital().to_owned(),
    }
}

/// What the seller has defined and fits these items.
#[component]
fn Defined(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let offered = Memo::new(move |_| editor.draft.with(|draft| draft.offered(editor.currency())));
    let ways = move || offered.get().iter().map(|way| view! { <li>{in_short(way)}</li> }).collect_view();
    let none =
        move || offered.with(Vec::is_empty).then(|| view! { <p class="muted fine">{t().editor_no_way_fits()}</p> });
    let write = move |_| editor.change(|draft| draft.write_ways(editor.currency()));
    view! {
        <ul aria-label=t().editor_delivery()>{ways}</ul>
        {none}
        <button class="link" type="button" on:click=write>
            <Icon name=IconName::Edit size=IconSize::Tiny />
            {t().editor_write_ways()}
        </button>
    }
}

/// That the buyer can fetch it, and how not to offer that here.
#[component]
fn FetchedHere(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let place = Memo::new(move |_| {
        editor.draft.with(|draft| draft.pickup.as_ref().map(|at| t().checkout_pick_up(at.place.as_str())))
    });
    let remove = move |_| editor.change(|draft| draft.pickup = None);
    move || {
        place.get().map(|place| {
            view! {
                <p>
                    {place.clone()} " "
                    <button class="link" type="button" on:click=remove>
                        {t().editor_remove_way(&place)}
                    </button>
                </p>
            }
        })
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
    let field = move |part: WayPart| match part {
        WayPart::Name => Field::WayName(key),
        WayPart::Price => Field::WayPrice(key),
        WayPart::Days => Field::WayDays(key),
    };
    let read = move |part: WayPart| {
        editor.draft.with(|draft| {
            let way = draft.ways.iter().find(|way| way.key == key);
            way.map(|way| way.part(part).clone()).unwrap_or_default()
        })
    };
    let write = move |part: WayPart, text: String| {
        editor.change(|draft| {
            if let Some(way) = draft.ways.iter_mut().find(|way| way.key == key) {
                *way.part_mut(part) = text;
            }
        });
    };
    let region = Memo::new(move |_| {
        let way =
            |draft: &super::draft::Draft| draft.ways.iter().find(|way| way.key == key)?.region.as_ref().map(codes);
        editor.draft.with(way)
    });
    let is_only =
        Memo::new(move |_| editor.draft.with(|draft| draft.ways.len() + usize::from(draft.pickup.is_some()) < 2));
    let remove = move |()| editor.change(|draft| draft.ways.retain(|way| way.key != key));
    view! {
        <div class="way">
            <WayFields
                names=["delivery-name", "delivery-price", "delivery-days"]
                read
                write
                error=move |part| editor.error(field(part))
                leave=move |part| editor.leave(field(part))
            />
            {move || region.get().map(|states| view! { <p class="muted fine">{t().editor_way_only(&states)}</p> })}
            <Show when=move || !is_only.get()>
                <IconButton
                    icon=IconName::Trash
                    size=IconButtonSize::Small
                    label=Signal::derive(move || t().editor_remove_way(&read(WayPart::Name)))
                    on_click=remove
                />
            </Show>
        </div>
    }
}
