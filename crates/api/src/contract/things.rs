//! What a buyer owns: granted with the money, proved to anybody, passed on, lent, redeemed once, taken back.

use super::world::{Person, World, code, draft, json, request_in, terms, usd, with};
use crate::app::kinds;
use crate::client::ApiError;
use crate::store::{OutboxEntry, Task};
use crate::things::{Kept, Passing};
use crate::wire::{MakeRefund, OwnedState, OwnedThing, PassOn, Proof, ProofState, SendRequest, TestBehaviour};
use domain::event::Event;
use domain::ids::{OrderId, ThreadId};
use domain::order::Packed;
use domain::terms::{Delivery, Item, TermsDraft};
use domain::thing::ThingKind;
use domain::time::{Span, Timestamp};
use futures::future::join;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};

/// Paid for `quantity` tickets, and the window to undo is over.
async fn bought(world: &World, quantity: u32) -> (ThreadId, OrderId) {
    let thread = world.thread().await;
    let ticket = Item { quantity, thing: Some(ThingKind::Ticket), ..draft().items.remove(1) };
    let plans = TermsDraft { items: vec![ticket], delivery: vec![Delivery::Digital], ..draft() };
    let ask = SendRequest { terms: terms(plans), expires_in_seconds: None };
    let request = request_in(&world.seller.api.send_request(&world.key(), &thread, &ask).await.unwrap());
    let payment = world.tap_pay(&request, TestBehaviour::Approve).await;
    world.settle().await;
    assert!(things(&world.buyer).await.is_empty(), "it can still be undone");
    world.pass(300).await;
    let order = world.state(&thread).await.order_of(&payment).unwrap().id.clone();
    (thread, order)
}

async fn things(who: &Person) -> Vec<OwnedThing> {
    who.api.things(None).await.unwrap().things
}

async fn only(who: &Person) -> OwnedThing {
    things(who).await.pop().expect("something")
}

/// The thread of the buyer with the other seller, whom things go to.
async fn with_terra(world: &World) -> ThreadId {
    let thread = world.buyer.api.open_thread(&world.key(), &with("terra")).await.unwrap().thread.id;
    world.other_seller.api.accept_thread(&world.key(), &thread).await.unwrap();
    thread
}

async fn state_of(world: &World, code: &str) -> ProofState {
    let nobody = world.way(None).await;
    let proof = nobody.proof(code).await.unwrap();
    assert!(holds(&proof), "the signature is right");
    proof.read().unwrap().state
}

fn holds(proof: &Proof) -> bool {
    let bytes = |text: &str| -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    };
    let key = VerifyingKey::from_sec1_bytes(&bytes(&proof.key)).unwrap();
    let signature = Signature::from_slice(&bytes(&proof.signature)).unwrap();
    key.verify(proof.record.as_bytes(), &signature).is_ok()
}

fn passings(log: &[domain::event::Envelope]) -> usize {
    log.iter().filter(|told| matches!(told.event, Event::ThingPassed { .. })).count()
}

async fn now(world: &World) -> Timestamp {
    world.app.now().await.unwrap()
}

pub async fn a_ticket_is_granted_with_the_money_and_proved_to_anybody_without_saying_whose_it_is(world: &World) {
    bought(world, 2).await;
    let owned = things(&world.buyer).await;
    assert_eq!(owned.len(), 2, "one for each piece");
    assert_ne!(owned[0].code, owned[1].code);
    let code = owned[0].code.clone().unwrap();
    let nobody = world.way(None).await;
    let proof = nobody.proof(&code).await.unwrap();
    assert!(holds(&proof));
    let forged = Proof { record: proof.record.replace("Leash", "Throne"), ..proof.clone() };
    assert!(!holds(&forged), "another text has another signature");
    let record = proof.read().unwrap();
    assert_eq!((record.title.as_str(), record.seller.handle.as_str()), ("Leash 6'", "kai"));
    assert_eq!(record.state, ProofState::Good);
    let told = json(&proof);
    for secret in ["maya", "acc_", "ord_", "thr_", owned[0].id.as_str()] {
        assert!(!told.contains(secret), "a stranger is told {secret}");
    }
    assert!(things(&world.stranger).await.is_empty());
    let unknown: Result<Proof, ApiError> = nobody.proof(&"0".repeat(64)).await;
    assert_eq!(self::code(unknown), "not_found");
}

pub async fn what_is_given_has_a_new_code_and_is_redeemed_once_by_its_seller(world: &World) {
    bought(world, 1).await;
    let (ticket, thread) = (only(&world.buyer).await, with_terra(world).await);
    let old = ticket.code.clone().unwrap();
    let give = PassOn { thread: thread.clone(), until: None };
    let stranger = world.stranger.api.pass_on(&world.key(), &ticket.id, &give).await;
    assert_eq!(code(stranger), "not_found");
    let key = world.key();
    world.buyer.api.pass_on(&key, &ticket.id, &give).await.unwrap();
    world.buyer.api.pass_on(&key, &ticket.id, &give).await.unwrap();
    assert!(things(&world.buyer).await.is_empty());
    let new = only(&world.other_seller).await.code.unwrap();
    assert_eq!(state_of(world, &old).await, ProofState::PassedOn);
    assert_eq!(state_of(world, &new).await, ProofState::Good);

    let kai = &world.seller.api;
    assert_eq!(code(kai.redeem(&world.key(), &old).await), "thing_passed_on");
    assert_eq!(code(world.other_seller.api.redeem(&world.key(), &new).await), "not_yours", "only its seller");
    let key = world.key();
    let used = kai.redeem(&key, &new).await.unwrap();
    assert!(matches!(used.read().unwrap().state, ProofState::Redeemed { .. }));
    assert!(kai.redeem(&key, &new).await.is_ok(), "the same call is answered again");
    assert_eq!(code(kai.redeem(&world.key(), &new).await), "thing_redeemed");
    assert!(matches!(state_of(world, &new).await, ProofState::Redeemed { .. }));
    let used = only(&world.other_seller).await;
    assert!(used.code.is_none() && matches!(used.state, OwnedState::Redeemed { .. }));
    let again = world.other_seller.api.pass_on(&world.key(), &ticket.id, &give).await;
    assert_eq!(code(again), "thing_redeemed");
}

pub async fn what_is_lent_comes_back_by_itself_or_when_it_is_asked_for(world: &World) {
    bought(world, 1).await;
    let (ticket, thread) = (only(&world.buyer).await, with_terra(world).await);
    let until = now(world).await.plus(Span::hours(1));
    let lend = PassOn { thread: thread.clone(), until: Some(until) };
    let late = PassOn { thread: thread.clone(), until: Some(now(world).await) };
    assert_eq!(code(world.buyer.api.pass_on(&world.key(), &ticket.id, &late).await), "bad_loan_end");
    assert_eq!(code(world.buyer.api.end_loan(&world.key(), &ticket.id).await), "thing_not_lent");
    world.buyer.api.pass_on(&world.key(), &ticket.id, &lend).await.unwrap();
    let lent = only(&world.buyer).await;
    assert!(lent.code.is_none() && matches!(lent.state, OwnedState::LentOut { .. }));
    let borrowed = only(&world.other_seller).await;
    assert_eq!(borrowed.state, OwnedState::Borrowed { until });
    let (own, other) = (ticket.code.unwrap(), borrowed.code.unwrap());
    assert_eq!(state_of(world, &own).await, ProofState::PassedOn);
    assert_eq!(state_of(world, &other).await, ProofState::Good);
    assert_eq!(code(world.buyer.api.pass_on(&world.key(), &ticket.id, &lend).await), "thing_lent");
    let deeper = world.other_seller.api.pass_on(&world.key(), &ticket.id, &lend).await;
    assert_eq!(code(deeper), "not_found", "what is lent is not one's own to lend");

    world.buyer.api.end_loan(&world.key(), &ticket.id).await.unwrap();
    assert_eq!(state_of(world, &own).await, ProofState::Good);
    assert_eq!(state_of(world, &other).await, ProofState::PassedOn);
    world.buyer.api.pass_on(&world.key(), &ticket.id, &lend).await.unwrap();
    world.pass(3_600).await;
    assert_eq!(only(&world.buyer).await.state, OwnedState::Held, "the time is over");
    assert!(things(&world.other_seller).await.is_empty());

    // At the door whoever it is lent to is let in, once.
    let lend = PassOn { until: Some(now(world).await.plus(Span::hours(1))), ..lend };
    world.buyer.api.pass_on(&world.key(), &ticket.id, &lend).await.unwrap();
    let shown = only(&world.other_seller).await.code.unwrap();
    let used = world.seller.api.redeem(&world.key(), &shown).await.unwrap();
    assert!(matches!(used.read().unwrap().state, ProofState::Redeemed { .. }));
    assert_eq!(code(world.seller.api.redeem(&world.key(), &shown).await), "thing_redeemed");
    assert_eq!(state_of(world, &other).await, ProofState::PassedOn, "an earlier loan's");
}

pub async fn money_that_went_back_takes_the_ticket_with_it(world: &World) {
    let (_, order) = bought(world, 1).await;
    let ticket = only(&world.buyer).await;
    let back = MakeRefund { amount: None, items: Vec::new() };
    world.seller.api.refund(&world.key(), &order, &back).await.unwrap();
    let shown = ticket.code.unwrap();
    let at_the_door = world.seller.api.redeem(&world.key(), &shown).await;
    assert_eq!(code(at_the_door), "thing_refunding", "also before the money has arrived");
    world.settle().await;
    assert!(matches!(state_of(world, &shown).await, ProofState::Revoked { .. }));
    assert!(matches!(only(&world.buyer).await.state, OwnedState::Revoked { .. }));
    assert_eq!(code(world.seller.api.redeem(&world.key(), &shown).await), "thing_revoked");
}

pub async fn a_refund_of_one_ticket_takes_one_that_nobody_has_used(world: &World) {
    let (_, order) = bought(world, 3).await;
    let owned = things(&world.buyer).await;
    let used = owned[0].code.clone().unwrap();
    world.seller.api.redeem(&world.key(), &used).await.unwrap();
    let one = MakeRefund { amount: None, items: vec![Packed { line: 0, quantity: 1 }] };
    world.seller.api.refund(&world.key(), &order, &one).await.unwrap();
    // While the money of one is on its way, one of the two that are left can be used or given away, and the last cannot.
    let second = owned[1].code.clone().unwrap();
    world.seller.api.redeem(&world.key(), &second).await.unwrap();
    let last = world.seller.api.redeem(&world.key(), owned[2].code.as_deref().unwrap()).await;
    assert_eq!(code(last), "thing_refunding");
    let give = PassOn { thread: with_terra(world).await, until: None };
    assert_eq!(code(world.buyer.api.pass_on(&world.key(), &owned[2].id, &give).await), "thing_refunding");
    world.settle().await;
    let revoked = async || {
        let states = things(&world.buyer).await.into_iter().map(|thing| thing.state);
        states.filter(|state| matches!(state, OwnedState::Revoked { .. })).count()
    };
    assert_eq!(revoked().await, 1);
    assert!(matches!(state_of(world, &used).await, ProofState::Redeemed { .. }));
    let half = MakeRefund { amount: Some(usd(100)), items: Vec::new() };
    world.seller.api.refund(&world.key(), &order, &half).await.unwrap();
    world.settle().await;
    assert_eq!(revoked().await, 1, "a part of the price takes none");
}

pub async fn of_two_who_redeem_or_give_away_at_once_one_does(world: &World) {
    bought(world, 1).await;
    let (ticket, thread) = (only(&world.buyer).await, with_terra(world).await);
    let give = PassOn { thread, until: None };
    let (one, two) = (world.key(), world.key());
    let both = join(world.buyer.api.pass_on(&one, &ticket.id, &give), world.buyer.api.pass_on(&two, &ticket.id, &give));
    let (one, two) = both.await;
    assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "{one:?} {two:?}");
    let shown = only(&world.other_seller).await.code.unwrap();
    let (one, two) = (world.key(), world.key());
    let both = join(world.seller.api.redeem(&one, &shown), world.seller.api.redeem(&two, &shown));
    let (one, two) = both.await;
    assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "{one:?} {two:?}");
}

pub async fn a_passing_is_told_once_also_where_whoever_did_it_ended_in_between(world: &World) {
    bought(world, 1).await;
    let (ticket, thread) = (only(&world.buyer).await, with_terra(world).await);
    let give = PassOn { thread: thread.clone(), until: None };
    world.buyer.api.pass_on(&world.key(), &ticket.id, &give).await.unwrap();
    assert_eq!(passings(&world.log(&thread).await), 1);
    world.pass(120).await;
    assert_eq!(passings(&world.log(&thread).await), 1, "told already");

    // The next one is written, and whoever did it tells nobody.
    let passing = Passing { number: 2, thread: thread.clone(), by: world.other_seller.account.id.clone(), until: None };
    let unsaid = |kept: Option<Kept>| kept.expect("a ticket").remembering(passing.clone());
    world.app.change(kinds::THING, ticket.id.as_str(), unsaid).await.unwrap();
    let task = Task::TellPassed { thing: ticket.id.clone(), passing: 2 };
    let entry = OutboxEntry { id: "unsaid".into(), at: now(world).await, thread: thread.clone(), task, attempts: 0 };
    world.app.store.reschedule(None, Some(entry)).await.unwrap();
    world.settle().await;
    assert_eq!(passings(&world.log(&thread).await), 2);
}
