//! Ways to pay: propose, remove, add; and, apart and marked, the test methods.

use super::change::{Change, Changes};
use super::method::{ALL_TESTS, kind_name, mark, saved_name, test_name};
use super::uses::Uses;
use crate::i18n::t;
use crate::store::use_session;
use crate::ui::{Button, ButtonSize, ButtonVariant, Chip, ChipTone, ConfirmDialog};
use api::client::WalletAct;
use api::wire::{SaveMethod, SavedMethod, TestBehaviour};
use domain::payment::MethodKind;
use leptos::prelude::*;

/// Ways to pay.
#[component]
pub(super) fn Methods() -> impl IntoView {
    let session = use_session();
    let removing = RwSignal::new(None::<SavedMethod>);
    let changes = Changes::new(session, Callback::new(move |()| removing.set(None)));
    let methods = Memo::new(move |_| {
        session.wallet.with(|wallet| wallet.as_ref().map(|wallet| wallet.methods.clone()).unwrap_or_default())
    });
    let offers = Memo::new(move |_| {
        session.wallet.with(|wallet| wallet.as_ref().map(|wallet| wallet.offers.clone()).unwrap_or_default())
    });
    let is_demo = session.is_demo();
    let row = move |(index, method): (usize, SavedMethod)| {
        let test = method.test.filter(|_| is_demo).map(|test| view! { <p class="label">{test_name(test)}</p> });
        let first = index == 0;
        let uses = view! { <Uses method=method.clone() /> };
        let prefer = {
            let id = method.id.to_string();
            move |()| changes.make(Change::Act(id.clone(), WalletAct::Prefer))
        };
        let kind = method.kind;
        // The name of an account is long: it stands beneath, not after a dot at the end of a line.
        let (name, account) = match (kind, &method.hint) {
            (MethodKind::PayPal, Some(hint)) => (kind_name(kind).to_owned(), Some(hint.to_string())),
            (MethodKind::PayPal | MethodKind::MetaPay | MethodKind::Card, _) => (saved_name(&method), None),
        };
        let account = account.map(|account| view! { <p class="label">{account}</p> });
        let proposed = first.then(|| view! { <Chip tone=ChipTone::Good>{t().wallet_proposed()}</Chip> });
        let propose = (!first).then(|| {
            view! {
                <Button size=ButtonSize::Small pending=changes.pending() on_click=prefer>
                    {t().wallet_prefer()}
                </Button>
            }
        });
        view! {
            <li>
                <div class="row">
                    <img class="pay-mark" src=mark(kind) alt="" />
                    <div>
                        <p class="value">{name}</p>
                        {account}
                        {test}
                    </div>
                    {proposed}
                    <span class="acts">
                        {propose}
                        <Button
                            size=ButtonSize::Small
                            variant=ButtonVariant::QuietDanger
                            on_click=move |()| removing.set(Some(method.clone()))
                        >
                            {t().wallet_remove()}
                        </Button>
                    </span>
                </div>
                {uses}
            </li>
        }
    };
    let rows = move || match methods.with(Vec::is_empty) {
        true => view! { <p class="muted">{t().wallet_no_methods()}</p> }.into_any(),
        false => {
            view! { <ul class="rows">{methods.get().into_iter().enumerate().map(row).collect_view()}</ul> }.into_any()
        }
    };
    let add = move |kind: MethodKind| {
        let save = move |()| changes.make(Change::Method(SaveMethod { kind, test: None, keep: false }));
        view! {
            <Button pending=changes.pending() on_click=save>
                {match kind {
                    MethodKind::Card => t().wallet_add_card().to_owned(),
                    MethodKind::MetaPay | MethodKind::PayPal => t().wallet_add(kind_name(kind)),
                }}
            </Button>
        }
    };
    let test = move |(kind, test): (MethodKind, TestBehaviour)| {
        let save = move |()| changes.make(Change::Method(SaveMethod { kind, test: Some(test), keep: false }));
        view! {
            <li>
                <div class="row compact">
                    <img class="pay-mark" src=mark(kind) alt="" />
                    <div>
                        <p class="value">{test_name(test)}</p>
                    </div>
                    <Button size=ButtonSize::Small pending=changes.pending() on_click=save>
                        {t().wallet_add_test()}
                    </Button>
                </div>
            </li>
        }
    };
    let has_tests = Memo::new(move |_| {
        is_demo && !session.wallet.with(|wallet| wallet.as_ref().is_some_and(|wallet| wallet.keeps))
    });
    let tests = move || {
        has_tests.get().then(|| {
            view! {
                <details class="tests">
                    <summary>
                        <b>{t().checkout_test_methods()}</b>
                        " "
                        <Chip tone=ChipTone::Warn>{t().checkout_test()}</Chip>
                        <p class="hint">{t().checkout_test_methods_hint()}</p>
                    </summary>
                    <ul class="rows">{ALL_TESTS.into_iter().map(test).collect_view()}</ul>
                </details>
            }
        })
    };
    let dialog = move || {
        removing.get().map(|method| {
            let id = method.id.to_string();
            view! {
                <ConfirmDialog
                    title=t().wallet_remove_title(&saved_name(&method))
                    text=t().wallet_remove_method_text().to_owned()
                    confirm_label=t().wallet_remove()
                    cancel_label=t().wallet_keep()
                    pending=changes.pending()
                    on_confirm=move |()| changes.make(Change::Act(id.clone(), WalletAct::Remove))
                    on_cancel=move |()| removing.set(None)
                />
            }
        })
    };
    view! {
        <section>
            <h2>{t().wallet_methods()}</h2>
            {rows}
            <div class="add">{move || offers.get().into_iter().map(add).collect_view()}</div>
            <p class="hint">{t().wallet_tokens()}</p>
            {tests}
            {changes.problem()}
        </section>
        {dialog}
    }
}
