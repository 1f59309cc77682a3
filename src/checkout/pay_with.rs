//! What is paid with: saved methods, new ones, and, apart and marked, the test methods.

use super::choice::Means;
use super::fold::{Fold, FoldRow};
use super::pay::Checkout;
use crate::i18n::t;
use crate::ui::{Chip, ChipTone};
use crate::wallet::method::{ALL_TESTS, kind_name, mark, saved_name, test_name};
use api::wire::ConfirmationKind;
use domain::payment::MethodKind;
use leptos::prelude::*;

fn hint(kind: MethodKind) -> &'static str {
    match kind {
        MethodKind::MetaPay => t().checkout_meta_pay_hint(),
        MethodKind::PayPal => t().checkout_paypal_hint(),
        MethodKind::Card => t().checkout_card_hint(),
    }
}

fn confirmed_by(kind: ConfirmationKind) -> &'static str {
    match kind {
        ConfirmationKind::Tap => t().checkout_confirm_tap(),
        ConfirmationKind::Pin => t().checkout_confirm_pin(),
        ConfirmationKind::Passkey => t().checkout_confirm_passkey(),
    }
}

fn kind_of(checkout: Checkout) -> MethodKind {
    let with = checkout.with();
    checkout.wallet(|wallet| match (&with, with.saved(wallet)) {
        (_, Some(saved)) => saved.kind,
        (Means::New(kind, _), None) => *kind,
        (Means::Saved(_), None) => MethodKind::PayPal,
    })
}

/// What is paid with, as a row that opens.
#[component]
pub(super) fn PayWithRow(
    /// The checkout.
    checkout: Checkout,
    /// Which row is open.
    open: RwSignal<Option<Fold>>,
) -> impl IntoView {
    let value = Signal::derive(move || {
        let with = checkout.with();
        checkout.wallet(|wallet| match (&with, with.saved(wallet)) {
            (_, Some(saved)) => saved_name(saved),
            (Means::New(kind, None), None) => kind_name(*kind).to_owned(),
            (Means::New(_, Some(test)), None) => test_name(*test).to_owned(),
            (Means::Saved(_), None) => String::new(),
        })
    });
    view! {
        <FoldRow
            fold=Fold::Method
            open
            picture=Signal::derive(move || mark(kind_of(checkout)))
            label=Signal::stored(t().checkout_pay_with().to_owned())
            value
        >
            <Methods checkout />
        </FoldRow>
    }
}

/// Everything one can pay with, one of it chosen.
#[component]
pub(super) fn Methods(
    /// The checkout.
    checkout: Checkout,
) -> impl IntoView {
    let confirmation = move || checkout.wallet(|wallet| wallet.confirmation);
    let saved = move || {
        let methods = checkout.wallet(|wallet| wallet.methods.clone());
        let one = |method: api::wire::SavedMethod| {
            let beneath = match method.kind {
                MethodKind::MetaPay => confirmed_by(confirmation()),
                // Kept by the processor: no window any more.
                MethodKind::PayPal | MethodKind::Card if !method.pays.in_window() => confirmed_by(confirmation()),
                MethodKind::PayPal | MethodKind::Card => hint(method.kind),
            };
            let test = method.test.filter(|_| checkout.session.is_demo()).map(test_name);
            let this = Means::Saved(method.id.clone());
            view! { <One checkout this kind=method.kind name=saved_name(&method) beneath test /> }
        };
        methods.into_iter().map(one).collect_view()
    };
    let new = move || {
        let known: Vec<MethodKind> =
            checkout.wallet(|wallet| wallet.methods.iter().map(|method| method.kind).collect());
        let offers = checkout.wallet(|wallet| wallet.offers.clone());
        let kinds = offers.into_iter().filter(|kind| *kind == MethodKind::Card || !known.contains(kind));
        let one = |kind| {
            let this = Means::New(kind, None);
            view! { <One checkout this kind name=kind_name(kind).to_owned() beneath=hint(kind) test=None /> }
        };
        kinds.map(one).collect_view()
    };
    let can_keep = Memo::new(move |_| {
        let with = checkout.with();
        checkout.wallet(|wallet| with.can_be_kept(wallet))
    });
    let keep = move || {
        can_keep.get().then(|| {
            view! {
                <label class="row compact">
                    <div>
                        <p class="value">{t().checkout_keep()}</p>
                        <p class="label">{t().checkout_keep_hint()}</p>
                    </div>
                    <span class="check">
                        <input
                            type="checkbox"
                            prop:checked=move || checkout.keeps()
                            on:change=move |event| {
                                let keep = event_target_checked(&event);
                                checkout.choose(|choice| choice.keep = Some(keep));
                            }
                        />
                    </span>
                </label>
            }
        })
    };
    let has_tests = Memo::new(move |_| checkout.session.is_demo() && !checkout.wallet(|wallet| wallet.keeps));
    let tests = move || {
        has_tests.get().then(|| {
            let one = |(kind, test)| {
                let this = Means::New(kind, Some(test));
                view! { <One checkout this kind name=test_name(test).to_owned() beneath="" test=None /> }
            };
            view! {
                <details class="tests">
                    <summary class="row compact">
                        <div>
                            <p class="value">{t().checkout_test_methods()}</p>
                            <p class="label">{t().checkout_test_methods_hint()}</p>
                        </div>
                        <Chip tone=ChipTone::Warn>{t().checkout_test()}</Chip>
                    </summary>
                    {ALL_TESTS.into_iter().map(one).collect_view()}
                </details>
            }
        })
    };
    view! {
        <fieldset>
            <legend class="sr-only">{t().checkout_pay_with()}</legend>
            {saved}
            {new}
            {keep}
            {tests}
        </fieldset>
    }
}

/// One way to pay.
#[component]
fn One(
    /// The checkout.
    checkout: Checkout,
    /// What choosing it means.
    this: Means,
    /// Its kind.
    kind: MethodKind,
    /// What it is called.
    name: String,
    /// What there is to know about it.
    beneath: &'static str,
    /// For a test method: what it will do.
    test: Option<&'static str>,
) -> impl IntoView {
    let this = StoredValue::new(this);
    let choose = move |_| checkout.choose(|choice| choice.with = Some(this.get_value()));
    view! {
        <label class="row compact">
            <img class="pay-mark" src=mark(kind) alt="" />
            <div>
                <p class="value">{name}</p>
                <p class="label">{beneath} {test.map(|test| format!(" · {test}"))}</p>
            </div>
            <span class="check">
                <input
                    type="radio"
                    name="method"
                    prop:checked=move || this.with_value(|this| checkout.with() == *this)
                    on:change=choose
                />
            </span>
        </label>
    }
}
