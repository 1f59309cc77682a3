//! Asking for a payment, and answering it.

use super::world::{World, code, draft, refused, request_in, terms, usd, with};
use crate::client::RequestAct;
use crate::wire::{MakeCounter, Pay, ReviseRequest, SendRequest, TestBehaviour};
use domain::event::{CounterEnd, Event};
use domain::ids::PaymentRequestId;
use domain::money::{Currency, Money};
use domain::payment_request::{Proposal, RequestStatus};
use domain::terms::{Tax, TermsDraft};

fn ask(draft: TermsDraft) -> SendRequest {
    SendRequest { terms: terms(draft), expires_in_seconds: None }
}

fn offer(total: i64, revision: u32) -> MakeCounter {
    MakeCounter { revision, proposal: Proposal { quantities: vec![1, 0], total: usd(total), note: None } }
}

pub async fn what_breaks_a_limit_is_refused_with_its_reason(world: &World) {
    let thread = world.thread().await;
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    let mut dear = draft();
    dear.items[0].unit_price = usd(75_000);
    let problem = refused(seller.send_request(&world.key(), &thread, &ask(dear)).await);
    assert_eq!((problem.code.as_str(), problem.amount), ("over_request_cap", Some(usd(75_000))));
    let mut foreign = draft();
    let yen = Currency::try_from("JPY".to_owned()).unwrap();
    foreign.items.iter_mut().for_each(|item| item.unit_price = Money::new(500, yen));
    foreign.discount = Money::new(0, yen);
    foreign.delivery = vec![domain::terms::Delivery::Digital];
    assert_eq!(code(seller.send_request(&world.key(), &thread, &ask(foreign)).await), "wrong_currency");
    let short = SendRequest { expires_in_seconds: Some(299), ..ask(draft()) };
    assert_eq!(code(seller.send_request(&world.key(), &thread, &short).await), "expiry_out_of_range");
    assert_eq!(code(buyer.send_request(&world.key(), &thread, &ask(draft())).await), "not_yours");
    // What no typed client can say: negative, overflowing, two currencies, nothing at all.
    let good = serde_json::to_value(ask(draft())).unwrap();
    let spoil = |pointer: &str, value: serde_json::Value| {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).expect("a field") = value;
        bad.to_string()
    };
    let path = format!("/v1/threads/{thread}/payment-requests");
    for bad in [
        spoil("/terms/items/0/unit_price/minor", (-1).into()),
        spoil("/terms/items/0/unit_price/minor", i64::MAX.into()),
        spoil("/terms/items/0/unit_price/minor", 1.5.into()),
        spoil("/terms/items/0/unit_price/currency", "EUR".into()),
        spoil("/terms/items/0/quantity", 0.into()),
        spoil("/terms/items/0/name", "x".repeat(61).into()),
        spoil("/terms/items", serde_json::Value::Array(Vec::new())),
        spoil("/terms/discount/minor", 40_000.into()),
        spoil("/terms/delivery", serde_json::Value::Array(Vec::new())),
    ] {
        let (status, _) = world.raw(&world.seller, "POST", &path, Some("spoiled"), &bad).await;
        assert_eq!(status, 422, "{bad}");
    }
    assert!(world.state(&thread).await.requests.is_empty());
}

pub async fn a_counter_offer_becomes_a_revision_that_is_paid(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    assert_eq!(code(seller.counter(&world.key(), &request, &offer(35_000, 1)).await), "not_yours");
    assert_eq!(code(buyer.counter(&world.key(), &request, &offer(0, 1)).await), "bad_counter");
    buyer.counter(&world.key(), &request, &offer(30_000, 1)).await.unwrap();
    assert_eq!(code(buyer.counter(&world.key(), &request, &offer(35_000, 1)).await), "counter_open");
    seller.on_request(&world.key(), &request, RequestAct::DeclineCounter).await.unwrap();
    assert_eq!(code(seller.on_request(&world.key(), &request, RequestAct::AcceptCounter).await), "no_counter");
    buyer.counter(&world.key(), &request, &offer(31_000, 1)).await.unwrap();
    buyer.on_request(&world.key(), &request, RequestAct::WithdrawCounter).await.unwrap();
    buyer.counter(&world.key(), &request, &offer(32_000, 1)).await.unwrap();
    world.pass(48 * 3600).await;
    let lapsed = world
        .log(&thread)
        .await
        .into_iter()
        .any(|told| matches!(told.event, Event::CounterClosed { because: CounterEnd::Lapsed, .. }));
    assert!(lapsed, "two days of silence are an answer");
    buyer.counter(&world.key(), &request, &offer(35_000, 1)).await.unwrap();
    world.bookmark(&thread).await;
    seller.on_request(&world.key(), &request, RequestAct::AcceptCounter).await.unwrap();
    let snapshot = world.snapshot(&thread).await;
    let agreed = &snapshot.thread.requests[&request];
    let total = agreed.current().terms.totals(0, None).unwrap().total;
    assert_eq!((agreed.current().number, total), (2, usd(35_000)));

    let mut cheaper = agreed.current().terms.draft().clone();
    cheaper.tax = Tax::Amount { amount: usd(0) };
    let revise = ReviseRequest { revision: 2, terms: terms(cheaper), expires_in_seconds: None };
    seller.revise(&world.key(), &request, &revise).await.unwrap();
    assert_eq!(code(seller.revise(&world.key(), &request, &revise).await), "stale_revision");
    let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
    world.settle().await;
    let state = world.state(&thread).await;
    assert_eq!((state.payments[&payment].revision, state.orders.len()), (3, 1));
    assert_eq!(
        code(seller.revise(&world.key(), &request, &ReviseRequest { revision: 3, ..revise }).await),
        "already_paid"
    );
}

pub async fn a_stale_revision_and_another_price_are_refused(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let shown = world.pay_body(&request, TestBehaviour::Approve).await;
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    let pay = async |body: Pay| refused(buyer.pay(&world.key(), &request, &body).await);
    for total in [
        usd(41_199),
        usd(-41_200),
        usd(0),
        usd(i64::MAX),
        Money::new(41_200, Currency::try_from("JPY".to_owned()).unwrap()),
    ] {
        let problem = pay(Pay { total, ..shown.clone() }).await;
        assert_eq!((problem.code.as_str(), problem.amount), ("price_changed", Some(usd(41_200))));
    }
    assert_eq!(pay(Pay { delivery: 1, ..shown.clone() }).await.code, "no_such_delivery");
    assert_eq!(pay(Pay { address: None, ..shown.clone() }).await.code, "destination_mismatch");
    assert_eq!(pay(Pay { method: "pm_none".parse().unwrap(), ..shown.clone() }).await.code, "not_in_wallet");
    let mut dearer = draft();
    dearer.discount = usd(0);
    let revise = ReviseRequest { revision: 1, terms: terms(dearer), expires_in_seconds: None };
    seller.revise(&world.key(), &request, &revise).await.unwrap();
    assert_eq!(pay(shown).await.code, "stale_revision");
    assert!(world.state(&thread).await.payments.is_empty());
}

pub async fn a_request_is_viewed_declined_withdrawn_and_sent_again(world: &World) {
    let thread = world.thread().await;
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    let status = async |request: &PaymentRequestId| world.state(&thread).await.requests[request].status.clone();
    let first = world.ask(&thread).await;
    let views = [RequestAct::View, RequestAct::View];
    for view in views {
        buyer.on_request(&world.key(), &first, view).await.unwrap();
    }
    let viewed = world.log(&thread).await.into_iter().filter(|told| matches!(told.event, Event::RequestViewed { .. }));
    assert_eq!(viewed.count(), 1);
    assert_eq!(code(seller.on_request(&world.key(), &first, RequestAct::Decline).await), "not_yours");
    assert_eq!(code(seller.on_request(&world.key(), &first, RequestAct::SendAgain).await), "nothing_to_repeat");
    buyer.on_request(&world.key(), &first, RequestAct::Decline).await.unwrap();
    assert_eq!(status(&first).await, RequestStatus::Declined);
    assert_eq!(code(seller.on_request(&world.key(), &first, RequestAct::Withdraw).await), "request_closed");
    let again = seller.on_request(&world.key(), &first, RequestAct::SendAgain).await.unwrap();
    let second = request_in(&again);
    assert_eq!(world.state(&thread).await.requests[&second].repeats, Some(first.clone()));
    assert_eq!(code(buyer.on_request(&world.key(), &second, RequestAct::Withdraw).await), "not_yours");
    seller.on_request(&world.key(), &second, RequestAct::Withdraw).await.unwrap();
    let body = world.pay_body(&second, TestBehaviour::Approve).await;
    assert_eq!(code(buyer.pay(&world.key(), &second, &body).await), "request_closed");
}

pub async fn an_expired_request_cannot_be_paid_but_sent_again(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let body = world.pay_body(&request, TestBehaviour::Approve).await;
    world.pass(72 * 3600).await;
    assert_eq!(world.state(&thread).await.requests[&request].status, RequestStatus::Expired);
    assert_eq!(code(world.buyer.api.pay(&world.key(), &request, &body).await), "request_expired");
    let again = world.seller.api.on_request(&world.key(), &request, RequestAct::SendAgain).await.unwrap();
    let payment = world.tap_pay(&request_in(&again), TestBehaviour::Approve).await;
    world.settle().await;
    assert!(world.state(&thread).await.order_of(&payment).is_some());
}

pub async fn a_seller_asks_for_no_more_than_the_weekly_cap_in_all_threads(world: &World) {
    let thread = world.thread().await;
    for _ in 0..4 {
        world.ask(&thread).await;
    }
    let other = world.stranger.api.open_thread(&world.key(), &with("kai")).await.unwrap().thread.id;
    let seller = &world.seller.api;
    seller.accept_thread(&world.key(), &other).await.unwrap();
    seller.send_request(&world.key(), &other, &ask(draft())).await.unwrap();
    let problem = refused(seller.send_request(&world.key(), &thread, &ask(draft())).await);
    assert_eq!((problem.code.as_str(), problem.amount), ("over_weekly_cap", Some(usd(19_000))));
    // Another seller's week is another's.
    let terra = &world.other_seller;
    let theirs = world.buyer.api.open_thread(&world.key(), &with("terra")).await.unwrap().thread.id;
    terra.api.accept_thread(&world.key(), &theirs).await.unwrap();
    terra.api.send_request(&world.key(), &theirs, &ask(draft())).await.unwrap();
    world.pass(8 * 86_400).await;
    seller.send_request(&world.key(), &thread, &ask(draft())).await.unwrap();
}
