//! How it travels: one row, that opens into the ways the seller offers; the total follows.

use super::fold::{Fold, FoldRow};
use super::pay::Checkout;
use super::promises::Promises;
use crate::format::{day, money};
use crate::i18n::t;
use crate::ui::{Icon, IconName};
use domain::terms::Delivery;
use leptos::prelude::*;

fn price(delivery: &Delivery) -> Option<String> {
    match delivery {
        Delivery::Parcel { price, .. } if price.is_zero() => Some(t().checkout_free().to_owned()),
        Delivery::Parcel { price, .. } => Some(money(*price)),
        Delivery::Pickup { .. } => Some(t().checkout_free().to_owned()),
        Delivery::Digital => None,
    }
}

/// `Ground · by Fri 5 Dec · $20.50`.
fn line(checkout: Checkout, delivery: &Delivery) -> String {
    let name = match delivery {
        Delivery::Parcel { name, .. } => name.to_string(),
        Delivery::Pickup { at } => t().checkout_pick_up(at.place.as_str()),
        Delivery::Digital => return t().checkout_digital().to_owned(),
    };
    let market = checkout.cell.state.with(|state| state.market());
    let by = market.and_then(|market| Promises::of(market, checkout.session.now.get()).arrives_by(market, delivery));
    let by = by.map(|by| t().checkout_by(&day(by)));
    [Some(name), by, price(delivery)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn days(delivery: &Delivery) -> Option<String> {
    match delivery {
        Delivery::Parcel { days: (fewest, most), .. } if fewest == most => {
            Some(t().checkout_days_exactly(&most.to_string()))
        }
        Delivery::Parcel { days: (fewest, most), .. } => {
            Some(t().checkout_days(&fewest.to_string(), &most.to_string()))
        }
        Delivery::Pickup { at } => at.when.as_ref().map(ToString::to_string),
        Delivery::Digital => None,
    }
}

/// Why a way cannot be chosen for the address.
fn obstacle(checkout: Checkout, option: usize) -> Option<String> {
    let state = checkout.state().filter(|_| !checkout.goes_there(option))?;
    Some(t().checkout_not_there(state.name()))
}

/// How it travels. With one way only there is nothing to open.
#[component]
pub(super) fn DeliveryRow(
    /// The checkout.
    checkout: Checkout,
    /// Which row is open.
    open: RwSignal<Option<Fold>>,
) -> impl IntoView {
    let offered = Memo::new(move |_| checkout.request.with(|request| request.current().terms.delivery().to_vec()));
    let value = Memo::new(move |_| {
        let option = checkout.delivery();
        offered.with(|offered| offered.get(option).map(|delivery| line(checkout, delivery)).unwrap_or_default())
    });
    let option = move |index: usize, delivery: &Delivery| {
        let days = days(delivery);
        let obstacle = Memo::new(move |_| obstacle(checkout, index));
        view! {
            <label class="row compact">
                <div>
                    <p class="value">{line(checkout, delivery)}</p>
                    <p class="label">{move || obstacle.get().or_else(|| days.clone())}</p>
                </div>
                <span class="check">
                    <input
                        type="radio"
                        name="delivery"
                        disabled=move || obstacle.get().is_some()
                        prop:checked=move || checkout.delivery() == index
                        on:change=move |_| checkout.choose(|choice| choice.delivery = index)
                    />
                </span>
            </label>
        }
    };
    move || match offered.with(Vec::len) {
        0 | 1 => view! {
            <li>
                <div class="row">
                    <Icon name=IconName::Truck />
                    <div>
                        <p class="label">{t().checkout_delivery()}</p>
                        <p class="value">{move || value.get()}</p>
                    </div>
                </div>
            </li>
        }
        .into_any(),
        _several => {
            // The days are told once; a clock that moves does not redraw what is being chosen from.
            let options = untrack(|| {
                offered.with(|offered| offered.iter().enumerate().map(|(at, one)| option(at, one)).collect_view())
            });
            view! {
                <FoldRow
                    fold=Fold::Delivery
                    open
                    icon=IconName::Truck
                    label=Signal::stored(t().checkout_delivery().to_owned())
                    value=Signal::from(value)
                >
                    <fieldset>
                        <legend class="sr-only">{t().checkout_delivery()}</legend>
                        {options}
                    </fieldset>
                </FoldRow>
            }
            .into_any()
        }
    }
}
