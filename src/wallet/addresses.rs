//! Addresses: propose, remove, add.

use super::change::{Change, Changes};
use crate::checkout::{AddressFields, AddressForm, one_line};
use crate::i18n::t;
use crate::store::use_session;
use crate::ui::{Button, ButtonKind, ButtonSize, ButtonVariant, Chip, ChipTone, Icon, IconName};
use api::client::WalletAct;
use api::wire::{SaveAddress, SavedAddress};
use domain::address::AddressDraft;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// Addresses.
#[component]
pub(super) fn Addresses() -> impl IntoView {
    let session = use_session();
    let adding = RwSignal::new(false);
    let draft = RwSignal::new(AddressDraft::default());
    let form = AddressForm::new(draft.into(), Callback::new(move |typed| draft.set(typed)));
    let done = move |()| {
        adding.set(false);
        draft.set(AddressDraft::default());
    };
    let changes = Changes::new(session, Callback::new(done));
    let addresses = Memo::new(move |_| {
        session.wallet.with(|wallet| wallet.as_ref().map(|wallet| wallet.addresses.clone()).unwrap_or_default())
    });
    let row = move |(index, saved): (usize, SavedAddress)| {
        let id = StoredValue::new(saved.id.to_string());
        let act = move |act: WalletAct| changes.make(Change::Act(id.get_value(), act));
        let first = index == 0;
        let proposed = first.then(|| view! { <Chip tone=ChipTone::Good>{t().wallet_proposed()}</Chip> });
        let propose = (!first).then(|| {
            view! {
                <Button size=ButtonSize::Small pending=changes.pending() on_click=move |()| act(WalletAct::Prefer)>
                    {t().wallet_prefer()}
                </Button>
            }
        });
        view! {
            <li>
                <div class="row">
                    <Icon name=IconName::Home />
                    <div>
                        <p class="value">{saved.address.name.to_string()}</p>
                        <p class="label">{one_line(&saved.address)} " " {saved.address.zip.as_str().to_owned()}</p>
                    </div>
                    {proposed}
                    <span class="acts">
                        {propose}
                        <Button
                            size=ButtonSize::Small
                            variant=ButtonVariant::QuietDanger
                            pending=changes.pending()
                            on_click=move |()| act(WalletAct::Remove)
                        >
                            {t().wallet_remove()}
                        </Button>
                    </span>
                </div>
            </li>
        }
    };
    let rows = move || match addresses.with(Vec::is_empty) {
        true => view! { <p class="muted">{t().wallet_no_addresses()}</p> }.into_any(),
        false => {
            view! { <ul class="rows">{addresses.get().into_iter().enumerate().map(row).collect_view()}</ul> }.into_any()
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !changes.pending().get_untracked() && form.check().is_some() {
            changes.make(Change::Address(SaveAddress { address: draft.get_untracked() }));
        }
    };
    let new = move || match adding.get() {
        true => view! {
            <form novalidate aria-label=t().wallet_add_address() on:submit=submit>
                <AddressFields form />
                <div class="add">
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit pending=changes.pending()>
                        {t().wallet_save()}
                    </Button>
                    <Button on_click=move |()| adding.set(false)>{t().wallet_cancel()}</Button>
                </div>
            </form>
        }
        .into_any(),
        false => view! {
            <div class="add">
                <Button on_click=move |()| adding.set(true)>{t().wallet_add_address()}</Button>
            </div>
        }
        .into_any(),
    };
    view! {
        <section>
            <h2>{t().wallet_addresses()}</h2>
            {rows}
            {new}
            {changes.problem()}
        </section>
    }
}
