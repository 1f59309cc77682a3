//! Certificates, each fetched once. What was not found good is not kept, so that nobody can push out what was.

use super::{Chain, Forged};
use crate::client::{body_within, why};
use rustls::pki_types::SubjectPublicKeyInfoDer;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use url::Url;

/// PayPal has one certificate at a time, and a next one.
const MOST_KEPT: usize = 8;
/// Larger than any chain.
const MOST_BYTES: usize = 64 * 1024;

#[derive(Debug)]
pub(super) struct Certificates {
    http: reqwest::Client,
    kept: Mutex<HashMap<Url, Arc<Chain>>>,
    fetching: tokio::sync::Mutex<()>,
}

impl Certificates {
    pub(super) fn new(http: reqwest::Client) -> Self {
        Self { http, kept: Mutex::default(), fetching: tokio::sync::Mutex::default() }
    }

    /// The key of the certificate at `url`, which is checked each time: what was in date may be no more.
    pub(super) async fn key_of(
        &self,
        url: &Url,
        check: impl Fn(&Chain) -> Result<SubjectPublicKeyInfoDer<'static>, Forged>,
    ) -> Result<SubjectPublicKeyInfoDer<'static>, Forged> {
        if let Some(chain) = self.kept(url) {
            return check(&chain);
        }
        // One fetches; who waited finds what it has found.
        let _one = self.fetching.lock().await;
        if let Some(chain) = self.kept(url) {
            return check(&chain);
        }
        let chain = self.fetch(url).await?;
        let key = check(&chain)?;
        self.keep(url.clone(), chain);
        Ok(key)
    }

    // A std mutex: nothing awaits while holding it.
    fn kept(&self, url: &Url) -> Option<Arc<Chain>> {
        self.kept.lock().expect("no panic while holding certificates").get(url).cloned()
    }

    fn keep(&self, url: Url, chain: Chain) {
        let mut kept = self.kept.lock().expect("no panic while holding certificates");
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(url, Arc::new(chain));
    }

    async fn fetch(&self, url: &Url) -> Result<Chain, Forged> {
        let unavailable = |why: String| {
            tracing::warn!(%why, "the certificate of a webhook could not be fetched");
            Forged::CertificateUnavailable { why }
        };
        let answer = self.http.get(url.clone()).send().await.map_err(|error| unavailable(why(&error)))?;
        let status = answer.status();
        if status.as_u16() != 200 {
            return Err(unavailable(format!("status {status}")));
        }
        let pem = body_within(answer, MOST_BYTES).await.map_err(unavailable)?;
        Chain::from_pem(&pem).map_err(Forged::from)
    }
}
