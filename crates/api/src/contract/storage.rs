//! What is kept: read, taken out and brought back whole, or named as broken.

use super::world::{World, code};
use crate::store::StoreError;

pub async fn what_cannot_be_read_is_named_and_nothing_else_suffers(world: &World) {
    let thread = world.thread().await;
    let other = world.buyer.api.open_thread(&world.key(), &super::world::with("terra")).await.unwrap().thread.id;
    let kept = world.app.store.export().await.unwrap();
    let (key, text) = kept.into_iter().find(|(key, _)| *key == format!("state/{other}")).expect("where it is kept");
    world.app.store.import(vec![(key.clone(), "{\"half\": ".to_owned())]).await.unwrap();
    assert!(matches!(world.app.store.thread(&other).await, Err(StoreError::Corrupt(place)) if place.contains(&key)));
    assert_eq!(code(world.buyer.api.thread(&other).await), "storage_corrupt");
    world.say(&world.buyer, &thread, "Here, all is well").await;
    assert!(world.app.store.export().await.is_ok(), "what is broken can still be taken out");
    world.app.store.import(vec![(key, text)]).await.unwrap();
}

pub async fn what_is_exported_is_everything_and_can_be_brought_back(world: &World) {
    let (thread, _, _) = world.captured().await;
    world.say(&world.buyer, &thread, "Grazie \u{1f3c4}\u{200d}\u{2640}\u{fe0f}").await;
    let (before, kept) = (world.snapshot(&thread).await, world.app.store.export().await.unwrap());
    world.app.store.clear().await.unwrap();
    assert!(world.app.store.export().await.unwrap().is_empty());
    assert_eq!(code(world.buyer.api.thread(&thread).await), "not_found");
    world.app.store.import(kept.clone()).await.unwrap();
    assert_eq!(world.snapshot(&thread).await, before);
    assert_eq!(world.app.store.export().await.unwrap(), kept);
}
