//! What the processor is asked for and tells: money that is reserved, and how it stands.

use super::{Worked, silent};
use crate::app::App;
use crate::commit::Origin;
use crate::problem::Problem;
use crate::provider::{Fact, Outcome, ProviderError, Purchase, Taken};
use crate::store::{OutboxEntry, Task};
use domain::command::{Answer, Command};
use domain::ids::{PaymentId, ThreadId};
use domain::payment::Payment;
use domain::rejection::Rejection;
use domain::thread::{Actor, Thread};
use domain::time::{Span, Timestamp};

/// Whether the processor's word is refused only until what is under way has ended.
fn is_not_yet(problem: &Problem) -> bool {
    Rejection::NOT_YET.into_iter().any(|refusal| Problem::from(refusal).code == problem.code)
}

/// What became of a word of the processor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    Yes,
    NotYet,
    Refused,
}

impl App {
    /// Asks for the money, or how it stands.
    pub(super) async fn authorise(
        &self,
        entry: OutboxEntry,
        thread: &Thread,
        payment: &PaymentId,
        now: Timestamp,
    ) -> Result<Worked, Problem> {
        let Some(attempt) = thread.payments.get(payment) else { return self.drop(entry).await };
        let method = self.method(thread, attempt).await?;
        let seller = self.account(&thread.seller).await?;
        let brand = seller.as_ref().map_or("", |seller| seller.name.as_str());
        let purchase = Purchase { thread, brand, payment: attempt, method: method.as_ref() };
        match self.provider.authorise(purchase).await {
            Ok(Outcome::Done { kept }) => {
                if let (Some(hint), Some(method)) = (kept, &method) {
                    self.keep_method(&thread.buyer, &method.id, hint).await?;
                }
                let answer = self.authorised(thread, payment).await?;
                self.report(entry, Command::Answer { payment: payment.clone(), answer }).await
            }
            Ok(Outcome::Declined(reason)) => {
                let answer = Answer::Declined(reason);
                self.report(entry, Command::Answer { payment: payment.clone(), answer }).await
            }
            Ok(Outcome::ActionRequired(action)) => {
                let answer = Answer::ActionRequired(action);
                self.report(entry, Command::Answer { payment: payment.clone(), answer }).await
            }
            // It will tell by itself; should it forget, it is asked.
            Ok(Outcome::Pending) => {
                let asked = reconciliation(&entry, payment, now.plus(Span::seconds(60)), 0);
                self.store.reschedule(Some(entry), Some(asked)).await?;
                Ok(Worked::Done)
            }
            Err(ProviderError::Unavailable(_)) => self.later(entry, now).await,
            Err(ProviderError::InDoubt) if !attempt.is_live() => self.drop(entry).await,
            Err(ProviderError::InDoubt) => {
                let at = now.plus(self.wait(entry.attempts));
                let asked = reconciliation(&entry, payment, at, entry.attempts + 1);
                let tried = self.try_again(entry.clone(), asked, silent(), now).await?;
                let doubt = Command::Answer { payment: payment.clone(), answer: Answer::InDoubt };
                self.run(&entry.thread, Actor::Processor, Origin::Timer, doubt, None).await?;
                Ok(tried)
            }
        }
    }

    /// Somebody said that something has changed: what is so is asked for, and told to the thread. Told twice, late or
    /// in another order it comes to the same.
    pub(super) async fn look(
        &self,
        entry: OutboxEntry,
        thread: &Thread,
        payment: &PaymentId,
        now: Timestamp,
    ) -> Result<Worked, Problem> {
        let Some(attempt) = thread.payments.get(payment) else { return self.drop(entry).await };
        let Ok(facts) = self.provider.look(payment).await else { return self.later(entry, now).await };
        if facts.contains(&Fact::Approved) && attempt.is_live() {
            return self.authorise(entry, thread, payment, now).await;
        }
        let mut commands: Vec<Command> = facts.into_iter().filter_map(|fact| command_of(payment, fact)).collect();
        let Some(last) = commands.pop() else { return self.drop(entry).await };
        let thread = entry.thread.clone();
        for command in commands {
            if self.tell(&thread, Origin::Timer, command).await? == Heard::NotYet {
                return self.later(entry, now).await;
            }
        }
        match self.tell(&thread, Origin::Outcome(entry.clone()), last).await? {
            Heard::Yes => Ok(Worked::Done),
            Heard::NotYet => self.later(entry, now).await,
            Heard::Refused => self.drop(entry).await,
        }
    }

    /// Tells the thread what is so. What it refuses stays so at the processor; the comparison of the books shows it.
    async fn tell(&self, thread: &ThreadId, origin: Origin, command: Command) -> Result<Heard, Problem> {
        match self.run(thread, Actor::Processor, origin, command, None).await {
            Ok(_) => Ok(Heard::Yes),
            Err(problem) if problem.status >= 500 => Err(problem),
            Err(problem) if is_not_yet(&problem) => Ok(Heard::NotYet),
            Err(_) => Ok(Heard::Refused),
        }
    }

    /// A yes; it gets an order number only when it can lead to an order.
    pub(super) async fn authorised(&self, thread: &Thread, payment: &PaymentId) -> Result<Answer, Problem> {
        let live = thread.payments.get(payment).is_some_and(Payment::is_live);
        if !live {
            return Ok(Answer::Authorised { number: unused_number() });
        }
        Ok(Answer::Authorised { number: self.order_number(&thread.seller).await? })
    }
}

/// What is told to the thread of a fact.
fn command_of(payment: &PaymentId, fact: Fact) -> Option<Command> {
    let payment = payment.clone();
    Some(match fact {
        // Given up meanwhile: nothing is reserved.
        Fact::Approved => return None,
        Fact::Taken(taken) => taken_command(&payment, taken),
        Fact::Refund(refund, answer) => Command::RefundAnswer { refund, payment, answer },
        Fact::ReturnedElsewhere { refund, amount } => Command::RefundSeen { refund, payment, amount },
        Fact::Dispute(told) => Command::DisputeTold { payment, told },
    })
}

pub(super) fn taken_command(payment: &PaymentId, taken: Taken) -> Command {
    let answer = match taken {
        Taken::Taken { fee } => Answer::Captured { fee },
        Taken::Pending(reason) => Answer::CapturePending(reason),
        Taken::Failed => Answer::CaptureFailed,
    };
    Command::Answer { payment: payment.clone(), answer }
}

fn reconciliation(entry: &OutboxEntry, payment: &PaymentId, at: Timestamp, attempts: u32) -> OutboxEntry {
    let (id, task) = (format!("reconcile-{payment}"), Task::Reconcile(payment.clone()));
    OutboxEntry { id, at, thread: entry.thread.clone(), task, attempts }
}

fn unused_number() -> domain::order::OrderNumber {
    domain::order::OrderNumber::try_from("X-0".to_owned()).expect("letters, a dash and digits")
}
