//! The audit: every balance is computed anew from the postings of all threads, and compared with what the threads say of
//! their payments. It changes nothing, and can be run beside servers at work.

use api::app::kinds;
use api::store::{Store, StoreError};
use api::wire::Folder;
use domain::ids::{AccountId, OrderId, ThreadId};
use domain::ledger::{Account, Transfer};
use domain::money::Currency;
use domain::payment::{Payment, RefundStatus};
use domain::thread::Thread;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Debits and credits of a currency, in its minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// What left accounts.
    pub debits: i128,
    /// What came to accounts.
    pub credits: i128,
}

/// What an audit found. Its `Display` is what the command prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// The threads that were read.
    pub threads: BTreeSet<ThreadId>,
    /// What the accounts of all orders hold, by currency.
    pub sides: BTreeMap<Currency, Sides>,
    /// What is not as it has to be, a sentence each; empty when the books are in order.
    pub differences: Vec<String>,
}

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (currency, Sides { debits, credits }) in &self.sides {
            writeln!(f, "{currency:?}  debits {debits}  credits {credits}  (minor units)")?;
        }
        for difference in &self.differences {
            writeln!(f, "{difference}")?;
        }
        let (threads, differences) = (self.threads.len(), self.differences.len());
        write!(f, "{threads} threads, {differences} differences")
    }
}

/// Audits everything in a store.
///
/// # Errors
/// When the store fails. What cannot be read is a difference, not an error.
pub async fn audit(store: &dyn Store) -> Result<Audit, StoreError> {
    let mut audit = Audit { threads: threads(store).await?, ..Audit::default() };
    for id in audit.threads.clone() {
        match read(store, &id).await {
            Ok((thread, folded)) => audit.add(&thread, folded.as_ref()),
            Err(StoreError::Corrupt(why)) => audit.differences.push(format!("{id} cannot be read: {why}")),
            Err(error) => return Err(error),
        }
    }
    let uneven = audit.sides.iter().filter(|(_, sides)| sides.debits != sides.credits);
    let uneven: Vec<String> = uneven.map(|(currency, _)| format!("{currency:?} does not balance")).collect();
    audit.differences.extend(uneven);
    Ok(audit)
}

/// Every thread: each is in a folder of both its sides.
async fn threads(store: &dyn Store) -> Result<BTreeSet<ThreadId>, StoreError> {
    let mut threads = BTreeSet::new();
    for (account, _) in store.documents(kinds::ACCOUNT).await? {
        let account: AccountId = account.parse().map_err(|_| StoreError::Corrupt(format!("the account {account}")))?;
        for folder in [Folder::Primary, Folder::Requests] {
            let inbox = store.inbox(&account, folder, None, usize::MAX).await?;
            threads.extend(inbox.into_iter().map(|(_, thread)| thread));
        }
    }
    Ok(threads)
}

/// A thread as it is kept, and as its events fold to it. Both are of one moment, or it is read again.
async fn read(store: &dyn Store, id: &ThreadId) -> Result<(Thread, Option<Thread>), StoreError> {
    let gone = || StoreError::Corrupt("it is listed, and not there".to_owned());
    loop {
        let thread = store.thread(id).await?.ok_or_else(gone)?;
        let events = store.events_of(id, 0, usize::MAX).await?;
        // Somebody spoke in between.
        if events.len() as u64 > thread.seq {
            continue;
        }
        let folded =
            Thread::replay(&events).map_err(|gap| StoreError::Corrupt(format!("a gap after {}", gap.known)))?;
        return Ok((thread, folded));
    }
}

impl Audit {
    fn add(&mut self, thread: &Thread, folded: Option<&Thread>) {
        if folded != Some(thread) {
            self.differences.push(format!("{} is not the fold of its events", thread.id));
        }
        let books = Books::of(thread.ledger.transfers());
        for ((_, _, currency), minor) in &books.0 {
            let sides = self.sides.entry(*currency).or_default();
            if *minor < 0 {
                sides.debits -= minor;
            } else {
                sides.credits += minor;
            }
        }
        self.differences.extend(in_thread(thread, &books));
    }
}

/// What each account of each order holds, from the postings alone.
struct Books(BTreeMap<(OrderId, Account, Currency), i128>);

impl Books {
    fn of(transfers: &[Transfer]) -> Self {
        let mut balances = BTreeMap::new();
        for Transfer { order, from, to, amount } in transfers {
            *balances.entry((order.clone(), *from, amount.currency)).or_default() -= i128::from(amount.minor);
            *balances.entry((order.clone(), *to, amount.currency)).or_default() += i128::from(amount.minor);
        }
        Self(balances)
    }

    fn balance(&self, order: &OrderId, account: Account, currency: Currency) -> i128 {
        self.0.get(&(order.clone(), account, currency)).copied().unwrap_or_default()
    }
}

/// What the payments of a thread say, beside what its postings come to.
fn in_thread(thread: &Thread, books: &Books) -> Vec<String> {
    let mut differences = Vec::new();
    for ((order, ..), _) in books.0.iter().filter(|((order, ..), _)| !thread.orders.contains_key(order)) {
        differences.push(format!("{order} of {} has postings, and is no order", thread.id));
    }
    for order in thread.orders.values() {
        let Some(payment) = thread.payments.get(&order.payment) else {
            differences.push(format!("{} of {} has no payment", order.id, thread.id));
            continue;
        };
        for (account, expected) in expected(payment) {
            let is = books.balance(&order.id, account, payment.amount.currency);
            if is != expected {
                let (order, thread) = (&order.id, &thread.id);
                differences.push(format!("{account:?} of {order} of {thread} holds {is}, and should {expected}"));
            }
        }
        for account in [Account::Held, Account::Frozen, Account::Releasable] {
            let is = books.balance(&order.id, account, payment.amount.currency);
            if is < 0 {
                differences.push(format!("{account:?} of {} of {} is short of {}", order.id, thread.id, -is));
            }
        }
    }
    for request in thread.requests.keys() {
        let taken = thread.payments.values().filter(|one| one.request == *request && one.captured().minor > 0);
        if taken.count() > 1 {
            differences.push(format!("{request} of {} is paid more than once", thread.id));
        }
    }
    differences
}

/// What the accounts of an order hold by what happened to its payment.
fn expected(payment: &Payment) -> [(Account, i128); 5] {
    let sum = |is_it: fn(&RefundStatus) -> bool| -> i128 {
        let of_it = payment.refunds.values().filter(|refund| is_it(&refund.status));
        of_it.map(|refund| i128::from(refund.amount.minor)).sum()
    };
    let settled = sum(|status| matches!(status, RefundStatus::Settled { .. }));
    let pending = sum(|status| matches!(status, RefundStatus::Pending));
    let disputed = payment.disputes.iter().filter(|dispute| dispute.is_open());
    let disputed: i128 = disputed.map(|dispute| i128::from(dispute.amount.minor)).sum();
    let fee = payment.fee.map_or(0, |fee| i128::from(fee.minor));
    let taken = i128::from(payment.captured().minor);
    [
        (Account::Buyer, settled + i128::from(payment.lost().minor) - taken),
        (Account::Refunding, pending),
        (Account::Disputed, disputed),
        (Account::Processor, fee),
        (Account::Costs, -fee),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::money::Money;

    fn transfer(from: Account, to: Account, minor: i64) -> Transfer {
        let order = "ord_1".parse().expect("letters and digits");
        Transfer { order, from, to, amount: Money::new(minor, Currency::USD) }
    }

    #[test]
    fn a_balance_is_what_came_less_what_went() {
        let order: OrderId = "ord_1".parse().expect("letters and digits");
        let books = Books::of(&[
            transfer(Account::Buyer, Account::Held, 41_200),
            transfer(Account::Held, Account::Refunding, 1_000),
        ]);
        assert_eq!(books.balance(&order, Account::Held, Currency::USD), 40_200);
        assert_eq!(books.balance(&order, Account::Buyer, Currency::USD), -41_200);
        assert_eq!(books.balance(&order, Account::Frozen, Currency::USD), 0);
    }

    #[test]
    fn what_is_found_is_said_line_by_line() {
        let sides = BTreeMap::from([(Currency::USD, Sides { debits: 5, credits: 6 })]);
        let audit = Audit { sides, differences: vec!["USD does not balance".to_owned()], ..Audit::default() };
        let said = "USD  debits 5  credits 6  (minor units)\nUSD does not balance\n0 threads, 1 differences";
        assert_eq!(audit.to_string(), said);
    }
}
