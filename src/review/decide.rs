//! The decision: for whom, how much, and why.

use crate::format::money;
use crate::help::{Names, remedy_words};
use crate::i18n::t;
use crate::order::WriteProblem;
use crate::refusal::sentence;
use crate::store::{new_key, use_session};
use crate::ui::{Button, ButtonSize, ButtonVariant, FieldKind, TextField, unique_id};
use api::client::{ApiError, IdempotencyKey};
use api::wire::DecideCase;
use domain::case::{CaseWords, Remedy, Verdict};
use domain::ids::{CaseId, OrderId};
use domain::money::Money;
use domain::thread::Role;
use leptos::prelude::*;

/// For whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Buyer,
    Seller,
    Both,
}

/// Decides over a case.
#[component]
pub(super) fn Decide(
    /// Of which order.
    order: OrderId,
    /// Which case.
    case: CaseId,
    /// What the pieces are worth: the most that can go back.
    claim: Money,
    /// What the buyer asks for: what a decision for them does.
    wish: Option<Remedy>,
    /// How the two are called.
    names: Names,
    /// Called when it is decided.
    decided: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let chosen = RwSignal::new(None::<For>);
    let (typed, words) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let judged = RwSignal::new(false);
    let verdict = Memo::new(move |_| match chosen.get()? {
        For::Buyer => Some(Verdict::ForBuyer),
        For::Seller => Some(Verdict::ForSeller),
        For::Both => {
            let amount = Money::parse_decimal(&typed.read(), claim.currency).ok()?;
            (amount.minor > 0 && amount.minor < claim.minor).then_some(Verdict::Split { amount })
        }
    });
    // The same decision that nobody heard of is sent again under the same key.
    let unanswered = StoredValue::new_local(None::<(DecideCase, IdempotencyKey)>);
    let here = StoredValue::new((order, case));
    let send = Action::new_local(move |body: &DecideCase| {
        let known = unanswered.get_value().filter(|(known, _)| known == body);
        let key = known.map_or_else(new_key, |(_, key)| key);
        let ((order, case), body) = (here.get_value(), body.clone());
        async move {
            let answer = session.client().decide_case(&key, (&order, &case), &body).await;
            let repeat = matches!(answer, Err(ApiError::Network(_))).then_some((body, key));
            // Whoever decided may have gone meanwhile.
            let _gone = unanswered.try_update_value(|unanswered| *unanswered = repeat);
            match answer {
                Ok(_) => {
                    session.toast(t().decide_done());
                    let _gone = decided.try_run(());
                    Ok(())
                }
                Err(error) => Err(sentence(&error)),
            }
        }
    });
    let start = move |()| {
        judged.set(true);
        if let (Some(verdict), Ok(words)) = (verdict.get_untracked(), words.read_untracked().parse::<CaseWords>()) {
            send.dispatch_local(DecideCase { verdict, words });
        }
    };
    let group = unique_id("verdict");
    let way = move |(whom, label): (For, String)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=group.clone()
                    prop:checked=move || chosen.get() == Some(whom)
                    on:change=move |_| chosen.set(Some(whom))
                />
                {label}
            </label>
        }
    };
    let (buyer, seller) = (names.of(Role::Buyer), names.of(Role::Seller));
    let ways = [(For::Buyer, buyer), (For::Both, t().decide_both().to_owned()), (For::Seller, seller)];
    let done = wish.map_or_else(|| money(claim), remedy_words);
    let means = move || match chosen.get()? {
        For::Buyer => Some(t().decide_does(&done)),
        For::Seller => Some(t().decide_does_nothing().to_owned()),
        For::Both => None,
    };
    let amount_error =
        Signal::derive(move || (judged.get() && verdict.get().is_none()).then(|| t().decide_amount(&money(claim))));
    let amount = move || {
        (chosen.get() == Some(For::Both)).then(|| {
            view! {
                <TextField
                    label=t().decide_how_much()
                    name="split_amount"
                    value=typed
                    on_input=move |text| {
                        judged.set(false);
                        typed.set(text);
                    }
                    error=amount_error
                    inputmode="decimal"
                    autocomplete="off"
                />
            }
        })
    };
    let no_words = Signal::derive(move || {
        (judged.get() && words.read().trim().is_empty()).then(|| t().decide_say_why().to_owned())
    });
    let unchosen =
        move || (judged.get() && chosen.get().is_none()).then(|| view! { <p class="error">{t().decide_choose()}</p> });
    let problem = Signal::derive(move || send.value().with(|last| last.as_ref().and_then(|last| last.clone().err())));
    let most = u32::try_from(CaseWords::MAX).unwrap_or(u32::MAX);
    view! {
        <fieldset>
            <legend>{t().decide_for()}</legend>
            <div class="segmented">{ways.into_iter().map(way).collect_view()}</div>
        </fieldset>
        <div role="alert">{unchosen}</div>
        {move || means().map(|means| view! { <p class="muted fine">{means}</p> })}
        {amount}
        <TextField
            label=t().decide_why()
            name="ruling"
            kind=FieldKind::Lines
            value=words
            on_input=move |text| words.set(text)
            error=no_words
            max_length=most
        />
        <Button
            variant=ButtonVariant::Primary
            size=ButtonSize::Wide
            pending=Signal::from(send.pending())
            on_click=start
        >
            {t().decide_now()}
        </Button>
        <WriteProblem problem />
    }
}

crate::words! {
    decide_for "Decide for" "Decidi a favore di";
    decide_both "A part" "Una parte";
    decide_does(remedy) "This is done then: {remedy}." "Allora accade questo: {remedy}.";
    decide_does_nothing "Nothing goes back then." "Allora nulla torna indietro.";
    decide_how_much "How much goes back" "Quanto rimborsare";
    decide_amount(claim) "More than nothing, less than {claim}." "Più di zero, meno di {claim}.";
    decide_why "Why; both read it" "Perché; lo leggono entrambi";
    decide_say_why "Say why." "Scrivi perché.";
    decide_choose "Choose for whom." "Scegli a favore di chi.";
    decide_now "Decide" "Decidi";
    decide_done "Decided: both are told" "Deciso: entrambi lo sanno";
}
