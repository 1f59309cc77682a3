//! Photos in a bucket: against a storage that checks each signature, as those of the world do.

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use server::photos::{BlobName, Blobs, Bucket, BucketPlace};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use url::Url;

const KEY: (&str, &str) = ("AKIDEXAMPLE", "a secret of tests");

/// A storage with one bucket, `shop`, and where it answers.
async fn storage() -> (TempDir, Url, JoinHandle<()>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("shop")).unwrap();
    let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
    service.set_auth(SimpleAuth::from_single(KEY.0, KEY.1));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let answering = tokio::spawn(async move {
        // With the storage go its connections.
        let mut open = JoinSet::new();
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let service = service.clone();
            // One that goes away in the middle is none of the test's business.
            open.spawn(async move { http1::Builder::new().serve_connection(TokioIo::new(socket), service).await });
        }
    });
    (folder, endpoint, answering)
}

async fn open(endpoint: &Url, bucket: &str, key: (&str, &str)) -> anyhow::Result<Bucket> {
    Bucket::open(BucketPlace::new(endpoint.clone(), bucket, "eu-south-1", key)?).await
}

#[tokio::test]
async fn what_is_kept_in_a_bucket_is_there_for_every_server() {
    // Given
    let (folder, endpoint, _answering) = storage().await;
    let (one, other) = (open(&endpoint, "shop", KEY).await.unwrap(), open(&endpoint, "shop", KEY).await.unwrap());
    let bytes: Vec<u8> = (0..200_000_u32).map(|number| number as u8).collect();
    let name = BlobName::of(&bytes);
    assert_eq!(other.get(&name).await.unwrap(), None);
    // When
    one.put(&name, bytes.clone()).await.unwrap();
    one.put(&name, bytes.clone()).await.unwrap();
    // Then
    assert_eq!(other.get(&name).await.unwrap().as_ref(), Some(&bytes));
    assert_eq!(std::fs::read(folder.path().join("shop").join(name.as_str())).unwrap(), bytes);
}

#[tokio::test]
async fn a_bucket_that_cannot_be_used_is_said_at_the_start_without_what_opens_it() {
    let (_folder, endpoint, _answering) = storage().await;
    for (bucket, key) in [("shop", ("AKIDEXAMPLE", "another secret")), ("nobodys", KEY)] {
        let said = format!("{:#}", open(&endpoint, bucket, key).await.err().expect("it cannot be used"));
        assert!(said.contains("--s3-bucket") && said.contains(bucket), "{said}");
        assert!(!said.contains("Signature") && !said.contains(key.1), "{said}");
    }
    let nobody = Url::parse("http://127.0.0.1:9").unwrap();
    let said = format!("{:#}", open(&nobody, "shop", KEY).await.err().expect("nobody answers"));
    assert!(said.contains("--s3-bucket") && !said.contains("Signature"), "{said}");
}

#[tokio::test]
async fn a_storage_that_goes_away_is_an_error_and_not_a_missing_photo() {
    // Given
    let (_folder, endpoint, answering) = storage().await;
    let bucket = open(&endpoint, "shop", KEY).await.unwrap();
    let name = BlobName::of(b"a picture");
    bucket.put(&name, b"a picture".to_vec()).await.unwrap();
    // When
    answering.abort();
    // Then
    assert!(bucket.get(&name).await.is_err());
    assert!(bucket.put(&name, b"a picture".to_vec()).await.is_err());
}
