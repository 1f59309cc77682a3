//! A server that ends at every step of a purchase, one after the other, over SQLite.

#[path = "support/browser.rs"]
mod browser;
#[path = "support/crash.rs"]
mod crash;
#[path = "support/house.rs"]
mod house;

use server::store::SqlStore;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// One purchase at a server that ends at step `k`; whether it came to it.
async fn ends_at(k: u64) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.db");
    let store = SqlStore::sqlite(&path).await.expect("opened");
    let came = crash::buys_whatever_ends(Arc::new(store.clone()), format!("sqlite:{}", path.display()), k).await;
    store.close().await;
    came
}

/// From 1 until no step is left; `CRASH_AT=17` tries one.
#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_survives_the_end_of_the_server_at_every_step() {
    if let Some(k) = std::env::var("CRASH_AT").ok().and_then(|text| text.parse().ok()) {
        println!("came to step {k}: {}", ends_at(k).await);
        return;
    }
    let next = Arc::new(AtomicU64::new(1));
    let mut lanes = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let next = next.clone();
        lanes.spawn(async move {
            loop {
                let k = next.fetch_add(1, Ordering::SeqCst);
                if !ends_at(k).await {
                    return k - 1;
                }
            }
        });
    }
    let mut steps = 0;
    while let Some(lane) = lanes.join_next().await {
        steps = steps.max(lane.expect("a purchase that survives"));
    }
    println!("SQLite: the server ended at each of {steps} steps; nothing was lost, nothing doubled");
    // Far fewer would mean that steps are no longer counted where things are written.
    assert!(steps > 200, "{steps} steps");
}
