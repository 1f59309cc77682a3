//! The items of a request: from the catalogue or free, how many, at what price.

use super::Editor;
use super::draft::{Field, Line};
use crate::format::money;
use crate::i18n::t;
use crate::payment_request::stepper::Stepper;
use crate::ui::{Choice, Icon, IconName, IconSize, Select, TextField};
use api::wire::Product;
use domain::money::Money;
use domain::picture::SitePath;
use domain::thing::ThingKind;
use leptos::prelude::*;
use stylers::style_sheet;

/// The items, and how to add one.
#[component]
pub(super) fn Lines(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let class = style_sheet!("src/payment_request/editor/lines.css");
    let keys =
        Memo::new(move |_| editor.draft.with(|draft| draft.lines.iter().map(|line| line.key).collect::<Vec<_>>()));
    let picks = RwSignal::new(false);
    let open = RwSignal::new(None::<u32>);
    let add = move |_| match editor.products.with_untracked(Vec::is_empty) {
        true => add_free(editor, open),
        false => picks.update(|picks| *picks = !*picks),
    };
    let picker = move || picks.get().then(|| view! { <Picker editor open picks /> });
    let wrong = editor.error(Field::Items);
    view! { class=class,
        <div class="request-lines">
            <ul class="rows" aria-label=t().editor_items()>
                <For each=move || keys.get() key=|key| *key let:key>
                    <LineRow editor key open />
                </For>
                <li class="add">
                    <button class="link" type="button" aria-expanded=move || picks.get().to_string() on:click=add>
                        <Icon name=IconName::Plus size=IconSize::Tiny />
                        {t().editor_add_item()}
                    </button>
                </li>
            </ul>
            {picker}
            {move || wrong.get().map(|wrong| view! { <p class="error">{wrong}</p> })}
        </div>
    }
}

fn add_free(editor: Editor, open: RwSignal<Option<u32>>) {
    editor.change(|draft| {
        let key = draft.new_key();
        draft.lines.push(Line::free(key));
        open.set(Some(key));
    });
}

fn picture(address: Option<SitePath>) -> impl IntoView {
    match address {
        Some(path) => view! { <img class="thumb s40" src=path.to_string() alt="" decoding="async" /> }.into_any(),
        None => view! {
            <span class="thumb s40 none">
                <Icon name=IconName::Tag size=IconSize::Small />
            </span>
        }
        .into_any(),
    }
}

/// The catalogue, to add from.
#[component]
fn Picker(
    /// The editor.
    editor: Editor,
    /// The line whose fields are open.
    open: RwSignal<Option<u32>>,
    /// Whether this is shown.
    picks: RwSignal<bool>,
) -> impl IntoView {
    let product = move |product: Product| {
        let stock = product.stock.map(|stock| format!(" · {}", t().editor_stock(&stock.to_string())));
        let (address, name) = (product.picture.clone(), product.name.to_string());
        let price = money(product.price);
        let add = move |_| {
            editor.change(|draft| draft.add(&product));
            picks.set(false);
        };
        view! {
            <li>
                <button class="row compact" type="button" on:click=add>
                    {picture(address)}
                    <div>
                        <p class="value">{name}</p>
                        <p class="label num">{price} {stock}</p>
                    </div>
                    <Icon name=IconName::Plus size=IconSize::Tiny />
                </button>
            </li>
        }
    };
    let free = move |_| {
        picks.set(false);
        add_free(editor, open);
    };
    view! {
        <ul class="rows picker" aria-label=t().editor_catalogue()>
            {move || editor.products.get().into_iter().map(product).collect_view()}
            <li>
                <button class="row compact" type="button" on:click=free>
                    <Icon name=IconName::Edit />
                    <div>
                        <p class="value">{t().editor_free_item()}</p>
                    </div>
                </button>
            </li>
        </ul>
    }
}

/// One item: what it is, how many, what they cost; its fields open in place.
#[component]
fn LineRow(
    /// The editor.
    editor: Editor,
    /// Which line.
    key: u32,
    /// The line whose fields are open.
    open: RwSignal<Option<u32>>,
) -> impl IntoView {
    let line = Memo::new(move |_| {
        let line = editor.draft.with(|draft| draft.lines.iter().find(|line| line.key == key).cloned());
        line.unwrap_or_else(|| Line::free(key))
    });
    let change = move |change: &dyn Fn(&mut Line)| {
        editor.change(|draft| {
            if let Some(line) = draft.lines.iter_mut().find(|line| line.key == key) {
                change(line);
            }
        });
    };
    let name = move || match line.with(|line| line.name.clone()) {
        empty if empty.trim().is_empty() => t().editor_unnamed().to_owned(),
        name => name,
    };
    let price = move || {
        let price = line.with(|line| Money::parse_decimal(&line.price, editor.currency()).ok());
        price.map(|price| t().editor_each(&money(price)))
    };
    let total = move || line.with(|line| line.total(editor.currency())).map_or_else(|| "—".to_owned(), money);
    let (name_error, price_error) = (editor.error(Field::Name(key)), editor.error(Field::Price(key)));
    let quantity_error = editor.error(Field::Quantity(key));
    let weight_error = editor.error(Field::Weight(key));
    let is_wrong = move || [name_error, price_error, weight_error].iter().any(|error| error.with(Option::is_some));
    let is_open = move || open.get() == Some(key) || is_wrong();
    let toggle = move |_| open.set(if open.get_untracked() == Some(key) { None } else { Some(key) });
    let remove = move |_| editor.change(|draft| draft.lines.retain(|line| line.key != key));
    let weight = move || {
        // What is in the catalogue is weighed there.
        line.with(|line| line.product.is_none()).then(|| {
            view! {
                <TextField
                    label=t().editor_weight().to_owned()
                    name="item-weight"
                    inputmode="numeric"
                    value=Signal::derive(move || line.with(|line| line.grams.clone()))
                    on_input=move |text: String| change(&|line| line.grams.clone_from(&text))
                    on_blur=move |()| editor.leave(Field::Weight(key))
                    error=weight_error
                />
            }
        })
    };
    let owned = move || {
        let choices = OWNED.map(|(name, kind)| Choice { value: name.to_owned(), label: owned_words(kind).to_owned() });
        let value =
            move || line.with(|line| OWNED.into_iter().find(|(_, kind)| *kind == line.thing)).map(|(name, _)| name);
        let choose = move |name: String| {
            let chosen = OWNED.into_iter().find(|(known, _)| *known == name).and_then(|(_, kind)| kind);
            change(&|line| line.thing = chosen);
            // What is owned is handed over: nothing is sent.
            editor.change(|draft| draft.digital |= chosen.is_some());
        };
        view! {
            <Select
                label=t().editor_owned().to_owned()
                name="item-owned"
                choices=Signal::stored(choices.to_vec())
                value=Signal::derive(move || value().unwrap_or_default().to_owned())
                on_change=choose
            />
        }
    };
    let fields = move || {
        is_open().then(|| {
            view! {
                <div class="fields">
                    <TextField
                        label=t().editor_name().to_owned()
                        name="item-name"
                        value=Signal::derive(move || line.with(|line| line.name.clone()))
                        on_input=move |text: String| change(&|line| line.name.clone_from(&text))
                        on_blur=move |()| editor.leave(Field::Name(key))
                        error=name_error
                        max_length=60u32
                    />
                    <TextField
                        label=t().editor_price().to_owned()
                        name="item-price"
                        inputmode="decimal"
                        value=Signal::derive(move || line.with(|line| line.price.clone()))
                        on_input=move |text: String| change(&|line| line.price.clone_from(&text))
                        on_blur=move |()| editor.leave(Field::Price(key))
                        error=price_error
                    />
                    {weight}
                    {owned()}
                    <button class="link danger" type="button" on:click=remove>
                        <Icon name=IconName::Trash size=IconSize::Tiny />
                        {t().editor_remove()}
                    </button>
                </div>
            }
        })
    };
    view! {
        <li>
            <div class="line">
                <button
                    class="what"
                    type="button"
                    aria-expanded=move || is_open().to_string()
                    title=move || t().editor_change_item(&name())
                    on:click=toggle
                >
                    {move || picture(line.with(|line| line.picture.clone()))}
                    <span>
                        <b dir="auto">{name}</b>
                        <span class="muted fine">{price}</span>
                    </span>
                </button>
                <Stepper
                    label=Signal::derive(move || t().editor_quantity_of(&name()))
                    value=Signal::derive(move || line.with(|line| line.quantity))
                    on_change=move |quantity: u32| change(&|line| line.quantity = quantity)
                />
                <span class="num">{total}</span>
            </div>
            {move || quantity_error.get().map(|wrong| view! { <p class="error">{wrong}</p> })}
            {fields}
        </li>
    }
}

/// What a buyer can own of an item, by what it is called in the form.
const OWNED: [(&str, Option<ThingKind>); 3] =
    [("nothing", None), ("ticket", Some(ThingKind::Ticket)), ("licence", Some(ThingKind::LicenceKey))];

fn owned_words(kind: Option<ThingKind>) -> &'static str {
    match kind {
        None => t().editor_owned_nothing(),
        Some(ThingKind::Ticket) => t().editor_owned_ticket(),
        Some(ThingKind::LicenceKey) => t().editor_owned_licence(),
    }
}
