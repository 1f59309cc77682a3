//! The only way in: load, decide, append, publish. A lost race loads and decides again.

use crate::answered::Answered;
use crate::app::App;
use crate::problem::Problem;
use crate::store::{Append, AppendError, Asked, IdempotencyRecord, Known, OutboxEntry, StoreError, Summary, Task};
use crate::wire::{Committed, Tray};
use domain::command::{Command, Context, MessageFacts};
use domain::decide::{Opening, decide, envelopes, open};
use domain::event::Envelope;
use domain::facts::Talk;
use domain::headline::About;
use domain::ids::{AccountId, MessageId, PaymentId, ThreadId};
use domain::intent::Intent;
use domain::order::Fulfilment;
use domain::thread::{Actor, Role, Thread};
use domain::time::{Span, Timestamp};
use domain::timeline::{Row, RowItem, changed_message};

/// How often a lost race is run again before the caller is told to.
const ATTEMPTS: u32 = 16;

/// Who calls, and how a repeated call is known.
#[derive(Clone, Debug)]
pub struct Call {
    /// Whose call it is.
    pub account: AccountId,
    /// Its key and the fingerprint of route and body.
    pub key: Option<(String, String)>,
}

/// Where a command comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// Somebody called.
    Call(Call),
    /// A worker reports what came of an entry of the outbox.
    Outcome(OutboxEntry),
    /// A timer came due.
    Timer,
}

impl Call {
    /// The record of the same call, of what stands under its key.
    ///
    /// # Errors
    /// `idempotency_key_reused` when it is another call's.
    fn same(&self, record: Option<IdempotencyRecord>) -> Result<Option<IdempotencyRecord>, Problem> {
        match (&self.key, record) {
            (Some((_, fingerprint)), Some(record)) if record.fingerprint != *fingerprint => Err(Problem::key_reused()),
            (_, record) => Ok(record),
        }
    }

    /// That it was made, with where its events are; nothing for a call without a key.
    pub(crate) fn record(&self, events: Option<(ThreadId, u64, u64)>) -> Option<IdempotencyRecord> {
        let (key, fingerprint) = self.key.clone()?;
        Some(IdempotencyRecord { account: self.account.clone(), key, fingerprint, events })
    }
}

impl App {
    /// Commits a command of somebody who takes part in the thread.
    pub(crate) async fn commit(
        &self,
        thread: &ThreadId,
        call: &Call,
        command: Command,
    ) -> Result<Answered<Committed>, Problem> {
        let message = message_of(&command);
        let made = call.key.as_ref().map(|(key, _)| (&call.account, key.as_str()));
        let (message, document) = (message.as_ref(), self.clock_document());
        let known = self.store.known(Asked { thread, message, call: made, document }).await?;
        let state = known.thread.as_ref().ok_or_else(Problem::not_found)?;
        let role = state.role_of(&call.account).ok_or_else(Problem::not_found)?;
        if let Some(record) = call.same(known.record.clone())? {
            return self.replay_record(record, role).await;
        }
        let ran = self.run_from(Some(known), thread, role.into(), Origin::Call(call.clone()), command, None).await?;
        Ok(ran.map(|events| Committed { events: events.iter().map(|envelope| envelope.seen_by(role)).collect() }))
    }

    /// The record of a call that was made before.
    ///
    /// # Errors
    /// `idempotency_key_reused` when the key was used for another call, or when the store fails.
    pub(crate) async fn made_before(&self, call: &Call) -> Result<Option<IdempotencyRecord>, Problem> {
        let Some((key, _)) = &call.key else { return Ok(None) };
        call.same(self.store.idempotency(&call.account, key).await?)
    }

    /// What the same call came to when it was made before.
    pub(crate) async fn replay(&self, call: &Call, role: Role) -> Result<Option<Answered<Committed>>, Problem> {
        match self.made_before(call).await? {
            Some(record) => self.replay_record(record, role).await.map(Some),
            None => Ok(None),
        }
    }

    async fn replay_record(&self, record: IdempotencyRecord, role: Role) -> Result<Answered<Committed>, Problem> {
        let events = match record.events {
            Some((thread, first, last)) => {
                let count = usize::try_from(last + 1 - first).unwrap_or(0);
                self.store.events_of(&thread, first - 1, count).await?
            }
            None => Vec::new(),
        };
        let body = Committed { events: events.iter().map(|envelope| envelope.seen_by(role)).collect() };
        Ok(Answered { body, replayed: true })
    }

    /// Opens the thread of two accounts; the one that is there when there is one.
    pub(crate) async fn open_thread(&self, opening: Opening, call: &Call) -> Result<ThreadId, Problem> {
        let pair = format!("{}.{}", opening.buyer.0, opening.seller.0);
        let id: ThreadId = ThreadId::of(&self.command_id());
        let kept: ThreadId =
            self.change(crate::app::kinds::PAIR, &pair, |known| known.unwrap_or_else(|| id.clone())).await?;
        if self.store.thread(&kept).await?.is_none() {
            let now = self.now().await?;
            let actor = opening.started_by.into();
            let context = self.context(actor, now, None, 0);
            let events = envelopes(&kept, 0, open(opening), &context);
            let mut state = None;
            for envelope in &events {
                let _numbered_from_one = Thread::apply(&mut state, envelope);
            }
            if let Some(state) = state {
                match self
                    .store
                    .append(self.append(0, state, events, Vec::new(), None, &Origin::Call(call.clone())))
                    .await
                {
                    Ok(cursors) => self.tell_of_events(cursors),
                    // Somebody opened it in the same moment.
                    Err(AppendError::Conflict) => {}
                    Err(AppendError::Store(error)) => return Err(error.into()),
                }
            }
        }
        Ok(kept)
    }

    /// Loads, decides and appends until nobody else was first.
    pub(crate) async fn run(
        &self,
        thread: &ThreadId,
        actor: Actor,
        origin: Origin,
        command: Command,
        now: Option<Timestamp>,
    ) -> Result<Answered<Vec<Envelope>>, Problem> {
        self.run_from(None, thread, actor, origin, command, now).await
    }

    /// The same where what has to be known was just read: it is decided upon first.
    async fn run_from(
        &self,
        mut known: Option<Known>,
        thread: &ThreadId,
        actor: Actor,
        origin: Origin,
        command: Command,
        now: Option<Timestamp>,
    ) -> Result<Answered<Vec<Envelope>>, Problem> {
        // One name for all tries: whatever wins is named after the same command.
        let id = self.command_id();
        for _ in 0..ATTEMPTS {
            let about = message_of(&command);
            let known = match known.take() {
                Some(known) => known,
                None => {
                    let (message, document) = (about.as_ref(), self.clock_document());
                    self.store.known(Asked { thread, message, call: None, document }).await?
                }
            };
            let Known { thread: state, summary: before, row, record: _, document } = known;
            let state = state.ok_or_else(Problem::not_found)?;
            let now = match now {
                Some(now) => now,
                None => self.now_by(document.as_deref())?,
            };
            let elsewhere = match asks_for_money(&command) {
                true => self.requested_elsewhere(&state, now).await?,
                false => 0,
            };
            let mut context = self.context(actor, now, row.as_ref().and_then(facts), elsewhere);
            context.command = id.clone();
            let decided = decide(&state, command.clone(), &context);
            // The same call may have won the race against itself before this looked; its outcome is then the answer.
            if !matches!(&decided, Ok(events) if !events.is_empty())
                && let Some(replay) = self.replay_of(&origin, actor).await?
            {
                return Ok(replay);
            }
            let events = decided?;
            if events.is_empty() {
                if let Origin::Outcome(entry) = &origin {
                    self.store.reschedule(Some(entry.clone()), None).await?;
                }
                return Ok(Answered { body: Vec::new(), replayed: false });
            }
            let told = envelopes(thread, state.seq, events, &context);
            let expected_seq = state.seq;
            let mut after = Some(state);
            for envelope in &told {
                Thread::apply(&mut after, envelope)
                    .map_err(|gap| StoreError::Corrupt(format!("gap after {} in {thread}", gap.known)))?;
            }
            let Some(after) = after else { return Err(Problem::not_found()) };
            let rows = self.rows_after(thread, &told).await?;
            let append = self.append(expected_seq, after, told.clone(), rows, before, &origin);
            match self.store.append(append).await {
                Ok(cursors) => {
                    self.tell_of_events(cursors);
                    return Ok(Answered { body: told, replayed: false });
                }
                Err(AppendError::Conflict) => {
                    if let Some(replay) = self.replay_of(&origin, actor).await? {
                        return Ok(replay);
                    }
                }
                Err(AppendError::Store(error)) => return Err(error.into()),
            }
        }
        Err(Problem::new(503, "busy", "Too much is happening in this thread. Try again."))
    }

    /// What a call came to when the same one was made meanwhile.
    async fn replay_of(&self, origin: &Origin, actor: Actor) -> Result<Option<Answered<Vec<Envelope>>>, Problem> {
        let (Origin::Call(call), Some(role)) = (origin, person(actor)) else { return Ok(None) };
        Ok(self.replay(call, role).await?.map(|replay| replay.map(|committed| committed.events)))
    }

    fn context(&self, actor: Actor, now: Timestamp, message: Option<MessageFacts>, elsewhere: i64) -> Context {
        Context { actor, now, command: self.command_id(), message, requested_elsewhere: elsewhere }
    }

    /// New rows, and the rows of messages that were changed, as they stand after.
    async fn rows_after(&self, thread: &ThreadId, told: &[Envelope]) -> Result<Vec<Row>, StoreError> {
        let mut rows: Vec<Row> = Vec::new();
        for envelope in told {
            rows.extend(Row::of(envelope));
            let Some(message) = changed_message(&envelope.event) else { continue };
            if let Some(mut row) = self.store.message_row(thread, message).await? {
                if let RowItem::Message(message) = &mut row.item {
                    message.apply(&envelope.event, envelope.at);
                }
                rows.push(row);
            }
        }
        Ok(rows)
    }

    fn append(
        &self,
        expected_seq: u64,
        state: Thread,
        events: Vec<Envelope>,
        rows: Vec<Row>,
        before: Option<Summary>,
        origin: &Origin,
    ) -> Append {
        let mut talk = before.as_ref().map_or_else(Talk::default, |summary| summary.talk.clone());
        events.iter().for_each(|envelope| talk.hear(envelope));
        let at = events.last().map_or(Timestamp::from_millis(0), |envelope| envelope.at);
        let newest = rows.iter().filter(|row| row.seq > expected_seq).max_by_key(|row| row.seq);
        let old_last = before.as_ref().and_then(|summary| summary.last.clone());
        // An edited last message shows its new words in the inbox too.
        let changed_last = old_last.as_ref().and_then(|last| rows.iter().find(|row| row.seq == last.seq));
        let last = newest.or(changed_last).cloned().or(old_last);
        let active_at = match (&before, newest) {
            (Some(before), None) => before.active_at,
            (Some(_) | None, Some(_)) | (None, None) => at,
        };
        let summary = Summary {
            thread: state.id.clone(),
            buyer: state.buyer.clone(),
            seller: state.seller.clone(),
            accepted: state.accepted,
            started_by: state.started_by,
            last,
            active_at,
            headline: state.headline(),
            tray: tray(&state),
            talk,
        };
        let unread = unread(&state, &events, &rows, expected_seq);
        let outbox = events.iter().filter_map(outbox).filter(|entry| has_a_point(entry, &state)).collect();
        let events_at = Some((state.id.clone(), expected_seq + 1, state.seq));
        let idempotency = match origin {
            Origin::Call(call) => call.record(events_at),
            Origin::Outcome(entry) => told_by_the_processor(entry, &state, events_at),
            Origin::Timer => None,
        };
        let done = match origin {
            Origin::Outcome(entry) => Some(entry.clone()),
            Origin::Call(_) | Origin::Timer => None,
        };
        Append { expected_seq, state, events, rows, summary, unread, idempotency, outbox, done }
    }

    /// What the seller's other threads asked for in the last 7 days.
    async fn requested_elsewhere(&self, state: &Thread, now: Timestamp) -> Result<i64, StoreError> {
        let since = now.minus(Span::days(7));
        let asked = self.store.asked(&state.seller, since).await?;
        Ok(asked.iter().filter(|(thread, _)| *thread != state.id).map(|(_, amount)| amount).sum())
    }
}

/// What the processor told once and led to this: the same word, told again, is known by it.
fn told_by_the_processor(
    entry: &OutboxEntry,
    state: &Thread,
    events: Option<(ThreadId, u64, u64)>,
) -> Option<IdempotencyRecord> {
    match &entry.task {
        Task::Hint { event, .. } => Some(IdempotencyRecord {
            account: state.seller.clone(),
            key: told_key(event),
            fingerprint: event.clone(),
            events,
        }),
        Task::Ask(_)
        | Task::Reconcile(_)
        | Task::Webhook { .. }
        | Task::Follow { .. }
        | Task::TellPassed { .. }
        | Task::Scan { .. } => None,
    }
}

/// The key under which a word of the processor's is known. No caller's key has a blank in it.
fn told_key(event: &str) -> String {
    format!("told {event}")
}

impl App {
    /// Notes that something may have changed at the processor about a payment; told before and done, nothing. `event` is
    /// the processor's name for this word.
    ///
    /// # Errors
    /// When the store fails: then it has to be told again.
    pub async fn hint(&self, payment: &PaymentId, event: &str) -> Result<Hinted, StoreError> {
        let Some(thread) = self.store.thread_of(payment.as_str()).await? else { return Ok(Hinted::Unknown) };
        let Some(state) = self.store.thread(&thread).await? else { return Ok(Hinted::Unknown) };
        if self.store.idempotency(&state.seller, &told_key(event)).await?.is_some() {
            return Ok(Hinted::Known);
        }
        let (payment, event) = (payment.clone(), event.to_owned());
        let id = format!("told-{event}");
        let entry = OutboxEntry { id, at: self.now().await?, thread, task: Task::Hint { payment, event }, attempts: 0 };
        self.store.reschedule(None, Some(entry)).await?;
        Ok(Hinted::Noted)
    }
}

/// What became of a word of the processor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hinted {
    /// It will be looked into.
    Noted,
    /// It was told before, and done.
    Known,
    /// There is no such payment here.
    Unknown,
}

fn person(actor: Actor) -> Option<Role> {
    match actor {
        Actor::Buyer => Some(Role::Buyer),
        Actor::Seller => Some(Role::Seller),
        Actor::Timer | Actor::Processor | Actor::Carrier | Actor::Reviewer => None,
    }
}

fn message_of(command: &Command) -> Option<MessageId> {
    match command {
        Command::Say { message, .. }
        | Command::Edit { message, .. }
        | Command::Unsend { message }
        | Command::React { message, .. } => Some(message.clone()),
        _about_no_message => None,
    }
}

fn asks_for_money(command: &Command) -> bool {
    matches!(
        command,
        Command::SendRequest { .. }
            | Command::SendAgain { .. }
            | Command::Revise { .. }
            | Command::AcceptCounter { .. }
    )
}

fn facts(row: &Row) -> Option<MessageFacts> {
    match &row.item {
        RowItem::Message(message) => {
            Some(MessageFacts { author: message.author, sent_at: message.sent_at, unsent: message.content.is_none() })
        }
        RowItem::Event(_) => None,
    }
}

/// Rows count as unread for whoever did not cause them; what happens by itself counts for both.
fn unread(state: &Thread, events: &[Envelope], rows: &[Row], expected_seq: u64) -> Vec<(AccountId, u32)> {
    let by = events.first().and_then(|envelope| person(envelope.actor));
    let new = rows.iter().filter(|row| row.seq > expected_seq).count();
    let new = u32::try_from(new).unwrap_or(u32::MAX);
    let sides = [Role::Buyer, Role::Seller].into_iter().filter(|role| Some(*role) != by);
    sides.filter(|_| new > 0).map(|role| (state.account(role).clone(), new)).collect()
}

fn outbox(envelope: &Envelope) -> Option<OutboxEntry> {
    let intent = Intent::of(&envelope.event)?;
    let id = format!("{}-{}", envelope.command, envelope.seq);
    let (thread, task) = (envelope.thread.clone(), Task::Ask(intent));
    Some(OutboxEntry { id, at: envelope.at, thread, task, attempts: 0 })
}

/// Most orders have nothing that is owned: nobody has to see to that.
fn has_a_point(entry: &OutboxEntry, state: &Thread) -> bool {
    let order = match &entry.task {
        Task::Ask(Intent::Things { order }) => state.orders.get(order),
        Task::Ask(Intent::ThingsPaidBy { payment }) => state.order_of(payment),
        Task::Ask(_)
        | Task::Reconcile(_)
        | Task::Webhook { .. }
        | Task::Hint { .. }
        | Task::Follow { .. }
        | Task::TellPassed { .. }
        | Task::Scan { .. } => return true,
    };
    order.is_some_and(|order| order.terms.items().iter().any(|item| item.thing.is_some()))
}

fn tray(state: &Thread) -> Option<Tray> {
    let headline = state.headline()?;
    let (terms, steps) = match &headline.about {
        About::Request(id) => (&state.requests.get(id)?.current().terms, 0),
        About::Order(id) => {
            let order = state.orders.get(id)?;
            (&order.terms, steps(order.fulfilment()))
        }
    };
    Some(Tray { picture: terms.thumb(), steps })
}

/// Steps done of the five that a ring has; what was handed over has them all.
fn steps(fulfilment: Fulfilment) -> u8 {
    if fulfilment == Fulfilment::Granted { 5 } else { fulfilment.steps_done() }
}
