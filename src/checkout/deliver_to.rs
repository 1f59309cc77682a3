//! Where it goes: one row, that opens into the saved addresses and a new one.

use super::address_fields::{AddressFields, AddressForm};
use super::choice::To;
use super::fold::{Fold, FoldRow};
use super::pay::Checkout;
use crate::i18n::t;
use crate::ui::IconName;
use api::wire::SavedAddress;
use domain::address::Address;
use leptos::prelude::*;

/// `1180 Neptune Ave, Encinitas, CA`.
pub fn one_line(address: &Address) -> String {
    let second = address.line2.as_ref().map(|line| format!(", {line}")).unwrap_or_default();
    format!("{}{second}, {}, {}", address.line1, address.city, address.state.code())
}

/// Where it goes; the fields themselves while nothing is saved.
#[component]
pub(super) fn DeliverTo(
    /// The checkout.
    checkout: Checkout,
    /// The new address.
    form: AddressForm,
    /// Which row is open.
    open: RwSignal<Option<Fold>>,
) -> impl IntoView {
    let chosen = Memo::new(move |_| match checkout.to() {
        To::Saved(id) => checkout
            .wallet(|wallet| wallet.addresses.iter().find(|saved| saved.id == id).map(|saved| saved.address.clone())),
        To::New => None,
    });
    let label = Signal::derive(move || match chosen.get() {
        Some(address) => t().checkout_deliver_to_whom(address.name.as_str()),
        None => t().checkout_deliver_to().to_owned(),
    });
    let value = Signal::derive(move || match chosen.get() {
        Some(address) => one_line(&address),
        None => t().checkout_new_address().to_owned(),
    });
    let saved = move || {
        let addresses = checkout.wallet(|wallet| wallet.addresses.clone());
        addresses.into_iter().map(|saved| view! { <SavedOne checkout saved /> }).collect_view()
    };
    let is_new = Memo::new(move |_| checkout.to() == To::New);
    view! {
        <FoldRow fold=Fold::Address open icon=IconName::Home label value>
            <fieldset>
                <legend class="sr-only">{t().checkout_deliver_to()}</legend>
                {saved}
                <label class="row compact">
                    <div>
                        <p class="value">{t().checkout_new_address()}</p>
                        <p class="label">{t().checkout_new_address_hint()}</p>
                    </div>
                    <span class="check">
                        <input
                            type="radio"
                            name="address"
                            prop:checked=move || is_new.get()
                            on:change=move |_| checkout.choose(|choice| choice.to = Some(To::New))
                        />
                    </span>
                </label>
            </fieldset>
            <Show when=move || is_new.get()>
                <AddressFields form />
            </Show>
        </FoldRow>
    }
}

/// A saved address to choose.
#[component]
fn SavedOne(
    /// The checkout.
    checkout: Checkout,
    /// Which.
    saved: SavedAddress,
) -> impl IntoView {
    let this = StoredValue::new(To::Saved(saved.id));
    let choose = move |_| checkout.choose(|choice| choice.to = Some(this.get_value()));
    view! {
        <label class="row compact">
            <div>
                <p class="value">{saved.address.name.to_string()}</p>
                <p class="label">{one_line(&saved.address)}</p>
            </div>
            <span class="check">
                <input
                    type="radio"
                    name="address"
                    prop:checked=move || this.with_value(|this| checkout.to() == *this)
                    on:change=choose
                />
            </span>
        </label>
    }
}
