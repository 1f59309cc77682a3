//! Choosing pieces of an order's lines: for a parcel, or for a refund.

use crate::i18n::t;
use crate::ui::{Icon, IconName, IconSize};
use domain::order::{Order, Packed};
use leptos::prelude::*;
use stylers::style_sheet;

/// How many pieces of each line are chosen, out of how many. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Quantities {
    /// What can be chosen.
    of: StoredValue<Vec<Packed>>,
    chosen: RwSignal<Vec<u32>>,
}

impl Quantities {
    /// All of `of` chosen.
    pub fn all(of: Vec<Packed>) -> Self {
        let chosen = of.iter().map(|packed| packed.quantity).collect();
        Self { of: StoredValue::new(of), chosen: RwSignal::new(chosen) }
    }

    /// None of `of` chosen.
    pub fn none(of: Vec<Packed>) -> Self {
        let chosen = vec![0; of.len()];
        Self { of: StoredValue::new(of), chosen: RwSignal::new(chosen) }
    }

    /// What is chosen.
    pub fn packed(&self) -> Vec<Packed> {
        let chosen = self.chosen.read();
        self.of.with_value(|of| {
            let pieces = of.iter().zip(chosen.iter());
            pieces
                .filter(|(_, quantity)| **quantity > 0)
                .map(|(of, quantity)| Packed { quantity: *quantity, ..*of })
                .collect()
        })
    }

    fn get(&self, index: usize) -> u32 {
        self.chosen.read().get(index).copied().unwrap_or_default()
    }

    fn set(&self, index: usize, quantity: u32) {
        let most = self.of.with_value(|of| of.get(index).map_or(0, |packed| packed.quantity));
        self.chosen.update(|chosen| {
            if let Some(chosen) = chosen.get_mut(index) {
                *chosen = quantity.min(most);
            }
        });
    }
}

/// Lines with a checkbox, and a stepper where there are several pieces.
#[component]
pub(crate) fn QuantityList(
    /// What they are chosen for.
    label: &'static str,
    /// The order whose lines they are.
    order: Order,
    /// What is chosen.
    quantities: Quantities,
    /// Says what becomes of the chosen pieces of a line, out of how many.
    #[prop(into)]
    says: Callback<(u32, u32), String>,
) -> impl IntoView {
    let class = style_sheet!("src/order/quantities.css");
    let Order { terms, .. } = order;
    let line = |(index, packed): (usize, Packed)| {
        let item = terms.items().get(packed.line);
        let name = item.map(|item| item.name.to_string()).unwrap_or_default();
        let picture = item.and_then(|item| item.picture.as_ref()).map(ToString::to_string);
        let chosen = move || quantities.get(index);
        let most = packed.quantity;
        let toggle = move |event| quantities.set(index, if event_target_checked(&event) { most } else { 0 });
        let stepper = (most > 1).then(|| stepper(quantities, index, most, &name));
        view! {
            <li>
                <label>
                    <span class="check">
                        <input type="checkbox" prop:checked=move || chosen() != 0 on:change=toggle />
                    </span>
                    {picture.map(|picture| view! { <img class="thumb s40" src=picture alt="" loading="lazy" /> })}
                    <span>
                        <b>{name}</b>
                        <span class="muted fine">{move || says.run((chosen(), most))}</span>
                    </span>
                </label>
                {stepper}
            </li>
        }
    };
    let lines = quantities.of.with_value(|of| of.iter().copied().enumerate().map(line).collect_view());
    view! { class=class,
        <ul class="quantities rows" aria-label=label>
            {lines}
        </ul>
    }
}

fn stepper(quantities: Quantities, index: usize, most: u32, name: &str) -> impl IntoView + use<> {
    let chosen = move || quantities.get(index);
    let (fewer, more) = (t().order_fewer(name), t().order_more(name));
    view! {
        <div class="stepper">
            <button
                type="button"
                aria-label=fewer
                disabled=move || chosen() == 0
                on:click=move |_| quantities.set(index, chosen().saturating_sub(1))
            >
                <Icon name=IconName::Minus size=IconSize::Tiny />
            </button>
            <output aria-live="polite">{chosen}</output>
            <button
                type="button"
                aria-label=more
                disabled=move || chosen() == most
                on:click=move |_| quantities.set(index, chosen() + 1)
            >
                <Icon name=IconName::Plus size=IconSize::Tiny />
            </button>
        </div>
    }
}

crate::words! {
    order_fewer(item) "One fewer: {item}" "Uno in meno: {item}";
    order_more(item) "One more: {item}" "Uno in più: {item}";
}
