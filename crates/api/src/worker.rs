//! What happens between calls: the outbox is worked off, and timers fire.

mod methods;
mod parcels;
mod payments;

pub use methods::unkeep_method;

use crate::app::{App, kinds};
use crate::carrier::Followed;
use crate::commit::Origin;
use crate::dead_letters::Undone;
use crate::problem::Problem;
use crate::provider::{Returned, Taken};
use crate::store::{OutboxEntry, StoreError, Task, Work};
use domain::command::{Answer, Command, RefundAnswer};
use domain::ids::ThreadId;
use domain::intent::Intent;
use domain::order::TrackingEvent;
use domain::thread::Actor;
use domain::time::{Span, Timestamp};
use parcels::nobody_tells;
use payments::taken_command;

/// How long to wait before the first further try, in milliseconds; each time twice as long.
const FIRST_WAIT: i64 = 5_000;
/// The longest wait, in milliseconds: ten minutes.
const LONGEST_WAIT: i64 = 600_000;
/// Tries before it counts as failed for good: with the longest wait between them, three days.
const PERSISTENCE: u32 = 440;
/// How long what cannot be read, or was refused, is left alone.
const SET_ASIDE: Span = Span::hours(1);
/// How many tries that counts as.
const TRIES_ASIDE: u32 = 6;

/// How long to wait before the n-th further try; `chance` spreads tries of many over the last quarter of it, so that they
/// do not all come at once.
fn backoff(attempts: u32, chance: u128) -> Span {
    let usual = (FIRST_WAIT << attempts.min(20)).min(LONGEST_WAIT);
    let spread = i64::try_from(chance % 1_024).unwrap_or_default();
    Span::millis(usual - usual / 4 * spread / 1_024)
}

/// What became of something that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worked {
    /// It is done, or waits for its next try.
    Done,
    /// It is hopeless for now, and looked at again in an hour.
    SetAside,
    /// It has failed for good, and is a dead letter now.
    Failed,
}

/// Whether trying again at once cannot help: it is refused, or what it needs cannot be read.
fn is_hopeless(problem: &Problem) -> bool {
    problem.status < 500 || problem.code == "storage_corrupt"
}

impl App {
    /// Does everything that is due now; what that leads to, too. Returns how many things were done.
    ///
    /// One that fails holds up nobody: it is tried again with the next call, or in an hour when it is hopeless.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tick(&self) -> Result<u32, Problem> {
        let (mut done, mut failed, mut why) = (0, Vec::new(), None);
        // Bounded, so that a fault that makes work out of work cannot hold the page.
        for _ in 0..200 {
            let now = self.now().await?;
            let Some(work) = self.next_work(now, &failed).await? else { break };
            match self.work_off(&work, now).await {
                Ok(Worked::Done) => done += 1,
                Ok(Worked::SetAside | Worked::Failed) => {}
                Err(problem) => {
                    failed.push(work);
                    why.get_or_insert(problem);
                }
            }
        }
        why.map_or(Ok(done), Err)
    }

    /// Does one thing that is due.
    ///
    /// # Errors
    /// When it can be tried again at once: the store failed.
    pub async fn work_off(&self, work: &Work, now: Timestamp) -> Result<Worked, Problem> {
        let outcome = match work {
            Work::Entry(entry) => self.work(entry.clone(), now).await,
            Work::Timers(at, thread) => self.fire(thread, *at, now).await.map(|()| Worked::Done),
        };
        match outcome {
            Err(problem) if is_hopeless(&problem) => self.put_off(work, problem, now).await,
            outcome => outcome,
        }
    }

    /// Tries something that failed again after a while: the longer the oftener it has failed, and in an hour when it is
    /// hopeless. What fails for three days is a dead letter then.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn put_off(&self, work: &Work, why: Problem, now: Timestamp) -> Result<Worked, Problem> {
        let is_hopeless = is_hopeless(&why);
        let (more, kept) = if is_hopeless { (TRIES_ASIDE, Worked::SetAside) } else { (1, Worked::Done) };
        let later = |tries| now.plus(if is_hopeless { SET_ASIDE } else { self.wait(tries) });
        match work {
            Work::Entry(entry) => {
                let again = OutboxEntry { at: later(entry.attempts), attempts: entry.attempts + more, ..entry.clone() };
                let tried = self.try_again(entry.clone(), again, why, now).await?;
                Ok(if tried == Worked::Done { kept } else { tried })
            }
            Work::Timers(at, thread) => {
                let count = |known: Option<u32>| known.unwrap_or(0) + more;
                let tries = self.change(kinds::FAILED_TIMERS, thread.as_str(), count).await?;
                if tries <= PERSISTENCE {
                    self.store.postpone(thread, *at, Some(later(tries - more))).await?;
                    return Ok(kept);
                }
                let id = format!("timers-{thread}");
                self.bury(&id, Undone::Timers { at: *at, thread: thread.clone() }, why, now).await?;
                self.store.postpone(thread, *at, None).await?;
                self.change(kinds::FAILED_TIMERS, thread.as_str(), |_: Option<u32>| 0).await?;
                Ok(Worked::Failed)
            }
        }
    }

    fn wait(&self, attempts: u32) -> Span {
        backoff(attempts, (self.entropy)() >> 64)
    }

    /// What is due first, but for what has failed already.
    async fn next_work(&self, now: Timestamp, failed: &[Work]) -> Result<Option<Work>, StoreError> {
        let enough = failed.len() + 1;
        let entries = self.store.outbox(enough).await?;
        let due = self.store.due(enough).await?;
        let entries = entries.into_iter().filter(|entry| entry.at <= now).map(Work::Entry);
        let due = due.into_iter().filter(|(at, _)| *at <= now).map(|(at, thread)| Work::Timers(at, thread));
        Ok(entries.chain(due).find(|work| !failed.contains(work)))
    }

    /// When the next thing happens by itself.
    pub(crate) async fn next_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let entry = self.store.outbox(1).await?.into_iter().next().map(|entry| entry.at);
        let due = self.store.due(1).await?.into_iter().next().map(|(at, _)| at);
        Ok(entry.into_iter().chain(due).min())
    }

    /// Lets the demo clock go forward to `end`; everything that happens by itself happens at its own time.
    pub(crate) async fn advance(&self, end: Timestamp) -> Result<(), Problem> {
        for _ in 0..10_000 {
            match self.next_at().await? {
                Some(at) if at <= end => {
                    self.forward_to(at).await?;
                    self.tick().await?;
                }
                Some(_) | None => break,
            }
        }
        self.forward_to(end).await?;
        Ok(())
    }

    async fn forward_to(&self, at: Timestamp) -> Result<(), StoreError> {
        let machine = (self.machine)();
        match self.demo_clock().await? {
            Some(clock) => self.set_demo_clock(clock.forward_to(at, machine)).await,
            None => Ok(()),
        }
    }

    async fn fire(&self, id: &ThreadId, at: Timestamp, now: Timestamp) -> Result<(), Problem> {
        let timers = self.store.thread(id).await?.map(|thread| thread.timers()).unwrap_or_default();
        let due: Vec<_> = timers.into_iter().filter(|(at, _)| *at <= now).collect();
        if due.is_empty() {
            // Set aside once, and done meanwhile.
            return Ok(self.store.postpone(id, at, None).await?);
        }
        let mut outcome = Ok(());
        for (_, timer) in due {
            let fired = self.run(id, Actor::Timer, Origin::Timer, Command::Fire(timer), None).await;
            outcome = outcome.and(fired.map(drop));
        }
        // What has failed before and works now begins to be counted anew.
        let failed: Option<u32> = self.document(kinds::FAILED_TIMERS, id.as_str()).await?;
        if outcome.is_ok() && failed.is_some_and(|tries| tries > 0) {
            self.change(kinds::FAILED_TIMERS, id.as_str(), |_: Option<u32>| 0).await?;
        }
        outcome
    }

    pub(crate) async fn work(&self, entry: OutboxEntry, now: Timestamp) -> Result<Worked, Problem> {
        let Some(thread) = self.store.thread(&entry.thread).await? else {
            return self.drop(entry).await;
        };
        match &entry.task {
            Task::Ask(Intent::Authorise { payment } | Intent::Resume { payment }) | Task::Reconcile(payment) => {
                self.authorise(entry.clone(), &thread, payment, now).await
            }
            Task::Ask(Intent::Capture { payment }) => match self.provider.capture(payment).await {
                Ok(Taken::Pending(reason)) => {
                    let answer = Command::Answer { payment: payment.clone(), answer: Answer::CapturePending(reason) };
                    self.run(&entry.thread, Actor::Processor, Origin::Timer, answer, None).await?;
                    self.patiently(entry, now).await
                }
                Ok(taken) => self.report(entry.clone(), taken_command(payment, taken)).await,
                Err(_) => self.later(entry, now).await,
            },
            Task::Ask(Intent::Void { payment }) => match self.provider.void(payment).await {
                Ok(()) => self.drop(entry).await,
                Err(_) => self.later(entry, now).await,
            },
            Task::Ask(Intent::Refund { refund, payment, amount }) => {
                let answer = match self.provider.refund(refund, payment, *amount).await {
                    Ok(Returned::Settled) => RefundAnswer::Settled,
                    Ok(Returned::Failed(why)) => RefundAnswer::Failed(why),
                    Ok(Returned::Pending) => return self.patiently(entry, now).await,
                    Err(_) => return self.later(entry, now).await,
                };
                let answer = Command::RefundAnswer { refund: refund.clone(), payment: payment.clone(), answer };
                self.report(entry, answer).await
            }
            Task::Ask(Intent::PayOut { order }) => {
                let Some(known) = thread.orders.get(order) else { return self.drop(entry).await };
                match self.provider.pay_out(order, thread.payout(known)).await {
                    Ok(()) => self.report(entry.clone(), Command::PaidOut { order: order.clone() }).await,
                    Err(_) => self.later(entry, now).await,
                }
            }
            Task::Ask(Intent::Follow { order, shipment }) => {
                self.begin_to_follow(&thread, order, shipment, now).await?;
                self.push_tracking(entry.clone(), &thread, order, shipment, now).await
            }
            Task::Ask(Intent::AnswerDispute { dispute, order, answer }) => {
                let Some(known) = thread.orders.get(order) else { return self.drop(entry).await };
                match self.provider.answer_dispute(dispute, *answer, known).await {
                    Ok(()) => self.drop(entry).await,
                    Err(_) => self.later(entry, now).await,
                }
            }
            Task::Ask(Intent::Things { order }) => {
                self.see_to_things(&thread, thread.orders.get(order), now).await?;
                self.drop(entry).await
            }
            Task::Ask(Intent::ThingsPaidBy { payment }) => {
                self.see_to_things(&thread, thread.order_of(payment), now).await?;
                self.drop(entry).await
            }
            Task::TellPassed { thing, passing } => {
                self.tell_passing(thing, *passing).await?;
                self.drop(entry).await
            }
            Task::Follow { order, shipment } => match self.follow(&thread, order, shipment).await? {
                Followed::Settled => self.drop(entry).await,
                Followed::NotYet => self.put_off(&Work::Entry(entry), nobody_tells(), now).await,
            },
            Task::Webhook { payment, told } => {
                let answer = match told {
                    crate::store::Told::Authorised => self.authorised(&thread, payment).await?,
                    crate::store::Told::Declined(reason) => Answer::Declined(*reason),
                    crate::store::Told::Captured => Answer::Captured { fee: None },
                };
                self.report(entry.clone(), Command::Answer { payment: payment.clone(), answer }).await
            }
            Task::Hint { payment, event: _ } => self.look(entry.clone(), &thread, payment, now).await,
            Task::Scan { order, shipment, scan } => {
                let scan = TrackingEvent { at: now.min(scan.at.max(entry.at)), ..scan.clone() };
                let track = Command::Track { order: order.clone(), shipment: shipment.clone(), scans: vec![scan] };
                self.report(entry.clone(), track).await
            }
        }
    }

    async fn report(&self, entry: OutboxEntry, command: Command) -> Result<Worked, Problem> {
        let actor = match entry.task {
            Task::Scan { .. } | Task::Follow { .. } => Actor::Carrier,
            Task::Ask(_) | Task::Reconcile(_) | Task::Webhook { .. } | Task::Hint { .. } | Task::TellPassed { .. } => {
                Actor::Processor
            }
        };
        let thread = entry.thread.clone();
        match self.run(&thread, actor, Origin::Outcome(entry.clone()), command, None).await {
            Ok(_) => Ok(Worked::Done),
            // A store that fails is tried again; a refusal will not change: it is set down, where it can be seen.
            Err(problem) if problem.status >= 500 => Err(problem),
            Err(problem) => {
                let now = self.now().await?;
                self.fail(entry, problem, now).await
            }
        }
    }

    /// The processor does not say; it is asked again.
    async fn later(&self, entry: OutboxEntry, now: Timestamp) -> Result<Worked, Problem> {
        self.put_off(&Work::Entry(entry), silent(), now).await
    }

    async fn try_again(
        &self,
        entry: OutboxEntry,
        again: OutboxEntry,
        why: Problem,
        now: Timestamp,
    ) -> Result<Worked, Problem> {
        if again.attempts > PERSISTENCE {
            return self.fail(entry, why, now).await;
        }
        self.store.reschedule(Some(entry), Some(again)).await?;
        Ok(Worked::Done)
    }

    async fn fail(&self, entry: OutboxEntry, why: Problem, now: Timestamp) -> Result<Worked, Problem> {
        self.bury(&entry.id, Undone::Entry(entry.clone()), why, now).await?;
        // A server that ends in between has it twice: done again, it is a dead letter again, the same one.
        self.drop(entry).await.map(|_| Worked::Failed)
    }

    async fn drop(&self, entry: OutboxEntry) -> Result<Worked, Problem> {
        self.store.reschedule(Some(entry), None).await?;
        Ok(Worked::Done)
    }

    /// It takes its time, which is no failure: it is asked again in an hour, for as long as it takes.
    async fn patiently(&self, entry: OutboxEntry, now: Timestamp) -> Result<Worked, Problem> {
        let again = OutboxEntry { at: now.plus(SET_ASIDE), ..entry.clone() };
        self.store.reschedule(Some(entry), Some(again)).await?;
        Ok(Worked::Done)
    }
}

fn silent() -> Problem {
    Problem::new(503, "processor_silent", "The processor does not say what became of it.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_ten_minutes_and_are_spread() {
        let usual: Vec<i64> = (0..9).map(|attempts| backoff(attempts, 0).as_millis() / 1_000).collect();
        assert_eq!(usual, [5, 10, 20, 40, 80, 160, 320, 600, 600]);
        assert_eq!(backoff(9, 1_023).as_millis(), 450_147);
        assert_eq!(backoff(u32::MAX, 0).as_millis(), LONGEST_WAIT);
    }

    #[test]
    fn one_gives_up_after_three_days() {
        let tried = |wait: i64, tries: u32| wait * i64::from(PERSISTENCE / tries) / 3_600_000;
        assert_eq!(tried(LONGEST_WAIT, 1), 73);
        assert_eq!(tried(SET_ASIDE.as_millis(), TRIES_ASIDE), 73);
    }
}
