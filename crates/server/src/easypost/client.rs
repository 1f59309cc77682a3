//! Registering a number at EasyPost: the one call that there is.

use super::tracker::Tracker;
use anyhow::{Result, bail, ensure};
use api::carrier::FeedError;
use domain::carrier::{Carrier, TrackingNumber};
use reqwest::StatusCode;
use serde_json::json;
use std::fmt;
use std::time::Duration;
use url::{Host, Url};

/// How long a call may take: a worker has others to make before its time is over.
const PATIENCE: Duration = Duration::from_secs(4);
/// The largest answer that is read, in bytes: a tracker with hundreds of scans.
const MOST: usize = 1024 * 1024;

/// What opens EasyPost's API. Its text is in no log.
#[derive(Clone)]
pub struct ApiKey(String);

impl ApiKey {
    /// A key; nothing when it is blank.
    pub fn parse(text: &str) -> Option<Self> {
        let key = text.trim();
        (!key.is_empty()).then(|| Self(key.to_owned()))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey")
    }
}

/// The address below which EasyPost's API is: https, or http on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(Url);

impl Base {
    /// Reads an address.
    ///
    /// # Errors
    /// When it is none, carries more than a host, or would send our key in the clear to another machine.
    pub fn parse(text: &str) -> Result<Self> {
        let url = Url::parse(text)?;
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        ensure!(is_bare && url.username().is_empty() && url.password().is_none(), "it has more in it than a host");
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_here(&url) => Ok(Self(url)),
            _ => bail!("it has to be https, or http on this machine"),
        }
    }
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

pub(super) struct Client {
    http: reqwest::Client,
    base: Base,
    key: ApiKey,
}

/// Not asked, or not answered: it is asked again.
fn unavailable(why: impl fmt::Display) -> FeedError {
    FeedError::Unavailable(why.to_string())
}

impl Client {
    pub(super) fn new(base: Base, key: ApiKey) -> Result<Self, reqwest::Error> {
        // Somebody else in this process may have chosen one before.
        let _chosen = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .user_agent(concat!("bottega/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(PATIENCE)
            .build()?;
        Ok(Self { http, base, key })
    }

    /// Has a number followed; what is known of it. The same number registered again is the same tracker, unless its
    /// carrier uses it anew.
    pub(super) async fn register(&self, number: &TrackingNumber, carrier: &Carrier) -> Result<Tracker, FeedError> {
        let mut tracker = json!({ "tracking_code": number.as_str() });
        if let Some(carrier) = name(carrier) {
            tracker["carrier"] = carrier.into();
        }
        let url = self.base.0.join("/v2/trackers").map_err(unavailable)?;
        let request = self.http.post(url).basic_auth(&self.key.0, Some("")).header("content-type", "application/json");
        let answer = request.body(json!({ "tracker": tracker }).to_string()).send().await;
        // Without the address in it: the log need not know more than what went wrong.
        let answer = answer.map_err(|error| unavailable(error.without_url()))?;
        let status = answer.status();
        if status.is_success() {
            return serde_json::from_slice(&whole(answer).await?).map_err(unavailable);
        }
        Err(refusal(status))
    }
}

fn refusal(status: StatusCode) -> FeedError {
    let why = format!("EasyPost answers {status}");
    match status {
        // What it cannot follow today, it cannot tomorrow: the number or its carrier is none to it.
        StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY => FeedError::Refused(why),
        _our_key_or_its_day => FeedError::Unavailable(why),
    }
}

async fn whole(mut answer: reqwest::Response) -> Result<Vec<u8>, FeedError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| unavailable(error.without_url()))? {
        if body.len() + chunk.len() > MOST {
            return Err(unavailable(format!("an answer of more than {MOST} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What EasyPost calls a carrier. Nothing where one of ours is several of its: then it finds out by the number.
pub(super) fn name(carrier: &Carrier) -> Option<&'static str> {
    match carrier {
        Carrier::Usps => Some("USPS"),
        Carrier::Ups => Some("UPS"),
        Carrier::Fedex => Some("FedEx"),
        Carrier::Ontrac => Some("OnTrac"),
        Carrier::CanadaPost => Some("CanadaPost"),
        Carrier::Purolator => Some("Purolator"),
        Carrier::Canpar => Some("Canpar"),
        Carrier::Dhl
        | Carrier::Amazon
        | Carrier::Lasership
        | Carrier::Speedee
        | Carrier::Gofo
        | Carrier::OldDominion
        | Carrier::Dpd
        | Carrier::Yodel
        | Carrier::Landmark
        | Carrier::Yunexpress
        | Carrier::S10
        | Carrier::Pickup
        | Carrier::Other(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easypost_is_spoken_to_over_tls_or_on_this_machine() {
        for good in ["https://api.easypost.com", "http://127.0.0.1:4000", "http://localhost:1/", "http://[::1]:9"] {
            assert!(Base::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://api.easypost.com",
            "https://key@api.easypost.com",
            "https://api.easypost.com/v2",
            "https://api.easypost.com?a=1",
            "api.easypost.com",
            "ftp://localhost",
        ] {
            assert!(Base::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_key_is_not_in_a_log() {
        assert_eq!(format!("{:?}", ApiKey::parse(" EZAK1 ").unwrap()), "ApiKey");
        assert!(ApiKey::parse(" ").is_none());
    }

    #[test]
    fn only_what_is_about_the_number_is_final() {
        for status in [400, 404, 422] {
            assert!(matches!(refusal(StatusCode::from_u16(status).unwrap()), FeedError::Refused(_)), "{status}");
        }
        for status in [302, 401, 402, 403, 408, 409, 429, 500, 503] {
            assert!(matches!(refusal(StatusCode::from_u16(status).unwrap()), FeedError::Unavailable(_)), "{status}");
        }
    }
}
