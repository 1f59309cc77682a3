//! Finding words again, however far back they are.

use super::world::{World, code};
use crate::wire::RowPage;
use domain::ids::ThreadId;
use domain::timeline::Row;

/// Everything that a search finds, and in how many calls.
async fn all_found(world: &World, thread: &ThreadId, words: &str) -> (Vec<Row>, usize) {
    let (mut found, mut before, mut calls) = (Vec::new(), None, 0);
    loop {
        let RowPage { rows, next } = world.seller.api.search(thread, words, before).await.unwrap();
        assert!(rows.len() <= 50, "a page has an end");
        found.splice(0..0, rows);
        (before, calls) = (next, calls + 1);
        if before.is_none() {
            return (found, calls);
        }
    }
}

pub async fn the_first_words_of_a_long_thread_are_found(world: &World) {
    let thread = world.thread().await;
    world.say(&world.buyer, &thread, "Is the Needle still there?").await;
    world.talk(&thread, 1_100, |n| format!("Message {n}")).await;
    let first = world.seller.api.search(&thread, "needle", None).await.unwrap();
    assert!(first.rows.is_empty() && first.next.is_some(), "one call looks at a part, and says where to go on");
    let (found, calls) = all_found(world, &thread, "NEEDLE").await;
    assert_eq!((found.len(), calls), (1, 2));
}

pub async fn many_hits_come_page_by_page_each_once(world: &World) {
    let thread = world.thread().await;
    world.talk(&thread, 120, |n| format!("Wave {n}")).await;
    let (found, calls) = all_found(world, &thread, "wave").await;
    let every = world.app.store.rows(&thread, None, 120).await.unwrap();
    assert!(found.iter().eq(every.iter().rev()), "each once, in order");
    assert_eq!(calls, 3);
    assert_eq!(all_found(world, &thread, "nowhere & nothing").await, (Vec::new(), 1));
}

pub async fn a_message_is_found_by_its_name(world: &World) {
    let thread = world.thread().await;
    let said = world.say(&world.buyer, &thread, "Here").await;
    let row = world.seller.api.message(&thread, &said).await.unwrap();
    assert!(row.contains("here"));
    assert_eq!(world.app.store.message_row(&thread, &said).await.unwrap(), Some(row));
    assert_eq!(code(world.seller.api.message(&thread, &world.message_id()).await), "not_found");
}
