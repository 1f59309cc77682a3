//! Who carries a parcel: the tracking number, recognised as it is pasted, and the carrier.

use crate::i18n::t;
use crate::ui::{Choice, Icon, IconName, IconSize, Select, Switch, TextField, unique_id};
use domain::carrier::{Carrier, CheckDigit, Recognised, TrackingNumber, TrackingNumberError, recognise};
use domain::text::{Label, TextError};
use leptos::prelude::*;
use stylers::style_sheet;

/// The value of the choice that names a carrier we do not know.
const OTHER: &str = "other";

/// Who carries a parcel, as it is being filled in. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Carried {
    number: RwSignal<String>,
    /// Whether the seller brings it.
    myself: RwSignal<bool>,
    /// The code of the carrier that was chosen; none for the best guess.
    chosen: RwSignal<Option<String>>,
    /// The name of a carrier we do not know.
    name: RwSignal<String>,
    /// Whether what is wrong may be said: not while somebody types.
    judged: RwSignal<bool>,
    recognised: Memo<Recognition>,
}

/// What the number looks like; compared, so that a key that changes nothing wakes nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Recognition(Recognised);

/// Why a parcel cannot be sent like this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CarriedError {
    /// It is no tracking number.
    Number(TrackingNumberError),
    /// It looks like one of that carrier, mistyped.
    CheckDigit(Carrier),
    /// It says nothing of who carries it.
    NoCarrier,
    /// The name of the carrier cannot be used.
    Name(TextError),
}

impl CarriedError {
    /// In words, and how to put it right.
    pub fn sentence(&self) -> String {
        match self {
            Self::Number(TrackingNumberError::TooShort) => t().ship_too_short().to_owned(),
            Self::Number(TrackingNumberError::TooLong) => t().ship_too_long().to_owned(),
            Self::Number(TrackingNumberError::NotLettersAndDigits) => t().ship_not_a_number().to_owned(),
            Self::CheckDigit(carrier) => t().ship_wrong_check_digit(carrier.name()),
            Self::NoCarrier => t().ship_choose_one().to_owned(),
            Self::Name(_) => t().ship_name_one().to_owned(),
        }
    }
}

/// Who carries the parcel with that number, by the number alone.
///
/// # Errors
/// When it is none, is mistyped, or says nothing of a carrier.
pub(crate) fn by_number(text: &str) -> Result<(Carrier, TrackingNumber), CarriedError> {
    let number: TrackingNumber = text.parse().map_err(CarriedError::Number)?;
    Ok((likely(&recognise(text))?, number))
}

/// Who carries it most likely.
fn likely(recognised: &Recognised) -> Result<Carrier, CarriedError> {
    match (recognised.best(), recognised.mistyped()) {
        (Some(best), _) => Ok(best.carrier.clone()),
        (None, Some(mistyped)) => Err(CarriedError::CheckDigit(mistyped.clone())),
        (None, None) => Err(CarriedError::NoCarrier),
    }
}

impl Carried {
    /// Nothing filled in.
    pub fn new() -> Self {
        let number = RwSignal::new(String::new());
        Self {
            number,
            myself: RwSignal::new(false),
            chosen: RwSignal::new(None),
            name: RwSignal::new(String::new()),
            judged: RwSignal::new(false),
            recognised: Memo::new(move |_| Recognition(recognise(&number.read()))),
        }
    }

    /// Carrier and number, when they can be sent; says from now on what is wrong when they cannot.
    pub fn read(&self) -> Option<(Carrier, Option<TrackingNumber>)> {
        self.judged.set(true);
        self.judge().ok()
    }

    fn judge(&self) -> Result<(Carrier, Option<TrackingNumber>), CarriedError> {
        if self.myself.get() {
            // Nobody reads the name of a carrier without a number.
            let own = t().ship_own_delivery().parse().map_err(CarriedError::Name)?;
            return Ok((Carrier::Other(own), None));
        }
        let number: TrackingNumber = self.number.read().parse().map_err(CarriedError::Number)?;
        let recognised = self.recognised.read();
        let carrier = match self.chosen.get().as_deref() {
            Some(OTHER) => Carrier::Other(self.name.read().parse::<Label>().map_err(CarriedError::Name)?),
            Some(code) => carrier_of(code).ok_or(CarriedError::NoCarrier)?,
            None => likely(&recognised.0)?,
        };
        if recognised.0.wrong_check_digit.contains(&carrier) {
            return Err(CarriedError::CheckDigit(carrier));
        }
        Ok((carrier, Some(number)))
    }

    fn error(&self) -> Option<CarriedError> {
        self.judged.get().then(|| self.judge().err()).flatten()
    }

    /// What is wrong with the number.
    fn number_error(&self) -> Option<String> {
        match self.error()? {
            CarriedError::Number(_) if self.number.read().trim().is_empty() => Some(t().ship_missing().to_owned()),
            error @ (CarriedError::Number(_) | CarriedError::CheckDigit(_)) => Some(error.sentence()),
            // Said beside the choice.
            CarriedError::NoCarrier | CarriedError::Name(_) => None,
        }
    }
}

fn carrier_of(code: &str) -> Option<Carrier> {
    Carrier::KNOWN.iter().find(|carrier| carrier.code() == Some(code)).cloned()
}

/// The tracking number and who carries the parcel.
#[component]
pub(crate) fn CarrierField(
    /// What is filled in.
    carried: Carried,
) -> impl IntoView {
    let class = style_sheet!("src/order/carrier_field.css");
    let number = move || {
        (!carried.myself.get()).then(|| {
            let input = move |text: String| {
                carried.judged.set(false);
                carried.chosen.set(None);
                carried.number.set(text);
            };
            let leave = move |()| carried.judged.set(!carried.number.read_untracked().trim().is_empty());
            view! {
                <TextField
                    label=t().ship_number()
                    name="tracking_number"
                    value=carried.number
                    on_input=input
                    on_blur=leave
                    error=Signal::derive(move || carried.number_error())
                    hint=t().ship_number_hint()
                    autocomplete="off"
                />
                <Found carried />
            }
        })
    };
    view! { class=class,
        <div class="carrier-field">
            {number}
            <Switch
                label=t().ship_myself()
                hint=t().ship_myself_hint()
                checked=carried.myself
                on_change=move |on| carried.myself.set(on)
            />
        </div>
    }
}

/// Whether the number looks like one of some carrier, mistyped or not.
fn is_somebodys(recognised: &Recognised) -> bool {
    !recognised.matches.is_empty() || recognised.mistyped().is_some()
}

/// What the number is recognised as, and the choice where that is not enough.
#[component]
fn Found(carried: Carried) -> impl IntoView {
    let said = move || {
        let recognised = carried.recognised.read();
        let [only] = recognised.0.matches.as_slice() else { return None };
        let check = match only.check {
            CheckDigit::Right => t().ship_check_right(),
            CheckDigit::None => t().ship_check_none(),
        };
        let shown = carried.chosen.read().is_none().then(|| format!("{} · {check}", only.carrier))?;
        Some(view! {
            <p class="found">
                <Icon name=IconName::Check size=IconSize::Tiny />
                {shown}
            </p>
        })
    };
    let several = move || {
        let recognised = carried.recognised.read();
        let matches = &recognised.0.matches;
        (matches.len() > 1).then(|| view! { <Guesses carried recognised=recognised.0.clone() /> })
    };
    // Nothing fits: the seller says who it is.
    let is_unknown = Memo::new(move |_| {
        let readable = carried.number.read().parse::<TrackingNumber>().is_ok();
        readable && !is_somebodys(&carried.recognised.read().0)
    });
    let wants_another = RwSignal::new(false);
    let another = move || {
        (is_somebodys(&carried.recognised.read().0) && !wants_another.get()).then(|| {
            view! {
                <button type="button" class="link fine" on:click=move |_| wants_another.set(true)>
                    {t().ship_another()}
                </button>
            }
        })
    };
    let choice = move || (is_unknown.get() || wants_another.get()).then(|| view! { <Chooser carried /> });
    view! {
        <div role="status">{said}</div>
        {several}
        {another}
        {choice}
    }
}

/// The carriers that the number could belong to.
#[component]
fn Guesses(carried: Carried, recognised: Recognised) -> impl IntoView {
    let group = unique_id("carrier");
    let best = recognised.best().and_then(|best| best.carrier.code());
    let guess = move |guess: domain::carrier::Recognition| {
        let code = guess.carrier.code().unwrap_or(OTHER);
        let check = match guess.check {
            CheckDigit::Right => t().ship_check_right(),
            CheckDigit::None => t().ship_check_none(),
        };
        let chosen = move || carried.chosen.read().as_deref().map_or(best == Some(code), |chosen| chosen == code);
        view! {
            <label class="row compact">
                <span class="check">
                    <input
                        type="radio"
                        name=group.clone()
                        prop:checked=chosen
                        on:change=move |_| carried.chosen.set(Some(code.to_owned()))
                    />
                </span>
                <div>
                    <p class="value">{guess.carrier.to_string()}</p>
                    <p class="label">{format!("{} · {check}", guess.service)}</p>
                </div>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="fine">{t().ship_which()}</legend>
            <div class="rows">{recognised.matches.into_iter().map(guess).collect_view()}</div>
        </fieldset>
    }
}

/// Every carrier, and a name for one that we do not know.
#[component]
fn Chooser(carried: Carried) -> impl IntoView {
    let choices = || {
        let none = Choice { value: String::new(), label: t().ship_choose().to_owned() };
        let known = Carrier::KNOWN
            .iter()
            .filter_map(|carrier| Some(Choice { value: carrier.code()?.to_owned(), label: carrier.name().to_owned() }));
        let other = Choice { value: OTHER.to_owned(), label: t().ship_other().to_owned() };
        [none].into_iter().chain(known).chain([other]).collect::<Vec<_>>()
    };
    let choose = move |code: String| carried.chosen.set(Some(code).filter(|code| !code.is_empty()));
    let is_other = Memo::new(move |_| carried.chosen.read().as_deref() == Some(OTHER));
    let missing = move || {
        (carried.error() == Some(CarriedError::NoCarrier))
            .then(|| view! { <p class="error">{t().ship_choose_one()}</p> })
    };
    let name_error = Signal::derive(move || match carried.error()? {
        CarriedError::Name(_) => Some(t().ship_name_one().to_owned()),
        CarriedError::Number(_) | CarriedError::CheckDigit(_) | CarriedError::NoCarrier => None,
    });
    let name = move || {
        is_other.get().then(|| {
            view! {
                <TextField
                    label=t().ship_other_name()
                    name="carrier_name"
                    value=carried.name
                    on_input=move |name| carried.name.set(name)
                    error=name_error
                    max_length=120_u32
                    autocomplete="off"
                />
            }
        })
    };
    view! {
        <Select
            label=t().ship_carrier()
            name="carrier"
            choices=Signal::stored(choices())
            value=Signal::derive(move || carried.chosen.get().unwrap_or_default())
            on_change=choose
        />
        <div role="alert">{missing}</div>
        {name}
    }
}

crate::words! {
    ship_number "Tracking number" "Numero di tracciamento";
    ship_number_hint "Paste it: the carrier is recognised." "Incollalo: il corriere viene riconosciuto.";
    ship_check_right "check digit is right" "cifra di controllo giusta";
    ship_check_none "recognised by its form" "riconosciuto dalla forma";
    ship_which "Which carrier is it?" "Quale corriere è?";
    ship_another "Another carrier" "Un altro corriere";
    ship_carrier "Carrier" "Corriere";
    ship_choose "Choose…" "Scegli…";
    ship_choose_one "Choose who carries it." "Scegli chi lo porta.";
    ship_other "Another one" "Un altro";
    ship_other_name "Name of the carrier" "Nome del corriere";
    ship_name_one "Name the carrier, in at most 120 characters." "Scrivi il nome del corriere, al massimo 120 caratteri.";
    ship_missing "Paste the tracking number, or say that you bring it yourself." "Incolla il numero di tracciamento, o indica che lo porti tu.";
    ship_too_short "A tracking number has at least 5 characters." "Un numero di tracciamento ha almeno 5 caratteri.";
    ship_too_long "A tracking number has at most 40 characters." "Un numero di tracciamento ha al massimo 40 caratteri.";
    ship_not_a_number "A tracking number has only letters and digits." "Un numero di tracciamento ha solo lettere e cifre.";
    ship_wrong_check_digit(carrier) "It looks like {carrier}, but the check digit is wrong. Compare it with the label." "Sembra {carrier}, ma la cifra di controllo è sbagliata. Confrontalo con l’etichetta.";
    ship_myself "I bring it myself" "Lo porto io";
    ship_myself_hint "There is no tracking then: the buyer says that it came." "Allora non c’è tracciamento: è il cliente a dire che è arrivato.";
    ship_own_delivery "Own delivery" "Consegna propria";
}
