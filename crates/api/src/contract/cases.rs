//! Help on an order: shown, talked about, sent back, decided.

use super::world::{Person, World, code, complaint, usd, words};
use crate::client::IdempotencyKey;
use crate::wire::{
    AcceptOffer, DecideCase, MakeOffer, MoveCarrier, OpenCase, SayInCase, SendBack, Ship, ShowInCase, UploadPhoto,
};
use domain::carrier::Carrier;
use domain::case::{Case, CaseOutcome, CaseReason, CaseStage, Remedy, Verdict};
use domain::headline::{HeadlineState, Turn};
use domain::ids::{CaseId, OrderId, PhotoId, ThreadId};
use domain::ledger::Account;
use domain::money::Currency;
use domain::order::Packed;

const NUMBER: &str = "1Z5R89390357567127";

async fn case_of(world: &World, thread: &ThreadId, order: &OrderId) -> Case {
    world.state(thread).await.orders[order].cases.last().expect("asked for").clone()
}

async fn back_with_the_buyer(world: &World, thread: &ThreadId, order: &OrderId) -> i64 {
    41_200 + world.state(thread).await.ledger.balance(order, Account::Buyer, Currency::USD).minor
}

async fn picture(world: &World, who: &Person) -> PhotoId {
    let upload = UploadPhoto { media_type: "image/png".into(), data: "iVBORw0KGgo=".into() };
    who.api.upload(&world.key(), &upload).await.expect("kept").id
}

fn photo(photo: &PhotoId) -> ShowInCase {
    ShowInCase::Photo { photo: photo.clone(), width: 1, height: 1 }
}

/// Everything arrived.
async fn delivered(world: &World) -> (ThreadId, OrderId) {
    let (thread, _, order) = world.captured().await;
    let contents = vec![Packed { line: 0, quantity: 1 }, Packed { line: 1, quantity: 1 }];
    let tracking = Some(NUMBER.to_owned().try_into().expect("a number"));
    let ship = Ship { contents, carrier: Carrier::Ups, tracking };
    world.seller.api.ship(&world.key(), &order, &ship).await.expect("shipped");
    carried(world, &order, |world| world.orders.values().all(|order| order.delivered_at().is_some()), &thread).await;
    (thread, order)
}

/// The carrier goes on until it is so.
async fn carried(
    world: &World,
    order: &OrderId,
    is_there: impl Fn(&domain::thread::Thread) -> bool,
    thread: &ThreadId,
) {
    for _ in 0..12 {
        if is_there(&world.state(thread).await) {
            return;
        }
        let moved = MoveCarrier { order: order.clone() };
        world.seller.api.move_carrier(&world.key(), &moved).await.expect("a demo");
    }
    panic!("the carrier does not bring it");
}

/// The leash is broken; what it cost is asked for.
async fn broken_leash(world: &World, said: SayInCase) -> (ThreadId, OrderId, CaseId, Remedy) {
    let (thread, order) = delivered(world).await;
    let items = vec![Packed { line: 1, quantity: 1 }];
    let body = OpenCase { reason: CaseReason::Damaged, items, wish: None, said };
    world.buyer.api.open_case(&world.key(), &order, &body).await.expect("help");
    let case = case_of(world, &thread, &order).await;
    (thread, order, case.id.clone(), case.offers[0].remedy)
}

pub async fn a_damaged_piece_is_shown_talked_about_and_paid_back(world: &World) {
    let (buyer, seller) = (&world.buyer.api, &world.seller.api);
    let thread = world.thread().await;
    let message = world.say(&world.buyer, &thread, "The leash is torn at the cuff").await;
    let (mine, theirs) = (picture(world, &world.buyer).await, picture(world, &world.seller).await);
    let evidence = vec![ShowInCase::Message { message: message.clone() }, photo(&mine)];
    let said = SayInCase { words: Some("See for yourself".parse().unwrap()), evidence };
    let (thread, order, case, wish) = broken_leash(world, said).await;
    let here = (&order, &case);

    // What was picked stays, also when it is unsent; and what was said once is answered again.
    let more = SayInCase { words: None, evidence: vec![ShowInCase::Message { message: message.clone() }] };
    let said_once = world.key();
    buyer.say_in_case(&said_once, here, &more).await.unwrap();
    buyer.unsend(&world.key(), &thread, &message).await.unwrap();
    let shown = case_of(world, &thread, &order).await.statements[0].said.clone();
    assert_eq!((shown.evidence.len(), shown.evidence[0].message.clone()), (2, Some(message.clone())));
    assert!(seller.photo(&thread, &mine).await.is_ok(), "the other side sees the photo");
    buyer.say_in_case(&said_once, here, &more).await.expect("the same call is answered");
    let gone = SayInCase { words: None, evidence: vec![ShowInCase::Message { message }] };
    assert_eq!(code(buyer.say_in_case(&world.key(), here, &gone).await), "message_unsent");
    let foreign = SayInCase { words: None, evidence: vec![photo(&theirs)] };
    assert_eq!(code(buyer.say_in_case(&world.key(), here, &foreign).await), "not_found", "not the buyer's photo");

    let less = Remedy::Refund { amount: usd(1_000) };
    let offer = MakeOffer { remedy: less, said: SayInCase::default() };
    let key = world.key();
    seller.make_offer(&key, here, &offer).await.unwrap();
    seller.make_offer(&key, here, &offer).await.expect("the same call is the same offer");
    assert_eq!(case_of(world, &thread, &order).await.offers.len(), 2);
    let headline = world.snapshot(&thread).await.entry.headline.unwrap();
    assert_eq!((headline.state, headline.turn), (HeadlineState::CaseOpen, Turn::Buyer));
    assert_eq!(code(buyer.accept_offer(&world.key(), here, &AcceptOffer { remedy: wish }).await), "offer_changed");
    buyer.accept_offer(&world.key(), here, &AcceptOffer { remedy: less }).await.unwrap();
    world.settle().await;
    assert_eq!(case_of(world, &thread, &order).await.outcome, Some(CaseOutcome::Agreed { remedy: less }));
    assert_eq!(back_with_the_buyer(world, &thread, &order).await, 1_000);
}

pub async fn what_goes_back_is_tracked_and_paid_when_it_is_there(world: &World) {
    let (thread, order) = delivered(world).await;
    let wish = Remedy::ReturnAndRefund { amount: usd(41_200) };
    let body = OpenCase { wish: Some(wish), ..complaint(CaseReason::ChangedMyMind) };
    world.buyer.api.open_case(&world.key(), &order, &body).await.unwrap();
    let case = case_of(world, &thread, &order).await.id;
    let here = (&order, &case);
    let number = |text: &str| Some(text.to_owned().try_into().unwrap());
    let back = SendBack { carrier: Carrier::Ups, tracking: number("1Z999AA10123456784") };
    assert_eq!(code(world.buyer.api.send_back(&world.key(), here, &back).await), "nothing_to_send_back");
    world.seller.api.accept_offer(&world.key(), here, &AcceptOffer { remedy: wish }).await.unwrap();
    assert_eq!(code(world.seller.api.send_back(&world.key(), here, &back).await), "not_yours");
    let theirs = SendBack { carrier: Carrier::Ups, tracking: number(NUMBER) };
    let refused = world.buyer.api.send_back(&world.key(), here, &theirs).await;
    assert_eq!(code(refused), "number_of_another", "that is the parcel that came");
    world.buyer.api.send_back(&world.key(), here, &back).await.unwrap();
    assert_eq!(world.snapshot(&thread).await.entry.headline.unwrap().state, HeadlineState::ComingBack);
    carried(
        world,
        &order,
        |thread| {
            thread
                .orders
                .values()
                .all(|order| order.open_case().is_none_or(|case| !matches!(case.stage, CaseStage::Returning { .. })))
        },
        &thread,
    )
    .await;
    world.settle().await;
    assert_eq!(case_of(world, &thread, &order).await.outcome, Some(CaseOutcome::Agreed { remedy: wish }));
    assert_eq!(back_with_the_buyer(world, &thread, &order).await, 41_200);
}

pub async fn silence_asks_a_reviewer_who_sees_the_case_and_nothing_else(world: &World) {
    let reviewer = &world.reviewer.api;
    let mine = picture(world, &world.buyer).await;
    let other = picture(world, &world.buyer).await;
    let said = SayInCase { words: Some("It snapped".parse().unwrap()), evidence: vec![photo(&mine)] };
    let (thread, order, case, _) = broken_leash(world, said).await;
    let sent = crate::wire::Say {
        content: domain::message::Content::Photo { photo: other.clone(), width: 1, height: 1 },
        ..words(&world.message_id(), "-")
    };
    world.buyer.api.say(&world.key(), &thread, &sent).await.unwrap();
    let decision =
        DecideCase { verdict: Verdict::Split { amount: usd(1_500) }, words: "Half of it was wear".parse().unwrap() };
    // While the two talk it is nobody else's.
    assert_eq!(reviewer.reviews(None).await.unwrap().reviews, []);
    assert_eq!(code(reviewer.review(&order).await), "not_found");
    world.pass(48 * 3_600).await;
    let page = reviewer.reviews(None).await.unwrap();
    assert_eq!((page.reviews.len(), page.next), (1, None));
    let text = super::world::json(&page.reviews);
    assert!(text.contains("It snapped") && !text.contains(super::world::STREET) && !text.contains("92024"), "{text}");
    assert!(reviewer.reviewed_photo(&order, &mine).await.is_ok());
    assert_eq!(code(reviewer.reviewed_photo(&order, &other).await), "not_found", "nobody picked it");
    assert_eq!(code(reviewer.photo(&thread, &other).await), "not_found");
    assert_eq!(code(reviewer.thread(&thread).await), "not_found");
    // To others there is no such thing, also to the two.
    for person in [&world.buyer, &world.seller, &world.stranger] {
        assert_eq!(code(person.api.reviews(None).await), "not_found");
        assert_eq!(code(person.api.decide_case(&world.key(), (&order, &case), &decision).await), "not_found");
    }
    let key: IdempotencyKey = world.key();
    reviewer.decide_case(&key, (&order, &case), &decision).await.unwrap();
    let again = reviewer.decide_case(&key, (&order, &case), &decision).await.expect("answered again");
    assert_eq!(again.case.ruling.unwrap().verdict, decision.verdict);
    assert_eq!(code(reviewer.decide_case(&world.key(), (&order, &case), &decision).await), "nothing_to_decide");
    world.settle().await;
    assert_eq!(back_with_the_buyer(world, &thread, &order).await, 1_500);
    assert_eq!(reviewer.reviews(None).await.unwrap().reviews, []);
    let told = super::world::json(&world.buyer.api.events(0).await.unwrap());
    assert!(told.contains("Half of it was wear") && !told.contains("acc_ada"), "who decided is not told");
}

pub async fn what_nobody_decides_is_settled_half_way(world: &World) {
    let (thread, order, case, wish) = broken_leash(world, SayInCase::default()).await;
    let offer = MakeOffer { remedy: Remedy::Refund { amount: usd(900) }, said: SayInCase::default() };
    world.seller.api.make_offer(&world.key(), (&order, &case), &offer).await.unwrap();
    let no = SayInCase { words: Some("Not enough".parse().unwrap()), evidence: Vec::new() };
    world.buyer.api.refuse_offer(&world.key(), (&order, &case), &no).await.unwrap();
    assert_eq!(world.snapshot(&thread).await.entry.headline.unwrap().turn, Turn::Reviewer);
    world.pass(7 * 86_400).await;
    let half = (wish.amount().unwrap().minor + 900) / 2;
    assert_eq!(back_with_the_buyer(world, &thread, &order).await, half);
}
