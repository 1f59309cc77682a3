//! A database of one's own in the PostgreSQL server of the tests.

use std::sync::atomic::{AtomicU32, Ordering};

/// Where the server is: `postgres://user@127.0.0.1:port/postgres`.
pub fn url() -> String {
    std::env::var("BOTTEGA_TEST_POSTGRES")
        .expect("BOTTEGA_TEST_POSTGRES says where PostgreSQL is; `cargo xtask test --only native` starts one")
}

/// An empty database, by its address.
pub async fn database() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let url = url();
    server::store::administer(&url, &format!("CREATE DATABASE {name}")).await.expect("made");
    let (server, _) = url.rsplit_once('/').expect("an address with a database in it");
    format!("{server}/{name}")
}
