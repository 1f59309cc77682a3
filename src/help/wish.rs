//! What would put it right: money back, send it back for money, or the same once more.

use crate::format::money;
use crate::i18n::t;
use crate::ui::{TextField, unique_id};
use domain::case::Remedy;
use domain::money::{AmountError, Money};
use leptos::prelude::*;

/// The three kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WishKind {
    /// Money, and keep it.
    Refund,
    /// Send it back, then money.
    Return,
    /// The same once more.
    Again,
}

/// What is about to be proposed. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    kind: RwSignal<WishKind>,
    /// An amount; all of it when nothing is typed.
    typed: RwSignal<String>,
    judged: RwSignal<bool>,
    /// What the pieces are worth.
    claim: Signal<Option<Money>>,
    /// What can be proposed.
    possible: Signal<Vec<WishKind>>,
}

/// Why it cannot be proposed like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WishError {
    Nothing,
    TooMuch(Money),
    Amount(AmountError),
}

impl Wish {
    /// All the money, to begin with.
    pub fn new(claim: Signal<Option<Money>>, possible: Signal<Vec<WishKind>>) -> Self {
        let (kind, typed) = (RwSignal::new(WishKind::Refund), RwSignal::new(String::new()));
        Self { kind, typed, judged: RwSignal::new(false), claim, possible }
    }

    /// What is proposed, when it can be; says from now on what is wrong when it cannot.
    pub fn read(&self) -> Option<Remedy> {
        self.judged.set(true);
        untrack(|| self.judge().ok())
    }

    /// What is proposed, as it stands.
    pub fn as_it_stands(&self) -> Option<Remedy> {
        self.judge().ok()
    }

    /// What is chosen, or the first that is possible where it is not.
    fn chosen(&self) -> WishKind {
        let (kind, possible) = (self.kind.get(), self.possible.read());
        if possible.contains(&kind) { kind } else { possible.first().copied().unwrap_or(kind) }
    }

    fn judge(&self) -> Result<Remedy, WishError> {
        let claim = self.claim.get().filter(|claim| claim.minor > 0).ok_or(WishError::Nothing)?;
        let amount = match self.typed.read().trim() {
            "" => claim,
            typed => Money::parse_decimal(typed, claim.currency).map_err(WishError::Amount)?,
        };
        match self.chosen() {
            WishKind::Again => Ok(Remedy::Replacement),
            WishKind::Refund | WishKind::Return if amount.is_zero() => Err(WishError::Amount(AmountError::Empty)),
            WishKind::Refund | WishKind::Return if amount.minor > claim.minor => Err(WishError::TooMuch(claim)),
            WishKind::Refund => Ok(Remedy::Refund { amount }),
            WishKind::Return => Ok(Remedy::ReturnAndRefund { amount }),
        }
    }

    fn error(&self) -> Option<String> {
        let error = self.judged.get().then(|| self.judge().err()).flatten()?;
        Some(match error {
            WishError::Nothing => t().wish_nothing().to_owned(),
            WishError::TooMuch(claim) => t().refund_too_much(&money(claim)),
            WishError::Amount(AmountError::Empty) => t().refund_empty().to_owned(),
            WishError::Amount(AmountError::TooManyDecimals) => t().refund_decimals().to_owned(),
            WishError::Amount(AmountError::NotANumber) => t().refund_not_a_number().to_owned(),
            WishError::Amount(AmountError::TooLarge) => t().wish_too_large().to_owned(),
        })
    }
}

/// A remedy in a few words.
pub(crate) fn remedy_words(remedy: Remedy) -> String {
    match remedy {
        Remedy::Refund { amount } => t().remedy_refund(&money(amount)),
        Remedy::ReturnAndRefund { amount } => t().remedy_return(&money(amount)),
        Remedy::Replacement => t().remedy_again().to_owned(),
    }
}

/// Chooses it.
#[component]
pub(super) fn WishFields(
    /// What is about to be proposed.
    wish: Wish,
    /// What it is called.
    legend: &'static str,
) -> impl IntoView {
    let group = unique_id("wish");
    let way = move |(kind, label): (WishKind, &'static str)| {
        let name = group.clone();
        let offered = Memo::new(move |_| wish.possible.read().contains(&kind));
        move || {
            offered.get().then(|| {
                view! {
                    <label>
                        <input
                            type="radio"
                            name=name.clone()
                            prop:checked=move || wish.chosen() == kind
                            on:change=move |_| wish.kind.set(kind)
                        />
                        {label}
                    </label>
                }
            })
        }
    };
    let ways = [
        (WishKind::Refund, t().wish_refund()),
        (WishKind::Return, t().wish_return()),
        (WishKind::Again, t().wish_again()),
    ];
    let label =
        Signal::derive(move || wish.claim.get().map(|claim| t().wish_amount(&money(claim))).unwrap_or_default());
    let takes_money = Memo::new(move |_| wish.chosen() != WishKind::Again);
    let amount = move || {
        takes_money.get().then(|| {
            view! {
                <TextField
                    label
                    name="wish_amount"
                    value=wish.typed
                    on_input=move |text| {
                        wish.judged.set(false);
                        wish.typed.set(text);
                    }
                    on_blur=move |()| wish.judged.set(!wish.typed.read_untracked().trim().is_empty())
                    error=Signal::derive(move || wish.error())
                    inputmode="decimal"
                    autocomplete="off"
                />
            }
        })
    };
    let explained = move || match wish.chosen() {
        WishKind::Refund => t().wish_refund_means(),
        WishKind::Return => t().wish_return_means(),
        WishKind::Again => t().wish_again_means(),
    };
    // Where there is nothing to choose, no choice is offered.
    let several = Memo::new(move |_| wish.possible.read().len() > 1);
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <div class="segmented" hidden=move || !several.get()>{ways.into_iter().map(way).collect_view()}</div>
        </fieldset>
        <p class="muted fine">{explained}</p>
        {amount}
    }
}

crate::words! {
    wish_refund "Money back" "Rimborso";
    wish_return "Send back" "Reso";
    wish_again "Send again" "Di nuovo";
    wish_refund_means "Money goes back, and nothing has to be sent back." "Il denaro torna e non c’è nulla da rispedire.";
    wish_return_means "The buyer sends it back with tracking; when it has arrived, the money goes back by itself." "Chi ha comprato lo rispedisce con tracciamento; quando è arrivato, il denaro torna da solo.";
    wish_again_means "The same pieces are sent once more. What is not shipped in time is refunded by itself." "Gli stessi pezzi vengono rispediti. Ciò che non parte in tempo è rimborsato da solo.";
    wish_amount(claim) "Amount (all of {claim} when empty)" "Importo (vuoto: tutti i {claim})";
    wish_nothing "Choose at least one item." "Scegli almeno un articolo.";
    wish_too_large "That is too much." "È troppo.";
    remedy_refund(amount) "{amount} back" "{amount} di rimborso";
    remedy_return(amount) "Send it back, then {amount} back" "Reso, poi {amount} di rimborso";
    remedy_again "Send it once more" "un nuovo invio";
}
