//! What PayPal keeps of how a buyer pays, without a purchase. Schemas `setup_token_request` and `payment_token_request`.

use crate::links::{self, Link};
use crate::order::{CustomerType, Locale, UsageType};
use crate::text::{Id as PayPalId, Label};
use serde::{Deserialize, Serialize, Serializer};
use url::Url;

/// What a buyer is asked to let PayPal keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSetupToken {
    /// Who it is at PayPal, when they have kept something before.
    pub customer: Option<PayPalId<22>>,
    /// Who will charge it.
    pub usage_type: UsageType,
    /// Who the buyer is.
    pub customer_type: CustomerType,
    /// Whether the buyer may have several.
    pub permit_multiple_payment_tokens: bool,
    /// What the buyer sees.
    pub experience: VaultExperience,
}

/// What the buyer sees at PayPal: the schema `experience_context` of the vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VaultExperience {
    /// Who asks, at most 300 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand_name: Option<Label<300>>,
    /// In which language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// Where the buyer comes back to.
    pub return_url: Url,
    /// Where the buyer comes back to without having approved.
    pub cancel_url: Url,
}

impl Serialize for NewSetupToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            customer: Option<Id<'a>>,
            payment_source: OneOf<'a>,
        }
        #[derive(Serialize)]
        struct OneOf<'a> {
            paypal: Wallet<'a>,
        }
        #[derive(Serialize)]
        struct Wallet<'a> {
            usage_type: UsageType,
            customer_type: CustomerType,
            permit_multiple_payment_tokens: bool,
            experience_context: &'a VaultExperience,
        }
        let paypal = Wallet {
            usage_type: self.usage_type,
            customer_type: self.customer_type,
            permit_multiple_payment_tokens: self.permit_multiple_payment_tokens,
            experience_context: &self.experience,
        };
        let customer = self.customer.as_ref().map(|id| Id { id: id.as_str() });
        Wire { customer, payment_source: OneOf { paypal } }.serialize(serializer)
    }
}

#[derive(Serialize)]
struct Id<'a> {
    id: &'a str,
}

/// What turns an approved setup token into a payment token. Its type `SETUP_TOKEN` is in PayPal's documentation and SDK, not in
/// its file.
#[derive(Serialize)]
pub(crate) struct Exchange<'a> {
    payment_source: Held<'a>,
}

#[derive(Serialize)]
struct Held<'a> {
    token: Token<'a>,
}

#[derive(Serialize)]
struct Token<'a> {
    id: &'a str,
    r#type: &'static str,
}

impl<'a> Exchange<'a> {
    pub(crate) fn of(setup_token: &'a str) -> Self {
        Self { payment_source: Held { token: Token { id: setup_token, r#type: "SETUP_TOKEN" } } }
    }
}

open_enum! {
    /// How far the asking is.
    SetupTokenStatus {
        Created = "CREATED",
        PayerActionRequired = "PAYER_ACTION_REQUIRED",
        Approved = "APPROVED",
        Vaulted = "VAULTED",
        Tokenized = "TOKENIZED",
    }
}

/// A buyer being asked. Short-lived.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct SetupToken {
    /// What is turned into a payment token, once approved.
    pub id: String,
    /// How far it is.
    pub status: Option<SetupTokenStatus>,
    customer: Option<Customer>,
    #[serde(default)]
    links: Vec<Link>,
}

impl SetupToken {
    /// Where the buyer approves.
    pub fn approval_link(&self) -> Option<&str> {
        links::approval(&self.links)
    }

    /// Who the buyer is at PayPal.
    pub fn customer_id(&self) -> Option<&str> {
        self.customer.as_ref()?.id.as_deref()
    }
}

/// What PayPal keeps.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct PaymentToken {
    /// What orders are paid with. A secret: never sent to a browser.
    pub id: String,
    customer: Option<Customer>,
    payment_source: Option<Sources>,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct Customer {
    id: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct Sources {
    paypal: Option<WalletHolder>,
}

/// Whose account it is.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct WalletHolder {
    /// Its address.
    pub email_address: Option<String>,
    /// PayPal's number of it.
    pub account_id: Option<String>,
    /// The same in older words; PayPal's schema has both.
    pub payer_id: Option<String>,
}

impl PaymentToken {
    /// Whose account it is; `None` when it is none of PayPal's own.
    pub fn paypal(&self) -> Option<&WalletHolder> {
        self.payment_source.as_ref()?.paypal.as_ref()
    }

    /// Who the buyer is at PayPal.
    pub fn customer_id(&self) -> Option<&str> {
        self.customer.as_ref()?.id.as_deref()
    }
}

/// One page of what PayPal keeps for a customer.
#[derive(Deserialize)]
pub(crate) struct TokenPage {
    pub(crate) total_pages: Option<u32>,
    #[serde(default)]
    pub(crate) payment_tokens: Vec<PaymentToken>,
}

hidden!(SetupToken, PaymentToken, WalletHolder);
