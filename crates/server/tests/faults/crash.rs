//! A server that ends at every step of a purchase, one after the other. `CRASH_AT=17` tries one.

use super::{postgres, purchase};
use server::store::SqlStore;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_survives_the_end_of_the_server_at_every_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = AtomicU64::new(0);
    let steps = purchase::every_step(3, || async {
        let path = folder.path().join(format!("{}.db", made.fetch_add(1, Ordering::Relaxed)));
        let store = SqlStore::sqlite(&path).await.expect("opened");
        (Arc::new(store), format!("sqlite:{}", path.display()))
    });
    println!("SQLite: the server ended at each of {} steps; nothing was lost, nothing doubled", steps.await);
}

/// The same over PostgreSQL, which goes on. What a server had leased is done when the lease is over.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes many minutes: cargo xtask test --long"]
async fn a_purchase_over_postgres_survives_the_end_of_the_server_at_every_step() {
    let steps = purchase::every_step(3, || async {
        let database = postgres::database().await;
        let store = SqlStore::postgres(&database).await.expect("opened");
        (Arc::new(store), database)
    });
    println!("PostgreSQL: the server ended at each of {} steps; nothing was lost, nothing doubled", steps.await);
}
