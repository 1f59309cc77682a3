//! The money path against a simulated PayPal: real HTTP both ways, one clock, and the books of both compared after every
//! story.

/// Each of these stories, which are given an empty shop, over every store there is.
macro_rules! over_every_store {
    ($($story:ident,)*) => {
        mod in_memory {
            $(#[tokio::test]
            async fn $story() {
                super::$story(crate::world::Shop::new().await).await;
            })*
        }

        mod over_sqlite {
            $(#[tokio::test]
            async fn $story() {
                let folder = tempfile::tempdir().expect("a folder");
                let store = server::store::SqlStore::sqlite(&folder.path().join("shop.db")).await.expect("opened");
                super::$story(crate::world::Shop::over(std::sync::Arc::new(store.clone())).await).await;
                store.close().await;
            })*
        }

        #[cfg(feature = "postgres-tests")]
        mod over_postgres {
            $(#[tokio::test]
            async fn $story() {
                let store = server::store::SqlStore::postgres(&crate::postgres::database().await).await.expect("opened");
                super::$story(crate::world::Shop::over(std::sync::Arc::new(store.clone())).await).await;
                store.close().await;
            })*
        }
    };
}

mod books;
#[path = "../support/browser.rs"]
mod browser;
mod buying;
mod disputes;
mod ear;
mod every_call;
mod kept;
mod orders;
#[cfg(feature = "postgres-tests")]
#[path = "../support/postgres.rs"]
mod postgres;
mod report;
mod returning;
mod together;
mod webhooks;
mod world;
