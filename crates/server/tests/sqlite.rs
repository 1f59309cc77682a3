//! The contract over SQLite, in a file as a server has it.

use api::contract::{
    self, catch_up, conversation, idempotency, inbox, orders, payments, privacy, queue, requests, search, storage,
};
use server::store::SqlStore;
use std::sync::Arc;

macro_rules! test {
    ($($theme:ident :: $case:ident,)*) => {$(
        #[tokio::test]
        async fn $case() {
            let folder = tempfile::tempdir().expect("a folder");
            let store = SqlStore::sqlite(&folder.path().join("shop.db")).await.expect("opened");
            contract::run(Arc::new(store.clone()), $theme::$case).await;
            store.close().await;
        }
    )*};
}
api::contract_cases!(test);

#[tokio::test]
async fn the_same_log_comes_to_the_same_as_in_memory() {
    for seed in 0..10 {
        let folder = tempfile::tempdir().expect("a folder");
        let store = SqlStore::sqlite(&folder.path().join("shop.db")).await.expect("opened");
        contract::differential::is_as_in_memory(Arc::new(store.clone()), seed, 120).await;
        store.close().await;
    }
}
