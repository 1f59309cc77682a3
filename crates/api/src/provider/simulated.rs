//! The simulated processor: the same state machine as a real one, with failures to order. Its books are kept in the
//! store, apart from ours, so that a reload finds them as a real processor's would be found.

use super::{Outcome, PaymentProvider, ProviderError};
use crate::app::kinds;
use crate::clock::{DemoClock, Machine};
use crate::store::{Answering, AppendError, OutboxEntry, Store, StoreError, Task, Told};
use crate::wire::{ApprovalOutcome, Faults, TestBehaviour};
use domain::ids::{OrderId, PaymentId, RefundId, ThreadId};
use domain::money::Money;
use domain::payment::{DeclineReason, RequiredAction};
use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How long an answer takes that comes late.
const LATE: Span = Span::seconds(20);
/// How long there is no clear answer.
const DOUBT: Span = Span::seconds(30);
/// How long after the first the second answer comes.
const TWICE: Span = Span::seconds(2);

/// One line of the simulated books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    amount: Money,
    behaviour: TestBehaviour,
    standing: Standing,
    /// Until when nobody is told where it stands.
    silent_until: Option<Timestamp>,
    /// What went back, by the refund that asked for it.
    refunds: BTreeMap<RefundId, i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Standing {
    Waiting,
    Authorised,
    Declined(DeclineReason),
    Captured,
    Voided,
}

/// A processor that moves no money.
#[derive(Clone)]
pub struct Simulated {
    store: Arc<dyn Store>,
    machine: Machine,
}

impl From<StoreError> for ProviderError {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl Simulated {
    /// A processor whose books are in `store`.
    pub fn new(store: Arc<dyn Store>, machine: Machine) -> Self {
        Self { store, machine }
    }

    /// The buyer acts in the processor's own window.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub async fn act(&self, key: &PaymentId, outcome: ApprovalOutcome) -> Result<bool, ProviderError> {
        let Some(mut line) = self.line(key).await? else { return Ok(false) };
        if line.standing == Standing::Waiting {
            line.standing = match outcome {
                ApprovalOutcome::Approve => Standing::Authorised,
                ApprovalOutcome::Fail => Standing::Declined(DeclineReason::ChallengeFailed),
                ApprovalOutcome::Cancel => Standing::Declined(DeclineReason::Cancelled),
            };
            self.keep(key, &line).await?;
        }
        Ok(true)
    }

    async fn now(&self) -> Result<Timestamp, ProviderError> {
        let clock: Option<DemoClock> = self.read(kinds::DEMO, "clock").await?;
        let machine = (self.machine)();
        Ok(clock.map_or(Timestamp::from_millis(machine), |clock| clock.now(machine)))
    }

    async fn read<T: serde::de::DeserializeOwned>(&self, kind: &str, id: &str) -> Result<Option<T>, ProviderError> {
        let text = self.store.document(kind, id).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    async fn line(&self, key: &PaymentId) -> Result<Option<Line>, ProviderError> {
        self.read(kinds::SIMULATED_PAYMENT, key.as_str()).await
    }

    async fn keep(&self, key: &PaymentId, line: &Line) -> Result<(), ProviderError> {
        let text = serde_json::to_string(line).map_err(|error| ProviderError::Unavailable(error.to_string()))?;
        loop {
            let was = self.store.document(kinds::SIMULATED_PAYMENT, key.as_str()).await?;
            match self.store.put_document(kinds::SIMULATED_PAYMENT, key.as_str(), was, text.clone(), None).await {
                Ok(()) => return Ok(()),
                Err(AppendError::Conflict) => {}
                Err(AppendError::Store(error)) => return Err(error.into()),
            }
        }
    }

    /// Tells by itself, later.
    async fn tell(&self, key: &PaymentId, told: Told, at: Timestamp) -> Result<(), ProviderError> {
        let Some(thread): Option<ThreadId> = self.store.thread_of(key.as_str()).await? else { return Ok(()) };
        let id = format!("webhook-{key}-{}", at.as_millis());
        let entry = OutboxEntry { id, at, thread, task: Task::Webhook { payment: key.clone(), told }, attempts: 0 };
        Ok(self.store.reschedule(None, Some(entry)).await?)
    }

    async fn begin(&self, key: &PaymentId, amount: Money, token: &str) -> Result<Outcome, ProviderError> {
        if let Some(line) = self.line(key).await? {
            return self.standing(&line).await;
        }
        let now = self.now().await?;
        let chosen = serde_json::from_str(&format!("\"{token}\"")).unwrap_or(TestBehaviour::Approve);
        let faults: Option<Faults> = self.read(kinds::DEMO, "faults").await?;
        let late = faults.is_some_and(|faults| faults.processor_late) && chosen == TestBehaviour::Approve;
        let behaviour = if late { TestBehaviour::AnswerLate } else { chosen };
        let (standing, silent_until) = match behaviour {
            TestBehaviour::Approve | TestBehaviour::AnswerTwice => (Standing::Authorised, None),
            TestBehaviour::InsufficientFunds => (Standing::Declined(DeclineReason::InsufficientFunds), None),
            TestBehaviour::ExpiredCard => (Standing::Declined(DeclineReason::ExpiredCard), None),
            TestBehaviour::DoNotHonor => (Standing::Declined(DeclineReason::DoNotHonor), None),
            TestBehaviour::SuspectedFraud => (Standing::Declined(DeclineReason::SuspectedFraud), None),
            TestBehaviour::Challenge | TestBehaviour::Approval => (Standing::Waiting, None),
            TestBehaviour::TimeOut => (Standing::Authorised, Some(now.plus(DOUBT))),
            TestBehaviour::AnswerLate => (Standing::Authorised, Some(now.plus(LATE))),
        };
        let line = Line { amount, behaviour, standing, silent_until, refunds: BTreeMap::new() };
        self.keep(key, &line).await?;
        match behaviour {
            TestBehaviour::AnswerLate => {
                self.tell(key, Told::Authorised, now.plus(LATE)).await?;
                return Ok(Outcome::Pending);
            }
            TestBehaviour::AnswerTwice => self.tell(key, Told::Authorised, now.plus(TWICE)).await?,
            TestBehaviour::Approve
            | TestBehaviour::InsufficientFunds
            | TestBehaviour::ExpiredCard
            | TestBehaviour::DoNotHonor
            | TestBehaviour::SuspectedFraud
            | TestBehaviour::Challenge
            | TestBehaviour::Approval
            | TestBehaviour::TimeOut => {}
        }
        self.standing(&line).await
    }

    async fn standing(&self, line: &Line) -> Result<Outcome, ProviderError> {
        if let Some(until) = line.silent_until
            && self.now().await? < until
        {
            return Err(ProviderError::InDoubt);
        }
        Ok(match line.standing {
            Standing::Waiting if line.behaviour == TestBehaviour::Approval => {
                Outcome::ActionRequired(RequiredAction::Approval)
            }
            Standing::Waiting => Outcome::ActionRequired(RequiredAction::Challenge),
            Standing::Authorised | Standing::Captured => Outcome::Done,
            Standing::Declined(reason) => Outcome::Declined(reason),
            Standing::Voided => Outcome::Declined(DeclineReason::Cancelled),
        })
    }
}

impl PaymentProvider for Simulated {
    fn authorise<'a>(
        &'a self,
        key: &'a PaymentId,
        amount: Money,
        token: &'a str,
    ) -> Answering<'a, Result<Outcome, ProviderError>> {
        Box::pin(self.begin(key, amount, token))
    }

    fn fetch<'a>(&'a self, key: &'a PaymentId) -> Answering<'a, Result<Outcome, ProviderError>> {
        Box::pin(async move {
            match self.line(key).await? {
                Some(line) => self.standing(&line).await,
                None => Err(ProviderError::Unavailable("never asked for".to_owned())),
            }
        })
    }

    fn capture<'a>(&'a self, key: &'a PaymentId) -> Answering<'a, Result<Outcome, ProviderError>> {
        Box::pin(async move {
            let Some(mut line) = self.line(key).await? else {
                return Ok(Outcome::Declined(DeclineReason::CaptureFailed));
            };
            match line.standing {
                Standing::Authorised => {
                    line.standing = Standing::Captured;
                    self.keep(key, &line).await?;
                    Ok(Outcome::Done)
                }
                Standing::Captured => Ok(Outcome::Done),
                Standing::Waiting | Standing::Declined(_) | Standing::Voided => {
                    Ok(Outcome::Declined(DeclineReason::CaptureFailed))
                }
            }
        })
    }

    fn void<'a>(&'a self, key: &'a PaymentId) -> Answering<'a, Result<Outcome, ProviderError>> {
        Box::pin(async move {
            if let Some(mut line) = self.line(key).await?
                && line.standing != Standing::Captured
            {
                line.standing = Standing::Voided;
                self.keep(key, &line).await?;
            }
            Ok(Outcome::Done)
        })
    }

    fn refund<'a>(
        &'a self,
        key: &'a RefundId,
        payment: &'a PaymentId,
        amount: Money,
    ) -> Answering<'a, Result<Outcome, ProviderError>> {
        Box::pin(async move {
            let Some(mut line) = self.line(payment).await? else {
                return Ok(Outcome::Declined(DeclineReason::DoNotHonor));
            };
            if line.refunds.contains_key(key) {
                return Ok(Outcome::Done);
            }
            let refunded: i64 = line.refunds.values().sum();
            if line.standing != Standing::Captured || refunded + amount.minor > line.amount.minor {
                return Ok(Outcome::Declined(DeclineReason::DoNotHonor));
            }
            line.refunds.insert(key.clone(), amount.minor);
            self.keep(payment, &line).await?;
            Ok(Outcome::Done)
        })
    }

    fn pay_out<'a>(&'a self, _key: &'a OrderId, _amount: Money) -> Answering<'a, Result<Outcome, ProviderError>> {
        Box::pin(async { Ok(Outcome::Done) })
    }
}
