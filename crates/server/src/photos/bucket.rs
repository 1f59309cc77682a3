//! Bytes as objects of a bucket: Amazon's S3, or any storage that speaks as it does.

use super::blobs::{BlobError, BlobName, Blobs};
use anyhow::{Context, ensure};
use api::store::Answering;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Method, Response, StatusCode};
use rusty_s3::actions::S3Action;
use rusty_s3::{Bucket as Address, Credentials, UrlStyle};
use std::fmt;
use std::time::Duration;
use url::Url;

/// For how long what is asked may be asked: it is asked at once.
const VALID: Duration = Duration::from_secs(60);
/// The longest that an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which bucket, and what opens it.
#[derive(Clone)]
pub struct BucketPlace {
    address: Address,
    credentials: Credentials,
}

impl fmt::Debug for BucketPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not what opens it.
        write!(f, "BucketPlace({})", self.address.base_url())
    }
}

impl BucketPlace {
    /// A bucket behind an endpoint; `key` is the id of a key and its secret.
    ///
    /// # Errors
    /// When the endpoint is no address of a server.
    pub fn new(endpoint: Url, bucket: &str, region: &str, (id, secret): (&str, &str)) -> anyhow::Result<Self> {
        // In the path: the name of a bucket in a host name needs certificates and names of its own.
        let address = Address::new(endpoint, UrlStyle::Path, bucket.to_owned(), region.to_owned());
        let address = address.map_err(|error| anyhow::anyhow!("--s3-endpoint cannot be used: {error}"))?;
        Ok(Self { address, credentials: Credentials::new(id, secret) })
    }

    /// The same with what a key that is lent for a while needs besides.
    #[must_use]
    pub fn with_token(self, token: Option<&str>) -> Self {
        let Some(token) = token else { return self };
        let (id, secret) = (self.credentials.key().to_owned(), self.credentials.secret().to_owned());
        Self { credentials: Credentials::new_with_token(id, secret, token), ..self }
    }
}

/// A bucket. Cheap to clone.
#[derive(Clone)]
pub struct Bucket {
    place: BucketPlace,
    client: Client,
}

impl Bucket {
    /// Opens a bucket.
    ///
    /// # Errors
    /// When it does not answer, or does not let this server in.
    pub async fn open(place: BucketPlace) -> anyhow::Result<Self> {
        // Somebody else in this process may have chosen one before.
        let _chosen = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build()?;
        let bucket = Self { place, client };
        let asked = bucket.place.address.head_bucket(Some(&bucket.place.credentials)).sign(VALID);
        let unusable = || format!("photos cannot be kept in {}, see --s3-bucket", bucket.place.address.base_url());
        let answer = bucket.ask(Method::HEAD, asked, Vec::new()).await.map_err(anyhow::Error::msg);
        let status = answer.with_context(unusable)?.status();
        ensure!(status.is_success(), "{}: it answers {status}", unusable());
        Ok(bucket)
    }

    async fn ask(&self, method: Method, url: Url, body: Vec<u8>) -> Result<Response, String> {
        let request = self.client.request(method, url).header(CONTENT_TYPE, "application/octet-stream").body(body);
        // Without the address: it is signed, and the log is no place for what opens something.
        request.send().await.map_err(|error| error.without_url().to_string())
    }
}

impl Blobs for Bucket {
    fn put<'a>(&'a self, name: &'a BlobName, bytes: Vec<u8>) -> Answering<'a, Result<(), BlobError>> {
        Box::pin(async move {
            let action = self.place.address.put_object(Some(&self.place.credentials), name.as_str());
            let answer = self.ask(Method::PUT, action.sign(VALID), bytes).await.map_err(BlobError)?;
            match answer.status() {
                status if status.is_success() => Ok(()),
                status => Err(BlobError(format!("the bucket answers {status} to what it is to keep"))),
            }
        })
    }

    fn get<'a>(&'a self, name: &'a BlobName) -> Answering<'a, Result<Option<Vec<u8>>, BlobError>> {
        Box::pin(async move {
            let action = self.place.address.get_object(Some(&self.place.credentials), name.as_str());
            let answer = self.ask(Method::GET, action.sign(VALID), Vec::new()).await.map_err(BlobError)?;
            let status = answer.status();
            let bytes = answer.bytes().await.map_err(|error| BlobError(error.without_url().to_string()))?.to_vec();
            match status {
                status if status.is_success() => Ok(Some(bytes)),
                // A bucket that is not there is no photo that is not there.
                StatusCode::NOT_FOUND if String::from_utf8_lossy(&bytes).contains("<Code>NoSuchKey</Code>") => Ok(None),
                status => Err(BlobError(format!("the bucket answers {status} to what it is asked for"))),
            }
        })
    }
}
