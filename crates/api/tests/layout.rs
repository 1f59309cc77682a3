//! What another layout has kept is found again.
#![cfg(feature = "contract")]

use api::contract::World;
use api::store::{Batch, Kv, KvStore, MemoryKv, Store};
use api::wire::Folder;
use domain::event::Envelope;
use domain::queue::Group;
use futures::executor::block_on;
use std::sync::Arc;

/// What the first layout did not have, or had elsewhere.
const DERIVED: [&str; 9] =
    ["inbox/", "queue/", "bought/", "asked/", "released/", "facts/", "sums/", "feed/", "cursor/"];

type Entries = Vec<(String, String)>;

async fn with(entries: Entries) -> MemoryKv {
    let kv = MemoryKv::default();
    let write = entries.into_iter().map(|(key, text)| (key, Some(text))).collect();
    kv.write(Batch { write, ..Batch::default() }).await.unwrap();
    kv
}

/// A world with something of everything, as it is kept.
async fn kept() -> Entries {
    let store: Arc<dyn Store> = Arc::new(KvStore::new(MemoryKv::default()));
    let world = World::over(store.clone()).await;
    let (thread, ..) = world.captured().await;
    world.ask(&thread).await;
    world.approach_as("zoe", "kai", "Hello").await;
    store.export().await.unwrap()
}

/// As the first layout kept it: one inbox for both folders, one stream for all accounts, and no other index.
fn in_the_first_layout(kept: &Entries) -> Entries {
    let derived = |key: &String| DERIVED.iter().any(|index| key.starts_with(index));
    let mut entries: Entries = kept.iter().filter(|(key, _)| !derived(key)).cloned().collect();
    let inbox = kept.iter().filter(|(key, _)| key.starts_with("inbox/"));
    // In the order of time, as events of all threads came.
    let mut places: Vec<&(String, String)> = kept.iter().filter(|(key, _)| key.starts_with("event/")).collect();
    places.sort_by_key(|(_, text)| serde_json::from_str::<Envelope>(text).unwrap().at);
    entries.extend((1..).zip(&places).map(|(cursor, (place, _))| (format!("feed/{cursor:012}"), place.clone())));
    entries.push(("cursor".to_owned(), places.len().to_string()));
    entries.extend(inbox.map(|(key, id)| (key.replace("/primary/", "/").replace("/requests/", "/"), id.clone())));
    entries
}

#[test]
fn a_store_of_the_first_layout_is_found_whole() {
    block_on(async {
        let kept = kept().await;
        let old = in_the_first_layout(&kept);
        assert!(old.len() < kept.len());
        let store = KvStore::open(with(old).await).await.unwrap();
        let mut expected = kept;
        expected.push(("layout".to_owned(), "4".to_owned()));
        expected.sort();
        assert_eq!(store.export().await.unwrap(), expected);
        let kai = "acc_kai".parse().unwrap();
        assert_eq!(store.inbox(&kai, Folder::Requests, None, 9).await.unwrap().len(), 1);
        assert_eq!(store.queue(&kai, Group::Mine, None, 9).await.unwrap().len(), 1);
    });
}

#[test]
fn what_cannot_be_read_keeps_nothing_else_from_being_found() {
    block_on(async {
        let mut old = in_the_first_layout(&kept().await);
        let broken = old.iter_mut().find(|(key, _)| key.starts_with("state/")).unwrap();
        broken.1 = "{\"half\": ".to_owned();
        let store = KvStore::open(with(old).await).await.unwrap();
        let kai = "acc_kai".parse().unwrap();
        for folder in [Folder::Primary, Folder::Requests] {
            assert_eq!(store.inbox(&kai, folder, None, 9).await.unwrap().len(), 1);
        }
    });
}
