//! An order as it is asked for.

use super::amount::{Line, NewAmount, Priced};
use super::experience::{
    CustomerType, Experience, Funding, LandingPage, Locale, ShipTo, UsageType, UserAction, Vaulting,
};
use super::place::{Address, Delivery, Payee};
use crate::text::{Id, Label, Reference};
use serde::{Serialize, Serializer};
use url::Url;

/// Whether money moves at once, or is set aside first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Intent {
    /// At once, when the order is captured.
    Capture,
    /// Set aside, and captured later.
    Authorize,
}

/// An order that is asked for: exactly one purchase unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    /// Whether money moves at once.
    pub intent: Intent,
    /// What is bought.
    pub unit: NewUnit,
    /// How it is paid.
    pub source: Source,
}

/// What is bought, of whom, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUnit {
    /// Our name of the unit; PayPal says `default` without one.
    pub reference_id: Option<Reference<256>>,
    /// Our payment. In reports; the buyer does not see it.
    pub custom_id: Option<Reference<127>>,
    /// Our order. The buyer sees it. PayPal refuses it a second time, if the account asks for that.
    pub invoice_id: Option<Reference<127>>,
    /// What it is about.
    pub description: Option<Label<127>>,
    /// What it costs, and of what it is made.
    pub priced: Priced,
    /// Where it goes.
    pub delivery: Delivery,
    /// Who is paid; `None` is the account of our keys.
    pub payee: Option<Payee>,
}

/// How an order is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The buyer approves at PayPal.
    Approval {
        /// What they see there.
        experience: Experience,
        /// Whether PayPal keeps how they paid.
        vaulting: Option<Vaulting>,
    },
    /// With what PayPal has kept; the buyer is asked nothing unless PayPal wants it.
    Vaulted {
        /// PayPal's name of it.
        vault_id: Id<255>,
        /// What they see, should PayPal want to ask.
        experience: Experience,
    },
}

impl Serialize for NewOrder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let paypal = Wallet::of(&self.source, &self.unit.delivery);
        let wire =
            Wire { intent: self.intent, purchase_units: [Unit::of(&self.unit)], payment_source: OneOf { paypal } };
        wire.serialize(serializer)
    }
}

/// An order in PayPal's words. One key stands for the very same words: who asks again, perhaps from another server and after
/// a setting has changed, says these.
#[derive(Clone, PartialEq, Eq)]
pub struct OrderWords(String);

impl OrderWords {
    /// What was said before, as [`Self::as_str`] gave it.
    pub fn said_before(text: String) -> Self {
        Self(text)
    }

    /// To keep. A token is in it: where it is kept, it is sealed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&NewOrder> for OrderWords {
    fn from(order: &NewOrder) -> Self {
        Self(serde_json::to_string(order).expect("an order is JSON"))
    }
}

/// The schema `order_request`.
#[derive(Serialize)]
struct Wire<'a> {
    intent: Intent,
    purchase_units: [Unit<'a>; 1],
    payment_source: OneOf<'a>,
}

#[derive(Serialize)]
struct OneOf<'a> {
    paypal: Wallet<'a>,
}

/// The schema `purchase_unit_request`.
#[derive(Serialize)]
struct Unit<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    reference_id: Option<&'a Reference<256>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_id: Option<&'a Reference<127>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invoice_id: Option<&'a Reference<127>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a Label<127>>,
    amount: &'a NewAmount,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    items: Vec<Line<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shipping: Option<Ship<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payee: Option<&'a Payee>,
}

#[derive(Serialize)]
struct Ship<'a> {
    name: Name<'a>,
    address: &'a Address,
}

#[derive(Serialize)]
struct Name<'a> {
    full_name: &'a Label<300>,
}

impl<'a> Unit<'a> {
    fn of(unit: &'a NewUnit) -> Self {
        let shipping = match &unit.delivery {
            Delivery::To(to) => Some(Ship { name: Name { full_name: &to.full_name }, address: &to.address }),
            Delivery::None | Delivery::OnFile => None,
        };
        Self {
            reference_id: unit.reference_id.as_ref(),
            custom_id: unit.custom_id.as_ref(),
            invoice_id: unit.invoice_id.as_ref(),
            description: unit.description.as_ref(),
            amount: unit.priced.amount(),
            items: unit.priced.lines(),
            shipping,
            payee: unit.payee.as_ref(),
        }
    }
}

/// The schema `paypal_wallet`.
#[derive(Serialize)]
struct Wallet<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    vault_id: Option<&'a Id<255>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<Attributes<'a>>,
    experience_context: Context<'a>,
}

#[derive(Serialize)]
struct Attributes<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<Customer<'a>>,
    vault: Keep,
}

#[derive(Serialize)]
struct Customer<'a> {
    id: &'a Id<22>,
}

#[derive(Serialize)]
struct Keep {
    store_in_vault: &'static str,
    usage_type: UsageType,
    customer_type: CustomerType,
    permit_multiple_payment_tokens: bool,
}

#[derive(Serialize)]
struct Context<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    brand_name: Option<&'a Label<127>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<&'a Locale>,
    shipping_preference: ShipTo,
    return_url: &'a Url,
    cancel_url: &'a Url,
    landing_page: LandingPage,
    user_action: UserAction,
    payment_method_preference: Funding,
}

impl<'a> Wallet<'a> {
    fn of(source: &'a Source, delivery: &Delivery) -> Self {
        match source {
            Source::Approval { experience, vaulting } => Self {
                vault_id: None,
                attributes: vaulting.as_ref().map(Attributes::of),
                experience_context: Context::of(experience, delivery),
            },
            Source::Vaulted { vault_id, experience } => Self {
                vault_id: Some(vault_id),
                attributes: None,
                experience_context: Context::of(experience, delivery),
            },
        }
    }
}

impl<'a> Attributes<'a> {
    fn of(vaulting: &'a Vaulting) -> Self {
        let vault = Keep {
            store_in_vault: "ON_SUCCESS",
            usage_type: vaulting.usage_type,
            customer_type: vaulting.customer_type,
            permit_multiple_payment_tokens: vaulting.permit_multiple_payment_tokens,
        };
        Self { customer: vaulting.customer.as_ref().map(|id| Customer { id }), vault }
    }
}

impl<'a> Context<'a> {
    fn of(experience: &'a Experience, delivery: &Delivery) -> Self {
        let shipping_preference = match delivery {
            Delivery::None => ShipTo::Nowhere,
            Delivery::To(_) => ShipTo::Provided,
            Delivery::OnFile => ShipTo::OnFile,
        };
        Self {
            brand_name: experience.brand_name.as_ref(),
            locale: experience.locale.as_ref(),
            shipping_preference,
            return_url: &experience.return_url,
            cancel_url: &experience.cancel_url,
            landing_page: experience.landing_page,
            user_action: experience.user_action,
            payment_method_preference: experience.funding,
        }
    }
}
