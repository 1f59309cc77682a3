//! Orders across threads: what there is to do, what was bought, and what it adds up to.

use super::world::{Person, World, draft, terms, usd};
use crate::wire::{QueueEntry, QueueItem, QueueKind, QueuePage, SendRequest};
use domain::queue::Group;
use domain::statement::{Month, Movement};
use domain::terms::TermsDraft;

/// A whole group, page by page.
async fn all(who: &Person, group: Group, query: &str) -> Vec<QueueEntry> {
    let (mut entries, mut after) = (Vec::new(), None);
    loop {
        let QueuePage { entries: page, next, .. } = who.api.queue(group, query, after.as_deref()).await.unwrap();
        assert!(page.len() <= 60, "a page has an end");
        entries.extend(page);
        match next {
            Some(next) => after = Some(next),
            None => return entries,
        }
    }
}

fn order_number(entry: &QueueEntry) -> Option<&str> {
    match &entry.item {
        QueueItem::Order { order, .. } => Some(order.number.as_str()),
        QueueItem::Request { .. } => None,
    }
}

pub async fn orders_and_open_requests_stand_with_whoever_has_to_act(world: &World) {
    let (thread, _, order) = world.captured().await;
    let open = world.ask(&thread).await;
    let mine = all(&world.seller, Group::Mine, "").await;
    assert!(
        matches!(&mine[..], [QueueEntry { item: QueueItem::Order { order: to_ship, .. }, .. }] if to_ship.id == order)
    );
    assert_eq!((mine[0].peer.clone(), mine[0].thread.clone()), (world.buyer.account.clone(), thread.clone()));
    let to_pay = all(&world.buyer, Group::Mine, "").await;
    assert!(matches!(&to_pay[..], [QueueEntry { item: QueueItem::Request { request }, .. }] if request.id == open));
    assert_eq!(all(&world.buyer, Group::Waiting, "").await.len(), 1, "the parcel");
    assert_eq!(all(&world.seller, Group::Waiting, "").await.len(), 1, "the answer");
    assert!(all(&world.stranger, Group::Mine, "").await.is_empty());
    world.seller.api.on_order(&world.key(), &order, crate::client::OrderAct::Cancel).await.unwrap();
    world.settle().await;
    assert!(all(&world.seller, Group::Mine, "").await.is_empty());
    assert_eq!(all(&world.seller, Group::Done, "").await.len(), 1);
}

pub async fn what_is_due_first_comes_first_page_by_page(world: &World) {
    let item = TermsDraft { items: draft().items.split_off(1), discount: usd(0), ..draft() };
    let mut expected = Vec::new();
    for n in 0..25 {
        let thread = world.approach(&world.seller, &format!("buyer{n}"), "Hello").await;
        let handle: domain::ids::AccountId = format!("acc_buyer{n}").parse().unwrap();
        world.accept_as(&handle, &thread).await;
        // Later asked, and sooner over: each waits for less long than the one before.
        let ask = SendRequest { terms: terms(item.clone()), expires_in_seconds: Some(86_400 - 600 * n) };
        world.seller.api.send_request(&world.key(), &thread, &ask).await.unwrap();
        expected.insert(0, thread);
    }
    let listed = all(&world.seller, Group::Waiting, "").await;
    assert!(listed.iter().map(|entry| &entry.thread).eq(expected.iter()), "by deadline, each once");
    let first = world.seller.api.queue(Group::Waiting, "", None).await.unwrap();
    assert_eq!((first.entries.len(), first.next.is_some()), (20, true));
    let found = all(&world.seller, Group::Waiting, "BUYER2").await;
    assert_eq!(found.len(), 6, "2 and 20 to 24");
    assert_eq!(all(&world.seller, Group::Waiting, "leash").await.len(), 25, "by what it is");
    let sums = world.seller.api.queue_sums().await.unwrap();
    assert_eq!((sums.mine, sums.waiting, sums.done), (0, 25, 0));
}

pub async fn a_queue_is_narrowed_down_to_one_kind(world: &World) {
    let (thread, _, order) = world.captured().await;
    world.ask(&thread).await;
    let count = async |who: &Person, group: Group, kind: QueueKind| {
        who.api.queue_of(group, Some(kind), "", None).await.unwrap().entries.len()
    };
    let (seller, buyer) = (&world.seller, &world.buyer);
    assert_eq!(count(seller, Group::Mine, QueueKind::ToShip).await, 1);
    assert_eq!(count(seller, Group::Mine, QueueKind::ToPay).await, 0);
    assert_eq!(count(seller, Group::Waiting, QueueKind::ToPay).await, 1);
    assert_eq!(count(buyer, Group::Mine, QueueKind::ToPay).await, 1);
    assert_eq!(count(buyer, Group::Waiting, QueueKind::ToShip).await, 0, "who buys ships nothing");
    let narrowed = seller.api.queue_of(Group::Mine, Some(QueueKind::ToShip), "no such thing", None).await.unwrap();
    assert!(narrowed.entries.is_empty(), "both have to fit");
    let case = super::world::complaint(domain::case::CaseReason::Damaged);
    buyer.api.open_case(&world.key(), &order, &case).await.unwrap();
    assert_eq!(count(seller, Group::Mine, QueueKind::Case).await, 1);
    assert_eq!(count(seller, Group::Mine, QueueKind::ToShip).await, 0, "an argument stops the parcel");
}

pub async fn what_was_bought_is_listed_for_the_buyer_the_newest_first(world: &World) {
    let (thread, _, first) = world.captured().await;
    let second = world.ask(&thread).await;
    let payment = world.tap_pay(&second, crate::wire::TestBehaviour::Approve).await;
    world.settle().await;
    let second = world.state(&thread).await.order_of(&payment).unwrap().id.clone();
    let bought = world.buyer.api.bought(None).await.unwrap();
    let ids: Vec<_> = bought.entries.iter().map(|entry| entry.headline.about.clone()).collect();
    assert_eq!(ids, [second, first].map(domain::headline::About::Order));
    assert_eq!(bought.entries[0].peer, world.seller.account);
    assert!(world.seller.api.bought(None).await.unwrap().entries.is_empty(), "who sells has bought nothing");
}

pub async fn sums_follow_the_money(world: &World) {
    let (thread, _, order) = world.captured().await;
    let funds = async || world.seller.api.queue_sums().await.unwrap().funds[0];
    let held = funds().await;
    assert_eq!((held.held, held.releasable, held.released), (usd(41_200), usd(0), usd(0)));
    assert!(world.buyer.api.queue_sums().await.unwrap().funds.is_empty(), "of who sells only");
    let number = "1Z5R89390357567127".to_owned().try_into().unwrap();
    let contents = world.state(&thread).await.orders[&order].unshipped();
    let ship = crate::wire::Ship { contents, carrier: domain::carrier::Carrier::Ups, tracking: Some(number) };
    world.seller.api.ship(&world.key(), &order, &ship).await.unwrap();
    let found = all(&world.seller, Group::Waiting, "5r89 3903").await;
    assert_eq!(found.len(), 1, "by a part of the number of its parcel");
    assert_eq!(order_number(&found[0]), Some("K-2031"));
    world.pass(14 * 86_400).await;
    let released = funds().await;
    assert_eq!((released.held, released.releasable), (usd(0), usd(0)));
    assert!(released.released.minor > 0, "paid out in these days");
    world.pass(8 * 86_400).await;
    assert_eq!(funds().await.released, usd(0), "of the last seven days only");
}

pub async fn a_month_says_what_was_sold_and_given_back_and_ends_with_what_is_kept(world: &World) {
    let (_, payment, order) = world.captured().await;
    let some = crate::wire::MakeRefund { amount: Some(usd(1_000)), items: Vec::new() };
    world.seller.api.refund(&world.key(), &order, &some).await.unwrap();
    world.settle().await;
    let month = Month::of(world.app.now().await.unwrap(), domain::market::Market::US.zone);
    let books = world.seller.api.month_of_books(month).await.unwrap();
    assert_eq!((books.months, books.unreadable), (vec![month], 0));
    let [statement] = books.statements.try_into().expect("one currency");
    let sums = statement.sums;
    assert_eq!((sums.sold, sums.refunded, statement.closing), (usd(41_200), usd(1_000), usd(40_200)));
    let moved: Vec<Movement> = statement.lines.iter().map(|line| line.movement).collect();
    assert_eq!(moved, [Movement::Sale, Movement::Refund]);

    let postings = world.seller.api.postings(month).await.unwrap();
    assert!(postings.iter().all(|posting| posting.payment == payment && posting.order == order));
    let of_sale = postings.first().and_then(|posting| posting.parts.map(|parts| (parts.tax, parts.shipping)));
    let totals = world.state(&world.seller.api.thread_of(order.as_str()).await.unwrap()).await.orders[&order].totals();
    assert_eq!(of_sale, Some((totals.tax, totals.shipping)));
    for nobody in [&world.buyer, &world.other_seller] {
        let books = nobody.api.month_of_books(month).await.unwrap();
        assert!(books.statements.is_empty() && books.months.is_empty(), "who buys keeps no such books");
        assert!(nobody.api.postings(month).await.unwrap().is_empty());
    }
    assert_eq!(world.raw(&world.seller, "GET", "/v1/statements/2026-13", None, "").await.0, 404);
}
