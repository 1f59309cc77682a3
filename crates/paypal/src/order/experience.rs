//! What the buyer sees at PayPal, and whether PayPal keeps how they paid.

use crate::text::{Id, Label};
use serde::Serialize;
use std::fmt;
use url::Url;

/// What the buyer sees at PayPal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Experience {
    /// Who sells, at most 127 characters.
    pub brand_name: Option<Label<127>>,
    /// In which language.
    pub locale: Option<Locale>,
    /// Where the buyer comes back to.
    pub return_url: Url,
    /// Where the buyer comes back to without having approved.
    pub cancel_url: Url,
    /// What PayPal shows first.
    pub landing_page: LandingPage,
    /// What the last button says.
    pub user_action: UserAction,
    /// Which ways to pay are offered.
    pub funding: Funding,
}

/// What PayPal shows first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LandingPage {
    /// Signing in.
    Login,
    /// Paying by card, as a guest.
    GuestCheckout,
    /// What PayPal thinks best.
    NoPreference,
}

/// What the last button at PayPal says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UserAction {
    /// "Continue": the total may still change.
    Continue,
    /// "Pay now".
    PayNow,
}

/// Which ways to pay are offered: PayPal's `payment_method_preference`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Funding {
    /// All, also those whose money comes days later.
    Unrestricted,
    /// Those alone whose money is there at once.
    ImmediatePaymentRequired,
}

/// Where the address comes from, as PayPal words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) enum ShipTo {
    #[serde(rename = "GET_FROM_FILE")]
    OnFile,
    #[serde(rename = "NO_SHIPPING")]
    Nowhere,
    #[serde(rename = "SET_PROVIDED_ADDRESS")]
    Provided,
}

/// A language, and where it is spoken: `en`, `it-IT`, `zh-Hant-TW`. The schema `language`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Locale(String);

impl Locale {
    /// Reads a tag of BCP 47, as far as PayPal takes them. `None` for others.
    pub fn parse(tag: &str) -> Option<Self> {
        let is = |part: &str, len: usize, of: fn(u8) -> bool| part.len() == len && part.bytes().all(of);
        let (lower, upper) = (|byte: u8| byte.is_ascii_lowercase(), |byte: u8| byte.is_ascii_uppercase());
        let region = |part: &str| is(part, 2, upper) || is(part, 3, |byte| byte.is_ascii_digit());
        let script =
            |part: &str| part.split_at_checked(1).is_some_and(|(head, tail)| is(head, 1, upper) && is(tail, 3, lower));
        let mut parts = tag.split('-');
        let language = parts.next().is_some_and(|part| is(part, 2, lower));
        let rest = match (parts.next(), parts.next(), parts.next()) {
            (None, _, _) => true,
            (Some(one), None, _) => region(one) || script(one),
            (Some(one), Some(two), None) => script(one) && region(two),
            (Some(_), Some(_), Some(_)) => false,
        };
        (language && rest && tag.len() <= 10).then(|| Self(tag.to_owned()))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How PayPal keeps how the buyer paid, once they have: `attributes.vault` with `store_in_vault: ON_SUCCESS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vaulting {
    /// Who will charge it.
    pub usage_type: UsageType,
    /// Who the buyer is.
    pub customer_type: CustomerType,
    /// Whether the buyer may have several.
    pub permit_multiple_payment_tokens: bool,
    /// Who it is at PayPal, when they have kept something before.
    pub customer: Option<Id<22>>,
}

/// Who will charge what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UsageType {
    /// The account of our keys.
    Merchant,
    /// The platform, for its sellers.
    Platform,
}

/// Who the buyer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CustomerType {
    /// A person.
    Consumer,
    /// A business.
    Business,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_a_language_and_perhaps_a_script_and_a_region() {
        for good in ["en", "it-IT", "es-419", "zh-Hant", "zh-Hant-TW"] {
            assert!(Locale::parse(good).is_some(), "{good}");
        }
        for bad in
            ["", "e", "eng", "EN", "en_US", "en-us", "en-", "en-US-x", "zh-Hant-TW-x", "en-é", "en-éa", "zh-TW-Hant"]
        {
            assert!(Locale::parse(bad).is_none(), "{bad}");
        }
    }
}
