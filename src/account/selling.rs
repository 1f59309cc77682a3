//! Delivery and tax: what every new request starts from.

mod form;
mod offers;

use super::room::{Room, RoomPage};
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{new_key, use_session};
use crate::ui::{Button, ButtonKind, ButtonVariant, Choice, Select, Skeleton, SkeletonKind, Switch, TextField};
use api::client::ApiError;
use api::wire::SellingPage as Page;
use domain::selling::Selling;
use domain::terms::StateRates;
use form::{Field, Form, TaxKind, states};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use offers::Offers;
use stylers::style_sheet;

/// What is being written. A copy is a handle.
#[derive(Clone, Copy)]
struct Editing {
    form: RwSignal<Form>,
    rates: StoredValue<StateRates>,
    sent: RwSignal<bool>,
}

impl Editing {
    fn new(page: &Page) -> Self {
        Self {
            form: RwSignal::new(Form::of(&page.selling)),
            rates: StoredValue::new(page.rates.clone()),
            sent: RwSignal::new(false),
        }
    }

    fn read(self, read: fn(&Form) -> &String) -> Signal<String> {
        Signal::derive(move || self.form.with(|form| read(form).clone()))
    }

    fn write(self, field: fn(&mut Form) -> &mut String) -> impl Fn(String) + Copy + Send + Sync + 'static {
        move |text| self.form.update(|form| *field(form) = text)
    }

    /// What is wrong with a field, once it was tried to save.
    fn error(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            let troubles = self.sent.get().then(|| self.form.with(Form::read).err()).flatten()?;
            troubles.into_iter().find(|(at, _)| *at == field).map(|(_, sentence)| sentence)
        })
    }
}

/// Delivery and tax.
#[component]
pub(super) fn SellingPage() -> impl IntoView {
    let session = use_session();
    let load = Action::new_local(move |(): &()| async move { session.client().selling().await });
    load.dispatch_local(());
    let body = move || {
        load.value().with(|last| match last {
            Some(Ok(page)) => view! { <Written editing=Editing::new(page) /> }.into_any(),
            Some(Err(error)) => view! {
                <p class="error" role="alert">{sentence(error)}</p>
                <Button pending=load.pending() on_click=move |()| drop(load.dispatch_local(()))>{t().list_retry()}</Button>
            }
            .into_any(),
            None => view! { <Skeleton kind=SkeletonKind::Lines count=4 label=t().loading() /> }.into_any(),
        })
    };
    view! { <RoomPage room=Room::Selling note=t().selling_note()>{body}</RoomPage> }
}

/// The form.
#[component]
fn Written(
    /// What is being written.
    editing: Editing,
) -> impl IntoView {
    let class = style_sheet!("src/account/selling.css");
    let session = use_session();
    let save = Action::new_local(move |selling: &Selling| {
        let (selling, client) = (selling.clone(), session.client());
        async move {
            client.save_selling(&new_key(), &selling).await?;
            session.toast(t().selling_saved());
            Ok::<_, ApiError>(())
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        editing.sent.set(true);
        if let (Ok(selling), false) = (editing.form.with_untracked(Form::read), save.pending().get_untracked()) {
            save.dispatch_local(selling);
        }
    };
    let problem = move || {
        let refused = save.value().with(|last| last.as_ref().and_then(|last| last.as_ref().err().map(sentence)));
        let wrong = editing.sent.get() && editing.form.with(|form| form.read().is_err());
        if wrong { Some(t().editor_check().to_owned()) } else { refused }
    };
    view! { class=class,
        <form class="selling" novalidate aria-label=t().selling_title() on:submit=submit>
            <TaxFields editing />
            <Offers editing />
            <PickupFields editing />
            <div role="alert">{move || problem().map(|problem| view! { <p class="error">{problem}</p> })}</div>
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary pending=save.pending()>
                {t().selling_save()}
            </Button>
        </form>
    }
}

/// How tax is charged.
#[component]
fn TaxFields(
    /// What is being written.
    editing: Editing,
) -> impl IntoView {
    let kinds = vec![
        Choice { value: "none".to_owned(), label: t().selling_tax_none().to_owned() },
        Choice { value: "rate".to_owned(), label: t().selling_tax_rate().to_owned() },
        Choice { value: "state".to_owned(), label: t().selling_tax_by_state().to_owned() },
    ];
    let kind = Memo::new(move |_| editing.form.with(|form| form.tax));
    let value = Signal::derive(move || {
        let name = match kind.get() {
            TaxKind::None => "none",
            TaxKind::Rate => "rate",
            TaxKind::ByState => "state",
        };
        name.to_owned()
    });
    let choose = move |name: String| {
        let kind = match name.as_str() {
            "rate" => TaxKind::Rate,
            "state" => TaxKind::ByState,
            _none => TaxKind::None,
        };
        editing.form.update(|form| form.tax = kind);
    };
    let estimates = move || {
        let chosen = editing.form.with(|form| states(&form.states)).unwrap_or_default();
        let rates = editing.rates.read_value();
        let lines = chosen.into_iter().filter_map(|state| {
            let percent = rates.get(&state)?.percent().replace('.', t().checkout_decimal_mark());
            Some(view! { <li class="num">{format!("{} {percent} %", state.name())}</li> })
        });
        lines.collect_view()
    };
    let fields = move || match kind.get() {
        TaxKind::None => ().into_any(),
        TaxKind::Rate => view! {
            <TextField
                label=t().selling_rate().to_owned()
                name="rate"
                inputmode="decimal"
                value=editing.read(|form| &form.rate)
                on_input=editing.write(|form| &mut form.rate)
                error=editing.error(Field::Rate)
            />
        }
        .into_any(),
        TaxKind::ByState => view! {
            <TextField
                label=t().selling_tax_states().to_owned()
                name="tax-states"
                hint=t().selling_states_hint()
                value=editing.read(|form| &form.states)
                on_input=editing.write(|form| &mut form.states)
                error=editing.error(Field::TaxStates)
            />
            <p class="muted fine">{t().selling_estimates()}</p>
            <ul>{estimates}</ul>
        }
        .into_any(),
    };
    view! {
        <fieldset>
            <legend>{t().selling_tax()}</legend>
            <Select
                label=t().selling_tax_kind().to_owned()
                name="tax-kind"
                choices=Signal::stored(kinds)
                value=value
                on_change=choose
            />
            {fields}
        </fieldset>
    }
}

/// Where buyers can fetch things.
#[component]
fn PickupFields(
    /// What is being written.
    editing: Editing,
) -> impl IntoView {
    let fetched = Memo::new(move |_| editing.form.with(|form| form.fetched));
    let fields = move || {
        fetched.get().then(|| {
            view! {
                <TextField
                    label=t().selling_place().to_owned()
                    name="place"
                    value=editing.read(|form| &form.place)
                    on_input=editing.write(|form| &mut form.place)
                    error=editing.error(Field::Place)
                    max_length=120u32
                />
                <TextField
                    label=t().checkout_state().to_owned()
                    name="place-state"
                    value=editing.read(|form| &form.place_state)
                    on_input=editing.write(|form| &mut form.place_state)
                    error=editing.error(Field::PlaceState)
                />
                <TextField
                    label=t().selling_when().to_owned()
                    name="when"
                    hint=t().selling_when_hint()
                    value=editing.read(|form| &form.when)
                    on_input=editing.write(|form| &mut form.when)
                    error=editing.error(Field::When)
                    max_length=120u32
                />
            }
        })
    };
    view! {
        <fieldset>
            <legend>{t().selling_pickup()}</legend>
            <Switch
                label=t().selling_fetched().to_owned()
                checked=fetched
                on_change=move |fetched: bool| editing.form.update(|form| form.fetched = fetched)
            />
            {fields}
        </fieldset>
    }
}

crate::words! {
    selling_note "What every new payment request starts from. You can still change it for one request; what was sent stays as it was."
        "Da qui parte ogni nuova richiesta di pagamento. Puoi sempre cambiarlo per una richiesta; ciò che è inviato resta com’era.";
    selling_tax "Tax" "Tasse";
    selling_tax_kind "How you charge tax" "Come applichi le tasse";
    selling_tax_none "No tax" "Nessuna tassa";
    selling_tax_rate "One rate everywhere" "Un’aliquota ovunque";
    selling_tax_by_state "By the buyer’s state" "Secondo lo stato di chi compra";
    selling_rate "Rate in percent" "Aliquota in percento";
    selling_tax_states "Where you collect tax" "Dove riscuoti le tasse";
    selling_states_hint "States with commas between, like CA, NY" "Stati separati da virgole, per esempio CA, NY";
    selling_estimates "Estimates as of 1 July 2025, checked by nobody: confirm with your state. The general rate of the state, without cities and counties. Elsewhere no tax is charged."
        "Stime al 1º luglio 2025, che nessuno ha verificato: chiedi conferma al tuo stato. L’aliquota generale dello stato, senza città e contee. Altrove non si applicano tasse.";
    selling_no_such_state(text) "“{text}” is not a US state." "«{text}» non è uno stato USA.";
    selling_states_missing "Name at least one state." "Indica almeno uno stato.";
    selling_pickup "Local pickup" "Ritiro di persona";
    selling_fetched "Buyers can pick things up" "Chi compra può ritirare";
    selling_place "Place" "Luogo";
    selling_when "When somebody is there" "Quando c’è qualcuno";
    selling_when_hint "Like: Monday to Friday, 9 to 17" "Per esempio: lunedì–venerdì, 9–17";
    selling_save "Save" "Salva";
    selling_saved "Saved. New requests start from it." "Salvato. Le nuove richieste partono da qui.";
}
