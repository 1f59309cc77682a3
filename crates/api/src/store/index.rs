//! What is found by something else than the name of its thread, derived from the thread alone: an append writes what
//! changed of it, and another layout is written anew from all threads.

use super::kv::{Batch, Kv, decode, encode};
use super::tables as keys;
use super::{StoreError, Summary, WriteError};
use domain::case::{Case, CaseStage};
use domain::headline::About;
use domain::ids::{AccountId, OrderId, ThreadId};
use domain::ledger::{Account, Transfer};
use domain::money::{Currency, Money};
use domain::order::Funds;
use domain::queue::Group;
use domain::thread::{Role, Thread};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The layout that this program writes. Another one is another number.
const LAYOUT: &str = "4";

/// What an account's threads add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Threads that wait under Requests.
    pub requests: i64,
    /// What waits for the account.
    pub mine: i64,
    /// What waits for others.
    pub waiting: i64,
    /// What is done.
    pub done: i64,
    /// A seller's money, by currency.
    pub funds: BTreeMap<Currency, Held>,
}

/// A seller's money on its way, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Kept until the buyers have the goods.
    pub held: i64,
    /// On its way out.
    pub releasable: i64,
    /// Kept by cases and disputes.
    pub frozen: i64,
}

impl Sums {
    fn add(&mut self, other: &Self, sign: i64) {
        self.requests += sign * other.requests;
        self.mine += sign * other.mine;
        self.waiting += sign * other.waiting;
        self.done += sign * other.done;
        for (currency, more) in &other.funds {
            let sum = self.funds.entry(*currency).or_default();
            sum.held += sign * more.held;
            sum.releasable += sign * more.releasable;
            sum.frozen += sign * more.frozen;
        }
    }

    /// These sums after one thread has changed.
    #[must_use]
    pub fn moved(&self, before: &Self, after: &Self) -> Self {
        let mut moved = self.clone();
        moved.add(before, -1);
        moved.add(after, 1);
        moved
    }

    fn count(&mut self, group: Group) {
        match group {
            Group::Mine => self.mine += 1,
            Group::Waiting => self.waiting += 1,
            Group::Done => self.done += 1,
        }
    }
}

/// What one thread adds to the index.
#[derive(Debug, Default)]
pub struct Index {
    /// Keys and texts.
    pub entries: BTreeMap<String, String>,
    /// What it adds to the sums of its buyer.
    pub buyer: Sums,
    /// What it adds to the sums of its seller.
    pub seller: Sums,
}

impl Index {
    /// What a thread adds to it, or one that is not there any more.
    pub fn of(thread: Option<&Thread>, summary: &Summary) -> Self {
        let mut index = Self::default();
        for role in [Role::Buyer, Role::Seller] {
            index.list(role, summary);
            if let Some(thread) = thread {
                index.queue(role, thread);
            }
        }
        if let Some(thread) = thread {
            index.money(thread);
            index.reviews(thread);
            index.facts(thread, summary);
        }
        index
    }

    /// Under whose name what waits for a reviewer is listed. No account has it: theirs are longer.
    pub fn reviewers() -> AccountId {
        "acc_reviewers".parse().expect("letters")
    }

    /// What waits for a reviewer in it, what is due first first.
    fn reviews(&mut self, thread: &Thread) {
        for order in thread.orders.values() {
            let review = order.open_case().filter(|case| matches!(case.stage, CaseStage::Review { .. }));
            if let Some(until) = review.and_then(Case::until) {
                let key = keys::queue(&Self::reviewers(), Group::Mine, until.as_millis(), order.id.as_str());
                self.put(key, &thread.id);
            }
        }
    }

    fn sums(&mut self, role: Role) -> &mut Sums {
        match role {
            Role::Buyer => &mut self.buyer,
            Role::Seller => &mut self.seller,
        }
    }

    fn put(&mut self, key: String, text: impl ToString) {
        self.entries.insert(key, text.to_string());
    }

    /// Its place in the inbox.
    fn list(&mut self, role: Role, summary: &Summary) {
        let Some(folder) = summary.folder_of(role) else { return };
        self.put(keys::inbox(summary.account(role), folder, summary.active_at, &summary.thread), &summary.thread);
        if folder == crate::wire::Folder::Requests {
            self.sums(role).requests += 1;
        }
    }

    /// What there is to do in it.
    fn queue(&mut self, role: Role, thread: &Thread) {
        for queued in thread.queue() {
            let group = Group::of(&queued.headline, role);
            let about = match &queued.headline.about {
                About::Request(id) => id.as_str(),
                About::Order(id) => id.as_str(),
            };
            self.put(keys::queue(thread.account(role), group, queued.rank(role), about), &thread.id);
            self.sums(role).count(group);
        }
    }

    /// What was bought, asked for, held and paid out.
    fn money(&mut self, thread: &Thread) {
        // One pass over the movements: a thread of many orders has many of them.
        let mut released: BTreeMap<&OrderId, Money> = BTreeMap::new();
        for Transfer { order, from, to, amount } in thread.ledger.transfers() {
            let funds = self.seller.funds.entry(amount.currency).or_default();
            for (account, minor) in [(*to, amount.minor), (*from, -amount.minor)] {
                match account {
                    Account::Held => funds.held += minor,
                    Account::Releasable => funds.releasable += minor,
                    Account::Frozen | Account::Disputed => funds.frozen += minor,
                    // What was paid out is what was theirs, less what the processor had kept.
                    Account::Released | Account::Costs => {
                        released.entry(order).or_insert(Money::zero(amount.currency)).minor += minor;
                    }
                    Account::Buyer | Account::Refunding | Account::Processor => {}
                }
            }
        }
        for order in thread.orders.values() {
            self.put(keys::bought(&thread.buyer, order.placed_at, &order.id), &thread.id);
            if let (Funds::Released { at }, Some(paid)) = (order.funds, released.get(&order.id)) {
                self.put(keys::released(&thread.seller, at, &order.id), encode(paid));
            }
        }
        for request in thread.requests.values().filter(|request| request.counts_for_the_cap()) {
            let amount = request.current().terms.highest_total().minor;
            let key = keys::asked(&thread.seller, request.current().sent_at, &request.id);
            self.put(key, encode(&(&thread.id, amount)));
        }
    }

    /// What counts for how the seller is known.
    fn facts(&mut self, thread: &Thread, summary: &Summary) {
        for order in thread.order_records() {
            self.put(keys::sold(&thread.seller, order.placed_at, &order.order), encode(&order));
        }
        for reply in &summary.talk.replies {
            self.put(keys::replied(&thread.seller, reply), encode(reply));
        }
    }

    /// What has to be written for `self` to stand where `before` stood.
    pub fn changes(self, before: Self) -> Vec<(String, Option<String>)> {
        let gone = before.entries.keys().filter(|key| !self.entries.contains_key(*key));
        let mut changes: Vec<(String, Option<String>)> = gone.map(|key| (key.clone(), None)).collect();
        let known = before.entries;
        changes.extend(
            self.entries
                .into_iter()
                .filter(|(key, text)| known.get(key) != Some(text))
                .map(|(key, text)| (key, Some(text))),
        );
        changes
    }
}

/// Writes the index of everything that is kept, when another layout has written it.
pub(super) async fn renew(kv: &impl Kv) -> Result<(), StoreError> {
    let layout = kv.get(keys::LAYOUT).await?;
    if layout.as_deref() == Some(LAYOUT) {
        return Ok(());
    }
    let mut write = BTreeMap::new();
    for prefix in keys::INDEXES {
        let old = kv.range(prefix.to_owned(), keys::after(prefix), usize::MAX, false).await?;
        write.extend(old.into_iter().map(|(key, _)| (key, None)));
    }
    let mut sums: BTreeMap<AccountId, Sums> = BTreeMap::new();
    let mut sides: BTreeMap<ThreadId, [AccountId; 2]> = BTreeMap::new();
    let (from, to) = keys::summaries();
    for (key, text) in kv.range(from, to, usize::MAX, false).await? {
        // What cannot be read is named when it is opened, and keeps nothing else from being found.
        let Ok(summary) = decode::<Summary>(&key, &text) else { continue };
        let state_key = keys::state(&summary.thread);
        let state = kv.get(&state_key).await?.and_then(|text| decode::<Thread>(&state_key, &text).ok());
        let index = Index::of(state.as_ref(), &summary);
        sides.insert(summary.thread.clone(), [summary.buyer.clone(), summary.seller.clone()]);
        sums.entry(summary.buyer).or_default().add(&index.buyer, 1);
        sums.entry(summary.seller).or_default().add(&index.seller, 1);
        write.extend(index.entries.into_iter().map(|(key, text)| (key, Some(text))));
    }
    sums.retain(|_, sums| *sums != Sums::default());
    write.extend(sums.iter().map(|(account, sums)| (keys::sums(account), Some(encode(sums)))));
    write.extend(streams(kv, &sides).await?);
    write.insert(keys::LAYOUT.to_owned(), Some(LAYOUT.to_owned()));
    let batch =
        Batch { expect: vec![(keys::LAYOUT.to_owned(), layout)], write: write.into_iter().collect(), strict: true };
    match kv.write(batch).await {
        // Another page has done it in the same moment.
        Ok(()) | Err(WriteError::Changed) => Ok(()),
        Err(WriteError::Store(error)) => Err(error),
    }
}

/// A stream for each account, in place of the one that all of them shared before.
async fn streams(
    kv: &impl Kv,
    sides: &BTreeMap<ThreadId, [AccountId; 2]>,
) -> Result<BTreeMap<String, Option<String>>, StoreError> {
    let mut write = BTreeMap::new();
    let Some(_shared) = kv.get(keys::shared::CURSOR).await? else { return Ok(write) };
    write.insert(keys::shared::CURSOR.to_owned(), None);
    let mut cursors: BTreeMap<&AccountId, u64> = BTreeMap::new();
    let (from, to) = keys::shared::feed();
    for (key, place) in kv.range(from, to, usize::MAX, false).await? {
        write.insert(key, None);
        let thread = keys::shared::thread(&place).and_then(|thread| thread.parse().ok());
        for account in thread.iter().filter_map(|thread: &ThreadId| sides.get(thread)).flatten() {
            let cursor = cursors.entry(account).or_default();
            *cursor += 1;
            write.insert(keys::feed(account, *cursor), Some(place.clone()));
        }
    }
    write.extend(cursors.iter().map(|(account, cursor)| (keys::cursor(account), Some(cursor.to_string()))));
    Ok(write)
}
