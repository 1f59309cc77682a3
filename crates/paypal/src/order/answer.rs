//! An order as PayPal tells it. What it adds is passed over.

use crate::amount::Amount;
use crate::instant;
use crate::links::{self, Link};
use crate::payment::{Authorization, Capture, Refund};
use domain::time::Timestamp;
use serde::Deserialize;

open_enum! {
    /// How far an order is.
    ///
    /// `Completed` does not mean paid: the captures say that (developer.paypal.com/api/orders/v2/definitions/order_status).
    OrderStatus {
        Created = "CREATED",
        Saved = "SAVED",
        Approved = "APPROVED",
        Voided = "VOIDED",
        Completed = "COMPLETED",
        PayerActionRequired = "PAYER_ACTION_REQUIRED",
    }
}

open_enum! {
    /// What an order was made for.
    OrderIntent {
        Capture = "CAPTURE",
        Authorize = "AUTHORIZE",
    }
}

open_enum! {
    /// How far the keeping of a payment source is.
    VaultStatus {
        Vaulted = "VAULTED",
        Created = "CREATED",
        Approved = "APPROVED",
    }
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Order {
    /// PayPal's name of it.
    pub id: String,
    /// How far it is.
    pub status: OrderStatus,
    /// What it was made for.
    pub intent: Option<OrderIntent>,
    /// What is bought: one, as we ask for one.
    #[serde(default)]
    pub purchase_units: Vec<PurchaseUnit>,
    #[serde(default)]
    payment_source: Option<Sources>,
    /// Who pays, in older words than [`Order::paypal`].
    pub payer: Option<Payer>,
    /// When it was made.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub create_time: Option<Timestamp>,
    #[serde(default)]
    links: Vec<Link>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Sources {
    paypal: Option<PayPalSource>,
}

impl Order {
    /// Where the buyer approves, while there is something to approve.
    pub fn approval_link(&self) -> Option<&str> {
        links::approval(&self.links)
    }

    /// How it is paid.
    pub fn paypal(&self) -> Option<&PayPalSource> {
        self.payment_source.as_ref()?.paypal.as_ref()
    }

    /// What PayPal kept of how it was paid.
    pub fn vaulted(&self) -> Option<&Vaulted> {
        self.paypal()?.attributes.as_ref()?.vault.as_ref()
    }

    /// All captures.
    pub fn captures(&self) -> impl Iterator<Item = &Capture> {
        self.purchase_units.iter().flat_map(|unit| &unit.payments.captures)
    }

    /// All that is set aside.
    pub fn authorizations(&self) -> impl Iterator<Item = &Authorization> {
        self.purchase_units.iter().flat_map(|unit| &unit.payments.authorizations)
    }

    /// All refunds.
    pub fn refunds(&self) -> impl Iterator<Item = &Refund> {
        self.purchase_units.iter().flat_map(|unit| &unit.payments.refunds)
    }
}

/// What is bought.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PurchaseUnit {
    /// Our name of the unit, or `default`.
    pub reference_id: Option<String>,
    /// What it costs.
    pub amount: Option<Amount>,
    /// Who is paid.
    pub payee: Option<Paid>,
    /// Our payment.
    pub custom_id: Option<String>,
    /// Our order.
    pub invoice_id: Option<String>,
    /// What became of it.
    #[serde(default)]
    pub payments: Payments,
}

/// What became of a purchase unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Payments {
    /// What is set aside.
    pub authorizations: Vec<Authorization>,
    /// What moved.
    pub captures: Vec<Capture>,
    /// What went back.
    pub refunds: Vec<Refund>,
}

/// Who is paid.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Paid {
    /// PayPal's number of the account.
    pub merchant_id: Option<String>,
    /// Its address.
    pub email_address: Option<String>,
}

/// Who pays.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Payer {
    /// PayPal's number of the account.
    pub payer_id: Option<String>,
    /// Its address.
    pub email_address: Option<String>,
}

/// How an order is paid.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct PayPalSource {
    /// The address of the buyer's account.
    pub email_address: Option<String>,
    /// PayPal's number of the buyer's account.
    pub account_id: Option<String>,
    attributes: Option<Attributes>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Attributes {
    vault: Option<Vaulted>,
}

/// What PayPal kept of how an order was paid.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Vaulted {
    /// What the next order is paid with. A secret: never sent to a browser. Comes later while the status is `Approved`.
    pub id: Option<String>,
    /// How far the keeping is.
    pub status: Option<VaultStatus>,
    customer: Option<Customer>,
}

impl Vaulted {
    /// Who the buyer is at PayPal.
    pub fn customer_id(&self) -> Option<&str> {
        self.customer.as_ref()?.id.as_deref()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Customer {
    id: Option<String>,
}

hidden!(Paid, Payer, PayPalSource, Vaulted);
