//! What is kept: read, taken out and brought back whole, or named as broken.

use super::world::{World, code, refused};
use crate::app::kinds;
use crate::store::StoreError;
use crate::wire::TestBehaviour;
use domain::payment_request::RequestStatus;

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

/// Makes what is kept under `key` unreadable; what it was.
async fn damage(world: &World, key: &str) -> Vec<(String, String)> {
    let kept = world.app.store.export().await.unwrap().into_iter().filter(|(known, _)| known == key).collect();
    world.app.store.import(vec![(key.to_owned(), "{\"half\": ".to_owned())]).await.unwrap();
    kept
}

pub async fn a_thread_that_cannot_be_read_holds_up_nobody(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
    let whole = damage(world, &format!("state/{thread}")).await;
    let (other, wanted) = world.asked_by_terra(3_600).await;
    let agenda = world.buyer.api.agenda().await.unwrap().entries;
    assert!(agenda.iter().any(|entry| entry.thread == other), "what happens elsewhere is foretold");
    // The payment of the damaged thread is due before anything of the other.
    world.pass(3_600).await;
    assert_eq!(world.state(&other).await.requests[&wanted].status, RequestStatus::Expired);
    let told = world.buyer.api.events(0).await.unwrap().events;
    assert!(told.iter().any(|envelope| envelope.thread == other), "what happens elsewhere is heard");

    world.app.store.import(whole).await.unwrap();
    world.pass(3_600).await;
    assert!(world.state(&thread).await.order_of(&payment).is_some(), "what can be read again goes on");
}

pub async fn timers_of_what_cannot_be_read_wait_until_it_can(world: &World) {
    let (thread, first) = world.asked_by_terra(600).await;
    let whole = damage(world, &format!("state/{thread}")).await;
    let mine = world.thread().await;
    world.pass(86_400).await;
    world.say(&world.seller, &mine, "Here, all is well").await;
    assert_eq!(code(world.buyer.api.thread(&thread).await), "storage_corrupt");
    world.app.store.import(whole).await.unwrap();
    world.pass(3_600).await;
    assert_eq!(world.state(&thread).await.requests[&first].status, RequestStatus::Expired);
    assert!(world.app.store.due(usize::MAX).await.unwrap().is_empty(), "and are not looked at again");
}

pub async fn an_entry_that_cannot_be_read_becomes_a_dead_letter(world: &World) {
    *world.letters_expected.lock().expect("no panic while noting") = true;
    damage(world, "outbox/000000000000001/cmd_lost-1").await;
    let (thread, _, order) = world.authorised().await;
    assert!(world.state(&thread).await.orders.contains_key(&order), "the others are worked off");
    let letters = world.app.store.documents(kinds::DEAD_LETTER).await.unwrap();
    assert_eq!(letters, [("cmd_lost-1".to_owned(), "{\"half\": ".to_owned())]);
}

pub async fn what_is_exported_is_everything_and_can_be_brought_back(world: &World) {
    let (thread, _, _) = world.captured().await;
    world.say(&world.buyer, &thread, "Grazie \u{1f3c4}\u{200d}\u{2640}\u{fe0f}").await;
    let (before, kept) = (world.snapshot(&thread).await, world.app.store.export().await.unwrap());
    world.app.store.clear().await.unwrap();
    assert!(world.app.store.export().await.unwrap().is_empty());
    // Where a session is kept too, nobody is even known any more.
    assert!(matches!(refused(world.buyer.api.thread(&thread).await).status, 401 | 404));
    world.app.store.import(kept.clone()).await.unwrap();
    assert_eq!(world.snapshot(&thread).await, before);
    assert_eq!(world.app.store.export().await.unwrap(), kept);
}
