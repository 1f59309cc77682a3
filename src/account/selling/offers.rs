//! The ways of sending that a seller defines.

use super::Editing;
use super::form::{Field, Offer};
use crate::i18n::t;
use crate::payment_request::{WayFields, WayPart};
use crate::ui::{Icon, IconName, IconSize, TextField};
use domain::selling::MAX_OFFERS;
use leptos::prelude::*;

/// The ways of sending.
#[component]
pub(super) fn Offers(
    /// What is being written.
    editing: Editing,
) -> impl IntoView {
    let keys =
        Memo::new(move |_| editing.form.with(|form| form.offers.iter().map(|offer| offer.key).collect::<Vec<_>>()));
    let add = move || {
        (keys.with(Vec::len) < MAX_OFFERS).then(|| {
            view! {
                <button class="link" type="button" on:click=move |_| editing.form.update(super::form::Form::add_offer)>
                    <Icon name=IconName::Plus size=IconSize::Tiny />
                    {t().editor_add_way()}
                </button>
            }
        })
    };
    let wrong = editing.error(Field::Offers);
    view! {
        <fieldset>
            <legend>{t().selling_ways()}</legend>
            <For each=move || keys.get() key=|key| *key let:key>
                <OfferFields editing key />
            </For>
            {add}
            {move || wrong.get().map(|wrong| view! { <p class="error">{wrong}</p> })}
        </fieldset>
    }
}

/// One way of sending.
#[component]
fn OfferFields(
    /// What is being written.
    editing: Editing,
    /// Which.
    key: u32,
) -> impl IntoView {
    let read = move |read: fn(&Offer) -> &String| {
        Signal::derive(move || {
            editing
                .form
                .with(|form| form.offers.iter().find(|offer| offer.key == key).map(read).cloned().unwrap_or_default())
        })
    };
    let write = move |field: fn(&mut Offer) -> &mut String| {
        move |text: String| {
            editing.form.update(|form| {
                if let Some(offer) = form.offers.iter_mut().find(|offer| offer.key == key) {
                    *field(offer) = text;
                }
            });
        }
    };
    let field = move |part: WayPart| match part {
        WayPart::Name => Field::Name(key),
        WayPart::Price => Field::Price(key),
        WayPart::Days => Field::Days(key),
    };
    let part = move |part: WayPart| {
        editing.form.with(|form| {
            let offer = form.offers.iter().find(|offer| offer.key == key);
            offer.map(|offer| offer.part(part).clone()).unwrap_or_default()
        })
    };
    let write_part = move |part: WayPart, text: String| {
        editing.form.update(|form| {
            if let Some(offer) = form.offers.iter_mut().find(|offer| offer.key == key) {
                *offer.part_mut(part) = text;
            }
        });
    };
    let name = read(|offer| &offer.name);
    let remove = move |_| editing.form.update(|form| form.offers.retain(|offer| offer.key != key));
    view! {
        <div class="offer" role="group" aria-label=move || name.get()>
            <fieldset>
                <legend>{t().selling_costs()}</legend>
                <WayFields
                    names=["offer-name", "offer-price", "offer-days"]
                    read=part
                    write=write_part
                    error=move |part| editing.error(field(part))
                />
                <TextField
                    label=t().selling_free_from().to_owned()
                    name="offer-free-from"
                    inputmode="decimal"
                    value=read(|offer| &offer.free_from)
                    on_input=write(|offer| &mut offer.free_from)
                    error=editing.error(Field::FreeFrom(key))
                />
            </fieldset>
            <fieldset>
                <legend>{t().selling_where()}</legend>
                <TextField
                    label=t().selling_region().to_owned()
                    name="offer-states"
                    value=read(|offer| &offer.states)
                    on_input=write(|offer| &mut offer.states)
                    error=editing.error(Field::States(key))
                />
                <TextField
                    label=t().selling_lightest().to_owned()
                    name="offer-lightest"
                    inputmode="numeric"
                    value=read(|offer| &offer.lightest)
                    on_input=write(|offer| &mut offer.lightest)
                    error=editing.error(Field::Weight(key))
                />
                <TextField
                    label=t().selling_heaviest().to_owned()
                    name="offer-heaviest"
                    inputmode="numeric"
                    value=read(|offer| &offer.heaviest)
                    on_input=write(|offer| &mut offer.heaviest)
                />
            </fieldset>
            <button class="link" type="button" on:click=remove>
                {move || t().editor_remove_way(&name.get())}
            </button>
        </div>
    }
}

crate::words! {
    selling_ways "Ways of sending" "Tipi di spedizione";
    selling_costs "What it costs" "Quanto costa";
    selling_where "Where and for what" "Dove e per che cosa";
    selling_free_from "Free from, in goods" "Gratis da, in merce";
    selling_region "Only to these states" "Solo in questi stati";
    selling_lightest "From grams" "Da grammi";
    selling_heaviest "To grams" "A grammi";
    selling_weight_bad "Give both weights in whole grams, the lighter first, or neither." "Indica entrambi i pesi in grammi interi, prima il minore, o nessuno.";
    selling_too_many "These are too many ways of sending." "I tipi di spedizione sono troppi.";
}
