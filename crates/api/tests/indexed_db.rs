//! The store in a browser's IndexedDB, and the contract over it.
#![cfg(all(target_arch = "wasm32", feature = "contract"))]

use api::contract::{
    self, cases, catch_up, conversation, facts, idempotency, inbox, orders, payments, privacy, queue, requests, search,
    selling, storage, things,
};
use api::store::indexed_db::IndexedDbKv;
use api::store::{Batch, Kv, KvStore, StoreError, WriteError};
use std::sync::Arc;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

async fn fresh(name: &str) -> IndexedDbKv {
    IndexedDbKv::delete(name).await.expect("deleted");
    IndexedDbKv::open(name).await.expect("opened")
}

fn put(entries: &[(&str, &str)]) -> Batch {
    let write = entries.iter().map(|(key, text)| ((*key).to_owned(), Some((*text).to_owned()))).collect();
    Batch { write, ..Batch::default() }
}

async fn keys(kv: &IndexedDbKv, from: &str, to: &str, limit: usize, newest_first: bool) -> Vec<String> {
    let entries = kv.range(from.to_owned(), to.to_owned(), limit, newest_first).await.unwrap();
    assert!(entries.iter().all(|(key, text)| format!("of {key}") == *text), "each key comes with its own text");
    entries.into_iter().map(|(key, _)| key).collect()
}

#[wasm_bindgen_test]
async fn what_is_written_is_there_after_it_was_closed() {
    let kv = fresh("reopened").await;
    kv.write(Batch { strict: true, ..put(&[("a", "1"), ("b", "2")]) }).await.unwrap();
    drop(kv);
    let kv = IndexedDbKv::open("reopened").await.unwrap();
    assert_eq!(kv.get("a").await, Ok(Some("1".to_owned())));
    assert_eq!(kv.get("c").await, Ok(None));
}

#[wasm_bindgen_test]
async fn a_range_holds_what_lies_between_in_both_directions_up_to_its_limit() {
    let kv = fresh("ranges").await;
    let all = ["r/1", "r/2", "r/3", "r/4", "r/5"];
    let texts: Vec<String> = all.iter().map(|key| format!("of {key}")).collect();
    let entries: Vec<(&str, &str)> = all.iter().zip(&texts).map(|(key, text)| (*key, text.as_str())).collect();
    kv.write(put(&entries)).await.unwrap();
    kv.write(put(&[("q", "of q"), ("s", "of s")])).await.unwrap();
    assert_eq!(keys(&kv, "r/", "r0", usize::MAX, false).await, all);
    assert_eq!(keys(&kv, "r/2", "r/4", 9, false).await, ["r/2", "r/3"]);
    assert_eq!(keys(&kv, "r/", "r0", 2, false).await, ["r/1", "r/2"]);
    assert_eq!(keys(&kv, "r/", "r0", 2, true).await, ["r/5", "r/4"]);
    assert_eq!(keys(&kv, "r/", "r0", 1, true).await, ["r/5"]);
    assert_eq!(keys(&kv, "r/", "r0", 5, true).await, ["r/5", "r/4", "r/3", "r/2", "r/1"]);
    assert_eq!(keys(&kv, "r/", "r/3", 6, true).await, ["r/2", "r/1"]);
    assert!(keys(&kv, "r/", "r0", 0, true).await.is_empty());
    assert!(keys(&kv, "r/4", "r/2", 9, false).await.is_empty());
    assert!(keys(&kv, "x/", "x0", 9, true).await.is_empty());
}

#[wasm_bindgen_test]
async fn a_batch_is_written_whole_or_not_at_all() {
    let kv = fresh("batches").await;
    kv.write(put(&[("a", "1"), ("b", "1")])).await.unwrap();
    let stale = Batch { expect: vec![("a".to_owned(), Some("0".to_owned()))], ..put(&[("b", "2"), ("c", "2")]) };
    assert_eq!(kv.write(stale).await, Err(WriteError::Changed));
    assert_eq!((kv.get("b").await.unwrap().as_deref(), kv.get("c").await.unwrap()), (Some("1"), None));
    let removes = Batch {
        expect: vec![("a".to_owned(), Some("1".to_owned())), ("c".to_owned(), None)],
        write: vec![("a".to_owned(), None), ("c".to_owned(), Some("3".to_owned()))],
        strict: true,
    };
    kv.write(removes).await.unwrap();
    assert_eq!((kv.get("a").await.unwrap(), kv.get("c").await.unwrap().as_deref()), (None, Some("3")));
}

#[wasm_bindgen_test]
async fn of_two_writes_that_expect_the_same_one_wins() {
    let (one, other) = (fresh("races").await, IndexedDbKv::open("races").await.unwrap());
    let claim = |text: &str| Batch { expect: vec![("a".to_owned(), None)], ..put(&[("a", text)]) };
    let outcomes = futures::join!(one.write(claim("one")), other.write(claim("other")));
    assert_eq!(outcomes, (Ok(()), Err(WriteError::Changed)));
    assert_eq!(other.get("a").await, Ok(Some("one".to_owned())));
}

#[wasm_bindgen_test]
async fn a_database_that_is_deleted_is_let_go_and_then_unavailable() {
    let kv = fresh("deleted").await;
    kv.write(put(&[("a", "1")])).await.unwrap();
    IndexedDbKv::delete("deleted").await.expect("the open one closes by itself");
    assert!(matches!(kv.get("a").await, Err(StoreError::Unavailable(_))));
    let anew = IndexedDbKv::open("deleted").await.unwrap();
    assert_eq!(anew.get("a").await, Ok(None));
}

#[wasm_bindgen_test]
async fn clearing_forgets_everything() {
    let kv = fresh("cleared").await;
    kv.write(put(&[("a", "1"), ("z", "2")])).await.unwrap();
    kv.clear().await.unwrap();
    assert_eq!(kv.range(String::new(), "\u{ffff}".to_owned(), usize::MAX, false).await, Ok(Vec::new()));
}

/// A database as the first layout made it.
async fn first_layout(name: &str) {
    let script = format!(
        "new Promise((done, failed) => {{
            const opening = indexedDB.open('{name}', 1);
            opening.onupgradeneeded = () => opening.result.createObjectStore('entries').put('1', 'a');
            opening.onsuccess = () => {{ opening.result.close(); done(); }};
            opening.onerror = failed;
        }})"
    );
    let promise = js_sys::Promise::from(js_sys::eval(&script).unwrap());
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_database_of_the_first_layout_is_opened_with_what_is_in_it() {
    IndexedDbKv::delete("older").await.expect("deleted");
    first_layout("older").await;
    let kv = IndexedDbKv::open("older").await.expect("brought up to date");
    assert_eq!(kv.get("a").await, Ok(Some("1".to_owned())));
    KvStore::open(kv).await.expect("its index is written");
    let kv = IndexedDbKv::open("older").await.unwrap();
    assert_eq!(kv.get("layout").await, Ok(Some("4".to_owned())));
}

macro_rules! test {
    ($($theme:ident :: $case:ident,)*) => {$(
        #[wasm_bindgen_test]
        async fn $case() {
            let kv = fresh(stringify!($case)).await;
            contract::run(Arc::new(KvStore::new(kv)), $theme::$case).await;
            IndexedDbKv::delete(stringify!($case)).await.expect("deleted");
        }
    )*};
}
api::contract_cases!(test);

#[wasm_bindgen_test]
async fn the_same_log_comes_to_the_same_as_in_memory() {
    for seed in 0..4 {
        let store = Arc::new(KvStore::new(fresh("differential").await));
        contract::differential::is_as_in_memory(store, seed, 120).await;
    }
    IndexedDbKv::delete("differential").await.expect("deleted");
}

/// Figures, not a verdict: machines differ. Shown with `-- --nocapture how_long`.
#[wasm_bindgen_test]
async fn how_long_it_takes_to_say_something() {
    const TIMES: u32 = 50;
    let each = |start: f64| (js_sys::Date::now() - start) / f64::from(TIMES);
    let kv = fresh("quick").await;
    let start = js_sys::Date::now();
    for _ in 0..TIMES {
        kv.get("nothing").await.unwrap();
    }
    let read = each(start);
    let start = js_sys::Date::now();
    for n in 0..TIMES {
        kv.write(Batch { strict: true, ..put(&[(&format!("entry/{n}"), "text")]) }).await.unwrap();
    }
    let write = each(start);
    let world = contract::World::over(Arc::new(KvStore::new(kv))).await;
    let thread = world.thread().await;
    let start = js_sys::Date::now();
    for n in 0..TIMES {
        world.say(&world.buyer, &thread, &format!("Message {n}")).await;
    }
    let said = each(start);
    wasm_bindgen_test::console_log!("a read {read:.2} ms, a strict write {write:.2} ms, a message {said:.2} ms");
}
