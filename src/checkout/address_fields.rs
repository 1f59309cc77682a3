//! The fields of an address: autofilled, checked when one leaves them, and all together when it is sent.

use crate::i18n::t;
use crate::ui::{FieldKind, Icon, IconName, IconSize, TextField};
use domain::address::{Address, AddressDraft, AddressField, AddressProblem, Need, PARTS, UsState, Zip};
use leptos::ev::MouseEvent;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement};
use stylers::style_sheet;
use wasm_bindgen::JsCast;

/// An address that is being typed. A copy is a handle.
#[derive(Clone, Copy)]
pub struct AddressForm {
    draft: Signal<AddressDraft>,
    set: Callback<AddressDraft>,
    /// The fields that were left and may be found wrong.
    left: RwSignal<Vec<AddressField>>,
    /// Whether it was sent and is wrong: a summary is shown.
    refused: RwSignal<bool>,
    summary: NodeRef<Div>,
}

fn label(field: AddressField) -> &'static str {
    match field {
        AddressField::Name => t().checkout_name(),
        AddressField::Line1 => t().checkout_street(),
        AddressField::Line2 => t().checkout_apartment(),
        AddressField::City => t().checkout_city(),
        AddressField::State => t().checkout_state(),
        AddressField::Zip => t().checkout_zip(),
        AddressField::Phone => t().checkout_phone(),
    }
}

/// What is wrong with a field, and how to put it right.
fn sentence(field: AddressField, problem: AddressProblem, draft: &AddressDraft) -> String {
    match problem {
        AddressProblem::Missing => match field {
            AddressField::Name => t().checkout_name_missing(),
            AddressField::Line1 | AddressField::Line2 => t().checkout_street_missing(),
            AddressField::City => t().checkout_city_missing(),
            AddressField::State => t().checkout_state_missing(),
            AddressField::Zip => t().checkout_zip_missing(),
            AddressField::Phone => t().checkout_phone_bad(),
        }
        .to_owned(),
        AddressProblem::TooLong => t().checkout_too_long().to_owned(),
        AddressProblem::UnknownState => t().checkout_state_unknown().to_owned(),
        AddressProblem::BadZip => t().checkout_zip_bad().to_owned(),
        AddressProblem::ZipNotInState => {
            let zip = draft.zip.trim();
            match zip.parse::<Zip>().ok().and_then(|zip| UsState::of_zip(&zip)) {
                Some(state) => t().checkout_zip_elsewhere(zip, state.name()),
                None => t().checkout_zip_nowhere().to_owned(),
            }
        }
        AddressProblem::BadPhone => t().checkout_phone_bad().to_owned(),
    }
}

impl AddressForm {
    /// A form over a draft that is kept elsewhere.
    pub fn new(draft: Signal<AddressDraft>, set: Callback<AddressDraft>) -> Self {
        let (left, refused) = (RwSignal::new(Vec::new()), RwSignal::new(false));
        Self { draft, set, left, refused, summary: NodeRef::new() }
    }

    fn errors(self) -> Vec<(AddressField, AddressProblem)> {
        Address::try_from(self.draft.get()).err().map(|errors| errors.0).unwrap_or_default()
    }

    fn shown(self) -> Vec<(AddressField, String)> {
        let draft = self.draft.get();
        let left = self.left.get();
        let errors = self.errors().into_iter().filter(|(field, _)| left.contains(field));
        errors.map(|(field, problem)| (field, sentence(field, problem, &draft))).collect()
    }

    /// The address, or nothing and the focus on what is wrong.
    pub fn check(self) -> Option<Address> {
        let address = Address::try_from(self.draft.get_untracked()).ok();
        self.refused.set(address.is_none());
        if address.is_none() {
            self.left.set(PARTS.map(|(field, _)| field).to_vec());
            let summary = self.summary;
            // After the summary has been drawn.
            request_animation_frame(move || {
                if let Some(summary) = summary.try_get_untracked().flatten() {
                    // What cannot take the focus is not on the page.
                    let _focused = summary.focus();
                }
            });
        }
        address
    }

    fn type_in(self, field: AddressField, typed: String) {
        let mut draft = self.draft.get_untracked();
        *draft.part_mut(field) = typed;
        if field == AddressField::Zip && draft.state.trim().is_empty() {
            // A ZIP code tells its state: nobody types both.
            if let Some(state) = draft.zip.parse().ok().as_ref().and_then(UsState::of_zip) {
                draft.state = state.code().to_owned();
            }
        }
        self.set.run(draft);
    }

    fn leave(self, field: AddressField) {
        if self.left.with_untracked(|left| !left.contains(&field)) {
            self.left.update(|left| left.push(field));
        }
    }
}

/// The fields of an address, inside somebody's form: at most seven, one of them behind a link.
#[component]
pub fn AddressFields(
    /// What is typed.
    form: AddressForm,
) -> impl IntoView {
    let class = style_sheet!("src/checkout/address_fields.css");
    let field = move |field: AddressField, token: &'static str, kind: FieldKind, inputmode: Option<&'static str>| {
        let error = Signal::derive(move || {
            form.shown().into_iter().find(|(shown, _)| *shown == field).map(|(_, sentence)| sentence)
        });
        view! {
            <TextField
                label=label(field).to_owned()
                name=field.as_str()
                value=Signal::derive(move || form.draft.get().part_mut(field).clone())
                on_input=move |typed: String| form.type_in(field, typed)
                on_blur=move |()| form.leave(field)
                error
                kind
                autocomplete=token
                inputmode=inputmode.unwrap_or("text")
                required=field.need() == Need::Required
                max_length=140u32
            />
        }
    };
    let text = FieldKind::Text;
    let has_second_line = RwSignal::new(form.draft.with_untracked(|draft| !draft.line2.is_empty()));
    let second_line = move || match has_second_line.get() {
        true => field(AddressField::Line2, "shipping address-line2", text, None).into_any(),
        false => view! {
            <button class="link" type="button" on:click=move |_| has_second_line.set(true)>
                <Icon name=IconName::Plus size=IconSize::Tiny />
                {t().checkout_add_apartment()}
            </button>
        }
        .into_any(),
    };
    view! { class=class,
        <div class="address-fields">
            <Summary form />
            {field(AddressField::Name, "shipping name", text, None)}
            {field(AddressField::Line1, "shipping address-line1", text, None)}
            {second_line}
            <div class="triple">
                {field(AddressField::City, "shipping address-level2", text, None)}
                {field(AddressField::State, "shipping address-level1", text, None)}
                {field(AddressField::Zip, "shipping postal-code", text, Some("numeric"))}
            </div>
            {field(AddressField::Phone, "shipping tel", FieldKind::Telephone, Some("tel"))}
        </div>
    }
}

/// Everything that is wrong, with links to the fields; it takes the focus when the form was refused.
#[component]
fn Summary(
    /// What is typed.
    form: AddressForm,
) -> impl IntoView {
    let link = |(field, sentence): (AddressField, String)| {
        let go = move |event: MouseEvent| {
            event.prevent_default();
            let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let form = link.and_then(|link| link.closest("form").ok().flatten());
            let input = form.and_then(|form| form.query_selector(&format!("[name={}]", field.as_str())).ok().flatten());
            if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
                // What cannot take the focus is not on the page.
                let _focused = input.focus();
            }
        };
        view! {
            <li>
                <a href=format!("#{}", field.as_str()) on:click=go>
                    {sentence}
                </a>
            </li>
        }
    };
    let shown = move || {
        let errors = form.refused.get().then(|| form.shown()).filter(|errors| !errors.is_empty())?;
        let list = errors.into_iter().map(link).collect_view();
        Some(view! {
            <p>{t().checkout_check_fields()}</p>
            <ul>{list}</ul>
        })
    };
    view! {
        <div class="summary" role="alert" tabindex="-1" node_ref=form.summary>
            {shown}
        </div>
    }
}
