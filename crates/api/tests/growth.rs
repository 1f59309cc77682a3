//! What grows does not cost more: how much is read is counted, not timed.
#![cfg(feature = "contract")]

use api::contract::World;
use api::store::{Answering, Batch, Kv, KvStore, MemoryKv, Store, StoreError, WriteError};
use api::wire::Folder;
use domain::ids::ThreadId;
use domain::queue::Group;
use futures::executor::block_on;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Memory that counts the entries that are read from it.
struct Counting {
    kv: MemoryKv,
    read: Arc<AtomicUsize>,
}

impl Kv for Counting {
    fn get<'a>(&'a self, key: &'a str) -> Answering<'a, Result<Option<String>, StoreError>> {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.kv.get(key)
    }

    fn range(
        &self,
        from: String,
        to: String,
        limit: usize,
        newest_first: bool,
    ) -> Answering<'_, Result<Vec<(String, String)>, StoreError>> {
        Box::pin(async move {
            let entries = self.kv.range(from, to, limit, newest_first).await?;
            self.read.fetch_add(entries.len().max(1), Ordering::Relaxed);
            Ok(entries)
        })
    }

    fn write(&self, batch: Batch) -> Answering<'_, Result<(), WriteError>> {
        self.kv.write(batch)
    }

    fn clear(&self) -> Answering<'_, Result<(), StoreError>> {
        self.kv.clear()
    }
}

/// A world, and what is read in it.
struct Counted {
    world: World,
    read: Arc<AtomicUsize>,
}

impl Counted {
    async fn new() -> Self {
        let read = Arc::new(AtomicUsize::new(0));
        let store: Arc<dyn Store> = Arc::new(KvStore::new(Counting { kv: MemoryKv::default(), read: read.clone() }));
        Self { world: World::over(store).await, read }
    }

    /// How many entries are read by it.
    async fn reads<R>(&self, of: impl Future<Output = R>) -> usize {
        let before = self.read.load(Ordering::Relaxed);
        of.await;
        self.read.load(Ordering::Relaxed) - before
    }

    async fn page_of(&self, folder: Folder) -> usize {
        self.reads(async { self.world.seller.api.inbox(folder, "", None).await.expect("a page") }).await
    }

    /// What asking for money in a thread reads.
    async fn asking(&self, thread: &ThreadId) -> usize {
        self.reads(self.world.ask_little(thread)).await
    }
}

#[test]
fn a_page_of_a_folder_reads_its_rows_and_little_more_whatever_is_in_the_other() {
    block_on(async {
        let counted = Counted::new().await;
        let world = &counted.world;
        for n in 0..45 {
            world.approach_as(&format!("stranger{n}"), "kai", "Hello").await;
        }
        let alone = counted.page_of(Folder::Requests).await;
        // A row is its place, its summary, who is across and what was seen of it.
        assert!(alone <= 40 * 4 + 10, "{alone} entries for a page of 40");
        for n in 0..300 {
            world.approach(&world.seller, &format!("friend{n}"), "Hello").await;
        }
        assert_eq!(counted.page_of(Folder::Requests).await, alone);
        assert!(counted.page_of(Folder::Primary).await <= alone);
    });
}

#[test]
fn asking_for_money_reads_no_more_with_many_threads() {
    block_on(async {
        let counted = Counted::new().await;
        let thread = counted.world.thread().await;
        let few = counted.asking(&thread).await;
        for n in 0..200 {
            counted.world.approach(&counted.world.seller, &format!("friend{n}"), "Hello").await;
        }
        let many = counted.asking(&thread).await;
        // What was asked for in the last days is read, and that is one entry by now.
        assert!(many <= few + 1, "{many} entries, and {few} with one thread");
    });
}

#[test]
fn a_page_of_the_queue_reads_no_more_with_many_orders() {
    block_on(async {
        let counted = Counted::new().await;
        let world = &counted.world;
        let page = async || {
            let of_queue = async { world.seller.api.queue(Group::Waiting, "", None).await.expect("a page") };
            let sums = async { world.seller.api.queue_sums().await.expect("sums") };
            (counted.reads(of_queue).await, counted.reads(sums).await)
        };
        let ask = async |from: u64, to: u64| {
            for n in from..to {
                let thread = world.approach_as(&format!("buyer{n}"), "kai", "How much?").await;
                world.seller.api.accept_thread(&world.key(), &thread).await.expect("accepted");
                world.ask_little(&thread).await;
            }
        };
        ask(0, 20).await;
        let (rows, sums) = page().await;
        assert!(rows <= 20 * 3 + 5 && sums <= 5, "{rows} and {sums} entries for a page of 20");
        ask(20, 120).await;
        assert_eq!(page().await, (rows, sums));
    });
}

#[test]
fn facts_read_no_conversation_and_no_more_than_their_records() {
    block_on(async {
        let counted = Counted::new().await;
        let world = &counted.world;
        let facts = async || counted.reads(async { world.buyer.api.facts("kai").await.expect("facts") }).await;
        let thread = world.thread().await;
        let few = facts().await;
        for n in 0..200 {
            world.approach(&world.seller, &format!("friend{n}"), "Hello").await;
        }
        assert_eq!(facts().await, few, "who only talks counts nothing");
        world.talk(&thread, 5_000, |n| format!("Message {n}")).await;
        let talked = facts().await;
        assert!(talked <= few + 20, "{talked} entries, and {few} before: a conversation counts with 20 answers");
    });
}

#[test]
fn the_first_of_a_hundred_thousand_messages_is_found_a_stretch_at_a_time() {
    block_on(async {
        let counted = Counted::new().await;
        let world = &counted.world;
        let thread = world.thread().await;
        world.say(&world.buyer, &thread, "The very first words").await;
        world.talk(&thread, 100_000, |n| format!("Message {n}")).await;
        let (mut before, mut calls, mut found) = (None, 0, Vec::new());
        loop {
            let mut next = None;
            let reads = counted
                .reads(async {
                    let page = world.seller.api.search(&thread, "very first", before).await.expect("a page");
                    found.extend(page.rows);
                    next = page.next;
                })
                .await;
            assert!(reads <= 1_010, "{reads} entries for one call");
            (before, calls) = (next, calls + 1);
            if before.is_none() {
                break;
            }
        }
        assert_eq!((found.len(), calls), (1, 101));
        let jump = counted.reads(async { world.seller.api.rows(&thread, None, 1_000).await.expect("a page") }).await;
        assert!(jump <= 1_010, "{jump} entries for a page of 1,000");
    });
}

#[test]
fn a_message_reads_no_more_in_a_long_thread_of_a_busy_account() {
    block_on(async {
        let counted = Counted::new().await;
        let world = &counted.world;
        let thread = world.thread().await;
        let said = async || counted.reads(world.say(&world.buyer, &thread, "Hello")).await;
        let short = said().await;
        world.talk(&thread, 5_000, |n| format!("Message {n}")).await;
        for n in 0..50 {
            world.approach(&world.seller, &format!("friend{n}"), "Hello").await;
        }
        assert_eq!(said().await, short);
    });
}
