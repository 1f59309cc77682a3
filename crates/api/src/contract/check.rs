//! What has to be true after every case.

use super::world::{Person, World};
use crate::app::kinds;
use crate::wire::Folder;
use domain::ids::ThreadId;
use domain::ledger::Account;
use domain::money::Currency;
use domain::payment::PaymentStatus;
use domain::queue::Group;
use domain::thread::{Role, Thread};
use domain::time::Timestamp;
use domain::timeline::{Row, RowItem, changed_message};
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) async fn everything(world: &World) {
    world.settle().await;
    let mut threads: BTreeSet<ThreadId> = BTreeSet::new();
    for person in [&world.buyer, &world.seller, &world.other_seller, &world.stranger] {
        for folder in [Folder::Primary, Folder::Requests] {
            let inbox = world.app.store.inbox(&person.account.id, folder, None, usize::MAX).await.expect("readable");
            threads.extend(inbox.into_iter().map(|(_, thread)| thread));
        }
    }
    for thread in &threads {
        money_adds_up(world, thread).await;
        for person in [&world.buyer, &world.seller, &world.other_seller, &world.stranger] {
            one_side_is_whole(world, person, thread).await;
        }
    }
    for person in [&world.buyer, &world.seller, &world.other_seller] {
        what_is_found_is_what_is_there(world, person).await;
    }
    a_client_catches_up(world).await;
    let letters = world.app.store.documents(kinds::DEAD_LETTER).await.expect("readable");
    let expected = *world.letters_expected.lock().expect("no panic while noting");
    assert!(letters.is_empty() || expected, "what a worker reported was refused: {letters:?}");
}

/// The queue, its counts and the funds are what the account's threads add up to.
async fn what_is_found_is_what_is_there(world: &World, person: &Person) {
    let (store, me) = (&world.app.store, &person.account.id);
    let (mut expected, mut found, mut held) = (BTreeSet::new(), BTreeSet::new(), 0);
    let (mut requests, mut sold) = (0, BTreeSet::new());
    for folder in [Folder::Primary, Folder::Requests] {
        for (_, thread) in store.inbox(me, folder, None, usize::MAX).await.expect("readable") {
            let state = world.state(&thread).await;
            let role = state.role_of(me).expect("one's own thread");
            expected.extend(
                state
                    .queue()
                    .map(|queued| format!("{:?} {:?}", Group::of(&queued.headline, role), queued.headline.about)),
            );
            if role == Role::Seller {
                let balance = |order| state.ledger.balance(order, Account::Held, Currency::USD).minor;
                sold.extend(state.order_records().map(|order| format!("{order:?}")));
                held += state.orders.keys().map(balance).sum::<i64>();
            }
            requests += i64::from(folder == Folder::Requests);
        }
    }
    let sums = store.sums(me).await.expect("readable");
    for (group, count) in [(Group::Mine, sums.mine), (Group::Waiting, sums.waiting), (Group::Done, sums.done)] {
        let listed = store.queue(me, group, None, usize::MAX).await.expect("readable");
        assert_eq!(listed.len(), usize::try_from(count).expect("not below nothing"), "{group:?} is counted");
        found.extend(listed.iter().map(|found| format!("{group:?} {:?}", found.about)));
    }
    let counted = store.records(me, Timestamp::from_millis(0)).await.expect("readable").orders;
    let counted: BTreeSet<String> = counted.iter().map(|order| format!("{order:?}")).collect();
    assert_eq!(counted, sold, "what counts for the facts is what the orders say");
    assert_eq!(found, expected, "the queue is what the threads say");
    assert_eq!(sums.funds.get(&Currency::USD).map_or(0, |funds| funds.held), held, "so are the funds");
    assert_eq!(sums.requests, requests, "and what waits under Requests");
}

/// Snapshot, replay and rows of one side agree.
async fn one_side_is_whole(world: &World, person: &Person, thread: &ThreadId) {
    let state = world.state(thread).await;
    let Some(role) = state.role_of(&person.account.id) else { return };
    let log = world.log(thread).await;
    let numbered = log.iter().zip(1..).all(|(envelope, seq)| envelope.seq == seq);
    assert!(numbered && log.len() as u64 == state.seq, "events are numbered from 1 without gaps");
    let replayed = Thread::replay(&log).expect("no gap").expect("a thread");
    assert_eq!(replayed, state, "the state is the fold of its events");
    let seen = log.iter().map(|envelope| envelope.seen_by(role)).collect::<Vec<_>>();
    let folded = Thread::replay(&seen).expect("no gap").expect("a thread");
    assert_eq!(folded, state.seen_by(role), "folding what a side sees gives what that side sees");

    // A thread in which nobody said anything is not shown to whoever did not open it.
    let Ok(snapshot) = person.api.thread(thread).await else {
        assert!(role != state.started_by && !state.accepted, "one's own thread is there");
        return;
    };
    assert_eq!(snapshot.thread, state.seen_by(role), "the snapshot is the replay, as this side sees it");
    assert_eq!(snapshot.entry.headline, state.headline());
    let rows = rows_of(&log);
    let all = world.app.store.rows(thread, None, usize::MAX).await.expect("readable");
    assert_eq!(all.iter().rev().cloned().collect::<Vec<_>>(), rows, "the rows are the fold of the events");
    let newest: Vec<Row> = rows.iter().map(|row| row.seen_by(role)).collect();
    assert!(newest.ends_with(&snapshot.rows), "a snapshot brings the newest rows, oldest first");
    assert_eq!(snapshot.entry.last.as_ref(), newest.last(), "the inbox shows the last row");
    let unread = rows.iter().filter(|row| row.seq > snapshot.read_seq && row.actor != role.into()).count();
    assert_eq!(snapshot.entry.unread as usize, unread, "unread is what the other side did since");
}

fn rows_of(log: &[domain::event::Envelope]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for envelope in log {
        rows.extend(Row::of(envelope));
        let Some(changed) = changed_message(&envelope.event) else { continue };
        for row in &mut rows {
            if let RowItem::Message(message) = &mut row.item
                && message.id == *changed
            {
                message.apply(&envelope.event, envelope.at);
            }
        }
    }
    rows
}

/// Debits are credits, and the processor's own books say the same as ours.
async fn money_adds_up(world: &World, thread: &ThreadId) {
    let state = world.state(thread).await;
    for (currency, (debits, credits)) in state.ledger.trial_balance() {
        assert_eq!(debits, credits, "{currency:?} balances");
    }
    for request in state.requests.keys() {
        let taken = state.attempts(request).filter(|attempt| attempt.captured().minor > 0).count();
        assert!(taken <= 1, "{request} is paid at most once");
    }
    // A real processor's books are not in our store: whoever has one compares them.
    if world.app.provider.is_real() {
        return;
    }
    let outbox = world.app.store.outbox(usize::MAX).await.expect("readable");
    for payment in state.payments.values() {
        let (taken, returned) = books(world, payment.id.as_str()).await;
        let settling = outbox.iter().any(|entry| entry.thread == *thread);
        if settling || matches!(payment.status, PaymentStatus::Capturing { .. }) {
            continue;
        }
        assert_eq!(taken, payment.captured().minor, "the processor took what we say it took");
        let order = state.order_of(&payment.id).map(|order| order.id.clone());
        let with_buyer = order.map_or(0, |order| state.ledger.balance(&order, Account::Buyer, Currency::USD).minor);
        assert_eq!(returned - taken, with_buyer, "what the buyer is out of is in the books of both");
    }
}

async fn books(world: &World, payment: &str) -> (i64, i64) {
    let line = world.app.store.document(kinds::SIMULATED_PAYMENT, payment).await.expect("readable");
    let Some(line) = line.map(|text| serde_json::from_str::<Value>(&text).expect("a line")) else { return (0, 0) };
    let taken = if line["standing"] == "captured" { line["amount"]["minor"].as_i64().unwrap_or(0) } else { 0 };
    let refunds = line["refunds"].as_object().expect("a map").values();
    (taken, refunds.filter_map(Value::as_i64).sum())
}

/// Whatever a client knew, and since when: with the events since, it knows what a fresh one knows.
async fn a_client_catches_up(world: &World) {
    let bookmarks = std::mem::take(&mut *world.bookmarks.lock().expect("no panic while noting"));
    let mut known: Vec<_> = Vec::new();
    for bookmark in bookmarks {
        known.push((Role::Buyer, bookmark.thread.clone(), bookmark.cursors.0, bookmark.buyer));
        known.push((Role::Seller, bookmark.thread.clone(), bookmark.cursors.1, bookmark.seller));
        known.push((Role::Buyer, bookmark.thread.clone(), 0, None));
        known.push((Role::Seller, bookmark.thread, 0, None));
    }
    for (role, thread, mut cursor, mut state) in known {
        let person = match role {
            Role::Buyer => &world.buyer,
            Role::Seller => &world.seller,
        };
        loop {
            let page = person.api.events(cursor).await.expect("readable");
            for envelope in page.events.iter().filter(|envelope| envelope.thread == thread) {
                Thread::apply(&mut state, envelope).expect("no gap between a snapshot and its events");
            }
            cursor = page.cursor;
            if !page.more {
                break;
            }
        }
        let fresh = person.api.thread(&thread).await.expect("one's own thread").thread;
        assert_eq!(state, Some(fresh), "snapshot and events are a fresh snapshot");
    }
}
