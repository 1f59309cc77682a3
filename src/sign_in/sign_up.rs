//! Making an account: what others will see of it, and its first passkey.

use super::page::{begin, client};
use crate::i18n::t;
use crate::proof::{self, ProofError};
use crate::store::new_key;
use crate::ui::{Button, ButtonKind, ButtonSize, ButtonVariant, IconName, TextField};
use api::wire::SignUp;
use domain::address::UsState;
use domain::profile::{Handle, OrderPrefix};
use domain::text::{Label, Text};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

/// One thing to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Name,
    Handle,
    City,
    State,
    OrderPrefix,
}

const ALL: [Field; 5] = [Field::Name, Field::Handle, Field::City, Field::State, Field::OrderPrefix];

impl Field {
    /// As the API names it.
    fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Handle => "handle",
            Self::City => "city",
            Self::State => "state",
            Self::OrderPrefix => "order_prefix",
        }
    }

    fn label(self, is_business: bool) -> &'static str {
        match self {
            Self::Name if is_business => t().sign_up_business_name(),
            Self::Name => t().sign_up_name(),
            Self::Handle => t().sign_up_handle(),
            Self::City => t().sign_up_city(),
            Self::State => t().sign_up_state(),
            Self::OrderPrefix => t().sign_up_prefix(),
        }
    }

    fn hint(self) -> Option<&'static str> {
        match self {
            Self::Handle => Some(t().sign_up_handle_hint()),
            Self::OrderPrefix => Some(t().sign_up_prefix_hint()),
            Self::Name | Self::City | Self::State => None,
        }
    }

    fn token(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Handle => "username",
            Self::City => "address-level2",
            Self::State => "address-level1",
            Self::OrderPrefix => "off",
        }
    }

    fn wrong(self) -> &'static str {
        match self {
            Self::Name => t().sign_up_name_wrong(),
            Self::Handle => t().sign_up_handle_wrong(),
            Self::City => t().sign_up_city_wrong(),
            Self::State => t().proof_invalid_state(),
            Self::OrderPrefix => t().sign_up_prefix_wrong(),
        }
    }
}

/// What was typed so far.
#[derive(Clone, Debug, Default)]
struct Draft {
    texts: [String; ALL.len()],
    is_business: bool,
}

impl Draft {
    fn text(&self, field: Field) -> &str {
        &self.texts[field as usize]
    }

    /// What can be asked for, or the fields that are wrong.
    fn check(&self) -> Result<SignUp, Vec<Field>> {
        let name = Text::try_from(self.text(Field::Name).to_owned()).map_err(|_| Field::Name);
        // Phones begin every field with a capital letter, and people put the @ before it.
        let handle = self.text(Field::Handle).trim().trim_start_matches('@').to_lowercase();
        let handle = Handle::try_from(handle).map_err(|_| Field::Handle);
        let city = Label::try_from(self.text(Field::City).to_owned()).map_err(|_| Field::City);
        let state = self.text(Field::State).parse::<UsState>().ok().and_then(|state| state.code().parse().ok());
        let state: Result<Label, Field> = state.ok_or(Field::State);
        let prefix =
            self.is_business.then(|| OrderPrefix::try_from(self.text(Field::OrderPrefix).trim().to_uppercase()));
        let order_prefix = prefix.transpose().map_err(|_| Field::OrderPrefix);
        match (name, handle, city, state, order_prefix) {
            (Ok(name), Ok(handle), Ok(city), Ok(state), Ok(order_prefix)) => {
                Ok(SignUp { handle, name, city, state, order_prefix })
            }
            (name, handle, city, state, prefix) => {
                Err([name.err(), handle.err(), city.err(), state.err(), prefix.err()].into_iter().flatten().collect())
            }
        }
    }
}

/// Making an account.
#[component]
pub(super) fn SignUpForm() -> impl IntoView {
    let class = style_sheet!("src/sign_in/sign_up.css");
    let (draft, left) = (RwSignal::new(Draft::default()), RwSignal::new(Vec::<Field>::new()));
    let is_business = Memo::new(move |_| draft.with(|draft| draft.is_business));
    let make = Action::new_local(move |wish: &SignUp| {
        let wish = wish.clone();
        async move {
            let client = client().await?;
            let made = proof::make(client.sign_up(&new_key(), &wish).await?).await?;
            begin(&client.finish_sign_up(&new_key(), &made).await?);
            Ok::<_, ProofError>(())
        }
    });
    let refused = move || match &*make.value().read() {
        Some(Err(error)) => Some((error.field().map(str::to_owned), error.sentence())),
        Some(Ok(())) | None => None,
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        left.set(ALL.to_vec());
        if make.pending().get_untracked() {
            return;
        }
        if let Ok(wish) = draft.with_untracked(Draft::check) {
            make.dispatch_local(wish);
        }
    };
    let field = move |field: Field| {
        let error = Signal::derive(move || {
            let wrong = draft.with(Draft::check).err().is_some_and(|wrong| wrong.contains(&field));
            if wrong && left.with(|left| left.contains(&field)) {
                return Some(field.wrong().to_owned());
            }
            refused().filter(|(at, _)| at.as_deref() == Some(field.as_str())).map(|(_, sentence)| sentence)
        });
        view! {
            <TextField
                label=Signal::derive(move || field.label(is_business.get()).to_owned())
                name=field.as_str()
                value=Signal::derive(move || draft.with(|draft| draft.text(field).to_owned()))
                on_input=move |typed: String| {
                    make.value().set(None);
                    draft.update(|draft| draft.texts[field as usize] = typed);
                }
                on_blur=move |()| left.update(|left| left.push(field))
                error
                hint=field.hint().unwrap_or_default()
                autocomplete=field.token()
                max_length=120u32
            />
        }
    };
    let kind = move |(business, label): (bool, &'static str)| {
        view! { class=class,
            <button
                type="button"
                aria-pressed=move || (is_business.get() == business).to_string()
                on:click=move |_| draft.update(|draft| draft.is_business = business)
            >
                {label}
            </button>
        }
    };
    let elsewhere = move || {
        refused()
            .filter(|(at, _)| ALL.iter().all(|field| at.as_deref() != Some(field.as_str())))
            .map(|(_, sentence)| sentence)
    };
    view! { class=class,
        <form class="sign-up" novalidate aria-label=t().sign_in_create() on:submit=submit>
            <div class="segmented" role="group" aria-label=t().sign_up_kind()>
                {[(false, t().sign_up_person()), (true, t().sign_up_business())].map(kind)}
            </div>
            {field(Field::Name)}
            {field(Field::Handle)}
            <div class="place">{field(Field::City)} {field(Field::State)}</div>
            <Show when=move || is_business.get()>{field(Field::OrderPrefix)}</Show>
            <Button
                kind=ButtonKind::Submit
                variant=ButtonVariant::Primary
                size=ButtonSize::Big
                icon=IconName::Passkey
                pending=make.pending()
            >
                {t().sign_up_make()}
            </Button>
            <p class="error" role="alert">{elsewhere}</p>
        </form>
    }
}

crate::words! {
    sign_up_kind "What the account is for" "A cosa serve l’account";
    sign_up_person "For myself" "Per me";
    sign_up_business "For a business" "Per un’attività";
    sign_up_name "Your name" "Il tuo nome";
    sign_up_business_name "Name of the business" "Nome dell’attività";
    sign_up_name_wrong "Enter a name of at most 80 characters." "Inserisci un nome di al massimo 80 caratteri.";
    sign_up_handle "Handle" "Nome utente";
    sign_up_handle_hint "People find you by it: small letters, digits, dots." "Ti trovano così: lettere minuscole, cifre, punti.";
    sign_up_handle_wrong "3 to 30 letters, digits, single dots and underscores."
        "Da 3 a 30 lettere, cifre, punti e trattini bassi singoli.";
    sign_up_city "City" "Città";
    sign_up_city_wrong "Enter a city." "Inserisci una città.";
    sign_up_state "State" "Stato";
    sign_up_prefix "Start of order numbers" "Inizio dei numeri d’ordine";
    sign_up_prefix_hint "1 to 4 letters: K makes K-2031." "Da 1 a 4 lettere: con K, K-2031.";
    sign_up_prefix_wrong "Enter 1 to 4 letters, A to Z." "Inserisci da 1 a 4 lettere, dalla A alla Z.";
    sign_up_make "Create with a passkey" "Crea con una passkey";
}
