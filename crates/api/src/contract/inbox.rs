//! The inbox: folders, unread, order.

use super::world::{Person, World, code, draft, terms, with, words};
use crate::wire::{Folder, InboxEntry, MarkRead, Mute, SendRequest, Signal};
use domain::thread::Role;

pub async fn a_business_that_writes_first_waits_under_requests(world: &World) {
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    let thread = seller.open_thread(&world.key(), &with("maya")).await.unwrap().thread.id;
    assert!(buyer.inbox(Folder::Requests, "", None).await.unwrap().entries.is_empty(), "nothing was said yet");
    assert_eq!(code(buyer.thread(&thread).await), "not_found");
    world.say(&world.seller, &thread, "Hello! New boards are in.").await;
    let waiting = buyer.inbox(Folder::Requests, "", None).await.unwrap();
    assert_eq!((waiting.entries.len(), waiting.requests), (1, 1));
    assert!(buyer.inbox(Folder::Primary, "", None).await.unwrap().entries.is_empty());
    assert_eq!(seller.inbox(Folder::Primary, "", None).await.unwrap().entries.len(), 1);
    let ask = SendRequest { terms: terms(draft()), expires_in_seconds: None };
    assert_eq!(code(seller.send_request(&world.key(), &thread, &ask).await), "thread_not_accepted");
    assert_eq!(code(seller.accept_thread(&world.key(), &thread).await), "not_yours", "not one's own request");
    buyer.accept_thread(&world.key(), &thread).await.unwrap();
    let page = buyer.inbox(Folder::Primary, "KAI", None).await.unwrap();
    assert_eq!((page.entries.len(), page.requests), (1, 0));
    assert!(buyer.inbox(Folder::Primary, "terra", None).await.unwrap().entries.is_empty());
    seller.send_request(&world.key(), &thread, &ask).await.unwrap();
    world.bookmark(&thread).await;
}

pub async fn the_other_side_is_told_who_is_here_types_and_has_seen_and_a_stranger_nothing(world: &World) {
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    let thread = seller.open_thread(&world.key(), &with("maya")).await.unwrap().thread.id;
    world.say(&world.seller, &thread, "Hello! New boards are in.").await;
    let look = async || {
        buyer.here(&world.key(), &thread).await.unwrap();
        buyer.typing(&world.key(), &thread).await.unwrap();
        buyer.mark_read(&world.key(), &thread, &MarkRead { seq: u64::MAX }).await.unwrap();
        let told = world.heard().into_iter().filter(|(to, _)| *to == world.seller.account.id);
        told.map(|(_, signal)| signal).collect::<Vec<_>>()
    };
    world.heard();
    assert_eq!(look().await, [], "not a stranger");
    assert_eq!(seller.thread(&thread).await.unwrap().peer_read_at, None);
    seller.here(&world.key(), &thread).await.unwrap();
    let by_seller = Signal::Here { thread: thread.clone(), by: Role::Seller };
    assert_eq!(world.heard(), [(world.buyer.account.id.clone(), by_seller)], "whoever began it hides nothing");
    buyer.accept_thread(&world.key(), &thread).await.unwrap();
    world.say(&world.seller, &thread, "Are you there?").await;
    world.heard();
    let told = look().await;
    let [Signal::Here { .. }, Signal::Typing { .. }, Signal::Read { by: Role::Buyer, .. }] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert!(seller.thread(&thread).await.unwrap().peer_read_at.is_some());
    assert_eq!(code(world.stranger.api.here(&world.key(), &thread).await), "not_found");
    world.bookmark(&thread).await;
}

pub async fn unread_is_counted_until_it_is_read(world: &World) {
    let thread = world.thread().await;
    let unread = async || world.snapshot(&thread).await.entry.unread;
    let before = unread().await;
    for n in 1..=3 {
        world.say(&world.seller, &thread, "One more thing").await;
        assert_eq!(unread().await, before + n);
    }
    world.say(&world.buyer, &thread, "Yes?").await;
    let state = world.state(&thread).await;
    let api = &world.buyer.api;
    api.mark_read(&world.key(), &thread, &MarkRead { seq: state.seq - 2 }).await.unwrap();
    assert_eq!(unread().await, 1, "the last of the three was not seen");
    api.mark_read(&world.key(), &thread, &MarkRead { seq: u64::MAX }).await.unwrap();
    api.mark_read(&world.key(), &thread, &MarkRead { seq: 1 }).await.unwrap();
    let (mine, theirs) = (world.snapshot(&thread).await, world.seller.api.thread(&thread).await.unwrap());
    assert_eq!((mine.entry.unread, mine.read_seq), (0, state.seq), "seen is never unseen");
    assert_eq!((theirs.peer_read_seq, theirs.peer_read_at), (state.seq, Some(world.app.now().await.unwrap())));
    // Seen while a message arrives, sooner or later in between: what was not seen stays counted.
    for head_start in 0..20 {
        let seen = MarkRead { seq: world.state(&thread).await.seq };
        let message = words(&world.message_id(), "Are you there?");
        let (read, said) = (world.key(), world.key());
        let reading = async {
            for _ in 0..head_start {
                world.app.store.cursor(&world.buyer.account.id).await.expect("readable");
            }
            api.mark_read(&read, &thread, &seen).await
        };
        let (read, said) = futures::join!(reading, world.seller.api.say(&said, &thread, &message));
        read.unwrap();
        said.unwrap();
        assert_eq!(unread().await, 1, "with a head start of {head_start}");
    }
}

pub async fn a_muted_thread_stays_muted(world: &World) {
    let thread = world.thread().await;
    world.buyer.api.mute(&world.key(), &thread, &Mute { muted: true }).await.unwrap();
    world.say(&world.seller, &thread, "Psst").await;
    world.buyer.api.mark_read(&world.key(), &thread, &MarkRead { seq: 3 }).await.unwrap();
    let snapshot = world.snapshot(&thread).await;
    assert!(snapshot.entry.muted);
    assert!(!world.seller.api.thread(&thread).await.unwrap().entry.muted, "for oneself only");
    world.buyer.api.mute(&world.key(), &thread, &Mute { muted: false }).await.unwrap();
    assert!(!world.snapshot(&thread).await.entry.muted);
}

pub async fn many_threads_come_page_by_page_the_newest_first(world: &World) {
    let mut expected = Vec::new();
    for n in 0..45 {
        let thread = world.approach(&world.seller, &format!("buyer{n}"), "Hello").await;
        world.pass(60).await;
        expected.insert(0, thread);
    }
    // The oldest becomes the newest when something is said in it.
    let oldest = expected.pop().unwrap();
    world.say(&world.seller, &oldest, "Hello again").await;
    expected.insert(0, oldest);
    let first = world.seller.api.inbox(Folder::Primary, "", None).await.unwrap();
    assert_eq!(first.entries.len(), 40);
    let second = world.seller.api.inbox(Folder::Primary, "", first.next.as_deref()).await.unwrap();
    assert_eq!((second.entries.len(), second.next), (5, None));
    let listed = first.entries.into_iter().chain(second.entries).map(|entry| entry.thread);
    assert_eq!(listed.collect::<Vec<_>>(), expected);
}

/// A whole folder, page by page.
async fn all(who: &Person, folder: Folder, query: &str) -> (Vec<InboxEntry>, usize) {
    let (mut entries, mut after, mut calls) = (Vec::new(), None, 0);
    loop {
        let page = who.api.inbox(folder, query, after.as_deref()).await.unwrap();
        entries.extend(page.entries);
        calls += 1;
        match page.next {
            Some(next) => after = Some(next),
            None => return (entries, calls),
        }
    }
}

pub async fn each_folder_pages_by_itself(world: &World) {
    // Strangers and friends by turns: a page of one folder is not thinned by the other.
    for n in 0..45 {
        world.approach(&world.seller, &format!("friend{n}"), "Hello").await;
        world.approach_as(&format!("stranger{n}"), "kai", "Hello").await;
    }
    let page = world.seller.api.inbox(Folder::Requests, "", None).await.unwrap();
    assert_eq!((page.entries.len(), page.requests), (40, 45), "a full page, and how many there are");
    for folder in [Folder::Requests, Folder::Primary] {
        let (entries, calls) = all(&world.seller, folder, "").await;
        assert_eq!((entries.len(), calls), (45, 2));
        assert!(entries.iter().all(|entry| entry.folder == folder));
    }
    let taken = page.entries[0].thread.clone();
    world.seller.api.accept_thread(&world.key(), &taken).await.unwrap();
    assert_eq!(world.seller.api.inbox(Folder::Requests, "", None).await.unwrap().requests, 44);
    assert_eq!(world.seller.api.inbox(Folder::Primary, "", None).await.unwrap().entries[0].thread, taken);
}

pub async fn a_search_finds_names_and_last_words_of_a_folder(world: &World) {
    let thread = world.thread().await;
    world.say(&world.buyer, &thread, "Is the Longboard waxed?").await;
    world.approach_as("zoe", "kai", "A longboard, please").await;
    let found = async |folder, words: &str| all(&world.seller, folder, words).await.0.len();
    assert_eq!(found(Folder::Primary, "MAYA").await, 1, "by name");
    assert_eq!(found(Folder::Primary, "longboard").await, 1, "by what was said last, in this folder");
    assert_eq!(found(Folder::Requests, "longboard").await, 1);
    assert_eq!(found(Folder::Requests, "maya").await, 0, "not by what is in the other");
    world.say(&world.seller, &thread, "It is").await;
    assert_eq!(found(Folder::Primary, "longboard").await, 0, "what was said before is found in the conversation");
    assert!(world.stranger.api.inbox(Folder::Primary, "longboard", None).await.unwrap().entries.is_empty());
}

pub async fn a_search_goes_on_where_nothing_was_found(world: &World) {
    world.approach(&world.seller, "needle", "Hello").await;
    for n in 0..101 {
        world.approach(&world.seller, &format!("hay{n}"), "Hello").await;
    }
    let first = world.seller.api.inbox(Folder::Primary, "needle", None).await.unwrap();
    assert!(first.entries.is_empty() && first.next.is_some(), "one call looks at a part, and says where to go on");
    let (found, calls) = all(&world.seller, Folder::Primary, "needle").await;
    assert_eq!((found.len(), calls), (1, 2));
    let (every, _) = all(&world.seller, Folder::Primary, "hay").await;
    assert_eq!(every.len(), 101, "each once");
}
