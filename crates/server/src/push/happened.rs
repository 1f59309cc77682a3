//! To whom something has happened: each is looked up once it is known who has seen it by themselves.

use api::wire::{News, Signal};
use domain::ids::AccountId;
use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// How long it is waited once something has happened: who looks at the conversation has seen it by then.
const GATHER: Duration = Duration::from_millis(1_500);

/// Accounts in the order of what happened. Cheap to clone.
#[derive(Clone, Default)]
pub struct Happened {
    queue: Arc<Mutex<Queue>>,
    more: Arc<Notify>,
}

#[derive(Default)]
struct Queue {
    next: VecDeque<(Instant, AccountId)>,
    waiting: HashSet<AccountId>,
}

impl Happened {
    /// Notes whom news is for, when it is something that is kept.
    pub fn note(&self, news: &News) {
        if let (Signal::Events { .. }, Some(account)) = (&news.signal, &news.to) {
            self.note_account(account.clone());
        }
    }

    /// Notes that there may be something for an account.
    pub(super) fn note_account(&self, account: AccountId) {
        let mut queue = self.lock();
        if queue.waiting.insert(account.clone()) {
            queue.next.push_back((Instant::now() + GATHER, account));
            self.more.notify_one();
        }
    }

    /// The next account, when it is time for it. For one reader: a second would miss some.
    pub(super) async fn next(&self) -> AccountId {
        loop {
            let due = self.lock().next.front().map(|(due, _)| *due);
            match due {
                Some(due) => {
                    sleep_until(due).await;
                    let mut queue = self.lock();
                    if let Some((_, account)) = queue.next.pop_front() {
                        queue.waiting.remove(&account);
                        return account;
                    }
                }
                None => self.more.notified().await,
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // A std mutex: nothing awaits while holding it.
        self.queue.lock().expect("no panic while noting")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(account: &str) -> News {
        News::to(account.parse().unwrap(), Signal::Events { cursor: 1 })
    }

    #[tokio::test(start_paused = true)]
    async fn whom_something_happened_to_comes_once_in_order_and_after_a_while() {
        let happened = Happened::default();
        for account in ["acc_zoe", "acc_ada", "acc_zoe"] {
            happened.note(&events(account));
        }
        happened.note(&News::to("acc_kai".parse().unwrap(), Signal::Clock));
        let began = Instant::now();
        assert_eq!([happened.next().await.as_str(), happened.next().await.as_str()], ["acc_zoe", "acc_ada"]);
        assert_eq!(began.elapsed(), GATHER);
        assert!(tokio::time::timeout(GATHER * 2, happened.next()).await.is_err(), "nobody else");
        happened.note(&events("acc_zoe"));
        assert_eq!(happened.next().await.as_str(), "acc_zoe", "something happened again");
    }
}
