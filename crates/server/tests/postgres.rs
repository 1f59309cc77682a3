//! The contract over PostgreSQL.

#[path = "support/postgres.rs"]
mod postgres;

use api::contract::{
    self, cases, catch_up, conversation, facts, idempotency, inbox, orders, payments, privacy, queue, requests, search,
    selling, storage, things,
};
use server::store::SqlStore;
use std::sync::Arc;

/// A store in an empty database.
async fn store() -> SqlStore {
    SqlStore::postgres(&postgres::database().await).await.expect("opened")
}

macro_rules! test {
    ($($theme:ident :: $case:ident,)*) => {$(
        #[tokio::test]
        async fn $case() {
            let store = store().await;
            contract::run(Arc::new(store.clone()), $theme::$case).await;
            store.close().await;
        }
    )*};
}
api::contract_cases!(test);

#[tokio::test]
async fn the_same_log_comes_to_the_same_as_in_memory() {
    for seed in 0..10 {
        let store = store().await;
        contract::differential::is_as_in_memory(Arc::new(store.clone()), seed, 120).await;
        store.close().await;
    }
}
