//! The stream of events: what a client missed.

use super::world::{World, with};
use domain::event::Envelope;

pub async fn events_come_page_by_page_each_once(world: &World) {
    let thread = world.thread().await;
    for n in 0..205 {
        world.say(&world.buyer, &thread, &format!("Message {n}")).await;
    }
    let first = world.seller.api.events(0).await.unwrap();
    assert!(first.more && first.events.len() == 200);
    let second = world.seller.api.events(first.cursor).await.unwrap();
    assert!(!second.more);
    let all: Vec<Envelope> = first.events.into_iter().chain(second.events).collect();
    assert_eq!(all, world.log(&thread).await, "each once, in order, none missing");
    let nothing = world.seller.api.events(second.cursor).await.unwrap();
    assert_eq!((nothing.events.len(), nothing.cursor, nothing.more), (0, second.cursor, false));
    assert_eq!(world.app.store.cursor(&world.seller.account.id).await.unwrap(), second.cursor);
}

pub async fn events_of_others_are_passed_over_in_silence(world: &World) {
    let thread = world.thread().await;
    for _ in 0..5 {
        world.say(&world.seller, &thread, "Between the two of us").await;
    }
    let page = world.stranger.api.events(0).await.unwrap();
    assert_eq!((page.events.len(), page.cursor, page.more), (0, 0, false), "others fill nobody's stream");
    let own = world.stranger.api.open_thread(&world.key(), &with("kai")).await.unwrap().thread.id;
    let news = world.stranger.api.events(page.cursor).await.unwrap();
    assert!(news.events.iter().all(|envelope| envelope.thread == own) && news.events.len() == 1);
}
