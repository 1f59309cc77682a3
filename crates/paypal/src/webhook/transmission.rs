//! The headers of a delivery.

use super::Forged;
use crate::settings::is_loopback;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::time::Timestamp;
use http::HeaderMap;
use url::Url;

/// The five headers that come with a delivery, as they were received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransmissionHeaders {
    /// `PAYPAL-TRANSMISSION-ID`.
    pub id: String,
    /// `PAYPAL-TRANSMISSION-TIME`.
    pub time: String,
    /// `PAYPAL-TRANSMISSION-SIG`, base64.
    pub signature: String,
    /// `PAYPAL-CERT-URL`.
    pub cert_url: String,
    /// `PAYPAL-AUTH-ALGO`.
    pub auth_algo: String,
}

impl TransmissionHeaders {
    /// Takes them from a request.
    ///
    /// # Errors
    /// When one is missing, twice there, or not plain text.
    pub fn of(headers: &HeaderMap) -> Result<Self, Forged> {
        let one = |name: &'static str| {
            let mut found = headers.get_all(name).iter();
            match (found.next().and_then(|value| value.to_str().ok()), found.next()) {
                (Some(value), None) => Ok(value.to_owned()),
                (None, _) | (Some(_), Some(_)) => Err(Forged::HeaderMissing(name)),
            }
        };
        Ok(Self {
            id: one("paypal-transmission-id")?,
            time: one("paypal-transmission-time")?,
            signature: one("paypal-transmission-sig")?,
            cert_url: one("paypal-cert-url")?,
            auth_algo: one("paypal-auth-algo")?,
        })
    }
}

/// What the headers mean. Nothing of it is proven yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transmission {
    /// When PayPal says it sent this.
    pub sent_at: Timestamp,
    /// The signature's bytes.
    pub signature: Vec<u8>,
    /// Where the certificate is: at a pinned host.
    pub cert_url: Url,
}

impl Transmission {
    /// Reads the headers. `hosts` are those that certificates are fetched from.
    ///
    /// # Errors
    /// When one does not mean anything, or would have us trust a stranger.
    pub fn parse(headers: &TransmissionHeaders, hosts: &[String]) -> Result<Self, Forged> {
        if headers.auth_algo != "SHA256withRSA" {
            return Err(Forged::Algorithm);
        }
        let sent_at = headers.time.parse().map_err(|_| Forged::TimeUnreadable)?;
        let signature = STANDARD.decode(&headers.signature).map_err(|_| Forged::SignatureUnreadable)?;
        let cert_url = pinned(&headers.cert_url, hosts)?;
        Ok(Self { sent_at, signature, cert_url })
    }
}

/// The address of a certificate, if it is one of PayPal's.
fn pinned(text: &str, hosts: &[String]) -> Result<Url, Forged> {
    let url = Url::parse(text).map_err(|_| Forged::CertUrlUnreadable)?;
    // The text must be the address as it is read: what is read in two ways is nobody's.
    if url.as_str() != text || !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(Forged::CertUrlUnreadable);
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        _ => return Err(Forged::CertUrlInTheClear),
    }
    let host = match (url.host_str().unwrap_or_default(), url.port()) {
        (host, Some(port)) => format!("{host}:{port}"),
        (host, None) => host.to_owned(),
    };
    if hosts.contains(&host) { Ok(url) } else { Err(Forged::CertHost { host }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(cert_url: &str) -> Result<(), Forged> {
        pinned(cert_url, &["api.paypal.com".to_owned(), "127.0.0.1:4000".to_owned()]).map(|_| ())
    }

    #[test]
    fn a_certificate_is_at_a_pinned_host() {
        assert_eq!(at("https://api.paypal.com/v1/notifications/certs/CERT-1"), Ok(()));
        assert_eq!(at("http://127.0.0.1:4000/certs/1"), Ok(()));
        for (url, host) in [
            ("https://api.paypal.com.evil.example/c", "api.paypal.com.evil.example"),
            ("https://evil.example/api.paypal.com", "evil.example"),
            ("https://api.paypal.com:8443/c", "api.paypal.com:8443"),
            ("http://127.0.0.1:4001/c", "127.0.0.1:4001"),
            ("http://localhost:4000/c", "localhost:4000"),
            ("https://www.api.paypal.com/c", "www.api.paypal.com"),
        ] {
            assert_eq!(at(url), Err(Forged::CertHost { host: host.to_owned() }), "{url}");
        }
    }

    #[test]
    fn a_certificate_does_not_come_in_the_clear() {
        assert_eq!(at("http://api.paypal.com/c"), Err(Forged::CertUrlInTheClear));
        assert_eq!(at("ftp://api.paypal.com/c"), Err(Forged::CertUrlInTheClear));
        assert_eq!(at("file:///etc/passwd"), Err(Forged::CertUrlInTheClear));
    }

    #[test]
    fn an_address_that_can_be_read_in_two_ways_is_none() {
        for url in [
            "https://api.paypal.com@evil.example/c",
            "https://evil.example#@api.paypal.com/c",
            "https://api.paypal.com\\@evil.example/c",
            "https://API.PAYPAL.COM/c",
            "https://api.paypal.com/a/../c",
            "https://api.paypal.com/c ",
            "https://api.paypal.com/\tc",
            "https:api.paypal.com/c",
            "api.paypal.com/c",
            "",
        ] {
            assert_eq!(at(url), Err(Forged::CertUrlUnreadable), "{url}");
        }
    }

    #[test]
    fn a_header_that_is_missing_or_there_twice_is_named() {
        let mut headers = HeaderMap::new();
        for name in ["id", "time", "sig"] {
            headers.insert(
                http::HeaderName::try_from(format!("paypal-transmission-{name}")).unwrap(),
                "x".parse().unwrap(),
            );
        }
        headers.insert("paypal-cert-url", "x".parse().unwrap());
        assert_eq!(TransmissionHeaders::of(&headers), Err(Forged::HeaderMissing("paypal-auth-algo")));
        headers.insert("paypal-auth-algo", "x".parse().unwrap());
        assert!(TransmissionHeaders::of(&headers).is_ok());
        headers.append("paypal-transmission-id", "y".parse().unwrap());
        assert_eq!(TransmissionHeaders::of(&headers), Err(Forged::HeaderMissing("paypal-transmission-id")));
    }
}
