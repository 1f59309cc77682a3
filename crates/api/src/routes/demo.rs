//! What only a simulation has: a clock that can be set, a carrier that can be pushed, and failures to order.

use crate::app::{App, kinds};
use crate::extract::{Caller, Once, id};
use crate::problem::Problem;
use crate::store::{AppendError, StoreError, Task};
use crate::wire::{
    ActOnApproval, Agenda, AgendaEntry, AgendaItem, CarrierJourney, ClockState, Committed, Faults, MoveCarrier, News,
    SetClock, Signal,
};
use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use domain::ids::PaymentId;
use domain::time::Span;
use http::request::Parts;

/// A demo is where there is a demo clock. Everywhere else these routes do not exist.
pub(super) struct Demo;

impl FromRequestParts<App> for Demo {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        // Who is nobody is told that first.
        Caller::from_request_parts(parts, app).await?;
        if app.demo_clock().await?.is_some() { Ok(Self) } else { Err(not_a_demo()) }
    }
}

fn not_a_demo() -> Problem {
    Problem::new(404, "not_a_demo", "This only exists in the demo.")
}

pub(super) async fn clock(State(app): State<App>, _demo: Demo, _caller: Caller) -> Result<Json<ClockState>, Problem> {
    let clock = app.demo_clock().await?.ok_or_else(not_a_demo)?;
    Ok(Json(ClockState { now: clock.now((app.machine)()), speed: clock.speed }))
}

pub(super) async fn set_clock(
    State(app): State<App>,
    _demo: Demo,
    Once { call: _, body }: Once<SetClock>,
) -> Result<Json<ClockState>, Problem> {
    let clock = app.demo_clock().await?.ok_or_else(not_a_demo)?;
    let machine = (app.machine)();
    if let Some(speed) = body.speed {
        app.set_demo_clock(clock.at_speed(speed.min(86_400), machine)).await?;
    }
    let now = app.now().await?;
    if let Some(seconds) = body.advance_seconds {
        // A year at most: time in a demo goes forward, but not out of the calendar.
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX).min(366 * 86_400);
        app.advance(now.plus(Span::seconds(seconds))).await?;
    } else if body.to_next {
        let agenda = app.agenda().await?;
        if let Some(next) = agenda.entries.iter().map(|entry| entry.at).find(|at| *at > now) {
            app.advance(next).await?;
        }
    }
    let clock = app.demo_clock().await?.ok_or_else(not_a_demo)?;
    Ok(Json(ClockState { now: clock.now((app.machine)()), speed: clock.speed }))
}

pub(super) async fn agenda(State(app): State<App>, _demo: Demo, Caller(me): Caller) -> Result<Json<Agenda>, Problem> {
    let mut agenda = app.agenda().await?;
    let mut mine = Vec::new();
    for entry in agenda.entries.drain(..) {
        if app.part_of(&entry.thread, &me).await.is_ok() {
            mine.push(entry);
        }
    }
    Ok(Json(Agenda { entries: mine }))
}

pub(super) async fn move_carrier(
    State(app): State<App>,
    _demo: Demo,
    Once { call, body }: Once<MoveCarrier>,
) -> Result<Json<Committed>, Problem> {
    let thread = app.owner(body.order.as_str()).await?;
    let (before, role) = app.part_of(&thread, &call.account).await?;
    if !app.move_carrier(&body.order).await? {
        return Err(Problem::new(409, "nothing_to_tell", "The carrier has nothing more to say about this order."));
    }
    let events = app.store.events_of(&thread, before.seq, 50).await?;
    Ok(Json(Committed { events: events.iter().map(|envelope| envelope.seen_by(role)).collect() }))
}

pub(super) async fn journey(
    State(app): State<App>,
    _demo: Demo,
    _caller: Caller,
) -> Result<Json<CarrierJourney>, Problem> {
    Ok(Json(app.journey().await?))
}

pub(super) async fn set_journey(
    State(app): State<App>,
    _demo: Demo,
    Once { call: _, body }: Once<CarrierJourney>,
) -> Result<Json<CarrierJourney>, Problem> {
    Ok(Json(app.set_journey(body).await?))
}

pub(super) async fn faults(State(app): State<App>, _demo: Demo, _caller: Caller) -> Result<Json<Faults>, Problem> {
    Ok(Json(app.document(kinds::DEMO, "faults").await?.unwrap_or(Faults { processor_late: false })))
}

pub(super) async fn set_faults(
    State(app): State<App>,
    _demo: Demo,
    Once { call: _, body }: Once<Faults>,
) -> Result<Json<Faults>, Problem> {
    Ok(Json(app.change(kinds::DEMO, "faults", |_: Option<Faults>| body.clone()).await?))
}

pub(super) async fn act_on_approval(
    State(app): State<App>,
    _demo: Demo,
    Path(payment): Path<String>,
    Once { call, body }: Once<ActOnApproval>,
) -> Result<Json<()>, Problem> {
    let thread = app.owner(&payment).await?;
    app.part_of(&thread, &call.account).await?;
    let payment: PaymentId = id(&payment)?;
    let simulated = crate::provider::simulated::Simulated::new(app.store.clone(), app.machine.clone());
    let failed = |_| Problem::new(503, "processor_unavailable", "The processor does not answer.");
    let known = simulated.act(&payment, body.outcome).await.map_err(failed)?;
    if known { Ok(Json(())) } else { Err(Problem::not_found()) }
}

/// What outlasts a new beginning; of the people of the demo world, the new beginning's.
const PEOPLE: [&str; 12] = [
    kinds::SESSION,
    kinds::SESSIONS,
    kinds::ACCOUNT,
    kinds::HANDLE,
    kinds::PASSKEYS,
    kinds::CREDENTIAL,
    kinds::RECOVERY,
    kinds::CEREMONIES,
    kinds::KEY,
    kinds::KEYS,
    kinds::PUSH_KEY,
    kinds::TEAM,
];

pub(super) async fn reset(
    State(app): State<App>,
    _demo: Demo,
    Once { call: _, body: () }: Once<()>,
) -> Result<Json<()>, Problem> {
    // Who is signed in on a server stays so, who has made an account has it, and programs keep their keys: the people are
    // the same.
    let people = app.documents_of(&PEOPLE).await?;
    app.store.clear().await?;
    crate::demo::seed(&app).await?;
    for (kind, id, text) in people {
        app.keep_as_it_was(kind, &id, text).await?;
    }
    (app.listener)(&News::to_everyone(Signal::Reset));
    Ok(Json(()))
}

pub(super) async fn export(
    State(app): State<App>,
    _demo: Demo,
    _caller: Caller,
) -> Result<Json<serde_json::Value>, Problem> {
    let entries = app.store.export().await?;
    let readable = |text: String| serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text));
    let map: serde_json::Map<String, serde_json::Value> =
        entries.into_iter().map(|(key, text)| (key, readable(text))).collect();
    Ok(Json(serde_json::Value::Object(map)))
}

impl App {
    /// All documents of some kinds: kind, id and text.
    async fn documents_of(&self, kinds: &[&'static str]) -> Result<Vec<(&'static str, String, String)>, StoreError> {
        let mut found = Vec::new();
        for kind in kinds {
            let documents = self.store.documents(kind).await?;
            found.extend(documents.into_iter().map(|(id, text)| (*kind, id, text)));
        }
        Ok(found)
    }

    /// Puts a document back where there is none; one that was made meanwhile is newer.
    async fn keep_as_it_was(&self, kind: &str, id: &str, text: String) -> Result<(), StoreError> {
        match self.store.put_document(kind, id, None, text, None).await {
            Ok(()) | Err(AppendError::Conflict) => Ok(()),
            Err(AppendError::Store(error)) => Err(error),
        }
    }

    /// Everything that happens by itself, soonest first.
    async fn agenda(&self) -> Result<Agenda, Problem> {
        let mut entries = Vec::new();
        for (_, id) in self.store.due(200).await? {
            let Some(thread) = self.readable(&id).await? else { continue };
            let timers = thread.timers().into_iter();
            entries.extend(timers.map(|(at, timer)| AgendaEntry {
                at,
                thread: id.clone(),
                what: AgendaItem::Timer(timer),
            }));
        }
        for entry in self.store.outbox(200).await? {
            let what = match entry.task {
                Task::Scan { scan, .. } => AgendaItem::Scan(scan.status),
                // Only a real carrier keeps one waiting, and says nothing of when it speaks. What was passed on is told.
                Task::Follow { .. } | Task::TellPassed { .. } => continue,
                Task::Ask(_) | Task::Reconcile(_) | Task::Webhook { .. } | Task::Hint { .. } => AgendaItem::Processor,
            };
            entries.push(AgendaEntry { at: entry.at, thread: entry.thread, what });
        }
        entries.sort_by_key(|entry| entry.at);
        Ok(Agenda { entries })
    }
}
