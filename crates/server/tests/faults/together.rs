//! Many who speak at once, so that what they say is written together, to a server that ends in the middle of it.

use super::house::{House, way_to};
use api::client::{Client, IdempotencyKey};
use api::contract::{Wire, World, after_every_case};
use api::store::Store;
use api::wire::{OpenThread, Say};
use domain::ids::{MessageId, ThreadId};
use domain::message::Content;
use domain::timeline::RowItem;
use server::store::SqlStore;
use std::sync::Arc;

/// Who writes at once, each in a thread of their own.
const WRITERS: usize = 6;
/// What each of them says, one after the other, to each server.
const EACH: usize = 4;

struct Writer {
    api: Client<Wire>,
    thread: ThreadId,
    name: String,
    said: Vec<MessageId>,
}

impl Writer {
    async fn says(&mut self) {
        for _ in 0..EACH {
            let id: MessageId = format!("msg_{}x{}", self.name, self.said.len()).parse().expect("letters and digits");
            let content = Content::Text { text: format!("This is {id}").parse().expect("words") };
            let say = Say { id: id.clone(), content, reply_to: None };
            self.api.say(&IdempotencyKey(id.to_string()), &self.thread, &say).await.expect("acknowledged some time");
            self.said.push(id);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_together_survives_the_end_of_the_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.db");
    let store = SqlStore::sqlite(&path).await.expect("opened");
    let house = House::over(format!("sqlite:{}", path.display()), None);
    let world = World::dialled(Arc::new(store.clone()), way_to(&house)).await;
    let mut writers = Vec::new();
    for n in 0..WRITERS {
        let account = world.newcomer(&format!("writer{n}")).await;
        let api = world.way(Some(account.id)).await;
        let peer = OpenThread { peer: "kai".parse().expect("a handle") };
        let thread = api.open_thread(&world.key(), &peer).await.expect("opened").thread.id;
        writers.push(Writer { api, thread, name: format!("w{n}"), said: Vec::new() });
    }
    let ends = (40..400).step_by(17);
    for step in ends.clone() {
        house.ends_at(step).await;
        futures::future::join_all(writers.iter_mut().map(Writer::says)).await;
    }
    let ended = house.times_ended().await;
    house.kill().await;
    println!("SQLite: the server ended {ended} times under {WRITERS} who wrote at once");
    assert!(ended as usize > ends.count() / 2, "it ended only {ended} times");
    for writer in writers {
        assert_eq!(kept(&store, &writer.thread).await, writer.said, "each once, in order");
    }
    after_every_case(&world).await;
    store.close().await;
}

async fn kept(store: &SqlStore, thread: &ThreadId) -> Vec<MessageId> {
    let mut rows = store.rows(thread, None, usize::MAX).await.expect("readable");
    rows.reverse();
    let message = |item| match item {
        RowItem::Message(message) => Some(message.id),
        RowItem::Event(_) => None,
    };
    rows.into_iter().filter_map(|row| message(row.item)).collect()
}
