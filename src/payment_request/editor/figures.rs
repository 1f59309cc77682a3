//! Discount, tax and expiry.

use super::Editor;
use super::draft::{Field, TaxKind, USUAL_EXPIRY};
use crate::i18n::t;
use crate::ui::{Choice, Select, TextField};
use domain::address::UsState;
use domain::money::Rate;
use domain::terms::StateRates;
use leptos::prelude::*;

/// How long a request can stay open, in seconds.
const EXPIRIES: [u32; 4] = [3600, 24 * 3600, USUAL_EXPIRY, 7 * 24 * 3600];

fn expiry_label(seconds: u32) -> String {
    match seconds {
        3600 => t().editor_one_hour().to_owned(),
        days if days % 86_400 == 0 && days > 3 * 86_400 => t().editor_days(&(days / 86_400).to_string()),
        hours if hours % 3600 == 0 => t().editor_hours(&(hours / 3600).to_string()),
        minutes => t().editor_minutes(&(minutes / 60).to_string()),
    }
}

/// `CA 7.25 % · NY 4 %`.
fn rates_in_short(rates: &StateRates) -> String {
    let rate = |(state, rate): (&UsState, &Rate)| {
        format!("{} {} %", state.code(), rate.percent().replace('.', t().checkout_decimal_mark()))
    };
    rates.iter().map(rate).collect::<Vec<_>>().join(" · ")
}

/// Discount, expiry and tax.
#[component]
pub(super) fn Figures(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let expiry = Memo::new(move |_| editor.draft.with(|draft| draft.expiry));
    let expiries = Memo::new(move |_| {
        let chosen = expiry.get();
        let said = (!EXPIRIES.contains(&chosen)).then_some(chosen);
        let all = EXPIRIES.into_iter().chain(said);
        all.map(|seconds| Choice { value: seconds.to_string(), label: expiry_label(seconds) }).collect::<Vec<_>>()
    });
    let kinds = Memo::new(move |_| {
        let choice = |value: &str, label: &str| Choice { value: value.to_owned(), label: label.to_owned() };
        let by_state = editor.draft.with(|draft| !draft.rates.is_empty() || draft.tax_kind == TaxKind::ByState);
        let by_state = by_state.then(|| choice("state", t().editor_tax_by_state()));
        let typed = [choice("percent", t().editor_tax_percent()), choice("amount", t().editor_tax_amount())];
        typed.into_iter().chain(by_state).collect::<Vec<_>>()
    });
    let states = Memo::new(move |_| {
        editor.draft.with(|draft| (draft.tax_kind == TaxKind::ByState).then(|| rates_in_short(&draft.rates)))
    });
    let kind = Signal::derive(move || match editor.draft.with(|draft| draft.tax_kind) {
        TaxKind::Percent => "percent".to_owned(),
        TaxKind::Amount => "amount".to_owned(),
        TaxKind::ByState => "state".to_owned(),
    });
    let choose_kind = move |kind: String| {
        let kind = match kind.as_str() {
            "amount" => TaxKind::Amount,
            "state" => TaxKind::ByState,
            _percent => TaxKind::Percent,
        };
        editor.change(|draft| draft.tax_kind = kind);
    };
    let choose_expiry = move |seconds: String| {
        let seconds = seconds.parse().unwrap_or(USUAL_EXPIRY);
        editor.change(|draft| draft.expiry = seconds);
    };
    view! {
        <div class="couple">
            <TextField
                label=t().editor_discount().to_owned()
                name="discount"
                inputmode="decimal"
                value=Signal::derive(move || editor.draft.with(|draft| draft.discount.clone()))
                on_input=move |text: String| editor.change(|draft| draft.discount = text)
                on_blur=move |()| editor.leave(Field::Discount)
                error=editor.error(Field::Discount)
            />
            <Select
                label=t().editor_expiry().to_owned()
                name="expiry"
                choices=expiries
                value=Signal::derive(move || expiry.get().to_string())
                on_change=choose_expiry
            />
            {move || match states.get() {
                Some(states) => view! {
                    <div>
                        <p>{t().editor_tax_estimated()}</p>
                        <p class="muted fine num">{states}</p>
                    </div>
                }
                .into_any(),
                None => view! {
                    <TextField
                        label=t().editor_tax().to_owned()
                        name="tax"
                        inputmode="decimal"
                        value=Signal::derive(move || editor.draft.with(|draft| draft.tax.clone()))
                        on_input=move |text: String| editor.change(|draft| draft.tax = text)
                        on_blur=move |()| editor.leave(Field::Tax)
                        error=editor.error(Field::Tax)
                    />
                }
                .into_any(),
            }}
            <Select
                label=t().editor_tax_kind().to_owned()
                name="tax-kind"
                choices=kinds
                value=kind
                on_change=choose_kind
            />
        </div>
    }
}
