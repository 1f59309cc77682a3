//! Where PayPal is, and who we are there.

use std::fmt;
use std::time::Duration;
use url::{Host, Url};

/// Where PayPal is, and who we are there.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `https://api-m.paypal.com`, `https://api-m.sandbox.paypal.com` or a simulator.
    pub base: Base,
    /// Which app of ours asks.
    pub client_id: String,
    /// Its secret.
    pub secret: Secret,
    /// How long a call may take, from the connection to the last byte. 10 seconds unless said otherwise.
    pub timeout: Duration,
}

impl Settings {
    /// Settings with the usual patience.
    ///
    /// # Errors
    /// When PayPal would be spoken to in the clear.
    pub fn new(base: &str, client_id: &str, secret: &str) -> Result<Self, BaseError> {
        let (base, secret) = (Base::parse(base)?, Secret::new(secret));
        Ok(Self { base, client_id: client_id.to_owned(), secret, timeout: Duration::from_secs(10) })
    }
}

/// The address below which PayPal's API is: https, or http on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(Url);

impl Base {
    /// Reads an address.
    ///
    /// # Errors
    /// When it is none, carries more than host and path, or would send our secret in the clear to another machine.
    pub fn parse(text: &str) -> Result<Self, BaseError> {
        let url = Url::parse(text).map_err(|_| BaseError::NotAnAddress)?;
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
            return Err(BaseError::TooMuch);
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_loopback(&url) => Ok(Self(url)),
            "http" => Err(BaseError::InTheClear),
            _ => Err(BaseError::NotAnAddress),
        }
    }

    /// The address.
    pub fn url(&self) -> &Url {
        &self.0
    }
}

/// Whether an address is on this machine, by its text alone: no name is looked up.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Why an address is not one that we speak to PayPal at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseError {
    /// Not an address of the web.
    NotAnAddress,
    /// It carries a password, a query or a fragment.
    TooMuch,
    /// http, and not on this machine.
    InTheClear,
}

impl fmt::Display for BaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAnAddress => "PayPal's address is not one like https://api-m.paypal.com",
            Self::TooMuch => "PayPal's address is a host and a path alone: no password, query or fragment",
            Self::InTheClear => "PayPal's address must be https: http would show our secret to the network, and is for this machine alone",
        })
    }
}

impl std::error::Error for BaseError {}

/// A secret. Its text is in no log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paypal_is_spoken_to_over_tls_or_on_this_machine() {
        let of = |text: &str| Base::parse(text).map(|_| ());
        for good in ["https://api-m.paypal.com", "http://localhost:8080/x", "http://127.0.0.1:1", "http://[::1]:9/"] {
            assert_eq!(of(good), Ok(()), "{good}");
        }
        for clear in
            ["http://api-m.paypal.com", "http://localhost.evil.example", "http://10.0.0.1", "http://127.0.0.1.nip.io"]
        {
            assert_eq!(of(clear), Err(BaseError::InTheClear), "{clear}");
        }
        assert_eq!(of("ftp://api-m.paypal.com"), Err(BaseError::NotAnAddress));
        assert_eq!(of("api-m.paypal.com"), Err(BaseError::NotAnAddress));
        assert_eq!(of("https://me:pw@api-m.paypal.com"), Err(BaseError::TooMuch));
        assert_eq!(of("https://api-m.paypal.com/?a=b"), Err(BaseError::TooMuch));
    }

    #[test]
    fn a_secret_is_in_no_log() {
        let settings = Settings::new("https://api-m.paypal.com", "id", "hunter2").unwrap();
        assert!(!format!("{settings:?}").contains("hunter2"));
    }
}
