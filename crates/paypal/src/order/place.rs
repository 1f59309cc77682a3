//! Where an order goes, and who is paid.

use crate::text::Label;
use serde::Serialize;
use std::fmt;

/// Where an order goes. Says at once what PayPal asks the buyer for, and what it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Nothing is shipped: `NO_SHIPPING`.
    None,
    /// To this address, which the buyer cannot change at PayPal: `SET_PROVIDED_ADDRESS`.
    To(Recipient),
    /// To an address that the buyer has at PayPal: `GET_FROM_FILE`.
    OnFile,
}

/// Who gets it, and where. Never logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The whole name.
    pub full_name: Label<300>,
    /// The place.
    pub address: Address,
}

/// A place: the schema `address_portable`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Address {
    /// Street and number.
    pub address_line_1: Label<300>,
    /// Floor, flat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line_2: Option<Label<300>>,
    /// The town.
    #[serde(rename = "admin_area_2", skip_serializing_if = "Option::is_none")]
    pub city: Option<Label<120>>,
    /// The state or province: the postal code where there is one, `CA`.
    #[serde(rename = "admin_area_1", skip_serializing_if = "Option::is_none")]
    pub state: Option<Label<300>>,
    /// The postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Label<60>>,
    /// The country.
    #[serde(rename = "country_code")]
    pub country: Country,
}

/// A country: two capital letters of ISO 3166-1, or PayPal's `C2` (China, for payments across its border).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 2] = code.as_bytes().try_into().ok()?;
        (code == "C2" || bytes.iter().all(u8::is_ascii_uppercase)).then_some(Self(bytes))
    }

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("two ASCII bytes: `parse` has looked")
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Who is paid, when it is not the account of our keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Payee {
    /// By PayPal's number of the account.
    #[serde(rename = "merchant_id")]
    Merchant(MerchantId),
    /// By its address.
    #[serde(rename = "email_address")]
    Email(Email),
}

/// PayPal's number of an account: the schema `account_id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MerchantId(String);

impl MerchantId {
    /// Reads 13 characters of `2-9A-HJ-NP-Z`.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(id: &str) -> Result<Self, PayeeError> {
        let known = |byte: u8| matches!(byte, b'2'..=b'9' | b'A'..=b'H' | b'J'..=b'N' | b'P'..=b'Z');
        if id.len() == 13 && id.bytes().all(known) { Ok(Self(id.to_owned())) } else { Err(PayeeError) }
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address, as far as it can be told by looking: 3 to 254 visible ASCII characters around one `@`.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Email(String);

impl Email {
    /// Reads an address.
    ///
    /// # Errors
    /// When it cannot be one.
    pub fn parse(text: &str) -> Result<Self, PayeeError> {
        let parts =
            text.split_once('@').filter(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'));
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic()) && text.len() <= 254;
        if parts.is_some() && plain { Ok(Self(text.to_owned())) } else { Err(PayeeError) }
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email")
    }
}

/// Not who could be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayeeError;

impl fmt::Display for PayeeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an account of PayPal's")
    }
}

impl std::error::Error for PayeeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_capital_letters_or_c2() {
        for good in ["US", "IT", "C2"] {
            assert_eq!(Country::parse(good).map(|country| country.code().to_owned()), Some(good.to_owned()));
        }
        for bad in ["", "U", "USA", "us", "U1", "C3", "É"] {
            assert_eq!(Country::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_account_is_thirteen_of_paypals_characters() {
        assert_eq!(MerchantId::parse("X5XAHHCG636FA").map(|id| id.as_str().to_owned()), Ok("X5XAHHCG636FA".into()));
        for bad in
            ["", "X5XAHHCG636F", "X5XAHHCG636FAA", "x5xahhcg636fa", "X5XAHHCG636F0", "X5XAHHCG636FI", "X5XAHHCG636FO"]
        {
            assert_eq!(MerchantId::parse(bad), Err(PayeeError), "{bad}");
        }
    }

    #[test]
    fn an_address_of_mail_is_a_name_at_a_host() {
        assert!(Email::parse("shop+1@example.com").is_ok());
        let long = format!("{}@example.com", "a".repeat(250));
        for bad in ["", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\n", "é@b", &long] {
            assert_eq!(Email::parse(bad), Err(PayeeError), "{bad}");
        }
        assert_eq!(format!("{:?}", Email::parse("a@b")), "Ok(Email)");
    }
}
