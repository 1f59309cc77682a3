//! What people say.

use super::world::{STREET, World, code, draft, terms, words};
use crate::wire::{EditMessage, React, ReviseRequest, Say, SendRequest, UploadPhoto};
use domain::event::Event;
use domain::ids::{MessageId, PhotoId, ThreadId};
use domain::message::{Content, Emoji, Message};
use domain::picture::Picture;
use domain::terms::TermsDraft;
use domain::timeline::RowItem;

async fn message(world: &World, thread: &ThreadId, id: &MessageId) -> Message {
    let snapshot = world.snapshot(thread).await;
    let messages = snapshot.rows.into_iter().filter_map(|row| match row.item {
        RowItem::Message(message) => Some(message),
        RowItem::Event(_) => None,
    });
    messages.into_iter().find(|message| message.id == *id).expect("it was said")
}

fn text(message: &Message) -> &str {
    match &message.content {
        Some(Content::Text { text }) => text.as_str(),
        other => panic!("words, not {other:?}"),
    }
}

fn edited(text: &str) -> EditMessage {
    EditMessage { content: Content::Text { text: text.parse().expect("words") } }
}

pub async fn a_thread_is_opened_accepted_and_spoken_in(world: &World) {
    let opened = world.buyer.api.open_thread(&world.key(), &super::world::with("kai")).await.unwrap();
    let again = world.buyer.api.open_thread(&world.key(), &super::world::with("kai")).await.unwrap();
    let thread = opened.thread.id;
    assert_eq!(again.thread.id, thread, "there is one thread of two people");
    world.say(&world.buyer, &thread, "Is the twin fish still there?").await;
    let early = world.seller.api.say(&world.key(), &thread, &words(&world.message_id(), "Yes")).await;
    assert_eq!(code(early), "thread_not_accepted");
    world.seller.api.accept_thread(&world.key(), &thread).await.unwrap();
    let twice = world.seller.api.accept_thread(&world.key(), &thread).await.unwrap();
    assert!(twice.events.is_empty(), "accepted once is accepted");
    world.bookmark(&thread).await;
    let answer = world.say(&world.seller, &thread, "It is.").await;
    assert_eq!(text(&message(world, &thread, &answer).await), "It is.");
}

pub async fn saying_it_twice_says_it_once(world: &World) {
    let thread = world.thread().await;
    let id = world.message_id();
    let first = world.buyer.api.say(&world.key(), &thread, &words(&id, "Once")).await.unwrap();
    assert_eq!(first.events.len(), 1);
    let second = world.buyer.api.say(&world.key(), &thread, &words(&id, "Once")).await.unwrap();
    assert!(second.events.is_empty(), "another key, the same message");
    let said = world.log(&thread).await.into_iter().filter(|told| matches!(told.event, Event::MessagePosted { .. }));
    assert_eq!(said.count(), 1);
    // Two tabs send their outbox at the same time.
    let id = world.message_id();
    let (one, other) = (world.key(), world.key());
    let say = words(&id, "From two tabs");
    let api = &world.buyer.api;
    let (one, other) = futures::join!(api.say(&one, &thread, &say), api.say(&other, &thread, &say));
    assert_eq!(one.unwrap().events.len() + other.unwrap().events.len(), 1);
}

pub async fn editing_unsending_and_reacting_twice_is_doing_it_once(world: &World) {
    let thread = world.thread().await;
    let id = world.say(&world.buyer, &thread, "Helo").await;
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    for _ in 0..2 {
        buyer.edit(&world.key(), &thread, &id, &edited("Hello")).await.unwrap();
        seller.react(&world.key(), &thread, &id, &React { emoji: Some(Emoji::heart()) }).await.unwrap();
    }
    let now = message(world, &thread, &id).await;
    assert_eq!((text(&now), now.reactions.seller.as_ref()), ("Hello", Some(&Emoji::heart())));
    assert!(now.edited_at.is_some() && now.reactions.buyer.is_none());
    seller.react(&world.key(), &thread, &id, &React { emoji: None }).await.unwrap();
    assert!(message(world, &thread, &id).await.reactions.is_empty());
    for _ in 0..2 {
        buyer.unsend(&world.key(), &thread, &id).await.unwrap();
    }
    assert_eq!(message(world, &thread, &id).await.content, None);
    let last = world.snapshot(&thread).await.entry.last.unwrap();
    assert!(matches!(last.item, RowItem::Message(Message { content: None, .. })), "gone from the inbox, too");
    let heart = React { emoji: Some(Emoji::heart()) };
    assert_eq!(code(seller.react(&world.key(), &thread, &id, &heart).await), "message_unsent");
}

pub async fn a_reply_quotes_what_it_answers(world: &World) {
    let thread = world.thread().await;
    let asked = world.say(&world.buyer, &thread, "Does it come with fins?").await;
    let id = world.message_id();
    let reply = Say { reply_to: Some(asked.clone()), ..words(&id, "It does.") };
    world.seller.api.say(&world.key(), &thread, &reply).await.unwrap();
    let quote = message(world, &thread, &id).await.reply_to.expect("a quote");
    assert_eq!((quote.id, quote.excerpt.as_deref()), (asked.clone(), Some("Does it come with fins?")));
    // What is quoted stays quoted as it was; a reply to what is gone is only a message.
    world.buyer.api.unsend(&world.key(), &thread, &asked).await.unwrap();
    let late = world.message_id();
    world.seller.api.say(&world.key(), &thread, &Say { id: late.clone(), ..reply }).await.unwrap();
    let quote = message(world, &thread, &late).await.reply_to;
    assert!(quote.is_none_or(|quote| quote.excerpt.is_none()), "unsent words are not brought back by a reply");
}

pub async fn old_or_foreign_words_are_not_changed(world: &World) {
    let thread = world.thread().await;
    let id = world.say(&world.buyer, &thread, "Mine").await;
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    assert_eq!(code(seller.edit(&world.key(), &thread, &id, &edited("Yours")).await), "not_yours");
    assert_eq!(code(seller.unsend(&world.key(), &thread, &id).await), "not_yours");
    let nothing = world.message_id();
    assert_eq!(code(buyer.edit(&world.key(), &thread, &nothing, &edited("?")).await), "not_found");
    world.pass(15 * 60 + 1).await;
    assert_eq!(code(buyer.edit(&world.key(), &thread, &id, &edited("Late")).await), "too_late_to_edit");
    assert_eq!(text(&message(world, &thread, &id).await), "Mine");
}

pub async fn a_photo_is_seen_by_the_two_in_its_thread(world: &World) {
    let thread = world.thread().await;
    let (buyer, seller, stranger) = (&world.buyer.api, &world.seller.api, &world.stranger.api);
    let fake = UploadPhoto { media_type: "image/png".into(), data: "PHNjcmlwdD4=".into() };
    assert_eq!(code(buyer.upload(&world.key(), &fake).await), "not_a_picture");
    let picture = UploadPhoto { media_type: "image/png".into(), data: "iVBORw0KGgo=".into() };
    let photo = buyer.upload(&world.key(), &picture).await.unwrap().id;
    assert_eq!(code(seller.photo(&thread, &photo).await), "not_found", "it was not sent yet");
    let content = Content::Photo { photo: photo.clone(), width: 10, height: 10 };
    let say = |id: &MessageId| Say { id: id.clone(), content: content.clone(), reply_to: None };
    buyer.say(&world.key(), &thread, &say(&world.message_id())).await.unwrap();
    assert!(seller.photo(&thread, &photo).await.unwrap().url.starts_with("data:image/png;base64,iVBORw0K"));
    assert!(buyer.photo(&thread, &photo).await.is_ok());

    // Neither a thread of one's own nor sending it on makes somebody else's picture one's own.
    let own = stranger.open_thread(&world.key(), &super::world::with("kai")).await.unwrap().thread.id;
    assert_eq!(code(stranger.photo(&own, &photo).await), "not_found");
    assert_eq!(code(stranger.photo(&thread, &photo).await), "not_found");
    assert_eq!(code(stranger.say(&world.key(), &own, &say(&world.message_id())).await), "not_found");
    assert_eq!(code(stranger.photo(&own, &photo).await), "not_found");
}

pub async fn a_photo_on_a_request_is_the_sellers_own_and_seen_by_the_two(world: &World) {
    let thread = world.thread().await;
    let (buyer, seller, stranger) = (&world.buyer.api, &world.seller.api, &world.stranger.api);
    let picture = UploadPhoto { media_type: "image/png".into(), data: "iVBORw0KGgo=".into() };
    let own = seller.upload(&world.key(), &picture).await.unwrap().id;
    let theirs = buyer.upload(&world.key(), &picture).await.unwrap().id;
    let with = |photo: &PhotoId| {
        let terms = terms(TermsDraft { picture: Some(Picture::Photo(photo.clone())), ..draft() });
        SendRequest { terms, expires_in_seconds: None }
    };
    assert_eq!(code(seller.send_request(&world.key(), &thread, &with(&theirs)).await), "not_found");
    assert_eq!(code(buyer.photo(&thread, &own).await), "not_found", "it was not sent yet");
    seller.send_request(&world.key(), &thread, &with(&own)).await.unwrap();
    assert!(buyer.photo(&thread, &own).await.is_ok() && seller.photo(&thread, &own).await.is_ok());
    assert_eq!(code(stranger.photo(&thread, &own).await), "not_found");

    let request = world.state(&thread).await.requests.keys().next().cloned().unwrap();
    let next = seller.upload(&world.key(), &picture).await.unwrap().id;
    let revise = |photo: &PhotoId| ReviseRequest { revision: 1, terms: with(photo).terms, expires_in_seconds: None };
    assert_eq!(code(seller.revise(&world.key(), &request, &revise(&theirs)).await), "not_found");
    seller.revise(&world.key(), &request, &revise(&next)).await.unwrap();
    assert!(buyer.photo(&thread, &next).await.is_ok());
}

pub async fn a_card_number_never_reaches_the_store(world: &World) {
    let thread = world.thread().await;
    let id = world.say(&world.buyer, &thread, "Charge 4111 1111 1111 1111 please").await;
    world.buyer.api.edit(&world.key(), &thread, &id, &edited("I meant 5555 5555 5555 4444")).await.unwrap();
    world.address().await;
    let kept = world.app.store.export().await.unwrap();
    for number in ["4111 1111 1111 1111", "4111111111111111", "5555 5555 5555 4444"] {
        assert!(!kept.iter().any(|(_, text)| text.contains(number)), "{number} is kept");
    }
    assert!(kept.iter().any(|(_, text)| text.contains(STREET)), "the export shows everything that is kept");
}

pub async fn a_long_thread_is_read_page_by_page(world: &World) {
    let thread = world.thread().await;
    for n in 0..70 {
        world.say(&world.buyer, &thread, &format!("Message {n}")).await;
    }
    let snapshot = world.snapshot(&thread).await;
    assert!(snapshot.more && snapshot.rows.len() == 60, "a thread comes with its newest rows");
    let (mut all, mut more, mut before) = (Vec::new(), true, None);
    while more {
        let page = world.seller.api.rows(&thread, before, 20).await.unwrap();
        before = page.rows.first().map(|row| row.seq);
        more = page.next.is_some();
        all.splice(0..0, page.rows.into_iter().map(|row| row.seq));
    }
    let every = world.app.store.rows(&thread, None, usize::MAX).await.unwrap();
    assert_eq!(all, every.iter().rev().map(|row| row.seq).collect::<Vec<_>>(), "each row once, in order");
    let found = world.seller.api.search(&thread, "message 6", None).await.unwrap();
    assert_eq!(found.rows.len(), 11, "6 and 60 to 69");
    assert!(world.seller.api.search(&thread, "nowhere & nothing", None).await.unwrap().rows.is_empty());
}
