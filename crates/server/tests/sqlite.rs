//! The contract over SQLite, in a file as a server has it.

use api::client::{Client, IdempotencyKey};
use api::contract::{
    self, cases, catch_up, conversation, facts, idempotency, inbox, orders, payments, privacy, queue, requests, search,
    selling, storage, things,
};
use api::contract::{Wire, World};
use api::store::Store;
use api::wire::{OpenThread, Say};
use domain::ids::ThreadId;
use domain::message::Content;
use domain::timeline::RowItem;
use server::store::SqlStore;
use std::collections::BTreeSet;
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

#[tokio::test]
async fn what_an_earlier_build_has_kept_counts_from_the_next_start_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let (here, there) = (folder.path().join("shop.db"), folder.path().join("older.db"));
    let store = SqlStore::sqlite(&here).await.expect("opened");
    facts::five_orders(&World::over(Arc::new(store.clone())).await).await;
    let whole = store.export().await.expect("readable");
    store.close().await;

    let older = SqlStore::sqlite(&there).await.expect("opened");
    let kept: Vec<_> = whole.iter().filter(|(key, _)| !key.starts_with("facts/")).cloned().collect();
    assert!(kept.len() < whole.len());
    older.import(kept).await.expect("written");
    for start in ["the first", "another"] {
        older.count_what_was_kept().await.expect("counted");
        assert_eq!(older.export().await.expect("readable"), whole, "{start}");
    }
    older.close().await;
}

/// What waits while one transaction is under way goes into the next one together; of those that are about the same
/// thread one wins, and the others are decided again.
#[tokio::test(flavor = "multi_thread")]
async fn what_many_say_at_once_is_kept_once_and_nobody_takes_others_with_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SqlStore::sqlite(&folder.path().join("shop.db")).await.expect("opened");
    let world = World::over(Arc::new(store.clone())).await;
    let mut threads = Vec::new();
    for n in 0..5 {
        let api = world.way(Some(world.newcomer(&format!("writer{n}")).await.id)).await;
        let peer = OpenThread { peer: "kai".parse().expect("a handle") };
        threads.push((api.open_thread(&world.key(), &peer).await.expect("opened").thread.id, api));
    }
    let says = async |thread: &ThreadId, api: &Client<Wire>| {
        let id = world.message_id();
        let content = Content::Text { text: format!("This is {id}").parse().expect("words") };
        let key = IdempotencyKey(id.to_string());
        api.say(&key, thread, &Say { id: id.clone(), content, reply_to: None }).await.expect("said");
        id
    };
    let at_once = threads.iter().map(async |(thread, api)| {
        futures::future::join_all((0..6).map(|_| says(thread, api))).await.into_iter().collect::<BTreeSet<_>>()
    });
    for (said, (thread, _)) in futures::future::join_all(at_once).await.into_iter().zip(&threads) {
        let rows = store.rows(thread, None, usize::MAX).await.expect("readable");
        let kept: Vec<_> = rows
            .into_iter()
            .filter_map(|row| match row.item {
                RowItem::Message(message) => Some(message.id),
                RowItem::Event(_) => None,
            })
            .collect();
        assert_eq!((kept.len(), BTreeSet::from_iter(kept)), (6, said), "{thread}");
    }
    let cursor = store.cursor(&world.seller.account.id).await.expect("readable");
    let heard = store.events(&world.seller.account.id, 0, usize::MAX).await.expect("readable");
    assert!(heard.into_iter().map(|(at, _)| at).eq(1..=cursor), "a stream without a gap");
    contract::after_every_case(&world).await;
    store.close().await;
}
