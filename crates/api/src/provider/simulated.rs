//! The simulated processor: the same state machine as a real one, with failures to order. Its books are kept in the
//! store, apart from ours, so that a reload finds them as a real processor's would be found.

use super::{Fact, Outcome, PaymentProvider, ProviderError, Purchase, Returned, Taken, Told as Answer};
use crate::app::kinds;
use crate::clock::{DemoClock, Machine};
use crate::store::{AppendError, OutboxEntry, Store, StoreError, Task, Told};
use crate::wire::{ApprovalOutcome, Faults, TestBehaviour};
use domain::dispute::DisputeAnswer;
use domain::ids::{AccountId, DisputeId, MethodId, OrderId, PaymentId, RefundId, ThreadId};
use domain::money::Money;
use domain::order::{Order, Shipment};
use domain::payment::{DeclineReason, MethodKind, RefundTrouble, RequiredAction};
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

    /// Whether a payment is in these books.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn knows(&self, key: &PaymentId) -> Result<bool, ProviderError> {
        Ok(self.line(key).await?.is_some())
    }

    async fn begin(&self, Purchase { payment, method, .. }: Purchase<'_>) -> Result<Outcome, ProviderError> {
        let (key, amount) = (&payment.id, payment.amount);
        if let Some(line) = self.line(key).await? {
            return self.standing(&line).await;
        }
        // It was removed before it was asked: what is no longer in the wallet is not charged.
        let Some(method) = method else { return Ok(Outcome::Declined(DeclineReason::Cancelled)) };
        let now = self.now().await?;
        let chosen = method.test.unwrap_or(TestBehaviour::Approve);
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
            Standing::Authorised | Standing::Captured => Outcome::Done { kept: None },
            Standing::Declined(reason) => Outcome::Declined(reason),
            Standing::Voided => Outcome::Declined(DeclineReason::Cancelled),
        })
    }
}

impl PaymentProvider for Simulated {
    fn offers(&self) -> &'static [MethodKind] {
        &[MethodKind::MetaPay, MethodKind::PayPal, MethodKind::Card]
    }

    fn is_real(&self) -> bool {
        false
    }

    fn test_of(&self, kind: MethodKind) -> Option<TestBehaviour> {
        Some(match kind {
            MethodKind::MetaPay => TestBehaviour::Approve,
            MethodKind::PayPal | MethodKind::Card => TestBehaviour::Approval,
        })
    }

    fn authorise<'a>(&'a self, purchase: Purchase<'a>) -> Answer<'a, Outcome> {
        Box::pin(self.begin(purchase))
    }

    /// Its window is a page of the app.
    fn approval<'a>(&'a self, payment: &'a PaymentId) -> Answer<'a, Option<String>> {
        Box::pin(async move { Ok(self.knows(payment).await?.then(|| format!("/approve/{payment}"))) })
    }

    fn look<'a>(&'a self, payment: &'a PaymentId) -> Answer<'a, Vec<Fact>> {
        Box::pin(async move {
            let Some(line) = self.line(payment).await? else { return Ok(Vec::new()) };
            Ok(match line.standing {
                Standing::Captured => vec![Fact::Taken(Taken::Taken { fee: None })],
                Standing::Waiting | Standing::Authorised | Standing::Declined(_) | Standing::Voided => Vec::new(),
            })
        })
    }

    fn capture<'a>(&'a self, payment: &'a PaymentId) -> Answer<'a, Taken> {
        Box::pin(async move {
            let Some(mut line) = self.line(payment).await? else { return Ok(Taken::Failed) };
            match line.standing {
                Standing::Authorised => {
                    line.standing = Standing::Captured;
                    self.keep(payment, &line).await?;
                    Ok(Taken::Taken { fee: None })
                }
                Standing::Captured => Ok(Taken::Taken { fee: None }),
                Standing::Waiting | Standing::Declined(_) | Standing::Voided => Ok(Taken::Failed),
            }
        })
    }

    fn void<'a>(&'a self, payment: &'a PaymentId) -> Answer<'a, ()> {
        Box::pin(async move {
            if let Some(mut line) = self.line(payment).await?
                && line.standing != Standing::Captured
            {
                line.standing = Standing::Voided;
                self.keep(payment, &line).await?;
            }
            Ok(())
        })
    }

    fn refund<'a>(&'a self, key: &'a RefundId, payment: &'a PaymentId, amount: Money) -> Answer<'a, Returned> {
        Box::pin(async move {
            let Some(mut line) = self.line(payment).await? else {
                return Ok(Returned::Failed(RefundTrouble::Refused));
            };
            if line.refunds.contains_key(key) {
                return Ok(Returned::Settled);
            }
            let refunded: i64 = line.refunds.values().sum();
            if line.standing != Standing::Captured || refunded + amount.minor > line.amount.minor {
                return Ok(Returned::Failed(RefundTrouble::Refused));
            }
            line.refunds.insert(key.clone(), amount.minor);
            self.keep(payment, &line).await?;
            Ok(Returned::Settled)
        })
    }

    fn pay_out<'a>(&'a self, _key: &'a OrderId, _amount: Money) -> Answer<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    fn push_tracking<'a>(&'a self, _payment: &'a PaymentId, _shipment: &'a Shipment) -> Answer<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    /// Nobody complains here.
    fn answer_dispute<'a>(
        &'a self,
        _dispute: &'a DisputeId,
        _answer: DisputeAnswer,
        _order: &'a Order,
    ) -> Answer<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    fn forget<'a>(&'a self, _account: &'a AccountId, _method: &'a MethodId) -> Answer<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}
