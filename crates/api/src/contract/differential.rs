//! The same random log of commands over two stores: every answer and everything that is kept has to be the same.

use super::world::{Person, World, complaint, draft, request_in, terms, usd, words};
use crate::client::{ApiError, OrderAct, PaymentAct, RequestAct};
use crate::store::{KvStore, MemoryKv, Store, tables};
use crate::wire::{
    AskExtension, Committed, MakeCounter, MakeRefund, MarkRead, Mute, React, SendRequest, Ship, TestBehaviour,
};
use domain::carrier::Carrier;
use domain::case::CaseReason;
use domain::ids::{MessageId, OrderId, PaymentId, PaymentRequestId, ThreadId};
use domain::message::Emoji;
use domain::order::{ExtensionDays, Packed};
use domain::payment_request::Proposal;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Random numbers from a seed: SplitMix64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let count = all.len() as u64;
        if count == 0 { None } else { all.get(usize::try_from(self.below(count)).unwrap_or(0)) }
    }
}

/// What has come into the world so far.
#[derive(Default)]
struct Things {
    threads: Vec<ThreadId>,
    messages: Vec<(ThreadId, MessageId)>,
    requests: Vec<PaymentRequestId>,
    payments: Vec<PaymentId>,
    /// With the thread they are in, by its place above.
    orders: Vec<(usize, OrderId)>,
}

/// Plays a log of `steps` commands that follows from `seed`, and tells what came of it: a hash over all answers, and
/// one over everything that is kept.
pub async fn play(world: &World, seed: u64, steps: u32) -> (String, String) {
    let (mut dice, mut things) = (Dice(seed), Things::default());
    for (seller, handle) in [(&world.seller, "kai"), (&world.other_seller, "terra")] {
        let opened = world.buyer.api.open_thread(&world.key(), &super::world::with(handle)).await.expect("opened");
        seller.api.accept_thread(&world.key(), &opened.thread.id).await.expect("accepted");
        things.threads.push(opened.thread.id);
    }
    for _ in 0..steps {
        step(world, &mut dice, &mut things).await;
    }
    world.settle().await;
    let answers = [&world.buyer, &world.seller, &world.other_seller].map(|person| person.api.transport().record());
    let answers = answers.iter().flatten().map(|exchange| format!("{} {}\n", exchange.status, exchange.received));
    let kept = world.app.store.export().await.expect("readable");
    let kept = kept.into_iter().filter(|(key, _)| key != tables::LAYOUT).map(|(key, text)| format!("{key} {text}\n"));
    (hash(answers), hash(kept))
}

/// Plays the same log over `store` and over memory.
pub async fn is_as_in_memory(store: Arc<dyn Store>, seed: u64, steps: u32) {
    let memory: Arc<dyn Store> = Arc::new(KvStore::new(MemoryKv::default()));
    let expected = play(&World::over(memory).await, seed, steps).await;
    let found = play(&World::over(store).await, seed, steps).await;
    assert_eq!(found, expected, "answers and what is kept after the log of seed {seed}");
}

fn hash(lines: impl Iterator<Item = String>) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
    }
    domain::text::hex(&hash.finalize())
}

/// A refusal is an answer like any other; a failure is not.
fn unless_broken<T>(answer: Result<T, ApiError>) -> Option<T> {
    match answer {
        Ok(answer) => Some(answer),
        Err(ApiError::Problem(problem)) if problem.status < 500 => None,
        Err(error) => panic!("{error:?}"),
    }
}

async fn step(world: &World, dice: &mut Dice, things: &mut Things) {
    let Some(at) = dice.one_of(&[0_usize, 0, 0, 1]).copied() else { return };
    let thread = things.threads[at].clone();
    let seller = if at == 0 { &world.seller } else { &world.other_seller };
    let who = if dice.below(2) == 0 { &world.buyer } else { seller };
    match dice.below(13) {
        0..3 => talk(world, dice, things, who, &thread).await,
        3 | 4 => request(world, dice, things, seller, &thread).await,
        5 | 6 => pay(world, dice, things).await,
        7..11 => order(world, dice, things).await,
        11 => {
            let seconds = [7, 60, 3_600, 90_000, 700_000];
            world.pass(*dice.one_of(&seconds).unwrap_or(&60)).await;
        }
        _ => world.settle().await,
    }
    learn(world, things, at).await;
}

/// What the thread's own state tells of payments and orders.
async fn learn(world: &World, things: &mut Things, at: usize) {
    let state = world.state(&things.threads[at]).await;
    let payments: Vec<PaymentId> = state.payments.keys().filter(|id| !things.payments.contains(id)).cloned().collect();
    let all = state.orders.keys().map(|id| (at, id.clone()));
    let orders: Vec<_> = all.filter(|order| !things.orders.contains(order)).collect();
    things.payments.extend(payments);
    things.orders.extend(orders);
}

async fn talk(world: &World, dice: &mut Dice, things: &mut Things, who: &Person, thread: &ThreadId) {
    let (api, key) = (&who.api, world.key());
    let known = dice.one_of(&things.messages).cloned();
    match (dice.below(8), known) {
        (0, Some((thread, message))) => {
            let emoji = ["❤️", "👍"][usize::try_from(dice.below(2)).unwrap_or(0)];
            let emoji = Emoji::try_from(emoji.to_owned()).ok().filter(|_| dice.below(3) > 0);
            unless_broken(api.react(&key, &thread, &message, &React { emoji }).await);
        }
        (1, Some((thread, message))) => drop(unless_broken(api.unsend(&key, &thread, &message).await)),
        (2, Some((thread, message))) => {
            let content = words(&message, &format!("Changed {}", dice.below(99))).content;
            unless_broken(api.edit(&key, &thread, &message, &crate::wire::EditMessage { content }).await);
        }
        (3, _) => {
            let seq = dice.below(40);
            unless_broken(api.mark_read(&key, thread, &MarkRead { seq }).await);
        }
        (4, _) => drop(unless_broken(api.mute(&key, thread, &Mute { muted: dice.below(2) == 0 }).await)),
        _ => {
            let id = world.message_id();
            let said = words(&id, &format!("Number {} 🏄", dice.below(1_000)));
            if unless_broken(api.say(&key, thread, &said).await).is_some() {
                things.messages.push((thread.clone(), id));
                // The same once more, as a tab does that got no answer.
                unless_broken(api.say(&key, thread, &said).await);
            }
        }
    }
}

async fn request(world: &World, dice: &mut Dice, things: &mut Things, seller: &Person, thread: &ThreadId) {
    let known = dice.one_of(&things.requests).cloned();
    match (dice.below(4), known) {
        (0, Some(id)) => {
            let acts = [RequestAct::View, RequestAct::Decline, RequestAct::WithdrawCounter];
            let Some(act) = dice.one_of(&acts).copied() else { return };
            unless_broken(world.buyer.api.on_request(&world.key(), &id, act).await);
        }
        (1, Some(id)) => {
            let acts =
                [RequestAct::Withdraw, RequestAct::SendAgain, RequestAct::AcceptCounter, RequestAct::DeclineCounter];
            let Some(act) = dice.one_of(&acts).copied() else { return };
            unless_broken(seller.api.on_request(&world.key(), &id, act).await);
        }
        (2, Some(id)) => {
            let total = usd(i64::try_from(30_000 + dice.below(12_000)).unwrap_or(30_000));
            let proposal = Proposal { quantities: Vec::new(), total, note: None };
            unless_broken(world.buyer.api.counter(&world.key(), &id, &MakeCounter { revision: 1, proposal }).await);
        }
        _ => {
            let expires_in_seconds = Some(600).filter(|_| dice.below(2) == 0);
            let ask = SendRequest { terms: terms(draft()), expires_in_seconds };
            if let Some(sent) = unless_broken(seller.api.send_request(&world.key(), thread, &ask).await) {
                things.requests.push(request_in(&sent));
            }
        }
    }
}

async fn pay(world: &World, dice: &mut Dice, things: &mut Things) {
    let Some(id) = dice.one_of(&things.requests).cloned() else { return };
    if let (0, Some(payment)) = (dice.below(4), dice.one_of(&things.payments).cloned()) {
        let Some(act) = dice.one_of(&[PaymentAct::Resume, PaymentAct::Cancel, PaymentAct::Undo]).copied() else {
            return;
        };
        unless_broken(world.buyer.api.on_payment(&world.key(), &payment, act).await);
        return;
    }
    let tests = [
        TestBehaviour::Approve,
        TestBehaviour::Approve,
        TestBehaviour::Approve,
        TestBehaviour::InsufficientFunds,
        TestBehaviour::Challenge,
        TestBehaviour::TimeOut,
        TestBehaviour::AnswerLate,
        TestBehaviour::AnswerTwice,
    ];
    let Some(test) = dice.one_of(&tests).copied() else { return };
    let body = world.pay_body(&id, test).await;
    let key = world.key();
    if unless_broken(world.buyer.api.pay(&key, &id, &body).await).is_some() {
        unless_broken(world.buyer.api.pay(&key, &id, &body).await);
    }
}

async fn order(world: &World, dice: &mut Dice, things: &mut Things) {
    let Some((at, id)) = dice.one_of(&things.orders).cloned() else { return };
    let seller = if at == 0 { &world.seller } else { &world.other_seller };
    let key = world.key();
    let _told: Option<Committed> = match dice.below(16) {
        0..9 => {
            let line = usize::try_from(dice.below(2)).unwrap_or(0);
            let contents = vec![Packed { line, quantity: 1 }];
            let number = "1Z5R89390357567127".to_owned().try_into().ok();
            unless_broken(seller.api.ship(&key, &id, &Ship { contents, carrier: Carrier::Ups, tracking: number }).await)
        }
        9 => unless_broken(seller.api.on_order(&key, &id, OrderAct::Prepare).await),
        10 | 11 => unless_broken(world.buyer.api.on_order(&key, &id, OrderAct::ConfirmReceipt).await),
        12 => {
            let amount = Some(usd(i64::try_from(dice.below(20_000)).unwrap_or(1)));
            unless_broken(seller.api.refund(&key, &id, &MakeRefund { amount, items: Vec::new() }).await)
        }
        13 => unless_broken(world.buyer.api.open_case(&key, &id, &complaint(CaseReason::Damaged)).await),
        14 => unless_broken(seller.api.ask_extension(&key, &id, &AskExtension { days: ExtensionDays::Three }).await),
        _ => unless_broken(seller.api.on_order(&key, &id, OrderAct::Cancel).await),
    };
}
